"""Service frequencies: "2 x 30 min / week" in the many ways in which people write it (phrases/README.md).

Weekly times 4 is not monthly, and a checksum in a cell is checked, never added.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.intake.frequency_facts import decide
from sheets_sync.intake.frequency_found import Amount, CannotDecide
from sheets_sync.intake.frequency_words import cut
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading

REMEDY = 'Write it like "2 x 30 min / week", "60 min / month" or "as needed".'


@dataclass(frozen=True, slots=True)
class Frequency:
    """What a line asks for in one period. None: the text does not say.

    `period`: day week n_weeks month quarter trimester semester term grading_period cycle year once
    as_needed. `n` is the N of n_weeks and cycle, else 1. `group`: individual, group, consultation.
    `total` is sessions x minutes where both are known.
    """

    sessions: int | None
    minutes: int | None
    total: int | None
    period: str | None
    n: int = 1
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A frequency with what only `sheets-sync read` shows: the size of a group, 0 where none is stated."""

    reading: Reading[Frequency]
    group_size: int = 0


def understand(text: str, school_minutes: int | None = None) -> Understood:
    """Read a frequency; see read_frequency."""
    typed = plain(text)
    if len(typed) > LONGEST:
        return Understood(Reading(None, "This is too long for a frequency.", REMEDY))
    try:
        amount = decide(cut(typed), school_minutes)
    except CannotDecide as why:
        return Understood(Reading(None, str(why), REMEDY))
    problem = amount.asked or None
    return Understood(Reading(_frequency(amount), problem, REMEDY if problem else ""), amount.group_size)


def read_frequency(text: str, *, school_minutes: int | None = None) -> Reading[Frequency]:
    """Return what a text asks for, as far as it says: "1x/week" has no minutes, "2x30" no period.

    A range is read at its lower end, with a problem; so is a minimum. Alternatives, ceilings, two amounts or
    periods at once and a total that does not fit are refused. "full day" is `school_minutes`.
    """
    return understand(text, school_minutes).reading


def _frequency(amount: Amount) -> Frequency:
    def whole(value: float | None) -> int | None:
        return None if value is None else round(value)

    return Frequency(
        whole(amount.sessions),
        whole(amount.minutes),
        whole(amount.total),
        amount.period,
        amount.n,
        amount.group,
    )


_PERIOD_WORDS = {"grading_period": "grading period", "once": "in all"}


def write_frequency(frequency: Frequency) -> str:
    """Return the one form in which a frequency is shown, "2 x 30 min / week"; it is read back alike."""
    if frequency.period == "as_needed":
        return "as needed"
    amount = _written_amount(frequency)
    if frequency.period == "once":
        return f"{amount} in all"
    return f"{amount} / {_written_period(frequency)}" if frequency.period else amount


def _written_amount(frequency: Frequency) -> str:
    if frequency.sessions is not None and frequency.minutes is not None:
        return f"{frequency.sessions} x {frequency.minutes} min"
    if frequency.sessions is not None:
        return f"{frequency.sessions} x"
    if frequency.total is not None:
        return f"{frequency.total} min"
    return f"{frequency.minutes} min per session"


def _written_period(frequency: Frequency) -> str:
    if frequency.period == "n_weeks":
        return f"{frequency.n} weeks"
    if frequency.period == "cycle":
        return f"{frequency.n}-day cycle"
    return _PERIOD_WORDS.get(frequency.period or "", frequency.period or "")
