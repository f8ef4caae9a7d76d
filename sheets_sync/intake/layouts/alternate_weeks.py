"""A and B weeks of a week grid: from which date each is held (counting.md, "Schedule")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.dates import read_date
from sheets_sync.intake.layouts.day_header import WEEK, week_letter
from sheets_sync.intake.layouts.listed import Placed, cell_at, not_read
from sheets_sync.intake.layouts.title_text import BEGINS, DATE
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

ALTERNATING = ("A", "B")
_ANCHOR = lazy_regex(rf"{WEEK.pattern}{BEGINS}(?P<date>{DATE})?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_REMEDY = 'Write above the days from when, with the year, like "Week A begins 9/8/2025".'


@dataclass(frozen=True)
class Weeks:
    """`begins` maps "A" and "B" to the first date that the sheet gives of such a week."""

    begins: Mapping[str, Placed] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_weeks(sheet: Sheet) -> Weeks:
    """Return from when weeks A and B are, where the sheet says it of one: the other is a week later.

    Two dates that do not fit each other are reported, and neither is taken.
    """
    found: dict[str, list[tuple[date, int, int]]] = {}
    for row, cells in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and len(cell) <= LONGEST and (said := _anchor(sheet, row, place, cell)):
                found.setdefault(said[0], []).append((said[1], row, place))
    dates = [(letter, *one) for letter in ALTERNATING for one in found.get(letter, ())]
    if not dates:
        return Weeks()
    letter, first, row, place = dates[0]
    for other, day, at, column in dates[1:]:
        apart = (_monday(day) - _monday(first)).days // 7 % 2
        if apart != (other != letter):
            problem = f"By this date and {_written(first)} weeks A and B do not alternate."
            return Weeks(problems=(not_read(sheet, at, column, problem, _REMEDY),))
    begins: dict[str, Placed] = {letter: (first, row, place)}
    for other, day, at, column in dates[1:]:
        begins.setdefault(other, (day, at, column))
    missing = "B" if letter == "A" else "A"
    begins.setdefault(missing, (_monday(first) + timedelta(days=7), row, place))
    return Weeks(begins)


def said_in_one_cell(sheet: Sheet) -> Sheet:
    """Return the sheet with "Week A" and "begins 9/8/2025" on its right in the first of these cells."""
    rows: list[Sequence[CellValue]] = list(sheet.rows)
    for row, cells in enumerate(sheet.rows, start=1):
        filled = [place for place, cell in enumerate(cells) if not is_blank(cell)]
        if len(filled) != 2 or not all(isinstance(cells[place], str) for place in filled):
            continue
        week, begins = (text_of(cells[place]) for place in filled)
        whole = f"{week} {begins}"
        if _anchor(sheet, row, filled[0], week) is None and _anchor(sheet, row, filled[0], whole):
            rows[row - 1] = [whole if place == filled[0] else None for place in range(len(cells))]
    return replace(sheet, rows=rows)


def counted_from(sheet: Sheet, weeks: Weeks) -> Problem:
    """Return the note from when weeks A and B are counted: before that there are none of them."""
    a, b = (weeks.begins[letter][0] for letter in ALTERNATING)
    _, row, place = weeks.begins["A"]
    stands = shown(cell_at(sheet, row, place))
    problem = f"Weeks A are counted from {_written(a)} on, weeks B from {_written(b)} on, every other week."
    remedy = "Write the first one of the school year, if this is a later one."
    return Problem(Severity.NOTE, sheet.name, a1(row, place), stands, problem, remedy)


def _written(day: CellValue) -> str:
    return f"{day.month}/{day.day}/{day.year}" if isinstance(day, date) else text_of(day)


def without_a_date(sheet: Sheet, row: int, place: int) -> Problem:
    """Return the error that weeks alternate, and from when is not told."""
    problem = "Weeks alternate here, and no date says which are meant: what stands below is not read."
    return not_read(sheet, row, place, problem, _REMEDY)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _anchor(sheet: Sheet, row: int, place: int, cell: str) -> tuple[str, date] | None:
    """Return the week that a cell names and the date beside it: in the cell, or in the one on its right."""
    if len(cell) > LONGEST or ("w" not in cell and "W" not in cell):
        return None
    found = _ANCHOR.match(plain(cell))
    if found is None or week_letter(found) not in ALTERNATING:
        return None
    if found["date"]:
        day = read_date(found["date"]).value
    else:
        day = None if found["rest"] else _date(cell_at(sheet, row, place + 1))
    return (week_letter(found), day) if day else None


def _date(cell: CellValue) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return read_date(text_of(cell)).value if isinstance(cell, str) and not is_blank(cell) else None
