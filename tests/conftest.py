"""What a test run needs of the machine: tests whose tool is missing are left out, and the run says so."""

from __future__ import annotations

import gc
import os
import shutil
from collections import Counter
from itertools import count

import pytest
from hypothesis import settings

TOOLS = {
    "libreoffice": ("soffice", "libreoffice"),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "strace": ("strace",),
    "tmux": ("tmux",),
}
"""Marker -> the programs of which one must be on the PATH."""

ASKED_FOR = ("benchmarks", "slow")
"""Markers of tests that run only where `-m` names them."""

STATES = count()
LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Hypothesis tries the same examples each time, so that a change is red for what it changed; the long
    sweeps (-m slow) try new ones. How long an example takes says how busy the machine is, and nothing else.
    """
    sweeping = "slow" in (config.getoption("markexpr") or "")
    settings.register_profile("ours", deadline=None, derandomize=not sweeping)
    settings.load_profile("ours")


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many as there are cores: a part of the tests waits for a clock (deadlines, a daemon)."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 2 * cores


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here or was not asked for."""
    reasons = {
        marker: f"{programs[0]} is not on the PATH"
        for marker, programs in TOOLS.items()
        if not any(shutil.which(program) for program in programs)
    }
    asked = config.getoption("markexpr") or ""
    reasons |= {marker: f"only with -m {marker}" for marker in ASKED_FOR if marker not in asked}
    left_out: Counter[str] = Counter()
    kept: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        found = [f"{marker}: {reasons[marker]}" for marker in reasons if item.get_closest_marker(marker)]
        (others if found else kept).append(item)
        left_out.update(found[:1])
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = kept
    config.stash[LEFT_OUT] = left_out


def pytest_collection_finish() -> None:
    """What was imported is never searched for garbage, and what tests make less often: a seventh of the time.
    A command searches nothing at all (sheets_sync/__main__.py)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests were left out, and why."""
    for reason, number in sorted(config.stash.get(LEFT_OUT, Counter()).items()):
        terminalreporter.write_line(f"left out: {number} ({reason})")


@pytest.fixture(autouse=True)
def _private_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the state folder of whoever runs it."""
    folder = tmp_path_factory.getbasetemp() / f"state-{next(STATES)}"  # few tests have one made
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    monkeypatch.setenv("NO_COLOR", "1")
    for name in [name for name in os.environ if name.startswith("SHEETS_SYNC_")]:
        monkeypatch.delenv(name)
