"""The times of a session behind its code: "Seen 9:00-9:15", "P (9:00-9:15)"."""

from __future__ import annotations

import re

from sheets_sync.intake.clock import read_time_range
from sheets_sync.lazy_regex import lazy_regex

_TIMED = lazy_regex(
    r"(?P<code>[^\d]*[^\d\s,:(@-])[\s,:(@-]+(?:from |at )?(?P<times>\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\.?)?\s?"
    r"(?:-|\u2013|to|until|till)\s?\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\.?)?)\)?",
    re.IGNORECASE,
)


def code_and_minutes(typed: str) -> tuple[str, int] | None:
    """Return what stands before two times of the clock, and the minutes between them; None for other text."""
    found = _TIMED.fullmatch(typed)
    if found is None or ":" not in found["times"]:
        return None
    span = read_time_range(re.sub(r"\b(?:until|till)\b", "to", found["times"], flags=re.IGNORECASE)).value
    return None if span is None or span[1] <= span[0] else (found["code"], span[1] - span[0])
