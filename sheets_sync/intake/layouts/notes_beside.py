"""Notes beside a week grid: one that may say when the sessions of its row are held is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.day_header import WEEK
from sheets_sync.intake.layouts.days_across import IS_NOTE
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.grid_sections import Body
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.title_text import FROM_WHEN, NOT_ABOUT, NOT_HELD
from sheets_sync.problems import Severity

_SOME = re.compile(r"\b(?:only|if|some|skip\w*|sub|min(?:ute)?s?|moved?|instead|changed?)\b", re.IGNORECASE)


def ask_of_notes(body: Body, columns: Iterable[int], until: int, problems: GridProblems) -> None:
    """Ask about the notes in these columns, and in those on the right of the days up to `until`."""
    right = [at for at in range(body.days.first, until) if _is_note(body, at)]
    problem = "This note may change the sessions of its row: they are counted without it."
    remedy = "Keep sessions that are not held in every week as a list with From and To."
    for place in (*columns, *right):
        for row in range(body.first_row, body.days.last_row + 1):
            text = text_of(cell_at(body.sheet, row, place))
            if text and any(one.search(text) for one in (NOT_HELD, FROM_WHEN, NOT_ABOUT, WEEK, _SOME)):
                problems.report(Severity.QUESTION, row, place, problem, remedy)


def _is_note(body: Body, place: int) -> bool:
    return text_of(cell_at(body.sheet, body.days.row, place)).casefold().strip(" .:") in IS_NOTE
