"""Schedules: "M/W/F 10:15-10:45", "Day 1, Day 4", "1st & 3rd Wed" (phrases/README.md, 15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake.days_among_words import word_among_days
from sheets_sync.intake.days_left_open import days_left_open
from sheets_sync.intake.days_with_times import NO_TIMES, CannotTell, Group, days_with_times
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.schedule_piece import WEEKDAYS, Piece
from sheets_sync.intake.schedule_words import cut
from sheets_sync.lazy_regex import lazy_regex

REMEDY = 'Write it like "Mon, Wed 9:00-9:30", "Day 1, Day 4", "1st & 3rd Wed" or "every other Fri".'
_ONE_WEEK = lazy_regex(r"(.+?)\sone week,?\s(?:and\s)?(.+?)\sthe (?:next|other)(?:\sweek)?", re.IGNORECASE)
_BELL = "A period or block needs a bell schedule, which is not read: write the time."
TUESDAY = '"T" alone could be Tuesday or Thursday: Tuesday is counted.'


@dataclass(frozen=True, slots=True)
class Rule:
    """One recurring session.

    `days` are "Mon" ..., "D1" ... or "A" ...; `start` and `end` are minutes after midnight. `pattern`, and
    the bits of `weekdays`, `nth` and `cycle_days`, are those of tables.SCHEDULE. A and B are a cycle of two.
    """

    days: tuple[str, ...]
    start: int | None
    end: int | None
    pattern: str
    weekdays: int
    nth: int
    cycle_days: int
    cycle_length: int


def read_schedule(text: str, t_alone_is_tuesday: bool = False) -> Reading[tuple[Rule, ...]]:
    """Return the recurring sessions that a text names; several in one cell are several rules.

    Times alone have no days, days alone no times. What could be read but needs a bell schedule, and a "T"
    that could be Thursday (unless the sheet elsewhere writes Th or R), have a value and a problem.
    """
    typed = plain(re.sub(r"[\r\n]+", " ; ", text)).strip(" ,;") if len(text) <= LONGEST else ""
    if not typed:
        return Reading(None, "There is no day or time here that can be read.", REMEDY)
    try:
        one_week = _ONE_WEEK.fullmatch(typed)
        if one_week:
            return _read_two_weeks(one_week[1], one_week[2])
        pieces = cut(typed)
        return _with_problem(_rules(pieces), pieces, t_alone_is_tuesday)
    except CannotTell as why:
        return Reading(None, str(why), REMEDY)


def _read_two_weeks(first: str, second: str) -> Reading[tuple[Rule, ...]]:
    """Read "Mon-Tue one week, Mon-Tue-Wed the next": what both weeks have is weekly."""
    one, other = _rules(cut(first)), _rules(cut(second))
    if len(one) != 1 or len(other) != 1 or one[0].pattern != "weekly" or other[0].pattern != "weekly":
        raise CannotTell("It does not say what differs between the two weeks.")
    both = one[0].weekdays & other[0].weekdays
    apart = (one[0].weekdays | other[0].weekdays) & ~both
    rules = [replace(one[0], days=_names(bits), weekdays=bits) for bits in (both,) if bits]
    if apart:
        rules.append(replace(other[0], days=_names(apart), weekdays=apart, pattern="alternate"))
    problem = "It does not say which of the two weeks is the first."
    return Reading(tuple(rules), problem, "Give each week a row of its own, with its first date in From.")


def _names(bits: int) -> tuple[str, ...]:
    return tuple(day for number, day in enumerate(WEEKDAYS) if bits >> number & 1)


def _with_problem(
    rules: tuple[Rule, ...], pieces: Sequence[Piece], t_alone_is_tuesday: bool
) -> Reading[tuple[Rule, ...]]:
    kinds = {piece.kind for piece in pieces}
    if {"letter_week", "nth"} <= kinds:
        return Reading(rules, "A and B weeks are not the 1st and 3rd of a month: months have five.", REMEDY)
    late = next((piece.problem for piece in pieces if piece.kind == "range" and piece.problem), None)
    if late:
        return Reading(rules, late, REMEDY)
    if kinds & {"bell", "named_block"} and all(rule.start is None for rule in rules):
        return Reading(rules, _BELL, 'Write the time like "9:00-9:30".')
    if "named_block" in kinds and len({rule.start for rule in rules}) > 1:
        raise CannotTell("One of these times is beside lunch or the like: is it a session too?")
    if not t_alone_is_tuesday and _t_could_be_thursday(pieces):
        return Reading(rules, TUESDAY, 'Write "Tue" or "Thu".')
    return Reading(rules)


def _t_could_be_thursday(pieces: Sequence[Piece]) -> bool:
    """Tell whether a lone T stands where neither a Thursday nor a later Wednesday shows what it is."""
    places = [place for place, piece in enumerate(pieces) if piece.kind == "letter_t"]
    if not places or any(3 in piece.numbers for piece in pieces if piece.kind in ("weekday", "all")):
        return False
    return not any(2 in piece.numbers for piece in pieces[places[0] :] if piece.kind == "weekday")


def _rules(pieces: Sequence[Piece]) -> tuple[Rule, ...]:
    for piece in pieces:
        if piece.kind in ("doubt", "bad_time"):
            raise CannotTell(piece.problem)
    if word := word_among_days(pieces):
        raise CannotTell(f'"{word}" stands among the days and cannot be read as one.')
    kinds = [piece.kind for piece in pieces]
    groups = days_with_times(pieces)
    if not groups:
        if "bell" in kinds or "named_block" in kinds:
            raise CannotTell(_BELL)
        raise CannotTell("There is no day or time here that can be read.")
    if problem := days_left_open(pieces, len(groups)):
        raise CannotTell(problem)
    nth = _nth_bits(pieces)
    alternate = "alternate" in kinds or "letter_week" in kinds
    length = next((piece.numbers[0] for piece in pieces if piece.kind == "length"), 0)
    if length and not any(group.cycle for group in groups):
        length = 0
    if nth and not alternate and any(not group.weekdays for group in groups):
        raise CannotTell("It does not say which of the days are counted within the month.")
    rules = tuple(rule for group in groups for rule in _of_group(group, nth, alternate, length))
    return _with_lengths(rules, [piece.numbers[0] for piece in pieces if piece.kind == "minutes"])


def _with_lengths(rules: tuple[Rule, ...], lengths: Sequence[int]) -> tuple[Rule, ...]:
    """Set the end where a length stands beside a start: "MWF 9:00 for 30 minutes"."""
    if not lengths:
        return rules
    if len(set(lengths)) > 1 or not 0 < lengths[0] <= 480 or any(rule.start is None for rule in rules):
        raise CannotTell("Minutes belong into the column Minutes.")
    ends = [rule.start + lengths[0] for rule in rules if rule.start is not None]
    for rule, end in zip(rules, ends, strict=True):
        if rule.end not in (None, end):
            raise CannotTell("The minutes do not fit the times.")
    return tuple(replace(rule, end=end) for rule, end in zip(rules, ends, strict=True))


def _nth_bits(pieces: Iterable[Piece]) -> int:
    found = [piece.numbers for piece in pieces if piece.kind == "nth"]
    if len(found) > 1 and len(set(found)) > 1:
        raise CannotTell("These are several rules of the month in one cell.")
    return sum(1 << number - 1 for number in set(found[0])) if found else 0


def _of_group(group: Group, nth: int, alternate: bool, length: int) -> list[Rule]:
    pattern = "alternate" if alternate else "nth" if nth else "weekly"
    if group.cycle and group.weekdays:
        raise CannotTell("These are weekdays and days of a cycle at once.")
    bits = sum(1 << day for day in set(group.weekdays))
    numbers = sorted(set(group.cycle))
    cycle_bits = sum(1 << number - 1 for number in numbers)
    if group.cycle:
        if alternate or nth:
            raise CannotTell("These are days of a cycle and of a week at once.")
        days = tuple(chr(64 + n) if group.lettered else f"D{n}" for n in numbers)
        longest = 2 if group.lettered and max(numbers) <= 2 else 0
        if length and max(numbers) > length:
            raise CannotTell("The cycle does not have so many days.")
        return [
            Rule(days, start, end, "cycle", 0, 0, cycle_bits, length or longest)
            for start, end in group.times or NO_TIMES
        ]
    return [
        Rule(_names(bits), start, end, pattern, bits, 0 if alternate else nth, 0, 0)
        for start, end in group.times or NO_TIMES
    ]


_NTH = ("1st", "2nd", "3rd", "4th", "5th", "last")


def write_days(rule: Rule) -> str:
    """Return a rule's days in one form: "Mon, Wed", "Day 1", "A day", "1st & 3rd Wed", "every other Fri"."""
    if rule.pattern == "cycle":
        return ", ".join(f"Day {day[1:]}" if len(day) > 1 else f"{day} day" for day in rule.days)
    days = ", ".join(rule.days)
    if rule.pattern == "alternate":
        return f"every other {days}"
    if rule.pattern == "nth":
        return f"{' & '.join(word for bit, word in enumerate(_NTH) if rule.nth >> bit & 1)} {days}"
    return days
