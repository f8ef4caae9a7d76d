"""Columns beside all services of a student that may be of one of them: "Start date", "Provider", "Notes".

They are not read, as it is not told of which service they are; what may change a line is asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sheets_sync.intake.cells import SAYS_NONE, text_of
from sheets_sync.intake.columns_that_take_back import ask_of_columns, is_looked_at
from sheets_sync.intake.headers import read_header, tab_name
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity

_OF_ONE = ("Start date", "End date", "Provider", "Group", "Per", "ESY")
_NOTHING = SAYS_NONE | {"", "n"}
_PROBLEM = "Of which service this is is not told: the lines are read without it."
_REMEDIES = {
    "Provider": 'Write the name behind the frequency, "2 x 30 min / week (Kim Lee)", or keep a line for each'
    " service.",
    "Group": 'Write "individual" or "group" behind the frequency, or keep a line for each service.',
    "Per": 'Write the period into the frequency: "2 x 30 min / month".',
}
_REMEDY = "If it changes a line, keep a line for each service, with a column of its own for this."


def ask_of_columns_beside(
    doubts: Doubts, header: int, used: Collection[int], beside: Mapping[str, int], rows: Sequence[int]
) -> tuple[Problem, ...]:
    """Ask of each column below a 1-based header row that is not used, and may change the lines of `rows`."""
    sheet = doubts.sheet
    asked = _of_the_caseload(sheet, header)
    for place, cell in enumerate(sheet.rows[header - 1]):
        name = read_header(cell, tab="Service Grid").value if isinstance(cell, str) else None
        if place in {*used, *asked} or name not in _OF_ONE:
            continue
        asked.add(place)
        if any(text_of(cell_at(sheet, row, place)).strip().casefold() not in _NOTHING for row in rows):
            doubts.at(header, place, _PROBLEM, _REMEDIES.get(str(name), _REMEDY), Severity.QUESTION)
    columns = {**beside, **{str(place): place for place in {*used, *asked}}}
    return ask_of_columns(sheet, "Service Grid", header, columns, rows)


def _of_the_caseload(sheet: Sheet, header: int) -> set[int]:
    """Return the columns that are read, or asked about, as those of the Caseload itself."""
    if tab_name(sheet.name) != "Caseload":
        return set()
    headers = {place: cell for place, cell in enumerate(sheet.rows[header - 1]) if isinstance(cell, str)}
    return {
        place
        for place, cell in headers.items()
        if (read_header(cell, tab="Caseload").value or "Notes") != "Notes" or is_looked_at(cell, "Caseload")
    }
