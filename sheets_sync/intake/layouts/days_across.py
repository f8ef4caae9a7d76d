"""The row of days of a week grid: Mon to Fri, Day 1 to Day 6, or A and B, each over a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.layouts.listed import not_read
from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem

ROWS_SEARCHED = 50
FEWEST_DAYS = 2
_WEEKS = re.compile(
    r"\b(?:week|wk)s?\b.*\b(?:[ab12]|odd|even|one|two)\b|\b[ab12]\W*(?:week|wk)\b", re.IGNORECASE
)
_BESIDE = re.compile(r"(?:notes?|totals?|remarks?|comments?|sat(?:urday)?|sun(?:day)?)\W*", re.IGNORECASE)


@dataclass(frozen=True)
class DaysAcross:
    """`row` is the 1-based row of the days; `days` maps 0-based columns to the day as it is typed. What
    stands below `last_row` belongs to another table.
    """

    row: int
    days: dict[int, str]
    last_row: int

    @property
    def first(self) -> int:
        return min(self.days)


def find_days(sheet: Sheet) -> DaysAcross | None:
    """Return the first row with at least two different days, one a column.

    None where no row has them, where a day stands there twice (two grids side by side, a column a provider),
    and where weeks alternate above it: what that means is not told.
    """
    found = [
        (number, days)
        for number, cells in enumerate(sheet.rows, start=1)
        if len(days := _days(cells)) >= FEWEST_DAYS
    ]
    if not found or found[0][0] > ROWS_SEARCHED:
        return None
    row, days = found[0]
    above = (text_of(cell) for cells in sheet.rows[: row - 1] for cell in cells if isinstance(cell, str))
    rules = [read_schedule(day).value for day in days.values()]
    if len(set(rules)) < len(rules) or any(map(_WEEKS.search, above)):
        return None
    return DaysAcross(row, days, found[1][0] - 1 if len(found) > 1 else len(sheet.rows))


def left_unread(sheet: Sheet, days: DaysAcross) -> list[Problem]:
    """Report what is not read: a second table below, and columns beside the days with something in them."""
    problems = []
    if days.last_row < len(sheet.rows):
        problem = "A second row of days begins here: it and what stands below it are not read."
        problems.append(not_read(sheet, days.last_row + 1, 0, problem, "Give each table a tab of its own."))
    width = max(len(cells) for cells in sheet.rows[days.row - 1 : days.last_row])
    for place in range(days.first, width):
        header = sheet.rows[days.row - 1][place] if place < len(sheet.rows[days.row - 1]) else None
        if place in days.days or _BESIDE.fullmatch(text_of(header)):
            continue
        below = sheet.rows[days.row : days.last_row]
        if any(place < len(cells) and not is_blank(cells[place]) for cells in below):
            problem = "Above this column stands no day that can be read: what stands in it is not read."
            remedy = 'Write one day over each column, like "Mon" or "Day 1".'
            problems.append(not_read(sheet, days.row, place, problem, remedy))
    return problems


def _days(cells: Sequence[CellValue]) -> dict[int, str]:
    return {place: day for place, cell in enumerate(cells) if (day := _day(cell)) is not None}


def _day(cell: CellValue) -> str | None:
    """Return the one day that a header names, None for any other text."""
    if not isinstance(cell, str) or not cell.strip() or len(cell) > LONGEST:
        return None
    rules = read_schedule(cell).value or ()
    if len(rules) != 1 or rules[0].pattern not in ("weekly", "cycle") or rules[0].start is not None:
        return None
    return " ".join(cell.split()) if len(rules[0].days) == 1 else None
