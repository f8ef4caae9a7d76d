"""Titles of an attendance grid by which what stands in it may not be what was given: "planned", "units"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.layouts.date_blocks import Block
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.key_pairs import is_key_line
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.marked_cell import TICKS
from sheets_sync.intake.layouts.not_entries import NoEntries
from sheets_sync.intake.layouts.title_text import OTHER_WORK, RULE
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

_OF_ABSENCE = lazy_regex(r"missed|cancel|absen|no[\s-]?show", re.IGNORECASE)
"""Words below which a tick is none of a session that was given (attendance_grid.py)."""
_BILLED = lazy_regex(r"bill|medicaid", re.IGNORECASE)
"""What is billed was given as a rule: it is asked about, and not refused."""
_NOT_GIVEN = lazy_regex(
    r"\b(?:plann(?:ed|ing)|scheduled|required|mandated|expected|projected|owed|owing|missed"
    r"|not (?:provided|delivered|given|held|seen|made[\s-]up)|cancel\w*|drafts?"
    r"|absent students?|students? absent|absences|no[\s-]?shows"
    r"|compensatory|comp time|make[\s-]?ups?|(?:be|being) made[\s-]up)\b"
    rf"|{OTHER_WORK.pattern}",
    re.IGNORECASE,
)
_GIVEN = lazy_regex(
    r"(?<!not )\b(?:delivered|provided|given|attended|actual|attendance|service log|services)\b",
    re.IGNORECASE,
)
_SAYS_MORE = lazy_regex(
    r"\d+\s*(?:x|m\b|min)|\b(?:in|are|is|see|on|marked|highlighted)\b|[:=]", re.IGNORECASE
)
"""A sentence about some of the cells, or about the service: it need not be the title of all."""
_MOST_WORDS = 6
_WORD = lazy_regex(r"[\w'’/-]*\w[\w'’/-]*")
_MOST_TITLES = 2
"""Of more texts side by side, each is the header of a column."""
_UNITS = lazy_regex(r"\bunits\b", re.IGNORECASE)
_A_WEEK = lazy_regex(
    r"\b(?:min(?:ute)?s?|sessions?|totals?)\s*(?:per|a|each|/|by)\s*(?:week|wk)\b"
    r"|\bweekly (?:\w+ ){0,3}(?:min(?:ute)?s?|totals?)\b|\bmin(?:ute)?s? (?:by |for )?(?:the )?week(?:ly)?\b"
    r"|\b(?:weeks?|wks?) (?:ending|of|beginning|starting)\b|\bw/[eo]\b",
    re.IGNORECASE,
)
_AMOUNT = lazy_regex(r"\d")
_NUMBER = lazy_regex(r"\d+(?:\.\d+)?")
_FEWEST_WEEKS = 2

Title = tuple[str, int, int]


def titles_of(sheet: Sheet, rows: Iterable[int]) -> list[Title]:
    """Return the name of the tab and the texts of the rows (1-based) above a table, each with its place.

    No header of a column is one: "Required min" beside the students says nothing of what is below the dates.
    """
    alone = [row for row in rows if sum(not is_blank(cell) for cell in sheet.rows[row - 1]) <= _MOST_TITLES]
    cells = ((cell, row, place) for row in alone for place, cell in enumerate(sheet.rows[row - 1]))
    texts = [at for at in cells if isinstance(at[0], str) and not _tells_how_it_is_kept(at[0])]
    return [(sheet.name, 1, 0), *((str(cell), row, place) for cell, row, place in texts)]


def _tells_how_it_is_kept(text: str) -> bool:
    return is_key_line(text) or RULE.search(text) is not None


def why_not_given(sheet: Sheet, block: Block, titles: Iterable[Title]) -> NoEntries | None:
    """Return why the numbers and ticks of a table are no minutes that were given; None where they may be."""
    numbers, ticks = (_holds(sheet, block, wanted) for wanted in (_is_amount, _is_ticked))
    if not numbers and not ticks:
        return None
    for text, row, place in titles:
        if _UNITS.search(text):
            problem = "This speaks of units: the numbers below the dates are not read as minutes."
            return NoEntries(row, place, problem, 'Write the minutes of each session, and "minutes" here.')
        denied = _NOT_GIVEN.search(text)
        surely = denied and not _BILLED.match(denied[0]) and (numbers or not _OF_ABSENCE.match(denied[0]))
        if surely and not _may_be_of_some(text):
            problem = "This speaks of what is not a session that was given: nothing below it is read."
            remedy = 'If these are sessions that were given, say so here, like "Minutes provided".'
            return NoEntries(row, place, problem, remedy)
    return None


def ask_about_titles(doubts: Doubts, block: Block, titles: Iterable[Title]) -> None:
    """Ask where a title says something beside "given", or where the dates may be those of whole weeks."""
    amounts = _holds(doubts.sheet, block, _is_amount)
    for text, row, place in dict.fromkeys((*titles, *_beside_the_dates(doubts.sheet, block))):
        if _NOT_GIVEN.search(text) and (amounts or not _GIVEN.search(text)):
            problem = "This may say that what is below is not what was given: it is counted as given."
            remedy = "Leave it out, or keep what was given on a tab of its own."
            doubts.at(row, place, problem, remedy, Severity.QUESTION)
        if amounts and _A_WEEK.search(text) and not _AMOUNT.search(text) and _are_weeks_apart(block):
            problem = "Are these the minutes of whole weeks? They are counted as one session on each date."
            doubts.at(row, place, problem, "Write each session below its own date.", Severity.QUESTION)


def _beside_the_dates(sheet: Sheet, block: Block) -> list[Title]:
    """Return the first text above the students and the dates that speaks of weeks: "Week of".

    "Min/week" above a column of its own beside the dates is what that column holds.
    """
    rows = range(max(block.dates.top - 1, 1), block.dates.row + 1)
    cells = ((text_of(cell), row, place) for row in rows for place, cell in enumerate(sheet.rows[row - 1]))
    speak = (at for at in cells if _A_WEEK.search(at[0]) and not _AMOUNT.search(at[0]))
    return [at for at in speak if not _is_of_its_column(sheet, block, *at[1:])][:1]


def _is_of_its_column(sheet: Sheet, block: Block, row: int, place: int) -> bool:
    """Tell whether a text in the header is that of a column beside the dates which holds something."""
    if row < block.dates.top or place in block.dates.dates or place == block.beside.get("Student"):
        return False
    return any(not is_blank(cell_at(sheet, one, place)) for one in range(block.body, block.last + 1))


def _may_be_of_some(text: str) -> bool:
    return bool(_GIVEN.search(text) or _SAYS_MORE.search(text) or len(_WORD.findall(text)) > _MOST_WORDS)


def _holds(sheet: Sheet, block: Block, wanted: Callable[[CellValue], bool]) -> bool:
    rows = range(block.body, block.last + 1)
    return any(wanted(cell_at(sheet, row, place)) for row in rows for place in block.dates.dates)


def _is_amount(cell: CellValue) -> bool:
    return not isinstance(cell, bool | date) and _NUMBER.fullmatch(text_of(cell)) is not None


def _is_ticked(cell: CellValue) -> bool:
    return cell is True or (isinstance(cell, str) and TICKS.fullmatch(cell.strip()) is not None)


def _are_weeks_apart(block: Block) -> bool:
    days = [_day_of_year(day) for _, day in sorted(block.dates.dates.items())]
    if len(days) < _FEWEST_WEEKS or None in days:
        return False
    return all((later - day).days % 365 == 7 for day, later in pairwise(day for day in days if day))


def _day_of_year(day: date | str) -> date | None:
    """Return a day, in a year that is no leap year where it has none."""
    if isinstance(day, date):
        return day
    written = read_written_date(day)
    if written is None or written.day is None:
        return None
    try:
        return date(written.year or 2023, written.month, written.day)
    except ValueError:
        return None
