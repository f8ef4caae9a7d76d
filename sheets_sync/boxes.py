"""The boxes that staff can tick on our tab: "Sync now", and "This is meant" beside a banner.

A box is found by its words, wherever staff have moved it: the cell on the right of them, in the rows above
the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sheets_sync.ports import CellValue
from sheets_sync.views.tab import Box

SYNC_NOW = "Sync now"
THIS_IS_MEANT = "This is meant"
TICKED, BLANK = "☑", "☐"
"""How a box stands in a file, which knows no checkboxes."""


def shown(box: Box) -> str:
    """Return how a box is written where there are no checkboxes."""
    return TICKED if box.ticked else BLANK


TICKS = frozenset({TICKED, "x", "yes", "true", "✓", "✔"})
TOP_ROWS = 3


@dataclass(frozen=True, slots=True)
class Boxes:
    """What is ticked."""

    sync_now: bool = False
    this_is_meant: bool = False


def read_boxes(rows: Iterable[Sequence[CellValue]]) -> Boxes:
    """Return what is ticked in the first rows of our tab."""
    top = [row for row, _ in zip(rows, range(TOP_ROWS), strict=False)]
    return Boxes(_beside(SYNC_NOW, top), _beside(THIS_IS_MEANT, top))


def _beside(words: str, rows: Iterable[Sequence[CellValue]]) -> bool:
    return any(
        _is_ticked(right)
        for row in rows
        for left, right in pairwise(row)
        if isinstance(left, str) and left.strip() == words
    )


def _is_ticked(value: CellValue) -> bool:
    return value is True or (isinstance(value, str) and value.strip().casefold() in TICKS)
