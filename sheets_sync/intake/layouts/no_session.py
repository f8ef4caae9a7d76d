"""What a cell of a week grid says that is no session, and signs alone, which may be one."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category

from sheets_sync.intake.services import known_service
from sheets_sync.intake.vocabulary import rows
from sheets_sync.lazy_regex import lazy_regex

PARTED = lazy_regex(r"\s+[-–—]+\s+|[:;,/&+()\[\]|\n]+|\s+(?=(?:w/|with|by|in|at|@)(?:\s|$))", re.IGNORECASE)


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
    return (
        all(not part or part in _not_sessions() for part in parts)
        or _squeezed(text) in _not_sessions()
        or _is_of_staff(text)
        or all(map(_is_of_staff, filter(None, map(str.strip, PARTED.split(text)))))
    )


def names_no_session(text: str) -> bool:
    """Tell whether a text names an hour without a student in words ("Lunch"), and is no service as well."""
    return any(map(str.isalnum, text)) and is_no_session(text) and known_service(text) is None


def _is_of_staff(part: str) -> bool:
    """Tell whether a text is work of staff: "MTSS mtg", "Data team", "504 meeting"."""
    words = [word.casefold() for word in re.findall(r"[^\W_]+", part)]
    heads, beside = _staff_words()
    known = all(word in heads or word in beside for word in words)
    return (known and any(word in heads for word in words)) or _squeezed(part) in _not_sessions()


@cache
def _staff_words() -> tuple[frozenset[str], frozenset[str]]:
    heads, *beside = rows("staff_meetings")
    return frozenset(heads), frozenset(word for row in beside for word in row)


def _is_stroke(char: str) -> bool:
    return char.isspace() or category(char) in ("Pd", "Cf", "Cc", "Mn")


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@cache
def _not_sessions() -> frozenset[str]:
    return frozenset(_squeezed(word) for row in (*rows("not_sessions"), *rows("lessons")) for word in row) | {
        ""
    }
