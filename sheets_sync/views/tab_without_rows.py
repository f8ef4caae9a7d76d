"""A tab without the rows that name somebody; what makes tabs is not loaded for it, nor pandas then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sheets_sync.views.tab import Tab


def without_rows(tab: Tab, names: Callable[[str], bool]) -> Tab:
    """Return the tab without the rows below its header of which a cell, or its note, `names` somebody."""
    stays = [
        at < tab.frozen[0] or not any(names(str(cell.value or "")) or names(cell.note) for cell in row)
        for at, row in enumerate(tab.rows)
    ]
    heights = dict(tab.heights)
    points = [heights.get(at) for at, kept in enumerate(stays, start=1) if kept]
    return replace(
        tab,
        rows=tuple(row for row, kept in zip(tab.rows, stays, strict=True) if kept),
        heights=tuple((at, one) for at, one in enumerate(points, start=1) if one is not None),
    )
