"""Tonight's decision: who is who and what can be known, taken from the ledger for `alerts.decide`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Protocol

from sheets_sync.config import Config
from sheets_sync.counted import Counted, Course
from sheets_sync.findings.alerts import Circumstances, Closing, Decision, decide, with_other_providers
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.grid_lines import school_days, text
from sheets_sync.findings.people import People, people
from sheets_sync.findings.receivers import Receivers
from sheets_sync.findings.unknown_tonight import Unknown, unknown_tonight
from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.state import Alert, Told
from sheets_sync.tables import SheetRead

NOTHING = Counted()


def decide_tonight(
    findings: Sequence[Finding],
    ledger: Ledger,
    keys: Sequence[str],
    told: Told,
    config: Config,
    *,
    snoozes: Mapping[str, date] = MappingProxyType({}),
    same_day: bool = False,
    on_the_wall: date | None = None,
    tonight: Counted = NOTHING,
    frozen: Frozen | None = None,
) -> Decision:
    """Decide whom to tell what tonight; `keys` stand in the order of `ledger.lines`.

    `snoozes` are the dates in "Snooze until", by key; `same_day` and `on_the_wall` are as in
    alerts.Circumstances; `tonight` is what was counted, with what is known of rows that cannot be read
    (known_tonight.with_unread). Of what is `frozen` nothing is known.
    """
    known = _Known(
        people(ledger, config.allowed_domains),
        _with_frozen(unknown_tonight(ledger.tables, tonight, ledger.today), frozen),
        dict(zip(keys, map(Status, ledger.lines["status"]), strict=True)),
        ledger,
    )
    receivers = Receivers(
        people=known.people,
        today=ledger.today,
        log_grace_days=config.rules.log_grace_days,
        administrator=config.administrator,
    )
    positions = {key: position for position, key in enumerate(keys)}
    here = Circumstances(
        receivers=receivers.of,
        part=lambda address, student: known.people.part(address, student, config.administrator),
        is_known=known.is_known,
        school_days=lambda first, last: school_days(ledger.calendar, first, last),
        case_managers=known.people.all_case_managers(),
        repeat_days=config.alerts.repeat_days,
        supervisors=receivers.supervisors,
        escalate_days=config.alerts.escalate_days,
        snoozes=snoozes,
        snooze_max_days=config.alerts.snooze_max_days,
        lines=len(keys),
        position=lambda line: positions.get(line, -1),
        same_day=same_day,
        on_the_wall=on_the_wall,
        is_explained=known.unknown.explains,
        has_left=known.has_left,
        closing=known.closing,
        waits=frozen.waits if frozen else frozenset(),
    )
    findings, told = with_other_providers(findings, told, known.stays_with)
    return decide(findings, told, ledger.today, here)


class Frozen(Protocol):
    """What is held of tonight's lines (frozen.py)."""

    @property
    def courses(self) -> frozenset[Course]: ...

    @property
    def sheets(self) -> Sequence[SheetRead]: ...

    @property
    def waits(self) -> frozenset[str]: ...

    @property
    def staff(self) -> frozenset[str]: ...


def _with_frozen(unknown: Unknown, frozen: Frozen | None) -> Unknown:
    if frozen is None:
        return unknown
    sheets = frozenset(sheet.name for sheet in frozen.sheets)
    return replace(unknown, frozen=frozen.courses, absent=sheets, away=unknown.away | frozen.staff)


@dataclass(frozen=True)
class _Known:
    """What tonight's count can tell; `statuses` are those of tonight's lines, by their keys."""

    people: People
    unknown: Unknown
    statuses: Mapping[str, Status]
    ledger: Ledger

    def has_left(self, student: str) -> bool:
        return student not in self.people.case_managers

    def is_known(self, alert: Alert) -> bool:
        """Tell whether this alert can be over: of a line that left the grid alone it is."""
        if (alert.student and self.has_left(alert.student)) or self.unknown.keeps_open(alert):
            return False
        if not alert.line:
            return True
        if alert.line not in self.statuses:
            return not self.unknown.grid
        return self.statuses[alert.line] is not Status.CHECK_DATA

    def closing(self, alert: Alert) -> Closing | None:
        """Tell why this alert would have ended in any case: its line is gone, or its date counted no more."""
        if alert.line and alert.line not in self.statuses:
            return Closing.LINE_GONE
        first = self.ledger.calendar.day(self.ledger.calendar.window_start)
        return Closing.YEAR_OVER if alert.date is not None and alert.date < first else None

    def stays_with(self, alert: Alert, finding: Finding) -> bool:
        """Tell whether a missed session is still that of the alert's provider, not of the finding's."""
        before, now = self.people.person(alert.provider), self.people.person(finding.provider)
        if before is None or before is now:
            return False
        log = self.ledger.tables.log
        day = log[(log["student"] == finding.student) & (log["service"] == finding.service)]
        named = day[day["date"].dt.date == finding.date]["provider"]
        return finding.provider.casefold() not in {text(name).casefold() for name in named}
