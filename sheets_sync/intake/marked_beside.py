"""Columns of a Service Log that are not used and say that a session was a make-up, was made up, or was of
other work: "Make-up?" with a tick, "Made up on", "Visit type" with "Evaluation"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sheets_sync.categories import EXCUSED, Category
from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.groups import is_makeup
from sheets_sync.intake.layouts.title_text import CONSULTATION, OTHER_WORK
from sheets_sync.intake.plain import plain
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.ports import CellValue

Row = Sequence[CellValue]
KINDS = ("makeup", "madeup", "owed", "type")
_GIVEN = (None, Category.DELIVERED, Category.LATE)
"""What a Status may say of a session that was given; None where the built-in codes do not know it."""
_NO_SERVICE = ("indirect", "absent", "no show", "no-show", "cancelled", "canceled", "missed", "planned")


def marks_otherwise(
    kind: str, place: int, columns: Mapping[str, int], rows: Sequence[Row]
) -> Callable[[Row], bool]:
    """Return what tells whether a row's cell here says otherwise than its Status; `rows` are all of them."""
    status, day = columns.get("Status", -1), columns.get("Date", -1)
    if kind == "type":
        return lambda row: _category(cell_in(row, status)) in _GIVEN and _is_no_session(cell_in(row, place))
    if kind in ("makeup", "owed"):
        asked = (*_GIVEN, *EXCUSED)
        return lambda row: _category(cell_in(row, status)) in asked and _is_marked(cell_in(row, place))
    made_up = {_day(cell_in(row, day)) for row in rows if _category(cell_in(row, status)) == Category.MAKE_UP}

    def was_made_up(row: Row) -> bool:
        cell = cell_in(row, place)
        if not _is_marked(cell) or _category(cell_in(row, status)) == Category.MAKE_UP:
            return False
        ticked = meanings("yes_no").get(plain(text_of(cell)).casefold()) == "yes"
        return not made_up if ticked else _day(cell) not in made_up

    return was_made_up


def _day(cell: CellValue) -> tuple[int, int | None] | str:
    """Return month and day of a cell, of a text that is no date the text."""
    if isinstance(cell, date):
        return cell.month, cell.day
    written = read_written_date(text_of(cell))
    return text_of(cell) if written is None else (written.month, written.day)


def _category(cell: CellValue) -> Category | None:
    if is_blank(cell):
        return Category.UNKNOWN
    code = read_code(cell).value
    return None if code is None else code.category


def _is_marked(cell: CellValue) -> bool:
    return not is_blank(cell) and meanings("yes_no").get(plain(text_of(cell)).casefold()) != "no"


def _is_no_session(cell: CellValue) -> bool:
    if not isinstance(cell, str):
        return False
    typed = plain(cell)
    says_so = is_makeup(typed) or OTHER_WORK.search(typed) or CONSULTATION.search(typed)
    return bool(says_so) or any(word in typed.casefold() for word in _NO_SERVICE)
