"""Mornings on which a run is due: the workbook as staff left it, and what an undisturbed run makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sheets_sync.state import State
from tests.google.school import (
    FRIDAY,
    MONDAY,
    NOTE,
    PROVIDER,
    STUDENT,
    School,
    add_rows,
    place_of,
    rows_of_a_school,
    tab,
)
from tests.sheets_server.model import Sheet, Spreadsheet
from tests.sheets_server.server import SheetsServer


@dataclass(frozen=True)
class Morning:
    """What is there before the run; and what an undisturbed run leaves (`after`)."""

    book: Spreadsheet = field(repr=False)
    state: bytes | None = field(repr=False)
    mails: dict[str, bytes] = field(repr=False)
    tabs: dict[str, Sheet] = field(repr=False)
    staffs: dict[str, object] = field(repr=False)
    after_tabs: dict[str, Sheet] = field(repr=False)
    after_state: State = field(repr=False)
    after_mails: dict[str, bytes] = field(repr=False)

    def school(self, server: SheetsServer, folder: Path) -> School:
        """Return the school on this morning, in another server."""
        server.keep(self.book.copy())
        school = School(server, folder, self.book)
        if self.state is not None:
            school.state.write_bytes(self.state)
            school.state.chmod(0o600)
        for name, mail in self.mails.items():
            (folder / "mails").mkdir(exist_ok=True)
            (folder / "mails" / name).write_bytes(mail)
        return school


def mornings(folder: Path) -> dict[str, Morning]:
    """Return the mornings by name: the first of all, one on which figures change, one with a new line."""
    made = {}
    for name, edit in (("first", None), ("figures", _a_session), ("rows", _a_line)):
        home = folder / name
        home.mkdir()
        made[name] = _morning(home, edit)
    return made


def _morning(folder: Path, edit: Callable[[Spreadsheet], None] | None) -> Morning:
    with SheetsServer() as server:
        book = server.create("Services of the school", rows_of_a_school())
        school = School(server, folder, book)
        if edit is not None:
            _good(school, FRIDAY)
            server.staff.do(book.id, _a_note)
            server.staff.do(book.id, edit)
        state = school.state.read_bytes() if school.state.exists() else None
        before, mails, tabs, staffs = school.book, school.mails(), school.tabs(), school.staffs()
        _good(school, MONDAY)
        assert school.staffs() == staffs
        return Morning(before, state, mails, tabs, staffs, school.tabs(), school.remembered(), school.mails())


def _good(school: School, day: date) -> None:
    ran = school.sync(day)
    assert (ran.code, ran.err) == (0, ""), ran


def _a_note(book: Spreadsheet) -> None:
    """Somebody writes a note beside the line of speech."""
    sheet = tab(book, "Compliance")
    row, _ = place_of(sheet, "Speech therapy")
    _, column = place_of(sheet, "Staff notes")
    cell = sheet.cells.get((row, column), {})
    sheet.cells[row, column] = {**cell, "userEnteredValue": {"stringValue": NOTE}}


def _a_session(book: Spreadsheet) -> None:
    """Friday's session is entered: it makes up for one of those that were missed."""
    row = [date(2025, 10, 17), STUDENT, "Speech therapy", PROVIDER, 30, "Make-up"]
    add_rows(tab(book, "Service Log"), [row])


def _a_line(book: Spreadsheet) -> None:
    """A service is promised that comes before the other one: a row is inserted above the note."""
    row = [STUDENT, "Reading", "1 x 30 min / week", PROVIDER, date(2025, 10, 6)]
    add_rows(tab(book, "Service Grid"), [row], before=1)
