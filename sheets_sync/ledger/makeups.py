"""Make-ups and team decisions, spent one by one, the oldest first (counting.md, "Make-ups")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sheets_sync.ledger.accounts import Accounts
from sheets_sync.ledger.calendars import Ints
from sheets_sync.ledger.index import group_rows
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.spans import Spans


class MakeUp(NamedTuple):
    """One make-up, or one team decision on a date without a session: `entry` is its position in Entries,
    `strand` the line whose pool it goes to, `start` its clock time, `makeup_for` a day (-1: none named)."""

    entry: int
    strand: int
    day: int
    start: int
    minutes: int
    makeup_for: int


class Spent(NamedTuple):
    """Minutes of a make-up that cover `account` of a period; `span` -1: they were left over (extra)."""

    entry: int
    strand: int
    span: int
    account: str
    minutes: int
    decided: bool = False


REPAIRED = ("owed", "not_scheduled", "excused")
"""What a make-up covers, in this order; not scheduled only of periods that have ended."""


def _oldest(one: MakeUp) -> tuple[int, int, int]:
    return one.day, one.start, one.entry


class Pool:
    """Spends make-ups on the accounts of periods, one by one."""

    def __init__(self, accounts: Accounts, lines: Lines, spans: Spans) -> None:
        self.accounts = accounts
        self.spans = spans
        self.first, self.count = spans.first.tolist(), spans.count.tolist()
        self.spent: list[Spent] = []
        self._course = lines.course
        self._by_course = group_rows(lines.course, int(lines.course.max(initial=-1)) + 1)

    def decide(self, decisions: Iterable[MakeUp]) -> None:
        """A team decision on a date with no session excuses its minutes of the line's period: first owed,
        then not scheduled."""
        for one in sorted(decisions, key=_oldest):
            span = self._period(one.strand, one.day)
            left = one.minutes
            for account in ("owed", "not_scheduled"):
                if span >= 0:
                    left -= self._take(one, one.strand, span, account, left, to="excused")

    def spend(self, makeups: Iterable[MakeUp]) -> None:
        """Spend each make-up on the period of its date, then on the oldest, then on the student's other
        lines of the service; what is left is extra."""
        open_spans = self._open_spans()
        for one in sorted(makeups, key=_oldest):
            left = one.minutes
            named = self._period(one.strand, one.makeup_for) if one.makeup_for >= 0 else -1
            if named >= 0:
                left -= self._on_period(one, named, left)
            if left > 0:
                left -= self._oldest_first(one, one.strand, left, open_spans)
            for strand in self._others(one.strand) if left > 0 else ():
                left -= self._oldest_first(one, strand, left, open_spans)
            if left > 0:
                self.accounts.extra_outside[one.strand] += left
                self.spent.append(Spent(one.entry, one.strand, -1, "extra", left))

    def _open_spans(self) -> list[tuple[str, list[int]]]:
        """The periods that hold minutes of each account, in order: those of a line stand together."""
        out = []
        for account in REPAIRED:
            holds = getattr(self.accounts, account) > 0
            if account == "not_scheduled":
                holds &= self.spans.ended
            out.append((account, np.flatnonzero(holds).tolist()))
        return out

    def _others(self, strand: int) -> list[int]:
        begin, course = self._by_course.begin, int(self._course[strand])
        own = self._by_course.order[begin[course] : begin[course + 1]]
        return [other for other in own.tolist() if other != strand]

    def _on_period(self, one: MakeUp, span: int, left: int) -> int:
        done = self._take(one, one.strand, span, "owed", left)
        if self.spans.ended[span]:
            done += self._take(one, one.strand, span, "not_scheduled", left - done)
        return done + self._take(one, one.strand, span, "excused", left - done)

    def _oldest_first(
        self, one: MakeUp, strand: int, left: int, open_spans: list[tuple[str, list[int]]]
    ) -> int:
        """Owed of every period, the oldest first; then not scheduled of ended ones; then excused. Never a
        period that starts after the make-up's date, unless the day that it is for lies in it."""
        named = self._period(strand, one.makeup_for) if one.makeup_for >= 0 else -1
        begin, end = self.first[strand], self.first[strand] + self.count[strand]
        done = 0
        for account, spans in open_spans:
            for place in range(bisect_left(spans, begin), len(spans)):
                span = spans[place]
                if span >= end or done >= left:
                    break
                if self.spans.start[span] <= one.day or span == named:
                    done += self._take(one, strand, span, account, left - done)
        return done

    def _take(
        self, one: MakeUp, strand: int, span: int, account: str, wanted: int, to: str = "made_up"
    ) -> int:
        held: Ints = getattr(self.accounts, account)
        taken = min(int(held[span]), wanted)
        if taken <= 0:
            return 0
        held[span] -= taken
        getattr(self.accounts, to)[span] += taken
        self.spent.append(Spent(one.entry, strand, span, account, taken, to == "excused"))
        return taken

    def _period(self, strand: int, day: int) -> int:
        """The period of a strand that holds a day, -1 where there is none."""
        spans = self.spans
        period = int(spans.of_day[spans.kind[strand], day])
        place = period - int(spans.low_period[strand])
        if period < 0 or not 0 <= place < self.count[strand]:
            return -1
        span: int = self.first[strand] + place
        return span if spans.start[span] <= day <= spans.end[span] else -1
