"""A list in sections: a row that holds a student, a weekday or a date alone says it of the rows below it.

So logs are kept in which each student has a block, and schedules by the day: there is no column for what the
rows between the entries say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sheets_sync.intake.cells import is_blank, shown
from sheets_sync.intake.dated_rows import is_a_day
from sheets_sync.intake.layouts.header_words import is_weekday
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.services import known_service
from sheets_sync.intake.tab_rows import Ints, TabRows, column_of
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, a1, cell_number

_COLUMNS = {"Schedule": ("Student", "Days"), "Service Log": ("Student", "Date")}
_WHAT = {"Student": "student", "Days": "day", "Date": "date", "Service": "service"}

_TOTAL = lazy_regex(r"\s*(?:grand |sub-?)?(?:totals?|sum|average|count)\b", re.IGNORECASE)

Given = Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """A cell that stands alone in its 1-based row; None where what it says is not to be told."""

    row: int
    place: int
    cell: CellValue


def read_named_sections(
    sheet: Sheet, tab: str, read: Callable[[Given], TabRows], given: Given, known: PeopleKnown
) -> TabRows | None:
    """Return the rows of a list in sections, None where it is none. `read` reads the list without the column
    that it is given as blank. What stands alone in a row and is no student or day of ours is that of the
    rows below it all the same: they are then refused, and not another's."""
    for name in _COLUMNS.get(tab, ()):
        try:
            rows = read({**given, name: ""})
        except CannotCount:
            continue
        if rows.column(name).position >= 0:
            continue
        of_services = rows.column("Service").position < 0 and "Service" in rows.columns
        sections = [
            one
            for one in alone_in_rows(rows)
            if _may_say(one.cell, name) and not (of_services and _is_service(one.cell))
        ]
        first = next((one for one in sections if _says(one.cell, name, known)), None)
        if first is not None:
            return in_sections(rows, name, sections, first)
    return None


def in_sections(rows: TabRows, name: str, sections: Sequence[Section], first: Section) -> TabRows:
    """Return the rows with the column `name` as the sections say it, the `first` of which is shown."""
    sheet = rows.sheet
    alone = alone_in_rows(rows)
    at = {section.row: section for section in sections}
    current: Section | None = None
    of: list[Section | None] = []
    last = 0
    for row in rows.rows.tolist():
        for between in range(last + 1, row + 1):
            current = at.get(between, current)
        last = row
        of.append(current)
    left_out = {*at, *(one.row for one in alone if is_a_day(one.cell) or is_total(one.cell))}
    keep = [row not in left_out for row in rows.rows.tolist()]
    remarks = {one.row for one in alone} - left_out
    of = [None if row in remarks else one for row, one in zip(rows.rows.tolist(), of, strict=True)]
    kept = [number for number, is_kept in enumerate(keep) if is_kept]
    entries = rows.at(_positions(kept))
    said = [of[number] for number in kept]
    places = [
        cell_number(one.row, one.place) if one else cell_number(int(entries.rows[number]), first.place)
        for number, one in enumerate(said)
    ]
    column = column_of(name, first.place, [one.cell if one else None for one in said], _positions(places))
    columns = {**entries.columns, name: column}
    return replace(entries, columns=columns, problems=(*rows.problems, _note(sheet, name, first)))


def _positions(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def alone_in_rows(rows: TabRows) -> list[Section]:
    """Return the cells below the header of a list that stand alone in their rows."""
    there = [~column.blank() for column in rows.columns.values() if column.position >= 0]
    entries = set(rows.rows[np.sum(there, axis=0) > 1].tolist()) if there else set()
    found = []
    for row, cells in enumerate(rows.sheet.rows[rows.header :], start=rows.header + 1):
        if row in entries:
            continue
        filled = [place for place, cell in enumerate(cells) if not is_blank(cell)]
        if len(filled) == 1:
            found.append(Section(row, filled[0], cells[filled[0]]))
    return found


def _may_say(cell: CellValue, name: str) -> bool:
    """Tell whether a cell alone can begin a section: of dates a date alone, else any words but a total."""
    if name == "Date":
        return is_a_day(cell)
    return isinstance(cell, str) and not is_a_day(cell) and not is_total(cell)


def _is_service(cell: CellValue) -> bool:
    """Tell it of a cell that in a list without a column Service says that (service_sections.py)."""
    return isinstance(cell, str) and known_service(cell.strip(" :")) is not None


def is_total(cell: CellValue) -> bool:
    """Tell whether a cell begins like a total."""
    return isinstance(cell, str) and _TOTAL.match(cell) is not None


def _says(cell: CellValue, name: str, known: PeopleKnown) -> bool:
    if name != "Student":
        return name == "Date" or is_weekday(cell)
    words = name_words(cell) if isinstance(cell, str) else ()
    called = known.students.find(words)
    return called is not None and called[0] == len(words)


def _note(sheet: Sheet, name: str, first: Section) -> Problem:
    what = _WHAT[name]
    return Problem(
        Severity.NOTE,
        sheet.name,
        a1(first.row, first.place),
        shown(first.cell),
        f"There is no column for the {what}: each row is of the {what} that stands alone above it.",
        f"Nothing, if that is right. Else write the {what} into each row.",
    )
