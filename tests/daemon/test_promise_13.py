"""Promise 13: never two at once. Many runs started together; the one that holds the state is killed."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daemon.processes import PATIENCE, Running, School, hanging_school, is_alive, wait_until

UNLOCKED = """
import contextlib, sys
from sheets_sync.edges.store import sqlite
sqlite.locked = lambda path: contextlib.nullcontext()
from sheets_sync.__main__ import main
main()
"""
"""What looks right and is wrong: the same program without its lock."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[School]:
    with hanging_school(tmp_path) as found:
        yield found


def start_together(here: School, number: int) -> list[Running]:
    here.configure(hour="passed")
    return [here.start("sync", "--quiet") for _ in range(number)]


def still_there(runs: list[Running]) -> list[Running]:
    return [one for one in runs if one.process.poll() is None]


@pytest.mark.parametrize("number", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_of_many_that_are_started_together_one_runs_and_a_kill_sets_the_state_free(
    here: School, number: int
) -> None:
    runs = start_together(here, number)
    wait_until(
        lambda: len(still_there(runs)) == 1, lambda: f"{len(still_there(runs))} run", patience=4 * PATIENCE
    )
    (holder,) = still_there(runs)
    assert {one.process.returncode for one in runs if one is not holder} == {5}
    assert here.server is not None
    here.server.faults.clear()
    holder.stop(signal.SIGKILL)
    assert not is_alive(holder.process.pid)
    assert here.start("sync", "--quiet").process.wait(PATIENCE) == 0
    assert [run.exit_code for run in here.runs] == [0]


def test_without_the_lock_this_fails(here: School) -> None:
    here.configure(hour="passed")
    words = [sys.executable, "-c", UNLOCKED, "sync", "--quiet", "--config", str(here.config)]
    runs = [Running(words, here.folder) for _ in range(2)]
    here.started += runs
    assert here.server is not None
    wait_until(lambda: len(here.server.requests) >= 2 if here.server else False, lambda: runs[0].log)
    time.sleep(3)
    assert len(still_there(runs)) == 2
