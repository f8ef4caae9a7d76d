"""Titles of a Schedule that name another school year: its sessions are counted, and it is asked about."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.intake.cells import is_blank, shown
from sheets_sync.intake.context import Context
from sheets_sync.intake.headings_that_deny import is_of_another_year
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.problems import Problem, Severity, a1, sheet_row

_PROBLEM = "This names another school year than this one: the sessions here are counted as this year's."
_REMEDY = (
    "Mend the title where they are this year's; else keep them on a tab of another name, or with a To date."
)


def ask_of_another_year(rows: TabRows, context: Context) -> None:
    """Ask about the sheet's name and its titles: texts alone in their row (of a list, above it)."""
    sheet = rows.sheet
    for text, cell in titles_above(rows):
        if is_of_another_year(plain(text[:LONGEST]), context.school_year):
            context.found.problems.append(
                Problem(Severity.QUESTION, sheet.name, cell, shown(text), _PROBLEM, _REMEDY)
            )


def titles_above(rows: TabRows) -> Iterator[tuple[str, str]]:
    """Yield the name of a sheet and the texts alone in their row above the first that is read (of a week
    grid, on all of the sheet), each with its cell."""
    yield rows.sheet.name, ""
    for row, cells in enumerate(rows.sheet.rows[: _first_row(rows)], start=1):
        filled = [(place, cell) for place, cell in enumerate(cells) if not is_blank(cell)]
        if len(filled) == 1 and isinstance(filled[0][1], str):
            yield filled[0][1], a1(row, filled[0][0])


def _first_row(rows: TabRows) -> int:
    if not rows.taken_for:
        return max(rows.header - 1, 0)
    if rows.tab != "Service Grid" or not len(rows):
        return len(rows.sheet.rows)
    return min(map(sheet_row, rows.rows.tolist())) - 1
