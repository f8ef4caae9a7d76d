"""Decides of which period a frequency speaks, and brings days and weeks of several into it."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.intake.frequency_found import Amount, CannotDecide, Found
from sheets_sync.intake.frequency_word import Word


def find_period(found: Found, amount: Amount) -> None:
    """Set the amount's period and its N. Raises CannotDecide for two periods at once."""
    words = found.words
    periods = {(words[p].name, int(words[p].low)) for p in found.periods}
    of_weeks = [word for word in words if word.kind == "of_weeks"]
    days = [word for word in words if word.kind == "days_a_week"]
    if of_weeks:
        if len(of_weeks) > 1 or periods - {("week", 1)} or of_weeks[0].low > of_weeks[0].high or days:
            raise CannotDecide("These weeks do not fit together.")
        amount.period, amount.n = "n_weeks", int(of_weeks[0].high)
    elif days or (periods == {("day", 1), ("week", 1)} and day_by_week(found)):
        if len(days) > 1 or periods - {("week", 1), ("day", 1)}:
            raise CannotDecide("These are two periods at once.")
        amount.period = "week"
    elif len(periods) > 1:
        raise CannotDecide("These are two periods at once.")
    elif periods:
        amount.period, amount.n = periods.pop()
        if amount.period == "n_weeks" and amount.n == 1:
            amount.period = "week"
        if amount.n < 1 or amount.n > 60:
            raise CannotDecide("There is no such period.")
    elif any(word.kind == "once" for word in words) or _in_all(words):
        amount.period = "once"


def _in_all(words: Sequence[Word]) -> bool:
    return any(word.kind == "total" and word.text == "in all" for word in words)


def day_by_week(found: Found) -> bool:
    """Tell whether a count is a week's and the minutes a day's: "30 minutes daily, 5 times a week"."""
    if len(found.counts) != 1 or len(found.minutes) != 1 or found.words[found.counts[0]].high > 7:
        return False
    count, minutes = found.counts[0], found.minutes[0]
    after_count = next((found.words[p].name for p in found.periods if p > count), None)
    after_minutes = next((found.words[p].name for p in found.periods if p > minutes), None)
    return (after_count, after_minutes) == ("week", "day") or (
        minutes > count and after_count == "week" and found.words[found.periods[-1]].name == "day"
    )


def join_days(found: Found, amount: Amount) -> None:
    """Bring days of a week and weeks of several into the sessions: 3 of 4 weeks, 5 days a week."""
    for word in found.words:
        if word.kind == "days_a_week":
            _times_days(found, amount, word.low)
        if word.kind == "of_weeks":
            amount.sessions = None if amount.sessions is None else amount.sessions * word.low
            amount.total = None if amount.total is None else amount.total * word.low


def _times_days(found: Found, amount: Amount, days: float) -> None:
    daily = any(found.words[place].name == "day" for place in found.periods)
    if days > 7:
        raise CannotDecide("A week does not have so many days.")
    if amount.sessions not in (None, 1) and not daily:
        raise CannotDecide("It does not say whether these sessions are a day's or a week's.")
    length = amount.minutes if amount.minutes is not None else amount.total
    amount.sessions = (amount.sessions or 1) * days
    amount.minutes = length
    amount.total = None if length is None else amount.sessions * length
