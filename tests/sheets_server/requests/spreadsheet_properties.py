"""updateSpreadsheetProperties."""

from __future__ import annotations

from zoneinfo import available_timezones

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests import colours
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.refused import Refused

READ_ONLY = ("defaultFormat",)


def update_spreadsheet_properties(book: Spreadsheet, request: Json, context: Context) -> Json:
    """Change title, locale, time zone, recalculation or theme of the spreadsheet."""
    fields = colours.mask(request.get("fields", ""))
    merged = fields.merge(book.properties, request.get("properties", {}))
    if not merged.get("title"):
        raise Refused("Title cannot be empty.")
    if merged.get("timeZone") not in available_timezones():
        raise Refused(f"Invalid time zone: {merged.get('timeZone', '')}")
    kept = {name: book.properties[name] for name in READ_ONLY if name in book.properties}
    before = {name: value for name, value in book.properties.items() if name not in merged and fields.whole}
    book.properties = {**before, **merged, **kept}
    return {}
