"""New spreadsheets: what Google gives each of them, and one made of a Spreadsheet resource."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests import cell_data, colours
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.dimensions import PIXELS
from tests.sheets_server.requests.sheets import COLUMNS, ROWS, said

UNTITLED = "Untitled spreadsheet"
_WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Json = {
    "backgroundColor": _WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": _WHITE},
}
THEME: Json = {
    "primaryFontFamily": "Arial",
    "themeColors": [
        {"colorType": name, "color": {"rgbColor": colour}} for name, colour in colours.THEME.items()
    ],
}


def blank(book_id: str, title: str = "", time_zone: str = "Etc/GMT") -> Spreadsheet:
    """Return a spreadsheet as Google makes it: one tab, "Sheet1", of 1,000 rows and 26 columns."""
    return made_of({"properties": {"title": title, "timeZone": time_zone}}, book_id)


def made_of(resource: Json, book_id: str) -> Spreadsheet:
    """Return the spreadsheet that a Spreadsheet resource describes, as spreadsheets.create takes it and
    spreadsheets.get answers it; what Google works out by itself is passed over."""
    asked = resource.get("properties", {})
    properties = {
        "title": asked.get("title") or UNTITLED,
        "locale": asked.get("locale") or "en_US",
        "autoRecalc": asked.get("autoRecalc", "ON_CHANGE"),
        "timeZone": asked.get("timeZone") or "Etc/GMT",
        "defaultFormat": asked.get("defaultFormat", DEFAULT_FORMAT),
        "spreadsheetTheme": asked.get("spreadsheetTheme", THEME),
    }
    book = Spreadsheet(book_id, {**properties, **asked, **properties})
    taken = {one.get("properties", {}).get("sheetId", 0) for one in resource.get("sheets", [])}
    for number, one in enumerate(resource.get("sheets") or [{"properties": {"sheetId": 0}}], 1):
        book.sheets.append(_sheet(book, one, number, taken))
    for number, named in enumerate(resource.get("namedRanges", []), 1):
        key = str(named.get("namedRangeId") or number)
        book.named_ranges[key] = {**named, "namedRangeId": key, "range": _placed(named["range"])}
    book.developer_metadata = _by_id(resource.get("developerMetadata", []), "metadataId")
    return book


def _sheet(book: Spreadsheet, one: Json, number: int, taken: set[int]) -> Sheet:
    asked = one.get("properties", {})
    sheet_id = asked.get("sheetId")
    if sheet_id is None:
        sheet_id = Context().new_id(taken)
        taken.add(sheet_id)
    properties = {
        "sheetId": sheet_id,
        "title": asked.get("title") or f"Sheet{number}",
        "index": number - 1,
        "sheetType": asked.get("sheetType", "GRID"),
        "gridProperties": {"rowCount": ROWS, "columnCount": COLUMNS, **asked.get("gridProperties", {})},
        **{
            name: value
            for name, value in colours.stored(asked, book).items()
            if name not in ("sheetId", "title", "index", "sheetType", "gridProperties")
        },
    }
    if properties["sheetType"] == "GRID":
        properties = said(properties)
    else:
        del properties["gridProperties"]
    sheet = Sheet(properties)
    for data in one.get("data", []):
        _fill(book, sheet, data)
    _lay(sheet, one)
    return sheet


def _fill(book: Spreadsheet, sheet: Sheet, data: Json) -> None:
    """Put GridData into a tab. Cells that are alike become one piece, and so do formats."""
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    cells: dict[str, Json] = {}
    formats: dict[str, Json] = {}
    for row, line in enumerate(data.get("rowData", []), top):
        for column, message in enumerate(line.get("values", []), left):
            key = repr(message)
            if key not in cells:
                cells[key] = _cell(book, message, formats)
            if cells[key]:
                sheet.cells[row, column] = cells[key]
    _size(sheet, sheet.rows, data.get("rowMetadata", []), top, PIXELS["ROWS"])
    _size(sheet, sheet.columns, data.get("columnMetadata", []), left, PIXELS["COLUMNS"])


def _cell(book: Spreadsheet, message: Json, formats: dict[str, Json]) -> Json:
    cell = cell_data.cleaned(cell_data.prepared(message, book))
    form = cell.get("userEnteredFormat")
    if form is not None:
        cell["userEnteredFormat"] = formats.setdefault(repr(form), form)
    return cell


def _size(sheet: Sheet, kept: dict[int, Json], given: list[Json], start: int, usual: int) -> None:
    """Keep what DimensionProperties say that is not usual."""
    for index, one in enumerate(given, start):
        for piece in one.get("developerMetadata", []):
            sheet.developer_metadata[piece["metadataId"]] = piece
        properties = {key: value for key, value in one.items() if key != "developerMetadata" and value}
        if properties.get("pixelSize") == usual:
            del properties["pixelSize"]
        if properties:
            kept[index] = properties


def _lay(sheet: Sheet, one: Json) -> None:
    """Lay on a tab what lies on ranges of it."""
    sheet.merges = [_placed(merge, sheet.id) for merge in one.get("merges", [])]
    sheet.conditional_formats = [
        {**rule, "ranges": [_placed(piece, sheet.id) for piece in rule.get("ranges", [])]}
        for rule in one.get("conditionalFormats", [])
    ]
    if "basicFilter" in one:
        sheet.basic_filter = _laid(one["basicFilter"], sheet)
    sheet.filter_views = _by_id(one.get("filterViews", []), "filterViewId", sheet)
    sheet.protected_ranges = _by_id(one.get("protectedRanges", []), "protectedRangeId", sheet)
    for piece in sheet.protected_ranges.values():
        piece.pop("requestingUserCanEdit", None)
    sheet.banded_ranges = _by_id(one.get("bandedRanges", []), "bandedRangeId", sheet)
    sheet.developer_metadata |= _by_id(one.get("developerMetadata", []), "metadataId")
    sheet.row_groups = [_laid(group, sheet) for group in one.get("rowGroups", [])]
    sheet.column_groups = [_laid(group, sheet) for group in one.get("columnGroups", [])]


def _by_id(pieces: list[Json], name: str, sheet: Sheet | None = None) -> dict[int, Json]:
    found = {}
    for number, piece in enumerate(pieces, 1):
        key = int(piece.get(name) or number)
        found[key] = {**(_laid(piece, sheet) if sheet else piece), name: key}
    return found


def _laid(piece: Json, sheet: Sheet) -> Json:
    laid = dict(piece)
    if "range" in piece:
        laid["range"] = _placed(piece["range"], sheet.id)
    if "unprotectedRanges" in piece:
        laid["unprotectedRanges"] = [_placed(one, sheet.id) for one in piece["unprotectedRanges"]]
    return laid


def _placed(grid_range: Json, sheet_id: Any = 0) -> Json:
    """Return a GridRange with the id of its tab, which goes without saying where it is 0."""
    return {"sheetId": sheet_id, **grid_range}
