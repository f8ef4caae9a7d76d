"""What a cell of a week grid says that is no session, and signs alone, which may be one."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category

from sheets_sync.intake.vocabulary import rows

PARTED = re.compile(r"\s+[-–—]+\s+|[:;,/&+()\[\]|\n]+|\s+(?=(?:w/|with|by|in|at|@)(?:\s|$))", re.IGNORECASE)


def is_sign(text: str) -> bool:
    """Tell whether signs are all that a cell holds, and more than strokes: an arrow, ditto marks, "?"."""
    return not is_no_session(text) and not any(map(str.isalnum, text))


def is_no_session(text: str) -> bool:
    """Tell whether all that a cell says is no session: "Lunch", "prep / IEP meeting", a stroke.

    Other signs alone may mean that the session above goes on.
    """
    if not any(map(str.isalnum, text)):
        return all(_is_stroke(char) for char in text)
    parts = map(_squeezed, PARTED.split(text))
    return all(not part or part in _not_sessions() for part in parts) or _squeezed(text) in _not_sessions()


def _is_stroke(char: str) -> bool:
    return char.isspace() or category(char) in ("Pd", "Cf", "Cc", "Mn")


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@cache
def _not_sessions() -> frozenset[str]:
    return frozenset(_squeezed(word) for row in (*rows("not_sessions"), *rows("lessons")) for word in row) | {
        ""
    }
