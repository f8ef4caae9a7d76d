"""spreadsheets.sheets.copyTo: a tab copied into another spreadsheet, or into its own."""

from __future__ import annotations

from tests.sheets_server.errors import bad_request, not_found
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests import copies
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.ranges import resized
from tests.sheets_server.requests.refused import Refused
from tests.sheets_server.requests.sheets import copy_title, numbered


def copy_to(source: Spreadsheet, sheet_id: int, target: Spreadsheet) -> tuple[Spreadsheet, Json]:
    """Return the target with the copy as its last tab, and the copy's SheetProperties."""
    sheet = source.sheet(sheet_id)
    if sheet is None:
        raise not_found()
    new = target.copy()
    context = Context()
    key = context.new_id({one.id for one in new.sheets})
    copy = copies.copied(new, sheet, key, copy_title(new, sheet.title), context)
    size = copy.row_count, copy.column_count
    grid = {**copy.properties["gridProperties"], "rowCount": 0, "columnCount": 0}
    copy.properties = {**copy.properties, "gridProperties": grid}
    try:
        resized(new, copy, *size)
    except Refused as refused:
        raise bad_request(str(refused)) from None
    new.sheets.append(copy)
    numbered(new)
    return new, copy.properties
