"""No token, no key and no cell in any exception or log, whatever goes wrong (promise 20)."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from sheets_sync.problems import SheetsSyncError
from tests.edges.google.errors import CELL, body, reason
from tests.edges.google.talking import TITLE, a_cell, client_of, first_id
from tests.edges.google.turned import Turned
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer


class Everything(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.getMessage()} {record.__dict__}")


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Return what anybody logs, at the finest level that there is."""
    everything = Everything()
    loggers = [
        logging.getLogger(name) for name in ("", "urllib3", "google", "google.auth", "gspread", "requests")
    ]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(everything)
    loggers[2].addHandler(everything)
    yield everything.seen
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
        logger.removeHandler(everything)


def shown(error: BaseException) -> str:
    """Return everything that somebody could print of an exception, and of all that hangs on it."""
    parts = ["".join(traceback.format_exception(error)), repr(error), str(error.args), str(vars(error))]
    if isinstance(error, SheetsSyncError):
        parts += [error.what, error.remedy]
    for other in (error.__cause__, error.__context__):
        parts += [shown(other), repr(vars(other))] if other is not None else []
    return "\n".join(parts)


REFUSED = body(400, "INVALID_ARGUMENT", f"Invalid value {CELL}", reason(CELL))
FAULTS = {
    "refused": Fault(status=400, body=REFUSED),
    "denied": Fault(status=403, body=body(403, "PERMISSION_DENIED")),
    "not there": Fault(status=404, body=body(404, "NOT_FOUND")),
    "a token that is not good": Fault(status=401, body=body(401, "UNAUTHENTICATED")),
    "the quota": Fault(status=429, body=body(429, "RESOURCE_EXHAUSTED")),
    "not working": Fault(status=503, body=body(503, "UNAVAILABLE")),
    "a page": Fault(status=200, html=True, body=f"<html>{CELL}"),
    "a cut answer": Fault(cut=30),
    "a broken connection": Fault(reset="after"),
    "no JSON": Fault(status=200, body=f'{{"sheets": "{CELL}'),
    "a redirect": Fault(status=302, headers={"Location": f"https://evil.example/?{CELL.split()[0]}"}),
    "an OAuth error": Fault(status=400, body={"error": "invalid_grant", "error_description": CELL}),
    "an OAuth error of no kind": Fault(status=400, body={"error": CELL, "error_description": CELL}),
}
CASES = [
    pytest.param(fault, kind, id=f"{name}, {kind}")
    for name, fault in FAULTS.items()
    for kind in ("token", "read", "write")
]
NO_TOKEN = Fault(status=200, body={"access_token": [CELL]})


@pytest.mark.parametrize(("fault", "kind"), [*CASES, (NO_TOKEN, "token")])
def test_nothing_secret_is_said(
    server: SheetsServer, tmp_path: Path, logged: list[str], fault: Fault, kind: str
) -> None:
    book = server.create(sheets={"Log": [[CELL]]})
    server.faults.always(fault, kind)
    client = client_of(server, tmp_path, Turned())
    said = ""
    try:
        client.spreadsheets_get(book.id, TITLE)
        client.batch_update(book.id, a_cell(CELL, first_id(server, book.id)), repeat=False)
    except SheetsSyncError as error:
        said = shown(error)
    assert said
    told = "\n".join([said, repr(client), *logged])
    assert logged
    key = json.loads((tmp_path / f"{server.account.partition('@')[0]}.json").read_text())["private_key"]
    secrets = [*key.splitlines()[1:-1], *server.tokens._given, "Bearer", "eyJ", CELL, CELL.split()[0]]
    assert [secret for secret in secrets if secret in told] == []
