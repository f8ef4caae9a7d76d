"""The ticker goes on whatever the clock does; `schedule` alone does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import schedule
import time_machine

from sheets_sync.daemon.ticker import AT_REST, EVERY, Ticker

START = datetime.fromisoformat("2025-11-02T05:30+00:00")
"""An hour before New York's clock goes back by one."""

MINUTE = timedelta(minutes=1)


def busy() -> float:
    return 0.0


def at_rest() -> float:
    return 3600.0


def turns_after(jump: timedelta, tick: Callable[[], object], turns: list[datetime]) -> int:
    """How many turns there are in the minute after the clock was set."""
    turns.clear()
    begin = START + jump
    for second in range(61):
        with time_machine.travel(begin + timedelta(seconds=second), tick=False):
            tick()
    return len(turns)


JUMPS = [-timedelta(days=7), -timedelta(hours=1), timedelta(0), timedelta(hours=1), timedelta(days=7)]


@pytest.mark.parametrize("jump", JUMPS)
def test_twelve_turns_a_minute(jump: timedelta) -> None:
    turns: list[datetime] = []
    with time_machine.travel(START, tick=False):
        ticker = Ticker(lambda: turns.append(datetime.now()), busy)  # noqa: DTZ005
    assert 11 <= turns_after(jump, ticker.tick, turns) <= 13


def test_schedule_alone_falls_silent_when_the_clock_is_set_back() -> None:
    turns: list[datetime] = []
    with time_machine.travel(START, tick=False):
        library = schedule.Scheduler()
        library.every(EVERY).seconds.do(lambda: turns.append(datetime.now()))  # noqa: DTZ005
    assert turns_after(-timedelta(hours=1), library.run_pending, turns) == 0


@pytest.mark.parametrize("jump", JUMPS)
def test_two_turns_a_minute_at_rest(jump: timedelta) -> None:
    turns: list[datetime] = []
    with time_machine.travel(START, tick=False):
        ticker = Ticker(lambda: turns.append(datetime.now()), at_rest)  # noqa: DTZ005
    assert 2 <= turns_after(jump, ticker.tick, turns) <= 3


def test_it_never_sleeps_longer_than_a_turn_at_rest() -> None:
    with time_machine.travel(START, tick=False):
        ticker = Ticker(lambda: None, at_rest)
    with time_machine.travel(START + timedelta(seconds=EVERY), tick=False):
        assert ticker.tick() == AT_REST
    with time_machine.travel(START - timedelta(days=7), tick=False):
        assert ticker.tick() <= AT_REST
