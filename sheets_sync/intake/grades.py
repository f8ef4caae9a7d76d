"""Grades, which tell two students of one name apart: "3", "3rd grade", "Gr. 3", "K"."""

from __future__ import annotations

import re

from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex

_SAID = (
    r"(?:grade|gr)\.?\s*(?:\d{1,2}|t?k|pk)|\d{1,2}(?:st|nd|rd|th)(?:\s+(?:grade|gr\.?)|\s+grader)?|"
    r"kindergarten|kinder|pre-?k"
)
_NUMBER = lazy_regex(r"(?:grade|gr|g)?\.?\s*0?(\d{1,2})(?:st|nd|rd|th)?\s*(?:grade|grader|gr)?\.?")
_WORDS = {
    **dict.fromkeys(("k", "kg", "kinder", "kindergarten"), "k"),
    **dict.fromkeys(("tk", "transitional kindergarten"), "tk"),
    **dict.fromkeys(("pk", "pre-k", "prek", "preschool", "pre-kindergarten"), "pk"),
}
_BESIDE = lazy_regex(
    rf"(?P<name>.*\S)(?:\s*\(\s*(?P<inside>{_SAID}|t?k|pk)\s*\)|\s*(?:\s-|,)\s*(?P<after>{_SAID}))",
    re.IGNORECASE,
)


def grade_key(text: str) -> str:
    """Return what two spellings of a grade share: "3" of "3rd grade", "k" of "Kindergarten", else ""."""
    typed = plain(text).casefold() if len(text) <= LONGEST else ""
    bare = re.sub(r"^(?:grade|gr)\.?\s+|\s+grade$", "", typed)
    found = _NUMBER.fullmatch(typed)
    if found and 1 <= int(found[1]) <= 12:
        return str(int(found[1]))
    return _WORDS.get(bare, "")


def without_grade(text: str) -> tuple[str, str]:
    """Part a name from the grade that is written behind it: "Ana R. (gr 3)" is "Ana R." and "3".

    A number alone is no grade: it must be said ("gr 3", "3rd"). The grade is "" where none is.
    """
    found = _BESIDE.fullmatch(plain(text)) if len(text) <= LONGEST else None
    if found is None:
        return text, ""
    grade = grade_key(found["inside"] or found["after"])
    return (found["name"], grade) if grade else (text, "")
