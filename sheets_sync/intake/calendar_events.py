"""Events of a published calendar that change no session: open house, the end of a term."""

from __future__ import annotations

import re
from functools import cache

from sheets_sync.intake.names import name_key
from sheets_sync.intake.vocabulary import rows
from sheets_sync.lazy_regex import lazy_regex

_TERM = r"(?:\w+ )?(?:quarter|qtr|q|trimester|tri|semester|sem|term|(?:marking|grading) period|mp|gp)\s?#?\d?"
_END = lazy_regex(rf"(?:end|last day|close) of (?:the )?{_TERM}|{_TERM} (?:ends?|closes?|over)")
_BACK = lazy_regex(
    r"(?:school|class(?:es)?|students?)(?: (?:and|&) staff)? (?:resumes?|returns?|re-?opens?)"
    r"(?: (?:from|after) [a-z ]+)?|(?:students )?(?:return|back) (?:to school|from [a-z ]+)"
)
_SEASON = lazy_regex(r"(?:fall|winter|spring|summer|holiday|annual|school|elementary|grade \d|k-\d+) ")


def is_event(key: str) -> bool:
    """Tell whether a name_key is such an event as a whole."""
    bare = re.sub(r"\s*\b\d{1,2}(?::\d\d)?(?:\s?-\s?\d{1,2}(?::\d\d)?)?\s?[ap]m$", "", key).strip(" ,-")
    forms = (bare, _SEASON.sub("", bare, count=1))
    return any(form in _words("calendar_events") or is_day_of_school(form) for form in forms) or bool(
        _END.fullmatch(bare) or _BACK.fullmatch(bare)
    )


def is_day_of_school(key: str) -> bool:
    """Tell whether a name_key says that there is school, and nothing else: "school", "regular day"."""
    return key in _words("days_of_school")


@cache
def _words(file: str) -> frozenset[str]:
    return frozenset(name_key(event) for row in rows(file) for event in row if event)
