"""The Caseload as a Schedule too, where columns of services hold days and times ("Speech time")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from sheets_sync.config import Names
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.layouts.service_times import LAYOUT, LISTED, holds_service_times
from sheets_sync.intake.schedule_piece import WEEKDAYS
from sheets_sync.intake.services import read_service
from sheets_sync.intake.tab_finder import CASELOAD, GRID, FoundTabs
from sheets_sync.intake.tab_rows import Flags, TabRows
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity, on_sheet, sheet_of

SCHEDULE = "Schedule"
_OF_A_LINE = ("student", "service")
_AT_ONE_TIME = (*_OF_A_LINE, "pattern", "nth", "cycle_length", "start", "minutes")
_SAME = (
    "Another tab of the Schedule says the same: the two are one session.",
    "Nothing; or keep the times in one of the two places.",
)
_OTHERS = (
    "Another tab of the Schedule says other times of this service for this student: both are counted.",
    "Mend the one that does not hold, or keep the times in one of the two places.",
)
Key = tuple[Any, ...]


def add_service_times(found: FoundTabs, names: Names) -> FoundTabs:
    """Return what was found, with the tabs behind those of the Schedule that hold times of services.

    These are charts of the Caseload, and tabs of the Service Grid with services in columns. Where [layouts]
    calls the Caseload a "list" no times are read there.
    """
    before = found.sheets.get(SCHEDULE, ())
    sheets = tuple(sheet for sheet in _with_students(found, names) if not any(sheet is one for one in before))
    if not sheets:
        return found
    return replace(
        found,
        sheets={**found.sheets, SCHEDULE: (*before, *sheets)},
        missing=tuple(tab for tab in found.missing if tab != SCHEDULE),
    )


def _with_students(found: FoundTabs, names: Names) -> list[Sheet]:
    there: list[Sheet] = []
    for tab in (CASELOAD, GRID):
        configured = {**names.columns.get(CASELOAD, {}), **names.columns.get(tab, {})}
        for sheet in found.sheets.get(tab, ()) if names.layouts.get(CASELOAD) != "list" else ():
            known = any(sheet is one for one in there) or sheet.is_unread
            if not known and holds_service_times(sheet, configured):
                there.append(sheet)
    return there


def names_for(sheet: Sheet, tab: str, found: FoundTabs, names: Names) -> Names:
    """Return by what names a sheet is read as a tab: of the Caseload the times of services are the Schedule,
    whatever the configuration says of the Schedule's own tabs."""
    of_others = (one for other in (CASELOAD, GRID) for one in found.sheets.get(other, ()))
    if tab != SCHEDULE or not any(sheet is one for one in of_others):
        return names
    columns = {**names.columns, SCHEDULE: names.columns.get(CASELOAD, {})}
    return replace(names, layouts={SCHEDULE: LAYOUT}, columns=columns)


def told_once(schedule: pd.DataFrame, sheets: Sequence[TabRows], context: Context) -> pd.DataFrame:
    """Return the Schedule without the days and times on the Caseload that another tab says too, and ask about
    those that it does not: both are counted."""
    of_caseload = {number for number, rows in enumerate(sheets) if rows.taken_for.startswith(LISTED)}
    here = np.array([sheet_of(int(row)) in of_caseload for row in schedule["row"]], dtype=bool)
    if not here.any() or here.all():
        return schedule
    keys, bits = _keys(schedule, _AT_ONE_TIME), _bits(schedule)
    lines = _keys(schedule, _OF_A_LINE)
    elsewhere: dict[Key, int] = {}
    for at in np.flatnonzero(~here):
        elsewhere[keys[at]] = elsewhere.get(keys[at], 0) | bits[at]
    others = {lines[at] for at in np.flatnonzero(~here)}
    left = [
        one & ~elsewhere.get(key, 0) if of else one for one, key, of in zip(bits, keys, here, strict=True)
    ]
    twice = here & np.array([one == 0 for one in left], dtype=bool)
    another = here & ~twice & np.array([line in others for line in lines], dtype=bool)
    _report(schedule, twice, sheets, context, Severity.NOTE, *_SAME)
    _report(schedule, another, sheets, context, Severity.QUESTION, *_OTHERS)
    kept = schedule.copy()
    for at in np.flatnonzero(here & ~twice & (schedule["pattern"] == "weekly").to_numpy()):
        kept.loc[at, "weekdays"] = left[at]
        kept.loc[at, "days_text"] = ", ".join(day for n, day in enumerate(WEEKDAYS) if left[at] >> n & 1)
    left_over: pd.DataFrame = kept[~twice].reset_index(drop=True)
    return left_over


def _keys(schedule: pd.DataFrame, columns: Sequence[str]) -> list[Key]:
    return [*schedule[list(columns)].astype(object).itertuples(index=False, name=None)]


def _bits(schedule: pd.DataFrame) -> list[int]:
    """Return the days of each row, of the week or of the cycle (never both), as bits."""
    return [
        int(week) | int(cycle)
        for week, cycle in zip(schedule["weekdays"], schedule["cycle_days"], strict=True)
    ]


def _report(
    schedule: pd.DataFrame,
    where: Flags,
    sheets: Sequence[TabRows],
    context: Context,
    severity: Severity,
    problem: str,
    remedy: str,
) -> None:
    told = [(int(row), str(service)) for row, service in _keys(schedule[where], ("row", "service"))]
    for number in sorted({sheet_of(row) for row, _ in told}):
        rows = sheets[number]
        own = {(row - on_sheet(0, number), service) for row, service in told if sheet_of(row) == number}
        there = zip(rows.rows.tolist(), _services(rows, context), strict=True)
        at = np.array([cell in own for cell in there], dtype=bool)
        context.found.at_rows(severity, rows, rows.column("Days"), at, problem, remedy)


def _services(rows: TabRows, context: Context) -> list[str | None]:
    names = context.names.services
    return rows.column("Service").read(lambda cell: read_service(text_of(cell), services=names)).of_rows()
