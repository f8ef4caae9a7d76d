"""A plan book: one list of dated sessions that is the schedule, and with its marks the log.

It is read as both where the workbook has a tab for one of them alone, or for neither: as the log where its
rows have marks, and as the schedule where sessions to come stand in it. A log that only tells what was given
is no schedule: of that, what should have been given cannot be known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from sheets_sync.config import Names
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.intake.layouts.dated_sessions import read_dated_sessions
from sheets_sync.intake.said_once import read_list_rows
from sheets_sync.intake.shared_columns import NEVER, read_dates
from sheets_sync.intake.tab_finder import FoundTabs
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount
from sheets_sync.tables import DATE

SCHEDULE, LOG = "Schedule", "Service Log"


def add_plan_book(found: FoundTabs, names: Names, year: SchoolYear, today: date) -> FoundTabs:
    """Return what was found, with a plan book as the tab that is missing."""
    lacking = [tab for tab in (SCHEDULE, LOG) if tab in found.missing and tab not in names.tabs]
    if not lacking:
        return found
    if lacking == [LOG]:
        plan = _all(found.sheets.get(SCHEDULE, ()), names, None, today)
    elif lacking == [SCHEDULE]:
        plan = _all(found.sheets.get(LOG, ()), names, year, today)
    else:
        books = [sheet for sheet in found.others if _all([sheet], names, year, today)]
        plan = tuple(books) if len(books) == 1 else ()
    if not plan:
        return found
    read = {sheet.name for sheet in plan}
    return replace(
        found,
        sheets={**found.sheets, **dict.fromkeys(lacking, plan)},
        missing=tuple(tab for tab in found.missing if tab not in lacking),
        others=tuple(sheet for sheet in found.others if sheet.name not in read),
    )


def marked_alone(tabs: Mapping[str, tuple[TabRows, ...]]) -> dict[str, tuple[TabRows, ...]]:
    """Return the tabs with those rows of a plan book alone in the log that have a mark.

    A session without one is scheduled and not logged, as one of which no log has a row: the rule for those
    gives staff some days to write it down (counting.md).
    """
    books = {rows.sheet.name for rows in tabs.get(SCHEDULE, ()) if "Date" in rows.columns}
    log = [
        rows.at(~rows.column("Status").blank()) if rows.sheet.name in books else rows
        for rows in tabs.get(LOG, ())
    ]
    return {**tabs, LOG: tuple(log)} if log else dict(tabs)


def _all(sheets: Sequence[Sheet], names: Names, year: SchoolYear | None, today: date) -> tuple[Sheet, ...]:
    """Return the sheets if each is a plan book; with a school year, one that has sessions to come."""
    for sheet in sheets:
        rows = _read(sheet, names)
        if rows is None or (year is not None and not _plans_ahead(rows, year, today)):
            return ()
    return tuple(sheets)


def _read(sheet: Sheet, names: Names) -> TabRows | None:
    """Return the rows of a plan book as those of a schedule, None where a sheet is none."""
    try:
        read_list_rows(sheet, LOG, names.columns.get(LOG, {}))
    except CannotCount:
        return None
    rows = read_dated_sessions(sheet, names.columns.get(SCHEDULE, {}), names.columns.get(LOG, {}), {})
    return rows if rows is not None and "Status" in rows.columns else None


def _plans_ahead(rows: TabRows, year: SchoolYear, today: date) -> bool:
    """Tell whether a row without a mark has a date after today."""
    days = read_dates(rows, "Date", year).each(lambda day: np.datetime64(day, "s"), NEVER, DATE)
    return bool((rows.column("Status").blank() & (days > np.datetime64(today, "s"))).any())
