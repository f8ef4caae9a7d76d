"""Initials that are a code too: "DP" is Dana Price in a schedule, and "distance present" in a log."""

from __future__ import annotations

from dataclasses import replace

from sheets_sync.intake.codes import read_code
from sheets_sync.intake.layouts.marked_cell import TICKS
from sheets_sync.intake.layouts.people_known import PeopleKnown, word_key
from sheets_sync.intake.plain import LONGEST
from sheets_sync.ports import Sheet


def in_a_schedule(sheet: Sheet, known: PeopleKnown) -> PeopleKnown:
    """Return who is known, initials that are codes among them where the sheet has no mark of a log."""
    texts = {cell for cells in sheet.rows for cell in cells if isinstance(cell, str) and len(cell) <= LONGEST}
    if not known.initials_or_marks or any(_is_a_mark(text, known) for text in texts):
        return known
    return replace(known, initials={**known.initials, **known.initials_or_marks})


def _is_a_mark(text: str, known: PeopleKnown) -> bool:
    """Tell whether a cell is a tick, or a code that is nobody's initials."""
    if TICKS.search(text):
        return True
    return (word_key(text.strip()),) not in known.initials_or_marks and read_code(text).value is not None
