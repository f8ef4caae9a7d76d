"""Staying under the quota: never a 429, whoever counts and however; and no slower than the quota allows."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.edges.google.machine import Machine
from sheets_sync.edges.google.pace import PROJECT_LIMIT, USER_LIMIT, Pace, Windows
from tests.edges.google.turned import Turned

SHEETS = "https://sheets.googleapis.com"


def pace_of(turned: Turned, windows: Windows, user: str = "a", project: str = "p", at: str = SHEETS) -> Pace:
    return Pace(at, user, project, turned.machine(), windows)


def ask(pace: Pace, turned: Turned, kind: Any = "read", latency: float = 0.0) -> float:
    """Send one request; return when it left."""
    with pace.request(kind):
        left = turned.time
        turned.time += latency
    return left


def most_within_a_minute(times: list[float]) -> int:
    """Return how many came within the fullest minute, wherever it begins."""
    return max(bisect_left(times, time + 60) - at for at, time in enumerate(times))


def most_in_fixed_minutes(times: list[float], begins: float) -> int:
    return max(Counter((time - begins) // 60 for time in times).values())


LATENCIES = st.floats(0, 5) | st.floats(0, 100) | st.just(0.0)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(LATENCIES, st.floats(0, 1), st.floats(0, 3)), min_size=61, max_size=240),
    st.floats(0, 60),
)
def test_no_minute_ever_sees_more_than_the_limit(
    requests: list[tuple[float, float, float]], begins: float
) -> None:
    """Google counts a request somewhere between its leaving and its answer; each is drawn anew here."""
    turned, windows = Turned(), Windows()
    pace = pace_of(turned, windows)
    counted = []
    for latency, share, rest in requests:
        left = ask(pace, turned, latency=latency)
        counted.append(left + share * latency)
        turned.time += rest
    assert most_within_a_minute(counted) <= USER_LIMIT
    assert most_in_fixed_minutes(counted, begins) <= USER_LIMIT


@pytest.mark.parametrize("latency", [0.0, 0.02, 0.15, 0.5])
def test_300_workbooks_take_no_longer_than_the_quota_allows(latency: float) -> None:
    """300 reads and 300 writes: the last 60 may begin four minutes after the first, and take their time."""
    turned = Turned()
    pace = pace_of(turned, Windows())
    for _ in range(300):
        ask(pace, turned, "read", latency)
        ask(pace, turned, "write", latency)
    allowed = 4 * 60 + 60 * 2 * latency
    assert allowed <= turned.time <= allowed * 1.05


def test_the_first_sixty_go_at_once_and_the_next_a_minute_after_the_first_answer() -> None:
    turned = Turned()
    pace = pace_of(turned, Windows())
    times = [ask(pace, turned, latency=0.25) for _ in range(61)]
    assert times[59] == 59 * 0.25
    assert 60.25 <= times[60] < 60.5


def test_reads_and_writes_have_limits_of_their_own() -> None:
    turned = Turned()
    pace = pace_of(turned, Windows())
    for _ in range(USER_LIMIT):
        ask(pace, turned, "read")
        ask(pace, turned, "write")
    assert turned.slept == []
    assert pace.wait("read") == pytest.approx(60.1)


def test_what_one_user_used_up_is_used_up_for_another_client_of_the_same_user() -> None:
    turned, windows = Turned(), Windows()
    for _ in range(USER_LIMIT):
        ask(pace_of(turned, windows), turned)
    assert pace_of(turned, windows).wait("read") > 60
    assert pace_of(turned, windows, user="b").wait("read") == 0
    assert pace_of(turned, windows, at="http://127.0.0.1:1").wait("read") == 0


def test_users_of_one_project_share_its_limit() -> None:
    turned, windows = Turned(), Windows()
    for user in "abcde":
        for _ in range(USER_LIMIT):
            ask(pace_of(turned, windows, user=user), turned)
    assert turned.slept == []
    assert PROJECT_LIMIT == 5 * USER_LIMIT
    assert pace_of(turned, windows, user="f").wait("read") > 60
    assert pace_of(turned, windows, user="f", project="q").wait("read") == 0


def test_the_windows_of_a_process_are_shared_unless_others_are_named() -> None:
    turned = Turned()
    for _ in range(USER_LIMIT):
        ask(Pace("http://127.0.0.1:1", "shared", "shared", turned.machine()), turned)
    assert Pace("http://127.0.0.1:1", "shared", "shared", turned.machine()).wait("read") > 60


def test_a_request_that_fails_counts_too() -> None:
    turned = Turned()
    pace = pace_of(turned, Windows())
    for _ in range(USER_LIMIT):
        with pytest.raises(OSError, match="broken"), pace.request("read"):
            raise OSError("broken")
    assert pace.wait("read") > 60


def test_threads_that_ask_at_once_share_the_limit() -> None:
    """What is under way has no answer yet, and takes its place all the same."""
    left, over = [], threading.Event()

    def sleep(seconds: float) -> None:
        if over.wait(0.01):
            raise TimeoutError

    pace = Pace(SHEETS, "a", "p", Machine(sleep=sleep), Windows())

    def one() -> None:
        with suppress(TimeoutError), pace.request("read"):
            left.append(1)
            over.wait()

    threads = [threading.Thread(target=one) for _ in range(USER_LIMIT + 10)]
    for thread in threads:
        thread.start()
    for _ in range(500):
        if len(left) >= USER_LIMIT:
            break
        over.wait(0.01)
    over.wait(0.1)
    sent = len(left)
    over.set()
    for thread in threads:
        thread.join()
    assert sent == USER_LIMIT
