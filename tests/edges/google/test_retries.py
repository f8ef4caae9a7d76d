"""When a request is sent again, and after how long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.retries import LONGEST, TRIES, pause

CASES = [
    # tries, spent, chance, status, Retry-After -> seconds
    (1, 0, 1.0, 503, None, 2.0),
    (1, 0, 0.5, 503, None, 1.0),
    (1, 0, 0.0, 503, None, 0.0),
    (2, 0, 1.0, 503, None, 4.0),
    (5, 0, 1.0, 503, None, 32.0),
    (6, 0, 1.0, 503, None, None),  # six tries, no seventh
    (1, 0, 1.0, 0, None, 2.0),  # a connection that broke
    (1, 0, 1.0, 429, None, 8.0),
    (5, 0, 1.0, 429, None, 128.0),
    (1, 0, 0.0, 429, 30.0, 30.0),
    (1, 0, 1.0, 429, 30.0, 31.0),  # never before it is asked for, and not all at once
    (1, 0, 0.5, 503, 0.0, 0.5),
    (1, 0, 0.0, 429, 300.0, 300.0),
    (1, 0, 0.0, 429, 300.1, None),  # longer than five minutes
    (2, 290, 1.0, 503, None, 294.0 - 290.0),
    (2, 297, 1.0, 503, None, None),
    (6, 0, 0.0, 429, 1.0, None),
]


@pytest.mark.parametrize(("tries", "spent", "chance", "status", "asked_for", "seconds"), CASES)
def test_pauses(
    tries: int, spent: float, chance: float, status: int, asked_for: float | None, seconds: float | None
) -> None:
    assert pause(tries, spent, chance, status=status, retry_after=asked_for) == seconds


def test_the_waits_for_the_quota_are_together_longer_than_its_minute() -> None:
    waits = [pause(tries, 0, 0.5, status=429) for tries in range(1, TRIES)]
    assert sum(wait for wait in waits if wait is not None) > 60


@given(
    st.integers(1, 20),
    st.floats(0, 1000),
    st.floats(0, 1),
    st.sampled_from([0, 408, 429, 500, 503]),
    st.none() | st.floats(0, 10_000),
)
def test_it_ends(tries: int, spent: float, chance: float, status: int, asked_for: float | None) -> None:
    wait = pause(tries, spent, chance, status=status, retry_after=asked_for)
    assert wait is None or (wait >= 0 and spent + wait <= LONGEST and tries < TRIES)
    assert wait is None or asked_for is None or wait >= asked_for
