"""What guards compare from run to run, and what they say: values alone (promises.md, "Guards").

`source` tells the sheets of one run apart that are read as the same tab: "" where there is but one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A used column of a tab. `marks` holds two bytes for each row: equal cells have equal marks, a blank 0.

    `filled` counts the cells in which something stands, `unreadable` those of them that cannot be read.
    """

    name: str
    marks: bytes
    filled: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class SeenTab:
    """A tab that staff keep, as a run read it, by its canonical name ("Service Log").

    `unreadable` counts rows with a cell that cannot be read. `known` and `unknown` are the different names of
    its Student column, those on the Caseload and those that are not (of these, a number each), and
    `strange_rows` the rows of the latter.
    `numbers` are the rows of the sheet, of tonight alone: they are not remembered.
    """

    tab: str
    rows: int
    columns: tuple[SeenColumn, ...] = ()
    unreadable: int = 0
    known: int = 0
    unknown: tuple[int, ...] = ()
    strange_rows: int = 0
    source: str = ""
    numbers: tuple[int, ...] = ()

    def column(self, name: str) -> SeenColumn | None:
        """Return the column of this canonical name, None where the tab has none."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True)
class SeenStudent:
    """A student of the Caseload: numbers that stand for the name and the Student ID (0: none)."""

    name: int
    student_id: int
    exit: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of something ("line", "session", "entry") there are until a date; None: without limit."""

    what: str
    until: dt.date | None
    number: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """The workbook as the last trusted run read it. `counted_with` stands for the rules of its count."""

    today: dt.date
    counted_with: str
    tabs: tuple[SeenTab, ...] = ()
    students: tuple[SeenStudent, ...] = ()
    amounts: tuple[Amount, ...] = ()


class Doubts(StrEnum):
    """The kinds of doubt."""

    CANNOT_COUNT = "cannot-count"
    EMPTIED = "emptied"
    FEWER = "fewer"
    OTHER_STUDENTS = "other-students"
    UNKNOWN_NAMES = "unknown-names"
    UNREADABLE = "unreadable"
    REORDERED = "reordered"
    STATUSES = "statuses"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to hold a workbook. `seen` and `remedy` are sentences that name no student.

    `about`, `amount` and `items` say of what it speaks, the latter in numbers that stand for names, lines or
    rows: they tell it from another doubt of its kind (findings/guards/same.py).
    """

    kind: Doubts
    tab: str
    seen: str
    remedy: str
    about: str = ""
    amount: int = 0
    items: tuple[int, ...] = ()
    source: str = ""

    @property
    def can_be_meant(self) -> bool:
        """Tell whether a person can let it through: what cannot be counted cannot."""
        return self.kind is not Doubts.CANNOT_COUNT
