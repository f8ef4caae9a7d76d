"""One night on a Google workbook, beside the same work in plain gspread: requests and wall time as ratios.

A workbook of 160 lines and 20,000 log rows. Every program runs from command to exit in a process of its own,
and each request is answered after 150 ms, as Google does: with what the test server answered to the same
request before (replaying.py). Run it on a quiet machine:

python -m pytest -m benchmarks -s tests/benchmarks/test_google_speed.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import time as clock
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.benchmarks.gspread_ways import COLUMNS, LINES, WAYS
from tests.benchmarks.replaying import Counted, Replay
from tests.benchmarks.test_sync_speed import workbook
from tests.sheets_server.gspread_client import client_of
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.xlsx_values import cell_of

__all__ = ["workbook"]

SECONDS_A_REQUEST = 0.15
RUNS = 5
MOST_BYTES = 20_000
"""What a night in which three lines of 160 changed may send."""


@dataclass
class Night:
    """One program on one night: what it costs."""

    name: str
    counted: Counted
    seconds: float


@dataclass
class Home:
    """Where our program is at home: server, workbook, configuration, state."""

    server: SheetsServer
    folder: Path
    book_id: str

    @property
    def state(self) -> Path:
        return self.folder / "state.sqlite"

    def words(self, url: str, day: str) -> list[str]:
        """Return the command for one night, with everything that it needs to talk to `url`."""
        key = self.server.key_file(self.folder)
        key.write_text(key.read_text().replace(self.server.url, url))
        config = self.folder / "sheets-sync.toml"
        config.write_text(
            f'workbook = "https://docs.google.com/spreadsheets/d/{self.book_id}/edit"\n'
            f'[google]\nendpoint = "{url}"\ncredentials = "{key}"\n'
        )
        program = [sys.executable, "-m", "sheets_sync", "sync", "--config", str(config), "--quiet"]
        return [*program, "--today", day, "--state", str(self.state)]

    def gspread(self, url: str, way: str) -> list[str]:
        key = self.server.key_file(self.folder)
        key.write_text(key.read_text().replace(self.server.url, url))
        return [sys.executable, "-m", "tests.benchmarks.gspread_ways", way, url, str(key), self.book_id]


@pytest.fixture
def home(workbook: Path, tmp_path: Path) -> Iterator[Home]:
    with SheetsServer() as server:
        yield Home(server, tmp_path, server.load(workbook).id)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The program compiled, as pip leaves it."""
    return os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}


def run(words: list[str], environment: dict[str, str]) -> float:
    begun = clock.perf_counter()
    done = subprocess.run(words, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return clock.perf_counter() - begun


def night(home: Home, environment: dict[str, str], name: str, words: Callable[[str], list[str]]) -> Night:
    """Let the test server answer once, then time what talks to its answers; the state is each time as it was
    before the night, and at last as it is after it."""
    before = home.state.read_bytes() if home.state.exists() else None
    seen = len(home.server.requests)
    run(words(home.server.url), environment)
    after = home.state.read_bytes() if home.state.exists() else None
    seconds = []
    with Replay(home.server.requests[seen:], SECONDS_A_REQUEST) as replay:
        for _ in range(RUNS):
            _put(home.state, before)
            replay.rewind()
            seconds.append(run(words(replay.url), environment))
    _put(home.state, after)
    return Night(name, replay.counted, min(seconds))


def _put(file: Path, content: bytes | None) -> None:
    file.unlink(missing_ok=True)
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)


def three_sessions(book: Spreadsheet) -> None:
    """Three sessions of April turn out to have been missed."""
    log = book.sheet_named("Service Log")
    assert log is not None
    status = next(column for (row, column), cell in log.cells.items() if _text(cell) == "Status")
    last = max(row for row, _ in log.cells)
    for row in range(last - 2, last + 1):
        log.cells[row, status] = cell_of("Provider absent")


def _text(cell: dict[str, dict[str, object]]) -> object:
    return cell.get("userEnteredValue", {}).get("stringValue")


@pytest.mark.benchmarks
def test_a_night_beside_plain_gspread(home: Home, environment: dict[str, str]) -> None:
    def ours(day: str) -> Callable[[str], list[str]]:
        return lambda url: home.words(url, day)

    rows = [
        night(home, environment, "sheets-sync, the first night", ours("2026-04-30")),
        night(home, environment, "sheets-sync, a day later", ours("2026-05-02")),
    ]
    home.server.staff.do(home.book_id, three_sessions)
    rows.append(night(home, environment, "sheets-sync, three lines changed", ours("2026-05-03")))
    client_of(home.server).open_by_key(home.book_id).add_worksheet("Overview", LINES + 1, COLUMNS)
    rows += [
        night(home, environment, f"gspread, {way}", lambda url, way=way: home.gspread(url, way))
        for way in WAYS
    ]
    show(rows)
    first, _, ours_now, ordinary, documented = rows
    assert first.counted.requests <= 3
    assert ours_now.counted.requests == 2
    assert ours_now.counted.sent < MOST_BYTES
    assert ordinary.counted.requests >= 8 * ours_now.counted.requests
    assert documented.counted.requests >= 60 * ours_now.counted.requests
    assert ours_now.seconds < ordinary.seconds < documented.seconds


def show(rows: list[Night]) -> None:
    one = rows[2]
    print()
    for row in rows:
        counted = row.counted
        print(
            f"{row.name:33} {counted.requests:4} requests {counted.requests / one.counted.requests:5.1f}x"
            f" {row.seconds:7.2f} s {row.seconds / one.seconds:5.1f}x"
            f" {counted.sent / 1000:7.1f} kB sent {counted.answered / 1000:8.1f} kB answered"
        )
