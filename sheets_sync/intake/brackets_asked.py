"""Questions about headers of which the brackets may make another column (header_brackets.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheets_sync.intake.cells import is_blank, shown
from sheets_sync.intake.header_brackets import said_in_brackets
from sheets_sync.intake.headers import column_but_for_brackets
from sheets_sync.intake.outside_names import columns_key
from sheets_sync.intake.used_columns import COLUMNS, HOURS, TOTAL
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1


def ask_of_brackets(
    sheet: Sheet, tab: str, row: int, found: Mapping[str, Sequence[int]]
) -> Iterator[Problem]:
    """Ask about headers whose brackets may make them another column: one that is read as if they were not
    there, and one that is not read and without them would be the only one of its name."""
    known = {place: name for name, places in found.items() for place in places}
    for place, cell in enumerate(sheet.rows[row - 1]):
        if not isinstance(cell, str) or is_blank(cell) or known.get(place) in (TOTAL, HOURS):
            continue
        name = known.get(place) or column_but_for_brackets(cell, tab)
        if name is None or name not in COLUMNS[tab] or (place not in known and name in found):
            continue
        if said_in_brackets(cell, name, tab) == "help":
            continue
        how = f"is read as {name}" if place in known else f"is not read as {name}"
        yield Problem(
            Severity.QUESTION,
            sheet.name,
            a1(row, place),
            shown(cell),
            f"What stands in the brackets may make this another column: it {how}.",
            f"If it is the {name}, take out the brackets; else rename it, or the right one:"
            f" {columns_key(sheet, tab, name, '...')}.",
        )
