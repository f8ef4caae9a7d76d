"""An excused session of which the log says that it is owed: "absent - make-up needed"."""

from __future__ import annotations

import re

from sheets_sync.intake.clauses import clauses_of
from sheets_sync.lazy_regex import lazy_regex

_MAKE_UP = r"(?:make[\s-]?ups?|m/?u|mkups?)"
_WHAT = rf"(?:{_MAKE_UP}|sessions?|services?|min(?:ute)?s?|time)"
_OWED = lazy_regex(
    rf"\b{_WHAT} (?:is |are |was |session |still )*(?:owed|needed|required|due|pending)\b"
    rf"|\b(?:needs?|requires?|owed?s?) (?:a |to |be |an? |the )*(?:{_MAKE_UP}|make up|made up)\b"
    r"|\b(?:must|will|to|should)(?: be)? (?:make|made)[\s-]up\b"
    rf"|\b{_MAKE_UP} (?:on |next )*(?:mon|tues?|wed|thu|thurs?|fri)(?:[a-z]*day)?\b"
    r"|\b(?:owe[sd]?|owing)\b",
    re.IGNORECASE,
)
_NOT = lazy_regex(
    rf"\b(?:not|nothing|never|none)\b|n['’]?t\b|\b(?:no|without)(?: a)? (?:{_WHAT}|time)\b", re.IGNORECASE
)
SAID = "It says that a make-up is owed"


def says_owed(text: str) -> bool:
    """Tell whether words say that the session is owed: "make-up needed", not "no make-up needed"."""
    return any(_OWED.search(clause) and not _NOT.search(clause) for clause in clauses_of(text))
