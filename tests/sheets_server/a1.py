"""Ranges as people and programs write them: A1 and R1C1 notation, tab names, named ranges.

Written as in https://developers.google.com/workspace/sheets/api/guides/concepts#cell and answered as Google
writes them: `Sheet1!A1:B2`, `'My tab'!A1`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.sheets_server.errors import ApiError, bad_request
from tests.sheets_server.model import Area, Json, Sheet, Spreadsheet


class Range(NamedTuple):
    """A range that was asked for. `area` may reach beyond the tab; an end that was left open is the tab's.

    `rows_open` and `columns_open` tell that no last row, no last column was given (`A5:A`, `A:B`, `Sheet1`);
    `anchor` that one cell was given (`A1`, not `A1:A1`): what is written there may be larger.
    """

    sheet: Sheet
    area: Area
    rows_open: bool = False
    columns_open: bool = False
    anchor: bool = False

    @property
    def grid_range(self) -> Json:
        """Return the GridRange, ends left out where they are open."""
        area = self.area
        found: Json = {"sheetId": self.sheet.id, "startRowIndex": area.top, "startColumnIndex": area.left}
        if not self.rows_open:
            found["endRowIndex"] = area.bottom
        if not self.columns_open:
            found["endColumnIndex"] = area.right
        return found

    @property
    def text(self) -> str:
        """Return the range as Google names it in errors: not clipped, open where it is open (`T!A1001:B`)."""
        area, title = self.area, quoted(self.sheet.title)
        if not (self.rows_open or self.columns_open):
            return written(self.sheet, area)
        if self.rows_open and self.columns_open:
            return f"{title}!{cell(area.top, area.left)}" if area.top or area.left else title
        row, column = str(area.bottom), column_name(area.right - 1)
        if self.rows_open:
            first = cell(area.top, area.left) if area.top else column_name(area.left)
            return f"{title}!{first}:{column}"
        first = cell(area.top, area.left) if area.left else str(area.top + 1)
        return f"{title}!{first}:{row}"


def parse(text: str, book: Spreadsheet) -> Range:
    """Return what `text` names.

    A name without quotes that reads as cells is cells of the first tab that is not hidden; else it is a
    named range, else a tab.

    Raises:
        ApiError: 400 `Unable to parse range: ...`.
    """
    title, cells = _split(text)
    if title is None:
        found = _loose(cells or "", book)
    else:
        sheet = _tab(title, book)
        found = None if sheet is None else (_whole(sheet) if cells is None else _inside(cells, sheet, book))
    if found is None:
        raise unparsable(text)
    return found


def of_grid_range(grid_range: Json, book: Spreadsheet) -> Range:
    """Return the range of a GridRange: a data filter's, a named range's.

    Raises:
        ApiError: 400 `No grid with id: ...`.
    """
    sheet = book.sheet(int(grid_range.get("sheetId", 0)))
    if sheet is None:
        raise bad_request(f"No grid with id: {grid_range.get('sheetId', 0)}")
    ends = ("endRowIndex" not in grid_range, "endColumnIndex" not in grid_range)
    return Range(sheet, sheet.area(grid_range), *ends)


def clipped(found: Range) -> Area:
    """Return the part of the range that lies on the tab.

    Raises:
        ApiError: 400 `Range (...) exceeds grid limits. ...` where it begins outside.
    """
    sheet, area = found.sheet, found.area
    if area.top >= sheet.row_count or area.left >= sheet.column_count:
        limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        raise bad_request(f"Range ({found.text}) exceeds grid limits. {limits}")
    bottom, right = min(area.bottom, sheet.row_count), min(area.right, sheet.column_count)
    return Area(area.top, bottom, area.left, right)


def written(sheet: Sheet, area: Area) -> str:
    """Return the range as Google answers it: `Sheet1!A1:B2`, one cell as `Sheet1!A1`."""
    return f"{quoted(sheet.title)}!{cells_written(area)}"


def cells_written(area: Area) -> str:
    """Return the range without its tab."""
    first = cell(area.top, area.left)
    last = cell(area.bottom - 1, area.right - 1)
    return first if first == last else f"{first}:{last}"


def quoted(title: str) -> str:
    """Return the tab's name, in quotes unless it is a word that does not read as cells."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", title) and _corners(title) is None:
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


_A1 = re.compile(r"\$?([A-Za-z]{1,3})?\$?(0*[1-9][0-9]{0,8})?")
"""Four letters are no column but a name: `Sheet1` is a tab."""

_PART = r"(0*[1-9][0-9]{0,8}|\[[0-9]{1,9}\])?"
_R1C1 = re.compile(rf"(?:([Rr]){_PART})?(?:([Cc]){_PART})?")

_Corner = tuple[int | None, int | None]
"""Row and column from 0; None where only the other is given."""


def _split(text: str) -> tuple[str | None, str | None]:
    """Return tab and cells: no tab where there is only one word, no cells where the tab alone is quoted."""
    in_quotes = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL)
    if in_quotes:
        return in_quotes[1].replace("''", "'"), in_quotes[2]
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def _tab(title: str, book: Spreadsheet) -> Sheet | None:
    exact = next((sheet for sheet in book.sheets if sheet.title == title), None)
    return exact or book.sheet_named(title)


def _loose(text: str, book: Spreadsheet) -> Range | None:
    """Return what a text without a tab names."""
    first = next((sheet for sheet in book.sheets if not sheet.properties.get("hidden")), None)
    found = None if first is None else _cells(text, first)
    if found is None:
        found = _named(text, book)
    if found is None and (sheet := _tab(text, book)) is not None:
        found = _whole(sheet)
    return found


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
    return Range(sheet, sheet.area({}), rows_open=True, columns_open=True)


def _cells(text: str, sheet: Sheet) -> Range | None:
    """Return the cells that a text in A1 or R1C1 notation names."""
    corners = _corners(text)
    if corners is None:
        return None
    rows = [row for row, _ in corners if row is not None]
    columns = [column for _, column in corners if column is not None]
    rows_open, columns_open = len(rows) < len(corners), len(columns) < len(corners)
    top, left = min(rows, default=0), min(columns, default=0)
    area = Area(
        top,
        max(sheet.row_count, top + 1) if rows_open else max(rows) + 1,
        left,
        max(sheet.column_count, left + 1) if columns_open else max(columns) + 1,
    )
    return Range(
        sheet, area, rows_open, columns_open, anchor=":" not in text and not rows_open | columns_open
    )


def _corners(text: str) -> list[_Corner] | None:
    """Return the one corner or the two; both in the same notation, A1 before R1C1."""
    halves = text.split(":")
    if len(halves) > 2:
        return None
    corners = [_a1(half) for half in halves]
    if len(corners) == 1 and None in (corners[0] or (None,)):
        corners = [None]
    if None not in corners and _touching(corners):
        return [corner for corner in corners if corner is not None]
    corners = [_r1c1(half) for half in halves]
    return None if None in corners else [corner for corner in corners if corner is not None]


def _touching(corners: list[_Corner | None]) -> bool:
    """Tell whether both corners give a row, or both a column (`A:5` does not)."""
    return any(all(corner and corner[axis] is not None for corner in corners) for axis in (0, 1))


def _a1(text: str) -> _Corner | None:
    found = _A1.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None
    return int(found[2]) - 1 if found[2] else None, column_index(found[1]) if found[1] else None


def _r1c1(text: str) -> _Corner | None:
    """Return the corner that `R2C3` names; `R[1]C[2]` counts from A1; a row or column alone is unbounded."""
    found = _R1C1.fullmatch(text)
    if not found or not text:
        return None
    row, column = (_ordinal(found[at]) if found[at - 1] else None for at in (2, 4))
    if text in ("R", "r", "C", "c"):
        return 0, 0
    return row, column


def _ordinal(part: str | None) -> int:
    """Return the index that a number gives; without one it is the first."""
    if part is None:
        return 0
    return int(part[1:-1]) if part.startswith("[") else int(part) - 1
