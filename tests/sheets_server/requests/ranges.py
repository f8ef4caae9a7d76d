"""Ranges that a request names: their tab, their bounds, and the sentences for what is not there."""

from __future__ import annotations

from collections.abc import Iterable

from tests.sheets_server.model import Area, Json, Sheet, Spreadsheet
from tests.sheets_server.requests.refused import Refused

MOST_CELLS = 10_000_000
EDGES = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}
"""The fields of a GridRange along each dimension."""


def sheet_of(book: Spreadsheet, sheet_id: int) -> Sheet:
    sheet = book.sheet(sheet_id)
    if sheet is None:
        raise Refused(f"No sheet with id: {sheet_id}")
    return sheet


def grid_of(book: Spreadsheet, asked: Json) -> Sheet:
    """Return the tab that a GridRange, GridCoordinate or DimensionRange is on."""
    sheet_id = int(asked.get("sheetId", 0))
    sheet = book.sheet(sheet_id)
    if sheet is None or "gridProperties" not in sheet.properties:
        raise Refused(f"No grid with id: {sheet_id}")
    return sheet


def area_of(book: Spreadsheet, grid_range: Json) -> tuple[Sheet, Area]:
    """Return the tab and the cells of a GridRange; what lies behind the end of the tab is left out."""
    sheet = grid_of(book, grid_range)
    for start, end in EDGES.values():
        _in_order(grid_range, start, end)
    area = sheet.area(grid_range)
    if area.top >= sheet.row_count:
        raise Refused(f"GridRange.startRowIndex[{area.top}] is after last row in grid[{sheet.row_count - 1}]")
    if area.left >= sheet.column_count:
        last = sheet.column_count - 1
        raise Refused(f"GridRange.startColumnIndex[{area.left}] is after last column in grid[{last}]")
    return sheet, Area(
        area.top, min(area.bottom, sheet.row_count), area.left, min(area.right, sheet.column_count)
    )


def _in_order(asked: Json, start: str, end: str) -> None:
    for name in (start, end):
        if asked.get(name, 0) < 0:
            raise Refused(f"{name}[{asked[name]}] must be greater than or equal to 0")
    if end in asked and asked[end] <= asked.get(start, 0):
        raise Refused(f"{end}[{asked[end]}] must be greater than {start}[{asked.get(start, 0)}]")


def grid_range(sheet: Sheet, area: Area) -> Json:
    """Return an area as a GridRange with all its bounds."""
    return {
        "sheetId": sheet.id,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }


def bounded(book: Spreadsheet, asked: Json) -> Json:
    """Return a GridRange with all its bounds, as Google keeps those of filters, merges and banding."""
    return grid_range(*area_of(book, asked))


def coordinate(book: Spreadsheet, asked: Json) -> tuple[Sheet, int, int]:
    """Return the tab, row and column of a GridCoordinate."""
    sheet = grid_of(book, asked)
    row, column = int(asked.get("rowIndex", 0)), int(asked.get("columnIndex", 0))
    if row >= sheet.row_count:
        raise Refused(f"GridCoordinate.rowIndex[{row}] is after last row in grid[{sheet.row_count - 1}]")
    if column >= sheet.column_count:
        last = sheet.column_count - 1
        raise Refused(f"GridCoordinate.columnIndex[{column}] is after last column in grid[{last}]")
    return sheet, row, column


def length(sheet: Sheet, dimension: str) -> int:
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def overlap(one: Area, other: Area) -> bool:
    return (
        one.top < other.bottom
        and other.top < one.bottom
        and one.left < other.right
        and other.left < one.right
    )


def holds(outer: Area, inner: Area) -> bool:
    """Tell whether all of `inner` lies in `outer`."""
    return (
        outer.top <= inner.top
        and inner.bottom <= outer.bottom
        and outer.left <= inner.left
        and inner.right <= outer.right
    )


def resized(book: Spreadsheet, sheet: Sheet, rows: int, columns: int) -> None:
    """Set the size of a tab's grid; more than ten million cells in the spreadsheet are refused."""
    others = sum(one.row_count * one.column_count for one in book.sheets if one.id != sheet.id)
    if others + rows * columns > max(MOST_CELLS, others + sheet.row_count * sheet.column_count):
        raise Refused(
            f"This action would increase the number of cells in the workbook above the limit of {MOST_CELLS}"
            " cells."
        )
    grid = {**sheet.properties["gridProperties"], "rowCount": rows, "columnCount": columns}
    sheet.properties = {**sheet.properties, "gridProperties": grid}


def answered(piece: Json) -> Json:
    """Return a piece as Google answers it: a sheetId of 0 in a range goes without saying."""
    return {name: _answered(value, name) for name, value in piece.items()}


def _answered(value: object, name: str) -> object:
    if isinstance(value, dict):
        spoken = answered(value)
        if name.lower().endswith(("range", "source", "destination")) and spoken.get("sheetId") == 0:
            del spoken["sheetId"]
        return spoken
    if isinstance(value, list):
        return [_answered(one, name.removesuffix("s")) for one in value]
    return value


def cells_with(sheet: Sheet, area: Area) -> Iterable[tuple[int, int]]:
    """Return the places in an area that hold anything, in the order of reading."""
    if (area.bottom - area.top) * (area.right - area.left) < len(sheet.cells):
        return [place for place in area.places() if place in sheet.cells]
    return sorted(place for place in sheet.cells if place in area)
