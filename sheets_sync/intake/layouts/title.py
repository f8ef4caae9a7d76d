"""What a grid is about: its titles, or the name of the tab."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.layouts.header_words import is_header
from sheets_sync.intake.layouts.key_pairs import says_what_a_code_means
from sheets_sync.intake.layouts.listed import Placed
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.section_headings import is_understood_as_title
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


def title_not_understood(
    sheet: Sheet, rows: Sequence[int], top: int, known: PeopleKnown
) -> tuple[int, int] | None:
    """Return the cell of a title, directly above a later table of a tab, that leaves open of what it is.

    `rows` (1-based) are those between the table above and the row of the dates, `top` is the first of the
    table's own.
    """
    found = False
    for number in reversed(rows):
        cells = [(place, cell) for place, cell in enumerate(sheet.rows[number - 1]) if not is_blank(cell)]
        if number < top and ((found and not cells) or any(not isinstance(cell, str) for _, cell in cells)):
            break
        found = found or (number < top and bool(cells))
        for place, cell in cells:
            if isinstance(cell, str) and not is_header(cell) and not is_understood_as_title(cell, known):
                return number, place
    return None


def _spoken_of(sheet: Sheet, rows: Iterable[int]) -> dict[str, Placed]:
    found: dict[str, Placed] = {}
    for number in rows:
        for place, cell in enumerate(sheet.rows[number - 1]):
            if isinstance(cell, str) and not says_what_a_code_means(cell):
                found |= {
                    name: (name, number, place) for name in services_spoken_of(cell) if name not in found
                }
    return found
