"""What each session puts into which account, before the accounts are filled (counting.md, "Accounts")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.entries import Entries, Outcome, is_given
from sheets_sync.ledger.matching import Matched
from sheets_sync.ledger.occurrences import Occurrences

DELIVERED, UPCOMING, OWED, NOT_LOGGED, EXCUSED = range(5)
GATHERED = ("delivered", "upcoming", "owed", "not_logged", "excused")
"""In the order in which they fill what is required."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """Minutes of one session in one account. `span` is the period (-1: none), `occurrence` and `entry` are
    positions (-1: none)."""

    strand: Ints
    span: Ints
    day: Ints
    account: Ints
    minutes: Ints
    occurrence: Ints
    entry: Ints

    def __len__(self) -> int:
        return len(self.strand)


def session_pieces(
    occurrences: Occurrences,
    matched: Matched,
    absent: Bools,
    thereby_owed: Bools,
    calendar: SchoolCalendar,
) -> Pieces:
    """Return the pieces of all occurrences: one each, and a second for the rest of a short session.

    `absent`: the Attendance tab says that the student was absent. `thereby_owed`: a make-up names the date.
    """
    past = occurrences.day < calendar.today
    given = is_given(matched.outcome)
    account = np.where(past, NOT_LOGGED, UPCOMING)
    untold = matched.entry < 0
    account[past & untold & (occurrences.short_day | occurrences.on_closed_day)] = OWED
    account[absent & untold & ~occurrences.short_day] = EXCUSED
    account[thereby_owed & untold] = OWED
    account[matched.outcome == Outcome.EXCUSED] = EXCUSED
    account[matched.outcome == Outcome.OWED] = OWED
    account[given] = DELIVERED
    minutes = occurrences.minutes.copy()
    told = given & (matched.minutes >= 0)
    minutes[told] = matched.minutes[told]
    rest = np.where(given, occurrences.minutes - minutes, 0)
    short = np.flatnonzero(rest > 0)
    late = matched.outcome[short] == Outcome.LATE
    every = np.concatenate((np.arange(len(occurrences)), short))
    return Pieces(
        strand=occurrences.strand[every],
        span=occurrences.span[every],
        day=occurrences.day[every],
        account=np.concatenate((account, np.where(late, EXCUSED, OWED))),
        minutes=np.concatenate((minutes, rest[short])),
        occurrence=every,
        entry=matched.entry[every],
    )


def off_schedule_pieces(entries: Entries, which: Ints, minutes: Ints, strand: Ints, span: Ints) -> Pieces:
    """Return the pieces of delivered entries without a session."""
    return Pieces(
        strand=strand,
        span=span,
        day=entries.day[which],
        account=np.full(len(which), DELIVERED),
        minutes=minutes,
        occurrence=np.full(len(which), -1, dtype=np.int64),
        entry=which,
    )


def together(first: Pieces, second: Pieces) -> Pieces:
    return Pieces(
        **{
            name: np.concatenate((getattr(first, name), getattr(second, name)))
            for name in Pieces.__dataclass_fields__
        }
    )
