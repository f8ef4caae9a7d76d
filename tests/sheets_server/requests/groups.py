"""addDimensionGroup, updateDimensionGroup, deleteDimensionGroup: rows and columns that fold together."""

from __future__ import annotations

from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import answered, grid_of, length
from tests.sheets_server.requests.refused import Refused


def add_dimension_group(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Group a span: what was grouped in it already lies one deeper. The first group of a tab settles that
    the sign which folds stands after the group."""
    sheet, dimension, start, end = _span(book, request["range"])
    depths = _depths(sheet, dimension)
    for index in range(start, end):
        depths[index] += 1
    name = "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"
    grid = {name: True, **sheet.properties["gridProperties"]}
    sheet.properties = {**sheet.properties, "gridProperties": grid}
    return _regroup(sheet, dimension, depths, "addDimensionGroup")


def delete_dimension_group(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Take one level of grouping from a span."""
    sheet, dimension, start, end = _span(book, request["range"])
    depths = _depths(sheet, dimension)
    if not any(depths[start:end]):
        raise Refused(f"The range [{start}, {end}) has no dimension group.")
    for index in range(start, end):
        depths[index] = max(0, depths[index] - 1)
    return _regroup(sheet, dimension, depths, "deleteDimensionGroup")


def update_dimension_group(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Fold or unfold a group; folding hides its rows or columns."""
    asked = request.get("dimensionGroup", {})
    sheet, dimension, start, end = _span(book, asked.get("range", {}))
    groups = list(_kept(sheet, dimension))
    span = {"sheetId": sheet.id, "dimension": dimension, "startIndex": start, "endIndex": end}
    at = next(
        (
            number
            for number, one in enumerate(groups)
            if one["range"] == span and one["depth"] == asked.get("depth", 0)
        ),
        None,
    )
    if at is None:
        raise Refused(f"No dimension group over [{start}, {end}) with depth: {asked.get('depth', 0)}")
    if "collapsed" in colours.mask(request.get("fields", "")):
        folded = bool(asked.get("collapsed"))
        groups[at] = _group(span, groups[at]["depth"], folded)
        _store(sheet, dimension, groups)
        _hide(sheet, dimension, start, end, folded)
    return {}


def _span(book: Spreadsheet, asked: Json) -> tuple[Sheet, str, int, int]:
    sheet = grid_of(book, asked)
    dimension = asked.get("dimension", "")
    if dimension not in ("ROWS", "COLUMNS"):
        raise Refused("dimension must be specified.")
    size = length(sheet, dimension)
    start, end = asked.get("startIndex", 0), asked.get("endIndex", size)
    if not 0 <= start < end <= size:
        raise Refused(
            f"The range [{start}, {end}) is not within the {size} {dimension.lower()} of the sheet."
        )
    return sheet, dimension, start, end


def _kept(sheet: Sheet, dimension: str) -> list[Json]:
    return sheet.row_groups if dimension == "ROWS" else sheet.column_groups


def _store(sheet: Sheet, dimension: str, groups: list[Json]) -> None:
    if dimension == "ROWS":
        sheet.row_groups = groups
    else:
        sheet.column_groups = groups


def _depths(sheet: Sheet, dimension: str) -> list[int]:
    depths = [0] * length(sheet, dimension)
    for group in _kept(sheet, dimension):
        for index in range(group["range"]["startIndex"], group["range"]["endIndex"]):
            depths[index] += 1
    return depths


def _regroup(sheet: Sheet, dimension: str, depths: list[int], name: str) -> Json:
    """Make the groups anew from how deep each row or column lies; those that were folded stay so."""
    folded = {
        (one["range"]["startIndex"], one["range"]["endIndex"], one["depth"])
        for one in _kept(sheet, dimension)
        if one.get("collapsed")
    }
    groups = []
    for depth in range(1, max(depths, default=0) + 1):
        start = None
        for index, here in enumerate([*depths, 0]):
            if here >= depth and start is None:
                start = index
            elif here < depth and start is not None:
                span = {"sheetId": sheet.id, "dimension": dimension, "startIndex": start, "endIndex": index}
                groups.append(_group(span, depth, (start, index, depth) in folded))
                start = None
    groups.sort(key=lambda one: (one["range"]["startIndex"], one["depth"]))
    _store(sheet, dimension, groups)
    return {name: {"dimensionGroups": [answered(one) for one in groups]} if groups else {}}


def _group(span: Json, depth: int, folded: bool) -> Json:
    return {"range": span, "depth": depth, **({"collapsed": True} if folded else {})}


def _hide(sheet: Sheet, dimension: str, start: int, end: int, hidden: bool) -> None:
    kept = sheet.rows if dimension == "ROWS" else sheet.columns
    for index in range(start, end):
        old = {name: value for name, value in kept.get(index, {}).items() if name != "hiddenByUser"}
        if hidden or old:
            kept[index] = {**old, **({"hiddenByUser": True} if hidden else {})}
        else:
            kept.pop(index, None)
