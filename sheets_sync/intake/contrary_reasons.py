"""A Reason, or a short note, beside the Status of a session that was missed, and that says another cause.

"Absent" and "Excused" do not say who: "SLP out sick" beside them is no absence of the student (counting.md,
"What a code does": the one is excused, the other owed). The Status that names its cause is counted, and
asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sheets_sync.categories import OWED, Category
from sheets_sync.intake.causes_beside import Told, columns_with_causes, read_cause
from sheets_sync.intake.cells import shown, text_of
from sheets_sync.intake.codes import Code
from sheets_sync.intake.context import Context
from sheets_sync.intake.holidays import may_be_kept_at_home
from sheets_sync.intake.known_codes import code_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.tab_rows import Column, Flags, Ints, Readings, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

Dates = npt.NDArray[np.datetime64]

_WATCHED = (Category.STUDENT_ABSENT, Category.STUDENT_REFUSED, Category.STUDENT_UNAVAILABLE)
_AWAY = (Category.STUDENT_ABSENT, Category.STUDENT_UNAVAILABLE)
_SHUT = (Category.SCHOOL_CLOSED, Category.AGREED_DAY_OFF)
_ALIKE = (_WATCHED, OWED, _SHUT, (Category.SUSPENDED,))
"""Causes that come to the same account."""
_MISSED = tuple(category for alike in _ALIKE for category in alike)
_BARE = lazy_regex(
    r"(?:(?:absen(?:t|ces?)|abs?|(?:un)?exc?(?:used)?|(?:un)?verified|no[- ]?show|ncns|no call|[eu])"
    r"[\s/,._()-]*)+",
    re.IGNORECASE,
)
"""A Status that does not say who was away, nor why."""
_OF_THE_STUDENT = lazy_regex(
    r"\b(?:student|stu|child|pupil|kid|refus\w*|declin\w*|no[- ]show|parents?|truan\w*|sa|cna)\b",
    re.IGNORECASE,
)
"""Without one of these "absent" and "doctor's appointment" may be the provider's."""
_ILL = r"(?:sick|ill|fever|hospital\w*)"
_OWN_CHILD = lazy_regex(
    rf"\b(?:own|his|her|their|my) (?:{_ILL} )?(?:child|kid)(?:ren|s)?\b|\b{_ILL} (?:child|kid)(?:ren|s)?\b"
    rf"|\b(?:child|kid)(?:ren|s)? (?:(?:is|was|are|were|has|had|with|in) )?(?:an? )?{_ILL}\b",
    re.IGNORECASE,
)
"""A provider stays at home for these too."""
_WITHOUT_STUDENTS = lazy_regex(
    r"\b(?:pd|training|development|conferences?|in-?service|meetings?|work ?day|leave|school|district)\b",
    re.IGNORECASE,
)
"""What staff do on a day on which school is closed to students."""
_REMEDY = 'Write into Status what became of the session, like "student absent" or "provider absent".'
_TWO = "Status does not say who was away, and the cell below {} beside it names something else."


@dataclass(frozen=True)
class _Told:
    """What a column says of each row: its category (UNKNOWN: nothing; `surely`: and nothing else), and the
    marks of its words."""

    column: Column
    header: str
    found: tuple[Reading[Code] | None, ...]
    surely: Flags
    categories: Ints
    of_student: Flags
    of_family: Flags
    of_staff: Flags


def with_contrary_reasons(
    rows: TabRows, codes: Readings[Code], days: Dates, known: Mapping[str, str], context: Context
) -> Readings[Code]:
    """Return the readings of the Status without those that the Reason, or a note, takes back.

    Beside "Absent" and the like a closed school and a suspension are what became of the session; what is
    owed leaves it unread. A column not in use is heard where Reason and Notes are blank; beside them a second
    Reason is asked about. Any other contradiction is asked about, and counted as the Status says: so is a
    closed school on a day (`days`, one a row) on which somebody was seen.
    """
    status = codes.each(lambda code: int(code.category), int(Category.UNKNOWN), "int64")
    missed = np.isin(status, (*_MISSED, Category.LATE))
    own = {code_key(code) for code in known}
    bare = (status == int(Category.STUDENT_ABSENT)) & codes.column.where(lambda cell: _is_bare(cell, own))
    untold, seen = missed, np.isin(days, days[status == int(Category.DELIVERED)])
    remarked = ~(rows.column("Reason").blank() & rows.column("Notes").blank())
    for beside in columns_with_causes(rows, missed):
        heard = untold if beside.is_known or beside.is_reason else untold & ~remarked
        told = _at_home(status, _told(beside, heard, known, context))
        untold = untold & (told.categories == int(Category.UNKNOWN))
        other = missed & _contrary(status, told)
        surely = told.surely if beside.is_known else told.surely & ~remarked
        suspended = surely & np.isin(status, _AWAY) & (told.categories == int(Category.SUSPENDED))
        shut = bare & surely & np.isin(told.categories, _SHUT)
        taken = (shut & ~seen) | suspended
        refused = bare & other & surely & ~taken & ~shut
        _ask(rows, told.column, other & ~taken & ~refused, context)
        codes = _with(codes, taken, told, refused)
    return codes


def _told(beside: Told, wanted: Flags, known: Mapping[str, str], context: Context) -> _Told:
    column = beside.column
    here = column.standing_in(wanted)
    causes = [
        read_cause(beside, cell, known, context) if number in here else None
        for number, cell in enumerate(column.cells)
    ]
    found = tuple(cause.reading if cause else None for cause in causes)
    numbers = [
        int(Category.UNKNOWN if one is None or one.value is None else one.value.category) for one in found
    ]
    if not beside.is_reason:
        numbers = [number if number in _MISSED else int(Category.UNKNOWN) for number in numbers]
    categories = np.array(numbers, dtype=np.int64)[column.codes]
    texts = {number: text_of(column.cells[number]) for number, one in enumerate(found) if one is not None}
    return _Told(
        column,
        beside.header,
        found,
        np.array([cause is None or cause.surely for cause in causes], dtype=bool)[column.codes],
        np.where(wanted, categories, int(Category.UNKNOWN)),
        _holds(lambda text: _OF_THE_STUDENT.search(_OWN_CHILD.sub(" ", text)) is not None, column, texts),
        _holds(may_be_kept_at_home, column, texts),
        _holds(lambda text: _WITHOUT_STUDENTS.search(text) is not None, column, texts),
    )


def _at_home(status: Ints, told: _Told) -> _Told:
    """Leave out the holidays that somebody who was away may have kept: they say no other cause."""
    away = np.isin(status, (*_WATCHED, Category.PROVIDER_ABSENT))
    kept = away & told.of_family & (told.categories == int(Category.SCHOOL_CLOSED))
    return replace(told, categories=np.where(kept, int(Category.UNKNOWN), told.categories))


def _holds(holds: Callable[[str], bool], column: Column, texts: Mapping[int, str]) -> Flags:
    """Tell for each row whether something holds of its cell; `texts` are those that say something, by their
    positions in `column.cells`."""
    said = np.zeros(len(column.cells), dtype=bool)
    said[[number for number, text in texts.items() if holds(text)]] = True
    return said[column.codes]


def _contrary(status: Ints, told: _Told) -> Flags:
    """Tell which rows have another cause in this column than the Status says."""
    other: Flags = np.isin(told.categories, (*_MISSED, Category.DELIVERED))
    for alike in _ALIKE:
        other &= ~(np.isin(status, alike) & np.isin(told.categories, alike))
    late = status == int(Category.LATE)
    other &= ~late | np.isin(told.categories, (*OWED, Category.STUDENT_ABSENT))
    away = np.isin(told.categories, _WATCHED)
    other &= ~((status == int(Category.PROVIDER_ABSENT)) & away & ~told.of_student)
    other &= ~((status == int(Category.SUSPENDED)) & away)
    busy = told.of_staff & (told.categories == int(Category.PROVIDER_ABSENT))
    other &= ~((status == int(Category.SCHOOL_CLOSED)) & busy)
    return other


def _is_bare(cell: CellValue, own: set[str]) -> bool:
    typed = plain(text_of(cell)[:LONGEST])
    return _BARE.fullmatch(typed) is not None and code_key(typed) not in own


def _ask(rows: TabRows, column: Column, where: Flags, context: Context) -> None:
    problem = "Status names another cause than this does: it is counted as Status says."
    context.found.at_rows(Severity.QUESTION, rows, column, where, problem, _REMEDY)


def _with(codes: Readings[Code], taken: Flags, told: _Told, refused: Flags) -> Readings[Code]:
    """Return the readings with those of the other column where that is taken, and with a refused Status."""
    if not (taken | refused).any():
        return codes
    column, count = codes.column, len(codes.column.cells)
    refusal: Reading[Code] = Reading(None, _TWO.format(shown(told.header)), _REMEDY)
    numbers = np.where(refused, count + column.codes, column.codes)
    numbers = np.where(taken, 2 * count + told.column.codes, numbers)
    cells = (*column.cells, *column.cells, *told.column.cells)
    blanks = np.concatenate([column.blanks, column.blanks, told.column.blanks])
    found = (*codes.found, *(refusal for _ in column.cells), *told.found)
    return Readings(replace(column, cells=cells, codes=numbers, blanks=blanks), found)
