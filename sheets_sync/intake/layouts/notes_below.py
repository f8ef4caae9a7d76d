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
    sheet: Sheet, cells: Iterable[tuple[int, int]], known: PeopleKnown, problems: GridProblems
) -> None:
    """Ask about the cells (row, place) whose text names a student, a day, a service or weeks, or may say from
    or until when the sessions above are held."""
    problem = "This may change the sessions above: they are counted without it."
    remedy = (
        "Write it into their cells; keep a session that is not held in every week as a list with From and To."
    )
    for row, place in cells:
        if _may_change(text_of(cell_at(sheet, row, place)), known):
            problems.report(Severity.QUESTION, row, place, problem, remedy)


def _may_change(text: str, known: PeopleKnown) -> bool:
    said = (NOT_HELD, FROM_WHEN, NOT_ABOUT, WEEK, _CHANGES)
    words = name_words(text)
    return bool(
        any(one.search(text) for one in said)
        or not weekdays().keys().isdisjoint(words)
        or services_spoken_of(text)
        or any(known.students.find(words[at:]) for at in range(len(words)))
    )
