"""Notes beside a week grid: one that may say when the sessions of its row are held is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.days_across import IS_NOTE
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.grid_sections import Body
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.notes_below import may_change, names_somebody
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import Severity

_SOME = lazy_regex(
    r"\b(?:only|if|some|skip\w*|sub|joins?|leaves?|late|early|covers?|covering|absent|abs|sick|refus\w*|missed"
    r"|no[\s-]?show|not (?:seen|held|here)|make[\s-]?up|made[\s-]?up|m/?u|suspended|moved|tardy|partial)\b"
    r"|\d\s*:\s*\d\d",
    re.IGNORECASE,
)


def ask_of_notes(
    body: Body, columns: Iterable[int], until: int, of: str, known: PeopleKnown, problems: GridProblems
) -> None:
    """Ask about the notes in these columns, and in those on the right of the days up to `until`: those that
    name somebody, a day or another service than the table's (`of`), or may say from or until when, or how,
    the sessions are held."""
    right = [at for at in range(body.days.first, until) if _is_note(body, at)]
    problem = "This note may change the sessions of its row: they are counted without it."
    remedy = "Keep sessions that are not held in every week as a list with From and To."
    for place in (*columns, *right):
        for row in range(body.first_row, body.days.last_row + 1):
            text = text_of(cell_at(body.sheet, row, place))
            if text and (_SOME.search(text) or may_change(text, of) or names_somebody(text, known)):
                problems.report(Severity.QUESTION, row, place, problem, remedy)


def _is_note(body: Body, place: int) -> bool:
    return text_of(cell_at(body.sheet, body.days.row, place)).casefold().strip(" .:") in IS_NOTE
