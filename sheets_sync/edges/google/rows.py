"""Which row of the tab as it was read is which row of the tab that is to be (workbook.md, "The key").

A row is known by its key, never by its place. Rows with notes that have lost their line are known by what
staff wrote on them. What is left over goes below the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sheets_sync.edges.google.columns import Sources, header_at, staff_columns_of
from sheets_sync.edges.google.values_to_send import as_read
from sheets_sync.ports import CellValue
from sheets_sync.views.tab import OutCell, OutValue, Tab

Written = tuple[tuple[int, OutValue], ...]
"""What staff wrote on a row, by the column of the tab; blank cells left out."""


@dataclass(frozen=True, slots=True)
class RowsAtRead:
    """`sources`: for each row of the tab the row that was read. Of the rows that were read, each by its
    place: the `keys`, and on which staff wrote anything (`written`)."""

    sources: Sources
    keys: Mapping[int, str]
    written: frozenset[int]


def rows_at_read(
    tab: Tab, rows: Sequence[Sequence[CellValue]], columns: Sources, header: int | None, there: int
) -> RowsAtRead:
    """Find the row of each row of the tab; `there` is how many rows there are, blank ones too.

    What staff copied whole is no row of the tab: it goes below.
    """
    if tab.key is None:
        return RowsAtRead(_by_content(tab, rows, columns, there), {}, frozenset())
    return _Pairing(tab, rows, columns, header).found()


def _by_content(tab: Tab, rows: Sequence[Sequence[CellValue]], columns: Sources, there: int) -> Sources:
    """Pair the rows of a table without keys with those that say the same, so that one that came or went in
    the middle moves the others and none is sent again; the rest are written over others, the first first.
    """
    top = header_at(tab) + 1
    found: list[int | None] = [at if at < there else None for at in range(min(top, len(tab.rows)))]
    wanted = [tuple(as_read(cell.value) for cell in cells) for cells in tab.rows[top:]]
    shown = [_shown_as(columns, cells, len(columns)) for cells in rows[top:there]]
    shown += [()] * (there - top - len(shown))
    pairs: dict[int, int] = {}
    for start, at, size in SequenceMatcher(None, shown, wanted, autojunk=False).get_matching_blocks():
        pairs |= {at + step: top + start + step for step in range(size)}
    used = set(pairs.values())
    free = (at for at in range(top, there) if at not in used)
    return (*found, *(pairs[at] if at in pairs else next(free, None) for at in range(len(wanted))))


def _shown_as(columns: Sources, cells: Sequence[CellValue], width: int) -> tuple[OutValue, ...]:
    """Return what a row that was read shows in the columns of the tab."""
    places = columns[:width]
    return tuple(as_read(cells[at]) if at is not None and at < len(cells) else None for at in places)


def written_on(tab: Tab, cells: Sequence[OutCell]) -> Written:
    """Return what the tab shows as staff's on one of its rows."""
    found = ((column, _said(cells[column].value)) for column in _staff(tab) if column < len(cells))
    return tuple((column, value) for column, value in found if value is not None)


def key_of(tab: Tab, cells: Sequence[OutCell]) -> str:
    """Return the key of one of the tab's rows, "" for none."""
    assert tab.key is not None
    return str(cells[tab.key].value or "") if tab.key < len(cells) else ""


class _Pairing:
    def __init__(
        self, tab: Tab, rows: Sequence[Sequence[CellValue]], columns: Sources, header: int | None
    ) -> None:
        self._tab = tab
        self._rows = rows
        self._columns = columns
        self._header = header
        self._first = header_at(tab) + 1
        self._keys = [self._read_key(at) for at in range(len(rows))]
        self._written = [self._read_written(at) for at in range(len(rows))]
        self._found: dict[int, int] = {}

    def found(self) -> RowsAtRead:
        taken = {self._header} if self._header is not None else set()
        self._by_key(taken)
        self._by_what_staff_wrote(taken)
        self._top(taken)
        return RowsAtRead(
            tuple(self._found.get(place) for place in range(len(self._tab.rows))),
            {at: key for at, key in enumerate(self._keys) if key},
            frozenset(at for at, one in enumerate(self._written) if one),
        )

    def _by_key(self, taken: set[int]) -> None:
        """Pair by key; of several rows with one key that on which staff wrote what the tab shows; and of
        several of those that which shows most of ours, for the others are copies."""
        by_key: Mapping[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self._keys):
            if key and at not in taken:
                by_key[key].append(at)
        for place, cells in self._lines():
            several = by_key.get(key_of(self._tab, cells), [])
            wanted = written_on(self._tab, cells)
            same = [at for at in several if self._written[at] == wanted]
            some = same or (several if len(several) == 1 else [])
            chosen = max(some, key=self._how_much_of_ours, default=None)
            if chosen is not None:
                self._found[place] = chosen
                taken.add(chosen)

    def _by_what_staff_wrote(self, taken: set[int]) -> None:
        for place, cells in self._lines():
            wanted = written_on(self._tab, cells)
            if place in self._found or not wanted or key_of(self._tab, cells):
                continue
            same = [at for at, one in enumerate(self._written) if one == wanted and at not in taken]
            if same:
                self._found[place] = same[0]
                taken.add(same[0])

    def _top(self, taken: set[int]) -> None:
        """Pair the rows above the header: the title by what it says, the others as they follow it."""
        if self._header is not None:
            self._found[self._first - 1] = self._header
        above = self._header if self._header is not None else self._first_line()
        free = [at for at in range(above) if at not in taken and not self._keys[at] and not self._written[at]]
        titles = [cell.value for cell in self._tab.rows[0][:1]]
        for at in free:
            if titles and titles[0] and self._shown(at, 0) == as_read(titles[0]):
                free = free[free.index(at) :]
                break
        for place, at in zip(range(self._first - 1), free, strict=False):
            self._found[place] = at

    def _first_line(self) -> int:
        return next((at for at, key in enumerate(self._keys) if key), 0)

    def _how_much_of_ours(self, at: int) -> int:
        ours = set(range(len(self._columns))) - staff_columns_of(self._tab)
        return sum(self._shown(at, column) is not None for column in ours)

    def _lines(self) -> Iterator[tuple[int, Sequence[OutCell]]]:
        for place in range(self._first, len(self._tab.rows)):
            yield place, self._tab.rows[place]

    def _read_key(self, at: int) -> str:
        assert self._tab.key is not None
        return "" if at == self._header else str(self._shown(at, self._tab.key) or "").strip()

    def _read_written(self, at: int) -> Written:
        found = ((column, _said(self._shown(at, column))) for column in _staff(self._tab))
        return tuple((column, value) for column, value in found if value is not None)

    def _shown(self, at: int, column: int) -> OutValue:
        source = self._columns[column] if column < len(self._columns) else None
        cells = self._rows[at]
        return as_read(cells[source]) if source is not None and source < len(cells) else None


def _said(value: OutValue) -> OutValue:
    """Return what a cell of staff's says; spaces say nothing."""
    said = as_read(value)
    return None if isinstance(said, str) and not said.strip() else said


def _staff(tab: Tab) -> list[int]:
    return sorted(staff_columns_of(tab))
