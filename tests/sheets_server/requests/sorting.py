"""sortRange, randomizeRange: the rows of a range in another order."""

from __future__ import annotations

from typing import Any

from tests.sheets_server import effective, formulas
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.cells import put
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free
from tests.sheets_server.requests.ranges import area_of, overlap
from tests.sheets_server.requests.refused import Refused

MERGED = "You can't sort a range with merged cells of different sizes."


def sort_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Sort rows: numbers before text before true and false before errors, blank ones last either way."""
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    specs = request.get("sortSpecs", [])
    for spec in specs:
        if not area.left <= spec.get("dimensionIndex", 0) < area.right:
            raise Refused(
                f"sortSpecs.dimensionIndex[{spec.get('dimensionIndex', 0)}] must be within the range"
                f" [{area.left}, {area.right})."
            )
    sort(book, sheet, area, colours.stored(specs, book))
    return {}


def randomize_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    _must_not_be_merged(sheet, area)
    order = list(range(area.top, area.bottom))
    context.chance.shuffle(order)
    reorder(sheet, area, order)
    return {}


def sort(book: Spreadsheet, sheet: Sheet, area: Area, specs: list[Json]) -> None:
    """Sort the rows of an area by the specs, the first one first; rows that are equal keep their order.

    Rows hidden by a filter stay where they are.
    """
    _must_not_be_merged(sheet, area)
    seen = [row for row in range(area.top, area.bottom) if not sheet.rows.get(row, {}).get("hiddenByFilter")]
    sorted_rows = list(seen)
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        sorted_rows = _by(book, sheet, sorted_rows, column, spec)
    came = dict(zip(seen, sorted_rows, strict=True))
    reorder(sheet, area, [came.get(row, row) for row in range(area.top, area.bottom)])


def reorder(sheet: Sheet, area: Area, order: list[int]) -> None:
    """Put the rows of `order` (old indexes) one after another into the area: values, formats, notes, rules.

    The references of a formula to cells of its own row go along; others stay as they are written.
    """
    old = {place: sheet.cells[place] for row in order for place in _row(area, row) if place in sheet.cells}
    for new, came in enumerate(order, area.top):
        if new == came:
            continue
        for column in range(area.left, area.right):
            put(sheet, (new, column), _moved(old.get((came, column), {}), new - came))


def _row(area: Area, row: int) -> list[Place]:
    return [(row, column) for column in range(area.left, area.right)]


def _moved(cell: Json, down: int) -> Json:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": formulas.translated(formula, down, 0)}}


def _by(book: Spreadsheet, sheet: Sheet, rows: list[int], column: int, spec: Json) -> list[int]:
    for name, look in (("backgroundColor", _background), ("foregroundColor", _foreground)):
        if name in spec:
            return sorted(rows, key=lambda row: look(book, sheet, (row, column)) != spec[name])
    keys = {row: key(book, sheet, (row, column)) for row in rows}
    blank = [row for row in rows if keys[row] is None]
    full = [row for row in rows if keys[row] is not None]
    full.sort(key=lambda row: keys[row], reverse=spec.get("sortOrder") == "DESCENDING")  # type: ignore[arg-type,return-value]
    return full + blank


def key(book: Spreadsheet, sheet: Sheet, place: Place) -> tuple[int, Any] | None:
    """Return what a cell is sorted by; None where it is blank."""
    value = effective.effective_value(book, sheet, place)
    if not value:
        return None
    if "numberValue" in value:
        return 0, value["numberValue"]
    if "stringValue" in value:
        return (1, (value["stringValue"].casefold(), value["stringValue"])) if value["stringValue"] else None
    if "boolValue" in value:
        return 2, value["boolValue"]
    return 3, 0


def _background(book: Spreadsheet, sheet: Sheet, place: Place) -> Any:
    return effective.effective_format(book, sheet, place).get("backgroundColor", {})


def _foreground(book: Spreadsheet, sheet: Sheet, place: Place) -> Any:
    return effective.effective_format(book, sheet, place).get("textFormat", {}).get("foregroundColor", {})


def _must_not_be_merged(sheet: Sheet, area: Area) -> None:
    """Merged cells that lie in one row may be sorted only where every row is merged alike."""
    inside = [sheet.area(merge) for merge in sheet.merges if overlap(sheet.area(merge), area)]
    if not inside:
        return
    if any(one.bottom - one.top > 1 for one in inside):
        raise Refused(MERGED)
    shapes = {
        frozenset((one.left, one.right) for one in inside if one.top == row)
        for row in range(area.top, area.bottom)
    }
    if len(shapes) > 1:
        raise Refused(MERGED)
