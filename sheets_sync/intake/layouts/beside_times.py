"""The columns between the times of a week grid and its first day: a service, a provider, minutes, a date.

What stands there holds for the sessions of its row. A column that is not understood leaves open what these
are, and the rows for which something stands in it are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.clock import read_duration
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.grid_sections import Body, Section
from sheets_sync.intake.layouts.listed import Placed, cell_at, not_read
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import read_session_line
from sheets_sync.intake.layouts.side import Slot
from sheets_sync.intake.layouts.times_down import clock_of
from sheets_sync.intake.periods import is_part_of_day, kind_of_header, period_key, periods_spanned
from sheets_sync.ports import CellValue
from sheets_sync.problems import Problem

_OF_CLASS = ("Grade", "Classroom teacher")
"""Columns of the Caseload that say in whose class the students are, and nothing of their sessions."""
_DETAILS = ("Student", "Service", "Provider", "Location", "Group", "From", "To")
_NUMBERS = frozenset(("#", "no", "no.", "nr", "number"))
_REMEDY = 'Write above it what it holds: "Service", "Provider", "Location", "Minutes" or "From".'


@dataclass(frozen=True)
class BesideTimes:
    """`of_rows` is what each row says of its sessions: by row and canonical column, what stands where.

    `notes` are the columns of notes, `unread` the rows in which a column stands that is not understood.
    """

    of_rows: Mapping[int, Mapping[str, Placed]] = field(default_factory=dict)
    notes: tuple[int, ...] = ()
    unread: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()


def minutes_beside(body: Body, side: range) -> int | None:
    """Return the column that says how many minutes the sessions of each row last, None for none."""
    return next((at for at in side if _name(body, at) == "Minutes"), None)


def lengths_beside(body: Body, side: range) -> Mapping[int, int]:
    """Return the minutes that such a column says, by row."""
    column = minutes_beside(body, side)
    rows = range(body.first_row, body.days.last_row + 1) if column is not None else ()
    cells = ((row, cell_at(body.sheet, row, column or 0)) for row in rows)
    read = {row: read_duration(cell).value for row, cell in cells if not is_blank(cell)}
    return {row: minutes for row, minutes in read.items() if minutes is not None}


def read_beside_times(
    body: Body, side: range, slots: Sequence[Slot], sections: Sequence[Section], known: PeopleKnown
) -> BesideTimes:
    """Return what the columns of a side say of the rows of times (`slots`)."""
    headings = {part.first for part in sections[1:]}
    rows = [row for row in range(body.first_row, body.days.last_row + 1) if row not in headings]
    of_rows: dict[int, dict[str, Placed]] = {}
    notes, unread, problems = [], set[int](), []
    for place in side:
        filled = {row: cell for row in rows if not is_blank(cell := cell_at(body.sheet, row, place))}
        name = _name(body, place)
        if not filled or name in ("Minutes", "Classroom teacher") or _is_of_times(body, place, filled):
            continue
        if name == "Grade":
            for row, cell in filled.items():
                of_rows.setdefault(row, {})["Grade"] = (cell, row, place)
            continue
        if name == "Notes":
            notes.append(place)
            continue
        said = list(_said(body, place, filled, name, known))
        for row, more in said:
            of_rows.setdefault(row, {}).update(more)
        open_rows = _left_open(body, place, filled, {row for row, _ in said}, slots)
        if open_rows:
            unread |= open_rows
            where = _header_row(body, place) or min(filled)
            problem = "What this column says of the sessions beside it is not told: these are not read."
            problems.append(not_read(body.sheet, where, place, problem, _REMEDY))
    return BesideTimes(of_rows, tuple(notes), frozenset(unread), tuple(problems))


def of_these_minutes(
    body: Body, column: int | None, slots: Sequence[Slot]
) -> tuple[tuple[Slot, ...], list[Problem]]:
    """Return the rows of times that last as long as a column of minutes says, and what is wrong elsewhere."""
    if column is None:
        return tuple(slots), []
    kept, problems = [], []
    for slot in slots:
        cell = cell_at(body.sheet, slot.row, column)
        lengths = {end - start for start, end in (slot.of_days.values() or [(slot.start, slot.end)])}
        if is_blank(cell) or lengths == {read_duration(cell).value}:
            kept.append(slot)
        else:
            problem = "This is not how long the time beside it lasts: the sessions of this row are not read."
            problems.append(not_read(body.sheet, slot.row, column, problem, "Mend the minutes or the time."))
    return tuple(kept), problems


def _header_row(body: Body, place: int) -> int:
    """Return in which row, that of the days or the one below it, a column has its header; 0 for none."""
    rows = range(body.days.row, body.first_row)
    return next((row for row in rows if not is_blank(cell_at(body.sheet, row, place))), 0)


def _name(body: Body, place: int) -> str:
    row = _header_row(body, place)
    header = text_of(cell_at(body.sheet, row, place)) if row else ""
    of_class = read_header(header, tab="Caseload").value or ""
    return of_class if of_class in _OF_CLASS else read_header(header, tab="Schedule").value or ""


def _is_of_times(body: Body, place: int, filled: Mapping[int, CellValue]) -> bool:
    """Tell whether a column is one of times or periods, or says nothing but "AM" and "Lunch"."""
    if any(clock_of(cell) for cell in filled.values()):
        return True
    row = _header_row(body, place)
    header = text_of(cell_at(body.sheet, row, place)) if row else ""
    kind = kind_of_header(header)
    counts = not header or header.casefold() in _NUMBERS or bool(kind)
    return all(
        (counts and (period_key(text, kind) or periods_spanned(text)))
        or is_part_of_day(text)
        or is_no_session(text)
        or _is_period(text)
        for text in map(text_of, filled.values())
    )


def _is_period(text: str) -> bool:
    return bool(period_key(text) or periods_spanned(text)) and not text[:1].isdigit()


def _said(
    body: Body, place: int, filled: Mapping[int, CellValue], name: str, known: PeopleKnown
) -> Iterator[tuple[int, Mapping[str, Placed]]]:
    """Yield what a column says of each row for which it says anything that is understood."""
    dates = name == "Start"
    for row, cell in filled.items():
        placed = (cell, row, place)
        if name in _DETAILS or dates:
            here: Mapping[str, Placed] = {"From" if dates else name: placed}
        elif _header_row(body, place) or not isinstance(cell, str):
            continue
        else:
            read = read_session_line(cell, known)
            named = {"Provider": read.provider, "Service": read.service}
            if read.unknown or read.students or read.times or not any(named.values()):
                continue
            here = {name: (text, row, place) for name, text in named.items() if text}
        for covered in range(row, _bottom(body, row, place) + 1):
            yield covered, here


def _bottom(body: Body, row: int, place: int) -> int:
    """Return the last of the rows over which a cell is merged."""
    return max((end for top, left, end, _ in body.merged if (top, left) == (row, place)), default=row)


def _left_open(
    body: Body, place: int, filled: Mapping[int, CellValue], said: set[int], slots: Sequence[Slot]
) -> set[int]:
    """Return the rows of which a column leaves open what it says: those in which it is not understood, and
    below a label without a header all rows that have none of their own."""
    rows = {slot.row for slot in slots}
    if _header_row(body, place):
        return {row for at in filled for row in range(at, _bottom(body, at, place) + 1)} & rows - said
    return {row for row in rows if row >= min(filled)} - said
