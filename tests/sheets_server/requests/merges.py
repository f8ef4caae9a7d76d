"""mergeCells, unmergeCells."""

from __future__ import annotations

from tests.sheets_server.model import Area, Json, Sheet, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.guard import must_be_free
from tests.sheets_server.requests.ranges import area_of, cells_with, grid_range, holds, overlap
from tests.sheets_server.requests.refused import Refused

PARTLY = "You must select all cells in a merged range to merge or unmerge them."


def merge_cells(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Merge a range, its columns or its rows. Only the first value in it stays, in the corner."""
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    _take_away(sheet, area)
    kind = request.get("mergeType", "MERGE_ALL")
    for part in _parts(area, kind):
        _must_not_cross_frozen(sheet, part)
        if (part.bottom - part.top) * (part.right - part.left) > 1:
            _gather(sheet, part)
            sheet.merges = [*sheet.merges, grid_range(sheet, part)]
    return {}


def unmerge_cells(book: Spreadsheet, request: Json, context: Context) -> Json:
    sheet, area = area_of(book, request["range"])
    must_be_free(book, sheet, area, context.user)
    _take_away(sheet, area)
    return {}


def must_not_split(sheet: Sheet, area: Area, sentence: str) -> None:
    """Raise Refused where `area` holds a part of a merged range only."""
    for merge in sheet.merges:
        merged = sheet.area(merge)
        if overlap(merged, area) and not holds(area, merged):
            raise Refused(sentence)


def _take_away(sheet: Sheet, area: Area) -> None:
    must_not_split(sheet, area, PARTLY)
    sheet.merges = [merge for merge in sheet.merges if not overlap(sheet.area(merge), area)]


def _parts(area: Area, kind: str) -> list[Area]:
    if kind == "MERGE_COLUMNS":
        return [Area(area.top, area.bottom, at, at + 1) for at in range(area.left, area.right)]
    if kind == "MERGE_ROWS":
        return [Area(at, at + 1, area.left, area.right) for at in range(area.top, area.bottom)]
    return [area]


def _must_not_cross_frozen(sheet: Sheet, area: Area) -> None:
    grid = sheet.properties["gridProperties"]
    if area.top < grid.get("frozenRowCount", 0) < area.bottom:
        raise Refused("You can't merge frozen and non-frozen rows.")
    if area.left < grid.get("frozenColumnCount", 0) < area.right:
        raise Refused("You can't merge frozen and non-frozen columns.")


def _gather(sheet: Sheet, area: Area) -> None:
    """Only the first value of a merged range stays; it moves to the top left corner, formats stay."""
    corner = (area.top, area.left)
    value = None
    for place in cells_with(sheet, area):
        cell = dict(sheet.cells[place])
        found = cell.pop("userEnteredValue", None)
        runs = cell.pop("textFormatRuns", None)
        if value is None and found is not None:
            value = {"userEnteredValue": found, **({"textFormatRuns": runs} if runs else {})}
        if cell:
            sheet.cells[place] = cell
        else:
            del sheet.cells[place]
    if value is not None:
        sheet.cells[corner] = {**sheet.cells.get(corner, {}), **value}
