"""Make-ups and team decisions, spent one by one, the oldest first (counting.md, "Make-ups")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.accounts import Accounts
from sheets_sync.ledger.calendars import Ints
from sheets_sync.ledger.entries import Entries
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.spans import Spans


@dataclass(frozen=True, slots=True)
class MakeUp:
    """One make-up, or one team decision on a date without a session: `entry` is its position in Entries,
    `strand` the line whose pool it goes to, `makeup_for` a day (-1: none named)."""

    entry: int
    strand: int
    day: int
    minutes: int
    makeup_for: int


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes of a make-up that cover `account` of a period; `span` -1: they were left over (extra)."""

    entry: int
    strand: int
    span: int
    account: str
    minutes: int
    decided: bool = False


class Pool:
    """Spends make-ups on the accounts of periods. Works on plain lists: make-ups are few."""

    def __init__(self, accounts: Accounts, lines: Lines, spans: Spans) -> None:
        self.accounts = accounts
        self.spans = spans
        self.first, self.count = spans.first.tolist(), spans.count.tolist()
        self.spent: list[Spent] = []
        self._others: dict[int, list[int]] = {}
        self._course = lines.course.tolist()
        for strand, course in enumerate(self._course):
            self._others.setdefault(course, []).append(strand)

    def decide(self, decisions: Iterable[MakeUp]) -> None:
        """A team decision on a date with no session excuses its minutes of the line's period: first owed,
        then not scheduled."""
        for one in sorted(decisions, key=lambda one: (one.day, one.entry)):
            span = self._period(one.strand, one.day)
            left = one.minutes
            for account in ("owed", "not_scheduled"):
                if span >= 0:
                    left -= self._take(one, span, account, left, to="excused")

    def spend(self, makeups: Iterable[MakeUp]) -> None:
        """Spend each make-up on the period of its date, then on the oldest, then on the student's other
        lines of the service; what is left is extra."""
        for one in sorted(makeups, key=lambda one: (one.day, one.entry)):
            left = one.minutes
            named = self._period(one.strand, one.makeup_for) if one.makeup_for >= 0 else -1
            if named >= 0:
                left -= self._on_period(one, named, left)
            others = [s for s in self._others[self._course[one.strand]] if s != one.strand]
            for strand in (one.strand, *others):
                if left <= 0:
                    break
                left -= self._oldest_first(one, strand, left)
            if left > 0:
                self.accounts.extra_outside[one.strand] += left
                self.spent.append(Spent(one.entry, one.strand, -1, "extra", left))

    def _on_period(self, one: MakeUp, span: int, left: int) -> int:
        done = self._take(one, span, "owed", left)
        if self.spans.ended[span]:
            done += self._take(one, span, "not_scheduled", left - done)
        return done + self._take(one, span, "excused", left - done)

    def _oldest_first(self, one: MakeUp, strand: int, left: int) -> int:
        """Owed of every period, the oldest first; then not scheduled of ended ones; then excused."""
        begin = self.first[strand]
        window = slice(begin, begin + self.count[strand])
        reachable = self.spans.start[window] <= one.day
        named = self._period(strand, one.makeup_for) if one.makeup_for >= 0 else -1
        if named >= 0:
            reachable[named - begin] = True
        done = 0
        for account in ("owed", "not_scheduled", "excused"):
            holds = reachable & (getattr(self.accounts, account)[window] > 0)
            if account == "not_scheduled":
                holds &= self.spans.ended[window]
            for place in np.flatnonzero(holds).tolist():
                if done >= left:
                    return done
                done += self._take(one, begin + place, account, left - done)
        return done

    def _take(self, one: MakeUp, span: int, account: str, wanted: int, to: str = "made_up") -> int:
        held: Ints = getattr(self.accounts, account)
        taken = min(int(held[span]), wanted)
        if taken <= 0:
            return 0
        held[span] -= taken
        getattr(self.accounts, to)[span] += taken
        strand = int(self.spans.strand[span])
        self.spent.append(Spent(one.entry, strand, span, account, taken, to == "excused"))
        return taken

    def _period(self, strand: int, day: int) -> int:
        return int(self.spans.at(np.array([strand]), np.array([day]))[0])


def distinct(entries: Entries, which: Ints, minutes: Ints) -> tuple[list[int], list[tuple[int, int]]]:
    """Tell make-ups that are logged twice: the same date and "make-up for", with start times equal or one
    blank, is one make-up (the one with fewer minutes counts). Return places in `which`, and the pairs."""
    kept: dict[tuple[int, int, int], list[int]] = {}
    twice: list[tuple[int, int]] = []
    for place, entry in enumerate(which.tolist()):
        key = (int(entries.course[entry]), int(entries.day[entry]), int(entries.makeup_for[entry]))
        start = int(entries.start[entry])
        same = kept.setdefault(key, [])
        for i, other in enumerate(same):
            its = int(entries.start[which[other]])
            if start < 0 or its < 0 or start == its:
                twice.append((int(which[other]), entry))
                if minutes[place] < minutes[other]:
                    same[i] = place
                break
        else:
            same.append(place)
    return sorted(place for places in kept.values() for place in places), twice
