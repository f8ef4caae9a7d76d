"""The pieces that a schedule text is cut into."""

from __future__ import annotations

from dataclasses import dataclass

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SCHOOL_WEEK = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a schedule.

    `kind`: weekday (numbers; 0 Monday), letter_t (a lone T), all, nth (numbers: 1 to 5, 6 last), alternate,
    letter_week, cycle (numbers), letters (numbers: A is 1), length (of the cycle), time (start), range
    (start, end), minutes, bell, named_block, doubt, bad_time, boundary, semicolon, comma, slash, and,
    hyphen, word.
    """

    kind: str
    numbers: tuple[int, ...] = ()
    text: str = ""
    problem: str = ""
