"""What the daemon needs of the world; wiring and cli/daemon.py give it the real one, tests their own."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from sheets_sync.config import Config
from sheets_sync.ports import Peek
from sheets_sync.state import RunRecord


class Process(Protocol):
    """A run under way; see child.py."""

    started: float
    overdue: bool

    def ended(self, now: float) -> int | None: ...

    def ask_to_end(self, now: float, patience: float | None = None) -> None: ...


class Memory(Protocol):
    """What is remembered of one workbook, read cheaply. Raises RunFailed."""

    def mark(self) -> Hashable:
        """What changes when something was remembered; nothing is opened for it."""

    def runs(self, limit: int) -> Sequence[RunRecord]: ...

    def next_try(self) -> datetime | None:
        """When a mail that waits is to be tried again; None where none waits."""

    def record(self, run: RunRecord) -> None:
        """Remember a run that could not do so itself."""


Look = Callable[[], Peek]
"""The small read of one workbook. Raises SheetsSyncError."""


@dataclass(frozen=True, slots=True)
class Place:
    """One workbook of the configuration: what it is called, and how it is reached."""

    name: str
    config: Config
    zone: tzinfo
    memory: Memory
    look: Look


@dataclass(frozen=True, slots=True)
class World:
    """`places` reads the configuration anew (raises WrongUse); `settings` changes when its file does.

    `start` begins a command ("sync", "outbox") for a workbook in a process of its own; `seconds` is a clock
    that is never set.
    """

    places: Callable[[], tuple[Place, ...]]
    settings: Callable[[], Hashable]
    start: Callable[[Place, Sequence[str], float], Process]
    now: Callable[[], datetime]
    seconds: Callable[[], float]
