"""Tonight's decision: who is who and what can be known, taken from the ledger for `alerts.decide`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from sheets_sync.config import Config
from sheets_sync.counted import Counted
from sheets_sync.findings.alerts import Circumstances, Decision, decide
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.grid_lines import school_days
from sheets_sync.findings.people import Role, people
from sheets_sync.findings.receivers import Receivers
from sheets_sync.findings.unknown_tonight import unknown_tonight
from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.state import Alert, Told

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
    before: Counted = NOTHING,
) -> Decision:
    """Decide whom to tell what tonight; `keys` stand in the order of `ledger.lines`.

    `snoozes` are the dates in "Snooze until", by key; `same_day` is as in alerts.Circumstances; `before` is
    what the last trusted run counted.
    """
    everybody = people(ledger, config.allowed_domains)
    receivers = Receivers(
        people=everybody,
        today=ledger.today,
        log_grace_days=config.rules.log_grace_days,
        administrator=config.administrator,
    )
    statuses = zip(keys, ledger.lines["status"], strict=True)
    counted = {key for key, status in statuses if Status(status) is not Status.CHECK_DATA}

    positions = {key: position for position, key in enumerate(keys)}

    unknown = unknown_tonight(ledger.tables, before, ledger.today)

    def has_left(student: str) -> bool:
        return student not in everybody.case_managers

    def is_known(alert: Alert) -> bool:
        """Of a line that left the grid, with its student still there, everything is over."""
        if (alert.student and has_left(alert.student)) or unknown.keeps_open(alert):
            return False
        is_removed = alert.line not in positions and not unknown.grid
        return not alert.line or alert.line in counted or is_removed

    def part(address: str, student: str) -> Role | None:
        return everybody.part(address, student, config.administrator)

    def days(first: date, last: date) -> int:
        return school_days(ledger.calendar, first, last)

    here = Circumstances(
        receivers=receivers.of,
        part=part,
        is_known=is_known,
        school_days=days,
        case_managers=everybody.all_case_managers(),
        repeat_days=config.alerts.repeat_days,
        supervisors=receivers.supervisors,
        escalate_days=config.alerts.escalate_days,
        snoozes=snoozes,
        snooze_max_days=config.alerts.snooze_max_days,
        lines=len(keys),
        position=lambda line: positions.get(line, -1),
        same_day=same_day,
        is_explained=unknown.explains,
        has_left=has_left,
    )
    return decide(findings, told, ledger.today, here)
