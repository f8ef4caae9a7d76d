"""Reads a reason in words ("Student in crisis - services deferred") by who and what it names."""

from __future__ import annotations

import re
from functools import cache

from sheets_sync.categories import Category
from sheets_sync.intake.vocabulary import words

_UNSURE = re.compile(r"\bor\b|\bmaybe\b|\bpossibl[ey]\b|\?")


def read_phrase(text: str) -> Category | str:
    """Return the category of a phrase, or a sentence that says why none can be told."""
    typed = text.casefold()
    named = {part for part in words("code_phrases") if _pattern(part).search(typed)}
    if not named - {"student", "provider"}:
        return "This code is not known."
    if _UNSURE.search(typed):
        return "This names more than one thing that may have happened."
    found = _categories(named)
    if len(found) == 1:
        return found.pop()
    return "This names more than one thing that may have happened." if found else "Who or why is not told."


def _categories(named: set[str]) -> set[Category]:
    """Return what the parts of a phrase amount to. The cause goes before the word "cancelled" or "missed"."""
    found: set[Category] = set()
    student, provider = "student" in named, "provider" in named
    if "team" in named:
        return {Category.TEAM_DECISION}
    if "refused" in named:
        found.add(Category.STUDENT_REFUSED)
    if "in_school_suspension" in named:
        found.add(Category.SCHOOL_ACTIVITY)
    elif "suspended" in named:
        found.add(Category.SUSPENDED)
    if "activity" in named:
        found.add(Category.SCHOOL_ACTIVITY)
    if "closed" in named:
        found.add(Category.SCHOOL_CLOSED)
    if "provider_busy" in named and not (student and not provider):
        found.add(Category.PROVIDER_ABSENT)
    if "unavailable" in named and student and not provider:
        found.add(Category.STUDENT_UNAVAILABLE)
    if "late" in named and not provider:
        found.add(Category.LATE)
    elif "absent" in named and student and not provider:
        found.add(Category.STUDENT_ABSENT)
    if "provider_out" in named and provider and not student:
        found.add(Category.PROVIDER_ABSENT)
    if "delivered" in named and "not_delivered" not in named:
        return {Category.DELIVERED} if not found or found == {Category.LATE} else found | {Category.DELIVERED}
    return found


@cache
def _pattern(part: str) -> re.Pattern[str]:
    spoken = sorted(words("code_phrases")[part], key=len, reverse=True)
    forms = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for word in spoken)
    return re.compile(rf"(?<![\w'])(?:{forms})(?![\w'])")
