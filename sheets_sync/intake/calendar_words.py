"""What months and weekdays are called (vocabulary/calendar_words), as numbers."""

from __future__ import annotations

from functools import cache

from sheets_sync.intake.vocabulary import words

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
"""A pattern of a month's name among other words, in full or short; what begins so is taken for one."""


@cache
def months() -> dict[str, int]:
    """Return each word for a month with its number, January 1."""
    return _numbers("m")


@cache
def weekdays() -> dict[str, int]:
    """Return each word for a weekday with its number in the vocabulary."""
    return _numbers("w")


def _numbers(kind: str) -> dict[str, int]:
    return {
        word: int(key[1:])
        for key, spoken in words("calendar_words").items()
        if key[0] == kind
        for word in spoken
    }
