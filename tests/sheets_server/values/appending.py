"""values.append: values put below the table that is found in a range.

https://developers.google.com/workspace/sheets/api/guides/values#append_values: the last table of the range is
continued, from its first column on; where the range holds nothing the values begin at its first cell.
"""

from __future__ import annotations

from tests.sheets_server import a1
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests import dimensions, guard
from tests.sheets_server.requests.ranges import resized
from tests.sheets_server.values.reading import places
from tests.sheets_server.values.refusing import refusing
from tests.sheets_server.values.writing import Written, input_option, updated_data, write


def append(book: Spreadsheet, query: Json, body: Json, *, user: str = "") -> tuple[Spreadsheet, Json]:
    input_option(query)
    new = book.copy()
    with refusing():
        found = a1.parse(query["range"], new)
        sheet, area = found.sheet, a1.clipped(found)
        table = table_in(sheet, area)
        row, column = (table.bottom, table.left) if table else (area.top, area.left)
        start = a1.Range(sheet, Area(row, row + 1, column, column + 1), anchor=True)
        written = Written(sheet, start.area, 0, 0, 0)
        if height := _height(body):
            _make_room(new, sheet, row, height, query, user)
            written = write(new, start, body, query, user)
        updates = {
            "spreadsheetId": book.id,
            **written.answer,
            **updated_data(new, start, written, body, query),
        }
    where = {"tableRange": a1.written(sheet, table)} if table else {}
    return new, {"spreadsheetId": book.id, **where, "updates": updates}


def table_in(sheet: Sheet, area: Area) -> Area | None:
    """Return the last table that has a cell in the area: the cells around it up to blank rows and columns."""
    last = max((place for place in places(sheet, area) if _filled(sheet, place)), default=None)
    if last is None:
        return None
    table = Area(last[0], last[0] + 1, last[1], last[1] + 1)
    while (larger := _taller(sheet, _wider(sheet, table))) != table:
        table = larger
    return table


def _taller(sheet: Sheet, table: Area) -> Area:
    """Return the area with the rows above and below it that have a filled cell beside it."""
    columns = range(table.left - 1, table.right + 1)
    top, bottom = table.top, table.bottom
    while any(_filled(sheet, (top - 1, column)) for column in columns):
        top -= 1
    while any(_filled(sheet, (bottom, column)) for column in columns):
        bottom += 1
    return Area(top, bottom, table.left, table.right)


def _wider(sheet: Sheet, table: Area) -> Area:
    """Return the area with the columns left and right of it that have a filled cell beside it."""
    rows = range(table.top - 1, table.bottom + 1)
    left, right = table.left, table.right
    while any(_filled(sheet, (row, left - 1)) for row in rows):
        left -= 1
    while any(_filled(sheet, (row, right)) for row in rows):
        right += 1
    return Area(table.top, table.bottom, left, right)


def _filled(sheet: Sheet, place: Place) -> bool:
    return "userEnteredValue" in sheet.cells.get(place, {})


def _height(body: Json) -> int:
    values = body.get("values", [])
    if body.get("majorDimension") == "COLUMNS":
        return max((len(column) for column in values), default=0)
    return len(values)


def _make_room(book: Spreadsheet, sheet: Sheet, row: int, count: int, query: Json, user: str) -> None:
    """Add rows at the end of a tab that is full; before others only where they are to be inserted."""
    if row >= sheet.row_count:
        resized(book, sheet, row + count, sheet.column_count)
    elif query.get("insertDataOption") == "INSERT_ROWS":
        guard.must_not_cut(book, sheet, "ROWS", row, user)
        dimensions.insert(book, sheet, "ROWS", row, count, row - 1 if row else None)
