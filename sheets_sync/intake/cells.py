"""One cell as words: what stands in it, shortened for a report, blank or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sheets_sync.intake.reading import Reading
from sheets_sync.ports import CellValue, ErrorValue

_UNSEEN_BLOCKS = ((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0x202A, 0x202E), (0x2066, 0x2069))
_UNSEEN = {code: None for first, last in _UNSEEN_BLOCKS for code in range(first, last + 1)}
"""Controls and marks that turn the direction of writing round: in a terminal they would act, not be read."""

SHOWN = 80
"""How many characters of a cell a problem shows."""

SAYS_NONE = frozenset(("-", "--", "---", "none", "no", "n/a", "na", "0"))
"""What staff write, in small letters, into the cell of a service that a student does not have."""


def is_blank(value: CellValue) -> bool:
    """Tell whether nothing stands in a cell: white space alone is nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def cell_in(row: Sequence[CellValue], place: int) -> CellValue:
    """Return the cell of a 0-based column, None beyond the row and for -1, a column that is not there."""
    return row[place] if 0 <= place < len(row) else None


def text_of(value: CellValue) -> str:
    """Return what stands in a cell as trimmed text; a whole number without its ".0", a date as 2025-09-03.

    Controls go: a name must not act on the terminal that shows it.
    """
    if isinstance(value, str):
        return value.strip() if value.isprintable() else value.translate(_UNSEEN).strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, float | int):
        return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return _length(value)


def shown(value: CellValue) -> str:
    """Return what stands in a cell, on one line and at most SHOWN characters long, for a problem to show."""
    text = " ".join(text_of(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def shows_error(cell: ErrorValue) -> Reading[Any]:
    """Return the reading of a cell that shows "#REF!" or the like: none."""
    return Reading(None, f"The cell shows {cell.text} instead of a value.", "Mend the formula in it.")


def _length(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
