"""One night on a Google workbook, beside the same work in plain gspread: requests and wall time as ratios.

The test server answers each request after 150 ms, as Google does. Run it on a quiet machine:
python -m pytest -m benchmarks -s tests/benchmarks/test_google_speed.py
"""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sheets_sync.cli.main import run_command_line
from tests.benchmarks.gspread_ways import a_table, documented, ordinary
from tests.benchmarks.test_sync_speed import workbook
from tests.sheets_server.gspread_client import client_of
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.server import SheetsServer

__all__ = ["workbook"]

SECONDS_A_REQUEST = 0.15
LINES, COLUMNS = 120, 16


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        server.delay = SECONDS_A_REQUEST
        yield server


@pytest.fixture
def book(server: SheetsServer, workbook: Path) -> Spreadsheet:
    return server.load(workbook)


def measured(server: SheetsServer, run: Callable[[], object]) -> tuple[int, float, int, int]:
    """Return requests (of reading and writing), seconds, bytes sent and bytes answered."""
    before = len(server.requests)
    begun = clock.perf_counter()
    run()
    seconds = clock.perf_counter() - begun
    made = [one for one in server.requests[before:] if one.kind in ("read", "write")]
    return len(made), seconds, sum(one.sent for one in made), sum(one.answered for one in made)


@pytest.mark.benchmarks
def test_a_night_beside_plain_gspread(
    server: SheetsServer, book: Spreadsheet, workbook: Path, tmp_path: Path
) -> None:
    config = tmp_path / "sheets-sync.toml"
    config.write_text(
        f'workbook = "https://docs.google.com/spreadsheets/d/{book.id}/edit"\n'
        f'state = "{tmp_path / "state.sqlite"}"\n'
        f'[google]\nendpoint = "{server.url}"\ncredentials = "{server.key_file(tmp_path)}"\n'
    )

    def sync(day: str) -> Callable[[], object]:
        state = ["--state", str(tmp_path / "state.sqlite")]
        words = ["sync", "--config", str(config), "--today", day, "--quiet", *state]
        return lambda: run_command_line(words) == 0 or pytest.fail("the run failed")

    client = client_of(server)
    client.open_by_key(book.id)
    table = a_table(LINES, COLUMNS)
    rows = {
        "sheets-sync, the first night": measured(server, sync("2026-04-30")),
        "sheets-sync, the next night": measured(server, sync("2026-05-01")),
        "gspread, ordinary": measured(server, lambda: ordinary(client, book.id, table)),
        "gspread, as documented": measured(server, lambda: documented(client, book.id, table)),
    }
    ours = rows["sheets-sync, the next night"]
    print()
    for name, (requests, seconds, sent, answered) in rows.items():
        print(
            f"{name:30} {requests:4} requests {requests / ours[0]:6.1f}x   {seconds:6.2f} s "
            f"{seconds / ours[1]:6.1f}x   {sent / 1000:7.1f} kB sent   {answered / 1000:8.1f} kB answered"
        )
    assert ours[0] == 2
    assert rows["sheets-sync, the first night"][0] <= 3
    assert rows["gspread, ordinary"][0] >= 8 * ours[0]
    assert rows["gspread, as documented"][0] >= 60 * ours[0]
