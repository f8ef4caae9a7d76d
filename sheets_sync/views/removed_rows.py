"""Lines that left the grid with something behind or with notes, and notes without a line: they stay below
the others until the school year ends (workbook.md, "Staff's columns")."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from math import isfinite
from typing import Literal

from sheets_sync.staff_columns import StaffColumns, StaffRow
from sheets_sync.views import columns as col
from sheets_sync.views.initials import initials
from sheets_sync.views.palette import REMOVED, STATUS_STYLE
from sheets_sync.views.tab import OutCell, OutValue, Style

Cells = dict[str, OutCell]

LOST_LINE = "These notes have lost their line: move them to the right row, or delete them here."


def removed_rows(
    staff: StaffColumns,
    keys: Collection[str],
    *,
    today: date,
    year_lasts: bool,
    students: Literal["names", "initials"],
) -> Iterator[tuple[Cells, StaffRow]]:
    """Yield the rows below the lines: each with its cells and what staff wrote on it.

    `keys` are those of tonight's lines. A line is kept while the school year lasts; notes without a line
    are kept until somebody moves or deletes them.
    """
    for row in staff.rows.values():
        if year_lasts and row.key not in keys and (row.written or _behind(row) > 0):
            yield _removed(row, today, students), row
    for row in staff.loose:
        yield _figures(row, students) | {col.WHAT_TO_DO: OutCell(LOST_LINE, Style.WRAP)}, row


def behind_of(rows: Iterable[StaffRow]) -> list[int]:
    """Return the minutes behind of the lines among these rows that have some."""
    return [_behind(row) for row in rows if row.key and _behind(row) > 0]


def _removed(row: StaffRow, today: date, students: str) -> Cells:
    behind = _behind(row)
    words = "No longer in the Service Grid" + (f"; {behind} min were still behind." if behind else ".")
    before = row.figures.get(col.SINCE) if row.figures.get(col.STATUS) == REMOVED else None
    return _figures(row, students) | {
        col.STATUS: OutCell(REMOVED, STATUS_STYLE[REMOVED]),
        col.WHAT_TO_DO: OutCell(words, Style.WRAP),
        col.SINCE: OutCell(before or today, Style.DATE),
        col.LINE: OutCell(row.key, Style.TEXT),
    }


def _figures(row: StaffRow, students: str) -> Cells:
    """Show the row's last figures; what staff may have typed over them is shown as it stands."""
    values: dict[str, OutValue] = {
        name: row.figures.get(name) for name in col.NAMES if name not in (col.STAFF_NOTES, col.SNOOZE_UNTIL)
    }
    if students == "initials" and isinstance(name := values[col.STUDENT], str):
        values[col.STUDENT] = initials(name)
    values |= {col.STATUS: None, col.LINE: None}
    return {name: OutCell(value, col.STYLES[name]) for name, value in values.items()}


def _behind(row: StaffRow) -> int:
    behind = row.figures.get(col.BEHIND)
    return int(behind) if isinstance(behind, int | float) and isfinite(behind) else 0
