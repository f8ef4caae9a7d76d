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

Piece = Callable[[Mask], Any]
Pieces = Mapping[str, Piece]

URL = "https://docs.google.com/spreadsheets/d/{}/edit"


def get(book: Spreadsheet, query: Json, fields: Mask | None = None, user: str = "") -> Json:
    """Return the spreadsheet; with `ranges` only the tabs that they are on, and of these only the ranges.

    Cells come where `includeGridData` asks for them; where there is a mask, by the mask alone.
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
    with_cells = cells or fields is not None
    areas = [(found.sheet, a1.clipped(found)) for found in asked]
    tabs = [
        (sheet, [area for of, area in areas if of is sheet] if areas else None)
        for sheet in book.sheets
        if not areas or any(of is sheet for of, _ in areas)
    ]
    pieces: Pieces = {
        "spreadsheetId": _picked(lambda: book.id),
        "properties": _picked(lambda: book.properties),
        "sheets": lambda wanted: [_sheet(book, *tab, wanted, user, cells=with_cells) for tab in tabs] or None,
        "namedRanges": _picked(lambda: _said(book.named_ranges)),
        "spreadsheetUrl": _picked(lambda: URL.format(book.id)),
        "developerMetadata": _picked(lambda: _said(book.developer_metadata)),
    }
    with effective.settled(book):
        return _made(pieces, mask)


def _sheet(
    book: Spreadsheet, sheet: Sheet, areas: list[Area] | None, mask: Mask, user: str, *, cells: bool
) -> Json:
    """Return a Sheet; of its merges only those that touch one of the areas, where there are any."""
    whole = [sheet.area({})] if "gridProperties" in sheet.properties else []
    metadata = sheet.developer_metadata
    on_tab = {key: one for key, one in metadata.items() if one["location"]["locationType"] == "SHEET"}
    pieces: Pieces = {
        "properties": _picked(lambda: sheet.properties),
        "data": lambda wanted: (
            [grid_data(book, sheet, area, wanted) for area in areas or whole] if cells and whole else None
        ),
        "merges": _picked(lambda: [_unsaid(one) for one in sheet.merges if _touches(sheet, one, areas)]),
        "conditionalFormats": _picked(lambda: [answered(rule) for rule in sheet.conditional_formats]),
        "filterViews": _picked(lambda: _said(sheet.filter_views)),
        "protectedRanges": _picked(
            lambda: [protection.shown(book, one, user) for one in sheet.protected_ranges.values()]
        ),
        "basicFilter": _picked(lambda: answered(sheet.basic_filter or {})),
        "bandedRanges": _picked(lambda: _said(sheet.banded_ranges)),
        "developerMetadata": _picked(lambda: _said(on_tab)),
        "rowGroups": _picked(lambda: [answered(group) for group in sheet.row_groups]),
        "columnGroups": _picked(lambda: [answered(group) for group in sheet.column_groups]),
    }
    return _made(pieces, mask)


def _picked(piece: Callable[[], Any]) -> Piece:
    """Return what gives as much of a piece as a mask wants; None where the piece is empty."""

    def picked(wanted: Mask) -> Any:
        found = piece()
        return wanted.pick(found) if found else None

    return picked


def _made(pieces: Pieces, mask: Mask) -> Json:
    """Return the pieces that the mask names and that there are."""
    wanted = ((name, make, mask.of(name)) for name, make in pieces.items())
    made = ((name, make(below)) for name, make, below in wanted if below is not None)
    return {name: piece for name, piece in made if piece is not None}


def _said(pieces: Mapping[Any, Json]) -> list[Json]:
    return [answered(one) for one in pieces.values()]


def _unsaid(grid_range: Json) -> Json:
    """Return a GridRange as Google answers it: the first tab's id of 0 goes without saying."""
    said: Json = answered({"range": grid_range})["range"]
    return said


def _touches(sheet: Sheet, grid_range: Json, areas: list[Area] | None) -> bool:
    return areas is None or any(overlap(sheet.area(grid_range), area) for area in areas)
