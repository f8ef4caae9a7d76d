"""findReplace, trimWhitespace, textToColumns, pasteData, deleteDuplicates: texts within cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from tests.sheets_server import effective
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests.cell_data import cleaned, must_fit
from tests.sheets_server.requests.cells import put
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free
from tests.sheets_server.requests.ranges import area_of, cells_with, coordinate, resized, sheet_of
from tests.sheets_server.requests.refused import Refused
from tests.sheets_server.requests.sorting import reorder

DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


def find_replace(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Replace text in values, and in formulas where includeFormulas says so."""
    if not request.get("find"):
        raise Refused("find must be set.")
    pattern = _pattern(request)
    new = request.get("replacement", "")
    literal = new if request.get("searchByRegex") else new.replace("\\", "\\\\")
    literal = re.sub(r"\$(\d)", r"\\g<\1>", literal) if request.get("searchByRegex") else literal
    counts = dict.fromkeys(
        ("valuesChanged", "formulasChanged", "rowsChanged", "sheetsChanged", "occurrencesChanged"), 0
    )
    for sheet, area in _searched(book, request):
        rows = set()
        for place in list(cells_with(sheet, area)):
            found = _replaced(book, sheet, place, pattern, literal, bool(request.get("includeFormulas")))
            if found is None:
                continue
            cell, times, formula = found
            must_be_free(book, sheet, Area(place[0], place[0] + 1, place[1], place[1] + 1), context.user)
            put(sheet, place, cell)
            counts["formulasChanged" if formula else "valuesChanged"] += 1
            counts["occurrencesChanged"] += times
            rows.add(place[0])
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    return {"findReplace": {name: count for name, count in counts.items() if count}}


def trim_whitespace(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Take away space around texts, and leave one where there were several."""
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    changed = 0
    for place in list(cells_with(sheet, area)):
        cell = sheet.cells[place]
        text = cell.get("userEnteredValue", {}).get("stringValue")
        if text is not None and " ".join(text.split()) != text:
            put(sheet, place, _with_text(cell, " ".join(text.split())))
            changed += 1
    return {"trimWhitespace": {"cellsChangedCount": changed} if changed else {}}


def text_to_columns(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Split the texts of a column into the columns to its right."""
    sheet, area = area_of(book, request["source"])
    if area.right - area.left != 1:
        raise Refused("source must span exactly one column.")
    texts = {place: effective.formatted_value(book, sheet, place) or "" for place in cells_with(sheet, area)}
    delimiter = _delimiter(request, list(texts.values()))
    parts = {place: text.split(delimiter) for place, text in texts.items() if text}
    width = max((len(one) for one in parts.values()), default=1)
    _grow(book, sheet, 0, area.left + width)
    must_be_free(book, sheet, Area(area.top, area.bottom, area.left, area.left + width), context.user)
    for (row, column), texts_of in parts.items():
        for at, text in enumerate(texts_of):
            place = (row, column + at)
            put(sheet, place, effective.typed_in(text.strip(), book, sheet.cells.get(place, {})))
    return {}


def paste_data(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Put delimited text into cells, as if it were typed."""
    sheet, top, left = coordinate(book, request["coordinate"])
    if request.get("html"):
        rows = [[re.sub(r"<[^>]*>", "", cell) for cell in row] for row in _html(request.get("data", ""))]
    else:
        data = request.get("data", "")
        rows = list(csv.reader(io.StringIO(data), delimiter=request.get("delimiter") or "\t"))
    bottom, right = top + len(rows), left + max((len(row) for row in rows), default=0)
    _grow(book, sheet, bottom, right)
    must_be_free(book, sheet, Area(top, bottom, left, right), context.user)
    for down, row in enumerate(rows):
        for at, text in enumerate(row):
            must_fit(text)
            place = (top + down, left + at)
            put(sheet, place, effective.typed_in(text, book, sheet.cells.get(place, {})))
    return {}


def delete_duplicates(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Take away rows of a range that equal an earlier one; case, formats and formulas make no difference."""
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    asked = request.get("comparisonColumns", [])
    columns = {
        column
        for one in asked
        for column in range(one.get("startIndex", area.left), one.get("endIndex", area.right))
    } or set(range(area.left, area.right))
    seen: set[tuple[str, ...]] = set()
    kept: list[int] = []
    gone: list[int] = []
    for row in range(area.top, area.bottom):
        texts = [(effective.formatted_value(book, sheet, (row, c)) or "") for c in sorted(columns)]
        key = tuple(text.casefold() for text in texts)
        (gone if key in seen else kept).append(row)
        seen.add(key)
    for row in gone:
        for column in range(area.left, area.right):
            sheet.cells.pop((row, column), None)
    reorder(sheet, area, [*kept, *gone])
    return {"deleteDuplicates": {"duplicatesRemovedCount": len(gone)} if gone else {}}


def _pattern(request: Json) -> re.Pattern[str]:
    find = request["find"] if request.get("searchByRegex") else re.escape(request["find"])
    if request.get("matchEntireCell"):
        find = rf"\A(?:{find})\Z"
    try:
        return re.compile(find, 0 if request.get("matchCase") else re.IGNORECASE)
    except re.error:
        raise Refused(f"Invalid regular expression: {request['find']}") from None


def _searched(book: Spreadsheet, request: Json) -> Iterator[tuple[Sheet, Area]]:
    if "range" in request:
        yield area_of(book, request["range"])
        return
    if request.get("allSheets"):
        sheets = list(book.sheets)
    elif "sheetId" in request:
        sheets = [sheet_of(book, request["sheetId"])]
    else:
        raise Refused("Must specify exactly one of range, sheetId, or allSheets.")
    for sheet in sheets:
        yield sheet, sheet.area({})


def _replaced(
    book: Spreadsheet, sheet: Sheet, place: Place, pattern: re.Pattern[str], new: str, formulas: bool
) -> tuple[Json, int, bool] | None:
    """Return the cell after replacing, how often, and whether it holds a formula; None where nothing fits."""
    cell = sheet.cells[place]
    value = cell.get("userEnteredValue", {})
    if "formulaValue" in value:
        if not formulas:
            return None
        text, times = pattern.subn(new, value["formulaValue"])
        return ({**cell, "userEnteredValue": {"formulaValue": text}}, times, True) if times else None
    shown = effective.formatted_value(book, sheet, place) if value else None
    text, times = pattern.subn(new, shown or "")
    if not shown or not times:
        return None
    must_fit(text)
    if "stringValue" in value:
        return _with_text(cell, text), times, False
    return effective.typed_in(text, book, cell), times, False


def _with_text(cell: Json, text: str) -> Json:
    kept = {name: value for name, value in cell.items() if name not in ("textFormatRuns", "chipRuns")}
    return cleaned({**kept, "userEnteredValue": {"stringValue": text} if text else None})


def _delimiter(request: Json, texts: list[str]) -> str:
    kind = request.get("delimiterType", "AUTODETECT")
    if kind == "CUSTOM":
        if not request.get("delimiter"):
            raise Refused("delimiter must be set if delimiterType is CUSTOM.")
        return str(request["delimiter"])
    if kind in DELIMITERS:
        return DELIMITERS[kind]
    counts = {one: sum(one in text for text in texts) for one in DELIMITERS.values()}
    return max(counts, key=lambda one: counts[one])


def _grow(book: Spreadsheet, sheet: Sheet, rows: int, columns: int) -> None:
    if rows > sheet.row_count or columns > sheet.column_count:
        resized(book, sheet, max(rows, sheet.row_count), max(columns, sheet.column_count))


def _html(data: str) -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", data, re.IGNORECASE | re.DOTALL)
    if not rows:
        return [[data]]
    return [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.IGNORECASE | re.DOTALL) for row in rows]
