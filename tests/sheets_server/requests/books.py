"""Small spreadsheets for the tests of requests, and how to ask something of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.refused import Refused
from tests.sheets_server.requests.registry import REQUESTS

ME = "robot@school.example"
STAFF = "ana@school.example"


def value(typed: Any) -> Json:
    """Return the ExtendedValue of what stands in a cell; a text that begins with "=" is a formula."""
    if isinstance(typed, bool):
        return {"boolValue": typed}
    if isinstance(typed, (int, float)):
        return {"numberValue": typed}
    return {"formulaValue" if typed.startswith("=") else "stringValue": typed}


def tab(sheet_id: int, title: str, rows: list[list[Any]], size: tuple[int, int] = (10, 6)) -> Sheet:
    """Return a tab of `size` (rows, columns) with values; None and "" are blank."""
    cells = {
        (row, column): {"userEnteredValue": value(typed)}
        for row, line in enumerate(rows)
        for column, typed in enumerate(line)
        if typed not in (None, "")
    }
    grid = {"rowCount": size[0], "columnCount": size[1]}
    properties = {
        "sheetId": sheet_id,
        "title": title,
        "index": 0,
        "sheetType": "GRID",
        "gridProperties": grid,
    }
    return Sheet(properties=properties, cells=cells)


def book(*tabs: Sheet) -> Spreadsheet:
    for index, sheet in enumerate(tabs):
        sheet.properties["index"] = index
    return Spreadsheet(
        id="1book",
        properties={"title": "Services", "locale": "en_US", "timeZone": "America/New_York"},
        sheets=list(tabs),
        sharing={"owner@school.example": "owner", ME: "writer", STAFF: "writer"},
    )


def one_tab(*rows: list[Any], size: tuple[int, int] = (10, 6)) -> Spreadsheet:
    """Return a spreadsheet with one tab, "Caseload" of id 7."""
    return book(tab(7, "Caseload", list(rows), size))


def do(spreadsheet: Spreadsheet, name: str, user: str = "", **request: Any) -> Json:
    """Carry one request out on the spreadsheet itself, and return the reply."""
    return REQUESTS[name](spreadsheet, request, Context(user=user))


def refused(spreadsheet: Spreadsheet, name: str, user: str = "", **request: Any) -> str:
    """Return the sentence with which a request is refused."""
    with pytest.raises(Refused) as caught:
        do(spreadsheet, name, user, **request)
    return str(caught.value)


def shown(sheet: Sheet) -> list[list[Any]]:
    """Return the values of a tab as rows, blank ends left out."""
    rows = max((row for row, _ in sheet.cells), default=-1) + 1
    lines = []
    for row in range(rows):
        columns = [column for line, column in sheet.cells if line == row]
        line = [_typed(sheet.cells.get((row, column), {})) for column in range(max(columns, default=-1) + 1)]
        while line and line[-1] == "":
            line.pop()
        lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def area(top: int, bottom: int, left: int, right: int, sheet_id: int = 7) -> Json:
    """Return a GridRange."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def span(dimension: str, start: int, end: int, sheet_id: int = 7) -> Json:
    """Return a DimensionRange."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}


def cells(*rows: list[Any]) -> list[Json]:
    """Return RowData with these values; None is an empty CellData."""
    return [
        {"values": [{} if typed is None else {"userEnteredValue": value(typed)} for typed in row]}
        for row in rows
    ]


def _typed(cell: Json) -> Any:
    found = cell.get("userEnteredValue")
    return next(iter(found.values())) if found else ""
