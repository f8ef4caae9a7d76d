"""A row of the Schedule whose Start is a period ("Period 3"): when it is on each of its days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheets_sync.intake.bell_schedule import Bells
from sheets_sync.intake.periods import period_key, periods_spanned
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.schedule_piece import WEEKDAYS
from sheets_sync.intake.sessions import Rule
from sheets_sync.ports import CellValue


def is_period(cell: CellValue) -> bool:
    """Tell whether a cell of times names a period; a bare number is a time: "3" is three o'clock."""
    keys = (period_key(cell), *(periods_spanned(cell) or ())) if isinstance(cell, str) else ()
    return any(key is not None and not key[:1].isdigit() for key in keys)


def are_periods(cell: CellValue) -> bool:
    """Tell whether a cell is "2-3", which is one of periods where others of its column are such."""
    return isinstance(cell, str) and periods_spanned(cell) is not None


def rules_in_period(
    rules: tuple[Rule, ...], period: str, bells: Bells
) -> Reading[tuple[tuple[Rule, int, int], ...]]:
    """Return each rule with start and end (minutes after midnight); one whose period is at different times on
    different days is several rules. None where the bell schedule does not say it for each day."""
    found: list[tuple[Rule, int, int]] = []
    keys = periods_spanned(period) or (period_key(period) or "",) * 2
    for rule in rules:
        at: dict[tuple[int, int], Rule] = {}
        for day in _each_day(rule):
            reading = bells.of_span(*keys, day.days[0])
            if reading.value is None:
                return Reading(None, reading.problem, reading.remedy)
            other = at.get(reading.value)
            at[reading.value] = _both(other, day) if other else day
        found += [(part, *clock) for clock, part in at.items()]
    return Reading(tuple(found))


def _each_day(rule: Rule) -> Iterator[Rule]:
    """Yield a rule for each of its days."""
    if rule.pattern != "cycle":
        for day in rule.days:
            yield replace(rule, days=(day,), weekdays=1 << WEEKDAYS.index(day))
        return
    bits = [bit for bit in range(rule.cycle_days.bit_length()) if rule.cycle_days >> bit & 1]
    for day, bit in zip(rule.days, bits, strict=True):
        yield replace(rule, days=(day,), cycle_days=1 << bit)


def _both(one: Rule, other: Rule) -> Rule:
    return replace(
        one,
        days=(*one.days, *other.days),
        weekdays=one.weekdays | other.weekdays,
        cycle_days=one.cycle_days | other.cycle_days,
    )
