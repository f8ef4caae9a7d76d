"""One column's values are yesterday's in another order while the others stand (promises.md, "Guards").

Rows are known by all of their other cells, wherever they stand: rows may have been added, taken out, sorted
whole, and some of them edited, on the same day. By hand, and no doubt, are two cells that changed places, and
a column in which only two values did (two providers swap four sessions), unless it looks sorted: each value
in one block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sheets_sync.findings.guards.paired import Edited, Paired
from sheets_sync.findings.guards.rows import Marks, row_numbers
from sheets_sync.findings.guards.sheets import pairs
from sheets_sync.guarded import Baseline, Doubt, Doubts
from sheets_sync.tables import Tables

FEW, ROWS = 3, 4
"""So few rows that hold another row's cell are no mended mistake, in a tab of so many rows ..."""

EDITS = 3
"""... of which so many others were edited or taken out, or half as many as hold another row's cell."""

MANY = 10
"""In so many rows two values that changed places are no swap either."""

Flags = npt.NDArray[np.bool_]


def reordered(tables: Tables, baseline: Baseline) -> Iterator[Doubt]:
    """Doubt each tab in which columns were sorted without the others.

    A tab that was sorted whole has the same rows as before: that is no doubt. Nor are a few cells that
    changed places: two students' times, put right.
    """
    for tab, was in pairs(tables.seen, baseline.tabs):
        if tab is None or was is None or was.rows < ROWS:
            continue
        edited = Edited(tab, was)
        moved = _moved(edited)
        if not moved:
            continue
        columns = " and ".join(one.name for one in moved)
        rows = np.unique(np.concatenate([one.rows for one in moved]))
        yield Doubt(
            Doubts.REORDERED,
            tab.tab,
            f"In {tables.called(tab.tab, tab.source)} the cells of {columns} stand in another order, in"
            f" {len(rows)} rows, while the rest of the rows is as it was: were they sorted alone?",
            "Undo the sorting, or bring the tab back from its version history.",
            about=columns,
            items=tuple(sorted(set(row_numbers(tab, edited.columns)[rows].tolist()))),
            source=tab.source,
        )


def _moved(edited: Edited) -> list[_Cells]:
    """Return the column that was put into another order without the others, else several that were."""
    if len(edited.lost) < FEW:
        return []
    apart = [cells for name in edited.columns if (cells := _apart(edited, (name,)))]
    in_place = [_in_place(cells[0].paired) for cells in apart]
    candidates = [cells for cells, share in zip(apart, in_place, strict=True) if share == max(in_place)]
    moved = [cells for several in candidates for cells in several if cells.moved()]
    if moved:
        return moved
    together = _apart(edited, _differ_in_place(edited))
    return together if all(cells.moved() for cells in together) else []


def _differ_in_place(edited: Edited) -> tuple[str, ...]:
    """Return the columns in which more than one or two rows differ from those that stood in their places."""
    rows = min(edited.was.rows, edited.tab.rows)
    marks = {name: edited.marks(name) for name in edited.columns}
    return tuple(
        name for name, (before, now) in marks.items() if int((before[:rows] != now[:rows]).sum()) >= FEW
    )


def _apart(edited: Edited, columns: tuple[str, ...]) -> list[_Cells]:
    """Return the cells of these columns, if they are all that many rows have another of; else none."""
    if not columns or len(columns) == len(edited.columns):
        return []
    paired = edited.paired(columns)
    cells = [_Cells(edited, paired, name) for name in columns]
    if any(int(one.differ.sum()) < FEW for one in cells):
        return []
    anywhere = np.any([one.differ for one in cells], axis=0)
    others = len(edited.lost) - paired.exact
    return cells if others <= max(EDITS, int(anywhere.sum()) // 2) else []


def _in_place(paired: Paired) -> float:
    """Return how many of the rows follow each other as they did: a part of 1."""
    return float((np.diff(paired.now[np.argsort(paired.before)]) > 0).mean()) if len(paired.now) > 1 else 0.0


@dataclass(frozen=True)
class _Cells:
    """A column's cells in the rows that are paired."""

    edited: Edited
    paired: Paired
    name: str

    @cached_property
    def differ(self) -> Flags:
        """In which of the pairs the cell is another."""
        before, now = self.edited.marks(self.name)
        differ: Flags = before[self.paired.before] != now[self.paired.now]
        return differ

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """The places of these rows tonight."""
        return self.paired.now[self.differ]

    def moved(self) -> bool:
        """Tell whether these cells are yesterday's in another order, and were not put there by hand."""
        before, now = self._values()
        moves, were, are = len(before), Counter(before.tolist()), Counter(now.tolist())
        gone = (were - are).total()
        several = len(set(were) - {0}) > 2
        if not gone:
            return moves >= MANY or several or self._in_blocks()
        if 20 * gone <= moves:
            return True
        if not self._accounts_for(were - are, are - were):
            return False
        if self._in_blocks() and not self._was_in_blocks():
            return 3 * gone <= moves
        return moves >= MANY and several and 5 * gone <= moves and not _is_shifted(before, now)

    def _values(self) -> tuple[Marks, Marks]:
        """Return what stood in the cells that differ, and what does, in the order of the rows before."""
        before, now = self.edited.marks(self.name)
        places = np.flatnonzero(self.differ)
        places = places[np.argsort(self.paired.before[places])]
        return before[self.paired.before[places]], now[self.paired.now[places]]

    def _accounts_for(self, gone: Counter[int], came: Counter[int]) -> bool:
        """Tell whether rows that were added hold the cells that are gone, or rows taken out held new ones."""
        before, now = self.edited.marks(self.name)
        added, taken_out = now[self.paired.came], before[self.paired.lost]
        return (gone - Counter(added.tolist())).total() <= len(taken_out) and (
            came - Counter(taken_out.tolist())
        ).total() <= len(added)

    def _in_blocks(self) -> bool:
        _, now = self.edited.marks(self.name)
        return _blocks(np.delete(now, self.paired.came))

    def _was_in_blocks(self) -> bool:
        before, _ = self.edited.marks(self.name)
        return _blocks(np.delete(before, self.paired.lost))


def _blocks(cells: Marks) -> bool:
    """Tell whether each value stands in one block, as in a column that was sorted."""
    return 1 + int((cells[1:] != cells[:-1]).sum()) == len(set(cells.tolist()))


def _is_shifted(before: Marks, now: Marks) -> bool:
    """Tell whether most cells hold what stood in the next row: everybody comes half an hour later."""
    up, down = (int((one == other).sum()) for one, other in ((now[:-1], before[1:]), (now[1:], before[:-1])))
    return 2 * max(up, down) > len(before)
