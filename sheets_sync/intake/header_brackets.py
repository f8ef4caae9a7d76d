"""What stands in the brackets of a header: help, or a word that makes it another column.

"Minutes (each)" are minutes; "Minutes (billed)" and "Frequency (last year)" are other columns than those of
the contract (vocabulary/header_brackets.csv). Brackets that say neither are asked about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from sheets_sync.intake.plain import plain
from sheets_sync.intake.used_columns import COLUMNS, DESCRIBING
from sheets_sync.intake.vocabulary import rows
from sheets_sync.lazy_regex import lazy_regex

Said = Literal["help", "other", "unclear"]

BRACKETS = lazy_regex(r"\s*[(\[](?P<said>[^()\[\]]*)[)\]]?")
_EXAMPLE = lazy_regex(r"\s*(?:e\.?\s?g\b|ex\b|i\.?e\b|example|like\b|such as\b)", re.IGNORECASE)
_SPAN = lazy_regex(r"\b(?:from|start|begin)\b.*\b(?:to|end)\b", re.IGNORECASE)
_SESSION = lazy_regex(r"\bsess(?:ion)?s?\b", re.IGNORECASE)
_HOURS = frozenset(("hours", "hour", "hrs", "hr", "total", "totals"))
_PERIODS = frozenset(
    (
        *("day", "daily", "week", "weekly", "wk", "month", "monthly", "mo", "quarter", "quarterly", "year"),
        *("yearly", "yr", "annual", "annually", "semester", "trimester"),
    )
)
"""In the brackets of a length they make it another measure."""
_WORD = lazy_regex(r"[^\W\d_]+")
_FREE = DESCRIBING - {"Also called"}
"""Columns that change no figure: their brackets take nothing back."""


def said_in_brackets(header: str, column: str, tab: str | None = None) -> Said:
    """Return what the brackets of a header make of the column of a tab that the words outside them name."""
    if column in _FREE or not any(column in names for names in COLUMNS.values()):
        return "help"
    found = [one["said"] for one in BRACKETS.finditer(plain(header))]
    of_session = bool(_SESSION.search(BRACKETS.sub(" ", header)))
    of_each = {_said(text, column, tab or "", of_session) for text in found if not _EXAMPLE.match(text)}
    if "other" in of_each:
        return "other"
    return "unclear" if "unclear" in of_each else "help"


def _said(text: str, column: str, tab: str, of_session: bool) -> Said:
    words = _WORD.findall(text.casefold())
    if _SPAN.search(text):
        return "other"
    helps = _words("help", column) | _words("help", f"{tab} {column}")
    spoken = f" {' '.join(words)} "
    takes_back = {other for other in _words("other", column) - helps if f" {other} " in spoken}
    if set(words) <= helps and not any(" " in other for other in takes_back):
        return "help"
    measured = column == "Minutes" and set(words) & (_HOURS if of_session else _HOURS | _PERIODS)
    return "other" if takes_back or measured else "unclear"


@cache
def _words(kind: str, column: str) -> frozenset[str]:
    named = (row[2:] for row in rows("header_brackets") if row[0] in ("*", column) and row[1] == kind)
    return frozenset(word for words in named for word in words)
