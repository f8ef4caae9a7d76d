"""Dates, periods and the arithmetic of a requirement in words, as a planner has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

WEEKLY = ("day", "week")


def day_words(day: pd.Timestamp, *, year: bool = False) -> str:
    """Return "Mon Nov 16", with the year where it is asked for."""
    return f"{day:%a %b} {day.day}" + (f" {day.year}" if year else "")


def period_words(row: Mapping[Any, Any], kind: str) -> str:
    """Return what to call a period: "Week of Mon Nov 16", "November 2026", "Nov 3 to Nov 30"."""
    start, end = row["start"], row["end"]
    if kind in WEEKLY:
        return f"Week of {day_words(start)}"
    if kind == "month":
        return f"{start:%B %Y}"
    return f"{day_words(start)} to {day_words(end, year=True)}"


def arithmetic(row: Mapping[Any, Any]) -> str:
    """Return how `required` came about where it is not simply the whole requirement; "" where it is.

    Counts as counting.md, "What a period requires", has it; what `closures` chooses shows in the numbers.
    """
    full, scheduled, shut = int(row["full"]), int(row["scheduled"]), int(row["shut"])
    required, available, days = int(row["required"]), int(row["available"]), int(row["days"])
    rest = max(0, full - scheduled - shut)
    if required == full or (required == scheduled and not rest):
        return ""
    on_days = min(full, scheduled)
    if (on_days or shut) and required == _half_up(on_days * days + rest * available, days):
        parts = [f"{on_days} scheduled"] if on_days else []
        if rest:
            share = required - on_days
            parts.append(f"{share} of the {rest} that nobody scheduled ({available} of {days} days)")
        return f"asked for {required} of {full}: {' + '.join(parts)}"
    if required == _half_up(full * available, days):
        return f"asked for {required} of {full}: {available} of {days} days"
    return f"asked for {required} of {full}"


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator) if denominator else 0
