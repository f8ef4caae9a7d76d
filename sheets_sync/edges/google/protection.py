"""The protection of a tab of ours: the whole of it but for staff's columns and the boxes (google.md).

It is ours by the id that we chose for it; protection that others put there is theirs, and where it is of the
whole tab, of which Google takes one alone, it stands in place of ours. "warn" asks before an edit, "strict"
lets nobody but the program and the workbook's owner, "off" takes ours away.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

from sheets_sync.edges.google.blocks import Block
from sheets_sync.edges.google.checkboxes import boxes_of
from sheets_sync.edges.google.columns import header_at, staff_columns_of
from sheets_sync.edges.google.moment import EDGES, Json
from sheets_sync.views.tab import Tab

DESCRIPTION = "Written by sheets-sync every night. What you write in the amber columns stays."


def protection_id(sheet_id: int) -> int:
    """Return the id of our protection of this tab, always the same."""
    return crc32(f"sheets_sync protection {sheet_id}".encode()) & (2**31 - 1)


def protection_requests(
    tab: Tab, sheet_id: int, columns: int, read: Sequence[Json], account: str, *, moved: bool
) -> list[Json]:
    """Return what makes our protection what it should be. `columns` is how many the tab will have; `moved`:
    rows or columns are moved by this write, so that what was read of it holds no longer."""
    chosen = protection_id(sheet_id)
    there = next((one for one in read if one.get("protectedRangeId") == chosen), None)
    if tab.protection == "off":
        return [] if there is None else [{"deleteProtectedRange": {"protectedRangeId": chosen}}]
    wanted: Json = {
        "protectedRangeId": chosen,
        "range": {"sheetId": sheet_id},
        "description": DESCRIPTION,
        "warningOnly": tab.protection == "warn",
        "unprotectedRanges": _free(tab, sheet_id, columns),
    }
    if tab.protection == "strict":
        wanted["editors"] = {"users": [account]} if account else {"domainUsersCanEdit": False}
    if there is None:
        if any(_is_whole(one) for one in read):
            return []
        return [{"addProtectedRange": {"protectedRange": wanted}}]
    if not moved and _says(there) == _says(wanted):
        return []
    if there.get("warningOnly", False) != wanted["warningOnly"]:
        return [
            {"deleteProtectedRange": {"protectedRangeId": chosen}},
            {"addProtectedRange": {"protectedRange": wanted}},
        ]
    fields = "range,description,unprotectedRanges"
    return [{"updateProtectedRange": {"protectedRange": wanted, "fields": fields}}]


def _says(protected: Json) -> tuple[bool, bool, frozenset[tuple[int | None, ...]]]:
    free = (tuple(_edge(one, edge) for edge in EDGES) for one in protected.get("unprotectedRanges", ()))
    return _is_whole(protected), bool(protected.get("warningOnly")), frozenset(free)


def _is_whole(protected: Json) -> bool:
    """Tell whether the whole tab is protected."""
    return "range" in protected and not any(edge in protected["range"] for edge in EDGES)


def _edge(grid_range: Json, edge: str) -> int | None:
    value: int | None = grid_range.get(edge, 0 if edge.startswith("start") else None)
    return value


def _free(tab: Tab, sheet_id: int, columns: int) -> list[Json]:
    """Return the boxes, staff's columns below the header, and all there is right of ours."""
    boxes = [
        Block(None, row, row + 1, column, column + 1).grid_range(sheet_id) for row, column in boxes_of(tab)
    ]
    if tab.key is None:
        return boxes
    ours = sorted(column for column in staff_columns_of(tab) if column < tab.key)
    starts = [column for column in ours if column - 1 not in ours]
    ends = [before + 1 for before, after in pairwise([*ours, -1]) if after != before + 1]
    free: list[Json] = [
        {
            "sheetId": sheet_id,
            "startRowIndex": header_at(tab) + 1,
            "startColumnIndex": start,
            "endColumnIndex": end,
        }
        for start, end in zip(starts, ends, strict=True)
    ]
    if columns > tab.key + 1:
        free.append({"sheetId": sheet_id, "startColumnIndex": tab.key + 1})
    return [*boxes, *free]
