"""Further columns of times among the days of a week grid: those of a Wednesday, or of another school.

From such a column on the days are at its times. One that says again what the first says is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake.bell_schedule import Area
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.layouts.days_across import IS_NOTE, DaysAcross
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.intake.layouts.times_down import clock_of
from sheets_sync.intake.periods import is_part_of_day, kind_of_header, period_key, periods_spanned
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity, a1

_OF_TIMES = lazy_regex(r"\b(?:times?|periods?|blocks?|bells?)\b", re.IGNORECASE)
_Times = Mapping[int, tuple[int, int | None] | str]
"""Row -> start and end in minutes after midnight (clock_of), or the key of a period."""


@dataclass(frozen=True)
class Block:
    """The days from one column of times up to the next; `until` is the first column that is not beside them,
    `again` are the columns that say its times once more."""

    days: DaysAcross
    until: int
    again: frozenset[int] = frozenset()


def parted_at_times(
    sheet: Sheet,
    table: DaysAcross,
    until: int,
    times: Iterable[int],
    areas: Sequence[Area],
    problems: GridProblems,
) -> list[Block]:
    """Return the parts of a table, each with its times on its left: the whole where one column has them all.

    `times` are the columns of the table's own. Days with other times on their right than on their left are
    reported, and none is read.
    """
    until = min(until, max(map(len, sheet.rows)))
    said = next((found for at in times if (found := _times(sheet, table, at))), None)
    if said is None:
        return [Block(table, until)]
    starts, again, last = [table.left], set[int](), {day.places[-1] for day in table.days}
    for group in _further(sheet, table, until, areas):
        here = _times(sheet, table, group[0]) or {}
        if _says_the_same(here, said):
            again |= set(group)
        elif group[0] < max(last):
            starts.append(group[0])
            said = here
        elif not (header := text_of(cell_at(sheet, table.row, group[0]))) or _OF_TIMES.search(header):
            problem = "These are other times than on the left: which are those of the days is not told."
            remedy = "Write the times on the left of their days alone."
            problems.report(Severity.ERROR, table.row, group[0], problem, remedy)
            return []
    blocks = list(_blocks(table, starts, until, again))
    if len(blocks) > 1 and (beside := _says_more(sheet, table)):
        problem = "What stands on the left of the first days may hold for these too: they are not read."
        remedy = "Write it on the left of each, or keep them as two tables, one below the other."
        problems.report(Severity.ERROR, table.row, starts[1], f"{problem} ({a1(*beside)})", remedy)
        return blocks[:1]
    return blocks


def _blocks(table: DaysAcross, starts: list[int], until: int, again: set[int]) -> Iterator[Block]:
    for start, end in zip(starts, [*starts[1:], until], strict=True):
        days = tuple(day for day in table.days if start <= day.places[0] < end)
        here = frozenset(at for at in again if start <= at < end)
        yield Block(replace(table, days=days, left=start, end=min(end, table.end)), end, here)


def _says_more(sheet: Sheet, table: DaysAcross) -> tuple[int, int] | None:
    """Return the first cell on the left of a table, in a column that is none of times, that says anything."""
    for at in range(table.left, table.first):
        if _times(sheet, table, at) is None:
            for row in range(table.row + 1, table.last_row + 1):
                text = text_of(cell_at(sheet, row, at))
                if any(map(str.isalpha, text)) and not is_no_session(text) and not is_part_of_day(text):
                    return row, at
    return None


def _further(sheet: Sheet, table: DaysAcross, until: int, areas: Sequence[Area]) -> list[list[int]]:
    """Return the columns of times among and behind the days, those side by side (starts, ends) together."""
    over = {place for day in table.days for place in day.places}
    groups: list[list[int]] = []
    for at in range(table.first, until):
        header = text_of(cell_at(sheet, table.row, at)).casefold().strip(" .:")
        if at in over or header in IS_NOTE or _is_in(areas, table, at) or not _times(sheet, table, at):
            continue
        if groups and groups[-1][-1] == at - 1:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _times(sheet: Sheet, table: DaysAcross, at: int) -> _Times | None:
    """Return the times or periods in a column, None where it is none of times: they are less than half."""
    kind = kind_of_header(text_of(cell_at(sheet, table.row, at)))
    found: dict[int, tuple[int, int | None] | str] = {}
    others = 0
    for row in range(table.row + 1, table.last_row + 1):
        cell = cell_at(sheet, row, at)
        text = text_of(cell)
        if is_blank(cell) or (isinstance(cell, str) and is_no_session(text)):
            continue
        keys = periods_spanned(text, kind) or (period_key(text, kind),)
        is_period = keys[0] is not None and (kind or not keys[0].isdigit())
        if is_period and kind:
            found[row] = "-".join(map(str, keys))
        elif (clock := clock_of(cell)) is not None:
            found[row] = clock
        elif is_period:
            found[row] = "-".join(map(str, keys))
        else:
            others += 1
    return found if found and len(found) >= others else None


def _says_the_same(here: _Times, said: _Times) -> bool:
    """Tell whether a column says of its rows what another one says of them."""
    return all(row in said and _agree(one, said[row]) for row, one in here.items())


def _agree(one: tuple[int, int | None] | str, other: tuple[int, int | None] | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return one[0] == other[0] and (None in (one[1], other[1]) or one[1] == other[1])


def _is_in(areas: Sequence[Area], table: DaysAcross, at: int) -> bool:
    return any(
        top <= table.last_row and bottom >= table.row and left <= at <= right
        for top, left, bottom, right in areas
    )
