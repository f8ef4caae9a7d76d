"""updateCells, repeatCell, appendCells, setDataValidation: what is written into cells."""

from __future__ import annotations

from tests.sheets_server import formulas
from tests.sheets_server.field_mask import Mask
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests import cell_data, colours
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free
from tests.sheets_server.requests.ranges import area_of, cells_with, coordinate, resized, sheet_of
from tests.sheets_server.requests.refused import Refused


def update_cells(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Write rows of cells from `start` on, or into `range`; what the rows leave out of a range is cleared."""
    fields = colours.mask(request.get("fields", ""))
    rows = request.get("rows", [])
    if "range" in request:
        sheet, area = area_of(book, request["range"])
        must_be_free(book, sheet, area, context.user)
        given = _places(rows, area)
        clear = cell_data.writer({}, fields, book)
        for place in cells_with(sheet, area):
            if place not in given:
                put(sheet, place, clear(sheet.cells[place]))
    else:
        sheet, top, left = coordinate(book, request.get("start", {}))
        area = Area(top, sheet.row_count, left, sheet.column_count)
        given = _places(rows, area)
        must_be_free(book, sheet, _around(given, area), context.user)
    for place, message in given.items():
        write = cell_data.writer(message, fields, book)
        put(sheet, place, write(sheet.cells.get(place, {})))
    return {}


def repeat_cell(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Write one cell into all of a range; the references of a formula go along."""
    fields = colours.mask(request.get("fields", ""))
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    message = request.get("cell", {})
    formula = message.get("userEnteredValue", {}).get("formulaValue")
    if formula and fields.of("userEnteredValue") is not None:
        for row, column in area.places():
            written = formulas.translated(formula, row - area.top, column - area.left)
            write_all(sheet, [(row, column)], _with_formula(message, written), fields, book)
        return {}
    write_all(sheet, _touched(sheet, area, message, fields, book), message, fields, book)
    return {}


def append_cells(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Write rows below the last one that holds a value; the tab grows where it must."""
    fields = colours.mask(request.get("fields", ""))
    sheet = sheet_of(book, request.get("sheetId", 0))
    rows = request.get("rows", [])
    top = max((row for (row, _), cell in sheet.cells.items() if "userEnteredValue" in cell), default=-1) + 1
    if top + len(rows) > sheet.row_count:
        resized(book, sheet, top + len(rows), sheet.column_count)
    area = Area(top, sheet.row_count, 0, sheet.column_count)
    given = _places(rows, area)
    must_be_free(book, sheet, _around(given, area), context.user)
    for place, message in given.items():
        write_all(sheet, [place], message, fields, book)
    return {}


def set_data_validation(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Set the rule of every cell in a range, or clear it where there is no rule."""
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    rule = request.get("rule")
    message = {} if rule is None else {"dataValidation": kept_rule(rule)}
    places = list(area.places()) if message else list(cells_with(sheet, area))
    if not request.get("filteredRowsIncluded"):
        places = [place for place in places if not sheet.rows.get(place[0], {}).get("hiddenByFilter")]
    write_all(sheet, places, message, colours.mask("dataValidation"), book)
    return {}


def kept_rule(rule: Json) -> Json:
    """Return a DataValidationRule as Google answers it: what is false or empty goes without saying."""
    if rule.get("condition", {}).get("type", "CONDITION_TYPE_UNSPECIFIED") == "CONDITION_TYPE_UNSPECIFIED":
        raise Refused("rule.condition.type must be set")
    return {name: value for name, value in rule.items() if value not in (False, "", None)}


def write_all(sheet: Sheet, places: list[Place], message: Json, fields: Mask, book: Spreadsheet) -> None:
    """Write the fields of a mask of one CellData into each of `places`."""
    write = cell_data.writer(message, fields, book)
    blank = write({})
    for place in places:
        old = sheet.cells.get(place)
        put(sheet, place, write(old) if old else blank)


def put(sheet: Sheet, place: Place, cell: Json) -> None:
    """Put a cell in its place; a blank one is not kept."""
    if cell:
        sheet.cells[place] = cell
    else:
        sheet.cells.pop(place, None)


def _places(rows: list[Json], area: Area) -> dict[Place, Json]:
    given: dict[Place, Json] = {}
    for down, row in enumerate(rows):
        for right, cell in enumerate((row or {}).get("values", [])):
            place = (area.top + down, area.left + right)
            if place[0] >= area.bottom:
                raise Refused(_beyond("row", place[0], area.bottom))
            if place[1] >= area.right:
                raise Refused(_beyond("column", place[1], area.right))
            given[place] = cell or {}
    return given


def _beyond(name: str, at: int, end: int) -> str:
    return f"Attempting to write {name}: {at}, beyond the last requested {name} of: {end - 1}"


def _around(given: dict[Place, Json], area: Area) -> Area:
    """Return the smallest area that holds all the places."""
    bottom = max((row for row, _ in given), default=area.top - 1) + 1
    right = max((column for _, column in given), default=area.left - 1) + 1
    return Area(area.top, bottom, area.left, right)


def _with_formula(message: Json, formula: str) -> Json:
    return {**message, "userEnteredValue": {"formulaValue": formula}}


def _touched(sheet: Sheet, area: Area, message: Json, fields: Mask, book: Spreadsheet) -> list[Place]:
    """Return the places that a repeated cell changes: where it only clears, those that hold anything."""
    blank = cell_data.writer(message, fields, book)({})
    return list(area.places()) if blank else list(cells_with(sheet, area))
