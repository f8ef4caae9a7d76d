"""Dates, minutes and lists in words, as they stand in findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MANY = 6


def day_words(day: date) -> str:
    """Return "Nov 4"."""
    return f"{MONTHS[day.month - 1]} {day.day}"


def days_words(days: Iterable[date]) -> str:
    """Return "Nov 4, Nov 6 and Nov 10"; of many days the first ones and how many more there are."""
    texts = [day_words(day) for day in sorted(set(days))]
    if len(texts) > MANY:
        return f"{', '.join(texts[: MANY - 1])} and {len(texts) - MANY + 1} more days"
    return joined(texts)


def joined(texts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}" if texts else ""


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 session" or "2 sessions"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """Return the text as a sentence: with a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if not text or text[-1] in ".!?" else ".")
