"""How frequencies, clock times, sessions and lists stand in the tab: one form for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sheets_sync.findings.words import day_words, joined
from sheets_sync.intake.frequency_text import Frequency, write_frequency

PERIOD_WORDS: Mapping[str, str] = {"grading_period": "grading period"}
MINUTES_A_DAY = 24 * 60


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


def weekday_words(day: date) -> str:
    """Return "Mon, Nov 24"."""
    return f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[day.weekday()]}, {day_words(day)}"


def long_day(day: date) -> str:
    """Return "Nov 24, 2025"."""
    return f"{day_words(day)}, {day.year}"


def capped(texts: Sequence[str], most: int, *, between: str = ", ") -> str:
    """Return the texts in one; of more than `most` the first ones "... and 4 more"."""
    if len(texts) <= most:
        return between.join(texts)
    return f"{between.join(texts[: most - 1])} ... and {len(texts) - most + 1} more"


def listed(texts: Sequence[str], most: int) -> str:
    """Return "Nov 4, Nov 6 and Nov 10"; of more than `most` the first ones "... and 4 more"."""
    return joined(texts) if len(texts) <= most else capped(texts, most)


def to_day(value: Any) -> date | None:
    """Return a date cell of a table; NaT and None are None."""
    return None if value is None or value != value else value.date()


EACH: Mapping[str, str] = {"n_weeks": "every {n} weeks", "cycle": "every {n}-day cycle", "once": "in all"}


def amount_words(sessions: int, minutes: int, total: int, period: str, n: int = 1) -> str:
    """Return what to schedule, in a sentence: "2 x 30 a week", "60 min a month", "1 x 30 every 2 weeks"."""
    amount = f"{sessions} x {minutes}" if sessions and minutes else f"{total} min"
    return f"{amount} {each_words(period, n)}"


def each_words(period: str, n: int = 1) -> str:
    """Return "a week", "every 2 weeks", "in all"."""
    return EACH[period].format(n=n) if period in EACH else f"a {period_name(period)}"


def period_label(period: str, start: date, end: date) -> str:
    """Return what to call one period: "week of Nov 17", "Nov 2025", "Sep 2 to Jan 23"."""
    if period in ("day", "week"):
        return f"week of {day_words(start)}"
    if period == "month":
        return f"{day_words(start).split()[0]} {start.year}"
    return f"{day_words(start)} to {day_words(end)}"


def period_labels(period: str, spans: Sequence[tuple[date, date]], most: int = 5) -> str:
    """Return several periods in one: "weeks of Sep 8, Sep 15", "Sep 2025, Oct 2025"."""
    if period in ("day", "week") and len(spans) > 1:
        return "weeks of " + capped([day_words(start) for start, _ in spans], most)
    return capped([period_label(period, start, end) for start, end in spans], most)
