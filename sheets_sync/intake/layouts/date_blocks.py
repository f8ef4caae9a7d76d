"""The tables of a grid with dates across: one, or one for each month or week, below each other on a tab."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.date_rows import DateRow, find_date_rows
from sheets_sync.intake.layouts.header_words import is_header, is_name_of_days, is_week, is_weekday
from sheets_sync.intake.layouts.key_meanings import category_words
from sheets_sync.intake.layouts.key_pairs import says_what_a_code_means
from sheets_sync.intake.layouts.listed import cell_at, not_read
from sheets_sync.intake.layouts.names_in_parts import with_student
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import known_service
from sheets_sync.intake.used_columns import COLUMNS, NAME_PARTS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem

HEADER_ROWS = 3
"""So many rows above the dates, and below them, may hold the headers of the columns beside them."""
_TOTAL = lazy_regex(
    r"(?:totals?|remarks?|notes?|comments?|goals?|minutes|mins?|sessions|%|sum|count)(?:[\s/]+[a-z%]+){0,3}\W*",
    re.IGNORECASE,
)
_LONGEST_CODE = 3
DELIVERED = CATEGORY_WORDS[Category.DELIVERED]
_SUM = lazy_regex(
    r"(?:(?:sub|grand )?totals?|sum|count|%|average|goals?|initials?)(?:[\s/]+[a-z%]+){0,3}\W*", re.IGNORECASE
)
"""Columns among the dates that change no entry; remarks there may."""


@dataclass(frozen=True)
class Block:
    """One table. `dates` are those left of any second table beside it; `below` is the row (1-based) of the
    headers below the dates, None where each date has one column; the rows of students begin at `body` and end
    at `last`. `beside` maps canonical columns to 0-based ones left of the dates; `cut` is the column at which
    a second table begins beside this one."""

    dates: DateRow
    below: int | None
    body: int
    last: int
    beside: Mapping[str, int]
    width: int
    cut: int | None = None


def find_blocks(sheet: Sheet, tab: str, configured: Mapping[str, str], known: PeopleKnown) -> list[Block]:
    """Return the tables of a sheet, none where one of them is no grid of students.

    A row about somebody is no row of dates. A table without headers beside its dates has those of the first.
    """
    rows = [row for row in find_date_rows(sheet) if not _names_a_student(sheet, row, known)]
    blocks: list[Block] = []
    for row, following in zip(rows, [*rows[1:], None], strict=False):
        last = following.top - 1 if following else len(sheet.rows)
        below, body = _headers_below(sheet, row, last)
        beside = _columns_beside(sheet, row, body, last, tab, configured)
        if "Student" not in beside and blocks:
            beside = dict(blocks[0].beside)
        if "Student" not in beside:
            beside |= _first_of_texts(sheet, row, body, last, beside, known)
            beside = _each_once(beside)
        beside |= _services(sheet, row, body, last, beside)
        if "Student" not in beside or max(beside.values()) >= row.first:
            return []
        blocks.append(_cut(sheet, row, below, body, last, beside, known))
    return blocks


def _names_a_student(sheet: Sheet, row: DateRow, known: PeopleKnown) -> bool:
    cells = sheet.rows[row.row - 1][: row.first]
    return any(isinstance(cell, str) and name_words(cell) in known.students.spoken for cell in cells)


def _headers_below(sheet: Sheet, row: DateRow, last: int) -> tuple[int | None, int]:
    """Return the row with the headers of the columns below each date, and the first row of students: after
    weekdays, numbers of weeks and blank rows."""
    below = None
    number = row.row + 1
    while number <= min(row.row + HEADER_ROWS, last):
        cells = sheet.rows[number - 1]
        texts = [cell for cell in cells[row.first :] if not is_blank(cell)]
        plain = all(is_weekday(cell) or is_week(cell) for cell in texts)
        left = [cell for cell in cells[: row.first] if not is_blank(cell)]
        headers = all(is_header(cell) or is_name_of_days(cell) for cell in left)
        if plain and (texts or not left) and headers:
            number += 1
            continue
        if below is None and headers and texts and _are_headers(cells, row):
            below, number = number, number + 1
            continue
        break
    return below, number


def _are_headers(cells: Sequence[CellValue], row: DateRow) -> bool:
    """Tell whether texts below dates are headers of columns: of several a date, or known as one. Others, as
    "NO SCHOOL" or the times of the sessions below dates of one column each, are a row among the others."""
    filled = [(place, cell) for place, cell in enumerate(cells) if place >= row.first and not is_blank(cell)]
    texts = [cell for _, cell in filled if isinstance(cell, str)]
    among = any(place < row.last and place not in row.dates for place, _ in filled)
    return len(texts) == len(filled) and (among or any(map(_may_head_a_column, texts)))


def _may_head_a_column(text: str) -> bool:
    if is_header(text) or known_service(text) or len(text.strip()) <= _LONGEST_CODE:
        return True
    return read_header(text, tab="Attendance").value is not None or category_words(text) == DELIVERED


def _columns_beside(
    sheet: Sheet, row: DateRow, body: int, last: int, tab: str, configured: Mapping[str, str]
) -> dict[str, int]:
    own = {name_key(text): column for column, text in configured.items()}
    found: dict[str, int] = {}
    rows = range(min(body - 1, last), max(row.row - HEADER_ROWS, 1) - 1, -1)
    for number in sorted(rows, key=lambda number: number != row.row):
        for place, cell in enumerate(sheet.rows[number - 1][: row.first]):
            if not isinstance(cell, str) or is_blank(cell):
                continue
            name = own.get(name_key(cell)) or read_header(cell, tab=tab).value
            if name in _beside(tab) and place not in found.values():
                found.setdefault(name, place)
    return with_student(found)


def _beside(tab: str) -> tuple[str, ...]:
    """Return the columns left of the dates that say whose row it is and of what."""
    names = ("Student", "Student ID", "Grade", *NAME_PARTS, "Service", "Provider", "Group")
    return tuple(name for name in names if name in COLUMNS[tab])


def _first_of_texts(
    sheet: Sheet, row: DateRow, body: int, last: int, beside: Mapping[str, int], known: PeopleKnown
) -> dict[str, int]:
    """Return the column of the students where no header says so: the one that names students, else that of
    their IDs, else the first with texts."""
    free = [place for place in range(row.first) if place not in beside.values()]
    texts = {place: _texts(sheet, body, last, place) for place in free}
    named = [
        place for place in free if any(name_words(text) in known.students.spoken for text in texts[place])
    ]
    filled = [place for place in free if any(any(map(str.isalpha, text)) for text in texts[place])]
    first = [*named, *(beside[name] for name in ("Student ID",) if name in beside), *filled][:1]
    return {"Student": first[0]} if first else {}


def _each_once(beside: Mapping[str, int]) -> dict[str, int]:
    """Return the columns without that of the IDs where it is the one of the students: an ID calls one too."""
    by_id = beside.get("Student") == beside.get("Student ID")
    return {name: place for name, place in beside.items() if not (by_id and name == "Student ID")}


def _services(sheet: Sheet, row: DateRow, body: int, last: int, beside: Mapping[str, int]) -> dict[str, int]:
    """Return the column of the services where no header says so: one in which nothing else stands."""
    texts = {
        place: _texts(sheet, body, last, place) for place in range(row.first) if place not in beside.values()
    }
    places = [place for place, cells in texts.items() if cells and all(map(known_service, cells))]
    return {"Service": places[0]} if len(places) == 1 and "Service" not in beside else {}


def _texts(sheet: Sheet, first: int, last: int, place: int) -> list[str]:
    cells = (cell_at(sheet, number, place) for number in range(first, last + 1))
    return [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)]


def _cut(
    sheet: Sheet,
    row: DateRow,
    below: int | None,
    body: int,
    last: int,
    beside: Mapping[str, int],
    known: PeopleKnown,
) -> Block:
    """Make a block that ends where a column on its right says "Student" or names one: what stands beyond that
    is about others."""
    width = max((len(cells) for cells in sheet.rows[row.row - 1 : last]), default=0)
    headers = [number for number in (row.row, below) if number]
    for place in range(row.first + 1, width):
        said = [text_of(cell_at(sheet, number, place)) for number in headers]
        if any(text and read_header(text, tab="Caseload").value == "Student" for text in said) or (
            place not in row.dates
            and any(name_words(text) in known.students.spoken for text in _texts(sheet, body, last, place))
        ):
            dates = {at: day for at, day in row.dates.items() if at < place}
            return Block(DateRow(row.row, row.top, dates), below, body, last, beside, place, place)
    return Block(row, below, body, last, beside, width)


def left_unread(
    sheet: Sheet, block: Block, read: set[int], says: Callable[[CellValue], bool]
) -> Iterator[Problem]:
    """Report what is not read: a second table beside this one, and columns among the dates, or behind them
    with codes in them (`says` tells whether a cell holds one), that have no date above."""
    row = block.dates
    if block.cut is not None:
        problem = "A second table begins here, beside the first: it is not read."
        yield not_read(sheet, row.row, block.cut, problem, "Put it below the first, or on a tab of its own.")
    below = sheet.rows[block.dates.row - 1 : block.last]
    columns = [[cell_in(cells, place) for cells in below] for place in range(block.width)]
    for place in range(row.first, block.width):
        named = text_of(cell_at(sheet, row.row, place)) or (
            text_of(cell_at(sheet, block.below, place)) if block.below else ""
        )
        behind = place > max(read, default=row.first)
        is_sum = (_TOTAL if behind else _SUM).fullmatch(named)
        if place in read or is_sum:
            continue
        beyond = behind and not named
        cells = [cell for cell in columns[place][block.body - row.row :] if not _is_key(cell)]
        if any(says(cell) if beyond else not is_blank(cell) and cell is not False for cell in cells):
            problem = "Above this column stands no date that can be read: what stands in it is not read."
            yield not_read(sheet, row.row, place, problem, 'Write the date, like "9/3".')


def _is_key(cell: CellValue) -> bool:
    return isinstance(cell, str) and says_what_a_code_means(cell)
