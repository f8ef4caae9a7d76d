"""Answers of `spreadsheets.get`, made by hand in Google's form."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

ID = "1aBcD-EfGhIjKlMnOpQrStUvWxYz_0123456789abcdEF"


def tab(
    sheet_id: int, title: str, rows: list[list[Json]] | None = None, data: Json | None = None, **more: Any
) -> Json:
    """Return one tab: `rows` are its cells, `data` what its grid has besides, `more` what the sheet has."""
    grid = {"rowData": [{"values": row} if row else {} for row in rows or []]} if rows else {}
    return {
        "properties": {
            "sheetId": sheet_id,
            "title": title,
            "index": sheet_id,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": 1000, "columnCount": 26},
        }
        | more.pop("properties", {}),
        "data": [grid | (data or {})],
    } | more


def workbook(*tabs: Json, **properties: str) -> Json:
    facts = {"title": "Services", "locale": "en_US", "timeZone": "America/New_York"} | properties
    return {"spreadsheetId": ID, "properties": facts, "sheets": list(tabs)}


def mark(sheet_id: int, value: str) -> Json:
    """Return what our mark looks like on the tab of this id."""
    return {
        "metadataId": 7,
        "metadataKey": "sheets_sync",
        "metadataValue": value,
        "visibility": "DOCUMENT",
        "location": {"locationType": "SHEET", "sheetId": sheet_id},
    }


def text(shown: str, **more: Any) -> Json:
    return {"formattedValue": shown} | more


def number(value: float, shown: str, kind: str = "", pattern: str = "", **more: Any) -> Json:
    look = {"effectiveFormat": {"numberFormat": {"type": kind, "pattern": pattern}}} if kind else {}
    return {"effectiveValue": {"numberValue": value}, "formattedValue": shown} | look | more
