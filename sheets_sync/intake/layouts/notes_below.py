"""Notes at the foot of a week grid: one that may change the sessions above is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheets_sync.intake.calendar_words import weekdays
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.day_header import WEEK
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.title_text import FROM_WHEN, NOT_ABOUT, NOT_HELD
from sheets_sync.intake.services import services_spoken_of
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity

_CHANGES = re.compile(
    r"^\*|\b(?:only|weeks?|(?:odd|even|[ab]) days?|min(?:ute)?s?|started?|ended|moved?|changed?|skip\w*"
    r"|instead)\b",
    re.IGNORECASE,
)


def ask_below(
    sheet: Sheet,
    cells: Iterable[tuple[int, int]],
    known: PeopleKnown,
    problems: GridProblems,
    *,
    of_students: bool = False,
) -> None:
    """Ask about the cells (row, place) whose text names a student, a day, a service or weeks, or may say from
    or until when the sessions above are held; `of_students`: only about those that name a student."""
    problem = "This may change the sessions above: they are counted without it."
    remedy = (
        "Write it into their cells; keep a session that is not held in every week as a list with From and To."
    )
    for row, place in cells:
        text = text_of(cell_at(sheet, row, place))
        if _names_a_student(text, known) or (not of_students and _may_change(text)):
            problems.report(Severity.QUESTION, row, place, problem, remedy)


def _names_a_student(text: str, known: PeopleKnown) -> bool:
    words = name_words(text)
    return any(known.students.find(words[at:]) for at in range(len(words)))


def _may_change(text: str) -> bool:
    said = (NOT_HELD, FROM_WHEN, NOT_ABOUT, WEEK, _CHANGES)
    return bool(
        any(one.search(text) for one in said)
        or not weekdays().keys().isdisjoint(name_words(text))
        or services_spoken_of(text)
    )
