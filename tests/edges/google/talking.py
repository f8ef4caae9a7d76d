"""A client that talks to the test server: on this machine's clock, or on one that the test turns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.client import SheetsClient
from sheets_sync.edges.google.credentials import access
from sheets_sync.edges.google.machine import Machine
from sheets_sync.edges.google.pace import Pace, Windows
from tests.edges.google.turned import Turned
from tests.sheets_server.server import SheetsServer

TITLE = {"fields": "properties.title"}


def client_of(
    server: SheetsServer,
    folder: Path,
    turned: Turned | None = None,
    *,
    deadline: float = 20 * 60,
    windows: Windows | None = None,
    **google: Any,
) -> SheetsClient:
    """Return a client with windows of its own, unless others are named."""
    config = GoogleConfig(credentials=server.key_file(folder), endpoint=server.url, **google)
    who = access(config)
    machine = turned.machine() if turned else Machine()
    pace = Pace(server.url, who.shared_with, who.project, machine, windows or Windows())
    return SheetsClient(
        who.credentials, who=who, endpoint=server.url, deadline=deadline, machine=machine, pace=pace
    )


def a_cell(text: str, sheet_id: int) -> dict[str, Any]:
    """Return a batchUpdate that puts a text into A1; it may be repeated."""
    cell = {"userEnteredValue": {"stringValue": text}}
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    update = {"rows": [{"values": [cell]}], "fields": "userEnteredValue", "start": start}
    return {"requests": [{"updateCells": update}]}


def a_row(sheet_id: int) -> dict[str, Any]:
    """Return a batchUpdate that inserts a row; it must not be repeated."""
    span = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    return {"requests": [{"insertDimension": {"range": span}}]}


def kinds(server: SheetsServer, *wanted: str) -> list[tuple[str, int]]:
    """Return kind and status of the requests that were answered."""
    return [(one.kind, one.status) for one in server.requests if not wanted or one.kind in wanted]


def first_id(server: SheetsServer, book_id: str) -> int:
    return server.book(book_id).sheets[0].id


def a1(server: SheetsServer, book_id: str) -> Any:
    return server.book(book_id).sheets[0].cells.get((0, 0), {}).get("userEnteredValue")


def rows(server: SheetsServer, book_id: str) -> int:
    return server.book(book_id).sheets[0].row_count
