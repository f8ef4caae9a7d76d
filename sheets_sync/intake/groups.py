"""Individual, group or consultation, and whether a session is marked as a make-up (workbook.md, "Group")."""

from __future__ import annotations

import re
from functools import cache

from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.intake.where_given import WHERE
from sheets_sync.lazy_regex import lazy_regex

_MAKE_UP = lazy_regex(r"\b(?:make?[\s-]?ups?|made[\s-]?up(?!\sof)|mu|m/u)\b", re.IGNORECASE)
_NO_MAKE_UP = lazy_regex(
    r"\b(?:no|not|never|without|needs?|owed?|owes|to|be|should|will|can|could|may|might|must|if|when)\b[^.;,]*$",
    re.IGNORECASE,
)
_SIZE = lazy_regex(
    r"^(?:small\s+)?(?:group|grp|gr|g)\s*(?P<of>of|:|-|\()?\s*(?:up to\s+)?"
    r"(?:\d{1,2}\s*[-/]\s*)?(?P<most>\d{1,2})\s*\)?(?P<students>\s*(?:students?|kids|children))?$"
)
"""A number behind "group" is its size or its own: "Group 1" is the first of several."""
_STUDENTS = lazy_regex(r"^(\d{1,2})\s*(?:students?|kids|children)$")
_BLANK = frozenset(("", "n/a", "na", "-", "--", "none", "?", "tbd"))
_FILLER = lazy_regex(
    r"\b(?:session|therapy|instruction|setting|service|services|pull[\s-]?out|push[\s-]?in|direct)\b|[()*]"
)


def read_group(text: str) -> Reading[str | None]:
    """Return "individual", "group" or "consultation"; None without a problem where a cell names none.

    A make-up mark alone ("make-up") names no group. Two of them ("individual/group") are refused.
    """
    if len(text) > LONGEST:
        return Reading(
            None, "This is too long for a group.", 'Write "individual", "group" or "consultation".'
        )
    typed = plain(text).casefold()
    if _MAKE_UP.search(typed):
        typed = _MAKE_UP.sub(" ", typed)
    typed = " ".join(_FILLER.sub(" ", WHERE.sub(" ", typed)).split()).strip(" ,;/.-")
    if typed in _BLANK:
        return Reading(None)
    whole = _whole(typed)
    if whole:
        return Reading(whole)
    found = {group for part in re.split(r"[\s,;/&+]+|\bor\b|\band\b", typed) if (group := _whole(part))}
    if len(found) == 1:
        return Reading(found.pop())
    problem = (
        "This names more than one kind."
        if found
        else "This says neither individual nor group nor consultation."
    )
    return Reading(None, problem, 'Write "individual", "group" or "consultation".')


def is_makeup(text: str) -> bool:
    """Tell whether a text marks its session as a make-up; "no make-up needed", "to be made up" do not."""
    if len(text) > 10 * LONGEST:
        return False
    found = _MAKE_UP.search(typed := plain(text))
    return found is not None and not _NO_MAKE_UP.search(typed[: found.start()])


def _whole(typed: str) -> str | None:
    group = meanings("groups").get(typed) or _meanings_without_marks().get(
        typed.replace(".", "").replace(" ", "")
    )
    if group:
        return group
    if sized := _SIZE.match(typed):
        says_how_many = sized["of"] == "of" or sized["students"]
        return "individual" if says_how_many and int(sized["most"]) == 1 else "group"
    if sized := _STUDENTS.match(typed):
        return "group" if int(sized[1]) > 1 else "individual"
    return None


@cache
def _meanings_without_marks() -> dict[str, str]:
    return {word.replace(".", "").replace(" ", ""): group for word, group in meanings("groups").items()}
