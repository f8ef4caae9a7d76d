"""What a dry run shows: cells of our tabs that would hold something else."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.cells_that_change import CellChange, cells_that_change
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.views.tab import Box, OutCell, OutValue, Tab


def changes(before: list[list[CellValue]] | None, after: list[list[OutValue]]) -> list[tuple[str, str, str]]:
    tab = Tab("Compliance", "compliance", tuple(tuple(map(OutCell, row)) for row in after), ())
    sheets = () if before is None else (Sheet("Renamed", before, mark="compliance"),)
    found = cells_that_change([tab], Snapshot(sheets))
    assert all(isinstance(one, CellChange) and one.tab == "Compliance" for one in found)
    return [(one.cell, one.before, one.after) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (None, [["a", None], ["b"]], [("A1", "", "a"), ("A2", "", "b")]),
        ([["a", 30.0]], [["a", 30]], []),
        ([["a", 30.0]], [["a", 60]], [("B1", "30", "60")]),
        ([["a ", None]], [["a"]], []),
        ([["a"], ["gone", "too"]], [["a"]], [("A2", "gone", ""), ("B2", "too", "")]),
        ([[date(2025, 11, 4)]], [[date(2025, 11, 5)]], [("A1", "2025-11-04", "2025-11-05")]),
        ([[True, "☑", False, "☐"]], [[Box()] * 4], [("A1", "☑", "☐"), ("B1", "☑", "☐")]),
        ([["Sync now"]], [["Sync now", Box()]], [("B1", "", "☐")]),
    ],
)
def test_cells_in_reading_order(
    before: list[list[CellValue]] | None, after: list[list[OutValue]], changed: list[tuple[str, str, str]]
) -> None:
    assert changes(before, after) == changed
