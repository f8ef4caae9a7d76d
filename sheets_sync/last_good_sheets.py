"""Sheets of other workbooks that are read as they stood, where they cannot be read tonight. Pure.

Caseload, Staff and Service Grid say who is who: students and providers in every other tab are known by them.
Without one of them "Ana" might fit a single student tonight who is not meant, so none is left out. It is
read as the last trusted run read it. What it says may have changed since: the lines of its students, or in
it, are held, and to an address that it alone states nothing is mailed (frozen.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sheets_sync.config import Config
from sheets_sync.intake.workbook import open_tabs, read_opened
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import in_sentences
from sheets_sync.tables import Tables

STAND_IN = ("Caseload", "Staff", "Service Grid")


def sheets_to_keep(snapshot: Snapshot, tables: Tables) -> tuple[Sheet, ...]:
    """Return the sheets that a later run may have to read as they stand now.

    Of a Caseload only the columns that were read: no date of birth or parent is remembered. One with services
    in columns is kept whole.
    """
    kept = (sheet for sheet in snapshot.sheets if sheet.as_tab in STAND_IN and not sheet.absent)
    grids = {one.name for one in tables.sheets.get("Service Grid", ())}
    return tuple(
        _columns_read(sheet, tables) if sheet.as_tab == "Caseload" and sheet.name not in grids else sheet
        for sheet in (replace(one, link="") for one in kept)
    )


def _columns_read(sheet: Sheet, tables: Tables) -> Sheet:
    own = (one for one in tables.sheets_of("Caseload") if one.name == sheet.name)
    read = {position for one in own for position in one.positions.values()}
    rows = (tuple(cell if column in read else None for column, cell in enumerate(row)) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def as_last_read(snapshot: Snapshot, kept: Sequence[Sheet], broken: Mapping[str, str]) -> Snapshot:
    """Return the snapshot with what is kept in the place of sheets that could not be read, or are `broken`:
    name of a sheet -> why it cannot be read."""
    there = {(sheet.name, sheet.as_tab): sheet for sheet in kept}

    def known(sheet: Sheet) -> Sheet:
        why = broken.get(sheet.name, "") or (sheet.absent if sheet.is_unread else "")
        last = there.get((sheet.name, sheet.as_tab))
        return replace(last, absent=why) if why and last else sheet

    return replace(snapshot, sheets=tuple(map(known, snapshot.sheets)))


def read_with_last_good(snapshot: Snapshot, kept: Sequence[Sheet], config: Config, today: date) -> Tables:
    """Read the tabs, and as they stood those `kept` that cannot be read tonight. Raises CannotCount."""
    ours = (config.compliance.tab, config.compliance.problems_tab)
    opening = partial(
        open_tabs, names=config.names, today=today, school_minutes=config.school_minutes, ours=ours
    )
    snapshot = as_last_read(snapshot, kept, {})
    opened = opening(snapshot)
    broken = {sheet.name: in_sentences(stop) for _, sheet, stop in opened.stops if sheet.as_tab}
    if broken and kept:
        opened = opening(as_last_read(snapshot, kept, broken))
    if opened.stop is not None:
        raise opened.stop
    return read_opened(opened, today).tables
