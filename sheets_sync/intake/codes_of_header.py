"""The codes that the header of a Status explains: "Y" under "Attended?", "P" under "P/A"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.plain import plain
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.lazy_regex import lazy_regex

_ASKS = lazy_regex(
    r"(?:(?:was|did)\s)?(?:(?:the\s)?(?:session|student|service)\s|it\s|you\s)?"
    r"(?:attended|present|seen|held|delivered|provided|met|meet|occurred|given|in attendance|completed"
    r"|take place|occur|happen)"
    r"(?:\ssession)?\s?\??\s?(?:[(\[]?\s?y(?:es)?\s?/\s?n(?:o)?\s?[)\]]?)?\s?\??",
    re.IGNORECASE,
)
_TWO = lazy_regex(r"p(?:resent)?\s?/\s?a(?:bsent)?|a(?:bsent)?\s?/\s?p(?:resent)?", re.IGNORECASE)
_GIVEN, _ABSENT = CATEGORY_WORDS[Category.DELIVERED], CATEGORY_WORDS[Category.STUDENT_ABSENT]
_YES = dict.fromkeys(("y", "yes", "true", "\u2713", "\u2714", "\u2611"), _GIVEN)


def codes_of_header(rows: TabRows) -> Mapping[str, str]:
    """Return what a header says of the codes below it. A "No" says nothing: not who was away, or why."""
    if _TWO.fullmatch(_header(rows)):
        return {"p": _GIVEN, "a": _ABSENT}
    return _YES if asks_whether_held(rows) else {}


def asks_whether_held(rows: TabRows) -> bool:
    """Tell whether the header of the Status asks for yes or no: "Attended?"."""
    return _ASKS.fullmatch(_header(rows)) is not None


def _header(rows: TabRows) -> str:
    place = rows.column("Status").position
    if rows.header < 1 or place < 0:
        return ""
    return plain(text_of(rows.sheet.rows[rows.header - 1][place])).strip(" :")
