"""Rows of the sheets that cannot be read tonight: what stood there is unknown, neither gone nor changed."""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from sheets_sync.problems import Problem, Severity, cell_number, column_number
from sheets_sync.tables import Tables

CELL = re.compile(r"([A-Z]+)([0-9]+)")


def unread_rows(tables: Tables, canonical: str, table: pd.DataFrame) -> frozenset[int]:
    """Return the rows of a tab that something kept from being read; `table` is what was read of it.

    These are the rows of the errors; and, as one error may stand for the same cause in many rows, all rows
    of the sheet of which nothing was read, where there is any error at all.
    """
    if not problems_of(tables, canonical):
        return frozenset()
    numbers = next((seen.numbers for seen in tables.seen if seen.tab == canonical), ())
    return rows_of_errors(tables, canonical) | (frozenset(numbers) - set(table["row"]))


def rows_of_errors(tables: Tables, canonical: str) -> frozenset[int]:
    """Return the rows of a tab in which an error stands."""
    cells = [problem_cell(problem) for problem in problems_of(tables, canonical)]
    if canonical in tables.layouts:
        return frozenset(cell_number(row, column_number(letters)) for letters, row in cells if row)
    return frozenset(row for _, row in cells if row)


def problems_of(
    tables: Tables, canonical: str, severities: Collection[Severity] = (Severity.ERROR,)
) -> list[Problem]:
    """Return what went wrong in a tab while it was read."""
    tab = tables.tab(canonical)
    return [one for one in tables.problems if one.tab == tab and one.severity in severities]


def problem_cell(problem: Problem) -> tuple[str, int]:
    """Return the column and the row of a problem, "" and 0 where it is the whole tab's."""
    cell = CELL.fullmatch(problem.cell)
    return (cell[1], int(cell[2])) if cell else ("", 0)
