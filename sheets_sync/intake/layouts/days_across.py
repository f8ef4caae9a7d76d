"""The tables of a week grid: rows of days (Mon to Fri, Day 1 to Day 6, A and B days), each over its columns.

Several tables stand below one another or side by side; one day may be over several columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sheets_sync.intake.bell_schedule import Area
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.layouts.day_header import DayHeader, read_day
from sheets_sync.intake.layouts.listed import cell_at, not_read
from sheets_sync.intake.layouts.one_day import days_beside_times
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem

ROWS_SEARCHED = 50
FEWEST_DAYS = 2
_BARE_LETTERS = ("M", "T", "W", "T", "F")
_REMEDY = 'Write one day over each column, like "Mon" or "Day 1".'

Merged = Sequence[Area]


@dataclass(frozen=True, slots=True)
class Day:
    """One day across: its header, and the 0-based columns over which it stands."""

    header: DayHeader
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DaysAcross:
    """One table: `row` is the 1-based row of its days, `last_row` the last below them.

    Its columns are those from `left` (its times stand there) up to `end`, which is none of them. `beside`
    tells whether another table stands beside it in the same row, `below` whether one stands above it.
    """

    row: int
    days: tuple[Day, ...]
    left: int
    end: int
    last_row: int
    beside: bool = False
    below: bool = False

    @property
    def first(self) -> int:
        """The first column of days."""
        return self.days[0].places[0]

    def overlaps(self, left: int, right: int) -> bool:
        """Tell whether one of these columns, the last included, is the table's."""
        return left < self.end and self.left <= right


def find_days(
    sheet: Sheet, merged: Merged, areas: Sequence[Area]
) -> tuple[tuple[DaysAcross, ...], tuple[Problem, ...]]:
    """Return the tables, by row, and the rows of days in which a day stands twice in a way that says nothing.

    A table ends where the next one begins in its columns, or a bell schedule (`areas`).
    """
    tables: list[DaysAcross] = []
    problems: list[Problem] = []
    searched = 0
    for row, cells in enumerate(sheet.rows, start=1):
        searched += any(cell is not None for cell in cells)
        found = _days(cells, first=not tables)
        if len({(day.key, day.week) for day in found.values()}) < FEWEST_DAYS:
            found = days_beside_times(cells, below=bool(tables))
        if not found:
            continue
        if not tables and searched > ROWS_SEARCHED:
            break
        groups = _groups(found)
        if groups is None:
            problem = "A day stands twice in this row, and it is not told why: what stands below is not read."
            problems.append(not_read(sheet, row, min(found), problem, _REMEDY))
            tables = [_ended(table, row, 0, max(found)) for table in tables]
            continue
        here = list(_in_row(row, groups, len(sheet.rows), merged))
        for table in here:
            tables = [_ended(one, row, table.left, table.end - 1) for one in tables]
        above = [replace(one, below=any(_is_above(other, one) for other in tables)) for one in here]
        tables += above
    for top, left, _, right in areas:
        tables = [_ended(table, top, left, right) for table in tables]
    return tuple(tables), tuple(problems)


def _is_above(one: DaysAcross, other: DaysAcross) -> bool:
    return one.row < other.row and one.overlaps(other.left, other.end - 1)


def _ended(table: DaysAcross, row: int, left: int, right: int) -> DaysAcross:
    ends = table.row < row <= table.last_row and table.overlaps(left, right)
    return replace(table, last_row=row - 1) if ends else table


def _days(cells: Sequence[CellValue], *, first: bool) -> dict[int, DayHeader]:
    """Return the days in a row; "MW" and "TR" are some only in the `first`, among nothing but days: below it
    they may be initials."""
    found = {place: day for place, cell in enumerate(cells) if (day := read_day(cell)) is not None}
    if any(day.run_together for day in found.values()) and not (
        first
        and all(is_blank(cell) or place in found for place, cell in enumerate(cells) if place >= min(found))
    ):
        found = {place: day for place, day in found.items() if not day.run_together}
    if len(found) < FEWEST_DAYS:
        return {}
    letters = {place: text_of(cells[place]).upper() for place in found}
    for places in zip(*(list(found)[at:] for at in range(5)), strict=False):
        if tuple(letters[place] for place in places) == _BARE_LETTERS:
            found[places[3]] = DayHeader("Thu", "Thu")
    if any("Thu" in day.keys for day in found.values()):
        found |= {
            place: replace(found[place], day="Tue")
            for place, text in letters.items()
            if text == "T" and found[place].key == "Tue"
        }
    return found


def _groups(found: dict[int, DayHeader]) -> list[list[Day]] | None:
    """Part a row into tables side by side: another begins where a day comes again; None where that is not
    certain: each has to have two days, but for one alone, and tables with nothing between them the same ones.
    """
    groups: list[list[Day]] = [[]]
    for place, header in found.items():
        group = groups[-1]
        if group and _same(group[-1].header, header):
            group[-1] = Day(group[-1].header, (*group[-1].places, place))
        elif any(_overlap(day.header, header) for day in group):
            return None
        elif any(_same(day.header, header) for day in group):
            groups.append([Day(header, (place,))])
        else:
            group.append(Day(header, (place,)))
    if len(groups) == 1 and len(groups[0]) == 1:
        return groups if len(groups[0][0].places) == 1 else None
    if any(len(group) < FEWEST_DAYS for group in groups):
        return None
    for one, other in pairwise(groups):
        keys = [[day.header.key for day in group] for group in (one, other)]
        if other[0].places[0] - one[-1].places[-1] == 1 and keys[0] != keys[1]:
            return None
    return groups


def _same(one: DayHeader, other: DayHeader) -> bool:
    return (one.key, one.week) == (other.key, other.week)


def _overlap(one: DayHeader, other: DayHeader) -> bool:
    """Tell whether a day stands over both, and over one of them with others: "M/W" and "M/F"."""
    return not _same(one, other) and bool(one.several or other.several) and bool(one.keys & other.keys)


def _in_row(row: int, groups: list[list[Day]], rows: int, merged: Merged) -> Iterator[DaysAcross]:
    left = 0
    for group in groups:
        days = tuple(Day(day.header, _over(row, day.places, merged)) for day in group)
        end = days[-1].places[-1] + 1
        yield DaysAcross(row, days, left, end, rows, beside=len(groups) > 1)
        left = end


def _over(row: int, places: tuple[int, ...], merged: Merged) -> tuple[int, ...]:
    """Return the columns over which a day stands: those over which its cell is merged too."""
    right = max(
        (right for top, left, bottom, right in merged if top <= row <= bottom and left == places[-1]),
        default=places[-1],
    )
    return (*places, *range(places[-1] + 1, right + 1))


def left_unread(
    sheet: Sheet, table: DaysAcross, used: set[int], until: int, areas: Sequence[Area]
) -> list[Problem]:
    """Report columns among and beside the days (up to `until`) in which something stands that is not read."""
    problems = []
    rows = range(table.row + 1, table.last_row + 1)
    bells = {
        place
        for top, left, bottom, right in areas
        if bottom > table.row and top <= table.last_row
        for place in range(left, right + 1)
    }
    for place in range(table.first, until):
        header = cell_at(sheet, table.row, place)
        if place in used or place in bells or text_of(header).casefold().strip(" .:") in {*IS_NOTE, *_TOTALS}:
            continue
        if any(not is_blank(cell_at(sheet, row, place)) for row in rows):
            problem = "Above this column stands no day that can be read: what stands in it is not read."
            problems.append(not_read(sheet, table.row, place, problem, _REMEDY))
    return problems


IS_NOTE = frozenset(("note", "notes", "remark", "remarks", "comment", "comments"))
_TOTALS = frozenset(("total", "totals"))
