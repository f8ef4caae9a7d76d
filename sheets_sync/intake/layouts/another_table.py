"""Where a second table begins among the rows of a grid: its dates are not those of the first."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import pairwise

from sheets_sync.intake.calendar_words import months
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.date_blocks import Block
from sheets_sync.intake.layouts.date_rows import FEWEST_DATES
from sheets_sync.intake.layouts.header_words import are_weekdays, day_number, is_week, is_weekday
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

_USUAL_MINUTES = 5
"""Minutes are multiples of this."""
_LIKE_A_MONTH = 0.7
_COUNTS = lazy_regex(
    r"\W*(?:(?:(?:grand |sub)?totals?|sum|average|count)\b"
    r"|(?:(?:session|sess|visit|lesson|meeting|day|therapy)s?\.? ?(?:#s?|no\.?|nos\.?|number|num)|#)\W*$)",
    re.IGNORECASE,
)


def begins_another(sheet: Sheet, block: Block, row: int, known: PeopleKnown, *, headed: bool) -> bool:
    """Tell whether the headers of another table stand in a row (1-based) of a block.

    The block's own headers once more, as at the head of a page, begin none; but they do where a heading
    stands above them that is not understood (`headed`), and where they are weekdays: another week's.
    """
    cells = [(place, cell_at(sheet, row, place)) for place in _below(block)]
    filled = [(place, cell) for place, cell in cells if not is_blank(cell)]
    left = [text for place in range(block.dates.first) if (text := text_of(cell_at(sheet, row, place)))]
    if any(map(_is_header_of_people, left)):
        again = all(_is_the_same(sheet, block, place, cell) for place, cell in filled)
        return not again or (bool(filled) and (headed or _is_of_weekdays(sheet, block)))
    if left and all(map(counts_columns, left)):
        return False
    return not _names_a_student(left, known) and _are_days([cell for _, cell in filled], left)


def counts_columns(text: str) -> bool:
    """Tell whether a text calls what stands on its right totals, or the numbers of the sessions."""
    return _COUNTS.match(text) is not None


def _below(block: Block) -> range:
    return range(block.dates.first, block.dates.last + 1)


def _is_header_of_people(text: str) -> bool:
    said = {read_header(text, tab=tab).value for tab in ("Service Log", "Caseload")}
    return bool(said & {"Student", "Student ID", NAME_PARTS[0]})


def _is_the_same(sheet: Sheet, block: Block, place: int, cell: CellValue) -> bool:
    """Tell whether a cell says what stands over its column already; a weekday or a week may be written
    otherwise."""
    over = [cell_at(sheet, number, place) for number in range(block.dates.top, block.body)]
    if cell in over:
        return True
    if day_number(cell) is not None:
        return day_number(cell) in map(day_number, over)
    return is_weekday(cell) or is_week(cell)


def _is_of_weekdays(sheet: Sheet, block: Block) -> bool:
    return all(is_weekday(cell_at(sheet, block.dates.row, place)) for place in block.dates.dates)


def _names_a_student(left: list[str], known: PeopleKnown) -> bool:
    return any(known.students.find(name_words(text)) for text in left)


def _are_days(cells: list[CellValue], left: list[str]) -> bool:
    """Tell whether what stands below the dates, beside nobody who is known, are weekdays, or numbers of days
    that can hardly be minutes."""
    if len(cells) < FEWEST_DATES:
        return False
    if are_weekdays(cells, left):
        return True
    days = [day for cell in cells if (day := day_number(cell)) is not None]
    if len(days) < len(cells) or any(later <= earlier for earlier, later in pairwise(days)):
        return False
    return not left or any(day % _USUAL_MINUTES for day in days) or any(map(_is_like_a_month, left))


def _is_like_a_month(text: str) -> bool:
    words = (word.strip(".,'").casefold() for word in text.split())
    return any(get_close_matches(word, months(), n=1, cutoff=_LIKE_A_MONTH) for word in words)
