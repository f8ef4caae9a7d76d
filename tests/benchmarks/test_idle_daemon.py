"""What the daemon takes while it has nothing to do: under 60 MB, under 0.1% of one core (issue 4).

Time is scaled: it looks every 6 seconds instead of every 180, so 90 seconds hold the looks of 45 minutes;
turns come every five seconds as always. It takes what the turns take, and a thirtieth of what the looks add.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daemon.processes import School, school
from tests.sheets_server.server import SheetsServer

pytestmark = pytest.mark.benchmarks

MEASURED = 90.0
SCALE = 30
"""How many times more often than every three minutes it looks."""


@pytest.fixture
def on_google(tmp_path: Path) -> Iterator[School]:
    with SheetsServer() as server, school(tmp_path, server) as here:
        yield here


@pytest.fixture
def in_a_file(tmp_path: Path) -> Iterator[School]:
    with school(tmp_path) as here:
        yield here


def cpu_seconds(number: int) -> float:
    fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(number: int, name: str) -> float:
    """In MB."""
    lines = Path(f"/proc/{number}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def idle(here: School, sync_now: str) -> tuple[float, float]:
    """Return MB and the share of a core of a daemon that waits."""
    here.configure(hour="to come", daemon=f'sync_now = "{sync_now}"')
    assert here.start("sync", "--quiet").process.wait(90) == 0
    daemon = here.start()
    daemon.wait_for("the next run is at")
    time.sleep(15)
    before = cpu_seconds(daemon.process.pid)
    time.sleep(MEASURED)
    spent = cpu_seconds(daemon.process.pid) - before
    found = memory(daemon.process.pid, "VmHWM"), spent / MEASURED
    daemon.stop()
    return found


@pytest.mark.parametrize("kind", ["in_a_file", "on_google"])
def test_it_is_small_and_quiet(kind: str, request: pytest.FixtureRequest) -> None:
    here = request.getfixturevalue(kind)
    _, turns = idle(here, "2h")
    size, with_looks = idle(here, "6s")
    share = turns + max(0.0, with_looks - turns) / SCALE
    print(f"{kind}: {size:.1f} MB at most, {share:.4%} of a core ({turns:.4%} for the turns)")
    assert size < 60
    assert share < 0.001
