"""What stands beside the Kind of a Calendar's row and may say that the day is another, or not for everybody.

Label, Notes, "Who", "School": such rows are counted as their Kind says, and asked about, once a column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheets_sync.intake.calendar_closings import may_close
from sheets_sync.intake.calendar_events import is_day_of_school
from sheets_sync.intake.calendar_kinds import FIRST_DAY, LAST_DAY, NO_SCHOOL, SHORT, limits, read_kind
from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.intake.cells import cell_in, is_blank, shown, text_of
from sheets_sync.intake.dates_in_kinds import names_other_days
from sheets_sync.intake.names import name_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.rotation_names import rotation_days
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

_DAYS = (NO_SCHOOL, *SHORT, FIRST_DAY, LAST_DAY, "esy")
"""Kinds of days; of terms and cycle days nothing beside them takes anything back."""
_READ = ("Date", "To", "Kind", "Time")
_OF_WHOM = lazy_regex(
    r"(?:who|whom|for(?: whom)?|schools?|buildings?|campus(?:es)?|sites?|grades?|grade levels?|levels?"
    r"|divisions?|applies to|affects|audience|students?|groups?|who'?s off"
    r"|schools? affected|grades? affected)",
    re.IGNORECASE,
)
_STAFF = lazy_regex(r"(?:for )?(?:staff|teachers?|faculty|employees)", re.IGNORECASE)
"""What a Calendar says of these beside "Students" is of no session."""
_OF_DAYS = lazy_regex(r"\b(?:day|cycle|rotation)", re.IGNORECASE)
"""Below such a header a number may be the day of a rotation."""
_SHORTENS = lazy_regex(r"\b(?:dismiss\w*|releas\w*|early|late|delay\w*|half)\b", re.IGNORECASE)
_EVERYBODY = frozenset(
    (
        *(
            "all",
            "all schools",
            "all students",
            "all grades",
            "all staff and students",
            "district",
            "everyone",
        ),
        *("districtwide", "district-wide", "district wide", "students", "students and staff", "all campuses"),
        *(
            "all sites",
            "whole school",
            "school",
            "k-12",
            "pk-12",
            "prek-12",
            "all levels",
            "both",
            "everybody",
        ),
        *("n/a", "-", "staff and students", "staff & students", "all staff & students", "x", "yes"),
    )
)
_UNTIL = lazy_regex(
    r"\b(?:through|thru|until|till|to|ends?|ending|returns?|resumes?|back)\b\W*(?:on\s|the\s)?(?:[a-z]+day,?\s)?"
    r"(?:\d{1,2}/\d{1,2}\b|\d{4}-\d\d-\d\d"
    rf"|{MONTH}\.?\s\d)",
    re.IGNORECASE,
)

Row = Sequence[CellValue]


def ask_beside_kind(
    sheet: Sheet, header: int, columns: Mapping[str, int], kept: Sequence[int]
) -> tuple[Problem, ...]:
    """Ask of each column beside the Kind that may change what a row says: `columns` are those in use, by
    their 0-based places, `kept` the rows' 1-based numbers."""
    used = {columns[name] for name in _READ if name in columns}
    counted = [row for row in kept if _kind(sheet.rows[row - 1], columns) in _DAYS]
    of_school = [row for row in kept if _is_of_school(sheet.rows[row - 1], columns)]
    short = [row for row in kept if _kind(sheet.rows[row - 1], columns) in SHORT]
    of = text_of(cell_in(sheet.rows[header - 1], columns.get("Kind", -1)))
    is_of_students = "student" in of.casefold()
    asked = []
    for place, cell in enumerate(sheet.rows[header - 1]):
        if place in used or is_blank(cell) or (is_of_students and _STAFF.fullmatch(plain(text_of(cell)))):
            continue
        if _OF_WHOM.fullmatch(plain(text_of(cell)[:LONGEST]).replace("(s)", "s").strip(" ?:()")):
            rows = _of_some(sheet, place, kept, counted)
        else:
            rows = [row for row in counted if _may_change(sheet.rows[row - 1], place, columns)]
        if place not in columns.values():
            rows += _of_another_day(sheet, header, place, of_school)
        rows += _of_a_rotation(sheet, header, place, of_school, short)
        if rows:
            asked.append(_question(sheet, sorted({*rows}), place))
    return tuple(asked)


def _kind(row: Row, columns: Mapping[str, int]) -> str:
    kind = read_kind(text_of(cell_in(row, columns.get("Kind", -1)))).value
    return kind.kind if kind is not None else ""


def _is_of_school(row: Row, columns: Mapping[str, int]) -> bool:
    return is_day_of_school(name_key(text_of(cell_in(row, columns.get("Kind", -1)))))


def _of_another_day(sheet: Sheet, header: int, place: int, of_school: Sequence[int]) -> list[int]:
    """Return the rows of a Kind "School" of which this column says what day it is: "A", "half day"."""
    said = _days_said(sheet, header, place, of_school)
    rotation = rotation_days(said.values())
    kinds = {text: read_kind(text).value for text in set(said.values())}
    return [
        row
        for row, text in said.items()
        if text in rotation
        or ((kind := kinds[text]) and kind.kind)
        or may_close(text)
        or _SHORTENS.search(text[:LONGEST])
    ]


def _of_a_rotation(
    sheet: Sheet, header: int, place: int, of_school: Sequence[int], short: Sequence[int]
) -> list[int]:
    """Return the short days that have in this column the rotation day which other days have there."""
    said = _days_said(sheet, header, place, [*of_school, *short]) if short else {}
    rotation = rotation_days(said.values())
    return [row for row in short if said[row] in rotation]


def _days_said(sheet: Sheet, header: int, place: int, rows: Sequence[int]) -> dict[int, str]:
    """Return what each row says in a column, a number below a header of days as such a day: "Day 3"."""
    said = {row: text_of(cell_in(sheet.rows[row - 1], place)) for row in rows}
    if _OF_DAYS.search(text_of(cell_in(sheet.rows[header - 1], place))[:LONGEST]):
        return {row: f"Day {text}" if text.isdecimal() else text for row, text in said.items()}
    return said


def _of_some(sheet: Sheet, place: int, kept: Sequence[int], counted: Sequence[int]) -> list[int]:
    """Return the rows that are for some alone; none where each row of the sheet names the same: it is the
    calendar of one school."""
    said = {row: name_key(text_of(cell_in(sheet.rows[row - 1], place))) for row in kept}
    if len(set(said.values())) == 1 and len(said) > 1:
        return []
    return [row for row in counted if said[row] and said[row] not in _EVERYBODY]


def _may_change(row: Row, place: int, columns: Mapping[str, int]) -> bool:
    cell = cell_in(row, place)
    if not isinstance(cell, str) or is_blank(cell) or len(cell) > LONGEST:
        return False
    until = _UNTIL.search(plain(cell)) or names_other_days(cell)
    if limits(cell) or (is_blank(cell_in(row, columns.get("To", -1))) and until):
        return True
    beside = read_kind(cell).value
    is_another = beside is not None and beside.kind in (*SHORT, FIRST_DAY, LAST_DAY)
    return is_another and _kind(row, columns) == NO_SCHOOL


def _question(sheet: Sheet, rows: Sequence[int], place: int) -> Problem:
    numbers = f" ({len(rows)} rows: {', '.join(map(str, rows[:5]))}{', ...' if rows[5:] else ''})"
    return Problem(
        Severity.QUESTION,
        sheet.name,
        a1(rows[0], place),
        shown(cell_in(sheet.rows[rows[0] - 1], place)),
        "What stands here may say that the day is not so for all students, is not certain, or is another day:"
        " the row is counted as its Kind, Date and To say." + (numbers if rows[1:] else ""),
        "Take the row out if it is not for your students, and write its last day into To; else leave it.",
    )
