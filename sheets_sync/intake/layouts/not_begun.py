"""An attendance grid in which nobody has written anything yet: a log without entries."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.layouts.date_blocks import Block
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.student_rows import StudentRows
from sheets_sync.ports import Sheet


def is_not_begun(sheet: Sheet, tables: Iterable[tuple[Block, StudentRows]], known: PeopleKnown) -> bool:
    """Tell whether all cells below the dates are blank, or boxes without a tick, and some stand beside a
    student of the Caseload: without one it may be a table of anything."""
    found = [(block, row) for block, students in tables for row in students.rows]
    below = (
        cell for block, row in found for cell in sheet.rows[row.row - 1][block.dates.first : block.width]
    )
    names = {str(row.beside["Student"][0]) for _, row in found}
    return any(known.students.find(name_words(name)) for name in names) and all(
        cell is False or is_blank(cell) for cell in below
    )
