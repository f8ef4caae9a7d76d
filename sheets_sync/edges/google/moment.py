"""The workbook as it stood when it was read, as far as writing needs to know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sheets_sync.ports import CellValue

Json = dict[str, Any]

EDGES = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
"""Of a GridRange."""


@dataclass(frozen=True, slots=True)
class CellAtRead:
    """One cell of a tab of ours.

    `value` is as in the Snapshot, `formula` what stands behind it ("" if it is typed). `fill` is the ground's
    hex RGB ("B3261E"), the name of a theme colour ("ACCENT1"), or "" where none was chosen; `pattern` is the
    number format, "" where none was chosen; `link` is an address ("#gid=0&range=C7"). Nothing of it is shown
    in a repr: it names children.
    """

    value: CellValue = field(default=None, repr=False)
    formula: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    link: str = ""
    fill: str = ""
    bold: bool = False
    pattern: str = ""


Dimension = Literal["ROWS", "COLUMNS"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor (anchors.py): the id of the metadata, on which row or column (from 0) it is, and what this is
    called."""

    id: int
    dimension: Dimension
    at: int
    name: str = field(repr=False)


NO_CELL = CellAtRead()
"""A cell that Google did not mention: blank and without a look of its own."""


@dataclass(frozen=True, slots=True)
class TabAtRead:
    """One tab. `grid` is False for charts and data sources, which have no cells.

    `mark` is "compliance" or "problems" where the tab is ours; `cells` are then those that Google mentioned,
    row by row from A1 (rows may be ragged), and () on every other tab. `row_heights` and `column_widths` are
    in pixels, one for each row and column of the grid. Positions of hidden rows and columns are 0-based, and
    so are those of `anchors` (anchors.py).
    `merges`, `protected_ranges`, `filter_views`, `basic_filter` and `metadata` are as Google writes them.
    """

    id: int
    title: str = field(repr=False)
    index: int
    grid: bool = True
    row_count: int = 0
    column_count: int = 0
    frozen: tuple[int, int] = (0, 0)
    colour: str = ""
    mark: str | None = None
    cells: tuple[tuple[CellAtRead, ...], ...] = field(default=(), repr=False)
    row_heights: tuple[int, ...] = field(default=(), repr=False)
    column_widths: tuple[int, ...] = field(default=(), repr=False)
    hidden_rows: frozenset[int] = field(default=frozenset(), repr=False)
    hidden_columns: frozenset[int] = field(default=frozenset(), repr=False)
    merges: tuple[Json, ...] = field(default=(), repr=False)
    protected_ranges: tuple[Json, ...] = field(default=(), repr=False)
    filter_views: tuple[Json, ...] = field(default=(), repr=False)
    basic_filter: Json | None = field(default=None, repr=False)
    metadata: tuple[Json, ...] = field(default=(), repr=False)
    anchors: tuple[Anchor, ...] = ()

    @property
    def known_columns(self) -> Mapping[str, int]:
        """Where the columns stand that have an anchor, by their names."""
        return {one.name: one.at for one in reversed(self.anchors) if one.dimension == "COLUMNS"}

    def cell(self, row: int, column: int) -> CellAtRead:
        """Return the cell of a 0-based row and column."""
        cells = self.cells[row] if row < len(self.cells) else ()
        return cells[column] if column < len(cells) else NO_CELL


@dataclass(frozen=True, slots=True)
class Moment:
    """The whole workbook; `tabs` stand in its order."""

    title: str = field(repr=False)
    zone: str
    tabs: tuple[TabAtRead, ...]

    @property
    def ours(self) -> Mapping[str, TabAtRead]:
        """Our tabs by their mark; of two with one mark the first."""
        return {tab.mark: tab for tab in reversed(self.tabs) if tab.mark}

    def named(self, title: str) -> TabAtRead | None:
        """Return the tab of this title; Google does not tell upper from lower case in titles."""
        return next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)
