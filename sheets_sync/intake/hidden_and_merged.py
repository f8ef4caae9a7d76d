"""Hidden rows, which are read like all others, and merged cells, of which only the first holds a value."""

from __future__ import annotations

import numpy as np

from sheets_sync.intake.cells import shown
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.intake.said_once import holds_for_each_row
from sheets_sync.intake.tab_rows import Column, Flags, TabRows
from sheets_sync.problems import Problem, Severity, a1, sheet_row


def hidden_by_merge(rows: TabRows, column: Column) -> Flags:
    """Tell for each row whether its cell of this column lies inside a merged range, not at its top left."""
    hidden = np.zeros(len(rows), dtype=bool)
    for top, left, bottom, right in merged_ranges(rows.sheet):
        if left <= column.position <= right:
            first = top + 1 if column.position == left else top
            hidden |= (rows.rows >= first) & (rows.rows <= bottom)
    return hidden


def report_hidden_and_merged(rows: TabRows) -> list[Problem]:
    """Note the hidden rows of a tab, once, and ask about merged cells that leave cells of the data blank."""
    problems = []
    numbers = set(map(sheet_row, rows.rows.tolist())) if rows.sheet.hidden_rows else set()
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
        if not holds_for_each_row((top, left, bottom, right), rows)
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
