"""Grids with dates across that hold no entries of a log: scores, sums by month, or another month's days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sheets_sync.intake.calendar_words import months
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.layouts.date_blocks import HEADER_ROWS, Block
from sheets_sync.intake.layouts.header_words import Day, day_number, month_of
from sheets_sync.intake.layouts.key_pairs import says_what_a_code_means
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet

_OF_SCORES = lazy_regex(
    r"%|\b(?:accura\w*|percent\w*|trials?|goals?|objectives?|progress|scores?|measures?|targets?|probes?|baselines?|benchmarks?"
    r"|data points?|wpm|words correct)\b",
    re.IGNORECASE,
)
_OF_MINUTES = lazy_regex(r"\b(?:min(?:ute)?s?|attendance)\b", re.IGNORECASE)
_NUMBER = lazy_regex(r"\d+(?:\.\d+)?\s*%?")
_FEWEST_MONTHS = 3


@dataclass(frozen=True)
class NoEntries:
    """Why a table is not read, at a cell (1-based row, 0-based column)."""

    row: int
    place: int
    problem: str
    remedy: str


def why_no_entries(sheet: Sheet, block: Block, titles: Iterable[int], own: str) -> NoEntries | None:
    """Return why what stands in a table is taken for no entries; None where it may be some. `titles` are the
    rows (1-based) above it, `own` is the column of the status."""
    months_across = _are_successive_months(sheet, block)
    if months_across:
        return NoEntries(
            block.dates.row,
            block.dates.first,
            "Above these columns stand months: whether each is its first day or all of it is not told.",
            "Write each day on which a session was, in a column of its own.",
        )
    of_scores = _of_scores(sheet, block, titles) if own == "Status" else None
    if of_scores is None or not _has_numbers(sheet, block):
        return None
    return NoEntries(
        *of_scores,
        "This speaks of scores or goals: whether the numbers below the dates are minutes is not told.",
        'If they are minutes, write "minutes" into the title; if not, keep them on a tab that is not read.',
    )


def _are_successive_months(sheet: Sheet, block: Block) -> bool:
    days = [_written(day) for _, day in sorted(block.dates.dates.items())]
    if len(days) < _FEWEST_MONTHS or any(day is None or day[1] != 1 for day in days):
        return False
    numbers = [day[0] for day in days if day]
    constructed = any(
        day_number(cell_at(sheet, block.dates.row, place)) is not None for place in block.dates.dates
    )
    return not constructed and all((later - month) % 12 == 1 for month, later in pairwise(numbers))


def _written(day: Day) -> tuple[int, int] | None:
    """Return the month and the day of a date, of a text that has both."""
    if isinstance(day, date):
        return day.month, day.day
    written = read_written_date(day)
    return (written.month, written.day) if written and written.day else None


def _of_scores(sheet: Sheet, block: Block, titles: Iterable[int]) -> tuple[int, int] | None:
    """Return the first title, or header left of the dates, that speaks of scores; none where one speaks of
    minutes."""
    texts = [*_texts(sheet, titles, None), *_texts(sheet, _headers(block), block.dates.first)]
    if _OF_MINUTES.search(sheet.name) or any(_OF_MINUTES.search(text) for text, *_ in texts):
        return None
    found = [(row, place) for text, row, place in texts if _OF_SCORES.search(text)]
    return found[0] if found else ((1, 0) if _OF_SCORES.search(sheet.name) else None)


def _headers(block: Block) -> range:
    return range(max(block.dates.row - HEADER_ROWS, 1), block.body)


def _texts(sheet: Sheet, rows: Iterable[int], width: int | None) -> Iterator[tuple[str, int, int]]:
    for row in rows:
        for place, cell in enumerate(sheet.rows[row - 1][:width]):
            if isinstance(cell, str) and not is_blank(cell) and not says_what_a_code_means(cell):
                yield cell, row, place


def _has_numbers(sheet: Sheet, block: Block) -> bool:
    cells = (
        cell_at(sheet, row, place) for row in range(block.body, block.last + 1) for place in block.dates.dates
    )
    return any(not isinstance(cell, bool | date) and _NUMBER.fullmatch(text_of(cell)) for cell in cells)


def another_month_than_the_tab(
    sheet: Sheet, blocks: Sequence[Block], known: PeopleKnown
) -> tuple[str, bool] | None:
    """Return the month that the tab's name says where none of its dates lies in that, and whether all of its
    dates are days below the name of a month (which was left as it was when the tab was copied)."""
    said = month_of(sheet.name)
    if said is None or any(who.find(name_words(sheet.name)) for who in (known.students, known.providers)):
        return None
    word = said.split(" ")[0]
    dates = {written for block in blocks for day in block.dates.dates.values() if (written := _written(day))}
    if not dates or months()[word.casefold()] in {month for month, _ in dates}:
        return None
    numbered = all(
        day_number(cell_at(sheet, block.dates.row, place)) is not None
        for block in blocks
        for place in block.dates.dates
    )
    return word, numbered
