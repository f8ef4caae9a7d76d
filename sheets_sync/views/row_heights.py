"""How high a row must be for its wrapped text to show: spreadsheets do not work it out for a file."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from math import ceil

from sheets_sync.views.palette import PALETTE
from sheets_sync.views.tab import OutCell

LETTERS_A_WIDTH = 1.3
"""Letters of 10 points in the width of one digit of the sheet's own font, on average."""

POINTS_A_SIZE = 1.32
PADDING = 5.0
MOST_POINTS = 400.0
"""Excel allows 409."""


def row_height(cells: Sequence[OutCell], widths: Sequence[float], least: float = 0.0) -> float:
    """Return the height in points that shows every wrapped text of the row whole, at least `least`."""
    heights = [_cell_height(cell, width) for cell, width in zip(cells, widths, strict=False)]
    return min(max([least, *heights]), MOST_POINTS)


def text_height(text: str, width: float, size: int) -> float:
    """Return the height of a text of this size (points) in a column of this width (characters)."""
    letters = max(int(width * LETTERS_A_WIDTH * 10 / size), 1)
    lines = sum(_lines(part, letters) for part in text.split("\n"))
    return ceil(lines * size * POINTS_A_SIZE + PADDING)


def _cell_height(cell: OutCell, width: float) -> float:
    look = PALETTE[cell.style]
    if not look.wrap or not isinstance(cell.value, str):
        return 0.0
    return text_height(cell.value, width, look.size)


def _lines(text: str, letters: int) -> int:
    return 1 if len(text) <= letters else len(textwrap.wrap(text, letters)) or 1
