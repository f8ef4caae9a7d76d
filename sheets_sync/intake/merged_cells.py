"""Which cells of a sheet are merged."""

from __future__ import annotations

from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import column_number

_RANGE = lazy_regex(r"^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$")


def merged_ranges(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Return top row, left column, bottom row, right column of each merged range; columns are 0-based."""
    ranges = []
    for text in sheet.merged:
        parts = _RANGE.match(text)
        if parts:
            left, top, right, bottom = parts.groups()
            ranges.append((int(top), column_number(left), int(bottom), column_number(right)))
    return ranges
