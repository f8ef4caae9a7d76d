"""The Compliance tab of the last trusted run, put back with what staff have written since (promises.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from sheets_sync.staff_columns import StaffColumns
from sheets_sync.views import columns as col
from sheets_sync.views.compliance import ABOUT_STAFF, ADDED_WIDTH, HEADER_HEIGHT, header, in_order
from sheets_sync.views.palette import REMOVED
from sheets_sync.views.removed_rows import removed_rows
from sheets_sync.views.row_heights import row_height
from sheets_sync.views.tab import OutCell, Tab
from sheets_sync.views.top_rows import ROW_HEIGHT

LINE, STATUS = col.NAMES.index(col.LINE), col.NAMES.index(col.STATUS)
Row = tuple[OutCell, ...]


def without_staff(tab: Tab) -> Tab:
    """Return the tab as it is kept: what staff wrote is read anew when it is needed."""
    header_row = tab.frozen[0]
    ours = len(col.NAMES) if tab.key is not None else None
    blank = set(tab.staff)
    rows = tuple(
        row if at < header_row else tuple(_blank(cell) if n in blank else cell for n, cell in enumerate(row))
        for at, row in enumerate(tab.rows)
    )
    return replace(tab, rows=tuple(row[:ours] for row in rows))


def last_good_tab(
    tab: Tab, staff: StaffColumns, *, today: date, students: Literal["names", "initials"]
) -> Tab:
    """Return the kept tab with staff's columns as they stand now, beside their lines.

    Lines and figures are those of the last trusted run. Rows that left the grid, and notes without a line,
    stand below as they stand now: none is left out, whatever the day.
    """
    top, names = tab.rows[: tab.frozen[0] - 1], (*col.NAMES, *staff.added)
    lines = [row for row in tab.rows[tab.frozen[0] :] if row[STATUS].value != REMOVED and row[LINE].value]
    keys = {str(row[LINE].value) for row in lines}
    body = [_with_notes(row, staff, names) for row in lines]
    gone = removed_rows(staff, keys, today=today, year_lasts=True, students=students)
    body += [in_order(cells, row, names) for cells, row in gone]
    widths = tab.widths[: len(col.NAMES)] + (ADDED_WIDTH,) * len(staff.added)
    above = tuple(points for at, points in tab.heights if at < tab.frozen[0])
    heights = (*above, HEADER_HEIGHT, *(row_height(cells, widths, ROW_HEIGHT) for cells in body))
    return replace(
        tab,
        rows=(*top, header(names), *body),
        widths=widths,
        heights=tuple(enumerate(heights, 1)),
        staff=tuple(names.index(name) for name in (*ABOUT_STAFF, *staff.added)),
    )


def _with_notes(row: Row, staff: StaffColumns, names: tuple[str, ...]) -> Row:
    ours = {name: cell for name, cell in zip(col.NAMES, row, strict=False) if name not in ABOUT_STAFF}
    return in_order(ours, staff.rows.get(str(row[LINE].value)), names)


def _blank(cell: OutCell) -> OutCell:
    return replace(cell, value=None)
