"""Both houses, and the server that the one of them lies in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.contract.houses import Book, House, Made, Make
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


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Return a workbook as `make` leaves it, in a house: it is made once for each kind of house, and every
    test has one of its own."""

    @cache
    def first(make: Make, kind: str) -> Book:
        folder = tmp_path_factory.mktemp(kind)
        return make(ExcelHouse(folder) if kind == "excel" else GoogleHouse(folder, server))

    with SheetsServer() as server:
        yield lambda make, house: house.again(first(make, house.name))
    assert server.crashes == []
