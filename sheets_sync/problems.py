"""Where something went wrong, what was seen, what is wrong with it and what would do.

A problem is a value with an address, collected and shown on the Data Problems tab (spec: workbook.md);
it never stops the other rows. An error ends the run, with an exit code of spec commands.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

COLUMN_BIT = 21
"""The bit from which on the number of a cell holds its column."""
ROW_BITS = (1 << COLUMN_BIT) - 1
_SHEET = 40
"""The bit from which on it holds the number of its sheet."""
_ON_SHEET = (1 << _SHEET) - 1


class Severity(StrEnum):
    """error: something is not counted; question: counted, but ask; note: for information."""

    ERROR = "error"
    QUESTION = "question"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that could not be read or does not fit.

    `cell` is an A1 address within `tab` ("C7"), a row's first cell ("A7"), or "" for the whole tab.
    `value` is what stands there (for eyes; never logged). `problem` and `remedy` are plain sentences.
    """

    severity: Severity
    tab: str
    cell: str
    value: str
    problem: str
    remedy: str


class SheetsSyncError(Exception):
    """Ends a run with a sentence for the person who reads it; never shown as a stack trace.

    `what` names no student: it goes to standard error and logs. `remedy` says what would do.
    """

    exit_code = 1

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class RunFailed(SheetsSyncError):
    """The run failed (network, disk, a file open elsewhere); what was there before still stands."""

    exit_code = 1


class Changed(RunFailed):
    """The workbook is no longer what was read: somebody saved it meanwhile. Reading it again would do."""


class WrongUse(SheetsSyncError):
    """The command line or configuration is wrong, no such file or student, a file that is no workbook."""

    exit_code = 2


class NotOurs(WrongUse):
    """A tab of the name that ours should have does not carry our mark: it is never touched."""


class CannotCount(SheetsSyncError):
    """The workbook cannot be counted: a tab or a required column is missing."""

    exit_code = 3


class Held(CannotCount):
    """The workbook looks wrong: nothing of it was counted, and our tab keeps the last good figures.

    `reasons` are those of which `what` speaks: {"kind": "fewer", "tab": "Schedule", "seen": ...,
    "remedy": ...}; the tab is None where it is none of them.
    """

    def __init__(self, what: str, remedy: str = "", reasons: Sequence[Mapping[str, str | None]] = ()) -> None:
        super().__init__(what, remedy)
        self.reasons = tuple(reasons)


class AlreadyRunning(SheetsSyncError):
    """Another run is under way; nothing was done."""

    exit_code = 5


class Stopped(KeyboardInterrupt):
    """Somebody ended the run (SIGTERM, Ctrl-C). No Exception: nothing on the way takes it for a fault."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def whole_sentence(text: str) -> str:
    """Write a single sentence with a capital and a full stop; a list of lines, or a path, stays as it is."""
    if "\n" in text or not text.split(" ")[0].isalpha():
        return text
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def in_sentences(error: SheetsSyncError) -> str:
    """Say what is wrong, and what would do."""
    return " ".join(whole_sentence(part) for part in (error.what, error.remedy) if part)


def column_letter(column: int) -> str:
    """Return the letters of a 0-based column: 0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the 0-based column of its letters: A -> 0, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_number(row: int, column: int) -> int:
    """Return one number for a cell, of a 1-based row and a 0-based column.

    In a list a record is a row, known by its number; in a grid it is a cell, known by this one. The two are
    told apart by their size: no sheet has 2,097,152 rows.
    """
    return (column + 1) << COLUMN_BIT | row


def on_sheet(number: int, sheet: int) -> int:
    """Return the number of a row or cell on one of the sheets that are read as one tab; 0 is the first."""
    return number | sheet << _SHEET


def sheet_of(number: int) -> int:
    """Return on which of the sheets that are read as one tab a record stands."""
    return number >> _SHEET


def row_on_sheet(number: int) -> int:
    """Return the number of a row or cell without that of its sheet."""
    return number & _ON_SHEET


def sheet_row(number: int) -> int:
    """Return the row of the sheet of a record: of a row's number, or of a cell's."""
    return number & ROW_BITS


def is_cell(number: int) -> bool:
    """Tell whether a record's number is that of a cell, in a grid; else it is that of a row."""
    return number & _ON_SHEET != sheet_row(number)


def a1(row: int, column: int = 0) -> str:
    """Return the A1 address of a 1-based row and a 0-based column: (7, 2) -> C7.

    The number of a cell (cell_number) is that cell's address, whatever the column.
    """
    row &= _ON_SHEET
    if row >> COLUMN_BIT:
        row, column = sheet_row(row), (row >> COLUMN_BIT) - 1
    return f"{column_letter(column)}{row}"


def record_place(number: int) -> str:
    """Say where a record stands: "row 7" of a list, "cell C7" of a grid."""
    place = a1(number)
    return f"cell {place}" if is_cell(number) else f"row {place[1:]}"
