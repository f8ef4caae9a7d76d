"""Where every row and column of a tab stands after the write, and what of it was there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheets_sync.edges.google.columns import (
    Sources,
    column_sources,
    with_the_rest,
)
from sheets_sync.edges.google.moment import CellAtRead, Dimension, Json, TabAtRead
from sheets_sync.edges.google.moves import Step, steps_to
from sheets_sync.edges.google.rows import RowsAtRead, key_of, rows_at_read
from sheets_sync.views.tab import Tab


@dataclass(frozen=True, slots=True)
class Layout:
    """A tab that is there: `rows` and `columns` name for each of the grid after the write the one that was
    read, None for one that the write inserts. `spare` tells which got a blank one at the end first. `held`
    are rows below the table that keep names: those of a row of the tab (its place), or their own (None).
    `forgotten` are the keys that no row is known by any more."""

    tab: Tab
    read: TabAtRead
    rows: Sources
    columns: Sources
    spare: tuple[bool, bool] = (False, False)
    held: Mapping[int, int | None] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()

    def before(self, row: int, column: int) -> CellAtRead | None:
        """Return what stood in the cell that is now here; None where row or column is new."""
        from_row, from_column = self.rows[row], self.columns[column]
        if from_row is None or from_column is None:
            return None
        return self.read.cell(from_row, from_column)

    @property
    def row_steps(self) -> list[Step]:
        return steps_to(self.rows, len([at for at in self.rows if at is not None]))

    @property
    def column_steps(self) -> list[Step]:
        return steps_to(self.columns, len([at for at in self.columns if at is not None]))

    def requests(self) -> list[Json]:
        """Return the requests that bring rows and columns to their places."""
        found: list[Json] = []
        for dimension, spare, steps in zip(
            _DIMENSIONS, self.spare, (self.row_steps, self.column_steps), strict=True
        ):
            if spare:
                end = {"sheetId": self.read.id, "dimension": dimension, "length": 1}
                found.append({"appendDimension": end})
            found += [step.request(self.read.id, dimension) for step in steps]
        return found


_DIMENSIONS: tuple[Dimension, Dimension] = ("ROWS", "COLUMNS")


def layout_of(tab: Tab, read: TabAtRead) -> Layout:
    """Find the place of everything that stands on our tab. `read` is our tab as it was read."""
    values = [[cell.value for cell in cells] for cells in read.cells]
    columns, header = column_sources(tab, values, read.column_count, read.known_columns)
    found = rows_at_read(tab, values, columns, header, read.row_count)
    rows, spare_row = _whole(found.sources, read.row_count, tab.frozen[0])
    columns, spare_column = _whole(columns, read.column_count, tab.frozen[1])
    forgotten = _forgotten(tab, rows, found)
    held = _held(tab, rows, found, forgotten)
    return Layout(tab, read, rows, columns, (spare_row, spare_column), held, forgotten)


def _forgotten(tab: Tab, rows: Sources, found: RowsAtRead) -> frozenset[str]:
    """Return the keys by which no row is known any more: neither one of the tab nor one below it on which
    staff wrote. Whatever they write on such a row later has no line."""
    known = set()
    for place, at in enumerate(rows):
        key = found.keys.get(at) if at is not None else None
        if key and (key == key_of(tab, tab.rows[place]) if place < len(tab.rows) else at in found.written):
            known.add(key)
    return frozenset(found.keys.values()) - known


def _held(tab: Tab, rows: Sources, found: RowsAtRead, forgotten: frozenset[str]) -> dict[int, int | None]:
    """Return the rows below the table that keep names: staff wrote on them, or copied them from a line's row.
    Nobody is to take such a row for a blank one."""
    lines = {key: place for place, cells in enumerate(tab.rows) if tab.key and (key := key_of(tab, cells))}
    return {
        place: lines.get(found.keys.get(at, ""))
        for place, at in enumerate(rows)
        if place >= len(tab.rows)
        and at is not None
        and (at in found.written or found.keys.get(at, "") not in {"", *forgotten})
    }


def _whole(sources: Sources, there: int, frozen: int) -> tuple[Sources, bool]:
    """Add all others; behind a new last one there must be a blank one, before which it is inserted, and not
    all can be frozen."""
    whole = with_the_rest(sources, there)
    if len(whole) <= frozen or whole[-1] is None:
        return (*whole, there), True
    return whole, False
