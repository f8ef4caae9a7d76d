"""Sheets of other workbooks as the last trusted run read them, packed for one cell of the state file.

A date, a time or an error has its kind beside it; text, numbers, blanks and yes or no are as JSON has them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sheets_sync.ports import CellValue, ErrorValue, Sheet


def packed_sheet(sheet: Sheet) -> bytes:
    """Return the sheet as bytes, all but its mark, its columns and its link, which those of others lack."""
    told = {
        "name": sheet.name,
        "rows": [[_told(cell) for cell in row] for row in sheet.rows],
        "merged": sheet.merged,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "struck": sorted(sheet.struck),
        "noted": sorted(sheet.noted),
        "is_hidden": sheet.is_hidden,
        "as_tab": sheet.as_tab,
        "as_of": sheet.as_of and sheet.as_of.isoformat(),
    }
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode("ascii"))


def unpacked_sheet(kept: bytes) -> Sheet:
    """Return the sheet. Raises ValueError, TypeError, KeyError or zlib.error where it is damaged."""
    told = json.loads(zlib.decompress(kept))
    return Sheet(
        name=told["name"],
        rows=tuple(tuple(_cell(cell) for cell in row) for row in told["rows"]),
        merged=tuple(told["merged"]),
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
        struck=frozenset((row, column) for row, column in told["struck"]),
        noted=frozenset((row, column) for row, column in told["noted"]),
        is_hidden=told.get("is_hidden", False),
        as_tab=told["as_tab"],
        as_of=date.fromisoformat(as_of) if (as_of := told.get("as_of")) else None,
    )


def _told(cell: CellValue) -> Any:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    return {"error": cell.text} if isinstance(cell, ErrorValue) else cell


_KINDS: Mapping[str, Callable[[Any], CellValue]] = {
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "error": ErrorValue,
}


def _cell(told: Any) -> CellValue:
    if isinstance(told, dict):
        ((kind, value),) = told.items()
        return _KINDS[kind](value)
    cell: CellValue = told
    return cell
