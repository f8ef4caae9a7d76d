"""What the Reason of a session, or a short note, says became of it; who is on Staff is a provider there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheets_sync.categories import Category
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.codes import Code, read_code
from sheets_sync.intake.context import Context
from sheets_sync.intake.known_codes import own_codes, whole_code
from sheets_sync.intake.person_names import names_in
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.who_told import only_tells
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_SOMEBODY = lazy_regex(
    r"(?P<who>(?:(?:mrs|ms|mr|miss|dr)\.? )?[^\W\d_][\w'-]+(?: [^\W\d_][\w'-]+)??) (?:(?:was|is) )?"
    r"(?P<what>(?:abs\w*|out|sick|ill|away|not here|unavailable|not available|at|in|on)\b.*)",
    re.IGNORECASE,
)
_LONGEST_NOTE = 5
"""Words."""


def read_reason(cell: CellValue, known: Mapping[str, str], context: Context) -> Reading[Code] | None:
    """Return the code that a text amounts to; None for anything that is none, as for a number."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return None
    typed = _of_a_provider(plain(cell), context)
    reading = read_code(typed, codes=known, year=context.school_year)
    return reading if reading.value is not None else None


def may_be_only_told(cell: CellValue, known: Mapping[str, str], context: Context) -> bool:
    """Tell whether the provider of a cell that reads as a provider's absence may only have told of it.

    A code that is known as it stands is none of these.
    """
    typed = _of_a_provider(plain(text_of(cell)), context)

    def is_away(clause: str) -> bool:
        code = read_code(clause, codes=known, year=context.school_year).value
        return code is not None and code.category == Category.PROVIDER_ABSENT

    return whole_code(typed, own_codes(known)) is None and only_tells(typed, is_away)


def may_tell(name: str, cell: CellValue) -> bool:
    """Tell whether a cell of this column is looked at: a Reason, or a note of a few words. A long note tells
    of more than why there was no session."""
    return isinstance(cell, str) and (name == "Reason" or len(cell.split()) <= _LONGEST_NOTE)


def _of_a_provider(typed: str, context: Context) -> str:
    """Write "provider" for somebody on Staff ("Kim out"), where no student goes by that name."""
    found = _SOMEBODY.fullmatch(typed)
    if found is None:
        return typed
    who = found["who"]
    if not context.staff.can_be(who) or context.roster.called.could_be(names_in(who)):
        return typed
    return f"provider {found['what']}"
