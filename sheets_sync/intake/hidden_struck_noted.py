"""What a cell does not say by itself: its tab or column is hidden, it is struck through, a note hangs on it.

All are read like any other cell, and said once a sheet. A note's own text is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from sheets_sync.intake.cells import is_blank, shown
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import COLUMN_BIT, Problem, Severity, a1, column_letter, sheet_row

Cell = tuple[int, int]
"""1-based row, 0-based column."""

_MOST_NAMED = 5
_HIDDEN_TAB = "This tab is hidden, and was read like all others."
_UNHIDE_TAB = "Unhide it to see what was counted; an old copy that does not count is best deleted."


@dataclass
class _Area:
    """The rows of a sheet that were read (1-based), and the columns (0-based), "" for those of a grid.

    A sheet with several charts comes once for each, with its own cells alone.
    """

    sheets: Sequence[Sheet]
    rows: set[int] = field(default_factory=set)
    columns: dict[int, str] = field(default_factory=dict)

    def of(self, cells: Iterable[Cell]) -> list[Cell]:
        """Return those of these cells that were read, row by row."""
        return sorted((row, column) for row, column in cells if row in self.rows and column in self.columns)

    def holds(self, cell: Cell) -> CellValue:
        for sheet in self.sheets:
            row = sheet.rows[cell[0] - 1] if cell[0] <= len(sheet.rows) else ()
            if cell[1] < len(row) and not is_blank(row[cell[1]]):
                return row[cell[1]]
        return None

    @property
    def sheet(self) -> Sheet:
        return self.sheets[0]


def report_hidden_struck_noted(read: Sequence[TabRows]) -> list[Problem]:
    """Say of each sheet, once, whether it is hidden, and which hidden columns, struck cells and cells with a
    note were read.

    A sheet that is read as two tabs is one sheet here.
    """
    sheets: dict[str, list[TabRows]] = {}
    for rows in read:
        sheets.setdefault(rows.sheet.name, []).append(rows)
    problems = []
    for those in sheets.values():
        sheet = those[0].sheet
        if sheet.is_hidden and any(len(rows) for rows in those):
            problems.append(Problem(Severity.NOTE, sheet.name, "", "", _HIDDEN_TAB, _UNHIDE_TAB))
        if sheet.hidden_columns or sheet.struck or sheet.noted:
            area = _area(those)
            problems += [*_hidden(area), *_struck(area), *_noted(area)]
    return problems


def _area(those: Sequence[TabRows]) -> _Area:
    area = _Area([rows.sheet for rows in those])
    for rows in those:
        area.rows.update(map(sheet_row, rows.rows.tolist()))
        for column in rows.columns.values():
            if column.places is not None:
                numbers = np.unique(column.places).tolist()
                area.rows.update(map(sheet_row, numbers))
                area.columns.update({(number >> COLUMN_BIT) - 1: "" for number in numbers})
            elif column.position >= 0:
                area.columns.setdefault(column.position, column.name)
    return area


def _hidden(area: _Area) -> list[Problem]:
    hidden = sorted(area.sheet.hidden_columns & area.columns.keys())
    if not hidden or not area.rows:
        return []
    number = "1 hidden column was" if len(hidden) == 1 else f"{len(hidden)} hidden columns were"
    names = [_column_name(column, area.columns[column]) for column in hidden]
    return [
        Problem(
            Severity.NOTE,
            area.sheet.name,
            a1(min(area.rows), hidden[0]),
            "",
            f"{number} read like all others: {_listed(names)}.",
            "Unhide to see what was counted; delete what does not count.",
        )
    ]


def _column_name(column: int, name: str) -> str:
    letter = column_letter(column)
    return f"{name} ({letter})" if name else letter


def _struck(area: _Area) -> list[Problem]:
    struck = [cell for cell in area.of(area.sheet.struck) if not is_blank(area.holds(cell))]
    if not struck:
        return []
    several = f" ({len(struck)} cells: {_listed(_addresses(struck))})" if len(struck) > 1 else ""
    return [
        Problem(
            Severity.QUESTION,
            area.sheet.name,
            a1(*struck[0]),
            shown(area.holds(struck[0])),
            f"This is struck through, and was read like all the rest: does it still count?{several}",
            "Delete what no longer counts, and take the line away from what does.",
        )
    ]


def _noted(area: _Area) -> list[Problem]:
    noted = area.of(area.sheet.noted)
    if not noted:
        return []
    number = "1 cell has a note" if len(noted) == 1 else f"{len(noted)} cells have a note"
    return [
        Problem(
            Severity.NOTE,
            area.sheet.name,
            a1(*noted[0]),
            "",
            f"{number}, and notes are not read: {_listed(_addresses(noted))}.",
            "If a note says something that counts, write it into the cells.",
        )
    ]


def _addresses(cells: Iterable[Cell]) -> list[str]:
    return [a1(row, column) for row, column in cells]


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names) if rest <= 1 else f"{', '.join(names[:_MOST_NAMED])} and {rest} more"
