"""A Status that says that there was no session, and not why ("Cancelled"): the Reason beside it says why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.codes import Code, read_code
from sheets_sync.intake.codes_of_header import asks_whether_held
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.tab_rows import Readings, TabRows
from sheets_sync.ports import CellValue
from sheets_sync.tables import Category

_NO_SESSION = re.compile(
    r"(?:the )?(?:(?:session|service|therapy) )?(?:was |were )?"
    r"(?:cancel\w*|cxl|cx|missed|skipped|not (?:held|delivered|provided|given|seen|served|attended|available)"
    r"|no(?: (?:session|service|therapy))?|unavailable|out"
    r"|did (?:not|n't) (?:occur|meet|happen))(?: session)?",
    re.IGNORECASE,
)
_NO = frozenset(("n", "n.", "false", "\u2717", "\u2718", "\u2612"))
_GIVEN = (Category.UNKNOWN, Category.DELIVERED, Category.LATE, Category.MAKE_UP, Category.TEAM_DECISION)


def with_reasons(
    rows: TabRows, codes: Readings[Code], known: Mapping[str, str], year: SchoolYear
) -> Readings[Code]:
    """Return the readings of the Status with those of the Reason where that alone says why there was none.

    A reason of a session that was given, or that cannot be read, leaves the Status as it is: refused.
    """
    reasons = rows.column("Reason")
    no_session = _says_no if asks_whether_held(rows) else _says_no_session
    asked = codes.unread() & codes.column.where(no_session) & ~reasons.blank()
    if not asked.any():
        return codes
    wanted = set(reasons.codes[asked].tolist())
    found = [
        _why(cell, known, year) if number in wanted else None for number, cell in enumerate(reasons.cells)
    ]
    told = asked & np.array([reading is not None for reading in found], dtype=bool)[reasons.codes]
    count = len(codes.column.cells)
    column = replace(
        codes.column,
        cells=(*codes.column.cells, *reasons.cells),
        codes=np.where(told, count + reasons.codes, codes.column.codes),
        blanks=np.concatenate([codes.column.blanks, reasons.blanks]),
    )
    return Readings(column, (*codes.found, *found))


def _says_no_session(cell: CellValue) -> bool:
    typed = plain(cell[:LONGEST]).strip(" .!") if isinstance(cell, str) else ""
    return _NO_SESSION.fullmatch(typed) is not None


def _says_no(cell: CellValue) -> bool:
    """Tell whether a cell below "Attended?" says no: "N", a box without a tick."""
    return (
        cell is False
        or _says_no_session(cell)
        or (isinstance(cell, str) and plain(cell[:LONGEST]).casefold() in _NO)
    )


def _why(cell: CellValue, known: Mapping[str, str], year: SchoolYear) -> Reading[Code] | None:
    reading = read_code(text_of(cell), codes=known, year=year)
    is_why = reading.value is not None and reading.value.category not in _GIVEN
    return reading if is_why else None
