"""A header in two rows: "Amount" over "Sessions | Minutes", beside "Student" with nothing below it.

Both rows become one, at the lower: "Student | Sessions | Minutes". Part 4, "Layouts": merged headers, two
header rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.header_row import ROWS_SEARCHED, find_header, meaning_of_headers
from sheets_sync.intake.layouts.title_text import NOT_NOW
from sheets_sync.intake.layouts.titles_that_deny import NOT_GIVEN
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.intake.names import name_key
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount

Meaning = Callable[[str], str | None]
Cells = Sequence[CellValue]
_OF_WHAT_WAS_GIVEN = ("Service Log", "Attendance")


def with_one_header_row(
    sheet: Sheet, tab: str, configured: Mapping[str, str], given: Mapping[str, str]
) -> Sheet:
    """Return the sheet with the two rows of its header as one, in the lower row; as it is where it has one.

    Two rows are a header where the upper has a known column with nothing right below it but with data, the
    lower another, and both together every required one; below an upper row that would do alone the lower
    holds nothing but known headers ("Last | First" below "Student"). The name of a group goes before what
    stands below it where both are a known column ("Provider" over "Name"), where it takes back ("Planned"
    over "Minutes") and where two groups have the same below them; else what stands below is the header.
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
        if pair is None or (row + 1 == alone and not pair.are_all_known()):
            continue
        one = replace(sheet, rows=[*sheet.rows[:row], [], pair.as_one(), *sheet.rows[row + 2 :]])
        if _header_row(one, tab, configured, given) == row + 2:
            return one
    return sheet


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

    upper: Cells
    lower: Cells
    merged: Mapping[int, int]
    tab: str
    meaning: Meaning

    def are_all_known(self) -> bool:
        """Tell whether the lower row holds known headers alone, as they stand or with their group."""
        return all(
            is_blank(below) or _is_known(cell, self.meaning)
            for below, cell in zip(self.lower, self.as_one(), strict=True)
        )

    def as_one(self) -> list[CellValue]:
        """Return the headers, column by column."""
        times = Counter(name_key(text_of(cell)) for cell in self.lower if not is_blank(cell))
        return [
            above
            if is_blank(below)
            else self._named(group, text_of(below), again=times[name_key(text_of(below))] > 1)
            for above, below, group in zip(self.upper, self.lower, self._groups(), strict=True)
        ]

    def _groups(self) -> Iterator[str]:
        """Yield the name of the group in which each column stands, "" for none."""
        group, last = "", -1
        for place, (above, below) in enumerate(zip(self.upper, self.lower, strict=True)):
            if not is_blank(above):
                group = "" if is_blank(below) else text_of(above)
                last = self.merged.get(place, len(self.upper))
            yield group if place <= last else ""

    def _named(self, group: str, text: str, *, again: bool) -> str:
        whole = f"{group} {text}"
        return whole if group and (again or self._takes_back(group) or self.meaning(whole)) else text

    def _takes_back(self, group: str) -> bool:
        of_given = self.tab in _OF_WHAT_WAS_GIVEN and NOT_GIVEN.search(group) is not None
        return of_given or NOT_NOW.search(group) is not None


def _pair(sheet: Sheet, row: int, tab: str, meaning: Meaning) -> _Pair | None:
    """Return the rows at a 0-based row and below it as a header, None where they cannot be one."""
    width = max(map(len, sheet.rows[row : row + 2]))
    upper, lower = ([*cells, *[None] * (width - len(cells))] for cells in sheet.rows[row : row + 2])
    if not _are_texts(upper, 2) or not _are_texts(lower, 1):
        return None
    above = [place for place in range(width) if is_blank(lower[place]) and _is_known(upper[place], meaning)]
    with_data = any(
        place < len(cells) and not is_blank(cells[place])
        for cells in sheet.rows[row + 2 :]
        for place in above
    )
    if not with_data or not any(_is_known(cell, meaning) for cell in lower):
        return None
    merged = {left: right for top, left, _, right in merged_ranges(sheet) if top == row + 1}
    return _Pair(upper, lower, merged, tab, meaning)


def _are_texts(cells: Cells, fewest: int) -> bool:
    """Tell whether a row holds so many texts, and nothing else: numbers and dates are data."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return len(filled) >= fewest and all(isinstance(cell, str) for cell in filled)


def _is_known(cell: CellValue, meaning: Meaning) -> bool:
    return isinstance(cell, str) and meaning(cell) is not None
