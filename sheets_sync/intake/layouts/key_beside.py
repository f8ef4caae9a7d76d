"""What stands beside the meaning of a code in more columns of a key: "Absent | therapist", "Abs | SLP out".

All of it is read together: whose the cause is completes the meaning, another cause leaves the code without
one (counting.md, "What a code does").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sheets_sync.categories import CATEGORY_WORDS, EXCUSED, OWED, Category
from sheets_sync.intake.codes import is_part_of_a_session
from sheets_sync.intake.known_codes import category_of_words
from sheets_sync.intake.layouts.key_meanings import category_words
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.said_to_be_owed import says_owed
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.lazy_regex import lazy_regex

_STUDENT = lazy_regex(r"(?:by )?(?:the )?(?:student|child|kid|pupil)s?(?:'s)?", re.IGNORECASE)
_FAMILY = lazy_regex(r"(?:by )?(?:the )?(?:parent|family|mom|dad|guardian)s?(?:'s)?", re.IGNORECASE)
_STAFF = lazy_regex(
    r"(?:by )?(?:the )?(?:therapist|provider|clinician|slpa?|ot|pt|staff|teacher|case manager)s?(?:'s)?",
    re.IGNORECASE,
)
_SCHOOL = lazy_regex(r"(?:by )?(?:the )?(?:school|district|building|lea)(?:'s)?", re.IGNORECASE)
_WHO = (_STUDENT, _FAMILY, _STAFF, _SCHOOL)
_BARE = lazy_regex(r"abs(?:en(?:t|ces?))?\.?", re.IGNORECASE)
"""An absence of which it is not said whose it is."""
_NOT_OWED = lazy_regex(
    r"(?:no|not|nothing|does not|don['’]?t|need not|never)\b.*\b(?:make[\s-]?up|made[\s-]?up|owed?)\b.*",
    re.IGNORECASE,
)
_MAKE_IT_UP = lazy_regex(
    r"(?:yes,? )?(?:(?:will|must|to|please|needs? to) )?"
    r"(?:make (?:it |them |session )?up|make-?up|m/?u|reschedule)"
    r"(?: (?:later|session|it|asap|time|within .*|when .*|with(?:in)? .*))?",
    re.IGNORECASE,
)
"""What is to be done, and no cause: "make up" beside "therapist absent"."""
_UNEXCUSED = lazy_regex(r"(?:un|not )excused", re.IGNORECASE)
_GIVEN = (Category.DELIVERED, Category.MAKE_UP, Category.LATE)
_AWAY = (Category.STUDENT_ABSENT, Category.STUDENT_REFUSED, Category.STUDENT_UNAVAILABLE, Category.SUSPENDED)
_OF_THE_STUDENT = _AWAY[:3]
"""Causes that come to the same account, however exactly they are told."""
_OF_THE_SCHOOL = (Category.SCHOOL_CLOSED, Category.SCHOOL_ACTIVITY, Category.AGREED_DAY_OFF)
_FITS = {
    _STUDENT: (*_GIVEN, *_AWAY),
    _FAMILY: _AWAY,
    _STAFF: (*_GIVEN, Category.PROVIDER_ABSENT),
    _SCHOOL: _OF_THE_SCHOOL,
}
"""Who stands beside a meaning -> the meanings of which that says nothing more."""
_OPENS = {
    _STUDENT: (*OWED, Category.SCHOOL_CLOSED),
    _FAMILY: OWED,
    _STAFF: EXCUSED,
    _SCHOOL: (*_AWAY, Category.PROVIDER_ABSENT),
}
"""... -> those that it goes against."""


@dataclass(frozen=True, slots=True)
class Said:
    """A meaning with what stands beside it, and `alone`; `open`: they do not agree. `unread` are columns."""

    words: str
    alone: str = ""
    open: bool = False
    unread: tuple[int, ...] = ()


def said_by_all(words: str, beside: Iterable[tuple[int, str]]) -> Said:
    """Return a code's meaning with the texts beside it, each with its column."""
    said = Said(words, words)
    for column, typed in beside:
        text = plain(typed).strip(" ().") if len(typed) <= LONGEST else typed
        if meanings("yes_no").get(text.casefold()) or not any(map(str.isalpha, text)):
            continue
        together = _together(said.words, text)
        if together is None:
            said = replace(said, unread=(*said.unread, column))
        else:
            said = replace(said, words=together.words, open=said.open or together.open)
    return said


def says_the_same(said: Said) -> bool:
    """Tell whether a meaning says of a log's session what it says with all that stands beside it."""
    return not said.open and _category(said.words) == _category(said.alone)


def says_who(text: str) -> bool:
    """Tell whether a text says whose a cause is: "student", "SLP", "school"."""
    return any(form.fullmatch(text) for form in _WHO)


def is_bare_absence(text: str) -> bool:
    """Tell whether a meaning is "absent" and does not say who was."""
    return _BARE.fullmatch(text.strip()) is not None


def _together(words: str, text: str) -> Said | None:
    """Return a meaning with one text beside it, None where that is not understood."""
    for form in _WHO:
        if form.fullmatch(text):
            return _of(words, form, text)
        if form.fullmatch(words.strip(" ().")):
            return _of(text, form, words)
    if _NOT_OWED.fullmatch(text):
        return Said(words)
    said, more = _category(words), _category(text)
    if to_do := _to_do(words, text, said):
        return to_do
    if more is None:
        return Said(f"{words}, make-up owed") if says_owed(text) else None
    both = f"{words}, {text}"
    if _category(both) and (said or is_part_of_a_session(words)):
        return Said(both)
    if said == more and not any(map(str.isdigit, category_words(text) or "")):
        return Said(words)
    if said in _OF_THE_STUDENT and more in _OF_THE_STUDENT and not says_owed(text):
        return Said(words)
    if _BARE.fullmatch(text) and said in (*_AWAY, Category.PROVIDER_ABSENT):
        return Said(words)
    if _BARE.fullmatch(words) and more in (*_AWAY, Category.PROVIDER_ABSENT):
        return Said(text)
    return Said(both, open=True)


def _to_do(words: str, text: str, said: Category | None) -> Said | None:
    """Return a meaning with what is to be done about it; None where the text says anything else."""
    make_up = _MAKE_IT_UP.fullmatch(text) is not None
    if said in OWED and (make_up or _UNEXCUSED.fullmatch(text)):
        return Said(words)
    return Said(f"{words}, make-up owed") if said in EXCUSED and make_up else None


def _of(words: str, form: re.Pattern[str], who: str) -> Said | None:
    """Return a meaning of which is said whose it is."""
    category = _category(words)
    if category in _FITS[form] and not (form is _STAFF and _BARE.fullmatch(words)):
        return Said(words)
    whole = f"{who} {words}"
    if _category(whole) in _FITS[form] and (category is None or _BARE.fullmatch(words)):
        return Said(whole)
    opens = category is None or category in _OPENS[form]
    return Said(f"{words}, {who}", open=True) if opens else None


def _category(text: str) -> Category | None:
    said = category_of_words(category_words(text) or "")
    return next((one for one, words in CATEGORY_WORDS.items() if words == said), None)
