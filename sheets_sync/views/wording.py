"""How frequencies, clock times, sessions and lists stand in the tab: one form for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sheets_sync.findings.words import day_words, joined, period_name


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
