"""A tab as people see it, in one form for both houses; read without any of the edges' code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from openpyxl.utils import range_boundaries

Value = str | float | bool | date | datetime | time | None
Place = tuple[int, int]
"""(row, column), both from 1, as people count them."""


@dataclass(frozen=True)
class Look:
    """`fill` and `ink` are hex RGB, "" for none chosen; `number_format` "" where the cell has none of its
    own: text is text on either edge, however its format says so."""

    fill: str = ""
    ink: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: int = 0
    number_format: str = ""
    across: str = ""
    upright: str = ""
    wrap: bool = False
    border: bool = False


@dataclass(frozen=True)
class Cell:
    """`formula` without its "="; `link` is "Tab!C7" or an address of the web. Of a `box`, which people can
    tick and nothing else, the value is "☑" or "☐"."""

    value: Value = None
    box: bool = False
    formula: str = ""
    note: str = ""
    link: str = ""
    look: Look = Look()


NO_CELL = Cell()


@dataclass(frozen=True)
class SeenTab:
    """`frozen` is (rows, columns). `widths` are in pixels by column, `heights` in pixels by row, where they
    were set. `filter` is an A1 range, "" for none; `tongue` the hex RGB of the tab's colour."""

    title: str
    cells: dict[Place, Cell] = field(repr=False)
    merged: frozenset[str] = frozenset()
    frozen: tuple[int, int] = (0, 0)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    widths: dict[int, int] = field(default_factory=dict, repr=False)
    heights: dict[int, int] = field(default_factory=dict, repr=False)
    filter: str = ""
    tongue: str = ""
    gridlines: bool = True

    def cell(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), NO_CELL)

    @property
    def size(self) -> Place:
        """The last row and the last column in which something stands."""
        places = [place for place, cell in self.cells.items() if cell.value is not None or cell.formula]
        return max((row for row, _ in places), default=0), max((column for _, column in places), default=0)

    def values(self) -> list[list[Value]]:
        """Return what stands in each cell, row by row; a formula counts as blank."""
        rows, columns = self.size
        return [
            [self.cell(row, column).value for column in range(1, columns + 1)] for row in range(1, rows + 1)
        ]

    @property
    def shown(self) -> dict[Place, Cell]:
        """The cells that can be seen: those that lie under merged ones cannot."""
        under = {place for merge in self.merged for place in _places(merge)[1:]}
        return {place: cell for place, cell in self.cells.items() if place not in under}

    @property
    def shown_merges(self) -> frozenset[str]:
        """The merged cells that can be seen: blank ones, on white ground, cannot."""
        return frozenset(one for one in self.merged if self.cell(*_places(one)[0]) != NO_CELL)

    def header(self, *names: str) -> int:
        """Return the row in which all of these stand, each in a cell of its own."""
        for at, row in enumerate(self.values(), 1):
            if set(names) <= set(row):
                return at
        raise AssertionError(f"no row of {self.title} holds {names}")

    def lines(self, *names: str) -> list[dict[str, Value]]:
        """Return the rows below the header that holds these names, each by its headers."""
        rows, at = self.values(), self.header(*names)
        headers = [str(name or "") for name in rows[at - 1]]
        return [dict(zip(headers, row, strict=True)) for row in rows[at:]]


def differences(one: SeenTab, other: SeenTab) -> list[str]:
    """Return in words how two tabs differ for who looks at them: nothing where they are the same."""
    found = [
        f"{name}: {getattr(one, name)!r} | {getattr(other, name)!r}"
        for name in (
            "title",
            "shown_merges",
            "frozen",
            "hidden_columns",
            "hidden_rows",
            "widths",
            "heights",
            "filter",
            "tongue",
            "gridlines",
        )
        if getattr(one, name) != getattr(other, name)
    ]
    left_cells, right_cells = one.shown, other.shown
    for place in sorted(left_cells.keys() | right_cells.keys()):
        left, right = left_cells.get(place, NO_CELL), right_cells.get(place, NO_CELL)
        found += [
            f"{place} {name}: {getattr(left, name)!r} | {getattr(right, name)!r}"
            for name in ("value", "box", "formula", "note", "link", "look")
            if getattr(left, name) != getattr(right, name)
        ]
    return found


def _places(merge: str) -> list[Place]:
    """Return the cells of an A1 range, the first one first."""
    left, top, right, bottom = range_boundaries(merge)
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
