"""Reads a tab in whatever layout it is kept: a list, or a grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_sync.intake.layouts.attendance_grid import read_attendance_grid
from sheets_sync.intake.layouts.listed import Listed
from sheets_sync.intake.tab_rows import TabRows, read_rows, rows_of_grid
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount

Reader = Callable[[Sheet, Mapping[str, str]], Listed | None]

GRIDS: Mapping[str, tuple[Reader, ...]] = {"Service Log": (read_attendance_grid,)}
"""The layouts in which a tab can be kept beside a list."""


def read_tab(sheet: Sheet, tab: str, configured: Mapping[str, str]) -> TabRows:
    """Return the rows of a tab: of a list where it has a list's header, else of the first grid that it is.

    Raises CannotCount, of what the list lacks, where it is neither.
    """
    try:
        return read_rows(sheet, tab, configured)
    except CannotCount:
        for read in GRIDS.get(tab, ()):
            listed = read(sheet, configured)
            if listed is not None:
                return rows_of_grid(sheet, tab, listed)
        raise
