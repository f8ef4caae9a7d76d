"""Sheets of other workbooks as a later run may have to read them: what was read of them, and no more. Pure.

A sheet without the columns that nothing was read of is read once more, at once. Where anything then comes out
otherwise it is kept whole: what stands in for it one night must say what it said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date

import pandas as pd

from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables

STAND_IN = ("Caseload", "Staff", "Service Grid")

Read = Callable[[Snapshot], Tables]
"""Reads a workbook as this night does. May raise CannotCount."""


def sheets_to_keep(
    snapshot: Snapshot, tables: Tables, read: Read, before: Sequence[Sheet], today: date
) -> tuple[Sheet, ...]:
    """Return the sheets of a Caseload, Staff or Service Grid as they are to be kept: those that were read
    tonight, `today`, and of those that could not be what was kept `before`.

    No date of birth or parent is remembered that nothing was read of.
    """
    fresh = _read_tonight(snapshot, tables, read, today)
    known = {(sheet.name, sheet.as_tab) for sheet in fresh}
    wanted = {(sheet.name, sheet.as_tab) for sheet in snapshot.sheets} - known
    return (*fresh, *(sheet for sheet in before if (sheet.name, sheet.as_tab) in wanted))


def _read_tonight(snapshot: Snapshot, tables: Tables, read: Read, today: date) -> tuple[Sheet, ...]:
    stood = {one.name for tab in STAND_IN for one in tables.stood(tab).values()}
    there = [
        replace(sheet, link="", as_of=today)
        for sheet in snapshot.sheets
        if sheet.as_tab in STAND_IN and not sheet.absent and sheet.name not in stood
    ]
    less = [_columns_read(sheet, tables) for sheet in there]

    def same(instead: Sequence[Sheet]) -> bool:
        return _says_the_same(snapshot, tables, instead, read)

    if less == there or same(less):
        return tuple(less)
    some = [one if one == sheet or same([one]) else sheet for one, sheet in zip(less, there, strict=True)]
    return tuple(some if some != less and same(some) else there)


def _columns_read(sheet: Sheet, tables: Tables) -> Sheet:
    """Return the sheet with the columns alone that were read; a grid has no such columns."""
    own = [one for found in tables.sheets.values() for one in found if one.name == sheet.name]
    if not own or any(one.layout or not one.used for one in own):
        return sheet
    used = frozenset().union(*(one.used for one in own))
    rows = (tuple(cell if column in used else None for column, cell in enumerate(row)) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def _says_the_same(snapshot: Snapshot, tables: Tables, instead: Sequence[Sheet], read: Read) -> bool:
    """Tell whether with these sheets in the place of those of their names everything is read as it was."""
    by_name = {(sheet.name, sheet.as_tab): sheet for sheet in instead}
    sheets = tuple(by_name.get((sheet.name, sheet.as_tab), sheet) for sheet in snapshot.sheets)
    try:
        again = read(replace(snapshot, sheets=sheets))
    except CannotCount:
        return False
    before, now = ([getattr(one, field.name) for field in fields(Tables)] for one in (tables, again))
    same = all(
        one.equals(other)
        for one, other in zip(before, now, strict=True)
        if isinstance(one, pd.DataFrame) and isinstance(other, pd.DataFrame)
    )
    names = {sheet.name for sheet in instead}
    was, are = ({one for one in found.problems if one.tab not in names} for found in (tables, again))
    return same and was == are
