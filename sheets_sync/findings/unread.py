"""Rows of the sheets that cannot be read tonight: what stood there is unknown, neither gone nor changed."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import Problem, Severity, cell_number, column_number, on_sheet
from sheets_sync.tables import Tables

CELL = lazy_regex(r"([A-Z]+)([0-9]+)")


def unread_rows(tables: Tables, canonical: str, table: pd.DataFrame) -> frozenset[int]:
    """Return the rows of a tab that something kept from being read; `table` is what was read of it.

    These are the rows of the errors; and, as one error may stand for the same cause in many rows, all rows
    of the sheet of which nothing was read, where there is any error at all.
    """
    if not problems_of(tables, canonical):
        return frozenset()
    numbers = {number for seen in tables.seen if seen.tab == canonical for number in seen.numbers}
    return rows_of_errors(tables, canonical) | (numbers - set(table["row"]))


def rows_of_errors(tables: Tables, canonical: str) -> frozenset[int]:
    """Return the rows of a tab in which an error stands."""
    return frozenset(row for _, row in problem_cells(tables, canonical))


def problems_of(
    tables: Tables, canonical: str, severities: Collection[Severity] = (Severity.ERROR,)
) -> list[Problem]:
    """Return what went wrong in a tab while it was read."""
    names = {sheet.name for sheet in tables.sheets_of(canonical)}
    return [one for one in tables.problems if one.tab in names and one.severity in severities]


def problem_cells(
    tables: Tables, canonical: str, severities: Collection[Severity] = (Severity.ERROR,)
) -> list[tuple[str, int]]:
    """Return the column and the `row` (tables.py) of each problem that is not the whole tab's."""
    sheets = tables.sheets_of(canonical)
    found = []
    for problem in problems_of(tables, canonical, severities):
        cell = CELL.fullmatch(problem.cell)
        number = next(at for at, sheet in enumerate(sheets) if sheet.name == problem.tab)
        if cell:
            row = int(cell[2])
            row = cell_number(row, column_number(cell[1])) if sheets[number].layout else row
            found.append((cell[1], on_sheet(row, number)))
    return found
