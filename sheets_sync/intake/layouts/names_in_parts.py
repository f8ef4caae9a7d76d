"""A student's name in two columns, First name and Last name, beside what a grid says of the student."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.name_parts import whole_names, with_whole_name
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.ports import Sheet


def with_student(beside: Mapping[str, int]) -> dict[str, int]:
    """Return the 0-based columns beside a grid with Student where its two parts are, as in a list."""
    whole = with_whole_name({name: (place,) for name, place in beside.items()}, "Caseload")
    return {name: places[0] for name, places in whole.items()}


def placed_beside(sheet: Sheet, row: int, beside: Mapping[str, int]) -> dict[str, Placed]:
    """Return each cell of a row (1-based) in these columns, the parts of a name as Student."""
    cells = {name: cell_at(sheet, row, place) for name, place in beside.items()}
    if NAME_PARTS[0] in cells:
        (cells["Student"],) = whole_names(*([cells.pop(part)] for part in NAME_PARTS))
    return {name: (cell, row, beside[name]) for name, cell in cells.items()}


def filled_beside(sheet: Sheet, row: int, beside: Mapping[str, int]) -> dict[str, Placed]:
    """Return what stands in a row (1-based) of these columns, the parts of a name as Student."""
    placed = placed_beside(sheet, row, beside)
    return {name: cell for name, cell in placed.items() if not is_blank(cell[0])}


def is_header(sheet: Sheet, row: int, beside: Mapping[str, int]) -> bool:
    """Tell whether a header stands in the column of the students, or in one of its parts."""
    cells = (cell_at(sheet, row, place) for name, place in beside.items() if name in (*NAME_PARTS, "Student"))
    said = {read_header(cell, tab="Caseload").value for cell in cells if isinstance(cell, str)}
    return not said.isdisjoint(("Student", "Student ID")) or said.issuperset(NAME_PARTS)
