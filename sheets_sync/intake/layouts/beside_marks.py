"""Columns beside the marks of a grid with dates across: how long each session of a row is, what is owed, and
remarks that may say something of a mark ("10/7 was a makeup for 10/1")."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from sheets_sync.categories import Category
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.date_blocks import HEADER_ROWS, Block
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.lengths_beside_marks import may_be_length, may_be_of_each, says_length
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.layouts.remarks_beside_marks import (
    SaidByCell,
    code_reader,
    marks_of_rows,
    may_be_of_a_mark,
)
from sheets_sync.intake.plain import plain
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

Record = Mapping[str, Placed]

_OWED = lazy_regex(
    r"\b(?:owe[sd]?|owing|missed|make[\s-]?ups?|made[\s-]?up|m/?u|mkups?|cancel\w*|resched\w*|moved)\b",
    re.IGNORECASE,
)
_REMARKS = lazy_regex(r"(?:remarks?|notes?|comments?|other)\b", re.IGNORECASE)
_LONGEST_HEADER = 40
_GIVEN = (Category.DELIVERED, Category.MAKE_UP)
_LENGTH_NOT_READ = "This may be how long each session of the row was: a mark is counted as a whole one."
_CALL_IT = 'Call the column "Min per session" if it is, and "Min per week" if it is what is required.'
_OWED_NOT_READ = "This column is not read: what is owed, missed or made up is counted by the marks alone."
_MARK_IT = "Write what became of a session below its date, like SA, 15 or MU; else leave it."
_REMARK_NOT_READ = "This may say something of a mark in its row: the marks are counted without it."


def with_lengths(
    sheet: Sheet, block: Block, records: Sequence[Record], own: str, codes: Mapping[str, str]
) -> Iterator[Record]:
    """Yield the records of a table, with their status in `own`. A column "Min per session" beside the dates
    says how long the sessions of its row were that were given, and of which nothing else says it."""
    headers = {place: _header(sheet, block, place) for place in _left(block)}
    says = code_reader(codes)
    for record in records:
        row = record[own][1]
        cells = [(cell_at(sheet, row, place), row, place) for place in headers]
        told = [placed for placed in cells if says_length(headers[placed[2]], placed[0])]
        yield {**record, "Minutes": told[0]} if told and _is_whole(record, own, says) else record


def ask_beside_marks(
    doubts: Doubts,
    block: Block,
    read: Collection[int],
    records: Sequence[Record],
    own: str,
    codes: Mapping[str, str],
) -> None:
    """Ask of the columns left of the dates, or behind all that are `read`, that may speak of the marks in a
    row. `records` are those of the table."""
    right = range(max(read, default=block.dates.last) + 1, block.width)
    headers = {place: _header(doubts.sheet, block, place) for place in (*_left(block), *right)}
    if not any(map(_is_asked, headers.values())):
        return
    says = code_reader(codes)
    marked = sorted({record[own][1] for record in records})
    whole = sorted({record[own][1] for record in records if _is_whole(record, own, says)})
    marks = marks_of_rows(block, records, own, says)
    for place, header in headers.items():
        if _REMARKS.match(header):
            for row in marked:
                remark = plain(text_of(cell_at(doubts.sheet, row, place)))
                if may_be_of_a_mark(remark, marks.get(row, {})):
                    doubts.at(row, place, _REMARK_NOT_READ, _MARK_IT, Severity.QUESTION)
        elif place in right:
            continue
        elif may_be_of_each(header):
            _ask(doubts, whole, place, partial(may_be_length, header), _LENGTH_NOT_READ, _CALL_IT)
        elif _OWED.search(header):
            _ask(doubts, marked, place, _is_marked, _OWED_NOT_READ, _MARK_IT)


def _is_asked(header: str) -> bool:
    return bool(_REMARKS.match(header) or may_be_of_each(header) or _OWED.search(header))


def _ask(
    doubts: Doubts,
    rows: Sequence[int],
    place: int,
    asks: Callable[[CellValue], bool],
    problem: str,
    remedy: str,
) -> None:
    for row in rows:
        if asks(cell_at(doubts.sheet, row, place)):
            doubts.at(row, place, problem, remedy, Severity.QUESTION)


def _left(block: Block) -> list[int]:
    """Return the columns on the left of the dates that say neither whose row it is nor of what."""
    return [place for place in range(block.dates.first) if place not in block.beside.values()]


def _header(sheet: Sheet, block: Block, place: int) -> str:
    """Return what stands above a column, the nearest to the students; "" for a sentence or a key."""
    rows = range(block.body - 1, max(block.dates.row - HEADER_ROWS, 1) - 1, -1)
    texts = (text_of(cell_at(sheet, row, place)).strip(" :*") for row in rows)
    found = plain(next(filter(None, texts), ""))
    return found if len(found) <= _LONGEST_HEADER and "=" not in found else ""


def _is_whole(record: Record, own: str, says: SaidByCell) -> bool:
    """Tell whether a record is of a session that was given, and nothing says how long it was."""
    code = says(record[own][0]) if "Minutes" not in record else None
    return code is not None and code.category in _GIVEN and code.minutes is None


def _is_marked(cell: CellValue) -> bool:
    text = plain(text_of(cell))
    return bool(text) and meanings("yes_no").get(text.casefold()) != "no"
