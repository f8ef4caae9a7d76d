"""The houses in which the program is killed; each is made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crashes.house import FIRST_NIGHT, SECOND_NIGHT, House, a_house


@pytest.fixture(scope="session")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("crashes") / "first", FIRST_NIGHT) as opened:
        yield opened


@pytest.fixture(scope="session")
def second_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("crashes") / "second", SECOND_NIGHT) as opened:
        yield opened
