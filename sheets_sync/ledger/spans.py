"""The periods of every line, one after another in flat arrays (counting.md, "Periods")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.index import expand
from sheets_sync.ledger.lines import Lines


@dataclass(frozen=True, eq=False)
class Spans:
    """One entry a strand and period that has begun. `first[strand]` is where a strand's periods begin.

    `start` and `end` are the period's days, `low` and `high` those of them inside the line's dates
    (high < low: none); `days` is D, `available` is A; `ended` is for the line.
    """

    strand: Ints
    period: Ints
    start: Ints
    end: Ints
    low: Ints
    high: Ints
    days: Ints
    available: Ints
    ended: Bools
    first: Ints
    count: Ints
    low_period: Ints
    of_day: Ints
    kind: Ints
    once: Bools

    def __len__(self) -> int:
        return len(self.strand)

    def at(self, strands: Ints, days: Ints) -> Ints:
        """Return the period of each strand that holds the day beside it, -1 where there is none."""
        if not len(self.count):
            return np.full(len(strands), -1, dtype=np.int64)
        safe = np.maximum(strands, 0)
        of_day = self.of_day[self.kind[safe], days]
        period = of_day - self.low_period[safe]
        inside = (strands >= 0) & (of_day >= 0) & (period >= 0) & (period < self.count[safe])
        span = np.where(inside, self.first[safe] + period, -1)
        if self.once.any() and len(self.start):
            held = np.maximum(span, 0)
            beyond = (days < self.start[held]) | (days > self.end[held])
            span[self.once[safe] & (span >= 0) & beyond] = -1
        return span


def build_spans(lines: Lines, calendar: SchoolCalendar) -> Spans:
    """Lay out the periods of each line that have begun and touch its dates."""
    today = calendar.today
    once = np.array([name == "once" for name, _ in lines.kinds], dtype=bool)[lines.kind]
    alive = lines.counted & (lines.start <= lines.end)
    low_period, high_period = np.zeros(len(lines), np.int64), np.full(len(lines), -1)
    for k, part in enumerate(lines.partitions):
        own = np.flatnonzero((lines.kind == k) & alive & ~once)
        if len(own) and len(part.start):
            low_period[own] = part.next_of[lines.start[own]]
            high_period[own] = np.minimum(part.last_of[lines.end[own]], part.last_of[today])
    high_period[alive & once & (lines.start <= today)] = 0
    count = np.maximum(high_period - low_period + 1, 0)
    strand, place = expand(count)
    period = low_period[strand] + place
    start, end, last, days = _bounds(lines, strand, period, once, calendar)
    low, high = np.maximum(start, lines.start[strand]), np.minimum(end, lines.end[strand])
    available = _available(lines.esy[strand], low, high, calendar)
    of_day = np.stack([part.of_day for part in lines.partitions]) if lines.partitions else np.zeros((1, 1))
    for k, (name, _) in enumerate(lines.kinds):
        if name == "once":
            of_day[k] = 0
    return Spans(
        strand=strand,
        period=period,
        start=start,
        end=end,
        low=low,
        high=high,
        days=days,
        available=available,
        ended=np.minimum(last, lines.end[strand]) < today,
        first=np.cumsum(count) - count,
        count=count,
        low_period=low_period,
        of_day=of_day.astype(np.int64),
        kind=lines.kind,
        once=once,
    )


def _bounds(
    lines: Lines, strand: Ints, period: Ints, once: Bools, calendar: SchoolCalendar
) -> tuple[Ints, Ints, Ints, Ints]:
    start, end, last, days = (np.zeros(len(strand), np.int64) for _ in range(4))
    for k, part in enumerate(lines.partitions):
        own = np.flatnonzero(lines.kind[strand] == k)
        if not len(own):
            continue
        if once[strand[own[0]]]:
            start[own] = lines.start[strand[own]]
            beyond = np.where(lines.esy[strand[own]], calendar.size - 1, calendar.last)
            end[own] = last[own] = np.minimum(lines.own_end[strand[own]], beyond)
            days[own] = 1
        else:
            start[own], end[own] = part.start[period[own]], part.end[period[own]]
            last[own], days[own] = part.last[period[own]], part.days[period[own]]
    return start, end, last, days


def _available(esy: Bools, low: Ints, high: Ints, calendar: SchoolCalendar) -> Ints:
    after = np.maximum(high + 1, low)
    ordinary = calendar.open_before[after] - calendar.open_before[low]
    if not esy.any():
        return ordinary
    return np.where(esy, calendar.esy_before[after] - calendar.esy_before[low], ordinary)
