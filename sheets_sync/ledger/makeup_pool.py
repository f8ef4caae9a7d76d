"""Which make-ups there are, and to the pool of which line each goes (counting.md, "Make-ups")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.belonging import Belonging
from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.entries import Entries, Outcome
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.makeups import MakeUp
from sheets_sync.ledger.matching import Matched
from sheets_sync.ledger.occurrences import Occurrences
from sheets_sync.ledger.off_schedule import line_for
from sheets_sync.tables import Category


@dataclass(frozen=True, eq=False)
class Pooled:
    """`makeups` and team `decisions` without a session; `twice`: pairs of entries of one make-up;
    `thereby_owed`: the occurrences without an entry that a make-up names."""

    makeups: list[MakeUp]
    decisions: list[MakeUp]
    twice: list[tuple[int, int]]
    thereby_owed: Bools


def pooled(
    entries: Entries,
    matched: Matched,
    occurrences: Occurrences,
    belonging: Belonging,
    lines: Lines,
    calendar: SchoolCalendar,
) -> Pooled:
    """Find the make-ups and the lines whose pool they go to: of the session that they are for, or would have
    been for; without such a date the line of their own date, else the one that ended last."""
    every = np.flatnonzero((entries.category == Category.MAKE_UP) & (entries.course >= 0))
    which, twice = distinct(entries, every)
    named = entries.makeup_for[which]
    day = np.where(named >= 0, named, entries.day[which])
    strand = line_for(belonging, calendar, entries, which, day)
    minutes = entries.minutes[which].copy()
    thereby_owed = np.zeros(len(occurrences), dtype=bool)
    missed = _SessionsByDate(occurrences, bool((named >= 0).any()))
    for i, entry in enumerate(which.tolist()):
        session = missed.of(entries, entry, matched) if named[i] >= 0 else -1
        if session >= 0:
            strand[i] = occurrences.strand[session]
            thereby_owed[session] |= matched.entry[session] < 0
        if strand[i] < 0:
            strand[i] = _own_or_last(belonging, calendar, lines, entries, entry)
        if minutes[i] < 0:
            minutes[i] = occurrences.minutes[session] if session >= 0 else lines.minutes[strand[i]]
    columns = (which, strand, entries.day[which], minutes, named)
    makeups = [MakeUp(*one) for one in zip(*(column.tolist() for column in columns), strict=True)]
    return Pooled(makeups, _decisions(entries, matched, belonging, calendar), twice, thereby_owed)


def _decisions(
    entries: Entries, matched: Matched, belonging: Belonging, calendar: SchoolCalendar
) -> list[MakeUp]:
    which = np.array(sorted(matched.pooled), dtype=np.int64)
    strand = line_for(belonging, calendar, entries, which, entries.day[which])
    kept = (strand >= 0) & (entries.minutes[which] > 0)
    which, strand = which[kept], strand[kept]
    columns = (which, strand, entries.day[which], entries.minutes[which], np.full(len(which), -1))
    return [MakeUp(*one) for one in zip(*(column.tolist() for column in columns), strict=True)]


class _SessionsByDate:
    """Finds the session that a make-up is for."""

    def __init__(self, occurrences: Occurrences, wanted: bool) -> None:
        self.occurrences = occurrences
        keys = (occurrences.course * (1 << 20) + occurrences.day)[: None if wanted else 0]
        self._order = np.argsort(keys, kind="stable")
        self._sorted = keys[self._order]
        self._taken: set[int] = set()

    def of(self, entries: Entries, entry: int, matched: Matched) -> int:
        """Return the occurrence of the make-up's date, -1 without one: of its own group first, then one
        without an entry, then one that was missed."""
        key = int(entries.course[entry]) * (1 << 20) + int(entries.makeup_for[entry])
        low, high = np.searchsorted(self._sorted, [key, key + 1]).tolist()
        found = self._order[low:high].tolist()
        if not found:
            return -1
        group = int(entries.group[entry])

        def order(o: int) -> tuple[bool, bool, int, int]:
            other = group >= 0 and int(self.occurrences.group[o]) != group
            rank = 0 if matched.outcome[o] == Outcome.OWED else 1 if matched.entry[o] < 0 else 2
            return other, o in self._taken, rank, int(self.occurrences.start[o])

        best: int = min(found, key=order)
        self._taken.add(best)
        return best


def _own_or_last(
    belonging: Belonging, calendar: SchoolCalendar, lines: Lines, entries: Entries, entry: int
) -> int:
    """The line to which a session on the make-up's own date would belong, else the one that ended last."""
    one = np.array([entry])
    found = int(line_for(belonging, calendar, entries, one, entries.day[one])[0])
    if found >= 0:
        return found
    course = int(entries.course[entry])
    own = belonging.by_course.order[belonging.by_course.begin[course] : belonging.by_course.begin[course + 1]]
    last: int = max(own.tolist(), key=lambda s: (int(lines.own_end[s]), -s))
    return last


def distinct(entries: Entries, which: Ints) -> tuple[Ints, list[tuple[int, int]]]:
    """Tell make-ups that are logged twice: the same date and "make-up for", with start times equal or one
    blank, is one make-up (the one with fewer minutes counts). Return those that count, and the pairs."""
    kept: dict[tuple[int, int, int], list[int]] = {}
    twice: list[tuple[int, int]] = []
    keys = (entries.course[which], entries.day[which], entries.makeup_for[which])
    for entry, *key in zip(which.tolist(), *(column.tolist() for column in keys), strict=True):
        same = kept.setdefault((key[0], key[1], key[2]), [])
        for i, other in enumerate(same):
            starts = int(entries.start[other]), int(entries.start[entry])
            if min(starts) < 0 or starts[0] == starts[1]:
                twice.append((other, entry))
                if 0 <= entries.minutes[entry] < entries.minutes[other]:
                    same[i] = entry
                break
        else:
            same.append(entry)
    return np.array(sorted(e for same in kept.values() for e in same), dtype=np.int64), twice
