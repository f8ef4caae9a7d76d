"""Why Google refused a write: told from what was sent and from what stands there, not from its message.

Google answers all of these with INVALID_ARGUMENT and no reason; only its English sentence differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sheets_sync.edges.google.failures import Refused

MOST_CELLS = 10_000_000
"""https://support.google.com/drive/answer/37603"""

WHY_FIELDS = (
    "sheets(properties(sheetId,gridProperties(rowCount,columnCount)),"
    "protectedRanges(range.sheetId,warningOnly,requestingUserCanEdit))"
)
"""What of the workbook must be read for it."""

_NEW_TAB = (1000, 26)
"""Rows and columns of a tab that is added without a size."""


def why_refused(body: Mapping[str, Any], workbook: Any, account: str) -> Refused | None:
    """Return why `body`, a batchUpdate, was refused; None where nothing here explains it."""
    try:
        return _why(body.get("requests", ()), _sheets(workbook), account)
    except (KeyError, TypeError, AttributeError, ValueError):
        return None


def _why(requests: Any, sheets: Mapping[int, Any], account: str) -> Refused | None:
    cells = sum(rows * columns for rows, columns in map(_size, sheets.values()))
    if cells + _growth(requests, sheets) > MOST_CELLS:
        return Refused(
            "The workbook is full: Google Sheets takes 10,000,000 cells, empty ones counted; the tabs stand"
            " as they were.",
            "Delete the empty rows and columns at the ends of large tabs, or tabs that nobody needs.",
        )
    touched = set(_sheet_ids(requests))
    if any(_locked(sheet) for sheet_id, sheet in sheets.items() if sheet_id in touched):
        let = f"let {account} edit" if account else "let the account that the program runs as edit"
        return Refused(
            "Somebody protected a tab that is to be written, or cells of it; the tabs stand as they were.",
            f"In Google Sheets choose Data > Protect sheets and ranges, and remove the protection or {let}.",
        )
    return None


def _sheets(workbook: Any) -> dict[int, Any]:
    return {sheet["properties"].get("sheetId", 0): sheet for sheet in workbook.get("sheets", ())}


def _locked(sheet: Mapping[str, Any]) -> bool:
    return any(
        not protected.get("warningOnly", False) and not protected.get("requestingUserCanEdit", False)
        for protected in sheet.get("protectedRanges", ())
    )


def _size(sheet: Mapping[str, Any]) -> tuple[int, int]:
    grid = sheet["properties"].get("gridProperties", {})
    return grid.get("rowCount", 0), grid.get("columnCount", 0)


def _growth(requests: Any, sheets: Mapping[int, Any]) -> int:
    """Return how many cells the requests would add."""
    return sum(_cells_added(kind, told, sheets) for request in requests for kind, told in request.items())


def _cells_added(kind: str, told: Mapping[str, Any], sheets: Mapping[int, Any]) -> int:
    if kind == "addSheet":
        grid = told.get("properties", {}).get("gridProperties", {})
        return int(grid.get("rowCount", _NEW_TAB[0]) * grid.get("columnCount", _NEW_TAB[1]))
    if kind == "updateSheetProperties":
        properties = told.get("properties", {})
        grid = properties.get("gridProperties", {})
        rows, columns = _size_of(properties.get("sheetId", 0), sheets)
        return int(grid.get("rowCount", rows) * grid.get("columnCount", columns) - rows * columns)
    if kind in ("insertDimension", "appendDimension"):
        span = told.get("range", told)
        rows, columns = _size_of(span.get("sheetId", 0), sheets)
        length = told.get("length") or span.get("endIndex", 0) - span.get("startIndex", 0)
        across = columns if span.get("dimension", told.get("dimension")) == "ROWS" else rows
        return int(length * across)
    return 0


def _size_of(sheet_id: int, sheets: Mapping[int, Any]) -> tuple[int, int]:
    return _size(sheets[sheet_id]) if sheet_id in sheets else (0, 0)


def _sheet_ids(value: Any) -> Iterator[int]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            if name == "sheetId" and isinstance(one, int):
                yield one
            else:
                yield from _sheet_ids(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _sheet_ids(one)
