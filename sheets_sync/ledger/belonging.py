"""To which line a session belongs (counting.md, "Schedule").

Of the lines of the same student and service that are active on its date: the same group; then a blank group;
then the same provider; then the one with the most of R still without an occurrence in that period; then the
later start; then the first in sheet order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.index import Groups, group_rows
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.spans import Spans

BLANK_GROUP = -1


@dataclass(frozen=True, eq=False)
class Sessions:
    """Sessions, or entries looking for a line: `course`, `day`, `group` and `provider` (-1 blank), `esy`
    (only ESY lines will do; where False only ordinary ones), `minutes` and `start` (the order in which they
    use up R)."""

    course: Ints
    day: Ints
    group: Ints
    provider: Ints
    esy: Bools
    minutes: Ints
    start: Ints


class Belonging:
    """Finds lines for sessions. `left` is R of each period less what occurrences took already."""

    def __init__(self, lines: Lines, spans: Spans, calendar: SchoolCalendar, courses: int) -> None:
        self.lines = lines
        self.spans = spans
        self.calendar = calendar
        self.by_course: Groups = group_rows(lines.course, courses)
        self.left = lines.full[spans.strand].astype(np.int64)
        self._later: dict[tuple[int, int], int] = {}

    def assign_plain(self, course: Ints, day: Ints, esy: Bools) -> tuple[Ints, Ints]:
        """Assign the sessions of courses with one line only; return the strands and the other sessions."""
        out = np.full(len(day), -1, dtype=np.int64)
        if not len(self.lines):
            return out, np.zeros(0, dtype=np.int64)
        counts = np.append(self.by_course.counts, 0)[course]
        one = np.flatnonzero(counts == 1)
        strand = self.by_course.order[self.by_course.begin[course[one]]]
        active = (day[one] >= self.lines.start[strand]) & (day[one] <= self.lines.end[strand])
        active &= esy[one] == self.lines.esy[strand]
        out[one[active]] = strand[active]
        return out, np.flatnonzero(counts > 1)

    def candidates(self, sessions: Sessions, which: Ints | None = None) -> tuple[Ints, Ints, Ints]:
        """Return (session, strand, rank) of every active line; the lowest rank is the best fit."""
        asked = np.arange(len(sessions.day)) if which is None else which
        item, strand = self.by_course.of(sessions.course[asked])
        session = asked[item]
        day = sessions.day[session]
        active = (day >= self.lines.start[strand]) & (day <= self.lines.end[strand])
        active &= sessions.esy[session] == self.lines.esy[strand]
        session, strand = session[active], strand[active]
        group, own = sessions.group[session], self.lines.group[strand]
        rank = np.where(own == group, 0, np.where(own == BLANK_GROUP, 2, 4))
        same_provider = (self.lines.provider[strand] == sessions.provider[session]) & (
            sessions.provider[session] >= 0
        )
        return session, strand, rank + np.where(same_provider, 0, 1)

    def assign(self, sessions: Sessions, *, use_up: bool) -> Ints:
        """Return the strand of each session, -1 where there is none.

        With `use_up` sessions take from R of their period in order of day and start, so that two lines that
        fit alike are filled in turn; without, `left` is only looked at.
        """
        out, several = self.assign_plain(sessions.course, sessions.day, sessions.esy)
        if not len(several):
            return out
        session, strand, rank = self.candidates(sessions, several)
        if not len(session):
            return out
        begins = np.flatnonzero(np.concatenate(([True], session[1:] != session[:-1])))
        best = np.minimum.reduceat(rank, begins)
        of = np.cumsum(np.concatenate(([0], (session[1:] != session[:-1]).astype(np.int64))))
        top = rank == best[of]
        tops = np.add.reduceat(top.astype(np.int64), begins)
        single = tops[of] == 1
        out[session[top & single]] = strand[top & single]
        tied = top & ~single
        if use_up:
            self._settle_in_turn(sessions, out, session[tied], strand[tied])
        else:
            self._settle(sessions, out, session[tied], strand[tied])
        return out

    def _settle_in_turn(self, sessions: Sessions, out: Ints, session: Ints, strand: Ints) -> None:
        """Settle ties in order of day, start and row; every session of the course uses up R of its line, also
        one on a closed day: the choice stays the same in a week with a holiday."""
        choices: dict[int, list[int]] = {}
        for s, line in zip(session.tolist(), strand.tolist(), strict=True):
            choices.setdefault(s, []).append(line)
        courses = np.unique(sessions.course[session])
        own = np.flatnonzero(np.isin(sessions.course, courses))
        own = own[(out[own] >= 0) | np.isin(own, session)]
        own = own[np.lexsort((own, sessions.start[own], sessions.day[own]))]
        for s in own.tolist():
            day = int(sessions.day[s])
            if s in choices:
                out[s] = max(choices[s], key=lambda line: self._room(line, day))
            self._use(int(out[s]), day, int(sessions.minutes[s]))

    def _room(self, line: int, day: int) -> tuple[int, int, int]:
        place = self._place(line, day)
        left = int(self.left[place]) if place >= 0 else self._later.get(self._period(line, day))
        if left is None:
            asked = self.lines.counted[line] and self._period(line, day)[1] >= 0
            left = int(self.lines.full[line]) if asked else 0
        return max(left, 0), int(self.lines.own_start[line]), -line

    def _use(self, line: int, day: int, minutes: int) -> None:
        """Take minutes from R of a period, also of one that has not begun."""
        place = self._place(line, day)
        if place >= 0:
            self.left[place] -= minutes
        else:
            period = self._period(line, day)
            self._later[period] = self._later.get(period, int(self.lines.full[line])) - minutes

    def _period(self, line: int, day: int) -> tuple[int, int]:
        return line, int(self.spans.of_day[self.spans.kind[line], day])

    def _settle(self, sessions: Sessions, out: Ints, session: Ints, strand: Ints) -> None:
        place = self.spans.at(strand, sessions.day[session])
        left = np.where(place >= 0, self.left[np.maximum(place, 0)], 0) if len(self.left) else place
        left = np.maximum(left, 0)
        order = np.lexsort((-strand, self.lines.own_start[strand], left, session))
        out[session[order]] = strand[order]

    def _place(self, strand: int, day: int) -> int:
        return int(self.spans.at(np.array([strand]), np.array([day]))[0])


def subtract_assigned(belonging: Belonging, spans: Ints, minutes: Ints) -> None:
    """Take every assigned session (its period, -1: none) from `left`, also those on closed days."""
    kept = spans >= 0
    taken = np.bincount(spans[kept], weights=minutes[kept], minlength=len(belonging.left))
    belonging.left[:] = belonging.lines.full[belonging.spans.strand] - taken.astype(np.int64)
