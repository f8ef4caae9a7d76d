"""The two houses in which a workbook can be kept, with the same verbs for both: what the program is asked to
do with it, and what staff do to it between runs.

"excel": a file on disk. "google": a spreadsheet in the test server, over real HTTP, with the program's own
client and a service account's key.
"""

from __future__ import annotations

import io
import json
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from openpyxl.utils import get_column_letter

from sheets_sync.cli.main import run_command_line
from sheets_sync.config import Config
from sheets_sync.config_file import load_config
from sheets_sync.ports import Workbook
from tests.contract.seen import SeenTab, Value

ZONE = "America/New_York"
Rows = Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str = field(repr=False)
    err: str

    @property
    def json(self) -> dict[str, Any]:
        assert (self.code, self.err) == (0, "")
        result: dict[str, Any] = json.loads(self.out)
        return result


class Book(ABC):
    """A workbook in its house. Rows are counted from 1, columns are letters, a tab is called by its name.

    Configuration, state and mails lie in `folder`. What staff type is text, number or date as it is given:
    "=1+1" is the text.
    """

    def __init__(self, folder: Path, address: str, google: str = "") -> None:
        self.folder = folder
        self.address = address
        self._google = google
        self.configure("")

    def configure(self, more: str) -> None:
        """Write the configuration anew, with these sections in it."""
        text = f'workbook = {json.dumps(self.address)}\ntimezone = "{ZONE}"\n'
        text += f"state = {json.dumps(str(self.folder / 'state.sqlite'))}\n"
        text += 'allowed_domains = ["example.org"]\n'
        mail = f"[mail]\nfolder = {json.dumps(str(self.folder / 'mails'))}\n"
        self.config_file.write_text(f"{text}{mail}{self._google}{more}", encoding="utf-8")

    @property
    def config_file(self) -> Path:
        return self.folder / "sheets-sync.toml"

    @property
    def config(self) -> Config:
        return load_config(self.config_file)

    def open(self) -> Workbook:
        """Open it as the program does: as the port."""
        from sheets_sync.wiring import open_workbook

        return open_workbook(self.config)

    def run(self, command: str, *words: str, today: date, at: time = time(5)) -> Ran:
        """Run a command of the program on it, on the morning of `today`."""
        said, complained = io.StringIO(), io.StringIO()
        moment = datetime.combine(today, at, ZoneInfo(ZONE))
        given = [command, *words, "--config", str(self.config_file)]
        with time_machine.travel(moment), redirect_stdout(said), redirect_stderr(complained):
            code = run_command_line(given)
        return Ran(code, said.getvalue(), complained.getvalue())

    def sync(self, today: date, at: time = time(5)) -> dict[str, Any]:
        """Run a sync that goes through; return what it prints as JSON."""
        return self.run("sync", "--json", today=today, at=at).json

    # What can be seen

    @abstractmethod
    def titles(self) -> list[str]:
        """Return the names of the tabs in their order."""

    @abstractmethod
    def see(self, title: str) -> SeenTab:
        """Return what can be seen of a tab."""

    @abstractmethod
    def kept(self, but: Sequence[str] = ()) -> Mapping[str, object]:
        """Return all that is kept of the workbook, bit for bit, piece by piece, without these tabs."""

    @abstractmethod
    def download(self, file: Path) -> Path:
        """Write the workbook as an .xlsx file; return where."""

    # What staff do

    @abstractmethod
    def type_all(self, title: str, typed: Mapping[str, Value]) -> None:
        """Write in several cells of a tab."""

    def type(self, title: str, cell: str, value: Value) -> None:
        self.type_all(title, {cell: value})

    @abstractmethod
    def check(self, title: str, cell: str) -> None:
        """Tick a box."""

    def tick(self, words: str, title: str = "Compliance") -> None:
        """Tick the box on the right of these words."""
        seen = self.see(title)
        ((row, column),) = (place for place, cell in seen.cells.items() if cell.value == words)
        assert seen.cell(row, column + 1).box, "there is nothing to tick"
        self.check(title, f"{get_column_letter(column + 1)}{row}")

    @abstractmethod
    def sort(self, title: str, column: str, first: int, *, descending: bool = False) -> None:
        """Sort the rows from `first` on by a column."""

    @abstractmethod
    def insert_rows(self, title: str, before: int, count: int = 1) -> None: ...

    @abstractmethod
    def delete_rows(self, title: str, first: int, count: int = 1) -> None: ...

    @contextmanager
    def at_one_sitting(self) -> Iterator[None]:
        """Make several edits before the next is saved."""
        yield

    @abstractmethod
    def insert_columns(self, title: str, before: str, count: int = 1) -> None: ...

    @abstractmethod
    def delete_columns(self, title: str, first: str, count: int = 1) -> None: ...

    @abstractmethod
    def rename(self, title: str, to: str) -> None: ...

    @abstractmethod
    def move(self, title: str, to: int) -> None:
        """Make it the tab of this number, from 0."""

    @abstractmethod
    def delete(self, title: str) -> None: ...

    @abstractmethod
    def copy(self, title: str) -> str:
        """Copy a tab as the menu does; return what the copy is called."""

    @abstractmethod
    def add(self, title: str, rows: Rows) -> None:
        """Add a tab at the end."""

    @abstractmethod
    def paint(self, title: str, cell: str, fill: str) -> None: ...

    @abstractmethod
    def unmerge(self, title: str) -> None: ...

    @abstractmethod
    def filter(self, title: str, header: int, column: str, hidden: str) -> None:
        """Filter the table below the header row: hide the rows that hold this text in the column."""

    @abstractmethod
    def hide_rows(self, title: str, first: int, count: int = 1) -> None: ...


def take_along(book: Book, folder: Path) -> None:
    """Copy what the program remembers of a workbook and the mails that it wrote."""
    shutil.copyfile(book.folder / "state.sqlite", folder / "state.sqlite")
    (folder / "state.sqlite").chmod(0o600)
    shutil.copytree(book.folder / "mails", folder / "mails")


class House(ABC):
    """Where workbooks are kept."""

    name: str

    @abstractmethod
    def make(self, tabs: Mapping[str, Rows], title: str = "Services") -> Book:
        """Keep a workbook of these rows."""

    @abstractmethod
    def load(self, file: Path) -> Book:
        """Keep what an .xlsx file holds, under the file's name: File > Open, or File > Import."""

    @abstractmethod
    def copy(self, book: Book) -> Book:
        """Copy a workbook of this house whole: File > Save as, or File > Make a copy."""

    @abstractmethod
    def again(self, book: Book) -> Book:
        """Keep a workbook of a house of this kind as it stands there, with what the program remembers of it
        and the mails; the configuration is new."""


Make = Callable[[House], Book]
Made = Callable[[Make, House], Book]
