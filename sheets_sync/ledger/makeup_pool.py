"""Which make-ups there are, and to the pool of which line each goes (counting.md, "Make-ups")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.belonging import Belonging
from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.entries import Entries, Outcome
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.makeups import MakeUp
from sheets_sync.ledger.matching import Double, Matched
from sheets_sync.ledger.occurrences import Occurrences
from sheets_sync.ledger.off_schedule import line_for
from sheets_sync.tables import Category


@dataclass(frozen=True, eq=False)
class Pooled:
    """`makeups` and team `decisions` without a session; `twice`: pairs of entries of one make-up;
    `thereby_owed`: the occurrences without an entry that a make-up names."""

    makeups: list[MakeUp]
    decisions: list[MakeUp]
    twice: list[Double]
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
    missed = _SessionsByDate(occurrences, lines, entries, matched)
    named = entries.makeup_for[every]
    strand = line_for(belonging, calendar, entries, every, np.where(named >= 0, named, entries.day[every]))
    minutes = entries.minutes[every].copy()
    for i in np.flatnonzero(minutes < 0).tolist():
        session = missed.of(int(every[i])) if named[i] >= 0 else -1
        usual = lines.minutes[strand[i]] if strand[i] >= 0 else 0
        minutes[i] = occurrences.minutes[session] if session >= 0 else usual
    places, twice = distinct(entries, every, minutes)
    thereby_owed = np.zeros(len(occurrences), dtype=bool)
    makeups = []
    for i in places.tolist():
        entry, line = int(every[i]), int(strand[i])
        session = missed.of(entry) if named[i] >= 0 else -1
        if session >= 0:
            line = int(occurrences.strand[session])
            untold = missed.without_entry(entry, line)
            thereby_owed[untold] |= untold >= 0
            missed.take(session, untold)
        if line < 0:
            line = _own_or_last(belonging, calendar, lines, entries, entry)
        length = int(minutes[i])
        if entries.minutes[entry] < 0:
            length = int(occurrences.minutes[session] if session >= 0 else lines.minutes[line])
        day, start = int(entries.day[entry]), int(entries.start[entry])
        makeups.append(MakeUp(entry, line, day, start, length, int(named[i])))
    return Pooled(makeups, _decisions(entries, matched, belonging, calendar), twice, thereby_owed)


def _decisions(
    entries: Entries, matched: Matched, belonging: Belonging, calendar: SchoolCalendar
) -> list[MakeUp]:
    which = np.array(sorted(matched.pooled), dtype=np.int64)
    strand = line_for(belonging, calendar, entries, which, entries.day[which])
    kept = (strand >= 0) & (entries.minutes[which] > 0)
    which, strand = which[kept], strand[kept]
    none = np.full(len(which), -1)
    columns = (which, strand, entries.day[which], entries.start[which], entries.minutes[which], none)
    return [MakeUp(*one) for one in zip(*(column.tolist() for column in columns), strict=True)]


class _SessionsByDate:
    """Finds the session that a make-up is for."""

    def __init__(self, occurrences: Occurrences, lines: Lines, entries: Entries, matched: Matched) -> None:
        self.occurrences, self.entries, self.matched = occurrences, entries, matched
        self._group, self._provider, self._strand = lines.group, lines.provider, occurrences.strand
        keys = occurrences.course * (1 << 20) + occurrences.day
        named = np.flatnonzero((entries.makeup_for >= 0) & (entries.course >= 0))
        asked = entries.course[named] * (1 << 20) + entries.makeup_for[named]
        concerned = np.zeros(int(lines.course.max(initial=-1)) + 1, dtype=bool)
        concerned[entries.course[named]] = True
        held = np.flatnonzero(concerned[occurrences.course])
        held = held[np.isin(keys[held], asked)]
        self._order = held[np.argsort(keys[held], kind="stable")]
        low = np.searchsorted(keys[self._order], asked).tolist()
        high = np.searchsorted(keys[self._order], asked, side="right").tolist()
        self._dates = dict(zip(named.tolist(), zip(low, high, strict=True), strict=True))
        self._taken: set[int] = set()

    def take(self, *sessions: int) -> None:
        """A later make-up for the date is for another session, if there is one."""
        self._taken.update(sessions)

    def of(self, entry: int) -> int:
        """Return the occurrence of the make-up's date, -1 without one: of the line whose session fits best
        (the same group, then no group, then the same provider); of that line's, one that was missed, then
        one without an entry."""
        found = self._on_date(entry)
        if len(found) < 2:
            return found[0] if found else -1
        line = self._strand[min(found, key=lambda o: (*self._fit(entry, o), self._missed(entry, o)))]
        own = (o for o in found if self._strand[o] == line)
        return min(own, key=lambda o: self._missed(entry, o))

    def without_entry(self, entry: int, line: int) -> int:
        """Return the line's session of the make-up's date that has no entry: it is thereby owed."""
        found = (o for o in self._on_date(entry) if self._strand[o] == line and self.matched.entry[o] < 0)
        return min(found, key=lambda o: self._missed(entry, o), default=-1)

    def _on_date(self, entry: int) -> list[int]:
        low, high = self._dates.get(entry, (0, 0))
        found: list[int] = self._order[low:high].tolist()
        return found

    def _fit(self, entry: int, occurrence: int) -> tuple[int, bool]:
        group, provider = int(self.entries.group[entry]), int(self.entries.provider[entry])
        own = int(self._group[self._strand[occurrence]])
        other = provider < 0 or int(self._provider[self._strand[occurrence]]) != provider
        return (0 if own == group else 1 if own < 0 else 2), other

    def _missed(self, entry: int, occurrence: int) -> tuple[bool, int, tuple[int, bool], int]:
        told = int(self.matched.entry[occurrence]) >= 0
        rank = 0 if self.matched.outcome[occurrence] == Outcome.OWED else 2 if told else 1
        start = int(self.occurrences.start[occurrence])
        return occurrence in self._taken, rank, self._fit(entry, occurrence), start


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
    day = int(entries.day[entry])
    ended = own[lines.own_end[own] < day]
    candidates = ended if len(ended) else own
    last: int = max(candidates.tolist(), key=lambda s: (int(lines.own_end[s]), -s))
    return last


def distinct(entries: Entries, which: Ints, minutes: Ints) -> tuple[Ints, list[Double]]:
    """Tell make-ups that are logged twice: the same date and "make-up for", with start times equal or one
    blank, is one make-up (the one with fewer minutes counts). Return the places of those that count in
    `which`, and the pairs of entries: with other minutes they disagree."""
    kept: dict[tuple[int, int, int], list[int]] = {}
    twice: list[Double] = []
    keys = (entries.course[which], entries.day[which], entries.makeup_for[which])
    starts = entries.start[which].tolist()
    for place, key in enumerate(zip(*(column.tolist() for column in keys), strict=True)):
        same = kept.setdefault(key, [])
        for i, other in enumerate(same):
            if min(starts[place], starts[other]) < 0 or starts[place] == starts[other]:
                agree = bool(minutes[place] == minutes[other])
                twice.append(Double(int(which[other]), int(which[place]), agree))
                if minutes[place] < minutes[other]:
                    same[i] = place
                break
        else:
            same.append(place)
    return np.array(sorted(place for same in kept.values() for place in same), dtype=np.int64), twice
