"""Remarks beside the marks of a roster that may say something of one: "10/7 was a makeup for 10/1".

One with a date is held against the mark of that date, "absent 10/7" against an A there; without a date it is
asked about where it says that a session was missed, moved or made up, or was short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sheets_sync.categories import EXCUSED, OWED, Category
from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.intake.code import Code
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.layouts.date_blocks import Block
from sheets_sync.intake.layouts.listed import Placed
from sheets_sync.intake.plain import LONGEST
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

DayOfYear = tuple[int, int]

_MADE_UP = lazy_regex(
    r"\b(?:make[\s-]?ups?|made[\s-]?up|m/?u|mkups?|resched\w*|switched|swapped"
    r"|moved(?! (?:here|in|into|from|away|out|schools?|class\w*|to (?!\d|mon|tue|wed|thu|fri|next|the ))\b)"
    r")\b",
    re.IGNORECASE,
)
_OF_OTHERS = (
    r"cancel\w*|no[\s-]?session|not (?:held|given)|iss|field trip|meeting|mtg|assembly"
    r"|slp|therapist|provider|clinician|staff|teacher|i was"
)
"""Causes that are none of the student's: beside a mark that excuses they are another reading of it."""
_NOT_THE_STUDENT = lazy_regex(
    rf"\b(?i:{_OF_OTHERS})\b"
    r"|\b(?!Student|Child|Home|Was|Is|He|She|Out|Both)[A-Z][a-z]+ (?:was |is )?(?:out |off )?"
    r"(?:sick|absent|out|ill)\b"
)
_THE_STUDENT = lazy_regex(r"\b(?:student|child|he|she|home|mom|dad|parents?|flu|fever)\b", re.IGNORECASE)
_MISSED = lazy_regex(
    r"\b(?:absent|abs|sick|cancel\w*|refus\w*|declin\w*|not (?:seen|held|given|here)|no[\s-]?(?:session|show)"
    r"|suspended|oss|iss|field trip|meeting|mtg)\b",
    re.IGNORECASE,
)
_AWAY = lazy_regex(
    r"(?:\w+ )?(?:was )?(?:out|away|gone)"
    r"|(?:\w+ )?(?:did|would|could)(?: not|n['’]?t) (?:come|attend|make it)",
    re.IGNORECASE,
)
_MINUTES = lazy_regex(r"\b(\d+) ?(?:m|mins?|minutes)\b", re.IGNORECASE)
_IN_PART = lazy_regex(
    rf"\b(?:only|late|tardy|early|half|short\w*|partial\w*)\b|{_MINUTES.pattern}", re.IGNORECASE
)
_WAS_SHORT = lazy_regex(
    r"\b(?:left|came|arrived|dismissed|went home|picked up) (?:\w+ )?(?:early|late)\b"
    rf"|\b(?:short|half|partial)\w* sessions?\b|\bonly \d|{_MINUTES.pattern}",
    re.IGNORECASE,
)
_CONTRARY = lazy_regex(r"\b(?:owe[sd]?|error|mistake|wrong|should (?:be|say|have)|actually)\b", re.IGNORECASE)
_A_DATE = lazy_regex(rf"\b\d{{1,2}}[/-]\d{{1,2}}\b|\b{MONTH}\.? \d{{1,2}}\b", re.IGNORECASE)
_FEW_WORDS = 4
"""So short a remark that says such a thing may be of a mark, also without a date."""
_BLANK, _WHOLE, _PART, _MADE, _EXCUSES, _OWES = range(6)
_NOT_HELD = {_EXCUSES, _OWES}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark is counted as (_WHOLE ... _OWES), and the minutes that it says."""

    kind: int
    minutes: int | None = None


SaidByCell = Callable[[CellValue], Code | None]


def code_reader(codes: Mapping[str, str]) -> SaidByCell:
    """Return what reads the codes of a grid, each distinct cell once: True is not 1.0 here."""

    @cache
    def read(_kind: str, cell: CellValue) -> Code | None:
        return read_code(cell, codes=codes).value

    return lambda cell: read(type(cell).__name__, cell)


def marks_of_rows(
    block: Block, records: Sequence[Mapping[str, Placed]], own: str, says: SaidByCell
) -> Mapping[int, Mapping[DayOfYear, list[Mark]]]:
    """Return the marks of each row with records, by the dates of the table; a date without one is blank."""
    days = [day for day in map(_day_of_year, block.dates.dates.values()) if day]
    rows: dict[int, dict[DayOfYear, list[Mark]]] = {}
    for record in records:
        marks = rows.setdefault(record[own][1], {})
        day = _day_of_year(record["Date"][0])
        if day:
            marks.setdefault(day, []).append(_mark(record, block, own, says))
    return {row: {day: marks.get(day, [Mark(_BLANK)]) for day in days} for row, marks in rows.items()}


def may_be_of_a_mark(text: str, marks: Mapping[DayOfYear, Sequence[Mark]]) -> bool:
    """Tell whether a remark may say something of a mark in its row that the marks do not say."""
    if len(text) > 2 * LONGEST:
        return False
    dated = list(_A_DATE.finditer(text))
    said = any(form.search(text) for form in (_MADE_UP, _MISSED, _IN_PART, _CONTRARY))
    if not said and not (dated and _says_missed(text)):
        return False
    if not dated:
        asked = any(form.search(text) for form in (_MADE_UP, _MISSED, _WAS_SHORT, _CONTRARY))
        return asked and len(text.split()) <= _FEW_WORDS
    days = [_day_of_year(found[0]) for found in dated]
    found = [mark for day in days if day for mark in marks.get(day, ())]
    return not found or not _agree(text, found)


def _says_missed(text: str) -> bool:
    """Tell whether a remark with a date, or one part of it, says why a session was missed: "10/7 drill"."""
    parts = [_A_DATE.sub(" ", part).strip(" :-–") for part in re.split(r"[,;]", text)]
    codes = (read_code(part).value for part in parts if part and not part.isdigit())
    return any(map(_AWAY.fullmatch, parts)) or any(
        code and code.category in (*EXCUSED, *OWED) for code in codes
    )


def _agree(text: str, marks: Sequence[Mark]) -> bool:
    kinds = {mark.kind for mark in marks}
    fitting: set[int] = set()
    for form, wanted, others in (
        (_MADE_UP, {_MADE}, _NOT_HELD),
        (_MISSED, _NOT_HELD, set()),
        (_IN_PART, {_PART}, set()),
    ):
        if form.search(text) or (form is _MISSED and _says_missed(text)):
            if not kinds & wanted:
                return False
            fitting |= wanted | others
    minutes = {int(found[1]) for found in _MINUTES.finditer(text)}
    contrary = (
        _CONTRARY.search(text)
        or (_EXCUSES in kinds and _NOT_THE_STUDENT.search(text))
        or (_OWES in kinds and _THE_STUDENT.search(text))
    )
    return kinds <= fitting and minutes <= {mark.minutes for mark in marks} and not contrary


def _mark(record: Mapping[str, Placed], block: Block, own: str, says: SaidByCell) -> Mark:
    code = says(record[own][0])
    if code is None or code.category is Category.UNKNOWN:
        return Mark(_BLANK)
    if code.category is Category.MAKE_UP:
        return Mark(_MADE, code.minutes)
    if code.category not in (Category.DELIVERED, Category.LATE):
        return Mark(_EXCUSES if code.category in EXCUSED else _OWES)
    beside = "Minutes" in record and record["Minutes"][2] >= block.dates.first
    in_part = beside or code.minutes is not None or code.category is Category.LATE
    return Mark(_PART if in_part else _WHOLE, code.minutes)


def _day_of_year(day: object) -> DayOfYear | None:
    if isinstance(day, date):
        return day.month, day.day
    written = read_written_date(day) if isinstance(day, str) else None
    return (written.month, written.day) if written and written.day else None
