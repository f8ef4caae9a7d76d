"""Notes at the foot of a week grid: one that may change the sessions above is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheets_sync.intake.calendar_words import weekdays
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.day_header import WEEK
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.people_known import Named, PeopleKnown, name_words
from sheets_sync.intake.layouts.title_text import FROM_WHEN, NOT_ABOUT, NOT_HELD
from sheets_sync.intake.services import services_spoken_of
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity

_CHANGES = lazy_regex(
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
        of_one = _calls(text, known.students)
        if of_one or (not of_students and (may_change(text) or _calls(text, known.providers))):
            problems.report(Severity.QUESTION, row, place, problem, remedy)


def names_somebody(text: str, known: PeopleKnown) -> bool:
    """Tell whether a note names a student or a provider."""
    return _calls(text, known.students) or _calls(text, known.providers)


def _calls(text: str, named: Named) -> bool:
    words = name_words(text)
    return any(named.find(words[at:]) for at in range(len(words)))


def may_change(text: str, of: str = "") -> bool:
    """Tell whether a note names a day, weeks or another service than theirs (`of`), or may say from or until
    when the sessions are held."""
    said = (NOT_HELD, FROM_WHEN, NOT_ABOUT, WEEK, _CHANGES)
    return bool(
        any(one.search(text) for one in said)
        or not weekdays().keys().isdisjoint(name_words(text))
        or set(services_spoken_of(text)) - {of}
    )
