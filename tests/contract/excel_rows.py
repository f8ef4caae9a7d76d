"""Rows and columns of a tab in a file: inserted, deleted, sorted, with all that hangs on them, as Excel does.

openpyxl's own insert_rows leaves merged cells, sizes and filters where they were.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

Axis = Literal["rows", "columns"]
Shift = Callable[[int], int | None]
"""Where a row or column (from 1) goes; None: it is deleted."""


@dataclass(frozen=True)
class _Held:
    """What hangs on one cell."""

    value: Any
    data_type: str
    style: Any
    comment: Any
    hyperlink: Any


def inserted(before: int, count: int) -> Shift:
    return lambda at: at if at < before else at + count


def deleted(first: int, count: int) -> Shift:
    return lambda at: at if at < first else None if at < first + count else at - count


def shift(sheet: Worksheet, axis: Axis, to: Shift) -> None:
    """Move every row or column to where it goes."""
    held = _take(sheet)
    sizes = sheet.row_dimensions if axis == "rows" else sheet.column_dimensions
    dimensions = _dimensions(sheet, axis)
    merged = [_bounds(str(one)) for one in sheet.merged_cells.ranges]
    for one in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(one))
    sheet._cells.clear()
    sizes.clear()
    for (row, column), what in held.items():
        place = (to(row), column) if axis == "rows" else (row, to(column))
        if None not in place:
            _put(sheet, (place[0] or 0, place[1] or 0), what)
    for at, (size, hidden) in dimensions.items():
        if (new := to(at)) is not None:
            one = sizes[new if axis == "rows" else get_column_letter(new)]
            setattr(one, "height" if axis == "rows" else "width", size)
            one.hidden = hidden
    for bounds in merged:
        if (moved := _moved(bounds, axis, to)) is not None:
            sheet.merge_cells(moved)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _moved(_bounds(sheet.auto_filter.ref), axis, to) or None


def sort(sheet: Worksheet, first: int, column: int, *, descending: bool) -> None:
    """Sort the rows from `first` on by what stands in a column: numbers, then text, blank ones last."""
    rows = range(first, sheet.max_row + 1)
    held = _take(sheet)
    order = sorted(rows, key=lambda row: _rank(sheet.cell(row, column).value), reverse=descending)
    order = [row for row in order if sheet.cell(row, column).value is not None] + [
        row for row in rows if sheet.cell(row, column).value is None
    ]
    for row in rows:
        for place in range(1, sheet.max_column + 1):
            sheet._cells.pop((row, place), None)
    for new, old in zip(rows, order, strict=True):
        for (row, place), what in held.items():
            if row == old:
                _put(sheet, (new, place), what)


def _rank(value: Any) -> tuple[int, Any]:
    return (1, value.casefold()) if isinstance(value, str) else (0, float(value or 0))


def _take(sheet: Worksheet) -> dict[tuple[int, int], _Held]:
    found = {}
    for row in sheet.iter_rows():
        for cell in row:
            comment, link = getattr(cell, "comment", None), getattr(cell, "hyperlink", None)
            found[cell.row, cell.column] = _Held(
                cell.value, cell.data_type, copy(cell._style), copy(comment), copy(link)
            )
            if comment is not None:
                cell.comment = None
    return found


def _put(sheet: Worksheet, place: tuple[int, int], what: _Held) -> None:
    cell = sheet.cell(*place)
    cell.value, cell.data_type, cell._style = what.value, what.data_type, what.style
    if what.comment is not None:
        cell.comment = what.comment
    if what.hyperlink is not None:
        what.hyperlink.ref = cell.coordinate
        cell._hyperlink = what.hyperlink


def _dimensions(sheet: Worksheet, axis: Axis) -> dict[int, tuple[float | None, bool]]:
    if axis == "rows":
        return {at: (one.height, bool(one.hidden)) for at, one in sheet.row_dimensions.items()}
    return {
        at: (group.width if group.customWidth else None, bool(group.hidden))
        for group in sheet.column_dimensions.values()
        for at in range(group.min or group.index_number, (group.max or group.index_number) + 1)
    }


def _bounds(ref: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(ref)
    return left or 1, top or 1, right or 1, bottom or 1


def _moved(bounds: tuple[int, int, int, int], axis: Axis, to: Shift) -> str | None:
    """Return a range where it stands then; None where nothing of it is left."""
    left, top, right, bottom = bounds
    span = range(top, bottom + 1) if axis == "rows" else range(left, right + 1)
    left_over = [new for at in span if (new := to(at)) is not None]
    if not left_over:
        return None
    start, end = left_over[0], left_over[-1]
    top, bottom = (start, end) if axis == "rows" else (top, bottom)
    left, right = (left, right) if axis == "rows" else (start, end)
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
