"""What a run needs of the world. Edges implement these; the core knows nothing else of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from sheets_sync.views.tab import Tab

if TYPE_CHECKING:
    from sheets_sync.boxes import Boxes
    from sheets_sync.guarded import Doubt
    from sheets_sync.state import Posting, RunRecord, State
    from sheets_sync.views.mail import Mail


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that shows an error instead of a value: "#REF!", "#N/A"."""

    text: str


CellValue = str | float | bool | date | datetime | time | timedelta | ErrorValue | None
"""What a cell holds. Text is text ("0012" stays "0012"); a number is a float; blank is None."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab as it was read.

    `rows[0]` is row 1, `rows[r][0]` is column A; rows may be ragged, empty rows at the end are left out.
    `mark` is "compliance" or "problems" where the tab carries our mark, else None.
    `merged` are A1 ranges ("A1:C1"); `hidden_rows` are 1-based, `hidden_columns` 0-based. `struck` are the
    cells (1-based row, 0-based column) whose whole text is struck through, `noted` those that have a note;
    neither is said of a tab of ours. `is_hidden` tells of the tab. `columns` are the columns of a tab of
    ours (name -> 0-based place) that the edge knows whatever their header says now.

    `link` leads to a cell of this tab when the cell is put behind it, within the workbook ("#gid=0&range="),
    or from ours to a sheet of another; "" where nothing can.

    `as_tab` is the canonical tab as which a sheet of another workbook is read ([[sources]]), "" for the
    workbook's own; `absent` says why it could not be read tonight: then it has no rows, or those that it had
    when it was last read (last_good_sheets.py); `as_of` is the date of that run.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    mark: str | None = None
    merged: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    noted: frozenset[tuple[int, int]] = frozenset()
    is_hidden: bool = False
    columns: Mapping[str, int] = field(default_factory=dict)
    link: str = ""
    as_tab: str = ""
    absent: str = ""
    as_of: date | None = None

    @property
    def is_unread(self) -> bool:
        """Tell whether nothing of it is known tonight."""
        return bool(self.absent) and not self.rows


def source_name(sheet: Sheet) -> str:
    """Return what the workbook of a sheet is called that is not the main one's: "OT log" of "OT log: Log"."""
    return sheet.name.split(": ", 1)[0] if sheet.as_tab else ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A workbook as it stood at one moment. `token` lets `write` notice that it changed since.

    `sheets` are in the order of the workbook, our own tabs among them (wherever they were read from: for a
    sibling file "NAME - compliance.xlsx" they come from there). `notes` are sentences for the person who
    runs the program: "the file is signed: the tabs go to ...". `row_link` is an address that leads to a row
    of our Compliance tab when the row's number is put behind it, "" where there is none (files).
    """

    sheets: tuple[Sheet, ...]
    token: object = None
    zone: str | None = None
    notes: tuple[str, ...] = field(default=())
    row_link: str = ""

    def sheet(self, name: str) -> Sheet | None:
        """Return the tab of exactly this name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@dataclass(frozen=True, slots=True)
class Peek:
    """What a small look shows: what is ticked, and a text that is another one as soon as something else
    stands on the tabs that were named; "" where none was, or one of them cannot be found or read now."""

    boxes: Boxes
    digest: str


class Peeker(Protocol):
    """Looks at a workbook again and again, for as long as a daemon lives."""

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        """Look what is ticked on our tab, and whether the tabs of these names changed: one small request.

        A tab that is missing, a file that is open or half saved is no failure: then nothing is ticked, or
        the digest is "". Raises RunFailed, WrongUse where a Google workbook cannot be asked.
        """


class Workbook(Peeker, Protocol):
    """A spreadsheet where it is: a file or a Google workbook."""

    @property
    def name(self) -> str:
        """What to call it in words for people: the file's name or the spreadsheet's title."""

    @property
    def calls(self) -> Mapping[str, int]:
        """How often it was asked for something so far: {"read": 1, "write": 1}."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences, without a full stop, for who runs the program: what of the last write was not done."""

    def read(self) -> Snapshot:
        """Read every tab. Raises RunFailed or WrongUse."""

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        """Put our tabs in, all or none; return how many cells changed in this run (0: nothing was written).

        Raises Changed if the workbook is no longer what `snapshot` shows (a file is then untouched; the tab
        of a Google workbook is set right by reading and writing once more), NotOurs if a tab of that name
        does not carry our mark, RunFailed if it cannot be written. Nothing else in the workbook changes.
        """


class Store(Protocol):
    """What is remembered of one workbook from run to run."""

    def lock(self) -> AbstractContextManager[None]:
        """Hold the state for one run alone. Raises AlreadyRunning."""

    def load(self) -> State:
        """Return what was saved last, an empty State if nothing ever was. Raises RunFailed."""

    def try_writing(self) -> None:
        """Raise RunFailed where nothing could be saved now; nothing changes."""

    def save(self, run: RunRecord, state: State | None, mails: Sequence[Mail] = ()) -> None:
        """Record a run, its state and its mails, all or none; without a state the last one stays."""

    def accept(self, doubts: Sequence[Doubt]) -> None:
        """Remember that a person let through what is doubted, until the next trusted run."""

    def runs(self, limit: int = 20) -> tuple[RunRecord, ...]:
        """Return the last runs, the latest first."""

    def waiting(self) -> tuple[Mail, ...]:
        """Return the mails that were decided and not yet delivered: the least tried, then the oldest."""

    def given_up(self) -> tuple[Mail, ...]:
        """Return the mails that were given up and whose words are still kept, the oldest first."""

    def postings(self) -> tuple[Posting, ...]:
        """Return what waits and what was given up, the oldest first, without their words."""

    def next_try(self) -> datetime | None:
        """Return when a mail that waits is to be tried next, in UTC; None where none waits. Reads one row.

        While the workbook is held (`State.guarded.asked`), those to the administrator alone are tried.
        """

    def mark(self, postings: Iterable[Posting], notes: Sequence[Mail] = ()) -> None:
        """Note what became of mails, and take notes to the administrator about it, all or none.

        The words of a mail that neither waits nor was given up are forgotten.
        """

    def note_undelivered(self, exit_code: int, error: str) -> None:
        """Note on the last run that it ended with mails that could not be delivered."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one mail: "accepted", "written", "waiting" (to be tried again) or "refused" (for good).

    `where` is the file that was written, "" if none; `problem` a sentence without a student's name.
    `tried` is False where the mail's turn did not come: the server had failed others too often.
    """

    message_id: str
    outcome: str
    where: str = ""
    problem: str = ""
    tried: bool = True


class Mailer(Protocol):
    """Takes mails out of the house, or into a folder."""

    def deliver(self, mails: Sequence[Mail]) -> Iterator[Delivery]:
        """Deliver each mail, one after another; what fails stops none of the others.

        What became of a mail is yielded before the next one is begun, so that it can be marked at once.
        """


class SentNotes(Protocol):
    """Which notes to the administrator went out though the state could not be written. Nothing is raised."""

    def has(self, note: Mail) -> bool: ...

    def add(self, note: Mail) -> None: ...
