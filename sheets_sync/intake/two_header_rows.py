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
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.intake.names import name_key
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount

Meaning = Callable[[str], str | None]
Cells = Sequence[CellValue]
_WHOSE = ("Student", "Date", "Service")
_OF_ANY = frozenset(
    "amount service services session sessions time times date dates schedule delivery frequency given detail"
    " details info information demographics of and the when who where what student students provider"
    " providers special education related".split()
)
"""Words of the name of a group that make what stands below it no other column."""


def with_one_header_row(
    sheet: Sheet, tab: str, configured: Mapping[str, str], given: Mapping[str, str]
) -> Sheet:
    """Return the sheet with the two rows of its header as one, in the lower row; as it is where it has one.

    Two rows are a header where the upper has a known column with nothing right below it but with data, the
    lower another, and both together every required one. Below a row that would do alone the lower holds
    nothing but known headers ("Last | First" below "Student"), or parts a column in two ("Scheduled |
    Delivered" below "Minutes"). A group and what stands below it are read as one header; where that is none,
    what stands below it is the header only if the group says no more than "Amount" or "Session": "IEP" over
    "Start" is no start of a line.
    """
    alone = _header_row(sheet, tab, configured, given)
    if alone is None:
        first = next((row for row, cells in enumerate(sheet.rows) if not all(map(is_blank, cells))), 0)
        uppers: Iterable[int] = range(first, min(first + ROWS_SEARCHED, len(sheet.rows) - 1))
    else:
        uppers = range(max(alone - 2, 0), min(alone, len(sheet.rows) - 1))
    meaning = meaning_of_headers(tab, configured)
    for row in uppers:
        pair = _pair(sheet, row, meaning)
        if pair is None:
            continue
        parts = row + 1 == alone and pair.parts_a_column()
        if row + 1 == alone and not parts and not pair.are_all_known():
            continue
        one = replace(sheet, rows=[*sheet.rows[:row], [], pair.as_one(), *sheet.rows[row + 2 :]])
        if parts or _header_row(one, tab, configured, given) == row + 2:
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
    meaning: Meaning

    def are_all_known(self) -> bool:
        """Tell whether the lower row holds known headers alone, as they stand or with their group."""
        return all(
            is_blank(below) or _is_known(below, self.meaning) or _is_known(cell, self.meaning)
            for below, cell in zip(self.lower, self.as_one(), strict=True)
        )

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

    def as_one(self) -> list[CellValue]:
        """Return the headers, column by column."""
        alone = (
            below if not is_blank(below) else above
            for above, below in zip(self.upper, self.lower, strict=True)
        )
        times = Counter(name_key(text_of(cell)) for cell in alone if not is_blank(cell))
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
        whole = f"{group} {text}".strip()
        if not group or self.meaning(whole):
            return whole
        if self.meaning(f"{text} {group}"):
            return f"{text} {group}"
        says_no_more = all(word in _OF_ANY for word in name_key(group).split())
        return text if says_no_more and not again else whole


def _pair(sheet: Sheet, row: int, meaning: Meaning) -> _Pair | None:
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
    if not with_data:
        return None
    merged = {left: right for top, left, _, right in merged_ranges(sheet) if top == row + 1}
    return _Pair(upper, lower, merged, meaning)


def _are_texts(cells: Cells, fewest: int) -> bool:
    """Tell whether a row holds so many texts, and nothing else: numbers and dates are data."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return len(filled) >= fewest and all(isinstance(cell, str) for cell in filled)


def _is_known(cell: CellValue, meaning: Meaning) -> bool:
    return isinstance(cell, str) and meaning(cell) is not None
