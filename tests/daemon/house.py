"""A house for the daemon in memory: its workbooks, its clock, and runs that take no process."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sheets_sync.boxes import Boxes
from sheets_sync.config import Config
from sheets_sync.daemon.loop import Daemon
from sheets_sync.daemon.ticker import AT_REST, EVERY
from sheets_sync.daemon.world import Place, World
from sheets_sync.log import Fact, Log
from sheets_sync.ports import Peek
from sheets_sync.problems import SheetsSyncError
from sheets_sync.state import RunRecord
from sheets_sync.today import date_of_run

UNRECORDED = (2, 5)
"""Exit codes of runs that leave no record."""


@dataclass
class Run:
    """A run under way: it ends with `code` after `lasts` seconds; if that is None, when it is asked to."""

    started: float
    lasts: float | None
    code: int
    overdue: bool = False
    asked: bool = False

    def ended(self, now: float) -> int | None:
        if self.asked or (self.lasts is not None and now - self.started >= self.lasts):
            return self.code
        return None

    def ask_to_end(self, now: float, patience: float | None = None) -> None:
        self.asked = True


@dataclass
class Book:
    """A workbook and its state. A good run unticks the box that is `ticked`; `codes` end the next runs."""

    config: Config
    house: House
    ticked: bool = False
    digest: str = "as it was"
    broken: SheetsSyncError | None = None
    unreadable: SheetsSyncError | None = None
    codes: list[int] = field(default_factory=list)
    looks: int = 0
    remembered: list[RunRecord] = field(default_factory=list)
    next_mail: datetime | None = None

    def look(self) -> Peek:
        self.looks += 1
        if self.broken is not None:
            raise self.broken
        return Peek(Boxes(sync_now=self.ticked), self.digest)

    def mark(self) -> Hashable:
        return len(self.remembered), self.next_mail, self.unreadable

    def runs(self, limit: int) -> Sequence[RunRecord]:
        if self.unreadable is not None:
            raise self.unreadable
        return self.remembered[: -limit - 1 : -1]

    def next_try(self) -> datetime | None:
        return self.next_mail

    def record(self, run: RunRecord) -> None:
        self.remembered.append(run)


@dataclass
class House:
    """Everything around the daemon. `started` tells (local time, workbook, command) of each run."""

    zone: ZoneInfo
    clock: datetime
    books: dict[str, Book] = field(default_factory=dict)
    uptime: float = 0.0
    settings: int = 0
    wrong: SheetsSyncError | None = None
    lasts: float | None = 20.0
    started: list[tuple[str, str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def add(self, name: str, config: Config | None = None) -> Book:
        book = Book(replace(config or Config(), workbook=name), self)
        self.books[name] = book
        return book

    def places(self) -> tuple[Place, ...]:
        if self.wrong is not None:
            raise self.wrong
        return tuple(
            Place(name, book.config, self.zone, book, book.look) for name, book in self.books.items()
        )

    def start(self, place: Place, words: Sequence[str], now: float) -> Run:
        book = self.books[place.name]
        code = book.codes.pop(0) if book.codes else 0
        self.started.append((f"{self.clock.astimezone(self.zone):%a %H:%M}", place.name, " ".join(words)))
        if words[0] == "sync" and code not in UNRECORDED:
            local = self.clock.astimezone(self.zone)
            end = self.clock + timedelta(seconds=self.lasts or 0)
            run = RunRecord(self.clock, end, date_of_run(local), "", code, 1.0)
            book.remembered.append(replace(run, same_day="--same-day" in words))
        if code in (0, 4):
            book.ticked = False
            book.next_mail = None
        return Run(now, self.lasts, code)

    def daemon(self) -> Daemon:
        world = World(self.places, lambda: self.settings, self.start, lambda: self.clock, lambda: self.uptime)
        return Daemon(world, Listening(lambda: self.clock, house=self))

    def live(self, daemon: Daemon, **length: float) -> None:
        """Let so much time pass, with a turn whenever the daemon wants one."""
        left = int(timedelta(**length).total_seconds())
        while left > 0:
            daemon.turn()
            pause = min(max(int(daemon.pause()), EVERY), AT_REST, left)
            self.sleep(seconds=pause)
            left -= pause

    def sleep(self, **length: float) -> None:
        """Let time pass without a turn, as when the machine is asleep (its uptime then stands still)."""
        passed = timedelta(**length)
        self.clock += passed
        self.uptime += passed.total_seconds()


@dataclass(frozen=True)
class Listening(Log):
    """A log that is kept."""

    house: House = None  # type: ignore[assignment]

    def say(self, event: str, words: str, **facts: Fact) -> None:
        self.house.said.append(words)


def house(now: str, *names: str, config: Config | None = None, zone: str = "America/New_York") -> House:
    """A house at a local time ("2025-11-20 04:00") with these workbooks."""
    where = ZoneInfo(zone)
    found = House(where, datetime.fromisoformat(now).replace(tzinfo=where).astimezone(UTC))
    for name in names or ("Maple.xlsx",):
        found.add(name, config)
    return found
