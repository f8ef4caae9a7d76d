"""Collects what could not be read while the tabs are read: one problem a cause, with its first cell.

The same text in 300 rows of a column is one problem that says "300 rows" (spec: workbook.md, Data Problems).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from sheets_sync.intake.cells import shown
from sheets_sync.intake.rows_named import in_rows
from sheets_sync.intake.tab_rows import Column, Flags, Ints, Readings, TabRows
from sheets_sync.ports import CellValue
from sheets_sync.problems import Problem, Severity

MOST = 50
"""Different texts of one column that are listed one by one; what is beyond is counted in one problem."""
_SHOWN = 4
"""Different texts of one question that it shows."""

Value = TypeVar("Value")


@dataclass
class ProblemList:
    """Grows while the tabs are read; `problems` is what Data Problems will show.

    For guards: `unreadable` are, by the sheet's name and the column, the rows in which something stands that
    is not counted; `names` are, by sheet, how many different students it names, which of them are strangers,
    and in how many rows those stand.
    """

    problems: list[Problem] = field(default_factory=list)
    unreadable: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    names: dict[str, tuple[int, frozenset[str], int]] = field(default_factory=dict)
    _places: dict[Problem, tuple[TabRows, Column, Ints]] = field(default_factory=dict)

    def cells(self, problem: Problem) -> list[str]:
        """Return every cell that a problem is about, its own first; that alone where it names no rows."""
        if problem not in self._places:
            return [problem.cell]
        rows, column, places = self._places[problem]
        there = [rows.place(place, column) for place in places.tolist()]
        return [cell for tab, cell in there if tab == problem.tab]

    def at_rows(
        self,
        severity: Severity,
        rows: TabRows,
        column: Column,
        where: Flags,
        problem: str,
        remedy: str,
        value: str | None = None,
        *,
        readable: bool = False,
    ) -> None:
        """Report one cause that these rows share, at the first of them; nothing if there is none.

        `readable`: the error is not that the cells cannot be read (a name that is nobody's).
        """
        places = np.flatnonzero(where)
        if not len(places):
            return
        if severity is Severity.ERROR and not readable:
            self._cannot_read(rows, column, where & ~column.blank())
        first = int(places[0])
        stands = shown(column.cells[int(column.codes[first])]) if value is None else value
        told = problem + in_rows(rows.rows[places].tolist())
        found = Problem(severity, *rows.place(first, column), stands, told, remedy)
        self.problems.append(found)
        if len(places) > 1:
            self._places[found] = rows, column, places

    def readings(
        self,
        rows: TabRows,
        readings: Readings[Value],
        unread: Severity = Severity.ERROR,
        where: Flags | None = None,
    ) -> None:
        """Report every distinct cell with a problem: `unread` if it has no value, else as a question. Of
        questions those with the same words are one, with the first different cells."""
        column = readings.column
        counts = np.bincount(
            column.codes if where is None else column.codes[where], minlength=len(column.cells)
        )
        bad = [
            number
            for number, reading in enumerate(readings.found)
            if counts[number] and reading is not None and reading.problem
        ]
        causes: dict[tuple[Severity, str, str, int], list[int]] = {}
        for number in bad:
            reading = readings.found[number]
            assert reading is not None
            severity = unread if reading.value is None else Severity.QUESTION
            apart = number if severity is Severity.ERROR else -1
            causes.setdefault((severity, reading.problem or "", reading.remedy, apart), []).append(number)
        for (severity, problem, remedy, _), alike in list(causes.items())[:MOST]:
            here = np.isin(column.codes, alike)
            stand = "; ".join(shown(column.cells[number]) for number in alike[:_SHOWN]) if alike[1:] else None
            self.at_rows(
                severity, rows, column, here if where is None else here & where, problem, remedy, stand
            )
        rest = [number for alike in list(causes.values())[MOST:] for number in alike]
        if rest:
            beyond = np.isin(column.codes, rest)
            self.at_rows(
                unread,
                rows,
                column,
                beyond if where is None else beyond & where,
                f"{len(rest)} more different texts in the column {column.name} could not be read.",
                "Mend those above first: is this the right column?",
            )

    def cell(
        self,
        severity: Severity,
        rows: TabRows,
        position: int,
        column: Column,
        problem: str,
        remedy: str,
        value: CellValue | None = None,
    ) -> None:
        """Report one cell, in the row at `position`."""
        stands = column.cells[int(column.codes[position])] if value is None else value
        if severity is Severity.ERROR:
            self._cannot_read(rows, column, np.arange(len(rows)) == position)
        self.problems.append(
            Problem(
                severity,
                *rows.place(position, column),
                shown(stands),
                problem,
                remedy,
            )
        )

    def _cannot_read(self, rows: TabRows, column: Column, where: Flags) -> None:
        known = self.unreadable.setdefault((rows.sheet.name, column.name), set())
        known.update(rows.rows[where].tolist())
