"""A school on a Monday morning, and what an undisturbed run makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.google.mornings import Morning, mornings
from tests.google.school import School
from tests.sheets_server.server import SheetsServer

pytest.register_assert_rewrite("tests.google.outcomes")


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    """A server of the test's own; a crash of the server's fails the test."""
    with SheetsServer() as running:
        yield running
    assert running.crashes == []


@pytest.fixture(scope="session")
def all_mornings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Morning]:
    return mornings(tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture
def at(server: SheetsServer, all_mornings: dict[str, Morning], tmp_path: Path) -> Callable[[str], School]:
    """Return the school on one of the mornings, by its name."""
    return lambda name: all_mornings[name].school(server, tmp_path)
