"""Real processes: the command line as systemd starts it, and a Google that holds a run up."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sheets_sync.edges.store import SQLiteStore
from sheets_sync.state import RunRecord
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "sample-05.xlsx"
PATIENCE = 90.0
"""Seconds that a test waits for a process on a busy machine."""


@dataclass
class School:
    """A folder with a configuration and a state, and a workbook that is a file or on a server."""

    folder: Path
    server: SheetsServer | None = None
    started: list[Running] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "Services.xlsx"

    @property
    def config(self) -> Path:
        return self.folder / "sheets-sync.toml"

    @property
    def runs(self) -> tuple[RunRecord, ...]:
        return SQLiteStore(self.folder / "state.sqlite").runs()

    def configure(self, *, hour: str, daemon: str = "") -> None:
        """Write the configuration: `hour` is "passed" (the night's run is due now) or "to come"."""
        lines = [
            f'workbook = "{self._workbook()}"',
            'state = "state.sqlite"',
            f'timezone = "{zone_where_it_is(1)}"',
        ]
        if self.server is not None:
            key = self.server.key_file(self.folder)
            lines += ["[google]", f'endpoint = "{self.server.url}"', f'credentials = "{key.name}"']
        run_at = "00:00" if hour == "passed" else "11:00"
        lines += ["[daemon]", f'run_at = "{run_at}"', daemon, ""]
        self.config.write_text("\n".join(lines))

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "sheets_sync", *words, "--config", str(self.config)]

    def start(self, *words: str) -> Running:
        """Start a command, the daemon unless another is named."""
        running = Running(self.command(*(words or ("daemon",))), self.folder)
        self.started.append(running)
        return running

    def _workbook(self) -> str:
        if self.server is None:
            shutil.copyfile(SAMPLE, self.file)
            return str(self.file)
        return f"https://docs.google.com/spreadsheets/d/{self.server.load(SAMPLE, 'Services').id}"


class Running:
    """A process of ours; `log` is what it has said on standard error."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._log = folder / f"log-{time.monotonic_ns()}.txt"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stderr=log)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> None:
        wait_until(lambda: words in self.log, lambda: f"no {words!r} in the log:\n{self.log}")

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Send a signal; return the exit code and how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(PATIENCE), time.monotonic() - began


@contextmanager
def hanging_school(folder: Path) -> Iterator[School]:
    """A school whose workbook is on a server that has stopped to answer: whoever runs, goes on running."""
    with SheetsServer() as server, school(folder, server) as here:
        server.faults.always(Fault(hang=True), "read")
        yield here
        server.faults.clear()


@contextmanager
def school(folder: Path, server: SheetsServer | None = None) -> Iterator[School]:
    """A school; whatever was started and is still there at the end is killed."""
    here = School(folder, server)
    try:
        yield here
    finally:
        for running in here.started:
            for number in [*children_of(running.process.pid), running.process.pid]:
                if is_alive(number):
                    os.kill(number, signal.SIGKILL)
            running.process.wait(PATIENCE)


def wait_until(found: Callable[[], object], otherwise: Callable[[], str], patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not found():
        if time.monotonic() > end:
            raise AssertionError(otherwise())
        time.sleep(0.05)


def zone_where_it_is(hour: int) -> str:
    """A time zone in which it is now between this hour (0 or 1) and the next."""
    west = datetime.now(UTC).hour - hour
    west -= 24 if west > 12 else 0
    return f"Etc/GMT{west:+d}" if west else "Etc/GMT"


def children_of(number: int) -> list[int]:
    listed = Path(f"/proc/{number}/task/{number}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
