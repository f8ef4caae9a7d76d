"""Data filters: the ranges that an A1 text, a GridRange or developer metadata select."""

from __future__ import annotations

from tests.sheets_server import a1
from tests.sheets_server.errors import bad_request
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests import metadata
from tests.sheets_server.requests.refused import Refused


def ranges(book: Spreadsheet, data_filter: Json) -> list[a1.Range]:
    """Return the ranges that a DataFilter selects, each once; metadata select their row, column or tab.

    Raises:
        ApiError: 400 where a range cannot be read or the filter names nothing.
    """
    if "a1Range" in data_filter:
        return [a1.parse(data_filter["a1Range"], book)]
    if "gridRange" in data_filter:
        return [a1.of_grid_range(data_filter["gridRange"], book)]
    try:
        matched = metadata.matching(book, data_filter)
    except Refused as refused:
        raise bad_request(str(refused)) from None
    located = [one for piece in matched for one in _located(book, piece["location"])]
    return list({(one.sheet.id, one.area): one for one in located}.values())


def _located(book: Spreadsheet, location: Json) -> list[a1.Range]:
    """Return the ranges that metadata lie on: those of a whole spreadsheet lie on every tab."""
    if location.get("spreadsheet"):
        return [a1.of_grid_range({"sheetId": sheet.id}, book) for sheet in book.sheets]
    along = location.get("dimensionRange")
    if along is None:
        return [a1.of_grid_range({"sheetId": location.get("sheetId", 0)}, book)]
    axis = "Row" if along["dimension"] == "ROWS" else "Column"
    grid_range = {
        "sheetId": along.get("sheetId", 0),
        f"start{axis}Index": along["startIndex"],
        f"end{axis}Index": along["endIndex"],
    }
    return [a1.of_grid_range(grid_range, book)]
