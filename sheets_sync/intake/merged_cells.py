"""Merged cells in the data: only the first of them holds the value, the others read as blank."""

from __future__ import annotations

import re

import numpy as np

from sheets_sync.intake.tab_rows import Column, Flags, TabRows
from sheets_sync.ports import Sheet

_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$")


def hidden_by_merge(rows: TabRows, column: Column) -> Flags:
    """Tell for each row whether its cell of this column lies inside a merged range, not at its top left."""
    hidden = np.zeros(len(rows), dtype=bool)
    for top, left, bottom, right in merged_ranges(rows.sheet):
        if left <= column.position <= right:
            first = top + 1 if column.position == left else top
            hidden |= (rows.rows >= first) & (rows.rows <= bottom)
    return hidden


def merged_ranges(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Return top row, left column, bottom row, right column of each merged range; rows 1-based, columns 0-based."""
    ranges = []
    for text in sheet.merged:
        parts = _RANGE.match(text)
        if parts:
            left, top, right, bottom = parts.groups()
            ranges.append((int(top), _column(left), int(bottom), _column(right)))
    return ranges


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
