"""Hidden rows, which are read like all others, and merged cells, of which only the first holds a value."""

from __future__ import annotations

import re

import numpy as np

from sheets_sync.intake.cells import shown
from sheets_sync.intake.tab_rows import Column, Flags, TabRows
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1, column_number, sheet_row

_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$")


def hidden_by_merge(rows: TabRows, column: Column) -> Flags:
    """Tell for each row whether its cell of this column lies inside a merged range, not at its top left."""
    hidden = np.zeros(len(rows), dtype=bool)
    for top, left, bottom, right in merged_ranges(rows.sheet):
        if left <= column.position <= right:
            first = top + 1 if column.position == left else top
            hidden |= (rows.rows >= first) & (rows.rows <= bottom)
    return hidden


def merged_ranges(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Return top row, left column, bottom row, right column of each merged range; columns are 0-based."""
    ranges = []
    for text in sheet.merged:
        parts = _RANGE.match(text)
        if parts:
            left, top, right, bottom = parts.groups()
            ranges.append((int(top), column_number(left), int(bottom), column_number(right)))
    return ranges


def report_hidden_and_merged(rows: TabRows) -> list[Problem]:
    """Note the hidden rows of a tab, once, and ask about merged cells that leave cells of the data blank."""
    problems = []
    numbers = set(map(sheet_row, rows.rows.tolist()))
    hidden = sorted(numbers & rows.sheet.hidden_rows)
    if hidden:
        problems.append(
            Problem(
                Severity.NOTE,
                rows.sheet.name,
                a1(hidden[0]),
                "",
                f"{len(hidden)} hidden row{'s were' if len(hidden) > 1 else ' was'} read like all others.",
                "Unhide to see what was counted; delete what does not count.",
            )
        )
    used = {column.position: column for column in rows.columns.values()}
    merged = [
        (top, position)
        for top, left, bottom, right in merged_ranges(rows.sheet)
        for position in [next((p for p in range(left, right + 1) if p in used), -1)]
        if position >= 0 and ((rows.rows >= top) & (rows.rows <= bottom)).any()
    ]
    if merged:
        top, position = min(merged)
        column = used[position]
        places = np.flatnonzero(rows.rows == top)
        value = shown(column.cells[int(column.codes[places[0]])]) if len(places) else ""
        problems.append(
            Problem(
                Severity.QUESTION,
                rows.sheet.name,
                a1(top, position),
                value,
                "Cells are merged: only the first holds the value, the others were read as blank."
                + (f" ({len(merged)} merged ranges)" if len(merged) > 1 else ""),
                "Unmerge them and fill each cell.",
            )
        )
    return problems
