"""Everything at which a workbook looks wrong tonight, compared with the last trusted run."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.config import Config
from sheets_sync.findings.guards.names import unknown_names
from sheets_sync.findings.guards.reordered import reordered
from sheets_sync.findings.guards.shrunk import emptied, fewer, fewer_rows, other_students, outside_the_year
from sheets_sync.findings.guards.statuses import Before, changed_statuses
from sheets_sync.findings.guards.unreadable import unreadable
from sheets_sync.guarded import Doubt, Doubts
from sheets_sync.ledger.result import Ledger
from sheets_sync.problems import CannotCount


def find_doubts(ledger: Ledger, keys: Sequence[str], before: Before, config: Config) -> tuple[Doubt, ...]:
    """Return what is doubted, the plainest first; nothing on an ordinary night.

    `keys` stand in the order of `ledger.lines`.
    """
    tables, baseline, guards = ledger.tables, before.baseline, config.guards
    gone = [*emptied(ledger, baseline)]
    empty = {doubt.tab for doubt in gone}
    lost = [doubt for doubt in fewer(ledger, baseline, guards) if doubt.tab not in empty]
    known = {doubt.source for doubt in lost}
    of_others = [doubt for doubt in fewer_rows(tables, baseline, guards) if doubt.source not in known]
    less = [*lost, *of_others, *outside_the_year(ledger, baseline, config)]
    others = [] if lost or empty else [*other_students(ledger, baseline, guards)]
    return (
        *gone,
        *less,
        *others,
        *unknown_names(tables, baseline, guards),
        *unreadable(tables, baseline, guards),
        *reordered(tables, baseline),
        *changed_statuses(ledger, keys, before, config),
    )


def cannot_count(stop: CannotCount) -> Doubt:
    """Return the doubt of a workbook that lacks a tab or a header, or has one twice."""
    return Doubt(Doubts.CANNOT_COUNT, "", stop.what, stop.remedy)
