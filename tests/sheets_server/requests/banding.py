"""addBanding, updateBanding, deleteBanding: alternating colours."""

from __future__ import annotations

from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import answered, area_of, grid_range, overlap
from tests.sheets_server.requests.refused import Refused

OVERLAP = (
    "You cannot add alternating background colors to a range that already has alternating background colors."
)


def add_banding(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("bandedRange", {})
    taken = {key for sheet in book.sheets for key in sheet.banded_ranges}
    key = asked.get("bandedRangeId") or context.new_id(taken)
    if key in taken:
        raise Refused(f"A banded range with the id {key} already exists.")
    banded, sheet = _kept(book, {**asked, "bandedRangeId": key})
    sheet.banded_ranges[key] = banded
    return {"addBanding": {"bandedRange": answered(banded)}}


def update_banding(book: Spreadsheet, request: Json, context: Context) -> Json:
    asked = request.get("bandedRange", {})
    old, home = _found(book, asked.get("bandedRangeId", 0))
    merged = colours.mask(request.get("fields", "")).merge(old, colours.stored(asked, book))
    banded, sheet = _kept(book, {**merged, "bandedRangeId": old["bandedRangeId"]})
    del home.banded_ranges[old["bandedRangeId"]]
    sheet.banded_ranges[old["bandedRangeId"]] = banded
    return {}


def delete_banding(book: Spreadsheet, request: Json, context: Context) -> Json:
    old, home = _found(book, request.get("bandedRangeId", 0))
    del home.banded_ranges[old["bandedRangeId"]]
    return {}


def _found(book: Spreadsheet, key: int) -> tuple[Json, Sheet]:
    for sheet in book.sheets:
        if key in sheet.banded_ranges:
            return sheet.banded_ranges[key], sheet
    raise Refused(f"No banding with id: {key}")


def _kept(book: Spreadsheet, asked: Json) -> tuple[Json, Sheet]:
    sheet, area = area_of(book, asked.get("range", {}))
    kept = {**colours.stored(asked, book), "range": grid_range(sheet, area)}
    if "rowProperties" not in kept and "columnProperties" not in kept:
        raise Refused("At least one of rowProperties or columnProperties must be specified.")
    for name in ("rowProperties", "columnProperties"):
        for needed in ("firstBandColor", "secondBandColor"):
            if name in kept and needed not in kept[name]:
                raise Refused(f"bandedRange.{name}.{needed} must be set.")
    for key, other in sheet.banded_ranges.items():
        if key != kept["bandedRangeId"] and overlap(sheet.area(other["range"]), area):
            raise Refused(OVERLAP)
    return kept, sheet
