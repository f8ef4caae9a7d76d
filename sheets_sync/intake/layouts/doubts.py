"""What a grid leaves open, one problem a cause, with the first of its cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from sheets_sync.intake.cells import shown
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1


@dataclass
class Doubts:
    """Grows while a grid is read."""

    sheet: Sheet
    _cells: dict[tuple[Severity, str, str], list[tuple[int, int]]] = field(default_factory=dict)

    def at(
        self, row: int, column: int, problem: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Say of one cell (1-based row, 0-based column) what is wrong with it and what would do."""
        self._cells.setdefault((severity, problem, remedy), []).append((row, column))

    def problems(self) -> list[Problem]:
        """Return one problem a cause, at its first cell."""
        return [self._problem(*cause, cells) for cause, cells in self._cells.items()]

    def _problem(
        self, severity: Severity, problem: str, remedy: str, cells: list[tuple[int, int]]
    ) -> Problem:
        more = f" ({len(cells)} cells, the last is {a1(*cells[-1])})" if len(cells) > 1 else ""
        first = cells[0]
        value = shown(cell_at(self.sheet, *first))
        return Problem(severity, self.sheet.name, a1(*first), value, problem + more, remedy)
