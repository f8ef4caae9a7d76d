"""Both houses, and the server that the one of them lies in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contract.houses import House
from tests.contract.in_excel import ExcelHouse
from tests.contract.in_google import GoogleHouse
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    """A server of its own for each test; that it broke down fails the test."""
    with SheetsServer() as server:
        yield server
    assert server.crashes == []


@pytest.fixture
def excel(tmp_path: Path) -> House:
    return ExcelHouse(tmp_path)


@pytest.fixture
def google(tmp_path: Path, server: SheetsServer) -> GoogleHouse:
    return GoogleHouse(tmp_path, server)


@pytest.fixture(params=["excel", "google"])
def house(request: pytest.FixtureRequest) -> House:
    """Each house in turn: a test that asks for it is one of the contract."""
    found: Callable[..., House] = request.getfixturevalue(request.param)
    assert isinstance(found, House)
    return found
