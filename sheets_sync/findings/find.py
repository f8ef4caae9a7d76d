"""What a run finds: one function a family of kinds, each in its own file (mail.md, "Findings")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sheets_sync.config import AlertsConfig
from sheets_sync.counted import Counted
from sheets_sync.findings.data_problems import address_problems, data_problems
from sheets_sync.findings.excused_often import excused_often
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.grid_lines import scene
from sheets_sync.findings.missed import missed
from sheets_sync.findings.not_logged import not_logged
from sheets_sync.findings.notices import noticed, watched
from sheets_sync.findings.overdue import overdue
from sheets_sync.findings.people import people
from sheets_sync.findings.record_changed import record_changed
from sheets_sync.findings.schedule_changed import schedule_changed
from sheets_sync.findings.scheduling import scheduling
from sheets_sync.findings.uncovered import uncovered
from sheets_sync.findings.unknown_tonight import unknown_tonight
from sheets_sync.ledger.result import Ledger
from sheets_sync.ledger.rules import Rules
from sheets_sync.problems import Problem

NOTHING = Counted()


def find(
    ledger: Ledger,
    keys: Sequence[str],
    problems: Sequence[Problem],
    *,
    alerts: AlertsConfig,
    rules: Rules,
    allowed_domains: Sequence[str] = (),
    before: Counted = NOTHING,
    now: Counted = NOTHING,
    changes_from: date | None = None,
) -> tuple[Finding, ...]:
    """Return everything that somebody should be told about, each fingerprint once:
    two that have the same are one finding of both.

    `keys` stand in the order of `ledger.lines`; `problems` are all of the run; `rules` those of the count.
    `before` is what the last trusted run counted, `now` what this one did, with what is
    known of rows that cannot be read; `changes_from` is the first date of which the sessions of the two are
    compared, the ledger's today without it.
    """
    here = scene(ledger, keys, rules)
    everybody = people(ledger, allowed_domains)
    unknown = unknown_tonight(ledger.tables, now, ledger.today)

    def everything() -> Iterator[Finding]:
        yield from missed(here)
        yield from overdue(here, alerts.make_up_days)
        yield from uncovered(here, everybody)
        yield from record_changed(here, before, now, everybody)
        yield from schedule_changed(here, before, now, everybody, changes_from or here.today)
        yield from scheduling(here, alerts.schedule_grace_days)
        yield from not_logged(here, unknown.is_in_doubt)
        yield from noticed(here)
        yield from excused_often(here)
        yield from watched(here)
        yield from data_problems(ledger, problems)
        yield from address_problems(ledger, everybody)

    found: dict[str, Finding] = {}
    for finding in everything():
        same = found.get(finding.fingerprint)
        found[finding.fingerprint] = same.with_other(finding) if same else finding
    return tuple(found.values())
