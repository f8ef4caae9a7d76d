"""Workbooks from files: .xlsx, or the JSON of a Spreadsheet resource as spreadsheets.get answers it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from tests.sheets_server import new_books, xlsx
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.xlsx_values import cell_of

Plain = str | int | float | bool | date | datetime | time | timedelta | None


def load(source: Path | str | Json, book_id: str, title: str | None = None) -> Spreadsheet:
    """Return the spreadsheet of a file or a resource; its title is the file's name where it has no other.

    Raises ValueError for a file that is neither .xlsx nor .json.
    """
    if isinstance(source, dict):
        return new_books.made_of(_titled(source, title), book_id)
    path = Path(source)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return new_books.made_of(_imported(path.read_bytes(), title or path.stem), book_id)
    if path.suffix.lower() == ".json":
        resource = json.loads(path.read_text("utf-8"))
        return new_books.made_of(_titled(resource, title, path.stem), book_id)
    raise ValueError(f"{path.name}: expected an .xlsx or .json file")


@lru_cache(maxsize=8)
def _imported(content: bytes, title: str) -> Json:
    """Read a file once, however often it is loaded."""
    return xlsx.resource(BytesIO(content), title)


def of_rows(sheets: Mapping[str, Sequence[Sequence[Plain]]], book_id: str, title: str) -> Spreadsheet:
    """Return a spreadsheet with these tabs, each of 1,000 rows and 26 columns or as large as its rows."""
    tabs = []
    for number, (name, rows) in enumerate(sheets.items()):
        data = [{"values": [cell_of(value) for value in row]} for row in rows]
        size = xlsx.grid_size(len(rows), max((len(row) for row in rows), default=0))
        properties = {"sheetId": number, "title": name, "gridProperties": size}
        tabs.append({"properties": properties, "data": [{"rowData": data}]})
    properties = {"title": title, "timeZone": "America/New_York"}
    return new_books.made_of({"properties": properties, "sheets": tabs}, book_id)


def _titled(resource: Json, title: str | None, otherwise: str = "") -> Json:
    properties = dict(resource.get("properties", {}))
    properties["title"] = title or properties.get("title") or otherwise
    return {**resource, "properties": properties}
