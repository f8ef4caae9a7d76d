"""A running test server, for what talks to Google."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sheets_server.server import SheetsServer


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    """A server of this test's own; a crash of the server's fails the test."""
    with SheetsServer() as running:
        yield running
    assert running.crashes == []
