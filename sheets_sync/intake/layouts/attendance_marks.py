"""An Attendance with a column for each kind: "Absent | Tardy | Dismissed", with marks, times or boxes below.

Beside a Student each mark is of that student; without one, names stand in the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sheets_sync.intake.attendance_days import MAY_BE_LONGER, WRITE_TO, may_be_longer
from sheets_sync.intake.attendance_words import (
    ABSENT,
    PRESENT,
    TIMED,
    Said,
    attendance_kind,
    attendance_said,
    is_remark,
    is_time,
)
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.header_brackets import BRACKETS
from sheets_sync.intake.header_row import ROWS_SEARCHED, meaning_of_headers
from sheets_sync.intake.layouts.dates_said_once import dates_of_rows
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Listed, Placed, cell_at
from sheets_sync.intake.layouts.names_in_parts import placed_beside, with_student
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

TAB, OWN = "Attendance", "Attendance"
_OF_THE_TIME = lazy_regex(r"^time\s+(?:of\s+)?|\s+(?:time|at)$|\?+$", re.IGNORECASE)
_MARKS = frozenset(("x", "xx", "y", "yes", "true", "1", "✓", "✔", "☑", "✅", "•", "*"))
_NONE = frozenset(("no", "n", "false", "0", "none", "n/a", "na", "-", "--", "☐", "nobody", "no one"))
_BLANK = frozenset(("-", "--", "☐"))
_NAMED_AT = lazy_regex(r"(?P<name>[^\d]*[^\W\d]\.?)\s*[-@(,]?\s*(?P<time>\d[^()]*)\)?")
_APART = lazy_regex(r"[;\r\n]")
_LISTED = lazy_regex(r"[,&/+]|\band\b", re.IGNORECASE)
_EXCUSED = lazy_regex(r"(?:un)?excused\??|(?:un)?exc\.?", re.IGNORECASE)
_NOT_KNOWN = "What this says of the student's day is not known: it is not read."
_BOTH = "This student is marked absent, and as there too: the row is not counted."
_A_MARK = "What a mark in this column means is not known: the column is left alone."


@dataclass(frozen=True)
class _Columns:
    """0-based columns below a header row (1-based): `beside` by canonical name, `kinds` by place."""

    row: int
    beside: Mapping[str, int]
    kinds: Mapping[int, str]
    rest: Mapping[int, str] = field(default_factory=dict)


def read_attendance_marks(sheet: Sheet, configured: Mapping[str, str], *, fewest: int = 1) -> Listed | None:
    """Return the entries of a tab with a column for each kind, None where it is none, or has fewer of them
    than `fewest`. A row without a mark is a day like any other."""
    columns = _find(sheet, configured)
    if columns is None or len(set(columns.kinds.values())) < fewest:
        return None
    doubts = Doubts(sheet)
    read = _of_students if "Student" in columns.beside else _of_names
    below = [
        row for row in range(columns.row + 1, len(sheet.rows) + 1) if not _is_header(sheet, columns, row)
    ]
    said = [row for row in below if any(not _is_none(cell_at(sheet, row, place)) for place in columns.kinds)]
    dates = dates_of_rows(doubts, columns.beside["Date"], said)
    records = tuple(
        {**one, **({"Date": dates[row]} if row in dates else {})}
        for row in below
        for one in read(doubts, columns, row)
    )
    _ask_of_the_rest(doubts, columns)
    kinds = list(dict.fromkeys(columns.kinds.values()))
    return Listed("a column for each kind", " and ".join(kinds), OWN, records, {}, tuple(doubts.problems()))


def _find(sheet: Sheet, configured: Mapping[str, str]) -> _Columns | None:
    meaning = meaning_of_headers(TAB, configured)
    for number, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1):
        texts = {place: cell for place, cell in enumerate(cells) if isinstance(cell, str) and cell.strip()}
        kinds = {place: kind for place, text in texts.items() if (kind := _kind_of_header(text))}
        beside: dict[str, int] = {}
        rest: dict[int, str] = {}
        for place, text in texts.items():
            name = None if place in kinds else meaning(text)
            if name is not None:
                beside.setdefault(name, place)
            elif place not in kinds:
                rest[place] = text
        if {*kinds.values()} <= {PRESENT} or "Date" not in beside:
            continue
        untold = ABSENT not in kinds.values() and any(map(_EXCUSED.fullmatch, rest.values()))
        if OWN in beside or untold or (len({*beside} & {*NAME_PARTS}) == 1 and "Student" not in beside):
            return None
        return _Columns(number, with_student(beside), kinds, rest)
    return None


def _kind_of_header(text: str) -> str | None:
    return attendance_kind(_OF_THE_TIME.sub("", text.strip()))


def _of_students(doubts: Doubts, columns: _Columns, row: int) -> Iterator[Mapping[str, Placed]]:
    """Yield what the marks of a row say, one record a kind."""
    sheet = doubts.sheet
    found: dict[str, tuple[int, CellValue]] = {}
    for place, kind in columns.kinds.items():
        cell = cell_at(sheet, row, place)
        if _is_none(cell):
            continue
        said = _mark(cell, kind)
        if said is None:
            doubts.at(row, place, _NOT_KNOWN, f'Write "x" where the student was {kind}, or clear the cell.')
            continue
        first, at = found.get(kind, (place, None))
        found[kind] = (first, at if said[0] is None else said[0])
    if not found and (denied := _not_present(sheet, columns, row)) is not None:
        doubts.at(
            row, denied, _NOT_KNOWN, "Mark the student as absent, tardy or dismissed, or clear the cell."
        )
    if ABSENT in found and len(found) > 1:
        doubts.at(row, found[ABSENT][0], _BOTH, "Clear the mark that does not hold.")
        return
    beside = placed_beside(sheet, row, columns.beside)
    for kind, (place, at) in found.items():
        if kind != PRESENT:
            timed: dict[str, Placed] = {} if at is None else {"Time": (at, row, place)}
            yield {**beside, OWN: (kind, row, place), **timed}


def _not_present(sheet: Sheet, columns: _Columns, row: int) -> int | None:
    """Return the place at which somebody wrote, and did not leave a box, that the student was not there."""
    cells = {place: cell_at(sheet, row, place) for place, kind in columns.kinds.items() if kind == PRESENT}
    texts = (place for place, cell in cells.items() if isinstance(cell, str) and cell.strip())
    return next((place for place in texts if text_of(cells[place]).strip() not in _BLANK), None)


def _is_header(sheet: Sheet, columns: _Columns, row: int) -> bool:
    """Tell whether the header stands in a row once more."""
    place = columns.beside["Date"]
    return cell_at(sheet, row, place) == cell_at(sheet, columns.row, place)


def _mark(cell: CellValue, kind: str) -> tuple[CellValue] | None:
    """Return the time that a mark tells, None in it for none; None where it is no mark of this kind."""
    if cell is True or cell == 1:
        return (None,)
    if isinstance(cell, time | timedelta) or (isinstance(cell, float | datetime) and _is_clock(cell)):
        return (cell,) if kind in TIMED else None
    if not isinstance(cell, str):
        return None
    typed = cell.strip()
    if typed.casefold() in _MARKS or is_remark(kind, typed) or typed.casefold() == kind[:1]:
        return (None,)
    if is_time(typed):
        return (typed,) if kind in TIMED else None
    said: Said | None = attendance_said(typed, {})
    if said is None or said.kind != kind:
        return None
    return (said.time or None,)


def _is_clock(cell: float | datetime) -> bool:
    """Tell whether a cell is a time of day as a spreadsheet keeps it: a fraction, or a day of 1899."""
    return cell.year <= 1900 if isinstance(cell, datetime) else 0.2 < cell < 1 and round(cell, 2) != cell


def _is_none(cell: CellValue) -> bool:
    return is_blank(cell) or cell is False or text_of(cell).strip().casefold() in _NONE


def _of_names(doubts: Doubts, columns: _Columns, row: int) -> Iterator[Mapping[str, Placed]]:
    """Yield what the names below each kind say: "Ana R., Ben T.", "Ana R. 9:40"."""
    beside = placed_beside(doubts.sheet, row, columns.beside)
    for place, kind in columns.kinds.items():
        cell = cell_at(doubts.sheet, row, place)
        if _is_none(cell) or kind == PRESENT:
            continue
        if not isinstance(cell, str):
            doubts.at(row, place, "This is no name: it is not read.", "Write the name as on the Caseload.")
            continue
        for name, at in _names_at(cell, kind):
            more: dict[str, Placed] = {"Time": (at, row, place)} if at else {}
            yield {**beside, "Student": (name, row, place), OWN: (kind, row, place), **more}


def _names_at(cell: str, kind: str) -> list[tuple[str, str]]:
    """Return the names of a cell with their times, "" for none: several apart where a mark that stands in no
    name parts them, or where each has its own time ("Ana R. 9:40, Ben T. 10:05")."""
    whole = [(cell.strip(), "")]
    if kind not in TIMED:
        return whole
    found: list[tuple[str, str]] = []
    for piece in filter(None, map(str.strip, _APART.split(cell))):
        parts = [part for part in map(str.strip, _LISTED.split(piece)) if part]
        timed = [_named_at(piece)] if _named_at(piece) else [_named_at(part) for part in parts]
        found += [one for one in timed if one] if all(timed) else [(piece, "")]
    return found if any(at for _, at in found) else whole


def _named_at(text: str) -> tuple[str, str] | None:
    timed = _NAMED_AT.fullmatch(text)
    return (timed["name"].strip(), timed["time"].strip()) if timed and is_time(timed["time"]) else None


def _ask_of_the_rest(doubts: Doubts, columns: _Columns) -> None:
    """Ask about the cells in columns that are not known and may say where the student was, or how long."""
    for place, header in columns.rest.items():
        below = range(columns.row + 1, len(doubts.sheet.rows) + 1)
        cells = {row: cell_at(doubts.sheet, row, place) for row in below}
        longer = [row for row, cell in cells.items() if may_be_longer(header, cell)]
        if longer:
            doubts.at(longer[0], place, MAY_BE_LONGER, WRITE_TO, Severity.QUESTION)
            continue
        kind = _kind_of_header(BRACKETS.sub(" ", header))
        marks = [row for row, cell in cells.items() if (not _is_none(cell) if kind else _is_marked(cell))]
        if _EXCUSED.fullmatch(header.strip()):
            marks = [row for row in marks if _is_unmarked(doubts.sheet, columns, row)]
        if marks:
            remedy = 'If it says where the student was, call it "Absent", "Tardy" or "Dismissed".'
            doubts.at(marks[0], place, _A_MARK, remedy, Severity.QUESTION)


def _is_unmarked(sheet: Sheet, columns: _Columns, row: int) -> bool:
    return all(_is_none(cell_at(sheet, row, place)) for place in columns.kinds)


def _is_marked(cell: CellValue) -> bool:
    return cell is True or text_of(cell).strip().casefold() in _MARKS - {"1"}
