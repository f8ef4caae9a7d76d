"""How many cells of a tab differ from what was read: in what they hold, or in their note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sheets_sync.boxes import shown
from sheets_sync.edges.excel.notes import notes_of
from sheets_sync.edges.excel.text import readable
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import a1
from sheets_sync.views.stale_notice import is_of_a_notice
from sheets_sync.views.tab import Box, OutValue, StaleNotice, Tab


def changed_cells(tab: Tab, before: Sheet | None, notes_before: Mapping[str, str]) -> int:
    """Count the cells; one that was cleared or whose row is gone counts too."""
    old = _held(before.rows if before else ())
    for place in _notices(tab):
        if is_of_a_notice(old.get(place)):
            old.pop(place, None)
    new = {
        (row, column): value
        for row, cells in enumerate(tab.rows)
        for column, cell in enumerate(cells)
        if (value := _as_read(cell.value)) is not None
    }
    differ = {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
    notes = {a1(row + 1, column): readable(text) for row, column, text in notes_of(tab)}
    noted = {cell for cell in notes.keys() | notes_before.keys() if notes.get(cell) != notes_before.get(cell)}
    return len({a1(row + 1, column) for row, column in differ} | noted)


def _notices(tab: Tab) -> list[tuple[int, int]]:
    """Return where notices stand, which show other words by themselves when a date has passed."""
    return [
        (row, column)
        for row, cells in enumerate(tab.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell.value, StaleNotice)
    ]


def _held(rows: Sequence[Sequence[CellValue]]) -> dict[tuple[int, int], CellValue]:
    return {
        (row, column): value
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if value is not None
    }


def _as_read(value: OutValue) -> CellValue:
    if isinstance(value, str):
        return readable(value) or None
    if isinstance(value, Box):
        return shown(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    if isinstance(value, StaleNotice):
        return None
    return value
