"""updateBorders."""

from __future__ import annotations

from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.cell_data import cleaned
from tests.sheets_server.requests.cell_formats import kept_border
from tests.sheets_server.requests.cells import put
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free
from tests.sheets_server.requests.ranges import area_of


def update_borders(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Set the borders around and within a range; a style of NONE takes one away."""
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    given = {
        name: kept_border(colours.stored(request[name], book))
        for name in ("top", "bottom", "left", "right", "innerHorizontal", "innerVertical")
        if name in request
    }
    for place in area.places():
        sides = _sides(area, place)
        change = {side: given[name] for side, name in sides.items() if name in given}
        if change:
            _set(sheet, place, change)
    return {}


def _sides(area: Area, place: Place) -> dict[str, str]:
    """Return which border of the request is each side of this cell."""
    row, column = place
    return {
        "top": "top" if row == area.top else "innerHorizontal",
        "bottom": "bottom" if row == area.bottom - 1 else "innerHorizontal",
        "left": "left" if column == area.left else "innerVertical",
        "right": "right" if column == area.right - 1 else "innerVertical",
    }


def _set(sheet: Sheet, place: Place, change: Json) -> None:
    cell = sheet.cells.get(place, {})
    form = cell.get("userEnteredFormat", {})
    borders = {**form.get("borders", {}), **change}
    kept = {side: border for side, border in borders.items() if border}
    put(sheet, place, cleaned({**cell, "userEnteredFormat": {**form, "borders": kept}}))
