"""A copy of a tab: everything on it, with the new tab's id and new ids of its own."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests.context import Context


def copied(book: Spreadsheet, source: Sheet, sheet_id: int, title: str, context: Context) -> Sheet:
    """Return the copy, in no spreadsheet yet. Developer metadata is copied too, under new ids."""
    sheet = source.copy()
    old = source.id
    sheet.properties = {**source.properties, "sheetId": sheet_id, "title": title}
    sheet.merges = _on(source.merges, old, sheet_id)
    sheet.conditional_formats = _on(source.conditional_formats, old, sheet_id)
    sheet.basic_filter = _on(source.basic_filter, old, sheet_id)
    sheet.row_groups = _on(source.row_groups, old, sheet_id)
    sheet.column_groups = _on(source.column_groups, old, sheet_id)
    taken = _ids(book)
    sheet.filter_views = _anew(source.filter_views, "filterViewId", old, sheet_id, context, taken)
    sheet.protected_ranges = _anew(source.protected_ranges, "protectedRangeId", old, sheet_id, context, taken)
    sheet.banded_ranges = _anew(source.banded_ranges, "bandedRangeId", old, sheet_id, context, taken)
    sheet.developer_metadata = _anew(source.developer_metadata, "metadataId", old, sheet_id, context, taken)
    return sheet


def _on(piece: Any, old: int, new: int) -> Any:
    """Return a piece of JSON with one tab's id in place of another's."""
    if isinstance(piece, list):
        return [_on(one, old, new) for one in piece]
    if not isinstance(piece, dict):
        return piece
    result = {name: _on(value, old, new) for name, value in piece.items()}
    if ("sheetId" in result and result["sheetId"] == old) or (
        old == 0 and new != 0 and "sheetId" not in result and _is_range(result)
    ):
        result["sheetId"] = new
    return result


def _is_range(piece: Json) -> bool:
    return any(
        name in piece for name in ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
    )


def _anew(
    pieces: dict[int, Json], name: str, old: int, new: int, context: Context, taken: set[int]
) -> dict[int, Json]:
    result = {}
    for piece in pieces.values():
        key = context.new_id(taken)
        taken.add(key)
        result[key] = {**_on(piece, old, new), name: key}
    return result


def _ids(book: Spreadsheet) -> set[int]:
    taken = set(book.developer_metadata)
    for sheet in book.sheets:
        taken.update(
            sheet.filter_views, sheet.protected_ranges, sheet.banded_ranges, sheet.developer_metadata
        )
    return taken
