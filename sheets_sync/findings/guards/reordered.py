"""One column's values are yesterday's in another order while the others stand (promises.md, "Guards").

Three rows are enough where all the rest of the tab stands; where some of it was edited too, it takes more. By
hand, and no doubt, are two cells that changed places, and a column in which only two values did (two
providers swap four sessions), unless it looks sorted: each value in one block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sheets_sync.findings.guards.rows import Marks, marks_of, row_numbers, shared_columns
from sheets_sync.guarded import Baseline, Doubt, Doubts, SeenTab
from sheets_sync.tables import Tables

MANY = 10
"""So many rows that hold another row's cell are no mended mistake ..."""

SOME = 5
"""... nor are so many, if they are more than half of the rows."""

FEW, ROWS = 3, 4
"""Nor are so few, in a tab of so many rows, if no other cell of these rows has changed."""

Flags = npt.NDArray[np.bool_]


def reordered(tables: Tables, baseline: Baseline) -> Iterator[Doubt]:
    """Doubt each tab in which columns were sorted without the others.

    Compared are the rows that were there, in their places; rows may have been added below, and a twentieth of
    them may have been edited. A tab that was sorted whole has the same rows as before: that is no doubt. Nor
    are a few cells that changed places: two students' times, put right.
    """
    before = {tab.tab: tab for tab in baseline.tabs}
    for tab in tables.seen:
        was = before.get(tab.tab)
        if was is None or not was.rows or tab.rows < was.rows:
            continue
        moved = _moved(tab, was) or _moved_alone(tab, was)
        if not moved:
            continue
        anywhere = np.any(list(moved.values()), axis=0)
        name, columns = tables.tab(tab.tab), " and ".join(moved)
        rows = row_numbers(tab, shared_columns(tab, was))[: was.rows]
        yield Doubt(
            Doubts.REORDERED,
            tab.tab,
            f'In the tab "{name}" the cells of {columns} stand in another order, in {int(anywhere.sum())}'
            " rows, while the rest of the rows is as it was: were they sorted alone?",
            "Undo the sorting, or bring the tab back from its version history.",
            about=columns,
            items=tuple(sorted(set(rows[anywhere].tolist()))),
        )


def _moved(tab: SeenTab, was: SeenTab) -> dict[str, Flags]:
    """Return the columns that were put into another order without the others, and in which rows."""
    slack = was.rows // 20
    moved: dict[str, Flags] = {}
    stand = 0
    for name in shared_columns(tab, was):
        now, before = (marks_of(column) for one in (tab, was) if (column := one.column(name)) is not None)
        differs: Flags = now[: was.rows] != before
        moves = int(differs.sum())
        if moves >= SOME and _is_in_another_order(now, before, differs):
            moved[name] = differs
        elif moves <= slack:
            stand += len(set(before.tolist())) > 1
        else:
            return {}
    anywhere = int(np.any(list(moved.values()), axis=0).sum()) if moved else 0
    enough = anywhere >= MANY or (anywhere >= SOME and 2 * anywhere > was.rows)
    return moved if stand and enough and 2 * _lost(tab, was) > anywhere else {}


def _moved_alone(tab: SeenTab, was: SeenTab) -> dict[str, Flags]:
    """Return the same of columns in which a few rows moved, where no other cell has changed."""
    moved: dict[str, Flags] = {}
    stand = False
    for name in shared_columns(tab, was) if was.rows >= ROWS else ():
        now, before = (marks_of(column) for one in (tab, was) if (column := one.column(name)) is not None)
        differs: Flags = now[: was.rows] != before
        if not differs.any():
            stand = stand or len(set(before.tolist())) > 1
        elif int(differs.sum()) >= FEW and _looks_sorted_alone(now, before, differs):
            moved[name] = differs
        else:
            return {}
    anywhere = int(np.any(list(moved.values()), axis=0).sum()) if moved else 0
    return moved if stand and 2 * _lost(tab, was) > anywhere else {}


def _looks_sorted_alone(now: Marks, before: Marks, differs: Flags) -> bool:
    """Tell whether the cells are those of yesterday, and were not put right by hand.

    Rows that were added may have been sorted with the others.
    """
    times, were = Counter(now.tolist()), Counter(before.tolist())
    blocks = 1 + int((now[1:] != now[:-1]).sum())
    if blocks == len(times):
        return were <= times
    same = Counter(now[: len(before)].tolist()) == were
    return same and len(set(before[differs].tolist()) - {0}) > 2


def _is_in_another_order(now: Marks, before: Marks, differs: Flags) -> bool:
    """Tell whether what stood in the cells that differ stands elsewhere in the column now.

    Blanks that were filled are no such cells, however many rows were added with others to be filled.
    """
    moves, overwritten = int(differs.sum()), int((differs & (before != 0)).sum())
    size = int(max(now.max(initial=0), before.max(initial=0))) + 1
    times, were = (np.bincount(marks[marks != 0], minlength=size) for marks in (now, before))
    lost = int(np.maximum(were - times, 0).sum())
    return 3 * overwritten >= moves and 20 * lost <= moves


def _lost(tab: SeenTab, was: SeenTab) -> int:
    """Return how many rows are nowhere in the tab any more; of a tab that was sorted whole, none."""
    columns = shared_columns(tab, was)
    now, before = (Counter(row_numbers(one, columns).tolist()) for one in (tab, was))
    return sum((before - now).values())
