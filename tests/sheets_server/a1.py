"""Ranges as people and programs write them: A1 and R1C1 notation, tab names, named ranges.

Written as in https://developers.google.com/workspace/sheets/api/guides/concepts#cell and answered as Google
writes them: `Sheet1!A1:B2`, `'My tab'!A1`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.sheets_server.errors import ApiError, bad_request
from tests.sheets_server.model import Area, Json, Sheet, Spreadsheet

LAST_COLUMN = 18_278
"""ZZZ, from 1: what comes behind it is no column but a name (`Sheet1` is a tab)."""


@dataclass(frozen=True, slots=True)
class Range:
    """A range that was asked for. `area` may reach beyond the tab; an end that was left open is the tab's.

    `rows_open` and `columns_open` tell that no last row or no last column was given (`A5:A`, `A:B`, `Sheet1`);
    `whole` that only a tab was named.
    """

    sheet: Sheet
    area: Area
    rows_open: bool = False
    columns_open: bool = False
    whole: bool = False

    @property
    def grid_range(self) -> Json:
        """Return the GridRange, ends left out where they are open."""
        area = self.area
        found: Json = {"sheetId": self.sheet.id, "startRowIndex": area.top}
        if not self.rows_open:
            found["endRowIndex"] = area.bottom
        found["startColumnIndex"] = area.left
        if not self.columns_open:
            found["endColumnIndex"] = area.right
        return found


def parse(text: str, book: Spreadsheet) -> Range:
    """Return what `text` names.

    A name without quotes that looks like cells is cells of the first visible tab; else it is a named range,
    else a tab.

    Raises:
        ApiError: 400 `Unable to parse range: ...`.
    """
    tab, cells = _split(text)
    if tab is None:
        found = _loose(cells or "", book)
    else:
        sheet = _tab(tab, book)
        found = None if sheet is None else (_whole(sheet) if cells is None else _inside(cells, sheet, book))
    if found is None:
        raise unparsable(text)
    return found


def of_grid_range(grid_range: Json, book: Spreadsheet) -> Range:
    """Return the range of a GridRange (a data filter's, a named range's).

    Raises:
        ApiError: 400 `No grid with id: ...`.
    """
    sheet = book.sheet(int(grid_range.get("sheetId", 0)))
    if sheet is None:
        raise bad_request(f"No grid with id: {grid_range.get('sheetId', 0)}")
    ends = ("endRowIndex" not in grid_range, "endColumnIndex" not in grid_range)
    starts = grid_range.get("startRowIndex", 0) == 0 and grid_range.get("startColumnIndex", 0) == 0
    return Range(sheet, sheet.area(grid_range), *ends, whole=all(ends) and starts)


def clipped(found: Range) -> Area:
    """Return the part of the range that lies on the tab.

    Raises:
        ApiError: 400 `Range (...) exceeds grid limits. ...` where it begins outside.
    """
    sheet, area = found.sheet, found.area
    if area.top >= sheet.row_count or area.left >= sheet.column_count:
        raise beyond_grid(sheet, area)
    return Area(area.top, min(area.bottom, sheet.row_count), area.left, min(area.right, sheet.column_count))


def written(sheet: Sheet, area: Area) -> str:
    """Return the range as Google answers it: `Sheet1!A1:B2`, one cell as `Sheet1!A1`."""
    return f"{quoted(sheet.title)}!{cells_written(area)}"


def cells_written(area: Area) -> str:
    """Return the range without its tab."""
    first = cell(area.top, area.left)
    last = cell(area.bottom - 1, area.right - 1)
    return first if first == last else f"{first}:{last}"


def quoted(title: str) -> str:
    """Return the tab's name, in quotes where Google sets them."""
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", title)
    if plain and not _corner(title) and not _R1C1.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def cell(row: int, column: int) -> str:
    """Return the name of a cell: (0, 0) is A1."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the index of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def unparsable(text: str) -> ApiError:
    return bad_request(f"Unable to parse range: {text}")


def beyond_grid(sheet: Sheet, area: Area) -> ApiError:
    return bad_request(
        f"Range ({written(sheet, area)}) exceeds grid limits. "
        f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    )


_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?")
_R1C1 = re.compile(r"[Rr](?:(\d+)|\[(-?\d+)\])[Cc](?:(\d+)|\[(-?\d+)\])")

_Corner = tuple[int | None, int | None]
"""Row and column from 0; None where only the other is given."""


def _split(text: str) -> tuple[str | None, str | None]:
    """Return tab and cells; no tab where it is cells or a name without quotes, no cells where all are meant."""
    in_quotes = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL)
    if in_quotes:
        return in_quotes[1].replace("''", "'"), in_quotes[2]
    tab, mark, cells = text.rpartition("!")
    return (tab, cells) if mark else (None, text)


def _tab(title: str, book: Spreadsheet) -> Sheet | None:
    exact = next((sheet for sheet in book.sheets if sheet.title == title), None)
    return exact or book.sheet_named(title)


def _loose(text: str, book: Spreadsheet) -> Range | None:
    """Return what a text without a tab names."""
    first = next((sheet for sheet in book.sheets if not sheet.properties.get("hidden")), None)
    if first is not None:
        found = _cells(text, first)
        if found is not None:
            return found
    named = _named(text, book)
    if named is not None:
        return named
    sheet = _tab(text, book)
    return None if sheet is None else _whole(sheet)


def _inside(text: str, sheet: Sheet, book: Spreadsheet) -> Range | None:
    """Return the cells of a tab that was named: cells, or a named range that lies on it."""
    found = _cells(text, sheet)
    if found is not None:
        return found
    named = _named(text, book)
    return named if named is not None and named.sheet is sheet else None


def _named(text: str, book: Spreadsheet) -> Range | None:
    for named in book.named_ranges.values():
        if named["name"].lower() == text.lower():
            return of_grid_range(named.get("range", {}), book)
    return None


def _whole(sheet: Sheet) -> Range:
    return Range(sheet, sheet.area({}), rows_open=True, columns_open=True, whole=True)


def _cells(text: str, sheet: Sheet) -> Range | None:
    """Return the cells that a text in A1 or R1C1 notation names."""
    first, colon, last = text.partition(":")
    begin = _corner(first)
    if begin is None:
        return None
    if not colon:
        return None if None in begin else _between(begin, begin, sheet)
    end = _corner(last)
    return None if end is None else _between(begin, end, sheet)


def _between(begin: _Corner, end: _Corner, sheet: Sheet) -> Range | None:
    """Return the cells between two corners, in whichever order they were given."""
    rows = [corner[0] for corner in (begin, end) if corner[0] is not None]
    columns = [corner[1] for corner in (begin, end) if corner[1] is not None]
    if len(rows) + len(columns) < 3 and not (len(rows) == 2 or len(columns) == 2):
        return None
    rows_open, columns_open = len(rows) < 2, len(columns) < 2
    area = Area(
        min(rows, default=0),
        max(sheet.row_count, min(rows, default=0) + 1) if rows_open else max(rows) + 1,
        min(columns, default=0),
        max(sheet.column_count, min(columns, default=0) + 1) if columns_open else max(columns) + 1,
    )
    return Range(sheet, area, rows_open, columns_open)


def _corner(text: str) -> _Corner | None:
    relative = _R1C1.fullmatch(text)
    if relative:
        row = int(relative[1]) - 1 if relative[1] else int(relative[2])
        column = int(relative[3]) - 1 if relative[3] else int(relative[4])
        return (row, column) if row >= 0 and column >= 0 else None
    found = _CORNER.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None
    return int(found[2]) - 1 if found[2] else None, column_index(found[1]) if found[1] else None
