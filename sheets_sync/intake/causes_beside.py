"""The columns of a log in which may stand why a session was missed: Reason, Notes, and those not in use.

A column that no vocabulary knows ("Details"), and a second one of a kind ("Reason | Why missed"), is heard as
Notes are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sheets_sync.categories import OWED, Category
from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.clauses import clauses_of
from sheets_sync.intake.codes import Code
from sheets_sync.intake.columns_that_take_back import is_looked_at
from sheets_sync.intake.context import Context
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.person_names import names_in
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.tab_rows import Column, Flags, TabRows, column_of
from sheets_sync.intake.told_reasons import may_be_only_told, may_tell, read_reason
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_STAFF = r"(?:therapist|provider|clinician|slpa?|ot|cota|pt|pta|staff|teacher|counselor|psych(?:ologist)?)"
_WHO = lazy_regex(rf"(?:by |per )?(?:the |our )?(?:{_STAFF}|school|district|building)(?:'?s)?", re.IGNORECASE)
"""Who caused it, in the place of a cause: not the student."""
_NO_FAULT_OF_THEIRS = lazy_regex(
    rf"(?:ran |run )?out of time|(?:{_STAFF}) (?:had to )?(?:left|leave|leaves) early|mcas|ard"
    r"|(?:internet|wi-?fi|power|zoom|computers?|tech\w*)(?: (?:was|is|were))?"
    r" (?:down|out|issues?|problems?|difficult\w+|failure)"
    r"|(?:classroom )?teacher (?:would|did|could)(?: not|n['’]?t) (?:release|send|let|excuse)\b.*",
    re.IGNORECASE,
)
"""What a Status does not say so, and a cause that is not the student's beside an absence."""
_NAMES_WHO = lazy_regex(r"\b(?:who|missed by|cancell?ed by)\b", re.IGNORECASE)
_LATER = lazy_regex(r"\b(?:next|will|tomorrow|upcoming|last|reminded?|remember)\b", re.IGNORECASE)
_OF_ANOTHER_DAY = lazy_regex(
    r"\b(?:next|plans?|planned|goals?|objectives?|targets?|lesson|activit\w+|homework|upcoming|previous|prior|last)\b",
    re.IGNORECASE,
)
"""In the header of a column of which nothing is heard."""
_LONGEST_CLAUSE = 6
"""Words."""
_BARE_CODE = lazy_regex(r"[A-Z./\d\s-]{1,6}")
"""What may be somebody's initials, or a code of something else."""


@dataclass(frozen=True)
class Told:
    """A column, by its header, and whether it is heard as a Reason (else as Notes)."""

    column: Column
    header: str
    is_reason: bool
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Cause:
    """What a cell says; `surely`: it says nothing else, and of nobody who may only have told of it."""

    reading: Reading[Code]
    surely: bool = True


def columns_with_causes(rows: TabRows, among: Flags) -> Iterator[Told]:
    """Yield Reason, Notes, and the columns of a list that are not used, as they stand in the rows `among`."""
    for name in ("Reason", "Notes"):
        yield Told(rows.column(name), _header_of(rows, name), name == "Reason")
    if rows.header <= 0 or rows.further or not among.any():
        return
    here = np.flatnonzero(among)
    numbers = rows.rows[here].tolist()
    for place, cell in enumerate(rows.sheet.rows[rows.header - 1]):
        header = text_of(cell)
        if (
            is_blank(cell)
            or place in rows.used
            or is_looked_at(header, rows.tab)
            or _OF_ANOTHER_DAY.search(header)
        ):
            continue
        cells: list[CellValue] = [None] * len(rows)
        for at, number in zip(here.tolist(), numbers, strict=True):
            row = rows.sheet.rows[number - 1]
            cells[at] = cell_in(row, place)
        known = read_header(header, tab=rows.tab).value
        yield Told(column_of(header, place, cells), header, known == "Reason", is_known=False)


def _header_of(rows: TabRows, name: str) -> str:
    place = rows.column(name).position
    return text_of(rows.sheet.rows[rows.header - 1][place]) if rows.header > 0 and place >= 0 else name


def read_cause(told: Told, cell: CellValue, known: Mapping[str, str], context: Context) -> Cause | None:
    """Return the cause that a cell of such a column names; None for anything that is none."""
    if not isinstance(cell, str) or not cell.strip():
        return None
    typed = plain(cell[: 10 * LONGEST]).strip(" .!")
    if not told.is_known and not told.is_reason and _BARE_CODE.fullmatch(typed):
        return None
    if told.is_reason and (_WHO.fullmatch(typed) or _is_of_staff(told.header, typed, context)):
        per = typed.casefold().startswith("per ")
        return Cause(Reading(Code(Category.PROVIDER_ABSENT)), surely=not per)
    whole = may_tell("Reason" if told.is_reason else "Notes", cell)
    if whole:
        if _NO_FAULT_OF_THEIRS.fullmatch(typed):
            return Cause(Reading(Code(Category.PROVIDER_ABSENT)))
        reading = read_reason(cell, known, context)
        if reading:
            owed = reading.value and reading.value.category == Category.PROVIDER_ABSENT
            return Cause(reading, surely=not (owed and may_be_only_told(cell, known, context)))
    clauses = [clause for clause in clauses_of(cell) if not (whole and clause == cell)]
    return _of_clauses(clauses, known, context)


def _is_of_staff(header: str, typed: str, context: Context) -> bool:
    """Tell whether a name below "Who was absent" is that of somebody on Staff, and of no student."""
    if not _NAMES_WHO.search(header) or not context.staff.can_be(typed):
        return False
    return not context.roster.called.could_be(names_in(typed))


def _of_clauses(clauses: Sequence[str], known: Mapping[str, str], context: Context) -> Cause | None:
    """Return what one of the short clauses of a longer text says, first what is owed."""
    short = [one for one in clauses if one and len(one.split()) <= _LONGEST_CLAUSE]
    found = [read_reason(one, known, context) for one in short if not _LATER.search(one)]
    told = [one for one in found if one is not None and one.value is not None]
    owed = (one for one in told if one.value and one.value.category in OWED)
    first = next(owed, told[0] if told else None)
    return Cause(first, surely=False) if first else None
