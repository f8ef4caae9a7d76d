"""A date that stands once for the rows below it, where a list is read cell by cell (others: said_once.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.problems import Severity

_LEAST_SHARE = 5
"""So many rows at most stand for one blank: a single one among many was forgotten."""
_MOST_REPEATS = 4
"""Of so many blanks one date may stand again below itself."""
_HOLDS_ON = "Date is blank here: the one above is taken to hold on."
_REMEDY = "Write the date into each row, or merge the cells that it holds for."


def dates_of_rows(doubts: Doubts, place: int, rows: Iterable[int]) -> Mapping[int, Placed]:
    """Return the date of each of these rows (1-based) in which something is said: its own, that of the merged
    cells that cover it, or, asked about, the one above where the list says it once. `place` is its column.
    A row that is left out of them, or blank, ends what is said above."""
    sheet, own = doubts.sheet, list(rows)
    found: dict[int, Placed] = {
        row: (cell, row, place) for row in own if not is_blank(cell := cell_at(sheet, row, place))
    }
    for top, left, bottom, right in merged_ranges(sheet):
        if left == right == place and top in found:
            found |= {row: found[top] for row in own if top < row <= bottom}
    blank: dict[int, Placed] = {}
    for above, row in pairwise(own):
        held = found.get(above) or blank.get(above)
        if row not in found and row == above + 1 and held is not None:
            blank[row] = held
    if not blank or not _is_kept_so(found, own, blank):
        return found
    for row in blank:
        doubts.at(row, place, _HOLDS_ON, _REMEDY, Severity.QUESTION)
    return found | blank


def _is_kept_so(found: Mapping[int, Placed], rows: Sequence[int], blank: Mapping[int, Placed]) -> bool:
    dates = [found[row][0] for row in rows if row in found]
    repeats = sum(one == other for one, other in pairwise(dates))
    return _LEAST_SHARE * len(blank) >= len(rows) and _MOST_REPEATS * repeats <= len(blank)
