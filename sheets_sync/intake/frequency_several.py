"""Finds where a text asks for two amounts side by side, each of which could be read as part of the other."""

from __future__ import annotations

from sheets_sync.intake.frequency_found import CannotDecide, Found, is_total


def refuse_several(found: Found) -> None:
    """Raise CannotDecide for "once a month; 15 min/mo consult", "3x per year, 10 per year"."""
    if _joined_lengths(found) or _joined_periods(found) or _two_a_period(found):
        raise CannotDecide("These are several amounts in one cell.")


def _joined_lengths(found: Found) -> bool:
    """Tell whether "and" or a semicolon joins two lengths of which none is called the total."""
    if len(found.minutes) != 2:
        return False
    first, second = found.minutes
    own = all(any(place < period <= place + 2 for period in found.periods) for place in found.minutes)
    total = is_total(found, first) or is_total(found, second)
    return bool(_marks(found, first, second)) and (own or not total)


def _joined_periods(found: Found) -> bool:
    """Tell whether a mark parts two amounts of one period: "once a month and 60 min monthly"."""
    return any(
        _amount_of_period(found, 0, mark) & _amount_of_period(found, mark, len(found.words))
        for mark in _marks(found, 0, len(found.words))
    )


def _amount_of_period(found: Found, first: int, last: int) -> frozenset[str]:
    """Return the periods that a part of the text names, if it has an amount too."""
    inside = range(first, last)
    amounts = (*found.counts, *found.minutes, *found.numbers)
    if not any(place in inside for place in amounts) and not any(
        found.words[place].kind == "pair" for place in inside
    ):
        return frozenset()
    return frozenset(found.words[place].name for place in found.periods if place in inside)


def _two_a_period(found: Found) -> bool:
    """Tell whether a count and a bare number have a period each."""
    if len(found.counts) != 1 or len(found.numbers) != 1:
        return False
    return all(place + 1 in found.periods for place in (found.counts[0], found.numbers[0]))


def _marks(found: Found, first: int, last: int) -> list[int]:
    """Return where "and", "&" or ";" stand; "|" parts the columns of one row."""
    return [
        place
        for place in range(first, last)
        if found.words[place].kind == "mark" and found.words[place].text != "|"
    ]
