"""Which function carries out which method of the Sheets API, by the method's id in the discovery document.

Whoever reads is given the spreadsheet, the call and the address of who asks, and returns the answer. Whoever
writes is given the server too and returns the spreadsheet as it stands afterwards, with the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.sheets_server import batch, developer_metadata, sharing, spreadsheets, tab_copies, values
from tests.sheets_server.discovery import Call
from tests.sheets_server.model import Json, Spreadsheet

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

Read = Callable[[Spreadsheet, Call, str], Json]
Write = Callable[["SheetsServer", Spreadsheet, Call, str], tuple[Spreadsheet, Json]]

_ROOT = "sheets.spreadsheets"
CREATE = f"{_ROOT}.create"
COPY_TO = f"{_ROOT}.sheets.copyTo"

MASKED = frozenset({f"{_ROOT}.get", f"{_ROOT}.getByDataFilter"})
"""The methods whose answers already have no more than the mask names."""

READS: dict[str, Read] = {
    f"{_ROOT}.get": lambda book, call, user: spreadsheets.get(book, call.query, call.fields, user),
    f"{_ROOT}.getByDataFilter": lambda book, call, user: spreadsheets.get_by_data_filter(
        book, call.body, call.fields, user
    ),
    f"{_ROOT}.values.get": lambda book, call, user: values.get(book, call.query),
    f"{_ROOT}.values.batchGet": lambda book, call, user: values.batch_get(book, call.query),
    f"{_ROOT}.values.batchGetByDataFilter": lambda book, call, user: values.batch_get_by_data_filter(
        book, call.body
    ),
    f"{_ROOT}.developerMetadata.get": lambda book, call, user: developer_metadata.get(book, call.query),
    f"{_ROOT}.developerMetadata.search": lambda book, call, user: developer_metadata.search(book, call.body),
}

WRITES: dict[str, Write] = {
    f"{_ROOT}.batchUpdate": lambda server, book, call, user: batch.batch_update(
        book, call.body, user, call.fields
    ),
    f"{_ROOT}.values.update": lambda server, book, call, user: values.update(
        book, call.query, call.body, user=user
    ),
    f"{_ROOT}.values.append": lambda server, book, call, user: values.append(
        book, call.query, call.body, user=user
    ),
    f"{_ROOT}.values.clear": lambda server, book, call, user: values.clear(book, call.query, user=user),
    f"{_ROOT}.values.batchUpdate": lambda server, book, call, user: values.batch_update(
        book, call.body, user=user
    ),
    f"{_ROOT}.values.batchUpdateByDataFilter": (
        lambda server, book, call, user: values.batch_update_by_data_filter(book, call.body, user=user)
    ),
    f"{_ROOT}.values.batchClear": lambda server, book, call, user: values.batch_clear(
        book, call.body, user=user
    ),
    f"{_ROOT}.values.batchClearByDataFilter": (
        lambda server, book, call, user: values.batch_clear_by_data_filter(book, call.body, user=user)
    ),
    COPY_TO: lambda server, book, call, user: _copy_to(server, book, call, user),
}


def _copy_to(server: SheetsServer, book: Spreadsheet, call: Call, user: str) -> tuple[Spreadsheet, Json]:
    there = server.find(call.body.get("destinationSpreadsheetId", ""))
    target = sharing.opened(there, user, to_write=True)
    return tab_copies.copy_to(book, int(call.query["sheetId"]), target)
