"""Requests to the test server without gspread in between: what goes over the wire, and what comes back."""

from __future__ import annotations

from typing import Any

import requests

from tests.sheets_server.model import Json
from tests.sheets_server.server import SheetsServer

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
READ_ONLY = f"{SHEETS}.readonly"


def bearer(server: SheetsServer, user: str = "", *scopes: str) -> dict[str, str]:
    """Return the header of a user's token ("": the service account's), good for Sheets or for `scopes`."""
    return {"Authorization": f"Bearer {server.tokens.give(user or server.account, scopes or [SHEETS])}"}


def ask(
    server: SheetsServer, verb: str, path: str, body: Any = None, user: str = "", **query: Any
) -> requests.Response:
    """Return the response to a request of a user's; `path` follows /v4/spreadsheets/."""
    return requests.request(
        verb,
        f"{server.url}/v4/spreadsheets/{path}".rstrip("/"),
        params=query,
        json=body,
        headers=bearer(server, user),
        timeout=20,
    )


def got(server: SheetsServer, path: str, **query: Any) -> Json:
    """Return the JSON of a GET that must succeed."""
    response = ask(server, "GET", path, **query)
    assert response.status_code == 200, response.text
    found: Json = response.json()
    return found


def update(server: SheetsServer, book_id: str, *asked: Json, **more: Any) -> requests.Response:
    """Send one batchUpdate with these requests."""
    return ask(server, "POST", f"{book_id}:batchUpdate", {"requests": list(asked), **more})


def refusal(response: requests.Response) -> tuple[int, str, str]:
    """Return status, Google's word for it and the message of an error."""
    error = response.json()["error"]
    assert error["code"] == response.status_code
    return response.status_code, error["status"], error["message"]


def cell(value: str) -> Json:
    """Return an updateCells of A1 in the first tab."""
    row = {"values": [{"userEnteredValue": {"stringValue": value}}]}
    return {"updateCells": {"rows": [row], "fields": "userEnteredValue", "start": {"sheetId": 0}}}
