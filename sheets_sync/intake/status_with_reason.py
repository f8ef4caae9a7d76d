"""A Status that says that there was no session, and not why ("Cancelled"): the Reason beside it says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.codes import Code
from sheets_sync.intake.codes_of_header import asks_whether_held
from sheets_sync.intake.context import Context
from sheets_sync.intake.holidays import is_of_a_family
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.tab_rows import Column, Flags, Readings, TabRows
from sheets_sync.intake.told_reasons import may_be_only_told, may_tell, read_reason
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.tables import Category

_NO_SESSION = lazy_regex(
    r"(?:the )?(?:(?:session|service|therapy) )?(?:was |were )?"
    r"(?:cancel\w*|cxl|cx|missed|skipped|not (?:held|delivered|provided|given|seen|served|attended|available)"
    r"|other|no(?: (?:session|service|therapy))?|unavailable|out"
    r"|did (?:not|n't) (?:occur|meet|happen))(?: session)?",
    re.IGNORECASE,
)
_CANCELLED = lazy_regex(
    r"(?:the )?(?:session |service |therapy )?(?:was )?(?:cancel\w*|cxl|cx)", re.IGNORECASE
)
_WHO_CANCELLED = lazy_regex(
    r"(?:(?:(?:by|per) (?:the )?)?(?:(?P<family>parents?|mom|mother|dad|father|family|guardian|student)"
    r"|(?P<provider>slp|provider|therapist))|by (?:the )?(?P<by>ot|pt))"
    r"(?:'?s? (?:request(?:ed)?|cancel+ed|called(?: to cancel)?))?",
    re.IGNORECASE,
)
_NO = frozenset(("n", "n.", "false", "\u2717", "\u2718", "\u2612"))
_GIVEN = (Category.UNKNOWN, Category.DELIVERED, Category.LATE, Category.MAKE_UP, Category.TEAM_DECISION)


def with_reasons(
    rows: TabRows, codes: Readings[Code], known: Mapping[str, str], context: Context
) -> Readings[Code]:
    """Return the readings of the Status with those of the Reason where that alone says why there was none.

    A reason of a session that was given, or that cannot be read, leaves the Status as it is: refused. Where
    there is no Reason, a note of a few words may say why.
    """
    no_session = _says_no if asks_whether_held(rows) else _says_no_session
    for name in ("Reason", "Notes"):
        column = rows.column(name)
        told = ~column.blank() if name == "Reason" else ~column.blank() & rows.column("Reason").blank()
        missed = told & codes.unread() & codes.column.where(no_session)
        codes = _with_those_of(column, missed, codes, lambda cell: _why(cell, known, context))
        cancelled = told & codes.unread() & codes.column.where(_says_cancelled)
        codes = _with_those_of(column, cancelled, codes, lambda cell: _who_cancelled(cell, known, context))
    return codes


def _with_those_of(
    reasons: Column,
    asked: Flags,
    codes: Readings[Code],
    read: Callable[[CellValue], Reading[Code] | None],
) -> Readings[Code]:
    if not asked.any():
        return codes
    wanted = reasons.standing_in(asked)
    found = [
        read(cell) if number in wanted and may_tell(reasons.name, cell) else None
        for number, cell in enumerate(reasons.cells)
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


def _why(cell: CellValue, known: Mapping[str, str], context: Context) -> Reading[Code] | None:
    """Read why there was no session. A family's holiday may be the student's or the provider's: unread,
    and so is a provider who may only have told of it."""
    reading = read_reason(cell, known, context)
    if reading is None or reading.value is None or reading.value.category in _GIVEN:
        return None
    if reading.value.category == Category.PROVIDER_ABSENT and may_be_only_told(cell, known, context):
        return None
    closed = reading.value.category == Category.SCHOOL_CLOSED
    return None if closed and is_of_a_family(text_of(cell)) else reading


def _says_cancelled(cell: CellValue) -> bool:
    return isinstance(cell, str) and _CANCELLED.fullmatch(plain(cell[:LONGEST]).strip(" .!")) is not None


def _who_cancelled(cell: CellValue, known: Mapping[str, str], context: Context) -> Reading[Code] | None:
    """Read who cancelled: "parent request", "by SLP". "OT" alone may be where the student was."""
    found = _WHO_CANCELLED.fullmatch(plain(cell)) if isinstance(cell, str) and len(cell) <= LONGEST else None
    who = "family" if found and found["family"] else "provider"
    return _why(f"cancelled by {who}", known, context) if found else None
