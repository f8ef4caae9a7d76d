"""A tab of another layout as the rows of a list, each cell with the place in the sheet where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheets_sync.intake.cells import cell_in, shown
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

Placed = tuple[CellValue, int, int]
"""What stands in a cell, with its 1-based row and 0-based column in the sheet."""


@dataclass(frozen=True)
class Listed:
    """`records` are the rows of the list: by canonical column, what stands where. `own` names the column by
    whose cell a record is known ("Status"): no other record has it.

    `layout` and `seen` say in words what the tab was taken for: "an attendance grid", "12 students down, 60
    dates across". `codes` is the key of codes that stands on the tab (code -> category in words).
    """

    layout: str
    seen: str
    own: str
    records: tuple[Mapping[str, Placed], ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def cell_at(sheet: Sheet, row: int, column: int) -> CellValue:
    """Return the cell of a 1-based row and a 0-based column, None beyond the end of the row."""
    cells = sheet.rows[row - 1]
    return cell_in(cells, column)


def not_read(sheet: Sheet, row: int, column: int, problem: str, remedy: str) -> Problem:
    """Return the error that something is not read, at the cell to change."""
    return Problem(
        Severity.ERROR, sheet.name, a1(row, column), shown(cell_at(sheet, row, column)), problem, remedy
    )
