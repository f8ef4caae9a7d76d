"""The configuration: one frozen Config, every key with its default (spec: commands.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sheets_sync.ledger.rules import Rules


@dataclass(frozen=True, slots=True)
class Names:
    """Names in this workbook, added to the built-in ones: [tabs], [columns.TAB], [codes], [services], [aliases], [ignore]."""

    tabs: Mapping[str, str] = field(default_factory=dict)  # canonical tab -> name here
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # tab -> canonical column -> header here
    codes: Mapping[str, str] = field(default_factory=dict)  # code -> category in words
    services: Mapping[str, str] = field(default_factory=dict)  # what is typed -> service
    aliases: Mapping[str, str] = field(default_factory=dict)  # what is typed -> student
    ignored_students: tuple[str, ...] = ()
    ignored_services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplianceConfig:
    tab: str = "Compliance"
    problems_tab: str = "Data Problems"
    protection: Literal["warn", "strict", "off"] = "warn"
    students: Literal["names", "initials"] = "names"


@dataclass(frozen=True, slots=True)
class MailConfig:
    """`folder` takes .eml files where there is no host; None: the run's own "mails" folder beside the state."""

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
class Config:
    workbook: str = ""
    state: Path | None = None
    timezone: str | None = None
    administrator: str = ""
    allowed_domains: tuple[str, ...] = ()
    school_minutes: int | None = None  # [school] school_minutes: a school day's length
    rules: Rules = field(default_factory=Rules)  # [school] days, report_from and [counting]
    names: Names = field(default_factory=Names)
    compliance: ComplianceConfig = field(default_factory=ComplianceConfig)
    mail: MailConfig = field(default_factory=MailConfig)
    alerts: AlertsConfig = field(default_factory=AlertsConfig)
