"""What the reply to a write must show where nobody edited our tab since it was read (google.md).

The reply brings back the columns from staff's first to the key, and those that staff put in, of a tab whose
rows have no key everything, and what size the tab has. Where that is not what was read (with our own
changes), rows or columns stood otherwise than we thought, or a note came in: the workbook is read and written
once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sheets_sync.edges.google.cells import CELL_FIELDS, value_of
from sheets_sync.edges.google.cells_to_send import CellsToSend
from sheets_sync.edges.google.columns import staff_columns_of
from sheets_sync.edges.google.layout import Layout
from sheets_sync.edges.google.moment import Json
from sheets_sync.edges.google.values_to_send import as_read, serial
from sheets_sync.problems import column_letter
from sheets_sync.views.tab import OutValue, StaleNotice

REPLY_FIELDS = (
    "spreadsheetId,updatedSpreadsheet.sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    f"data(startRow,startColumn,rowData.values({CELL_FIELDS})))"
)
"""The field mask of the answer."""

Row = tuple[OutValue, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """One tab as the reply must show it. `size` is (rows, columns), `first` the 0-based column from which on
    the reply brings everything, `rows` what stands there. `key` is the place of the key in a row, None where
    rows have none. `own` are places of formulas, whose value may be another at any moment."""

    sheet_id: int
    title: str = field(repr=False)
    size: tuple[int, int]
    first: int
    rows: tuple[Row, ...] = field(repr=False)
    key: int | None = None
    own: frozenset[tuple[int, int]] = frozenset()

    @property
    def reply_range(self) -> str:
        """The A1 range that the reply brings."""
        name = self.title.replace("'", "''")
        return f"'{name}'!{column_letter(self.first)}:{column_letter(max(self.size[1] - 1, self.first))}"

    def keys(self) -> tuple[OutValue, ...]:
        """Return the keys, row by row."""
        return tuple(row[self.key] for row in self.rows) if self.key is not None else ()

    def is_shown_by(self, found: Expected) -> bool:
        """Tell whether the cells are these, as they are read; formulas may show anything."""
        return all(
            (row, column) in self.own or _plain(wanted) == _plain(there)
            for row, (one, other) in enumerate(zip(self.rows, found.rows, strict=True))
            for column, (wanted, there) in enumerate(zip(one, other, strict=True))
        )


def expected_of(layout: Layout, cells: CellsToSend) -> Expected:
    """Return what the reply must show after these cells were sent."""
    tab, size = layout.tab, (len(layout.rows), len(layout.columns))
    first = 0 if tab.key is None else min(staff_columns_of(tab) | {tab.key})
    columns = range(first, size[1])
    own = {
        (row, column - first)
        for row in range(size[0])
        for column in columns
        if _is_formula(layout, cells, row, column)
    }
    rows = tuple(tuple(_after(layout, cells, row, column) for column in columns) for row in range(size[0]))
    key = None if tab.key is None else tab.key - first
    return Expected(layout.read.id, layout.read.title, size, first, rows, key, frozenset(own))


def keys_stand(expected: Sequence[Expected], reply: Any) -> bool:
    """Tell whether every tab has its size and every row its key: then what was sent is where it belongs."""
    shown = _shown(expected, reply)
    return all(
        one.sheet_id in shown
        and shown[one.sheet_id].size == one.size
        and shown[one.sheet_id].keys() == one.keys()
        for one in expected
    )


def all_stands(expected: Sequence[Expected], reply: Any) -> bool:
    """Tell whether staff's columns, and the rows that have no key, too, are what they must be."""
    shown = _shown(expected, reply)
    return keys_stand(expected, reply) and all(one.is_shown_by(shown[one.sheet_id]) for one in expected)


def _plain(value: OutValue) -> OutValue:
    """A number becomes a date where it is first shown as one: these are the same."""
    return serial(value) if isinstance(value, date) else value


def _is_formula(layout: Layout, cells: CellsToSend, row: int, column: int) -> bool:
    if (row, column) in cells.values:
        return isinstance(cells.values[(row, column)], StaleNotice)
    before = layout.before(row, column)
    return before is not None and bool(before.formula)


def _after(layout: Layout, cells: CellsToSend, row: int, column: int) -> OutValue:
    if (row, column) in cells.values:
        return as_read(cells.values[(row, column)])
    if (row, column) in cells.renamed:
        return cells.renamed[(row, column)][1]
    before = layout.before(row, column)
    shown = as_read(before.value) if before is not None else None
    return None if column == layout.tab.key and shown in cells.forgotten else shown


def _shown(expected: Sequence[Expected], reply: Any) -> dict[int, Expected]:
    """Return what the reply shows, in the form of what was expected; nothing of a reply that is none."""
    try:
        sheets = {one["properties"]["sheetId"]: one for one in reply["updatedSpreadsheet"]["sheets"]}
        return {
            one.sheet_id: _of_reply(one, sheets[one.sheet_id]) for one in expected if one.sheet_id in sheets
        }
    except (KeyError, TypeError, AttributeError, ValueError):
        return {}


def _of_reply(expected: Expected, sheet: Json) -> Expected:
    grid = sheet["properties"]["gridProperties"]
    size = (grid["rowCount"], grid["columnCount"])
    data: Json = next(iter(sheet.get("data", ())), {})
    width = max(size[1] - expected.first, 0)
    skipped = data.get("startRow", 0)
    rows: list[Row] = [(None,) * width] * skipped
    for row in data.get("rowData", ()):
        values = [as_read(value_of(cell)) for cell in row.get("values", ())]
        rows.append((*values, *(None,) * (width - len(values))))
    rows += [(None,) * width] * (size[0] - len(rows))
    return Expected(expected.sheet_id, "", size, expected.first, tuple(rows), expected.key)
