"""Rotation days in words: "Day 1" to "Day 6", "A" and "B", "B day", "Cycle day 3"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex

_NUMBER = r"#?\s?(?P<number>\d{1,3})"
_LETTER = r"[\"']?(?P<letter>[a-h])[\"']?"
_DAY = lazy_regex(
    r"(?P<sure>(?:cycle|rotation|rotating)[\s-]days?|day of (?:cycle|rotation))\s?[:#-]?\s?"
    rf"(?:{_NUMBER}|{_LETTER})"
    rf"|days?\s?{_NUMBER.replace('number', 'second')}|d{_NUMBER.replace('number', 'third')}"
    rf"|days?\s?{_LETTER.replace('letter', 'after')}|{_LETTER.replace('letter', 'alone')}(?:[\s-]?days?)?",
    re.IGNORECASE,
)
_LONGEST_CYCLE = 20
_COUNTED_ON = 10
"""Numbers above this that never recur count the days of school ("Day 45"), and no rotation."""


@dataclass(frozen=True)
class RotationDay:
    """`number` is 1 for the first day of the cycle; `letter` tells that it is written A or B: a cycle of two.
    `sure` tells that the words leave nothing else to be meant."""

    number: int
    letter: bool
    sure: bool


def read_rotation_day(text: str) -> RotationDay | None:
    """Return the rotation day that a text names and nothing besides."""
    found = _DAY.fullmatch(plain(text).strip(" .:*")) if len(text) <= LONGEST else None
    if found is None:
        return None
    digits = found["number"] or found["second"] or found["third"]
    letter = found["letter"] or found["after"] or found["alone"]
    number = int(digits) if digits else ord(letter.casefold()) - 96
    return RotationDay(number, not digits, bool(found["sure"])) if number else None


def rotation_days(texts: Iterable[str]) -> Mapping[str, RotationDay]:
    """Return which of the texts below Kind, one a row, are rotation days.

    Those of a calendar that has two of them or more, and either numbers or the letters A and B: "Day 1" alone
    may be the first day of school, "Day 45" counts days, and with C the letters are no cycle of two.
    """
    rows = [(text, day) for text in texts if (day := read_rotation_day(text)) is not None]
    days = dict(rows)
    numbers = {day.number for day in days.values() if not day.letter}
    letters = {day.number for day in days.values() if day.letter}
    counts = max(numbers, default=0) > _COUNTED_ON and len(rows) == len(numbers)
    if (numbers and letters) or not letters <= {1, 2} or counts or count_on(days):
        return {}
    return {text: day for text, day in days.items() if day.sure or len(numbers | letters) > 1}


def count_on(texts: Iterable[str]) -> bool:
    """Tell whether such texts count the days of school: "Day 1" to "Day 180"."""
    days = filter(None, map(read_rotation_day, texts))
    return max((day.number for day in days), default=0) > _LONGEST_CYCLE
