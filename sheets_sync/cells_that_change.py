"""Which cells of our tabs a run changes: what `sync --dry-run` shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.boxes import shown
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.problems import a1
from sheets_sync.staff_columns import kept_value
from sheets_sync.views.stale_notice import is_of_a_notice
from sheets_sync.views.tab import Box, OutValue, StaleNotice, Tab


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that would hold something else. `before` and `after` are as people see them, "" for blank."""

    tab: str
    cell: str
    before: str
    after: str


def cells_that_change(tabs: Sequence[Tab], snapshot: Snapshot) -> tuple[CellChange, ...]:
    """Compare our tabs with the workbook, cell by cell in reading order; notes are not compared.

    A notice that the tab is old shows and goes by itself: that is no change.
    """
    changes: list[CellChange] = []
    for tab in tabs:
        sheet = next((one for one in snapshot.sheets if one.mark == tab.mark), None)
        changes += _of_tab(tab, sheet)
    return tuple(changes)


def _of_tab(tab: Tab, sheet: Sheet | None) -> list[CellChange]:
    before: Sequence[Sequence[CellValue]] = sheet.rows if sheet else ()
    changes = []
    for row in range(max(len(tab.rows), len(before))):
        new = [cell.value for cell in tab.rows[row]] if row < len(tab.rows) else []
        old = [_seen(kept_value(cell)) for cell in before[row]] if row < len(before) else []
        for column in range(max(len(new), len(old))):
            was = old[column] if column < len(old) else ""
            value = new[column] if column < len(new) else None
            if isinstance(value, StaleNotice) and is_of_a_notice(was):
                continue
            is_now = _seen(value)
            if was != is_now:
                changes.append(CellChange(tab.name, a1(row + 1, column), was, is_now))
    return changes


def _seen(value: OutValue) -> str:
    if value is None or isinstance(value, StaleNotice):
        return ""
    if isinstance(value, Box | bool):
        return shown(value if isinstance(value, Box) else Box(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
