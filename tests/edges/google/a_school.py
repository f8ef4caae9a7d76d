"""A small school in a Google workbook whose lines come and go, and nights in which the program runs there.

The whole run, the real client, real HTTP. The machine's clock is turned, so that waiting takes no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sheets_sync.config import Config
from sheets_sync.decide import decide
from sheets_sync.edges.google.client import SheetsClient
from sheets_sync.edges.google.credentials import Access
from sheets_sync.edges.google.pace import Pace, Windows
from sheets_sync.edges.google.workbook import GoogleWorkbook
from sheets_sync.edges.google.writing import Who, plan
from sheets_sync.mail import Mail
from sheets_sync.ports import Snapshot
from sheets_sync.run import Asked, Outcome, World, sync
from sheets_sync.state import Posting, RunRecord, State
from sheets_sync.understand import understand
from tests.edges.google.laid import read
from tests.edges.google.turned import Turned
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.xlsx_values import cell_of
from tests.small_school import TODAY, Clock

STUDENTS = ("Ana R.", "Ben T.", "Cal V.", "Dan W.", "Eve X.", "Fay Z.")
SERVICES = ("Speech therapy", "Occupational therapy")
PROVIDERS = ("J. Rivera", "K. Olsen", "L. Moreau")
GROUPS = ("", "Group")
FREQUENCIES = ("2 x 30 min / week", "1 x 30 min / week", "2x?? min")
"""The last cannot be read: a problem."""
STARTS = tuple(date(2025, 10, 6) + timedelta(days=days) for days in (0, 7, 14, 60))
MISSED = date(2025, 10, 8)

SOURCES = ("Caseload", "Service Grid", "Schedule", "Service Log", "Calendar")
OTHERS: Mapping[str, list[list[Any]]] = {
    "Room list": [["Room", "Seats"], ["12", 8], ["14", "=B2+1"]],
    "Lunch": [["Mon", "soup"], [date(2025, 10, 20), 0.5]],
}
"""Tabs that are no concern of the program's."""


@dataclass(frozen=True)
class Line:
    """A line of the service grid. `missed`: the provider missed a session of it, so minutes are behind."""

    student: str
    service: str = SERVICES[0]
    provider: str = PROVIDERS[0]
    start: date = STARTS[0]
    group: str = ""
    frequency: str = FREQUENCIES[0]
    missed: bool = False

    @property
    def like(self) -> tuple[str, str, str]:
        """What tells it from all other lines of this school, to the eye."""
        return (self.student, self.service, self.provider)


@dataclass
class School:
    """What the source tabs hold."""

    lines: list[Line] = field(default_factory=list)

    def rows(self) -> dict[str, list[list[Any]]]:
        students = list(dict.fromkeys(line.student for line in self.lines)) or [STUDENTS[0]]
        return {
            "Caseload": [["Student", "Case manager"], *[[one, "C. Manager"] for one in students]],
            "Service Grid": [
                ["Student", "Service", "Frequency", "Provider", "Group", "Start date"],
                *[
                    [line.student, line.service, line.frequency, line.provider, line.group, line.start]
                    for line in self.lines
                ],
            ],
            "Schedule": [
                ["Student", "Service", "Provider", "Days", "Start", "End"],
                *[
                    [line.student, line.service, line.provider, "Mon, Wed", "9:00 AM", "9:30 AM"]
                    for line in self.lines
                ],
            ],
            "Service Log": [
                ["Date", "Student", "Service", "Provider", "Minutes", "Status"],
                *[
                    [MISSED, line.student, line.service, line.provider, 30, "Provider absent"]
                    for line in self.lines
                    if line.missed
                ],
            ],
            "Calendar": [
                ["Date", "Kind"],
                [date(2025, 8, 25), "First day"],
                [date(2026, 6, 11), "Last day"],
            ],
        }

    def put_into(self, book: Spreadsheet) -> None:
        """Type the source tabs anew, those that are there."""
        for name, rows in self.rows().items():
            sheet = book.sheet_named(name)
            if sheet is not None:
                sheet.cells = {
                    (row, column): cell
                    for row, cells in enumerate(rows)
                    for column, value in enumerate(cells)
                    if (cell := cell_of(value))
                }


@dataclass
class MemoryStore:
    """The state in memory, as the one in SQLite: a run's is kept whole or not at all."""

    state: State = field(default_factory=State)
    records: list[RunRecord] = field(default_factory=list)

    @contextmanager
    def lock(self) -> Iterator[None]:
        yield

    def load(self) -> State:
        return self.state

    def save(self, run: RunRecord, state: State | None, mails: tuple[Mail, ...] = ()) -> None:
        self.records.append(run)
        self.state = self.state if state is None else state

    def runs(self, limit: int = 20) -> tuple[RunRecord, ...]:
        return tuple(reversed(self.records))[:limit]

    def waiting(self) -> tuple[Mail, ...]:
        return ()

    def given_up(self) -> tuple[Mail, ...]:
        return ()

    def postings(self) -> tuple[Posting, ...]:
        return ()

    def next_try(self) -> datetime | None:
        return None

    def mark(self, postings: Any, notes: Any = ()) -> None:
        raise AssertionError("nothing is mailed here")

    def try_writing(self) -> None:
        pass

    def note_undelivered(self, exit_code: int, error: str) -> None:
        raise AssertionError("nothing is mailed here")


class Killed(BaseException):
    """The program ends here, without a word: nothing of it catches this."""


class Mortal:
    """Kills the program at the `at`-th of the moments before and after each of its doings; None: never."""

    def __init__(self, at: int | None = None) -> None:
        self._left = at

    def passing(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise Killed

    def around(self, done: Callable[..., Any]) -> Callable[..., Any]:
        def doing(*given: Any, **named: Any) -> Any:
            self.passing()
            result = done(*given, **named)
            self.passing()
            return result

        return doing


@dataclass
class Nights:
    """The program's life with one workbook: a run a night, each a process of its own."""

    server: SheetsServer
    access: Access
    book_id: str
    store: MemoryStore = field(default_factory=MemoryStore)
    clock: Clock = field(default_factory=lambda: Clock(TODAY))
    config: Config = field(default_factory=Config)

    @property
    def book(self) -> Spreadsheet:
        return self.server.book(self.book_id)

    def run(self, killed_at: int | None = None) -> Outcome:
        """Run once. `killed_at` counts the moments before and after each request and each saving of the
        state. Raises Killed, SheetsSyncError."""
        mortal = Mortal(killed_at)
        client = client_of(self.server, self.access)
        client.session.request = mortal.around(client.session.request)  # type: ignore[method-assign]
        store = replace(self.store)
        store.save = mortal.around(self.store.save)  # type: ignore[method-assign]
        world = World(GoogleWorkbook(client, self.book_id), store, None, self.clock)
        return sync(world, self.config, Asked(self.clock.day), lambda step: None)

    def would_send(self) -> list[Json]:
        """Return what one more run at the same moment would write."""
        sheets, moment = read(self.book)
        seen = understand(Snapshot(sheets), self.store.state, self.config, self.clock.day)
        decided = decide(seen, self.store.state, self.config, self.clock(), self.book.title)
        return plan(decided.tabs, moment, Who(self.server.account, 1)).requests


def client_of(server: SheetsServer, who: Access) -> SheetsClient:
    """Return a client of one run, whose waiting takes no time."""
    machine = Turned().machine()
    pace = Pace(server.url, server.account, "", machine, Windows())
    return SheetsClient(who.credentials, who=who, endpoint=server.url, machine=machine, pace=pace)


def a_workbook(server: SheetsServer, school: School) -> Spreadsheet:
    return server.create("Services", {**school.rows(), **OTHERS})
