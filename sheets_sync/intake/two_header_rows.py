"""A header in two rows: "Amount" over "Sessions | Minutes", beside "Student" with nothing below it.

Both rows become one, at the lower: "Student | Sessions | Minutes". Part 4, "Layouts": merged headers, two
header rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.groups_over_headers import Below, Doubt, Meaning, headers_below
from sheets_sync.intake.header_row import ROWS_SEARCHED, find_header, meaning_of_headers
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.intake.outside_names import columns_key
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, a1

Cells = Sequence[CellValue]
_WHOSE = ("Student", "Date", "Service")


@dataclass(frozen=True)
class OneHeader:
    """A sheet of which the header stands in one row; `problems` are the headers to ask about."""

    sheet: Sheet
    problems: tuple[Problem, ...] = ()


def with_one_header_row(
    sheet: Sheet, tab: str, configured: Mapping[str, str], given: Mapping[str, str]
) -> OneHeader:
    """Return the sheet with the two rows of its header as one, in the lower row; as it is where it has one.

    Two rows are a header where the upper has a known column with nothing right below it but with data, or
    would do alone and has groups alone, the lower another, and both together every required one. Below a row
    that would do alone the lower holds nothing but headers, one of each group known ("Last | First" below
    "Student", "Date | Reason" below "Exit"), or parts a column in two ("Scheduled | Delivered" below
    "Minutes"). A group and what stands below it are read as one header; where that is none,
    groups_over_headers.py tells what stands below it.
    """
    alone = _header_row(sheet, tab, configured, given)
    if alone is None:
        first = next((row for row, cells in enumerate(sheet.rows) if not all(map(is_blank, cells))), 0)
        uppers: Iterable[int] = range(first, min(first + ROWS_SEARCHED, len(sheet.rows) - 1))
    else:
        uppers = range(max(alone - 2, 0), min(alone, len(sheet.rows) - 1))
    meaning = meaning_of_headers(tab, configured)
    for row in uppers:
        pair = _pair(sheet, row, tab, meaning)
        if pair is None:
            continue
        if not pair.stands_above_data(sheet, row) and not (row + 1 == alone and pair.are_groups()):
            continue
        parts = row + 1 == alone and pair.parts_a_column()
        if row + 1 == alone and not parts and not pair.are_all_known():
            continue
        headers, doubts = pair.as_one()
        one = replace(sheet, rows=[*sheet.rows[:row], [], headers, *sheet.rows[row + 2 :]])
        if parts or _header_row(one, tab, configured, given) == row + 2:
            return OneHeader(one, tuple(_questions(one, tab, row + 2, doubts)))
    return OneHeader(sheet)


def _questions(sheet: Sheet, tab: str, row: int, doubts: Sequence[Doubt]) -> Iterator[Problem]:
    """Ask once of each group about what stands below it, where it has cells."""
    alike: dict[tuple[str, bool, bool], list[Doubt]] = {}
    for doubt in doubts:
        place = doubt.below.place
        if any(place < len(cells) and not is_blank(cells[place]) for cells in sheet.rows[row:]):
            alike.setdefault((doubt.below.group, doubt.is_read, doubt.is_twice), []).append(doubt)
    for (group, is_read, is_twice), those in alike.items():
        names = _and([doubt.column for doubt in those])
        texts = _and([f'"{shown(doubt.below.text)}"' for doubt in those])
        why = f"other headers mean {names} too" if is_twice else "that may make it another column"
        first = those[0]
        yield Problem(
            Severity.QUESTION,
            sheet.name,
            a1(row, first.below.place),
            shown(first.below.text),
            f'What stands below "{shown(group)}" ({texts}) is{"" if is_read else " not"} read as {names}:'
            f" {why}.",
            f"If it is the {names}, put that there with nothing above it; else leave it, or rename it:"
            f" {columns_key(sheet, tab, first.column, '...')}.",
        )


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _header_row(
    sheet: Sheet, tab: str, configured: Mapping[str, str], given: Mapping[str, str]
) -> int | None:
    try:
        return find_header(sheet, tab, configured, given).row
    except CannotCount:
        return None


@dataclass(frozen=True)
class _Pair:
    """Two rows of equal length, and what is merged across in the upper (first -> last 0-based column)."""

    tab: str
    upper: Cells
    lower: Cells
    merged: Mapping[int, int]
    meaning: Meaning

    def stands_above_data(self, sheet: Sheet, row: int) -> bool:
        """Tell whether a known column of the upper, at this 0-based row, has nothing right below but data."""
        above = [
            place
            for place, cell in enumerate(self.upper)
            if is_blank(self.lower[place]) and _is_known(cell, self.meaning)
        ]
        return any(
            place < len(cells) and not is_blank(cells[place])
            for cells in sheet.rows[row + 2 :]
            for place in above
        )

    def are_groups(self) -> bool:
        """Tell whether every column has a header in the lower row, and several have one group."""
        pairs = zip(self.upper, self.lower, strict=True)
        filled = [is_blank(below) <= is_blank(above) for above, below in pairs]
        return all(filled) and any(map(is_blank, self.upper))

    def are_all_known(self) -> bool:
        """Tell whether the lower row holds headers: each is known, as it stands or with its group, or stands
        in a group of several of which one is known."""
        of_groups: dict[int, list[bool]] = {}
        headers, _ = self.as_one()
        for below, cell, (first, _group) in zip(self.lower, headers, self._groups(), strict=True):
            if not is_blank(below):
                known = _is_known(below, self.meaning) or _is_known(cell, self.meaning)
                of_groups.setdefault(first, []).append(known)
        return all(map(any, of_groups.values()))

    def parts_a_column(self) -> bool:
        """Tell whether texts stand below a known column and its blank neighbour, and below whose row it is
        and of what nothing does."""
        named = [
            (self.meaning(above) if isinstance(above, str) else None, place)
            for place, above in enumerate(self.upper)
        ]
        parted = [
            place
            for column, place in named
            if column
            and column not in _WHOSE
            and not is_blank(self.lower[place])
            and place + 1 < len(self.upper)
            and is_blank(self.upper[place + 1])
            and not is_blank(self.lower[place + 1])
        ]
        return bool(parted) and all(
            is_blank(self.lower[place]) for column, place in named if column in _WHOSE
        )

    def as_one(self) -> tuple[list[CellValue], list[Doubt]]:
        """Return the headers, column by column, and those to ask about."""
        alone = [
            text_of(above)
            for above, below in zip(self.upper, self.lower, strict=True)
            if is_blank(below) and not is_blank(above)
        ]
        below = [
            Below(place, group, text_of(self.lower[place]))
            for place, (_, group) in enumerate(self._groups())
            if not is_blank(self.lower[place])
        ]
        chosen, doubts = headers_below(self.tab, self.meaning, alone, below)
        return [chosen.get(place, above) for place, above in enumerate(self.upper)], doubts

    def _groups(self) -> Iterator[tuple[int, str]]:
        """Yield the group in which each column stands: its 0-based first column and its name, "" for none."""
        first, group, last = -1, "", -1
        for place, (above, below) in enumerate(zip(self.upper, self.lower, strict=True)):
            if not is_blank(above):
                first, group = place, "" if is_blank(below) else text_of(above)
                last = self.merged.get(place, len(self.upper))
            yield (first, group) if place <= last else (place, "")


def _pair(sheet: Sheet, row: int, tab: str, meaning: Meaning) -> _Pair | None:
    """Return the rows at a 0-based row and below it as a header, None where they cannot be one."""
    width = max(map(len, sheet.rows[row : row + 2]))
    upper, lower = ([*cells, *[None] * (width - len(cells))] for cells in sheet.rows[row : row + 2])
    if not _are_texts(upper, 2) or not _are_texts(lower, 1):
        return None
    merged = {left: right for top, left, _, right in merged_ranges(sheet) if top == row + 1}
    return _Pair(tab, upper, lower, merged, meaning)


def _are_texts(cells: Cells, fewest: int) -> bool:
    """Tell whether a row holds so many texts, and nothing else: numbers and dates are data."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return len(filled) >= fewest and all(isinstance(cell, str) for cell in filled)


def _is_known(cell: CellValue, meaning: Meaning) -> bool:
    return isinstance(cell, str) and meaning(cell) is not None
