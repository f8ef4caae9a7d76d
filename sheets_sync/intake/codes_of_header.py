"""The codes that the header of a Status explains: "Y" under "Attended?", "P" under "P/A"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.plain import plain
from sheets_sync.intake.tab_rows import TabRows

_ASKS = re.compile(
    r"(?:was\s)?(?:(?:the\s)?(?:session|student|service)\s|it\s)?"
    r"(?:attended|present|seen|held|delivered|provided|met|occurred|given|in attendance)"
    r"(?:\ssession)?\s?\??\s?(?:[(\[]?\s?y(?:es)?\s?/\s?n(?:o)?\s?[)\]]?)?\s?\??",
    re.IGNORECASE,
)
_TWO = re.compile(r"p(?:resent)?\s?/\s?a(?:bsent)?|a(?:bsent)?\s?/\s?p(?:resent)?", re.IGNORECASE)
_GIVEN, _ABSENT = CATEGORY_WORDS[Category.DELIVERED], CATEGORY_WORDS[Category.STUDENT_ABSENT]
_YES = dict.fromkeys(("y", "yes", "true", "\u2713", "\u2714", "\u2611"), _GIVEN)


def codes_of_header(rows: TabRows) -> Mapping[str, str]:
    """Return what a header says of the codes below it. A "No" says nothing: not who was away, or why."""
    place = rows.column("Status").position
    if rows.header < 1 or place < 0:
        return {}
    header = plain(text_of(rows.sheet.rows[rows.header - 1][place])).strip(" :")
    if _TWO.fullmatch(header):
        return {"p": _GIVEN, "a": _ABSENT}
    return _YES if _ASKS.fullmatch(header) else {}
