"""Dates, clock times, minutes and lists in words, as they stand in findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sheets_sync.intake.frequency_text import Frequency, write_frequency
from sheets_sync.intake.schedule_piece import WEEKDAYS

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MANY = 6
MINUTES_A_DAY = 24 * 60
PERIOD_WORDS: Mapping[str, str] = {"grading_period": "grading period"}


def day_words(day: date) -> str:
    """Return "Nov 4"."""
    return f"{MONTHS[day.month - 1]} {day.day}"


def weekday_words(day: date) -> str:
    """Return "Mon, Nov 24"."""
    return f"{WEEKDAYS[day.weekday()]}, {day_words(day)}"


def clock(minutes: int) -> str:
    """Return minutes after midnight as people say it: 9:00, 1:15; "" for blank (-1)."""
    if minutes < 0:
        return ""
    hour = minutes // 60 % 12 or 12
    return f"{hour}:{minutes % 60:02d}"


def clock_span(start: int, minutes: int) -> str:
    """Return "9:00-9:30"; the start alone where the length is not known."""
    if start < 0:
        return ""
    return f"{clock(start)}-{clock((start + minutes) % MINUTES_A_DAY)}" if minutes > 0 else clock(start)


def frequency_words(sessions: int, minutes: int, total: int, period: str, n: int = 1) -> str:
    """Return a frequency in one form: "2 x 30 min / week", "60 min / month", "as needed"; "" if unread."""
    if not period:
        return ""
    whole = bool(sessions and minutes)
    return write_frequency(
        Frequency(sessions if whole else None, minutes if whole else None, total, period, n)
    )


def period_name(period: str, n: int = 1) -> str:
    """Return "week", "2 weeks", "6-day cycle", "grading period"."""
    if period == "n_weeks":
        return f"{n} weeks"
    if period == "cycle":
        return f"{n}-day cycle"
    return PERIOD_WORDS.get(period, period)


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
