"""insertRange, deleteRange: cells that push others down or to the right, or pull them back."""

from __future__ import annotations

from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free
from tests.sheets_server.requests.merges import must_not_split
from tests.sheets_server.requests.ranges import area_of, grid_range, overlap, resized
from tests.sheets_server.requests.refused import Refused

MERGED = "You can't insert or delete cells over part of a merged cell."


def insert_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Make room for a range; what would fall off the end of the tab makes it grow."""
    sheet, _, lane, down, right = _asked(book, request, context)
    last = max((_along(place, down) for place in sheet.cells if place in lane), default=-1)
    size = sheet.row_count if down else sheet.column_count
    over = max(0, last + 1 + (down or right) - size)
    if over:
        resized(
            book, sheet, sheet.row_count + (over if down else 0), sheet.column_count + (over if right else 0)
        )
    _move(sheet, lane, down, right)
    return {}


def delete_range(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Take a range away; what lies below or to the right of it closes up."""
    sheet, area, lane, down, right = _asked(book, request, context)
    for place in area.places():
        sheet.cells.pop(place, None)
    sheet.merges = [merge for merge in sheet.merges if not overlap(sheet.area(merge), area)]
    behind = Area(area.bottom, lane.bottom, lane.left, lane.right) if down else (
        Area(lane.top, lane.bottom, area.right, lane.right)
    )  # fmt: skip
    _move(sheet, behind, -down, -right)
    return {}


def _asked(book: Spreadsheet, request: Json, context: Context) -> tuple[Sheet, Area, Area, int, int]:
    """Return the tab, the range, all that moves (the range and what is behind it), and how far it moves."""
    sheet, area = area_of(book, request["range"])
    dimension = request.get("shiftDimension", "DIMENSION_UNSPECIFIED")
    if dimension == "ROWS":
        lane = Area(area.top, sheet.row_count, area.left, area.right)
        down, right = area.bottom - area.top, 0
    elif dimension == "COLUMNS":
        lane = Area(area.top, area.bottom, area.left, sheet.column_count)
        down, right = 0, area.right - area.left
    else:
        raise Refused("shiftDimension must be specified.")
    must_be_free(book, sheet, lane, context.user)
    must_not_split(sheet, lane, MERGED)
    return sheet, area, lane, down, right


def _move(sheet: Sheet, lane: Area, down: int, right: int) -> None:
    moving = {place: cell for place, cell in sheet.cells.items() if place in lane}
    for place in moving:
        del sheet.cells[place]
    for (row, column), cell in moving.items():
        sheet.cells[(row + down, column + right)] = cell
    merges = []
    for merge in sheet.merges:
        area = sheet.area(merge)
        if overlap(area, lane):
            area = Area(area.top + down, area.bottom + down, area.left + right, area.right + right)
        merges.append(grid_range(sheet, area))
    sheet.merges = merges


def _along(place: Place, down: int) -> int:
    return place[0] if down else place[1]
