"""A running server and a gspread client that talks to it."""

from __future__ import annotations

from collections.abc import Iterator

import gspread
import pytest

from tests.sheets_server import gspread_client
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    """A server of this test's own; a crash of the server's fails the test."""
    with SheetsServer() as running:
        yield running
    assert running.crashes == []


@pytest.fixture
def client(server: SheetsServer) -> gspread.Client:
    return gspread_client.client_of(server)
