"""What is wrong with a week grid, gathered while it is read: each different thing once, at its first cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sheets_sync.intake.cells import shown
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1


@dataclass
class GridProblems:
    """`short` maps (typed, name) to the first cell in which somebody is called by a part of the name;
    `again` are the cells that say what the one above says too."""

    sheet: Sheet
    found: dict[tuple[str, str], Problem] = field(default_factory=dict)
    short: dict[tuple[str, str], str] = field(default_factory=dict)
    again: list[tuple[int, int]] = field(default_factory=list)

    def report(
        self, severity: Severity, row: int, place: int, problem: str, remedy: str, stands: str | None = None
    ) -> None:
        """Report a cell; `stands` where only a part of it is meant."""
        text = shown(cell_at(self.sheet, row, place) if stands is None else stands)
        found = Problem(severity, self.sheet.name, a1(row, place), text, problem, remedy)
        self.found.setdefault((text, problem), found)

    def add(self, problems: Iterable[Problem]) -> None:
        """Take over problems that are complete."""
        for problem in problems:
            self.found.setdefault((problem.cell, problem.problem), problem)

    def called(self, short: Iterable[tuple[str, str]], row: int, place: int) -> None:
        """Remember who was called by a part of the name."""
        for said in short:
            self.short.setdefault(said, a1(row, place))

    def all(self) -> Iterator[Problem]:
        """Yield every problem; who was called by a part of the name, and what stands again, in one each."""
        yield from self.found.values()
        if self.short:
            (typed, _), cell = next(iter(self.short.items()))
            taken = ", ".join(f"{shown(said)} for {name}" for said, name in self.short)
            problem = f"A part of the name is taken for whom it calls alone ({taken})."
            remedy = "If somebody else is meant, write the whole name."
            yield Problem(Severity.NOTE, self.sheet.name, cell, shown(typed), problem, remedy)
        if self.again:
            row, place = self.again[0]
            cells = f" ({len(self.again)} cells)" if len(self.again) > 1 else ""
            problem = f"This is also in the row above: each row is read as a session of its own.{cells}"
            remedy = "If it is one longer session, merge the cells."
            stands = shown(cell_at(self.sheet, row, place))
            yield Problem(Severity.NOTE, self.sheet.name, a1(row, place), stands, problem, remedy)
