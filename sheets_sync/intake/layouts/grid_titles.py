"""The titles of each table of a week grid: whose it is, of what service, for which weeks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.intake.bell_schedule import Area
from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.clock import read_time_range
from sheets_sync.intake.layouts.day_header import read_day
from sheets_sync.intake.layouts.days_across import DaysAcross
from sheets_sync.intake.layouts.listed import Placed
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.title_text import NOT_ABOUT, TitleText, read_title
from sheets_sync.intake.services import services_spoken_of
from sheets_sync.ports import CellValue, Sheet

_MOST_TITLES = 4
"""A table below another one has no more rows of titles."""
_DATED = 2
"""So many dates in one row are those of the days."""


@dataclass(frozen=True)
class Title:
    """One title with its place; `partly` where it may be that of some of the days alone."""

    read: TitleText
    row: int
    place: int
    partly: bool = False


@dataclass(frozen=True)
class Titles:
    """The titles of one table; `top` is the row of the first, the row of the days where there is none.

    `dated` is the first cell that says of which dates the table is. `spoken` is the service of which they
    speak, understood or not.
    """

    texts: tuple[Title, ...]
    top: int
    dated: tuple[int, int] | None
    spoken: Placed | None

    @property
    def understood(self) -> tuple[Title, ...]:
        return tuple(title for title in self.texts if not title.read.left_over)

    @property
    def names(self) -> bool:
        """Tell whether they say whose the table is, or of what, and leave nothing open."""
        return any(title.read.names for title in self.texts) and self.understood == self.texts


def titles_of(
    sheet: Sheet,
    table: DaysAcross,
    until: int,
    merged: Sequence[Area],
    areas: Sequence[Area],
    known: PeopleKnown,
) -> Titles:
    """Return what stands above a table; `until` is the first column that is not its own.

    Above the first of its columns all that stands there, but for bell schedules (`areas`); above a table
    below another one the texts of rows that hold nothing else, on the left of the days or merged over them.
    """
    top = _first_row(sheet, table, until, merged) if table.below else 1
    texts, dated = [], _dates_below(sheet, table)
    for row in range(top, table.row):
        cells = [(place, cell) for place, cell in enumerate(sheet.rows[row - 1]) if not is_blank(cell)]
        for_all = len(cells) == 1 and row < table.row - 1 and not table.below
        own = [(at, cell) for at, cell in cells if for_all or _is_own(table, until, row, at, merged)]
        if sum(_is_dated(cell, known) for _, cell in own) >= _DATED:
            dated = dated or (row, own[0][0])
            continue
        for place, cell in own:
            if isinstance(cell, str) and not _is_in(areas, row, place):
                read = read_title(cell, known)
                title = Title(read, row, place, _is_partly(read, table, row, place, len(own) > 1, merged))
                dated = dated or ((row, place) if title.read.dated and not title.read.weeks else None)
                texts.append(title)
    spoken = service_spoken_of(
        (title.read.text, title.row, title.place)
        for title in texts
        if not (title.read.left_over and NOT_ABOUT.search(title.read.text))
    )
    return Titles(tuple(texts), top, dated, spoken)


def _is_dated(cell: CellValue, known: PeopleKnown) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and read_title(cell, known).dated)


def _is_own(table: DaysAcross, until: int, row: int, place: int, merged: Sequence[Area]) -> bool:
    right = max((r for top, left, _, r in merged if (top, left) == (row, place)), default=place)
    return place < until and table.left <= right


def _is_partly(
    read: TitleText, table: DaysAcross, row: int, place: int, others: bool, merged: Sequence[Area]
) -> bool:
    """Tell whether a title stands over some of the days: merged so, or beside others, or it names weeks."""
    right = max((r for top, left, _, r in merged if (top, left) == (row, place)), default=None)
    last = table.days[-1].places[0]
    if not read.names or row < table.row - 1:
        return read.names and bool(read.weeks) and place > table.first
    if right is not None:
        return place > table.first or (right < last and right >= table.first)
    return place > table.first and (others or bool(read.weeks))


def _is_in(areas: Sequence[Area], row: int, place: int) -> bool:
    return any(top <= row <= bottom and left <= place <= right for top, left, bottom, right in areas)


def _first_row(sheet: Sheet, table: DaysAcross, until: int, merged: Sequence[Area]) -> int:
    """Return the first of the rows above a table, below another one, that hold nothing but its titles."""
    first, found = table.row, 0
    for row in range(table.row - 1, 0, -1):
        cells = list(enumerate(sheet.rows[row - 1][table.left : until], start=table.left))
        filled = [(at, cell) for at, cell in cells if not is_blank(cell)]
        if not filled:
            continue
        if found == _MOST_TITLES or not _is_title(filled, row, table, merged):
            break
        first, found = row, found + 1
    return first


def _is_title(
    filled: Sequence[tuple[int, CellValue]], row: int, table: DaysAcross, merged: Sequence[Area]
) -> bool:
    (place, cell), *others = filled
    if others or not isinstance(cell, str) or read_time_range(cell).value or read_day(cell):
        return False
    wide = any((top, left) == (row, place) and right > left for top, left, _, right in merged)
    return place < table.first or wide


def _dates_below(sheet: Sheet, table: DaysAcross) -> tuple[int, int] | None:
    """Return the first header in which a date stands beside the day: the cell says of which week it is."""
    return next(((table.row, day.places[0]) for day in table.days if day.header.dated), None)


def service_spoken_of(texts: Iterable[tuple[str, int, int]]) -> Placed | None:
    """Return the one service of which texts (with their cells) speak; None where there are several."""
    found: dict[str, Placed] = {}
    for text, row, place in texts:
        for name in services_spoken_of(text):
            found.setdefault(name, (name, row, place))
    return next(iter(found.values())) if len(found) == 1 else None
