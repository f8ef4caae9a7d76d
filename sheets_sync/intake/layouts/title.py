"""What a grid is about: its titles, or the name of the tab."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.intake.layouts.key_of_codes import says_what_a_code_means
from sheets_sync.intake.layouts.listed import Placed
from sheets_sync.intake.services import services_spoken_of
from sheets_sync.ports import Sheet


def service_of_the_tab(sheet: Sheet, titles: Iterable[Iterable[int]]) -> Placed | None:
    """Return the one service of which the texts in the first of these groups of rows (1-based) speak that
    speaks of any, else the tab's name; None where they speak of several. A key of codes is no title."""
    for rows in titles:
        found = _spoken_of(sheet, rows)
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    named = services_spoken_of(sheet.name)
    return (next(iter(named)), 1, 0) if len(named) == 1 else None


def _spoken_of(sheet: Sheet, rows: Iterable[int]) -> dict[str, Placed]:
    found: dict[str, Placed] = {}
    for number in rows:
        for place, cell in enumerate(sheet.rows[number - 1]):
            if isinstance(cell, str) and not says_what_a_code_means(cell):
                found |= {
                    name: (name, number, place) for name in services_spoken_of(cell) if name not in found
                }
    return found
