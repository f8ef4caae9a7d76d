"""Our mark on a tab: developer metadata of the sheet that names the sheet's own id.

A copy of our tab that staff make has another id: the mark on it names the wrong one, so it is not ours.
A tab keeps its id and its mark when somebody renames or moves it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from zlib import crc32

KEY = "sheets_sync"
MARKS = ("compliance", "problems")
_LARGEST = 2**31 - 1


def mark_value(mark: str, sheet_id: int) -> str:
    """Return the value of the metadata: compliance, 17 -> "compliance:17"."""
    return f"{mark}:{sheet_id}"


def mark_of(sheet_id: int, metadata: Iterable[dict[str, Any]]) -> str | None:
    """Return the mark that the tab of this id carries, or None: "compliance", "problems"."""
    values = {one.get("metadataValue") for one in metadata if one.get("metadataKey") == KEY}
    return next((mark for mark in MARKS if mark_value(mark, sheet_id) in values), None)


def mark_request(mark: str, sheet_id: int) -> dict[str, Any]:
    """Return the request that puts the mark on a tab."""
    piece = {
        "metadataKey": KEY,
        "metadataValue": mark_value(mark, sheet_id),
        "location": {"sheetId": sheet_id},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": piece}}


def chosen_id(mark: str, taken: Collection[int]) -> int:
    """Return the id that our tab gets where there is none yet: always the same, or the next that is free."""
    chosen = crc32(f"{KEY} {mark}".encode()) & _LARGEST
    while chosen in taken:
        chosen = chosen % _LARGEST + 1
    return chosen
