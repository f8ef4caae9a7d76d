"""autoFill: a series carried on."""

from __future__ import annotations

from itertools import pairwise

from tests.sheets_server import formulas
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests.cells import put
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free
from tests.sheets_server.requests.ranges import area_of, cells_with
from tests.sheets_server.requests.refused import Refused


def auto_fill(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Carry a source on: numbers in even steps go on stepping, the rest is repeated, formulas go along."""
    if "sourceAndDestination" in request:
        asked = request["sourceAndDestination"]
        sheet, source = area_of(book, asked["source"])
        down, count = asked.get("dimension") == "ROWS", asked.get("fillLength", 0)
    else:
        sheet, whole = area_of(book, request.get("range", {}))
        source, down, count = _detected(sheet, whole)
    if count == 0:
        return {}
    target = _target(source, down, count)
    if (
        target.top < 0
        or target.left < 0
        or target.bottom > sheet.row_count
        or target.right > sheet.column_count
    ):
        raise Refused("The destination of autoFill is not within the grid.")
    must_be_free(book, sheet, target, context.user)
    for lane in _lanes(source, down):
        _fill(sheet, lane, down, count)
    return {}


def _detected(sheet: Sheet, whole: Area) -> tuple[Area, bool, int]:
    filled = [p for p in cells_with(sheet, whole) if "userEnteredValue" in sheet.cells[p]]
    if not filled:
        return whole, True, 0
    bottom = max(row for row, _ in filled) + 1
    if bottom < whole.bottom:
        return Area(whole.top, bottom, whole.left, whole.right), True, whole.bottom - bottom
    right = max(column for _, column in filled) + 1
    return Area(whole.top, whole.bottom, whole.left, right), False, whole.right - right


def _target(source: Area, down: bool, count: int) -> Area:
    if down:
        start = source.bottom if count > 0 else source.top + count
        return Area(start, start + abs(count), source.left, source.right)
    start = source.right if count > 0 else source.left + count
    return Area(source.top, source.bottom, start, start + abs(count))


def _lanes(source: Area, down: bool) -> list[list[Place]]:
    if down:
        return [[(r, c) for r in range(source.top, source.bottom)] for c in range(source.left, source.right)]
    return [[(r, c) for c in range(source.left, source.right)] for r in range(source.top, source.bottom)]


def _fill(sheet: Sheet, lane: list[Place], down: bool, count: int) -> None:
    cells = [sheet.cells.get(place, {}) for place in lane]
    step = _step(cells)
    places = range(len(lane), len(lane) + count) if count > 0 else range(-1, count - 1, -1)
    for at in places:
        from_ = at % len(lane)
        far = at - from_
        cell = cells[from_]
        value = cell.get("userEnteredValue", {})
        if step is not None and "numberValue" in value:
            cell = {
                **cell,
                "userEnteredValue": {"numberValue": cells[0]["userEnteredValue"]["numberValue"] + step * at},
            }
        elif "formulaValue" in value:
            written = formulas.translated(value["formulaValue"], far if down else 0, 0 if down else far)
            cell = {**cell, "userEnteredValue": {"formulaValue": written}}
        top, left = lane[0]
        put(sheet, (top + at, left) if down else (top, left + at), cell)


def _step(cells: list[Json]) -> float | None:
    """Return the step of a series of at least two numbers; None where it is no such series."""
    numbers = [cell.get("userEnteredValue", {}).get("numberValue") for cell in cells]
    if len(numbers) < 2 or any(number is None for number in numbers):
        return None
    steps = {round(b - a, 12) for a, b in pairwise(numbers)}
    return steps.pop() if len(steps) == 1 else None
