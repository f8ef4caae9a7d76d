"""The configuration: one frozen Config, every key with its default (spec: commands.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Literal

from sheets_sync.ledger.rules import Rules


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """Another workbook, a file or an address, of which `tabs` (canonical tab -> names there) are read too.

    `columns` and `codes` are its own words, as those of Names: those of the main workbook are not its.
    """

    workbook: str
    name: str
    tabs: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """Names in this workbook, added to the built-in ones.

    From [tabs], [columns.TAB], [layouts], [codes], [services], [aliases] and [ignore].
    """

    tabs: Mapping[str, str] = field(default_factory=dict)  # canonical tab -> name here
    further_tabs: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # canonical tab -> names of the others that are read as it too
    columns: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # tab -> canonical column -> header here
    layouts: Mapping[str, str] = field(default_factory=dict)  # canonical tab, or a tab here -> its layout
    codes: Mapping[str, str] = field(default_factory=dict)  # code -> category in words
    services: Mapping[str, str] = field(default_factory=dict)  # what is typed -> service
    aliases: Mapping[str, str] = field(default_factory=dict)  # what is typed -> student
    ignored_students: tuple[str, ...] = ()
    ignored_services: tuple[str, ...] = ()
    sources: Mapping[str, SourceConfig] = field(default_factory=dict)  # by the name of each


@dataclass(frozen=True, slots=True)
class ComplianceConfig:
    tab: str = "Compliance"
    problems_tab: str = "Data Problems"
    protection: Literal["warn", "strict", "off"] = "warn"
    students: Literal["names", "initials"] = "names"


@dataclass(frozen=True, slots=True)
class MailConfig:
    """`folder` takes .eml files where there is no host; None: a folder "mails" beside the workbook file, or
    beside the state of a Google workbook."""

    host: str = ""
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_env: str = ""
    password_file: Path | None = None
    sender: str = ""  # key: from
    students: Literal["initials", "names", "rows"] = "initials"
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class AlertsConfig:
    """All in days; schedule_grace_days are open days."""

    repeat_days: int = 7
    escalate_days: int = 14
    make_up_days: int = 30
    snooze_max_days: int = 60
    schedule_grace_days: int = 10


@dataclass(frozen=True, slots=True)
class GoogleConfig:
    """`credentials` is a service account's key file; `subject` the person it acts for."""

    credentials: Path | None = None
    subject: str = ""
    endpoint: str = "https://sheets.googleapis.com"
    always_use_jwt_access: bool = False


@dataclass(frozen=True, slots=True)
class DaemonConfig:
    """`deadline` and `sync_now` are in seconds, `run_at` is local time. `same_day`: a change of today's or
    tomorrow's sessions that is seen in school time is told within the hour."""

    run_at: time = time(5, 0)
    deadline: int = 20 * 60
    sync_now: int = 3 * 60
    same_day: bool = False
    ping_url: str = ""


@dataclass(frozen=True, slots=True)
class GuardsConfig:
    """When a workbook looks wrong, compared with the last trusted run (promises.md, "Guards")."""

    fewer_percent: int = 25  # students or sessions down by more than this ...
    fewer_at_least: int = 3  # ... and by at least so many
    unknown_names_percent: int = 50
    unreadable_rows: int = 10  # so many rows and ...
    unreadable_percent: int = 5  # ... at least so much more of them unreadable than before
    unreadable_column_percent: int = 10  # or at least so much of a required column
    status_percent: int = 30  # lines that change their status ...
    status_at_least: int = 10  # ... and at least so many


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that people can choose. `workbook` is a path or an address, "" if none is named.

    `policies` are presets of a district's words, already in `names`. `workbooks` are whole configurations,
    one for each [[workbooks]]: what such a section leaves out is as it stands above it.
    """

    workbook: str = ""
    state: Path | None = None
    timezone: str | None = None
    administrator: str = ""
    allowed_domains: tuple[str, ...] = ()
    policies: tuple[Path, ...] = ()
    sources: tuple[SourceConfig, ...] = ()
    school_minutes: int | None = None  # [school] school_minutes: a school day's length
    rules: Rules = field(default_factory=Rules)  # [school] days, report_from and [counting]
    names: Names = field(default_factory=Names)
    compliance: ComplianceConfig = field(default_factory=ComplianceConfig)
    mail: MailConfig = field(default_factory=MailConfig)
    alerts: AlertsConfig = field(default_factory=AlertsConfig)
    google: GoogleConfig = field(default_factory=GoogleConfig)
    daemon: DaemonConfig = field(default_factory=DaemonConfig)
    guards: GuardsConfig = field(default_factory=GuardsConfig)
    workbooks: tuple[Config, ...] = ()
