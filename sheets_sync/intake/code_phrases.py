"""Reads a reason in words ("Student in crisis - services deferred") by who and what it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sheets_sync.categories import Category
from sheets_sync.intake.vocabulary import rows, words
from sheets_sync.lazy_regex import lazy_regex

_ALONE = {
    "refused": Category.STUDENT_REFUSED,
    "in_school_suspension": Category.SCHOOL_ACTIVITY,
    "suspended": Category.SUSPENDED,
    "activity": Category.SCHOOL_ACTIVITY,
    "closed": Category.SCHOOL_CLOSED,
    "not_scheduled": Category.AGREED_DAY_OFF,
}
"""Parts that tell what happened without a word of whom."""

_DENIES = lazy_regex(
    r"(?:\b(?:not|never|without|no\s+longer)|n't)\s+(?:\w+\s+)?"
    r"(?:abs\w*|ill|sick|out|refus\w*|declin\w*|suspend\w*|late|tardy|closed|away|asleep|made[\s-]?up)\b"
    r"|\bnot$|\bno\s(?:refus|abs)\w*"
)
_OTHERS_REFUSE = lazy_regex(
    r"\b(?:parents?|mom|mother|dad|father|family|guardian|teacher|staff|principal|provider|therapist|slp|para)\s+(?:\w+\s+)?"
    r"(?:refus|declin|would\s?n|did\s?n.t want|did not want)"
)
_NO_AT_START = lazy_regex(
    r"(?:not?|never)\b(?! (?:\w+ )?(?:sessions?|services?|therapy|speech|ot|pt|treatment|lesson|group)\b)"
)
_PARENT = lazy_regex(r"\b(?:parents?|mom|mother|dad|father|family|guardians?)\b")
_TO_ANOTHER = lazy_regex(
    r"\b(?:to|for) (?:the |a |his |her )?(?:teachers?|paras?|aides?)\b"
    r"|\b(?:to|for|with|w/) (?:the )?(?:staff|team)\b"
)
_OF_THE_IEP = lazy_regex(
    r"\biep[\s-]+(?=(?:services?|sessions?|min\w*|therapy|direct|speech|ot|pt|coun\w*|hours?)\b)"
)
"""What was "attended" or "seen" is else the meeting, or the paper."""
_PARENT_AWAY = lazy_regex(
    r"\b(?:parents?|mom|mother|dad|father|guardians?)\s+(?:(?:was|is|were|are)\s+)?"
    r"(?:absent|out|sick|ill|away|late|unavailable|not available|no[\s-]?show)\b"
)
"""It is not the student of whom this is said."""
_FROM_THE_BUS = lazy_regex(r"\bbus\b.*\bsusp|\bsusp\w*\b.*\bbus\b")
_OF_SOMETHING_ELSE = (
    (
        _OTHERS_REFUSE,
        "Refused by the student or by somebody else is not the same: it does not say what was decided.",
    ),
    (_FROM_THE_BUS, "Suspended from the bus: it does not say whether the student was at school."),
    (_PARENT_AWAY, "It says that a parent was away, and not what became of the student's session."),
)
_HERE = r"(?<!not )\b(?:present|here)\b"
_HERE_AND_NOT = lazy_regex(rf"{_HERE}.*\babsent\b|\babsent\b.*{_HERE}")
"""One of two people was there and the other was not."""
_OR_ABSENT = lazy_regex(r"[/,]\s*abs(?:ent|ence)?$")
"""Behind another thing that may have happened: "holiday/absent"."""
_BEGINS_WITH_MAKE_UP = lazy_regex(r"(?:make|made)[\s-]?up|m/?u\b|mkup")
_MADE_UP_TOO = lazy_regex(
    r"\w(?<!\bno)(?<!\bnot)[^\w]+(?:make[\s-]?up|made[\s-]?up|m/?u|mkup)(?:\s+(?:session|given|done|on|from|for))*"
    r"[\s\d/-]*\W*$"
)
"""A make-up that stands last, and is not said to be owed: of this session, or of another."""
_OWED = lazy_regex(r"\b(?:needs?|needed|owed?|due|pending|schedul\w*|requir\w*|offer\w*|will|to)\b")
_PARTLY = lazy_regex(
    r"\b(?:half|part(?:ly|ial|ially)?|portion|(?:ended|stopped) early|cut short|shortened|interrupted"
    r"|closed early)\b"
)
_HELD = {Category.DELIVERED, Category.MAKE_UP, Category.LATE}
_SESSION = {Category.DELIVERED, Category.MAKE_UP}
_UNSURE = lazy_regex(r"\bor\b|\bboth\b|\bneither\b|\beither\b|\bmaybe\b|\bpossibl[ey]\b|\?")


def read_phrase(text: str) -> Category | str:
    """Return the category of a phrase, or a sentence that says why none can be told."""
    typed = text.casefold().replace("_", " ")
    named = _named(typed)
    if not named - {"student", "provider"}:
        return "This code is not known."
    for pattern, why in _OF_SOMETHING_ELSE:
        if pattern.search(typed):
            return why
    if _DENIES.search(typed) or _begins_with_no(typed):
        return "This says what did not happen."
    if _HERE_AND_NOT.search(typed) or _UNSURE.search(typed):
        return "This names more than one thing that may have happened."
    found = _categories(named, typed)
    if found <= {Category.DELIVERED, Category.MAKE_UP} and (why := _beside_a_session(typed)):
        return why
    if (made_up := _made_up(typed, found)) is not None:
        return made_up
    if _PARTLY.search(typed) and not found <= _HELD:
        return "It does not say how much of the session there was."
    if len(found) == 1:
        return found.pop()
    return (
        "This names more than one thing that may have happened." if found else "It does not say who or why."
    )


def _made_up(typed: str, found: set[Category]) -> Category | str | None:
    """Return what a make-up that stands first or last in a phrase makes of it; None where none does."""
    given, owed = found == {Category.DELIVERED}, _OWED.search(typed)
    if _BEGINS_WITH_MAKE_UP.match(typed):
        if given and not owed:
            return Category.MAKE_UP
        if found != {Category.MAKE_UP}:
            return "This speaks of a make-up, and does not say what happened in this session."
    if found and _MADE_UP_TOO.search(typed) and not owed:
        if given:
            return Category.MAKE_UP
        if not found & _SESSION:
            return "This names more than one thing that may have happened."
    return None


def names_a_provider(text: str) -> bool:
    """Tell whether a remark, or one of those whom it lists, is a provider and nothing else: "staff" of "No
    show - staff", "SLP" of "student and SLP"."""
    listed = re.split(r"\s*(?:\band\b|[&/,+])\s*", text.strip(" .").casefold())
    return any(_patterns()["provider"].fullmatch(one) for one in listed)


def _beside_a_session(typed: str) -> str:
    """Return why "held" or "seen" may not be of a session: a word beside it that says of what; "" if none.

    A reason for a missed session may be told in any words; that a session was given, only in words that
    speak of nothing else: "evaluation completed", "seen by nurse" and "parent attended" are no sessions.
    """
    if _PARENT.search(typed) or _TO_ANOTHER.search(typed):
        return "It does not say whether the student had a session."
    rest = _OF_THE_IEP.sub(" ", typed)
    for part in ("student", "provider", "delivered", "late"):
        rest = _patterns()[part].sub(" ", rest)
    if any(word not in _beside() for word in re.findall(r"[^\W\d_]+", rest)):
        return "It does not say whether what was held or completed is the session."
    return ""


@cache
def _beside() -> frozenset[str]:
    return frozenset(word for row in rows("beside_delivered") for word in row)


def _begins_with_no(typed: str) -> bool:
    """Tell whether a phrase denies all that follows: "no absence", and not "no school", "no session: ..."."""
    return bool(_NO_AT_START.match(typed)) and all(start > 0 for start, _, _ in _spans(typed))


def _spans(typed: str) -> list[tuple[int, int, str]]:
    return [
        (found.start(), found.end(), part)
        for part, pattern in _patterns().items()
        for found in pattern.finditer(typed)
    ]


def _named(typed: str) -> set[str]:
    """Return the parts that a phrase names, the longest at a place alone ("holiday concert")."""
    spans = _spans(typed)
    return {
        part
        for start, end, part in spans
        if not any(
            low <= start and end <= high and high - low > end - start and other != part
            for low, high, other in spans
        )
    }


def _categories(named: set[str], typed: str) -> set[Category]:
    """Return what the parts of a phrase amount to. The cause goes before the word "cancelled" or "missed"."""
    if "team" in named:
        return {Category.TEAM_DECISION}
    found = {category for part, category in _ALONE.items() if part in named}
    student, provider = "student" in named, "provider" in named
    if provider or not student:
        found |= {Category.PROVIDER_ABSENT} if "provider_busy" in named else set()
    if student and not provider and "unavailable" in named:
        found.add(Category.STUDENT_UNAVAILABLE)
    if "late" in named and not provider:
        found.add(Category.LATE)
        found |= {Category.STUDENT_ABSENT} if re.search(r"\babs(?:ent|ence)?\b", typed) else set()
    elif (
        "absent" in named
        and not provider
        and (student or typed.startswith("abs") or (found and _OR_ABSENT.search(typed)))
    ):
        found.add(Category.STUDENT_ABSENT)
    if provider and not student and "provider_out" in named:
        found.add(Category.PROVIDER_ABSENT)
    if "delivered" in named and "not_delivered" not in named and not found - {Category.LATE}:
        return found or {Category.DELIVERED}
    return found | ({Category.DELIVERED} if "delivered" in named and "not_delivered" not in named else set())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return what finds each part of a phrase, by its name in vocabulary."""
    return {part: _pattern(spoken) for part, spoken in words("code_phrases").items()}


def _pattern(spoken: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(spoken, key=len, reverse=True)
    forms = "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for word in longest_first
    )
    return re.compile(rf"(?<![\w'])(?:{forms})(?![\w'])")
