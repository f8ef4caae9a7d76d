"""300 workbooks one after another under the real quota, on the test server's clock: no 429 at all."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.client import SheetsClient
from sheets_sync.edges.google.credentials import access
from sheets_sync.edges.google.machine import Machine
from sheets_sync.edges.google.pace import Pace, Windows
from tests.edges.google.talking import TITLE, a_cell, first_id
from tests.sheets_server.quota import Quota
from tests.sheets_server.server import SheetsServer

ALLOWED = 4 * 60
"""Seconds: with 60 a minute, the last 60 of 300 may begin four minutes after the first."""


@pytest.mark.parametrize("begins", [0.0, 31.0, 59.9])
def test_300_workbooks_under_the_real_quota(server: SheetsServer, tmp_path: Path, begins: float) -> None:
    """`begins` is the second of Google's minute at which the first is read."""
    server.quota = Quota()
    book = server.create()
    body = a_cell("x", first_id(server, book.id))
    machine = Machine(now=server.clock.now, wall=server.clock.now, sleep=server.clock.turn)
    who = access(GoogleConfig(credentials=server.key_file(tmp_path)))
    windows = Windows()
    server.clock.turn((begins - server.clock.now()) % 60)
    began, wall = server.clock.now(), time.monotonic()
    for _ in range(300):
        pace = Pace(server.url, who.shared_with, who.project, machine, windows)
        client = SheetsClient(who.credentials, who=who, endpoint=server.url, machine=machine, pace=pace)
        client.spreadsheets_get(book.id, TITLE)
        client.batch_update(book.id, body, fields="spreadsheetId", repeat=True)
        client.session.close()
    took, worked = server.clock.now() - began, time.monotonic() - wall
    statuses = [one.status for one in server.requests if one.kind in ("read", "write")]
    assert statuses == [200] * 600
    assert took <= ALLOWED * 1.05 + worked / 5
