"""What a Caseload says of a student who may not be served now: "Exited 9/30", "moved", "DNQ"."""

from __future__ import annotations

import re

from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex

_LEFT = lazy_regex(
    r"\b(?:exit(?:ed|s|ing)?|dismiss(?:ed|als?)|discharged?|withdr(?:awn|ew|awals?)|moved|moving|transfer\w*"
    r"|graduat(?:ed|es?|ing)|inactive|no longer|unenrolled|disenrolled|expelled|deceased|dropped(?: out)?"
    r"|left (?:the )?(?:district|school|program|caseload|state)|gone|revoked|declin(?:ed|es)|refused"
    r"|not (?:active|eligible|enrolled|on|my|mine|current|currently|receiving|served|qualif\w+|yet|started)"
    r"|ineligible|dnq|(?:does|did|do) not qualify|did(?: not|n't) qualify|wait(?:ing)?[- ]?list\w*|on hold"
    r"|home[- ]?school(?:ed|ing)?|d/c(?:'?d)?|w/d|dc'?d"
    r"|pending|referral|consent (?:denied|withdrawn)|no consent)\b",
    re.IGNORECASE,
)
_DATE = rf"\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|{MONTH}\b"
_LEFT_ON = lazy_regex(rf"^\W*{_LEFT.pattern}(?:\W+\w+){{0,2}}\W*$|{_LEFT.pattern}[^.;]*?\b(?:{_DATE})", re.I)
"""In a note: nothing but that, or a date right behind it; "moved his desk to the front" is neither."""
_TO_COME_FROM = lazy_regex(r"\b(?:moved|transfer\w*) (?:here|in|from|into)\b", re.IGNORECASE)


def says_left(text: str) -> bool:
    """Tell whether a status, a remark behind a name or a heading says that a student may not be served."""
    return _LEFT.search(plain(text[:LONGEST])) is not None


def note_says_left(text: str) -> bool:
    """Tell the same of a note, which may be about anything."""
    typed = plain(text)
    return len(typed) <= 10 * LONGEST and bool(_LEFT_ON.search(typed)) and not _TO_COME_FROM.search(typed)
