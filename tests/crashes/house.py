"""A small school with a real mail server on loopback, whose program can be killed at any system call."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time as clock
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl

from sheets_sync.edges.store import SQLiteStore
from sheets_sync.sample.writer import write_staff_workbook
from sheets_sync.state import State
from tests.edges.faulty_smtp import FaultyServer, running

ROOT = Path(__file__).parents[2]
FIRST_NIGHT, SECOND_NIGHT = date(2025, 10, 20), date(2025, 10, 21)
STUDENTS = ("Ana R.", "Ben T.", "Cal V.", "Dan W.")
CALLS = (
    *("connect", "sendto", "sendmsg", "write", "pwrite64", "recvfrom", "recvmsg", "read"),
    *("fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "unlink", "openat"),
)
"""The system calls at which a run is killed: those that connect, send, receive, write, sync, name or open."""

Point = tuple[str, int]
"""A system call, and the how manieth of its name in its thread it is."""


@dataclass(frozen=True)
class End:
    """Where a night has arrived: what an undisturbed one must be equal to."""

    state: State
    tabs: tuple[tuple[Any, ...], ...]
    message_ids: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """What came of one fault: mails that never arrived, and copies beyond the first."""

    lost: int
    more: int

    @property
    def good(self) -> bool:
        return self.lost == 0 and self.more <= 1


class Forge:
    """Makes runs of the program (forge.py): "whole" ones, or "late" ones that begin with writing the tabs."""

    def __init__(self, how: str, stderr: Path, arguments: list[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.crashes.forge", how, str(stderr), *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": "0"},
        )
        assert self._answer() == {"ready": True}

    def begin(self) -> None:
        self._say("begin")
        assert self._answer() == {"ready": True}

    def start(self, *, stop: bool = False, wrong: str = "") -> int:
        """Start a run; return its process."""
        self._say(json.dumps({"stop": stop, "wrong": wrong}))
        pid: int = self._answer()["pid"]
        while stop and _state_of(pid) != "T":
            clock.sleep(0.001)
        return pid

    def status(self) -> int:
        """Wait for the run to end; return its exit code, or minus the signal."""
        status: int = self._answer()["status"]
        return status

    def status_within(self, seconds: float) -> int | None:
        """Wait no longer than that; None if the run goes on."""
        assert self._process.stdout is not None
        ended, _, _ = select.select([self._process.stdout], [], [], seconds)
        return self.status() if ended else None

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@dataclass
class House:
    """The folder, the forges that make runs, and the mail server; how an undisturbed night ends."""

    folder: Path
    server: FaultyServer
    whole: Forge
    late: Forge
    before: dict[Path, bytes]
    expected: End = End(State(), (), frozenset())

    @property
    def workbook(self) -> Path:
        return self.folder / "Services.xlsx"

    @property
    def state(self) -> Path:
        return self.folder / "state.sqlite"

    def stderr(self) -> str:
        return (self.folder / "stderr").read_text()

    def fresh(self) -> None:
        """Put everything back to before the night."""
        for path in self.folder.glob("state.sqlite*"):
            path.unlink()
        for path, content in self.before.items():
            path.write_bytes(content)
        self.server.accepted.clear()

    def run(self, wrong: str = "") -> int:
        """Run once undisturbed; return the exit code."""
        self.whole.start(wrong=wrong)
        return self.whole.status()

    def run_under_strace(self, *options: str, wrong: str = "") -> int:
        """Run once with strace attached before anything is written."""
        pid = self.late.start(stop=True, wrong=wrong)
        strace = subprocess.Popen(
            ["strace", "-f", "-p", str(pid), *options], stderr=subprocess.PIPE, text=True, bufsize=1
        )
        assert strace.stderr is not None
        while "attached" not in (said := strace.stderr.readline()):
            assert said, "strace could not attach"
        os.kill(pid, signal.SIGCONT)
        status = self.late.status()
        strace.communicate(timeout=10)
        self.server.settle()
        return status

    def run_and_kill(self, after: float, wrong: str = "") -> int:
        """Run, and kill it so many seconds after it began to write, unless it has ended."""
        pid = self.late.start(wrong=wrong)
        status = self.late.status_within(after)
        if status is None:
            os.kill(pid, signal.SIGKILL)
            status = self.late.status()
        self.server.settle()
        return status

    def calls(self, *options: str) -> list[Point]:
        """Return every call of an undisturbed run, in the order in which they are made."""
        self.fresh()
        log = self.folder / "calls"
        trace = f"trace={','.join(CALLS)}"
        assert self.run_under_strace("-o", str(log), "-e", trace, *options) == 0
        counted: dict[tuple[str, str], int] = {}
        points: dict[Point, None] = {}
        for line in log.read_text().splitlines():
            if found := re.match(r"(\d+) +(\w+)\(", line):
                key = found[1], found[2]
                counted[key] = counted.get(key, 0) + 1
                points[found[2], counted[key]] = None
        return list(points)

    def kill_at(self, point: Point, wrong: str = "") -> int:
        """Run from a fresh start and kill it at this call; return the exit code, -9 if it came that far."""
        self.fresh()
        name, number = point
        inject = f"inject={name}:signal=KILL:when={number}"
        return self.run_under_strace("-o", "/dev/null", "-e", f"trace={name}", "-e", inject, wrong=wrong)

    def fail_at(self, point: Point, error: str, *, on: bool) -> int:
        """Run from a fresh start; this call on the state file fails, and with `on` all that follow it."""
        self.fresh()
        name, number = point
        inject = f"inject={name}:error={error}:when={number}{'+' if on else ''}"
        trace = f"trace={name}"
        return self.run_under_strace("-o", "/dev/null", *self.state_alone(), "-e", trace, "-e", inject)

    def state_alone(self) -> list[str]:
        """Return the options that let strace see the calls on the state file alone."""
        files = ("", "-journal", ".new", ".new-journal")
        return [word for end in files for word in ("-P", f"{self.state}{end}")]

    def stored(self) -> set[str]:
        """Return the Message-IDs that the state knows of."""
        if not self.state.exists():
            return set()
        with closing(sqlite3.connect(self.state)) as connection:
            return {row[0] for row in connection.execute("SELECT message_id FROM mail")}

    def judge(self, wrong: str = "") -> Verdict:
        """Run once undisturbed after a fault, and see what has become of every mail.

        Fails where the state is damaged, or state, tab or Message-IDs are not those of an undisturbed night.
        """
        assert self.run(wrong) == 0, self.stderr()
        self.server.settle()
        with closing(sqlite3.connect(self.state)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        end = self.end()
        if not wrong:
            assert end.state == self.expected.state
            assert end.tabs == self.expected.tabs
            assert end.message_ids <= self.expected.message_ids
        copies = self.server.copies()
        assert len(set(self.server.accepted)) == len(copies), "the same Message-ID is the same bytes"
        lost = self.expected.message_ids - set(copies)
        return Verdict(len(lost), copies.total() - len(copies))

    def end(self) -> End:
        book = openpyxl.load_workbook(self.workbook)
        tabs = tuple(tuple(row) for name in ("Compliance", "Data Problems") for row in book[name].values)
        return End(SQLiteStore(self.state).load(), tabs, frozenset(self.server.copies()))


def _state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@contextmanager
def a_house(folder: Path, today: date) -> Iterator[House]:
    """Open a school of four students with a case manager each; an undisturbed night says what to expect.

    On the first night there is no state yet, and a summary for each case manager; on the second a further
    session was missed by each student, and the case managers and the provider are told.
    """
    folder.mkdir()
    _write_workbook(folder / "Services.xlsx")
    server = FaultyServer()
    with running(server) as port:
        (folder / "sheets-sync.toml").write_text(
            'allowed_domains = ["school.example"]\ntimezone = "America/New_York"\n'
            '[mail]\nhost = "127.0.0.1"\n'
            f'port = {port}\nsecurity = "none"\nfrom = "sped@school.example"\n'
        )
        if today > FIRST_NIGHT:
            command = [sys.executable, "-m", "sheets_sync", *_arguments(folder, FIRST_NIGHT)]
            subprocess.run(command, cwd=ROOT, check=True)
            _miss_a_session(folder / "Services.xlsx", FIRST_NIGHT)
        before = {file: file.read_bytes() for file in folder.glob("S*.xlsx")}
        before |= {file: file.read_bytes() for file in folder.glob("state.sqlite")}
        whole = Forge("whole", folder / "stderr", _arguments(folder, today))
        late = Forge("late", folder / "stderr", _arguments(folder, today))
        try:
            house = House(folder, server, whole, late, before)
            house.fresh()
            late.begin()
            whole.begin()
            assert house.run() == 0, house.stderr()
            house.expected = house.end()
            assert len(house.expected.message_ids) >= len(STUDENTS)
            yield house
        finally:
            whole.close()
            late.close()


def _arguments(folder: Path, today: date) -> list[str]:
    given = {"config": "sheets-sync.toml", "workbook": "Services.xlsx", "state": "state.sqlite"}
    words = [word for name, file in given.items() for word in (f"--{name}", str(folder / file))]
    return ["sync", *words, "--today", today.isoformat(), "--quiet"]


def _miss_a_session(file: Path, day: date) -> None:
    """Write into the log that nobody had the session of this day."""
    book = openpyxl.load_workbook(file)
    log = book["Service Log"]
    header = [cell.value for cell in log[1]]
    first_free = 2 + 4 * len(STUDENTS)
    for at, name in enumerate(STUDENTS):
        typed = {"Student": name, "Date": day, "Start": time(9 + at), "Minutes": 30}
        typed |= {"Status": "Provider absent", "Service": "Speech therapy", "Provider": "J. Rivera"}
        for column, value in typed.items():
            log.cell(first_free + at, header.index(column) + 1, value)
    book.save(file)


def _write_workbook(file: Path) -> None:
    speech = {"Service": "Speech therapy", "Provider": "J. Rivera"}
    days = ((6, "Delivered"), (8, "Provider absent"), (13, "Delivered"), (15, "Delivered"))
    write_staff_workbook(
        file,
        {
            "Caseload": [
                {"Student": name, "Case manager": f"C. {at}", "Case manager email": f"c{at}@school.example"}
                for at, name in enumerate(STUDENTS)
            ],
            "Service Grid": [
                {"Student": name, "Frequency": "2 x 30 min / week", "Start date": date(2025, 10, 6)} | speech
                for name in STUDENTS
            ],
            "Schedule": [
                {"Student": name, "Days": "Mon, Wed", "Start": time(9 + at), "End": time(9 + at, 30)} | speech
                for at, name in enumerate(STUDENTS)
            ],
            "Service Log": [
                {"Student": name, "Date": date(2025, 10, day), "Start": time(9 + at), "Minutes": 30}
                | {"Status": status}
                | speech
                for at, name in enumerate(STUDENTS)
                for day, status in days
            ],
            "Calendar": [
                {"Date": date(2025, 8, 25), "Kind": "First day"},
                {"Date": date(2026, 6, 11), "Kind": "Last day"},
            ],
            "Staff": [{"Name": "J. Rivera", "Email": "rivera@school.example"}],
        },
    )
