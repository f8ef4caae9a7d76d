"""spreadsheets.get and spreadsheets.getByDataFilter: a spreadsheet, whole or in part.

Plain functions on the model. `fields` is the mask that is laid on the answer: what it does not name is not
even worked out. `user` is the address of whoever asks; "" may see everything.

https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/get
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.sheets_server import a1, data_filters, effective
from tests.sheets_server.field_mask import WHOLE, Mask
from tests.sheets_server.grid_data import grid_data
from tests.sheets_server.model import Area, Json, Sheet, Spreadsheet
from tests.sheets_server.requests import protection
from tests.sheets_server.requests.ranges import answered, overlap

URL = "https://docs.google.com/spreadsheets/d/{}/edit"


def get(book: Spreadsheet, query: Json, fields: Mask | None = None, user: str = "") -> Json:
    """Return the spreadsheet; with `ranges` only the tabs that they are on, and of these only the ranges.

    Cells come where `includeGridData` asks for them, or where there is a mask and it names sheets.data.
    Raises ApiError (400) for a range that cannot be read.
    """
    asked = [a1.parse(text, book) for text in query.get("ranges", [])]
    return _spreadsheet(book, asked, fields, user, cells=query.get("includeGridData", False))


def get_by_data_filter(book: Spreadsheet, body: Json, fields: Mask | None = None, user: str = "") -> Json:
    """Return the spreadsheet, as `get` does, for the ranges that data filters select."""
    filters = body.get("dataFilters", [])
    asked = [one for data_filter in filters for one in data_filters.ranges(book, data_filter)]
    return _spreadsheet(book, asked, fields, user, cells=body.get("includeGridData", False))


def _spreadsheet(
    book: Spreadsheet, asked: list[a1.Range], fields: Mask | None, user: str, *, cells: bool
) -> Json:
    mask = WHOLE if fields is None else fields
    with_cells = cells if fields is None else "sheets.data" in mask
    areas = [(found.sheet, a1.clipped(found)) for found in asked]
    pieces: Mapping[str, Callable[[Mask], Any]] = {
        "spreadsheetId": lambda _: book.id,
        "properties": lambda wanted: wanted.pick(book.properties),
        "sheets": lambda wanted: _sheets(book, areas, wanted, user, cells=with_cells),
        "namedRanges": lambda wanted: wanted.pick([answered(one) for one in book.named_ranges.values()]),
        "spreadsheetUrl": lambda _: URL.format(book.id),
        "developerMetadata": lambda wanted: wanted.pick(
            [answered(one) for one in book.developer_metadata.values()]
        ),
    }
    with effective.settled(book):
        return _made(pieces, mask)


def _sheets(
    book: Spreadsheet, areas: list[tuple[Sheet, Area]], mask: Mask, user: str, *, cells: bool
) -> list[Json]:
    if not areas:
        return [_sheet(book, sheet, None, mask, user, cells=cells) for sheet in book.sheets]
    found = []
    for sheet in book.sheets:
        own = [area for of, area in areas if of is sheet]
        if own:
            found.append(_sheet(book, sheet, own, mask, user, cells=cells))
    return found


def _sheet(
    book: Spreadsheet, sheet: Sheet, areas: list[Area] | None, mask: Mask, user: str, *, cells: bool
) -> Json:
    """Return a Sheet; of what lies on ranges, what touches one of the areas where there are any."""
    whole = [sheet.area({})] if "gridProperties" in sheet.properties else []
    shown = cells and bool(whole)

    def picked(pieces: Any) -> Callable[[Mask], Any]:
        return lambda wanted: wanted.pick(pieces())

    return _made(
        {
            "properties": picked(lambda: sheet.properties),
            "data": lambda wanted: (
                [grid_data(book, sheet, area, wanted) for area in areas or whole] if shown else []
            ),
            "merges": picked(
                lambda: [_unsaid(merge) for merge in sheet.merges if _touches(sheet, merge, areas)]
            ),
            "conditionalFormats": picked(lambda: [answered(rule) for rule in sheet.conditional_formats]),
            "filterViews": picked(lambda: [answered(view) for view in sheet.filter_views.values()]),
            "protectedRanges": picked(
                lambda: [protection.shown(book, one, user) for one in sheet.protected_ranges.values()]
            ),
            "basicFilter": picked(lambda: answered(sheet.basic_filter) if sheet.basic_filter else None),
            "bandedRanges": picked(lambda: [answered(one) for one in sheet.banded_ranges.values()]),
            "developerMetadata": picked(
                lambda: [
                    answered(one)
                    for one in sheet.developer_metadata.values()
                    if one["location"]["locationType"] == "SHEET"
                ]
            ),
            "rowGroups": picked(lambda: [answered(group) for group in sheet.row_groups]),
            "columnGroups": picked(lambda: [answered(group) for group in sheet.column_groups]),
        },
        mask,
    )


def _made(pieces: Mapping[str, Callable[[Mask], Any]], mask: Mask) -> Json:
    """Return the pieces that the mask names; what is empty goes without saying."""
    answer: Json = {}
    for name, make in pieces.items():
        wanted = mask.of(name)
        if wanted is not None and (piece := make(wanted)) not in (None, [], {}, ""):
            answer[name] = piece
    return answer


def _unsaid(grid_range: Json) -> Json:
    """Return a GridRange as Google answers it: the first tab's id of 0 goes without saying."""
    said: Json = answered({"range": grid_range})["range"]
    return said


def _touches(sheet: Sheet, grid_range: Json, areas: list[Area] | None) -> bool:
    return areas is None or any(overlap(sheet.area(grid_range), area) for area in areas)
