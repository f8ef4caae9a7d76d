"""The words that a frequency is cut into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of a frequency.

    `kind`: count (how often), minutes (already in minutes), number (bare), pair (unitless "2 x 30": low and
    other), period (name, and low for its N), days_a_week, of_weeks (low of high weeks), session ("each
    session"), total, equals, in_sessions, group (name), doubt (name: why), full_day, as_needed, or, span,
    open, close, mark, for, word. `high` is above `low` where a range is written.
    """

    kind: str
    low: float = 0
    high: float = 0
    name: str = ""
    text: str = ""
