"""Many lines change their status, and nothing of their own explains it (promises.md, "Guards")."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sheets_sync.config import Config
from sheets_sync.findings.guards.baseline import counted_with
from sheets_sync.findings.guards.rows import lost_rows, new_rows, row_numbers
from sheets_sync.findings.guards.sheets import pairs
from sheets_sync.findings.words import count as number
from sheets_sync.guarded import Baseline, Doubt, Doubts, SeenTab
from sheets_sync.intake.seen import number_of
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import Ledger
from sheets_sync.tables import Tables

SHORT_DAYS = frozenset({"no school", "early release", "late start"})
LONGEST_BREAK = np.timedelta64(16, "D")
"""Two weeks and the weekends around them."""

DESCRIBING = {
    "Caseload": ("Grade", "School", "District", "Case manager", "Case manager email", "Plan", "Notes")
}
"""Columns that say nothing about how a student's lines are counted."""


@dataclass(frozen=True)
class Before:
    """What the last trusted run said of the lines: status by key."""

    baseline: Baseline
    statuses: Mapping[str, str]


def changed_statuses(ledger: Ledger, keys: Sequence[str], before: Before, config: Config) -> Iterator[Doubt]:
    """Doubt that so many lines have another status, where neither the day nor rows of their own explain it.

    The day explains a status that tonight's sheets would have had on the day of the last run; so do days off
    that were added to the Calendar, if nothing else in it changed and none is longer than two weeks: a snow
    day is entered late. Rows of their own are those of the student and service in Service Grid, Schedule and
    Log, and the student's in Caseload and Attendance. Where the configuration or the program counts otherwise
    than it did, that is the reason, and nothing is doubted.
    """
    guards, baseline = config.guards, before.baseline
    statuses = [str(status) for status in ledger.lines["status"]]
    known = [at for at, key in enumerate(keys) if key in before.statuses]
    changed = [at for at in known if statuses[at] != before.statuses[keys[at]]]

    def too_many(lines: Collection[int]) -> bool:
        return len(lines) >= guards.status_at_least and 100 * len(lines) > guards.status_percent * len(known)

    if not too_many(changed) or baseline.counted_with != counted_with(config):
        return
    of_their_own = _lines_with_news(ledger, baseline)
    changed_by_others = [at for at in changed if at not in of_their_own]
    if not too_many(changed_by_others):
        return
    as_of_then = count(_without_new_days_off(ledger.tables, baseline), config.rules, baseline.today)
    then = [str(status) for status in as_of_then.lines["status"]]
    unexplained = [at for at in changed_by_others if then[at] != before.statuses[keys[at]]]
    if too_many(unexplained):
        yield Doubt(
            Doubts.STATUSES,
            "",
            f"{number(len(unexplained), 'line')} of {len(known)} change their status, and neither the day nor"
            " new or changed rows of their own explain it.",
            f'Look at the tab "{ledger.tables.tab("Calendar")}", and at rows that are gone.',
            about=_calendar(ledger.tables),
            items=tuple(sorted(number_of(keys[at]) for at in unexplained)),
        )


def _lines_with_news(ledger: Ledger, baseline: Baseline) -> set[int]:
    """Return the lines about which a row is new, or another than it was."""
    tables = ledger.tables
    fresh = _new_rows(tables, baseline)
    grid = set(tables.lines["row"]) & fresh.get("Service Grid", set())
    pairs = {
        pair
        for tab, frame in (("Schedule", tables.schedule), ("Service Log", tables.log))
        for pair in _pairs(frame[frame["row"].isin(fresh.get(tab, ()))])
    }
    students = {
        student
        for tab, frame in (("Caseload", tables.students), ("Attendance", tables.attendance))
        for student in frame.loc[frame["row"].isin(fresh.get(tab, ())), "student"]
    }
    return {
        at
        for at, (row, pair) in enumerate(zip(tables.lines["row"], _pairs(tables.lines), strict=True))
        if row in grid or pair in pairs or pair[0] in students
    }


def _pairs(frame: object) -> list[tuple[object, object]]:
    return list(zip(frame["student"], frame["service"], strict=True))  # type: ignore[index]


def _new_rows(tables: Tables, baseline: Baseline) -> dict[str, set[int]]:
    fresh: dict[str, set[int]] = {}
    for tab, was in pairs(tables.seen, baseline.tabs):
        if tab is not None:
            fresh.setdefault(tab.tab, set()).update(new_rows(tab, was, but=DESCRIBING.get(tab.tab, ())))
    return fresh


def _without_new_days_off(tables: Tables, baseline: Baseline) -> Tables:
    """Leave out days off that were added to the Calendar, unless anything else in it is another."""
    now, before = (_tab("Calendar", tabs) for tabs in (tables.seen, baseline.tabs))
    calendar = tables.calendar
    if calendar is None or now is None or before is None or lost_rows(now, before):
        return tables
    fresh = calendar["row"].isin(new_rows(now, before))
    short = calendar["kind"].isin(SHORT_DAYS) & (calendar["to"] - calendar["date"] <= LONGEST_BREAK)
    if not short[fresh].all():
        return tables
    return replace(tables, calendar=calendar[~fresh].reset_index(drop=True))


def _calendar(tables: Tables) -> str:
    """Return what stands for the Calendar as it is."""
    tab = _tab("Calendar", tables.seen)
    return "" if tab is None else f"{zlib.crc32(row_numbers(tab, [c.name for c in tab.columns]).tobytes()):x}"


def _tab(name: str, tabs: Sequence[SeenTab]) -> SeenTab | None:
    return next((tab for tab in tabs if tab.tab == name), None)
