"""A list with a column for each way of delivery, as one line for each (ways_of_delivery.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sheets_sync.intake.tab_rows import Ints, TabRows, column_of
from sheets_sync.intake.used_columns import TOTAL
from sheets_sync.intake.ways_of_delivery import Way, amount_of, ways_across
from sheets_sync.ports import CellValue
from sheets_sync.problems import cell_number

_AMOUNTS = ("Frequency", "Sessions", "Minutes", "Per", TOTAL)


def lines_of_ways(rows: TabRows) -> TabRows:
    """Return a line for each way in which a row of the Service Grid is given, besides that of its own
    frequency. A row without any amount stays as it is."""
    ways = ways_across(rows.sheet, rows.header) if rows.header else {}
    if not ways or not len(rows):
        return rows
    own = np.zeros(len(rows), dtype=bool)
    for name in _AMOUNTS:
        own |= ~rows.column(name).blank()
    take: list[int] = []
    said: list[tuple[CellValue, int, Way] | None] = []
    for position, number in enumerate(rows.rows.tolist()):
        cells = rows.sheet.rows[number - 1]
        found = [
            (amount, place, way)
            for place, way in ways.items()
            if place < len(cells) and (amount := amount_of(cells[place], way)) is not None
        ]
        lines = [*([None] if own[position] or not found else []), *found]
        take += [position] * len(lines)
        said += lines
    return _unfolded(rows, take, said)


def _unfolded(
    rows: TabRows, take: Sequence[int], said: Sequence[tuple[CellValue, int, Way] | None]
) -> TabRows:
    repeated = rows.at(np.array(take, dtype=np.int64))
    numbers = repeated.rows.tolist()
    ways = {one[1] for one in said if one}
    columns = {
        name: replace(column, places=_numbers(numbers, [max(column.position, 0)] * len(numbers)))
        for name, column in repeated.columns.items()
    }
    first = next((rows.column(name).position for name in _AMOUNTS if name in rows.columns), 0)
    places = [one[1] if one else first for one in said]
    for name in ("Frequency", "Group", "Setting", *(name for name in _AMOUNTS if name in columns)):
        column = repeated.column(name)
        own = [None if column.position in ways else column.cells[code] for code in column.codes.tolist()]
        cells = [_told(name, one, cell) for one, cell in zip(said, own, strict=True)]
        at = [
            one[1] if one and name in ("Frequency", one[2].column) else max(column.position, 0)
            for one in said
        ]
        columns[name] = column_of(name, max(column.position, 0), cells, _numbers(numbers, at))
    return replace(repeated, rows=_numbers(numbers, places), columns=columns)


def _told(name: str, line: tuple[CellValue, int, Way] | None, own: CellValue) -> CellValue:
    """Return what a line has in a column: of a way its amount alone, and the way in its column."""
    if line is None:
        return own
    amount, _, way = line
    if name in _AMOUNTS:
        return amount if name == "Frequency" else None
    return way.text if name == way.column else own


def _numbers(rows: Sequence[int], columns: Sequence[int]) -> Ints:
    pairs = zip(rows, columns, strict=True)
    return np.array([cell_number(row, column) for row, column in pairs], dtype=np.int64)
