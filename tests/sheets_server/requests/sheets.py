"""addSheet, deleteSheet, duplicateSheet, updateSheetProperties: the tabs."""

from __future__ import annotations

from tests.sheets_server import formulas
from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests import colours, copies
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.dimensions import delete
from tests.sheets_server.requests.guard import must_be_free_sheet
from tests.sheets_server.requests.ranges import resized, sheet_of
from tests.sheets_server.requests.refused import Refused

ROWS, COLUMNS = 1000, 26
"""The size of a new tab whose size is not given."""
SAID = ("sheetId", "index", "title", "sheetType", "gridProperties", "rowCount", "columnCount")
"""What is answered even where it is 0; anything else that is 0 or false goes without saying."""


def add_sheet(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Add a tab; id, title, place and size are chosen where they are not given."""
    asked = request.get("properties", {})
    if asked.get("sheetType", "GRID") not in ("GRID", "SHEET_TYPE_UNSPECIFIED"):
        raise Refused(f"Cannot add a sheet of type: {asked['sheetType']}")
    ids = {sheet.id for sheet in book.sheets}
    sheet_id = asked.get("sheetId")
    if sheet_id is None:
        sheet_id = context.new_id(ids)
    _must_be_new(book, sheet_id, asked.get("title"))
    grid = {"rowCount": ROWS, "columnCount": COLUMNS, **asked.get("gridProperties", {})}
    if grid["rowCount"] < 1 or grid["columnCount"] < 1:
        raise Refused("gridProperties.rowCount and gridProperties.columnCount must be at least 1")
    _must_not_freeze_all(grid)
    index = min(asked.get("index", len(book.sheets)), len(book.sheets))
    properties = {
        **colours.stored(asked, book),
        "sheetId": sheet_id,
        "title": asked.get("title") or free_title(book),
        "index": index,
        "sheetType": "GRID",
        "gridProperties": {**grid, "rowCount": 0, "columnCount": 0},
    }
    sheet = Sheet(properties=said(properties))
    resized(book, sheet, grid["rowCount"], grid["columnCount"])
    book.sheets.insert(index, sheet)
    numbered(book)
    return {"addSheet": {"properties": sheet.properties}}


def delete_sheet(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Delete a tab, with the named ranges on it; formulas that named it become #REF!."""
    sheet = sheet_of(book, request.get("sheetId", 0))
    must_be_free_sheet(book, sheet, context.user)
    if len(book.sheets) == 1:
        raise Refused("You can't remove all the sheets in a document.")
    if all(one.properties.get("hidden") for one in book.sheets if one is not sheet):
        raise Refused("You can't remove all the visible sheets in a document.")
    book.sheets.remove(sheet)
    book.named_ranges = {
        key: named for key, named in book.named_ranges.items() if named["range"].get("sheetId", 0) != sheet.id
    }
    _rename_in_formulas(book, sheet.title, None)
    numbered(book)
    return {}


def duplicate_sheet(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Copy a tab within the spreadsheet; what is on it gets ids of its own."""
    source = sheet_of(book, request.get("sourceSheetId", 0))
    sheet_id = request.get("newSheetId")
    if sheet_id is None:
        sheet_id = context.new_id({sheet.id for sheet in book.sheets})
    title = request.get("newSheetName") or copy_title(book, source.title)
    _must_be_new(book, sheet_id, title)
    index = min(request.get("insertSheetIndex", 0), len(book.sheets))
    sheet = copies.copied(book, source, sheet_id, title, context)
    size = (sheet.row_count, sheet.column_count)
    sheet.properties["gridProperties"] = {
        **sheet.properties["gridProperties"],
        "rowCount": 0,
        "columnCount": 0,
    }
    resized(book, sheet, *size)
    book.sheets.insert(index, sheet)
    numbered(book)
    return {"duplicateSheet": {"properties": sheet.properties}}


def update_sheet_properties(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Change title, place, size, frozen panes, hiding and colour of a tab."""
    new = request.get("properties", {})
    sheet = sheet_of(book, new.get("sheetId", 0))
    fields = colours.mask(request.get("fields", ""))
    must_be_free_sheet(book, sheet, context.user)
    if "title" in fields:
        _must_be_title(book, sheet, new.get("title", ""))
    old = sheet.properties
    merged = fields.merge(old, colours.stored(new, book))
    if merged.get("hidden") and all(one.properties.get("hidden") for one in book.sheets if one is not sheet):
        raise Refused("You can't hide all the sheets in a document.")
    grid = {**old["gridProperties"], **merged.get("gridProperties", {})}
    if fields.of("gridProperties") is not None:
        for frozen in ("frozenRowCount", "frozenColumnCount"):
            if frozen not in merged.get("gridProperties", {}):
                grid.pop(frozen, None)
        _must_have_cells(grid)
        _must_not_freeze_all(grid)
        _set_size(book, sheet, grid)
    grid = {**grid, "rowCount": sheet.row_count, "columnCount": sheet.column_count}
    kept = {name: old[name] for name in ("sheetId", "index", "sheetType")}
    sheet.properties = said({**merged, **kept, "gridProperties": grid})
    if sheet.title != old["title"]:
        _rename_in_formulas(book, old["title"], sheet.title)
    if (not fields.whole and "index" in fields) or (fields.whole and "index" in new):
        _move(book, sheet, new.get("index", len(book.sheets)))
    return {}


def numbered(book: Spreadsheet) -> None:
    """Write each tab's place into its properties."""
    for index, sheet in enumerate(book.sheets):
        if sheet.properties.get("index") != index:
            sheet.properties = {**sheet.properties, "index": index}


def said(properties: Json) -> Json:
    """Return SheetProperties as Google answers them."""
    kept = {name: value for name, value in properties.items() if value or name in SAID}
    grid = properties["gridProperties"]
    return {**kept, "gridProperties": {name: value for name, value in grid.items() if value or name in SAID}}


def free_title(book: Spreadsheet) -> str:
    number = len(book.sheets) + 1
    while book.sheet_named(f"Sheet{number}") is not None:
        number += 1
    return f"Sheet{number}"


def copy_title(book: Spreadsheet, title: str) -> str:
    candidate, number = f"Copy of {title}", 1
    while book.sheet_named(candidate) is not None:
        number += 1
        candidate = f"Copy of {title} {number}"
    return candidate


def _must_be_new(book: Spreadsheet, sheet_id: int, title: str | None) -> None:
    if sheet_id < 0:
        raise Refused(f"Invalid sheet id: {sheet_id}. Sheet ids must be non-negative.")
    if book.sheet(sheet_id) is not None:
        raise Refused(f"A sheet with the id {sheet_id} already exists.")
    if title is not None and book.sheet_named(title) is not None:
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _must_be_title(book: Spreadsheet, sheet: Sheet, title: str) -> None:
    if not title:
        raise Refused("Sheet name cannot be empty.")
    other = book.sheet_named(title)
    if other is not None and other is not sheet:
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _must_have_cells(grid: Json) -> None:
    for name in ("row", "column"):
        if grid[f"{name}Count"] < 1:
            raise Refused(f"You can't delete all the {name}s on the sheet.")


def _must_not_freeze_all(grid: Json) -> None:
    if grid.get("frozenRowCount", 0) >= grid["rowCount"]:
        raise Refused("You can't freeze all visible rows on the sheet.")
    if grid.get("frozenColumnCount", 0) >= grid["columnCount"]:
        raise Refused("You can't freeze all visible columns on the sheet.")


def _set_size(book: Spreadsheet, sheet: Sheet, grid: Json) -> None:
    """Grow or shrink the grid: rows first, so that the limit of cells is tried with the old columns."""
    rows, columns = grid["rowCount"], grid["columnCount"]
    if rows > sheet.row_count:
        resized(book, sheet, rows, sheet.column_count)
    elif rows < sheet.row_count:
        delete(book, sheet, "ROWS", rows, sheet.row_count)
    if columns > sheet.column_count:
        resized(book, sheet, sheet.row_count, columns)
    elif columns < sheet.column_count:
        delete(book, sheet, "COLUMNS", columns, sheet.column_count)


def _move(book: Spreadsheet, sheet: Sheet, to: int) -> None:
    """Move a tab: `to` counts the tabs as they stand before the move."""
    at = book.sheets.index(sheet)
    to = max(0, min(to, len(book.sheets)))
    book.sheets.remove(sheet)
    book.sheets.insert(to - 1 if to > at else to, sheet)
    numbered(book)


def _rename_in_formulas(book: Spreadsheet, old: str, new: str | None) -> None:
    for sheet in book.sheets:
        for place, cell in sheet.cells.items():
            value = cell.get("userEnteredValue")
            if value and "formulaValue" in value:
                written = formulas.renamed(value["formulaValue"], old, new)
                sheet.cells[place] = {**cell, "userEnteredValue": {"formulaValue": written}}
