"""What a period requires (counting.md, "What a period requires").

required = min(R, S_open) + max(0, R - S_open - S_shut) x A / D, rounded half up
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.belonging import Belonging, Sessions
from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.index import expand, group_rows
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.occurrences import ScheduleRows
from sheets_sync.ledger.rules import Rules
from sheets_sync.ledger.spans import Spans

WHOLE_AMOUNT = ("year", "once")
OTHER_DAYS = ("year", "once", "cycle")
"""Periods whose D is not the number of their school days: closed days may lie in them however large A is."""


@dataclass(frozen=True, eq=False)
class Shut:
    """Sessions that the patterns put on days that are not available: which period, day and row."""

    span: Ints
    day: Ints
    row: Ints

    def of(self, which: Bools) -> Shut:
        return Shut(self.span[which], self.day[which], self.row[which])


def rounded(numerator: Ints, denominator: Ints) -> Ints:
    """Divide and round half up; 0 where the denominator is 0."""
    safe = np.maximum(denominator, 1)
    return np.where(denominator > 0, (2 * numerator + safe) // (2 * safe), 0)


def required(lines: Lines, spans: Spans, s_open: Ints, s_shut: Ints, rules: Rules) -> Ints:
    """Return the minutes that each period requires; `once` is cut after an exit by `once_after_exit`."""
    full = lines.full[spans.strand]
    a, d = spans.available, spans.days
    kinds = [name for name, _ in lines.kinds]
    whole = np.array([name in WHOLE_AMOUNT for name in kinds], dtype=bool)[spans.kind[spans.strand]]
    once = np.array([name == "once" for name in kinds], dtype=bool)[spans.kind[spans.strand]]
    prorated = rounded(full * a, d)
    if rules.closures == "owe":
        asked = full
    elif rules.closures == "prorate":
        asked = prorated
    else:
        unscheduled = np.maximum(full - s_open - s_shut, 0)
        asked = np.where(whole, prorated, np.minimum(full, s_open) + rounded(unscheduled * a, d))
    asked = np.where(once, full, asked)
    return np.where(a > 0, asked, 0)


def once_after_exit(
    lines: Lines, spans: Spans, asked: Ints, delivered: Ints, calendar: SchoolCalendar
) -> Ints:
    """After an exit before its end a line that is given once requires what was delivered."""
    once = np.array([name == "once" for name, _ in lines.kinds], dtype=bool)[spans.kind[spans.strand]]
    exit_ = lines.exit[lines.line[spans.strand]]
    left = (exit_ < calendar.today) & (lines.own_end[spans.strand] >= exit_)
    return np.where(once & left, np.minimum(asked, delivered), asked)


def serving(belonging: Belonging, occurrence_row: Ints, occurrence_strand: Ints) -> tuple[Ints, Ints]:
    """Return the (row, strand) pairs in which one of the row's occurrences belongs to the line."""
    strands = len(belonging.lines)
    pair = occurrence_row * max(strands, 1) + occurrence_strand
    changes = np.concatenate(([True], pair[1:] != pair[:-1])) if len(pair) else np.zeros(0, dtype=bool)
    pair = np.unique(pair[changes & (occurrence_strand >= 0)])
    return pair // max(strands, 1), pair % max(strands, 1)


def would_serve(
    rows: ScheduleRows,
    belonging: Belonging,
    occurrence_row: Ints,
    occurrence_day: Ints,
    served: tuple[Ints, Ints],
) -> tuple[Ints, Ints]:
    """Return the pairs, beside those `served`, in which the row has no session inside the line's dates and
    would serve it if it had."""
    row, strand = _other_pairs(rows, belonging, served)
    lines = belonging.lines
    has = _has_session_inside(lines, row, strand, occurrence_row, occurrence_day)
    row, strand = row[~has], strand[~has]
    return _fits_on_some_day(rows, belonging, row, strand)


def _other_pairs(rows: ScheduleRows, belonging: Belonging, served: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    lines = belonging.lines
    usable = np.flatnonzero(~rows.makeup)
    item, strand = belonging.by_course.of(rows.course[usable])
    row = usable[item]
    fit = (rows.esy[row] == lines.esy[strand]) & (lines.start[strand] <= lines.end[strand])
    fit &= ~np.isin(row * len(lines) + strand, served[0] * len(lines) + served[1])
    return row[fit], strand[fit]


def _fits_on_some_day(rows: ScheduleRows, belonging: Belonging, row: Ints, strand: Ints) -> tuple[Ints, Ints]:
    """Keep the pairs in which a session of the row would belong to the line on some day of its dates. Who
    competes changes only where another line of the course starts or ends: these days are tried."""
    lines = belonging.lines
    first, last = lines.start[strand], lines.end[strand]
    pair, rival = belonging.by_course.of(rows.course[row])
    tried = [np.stack((np.arange(len(row)), first)), np.stack((np.arange(len(row)), last))]
    tried += [np.stack((pair, lines.start[rival] - 1)), np.stack((pair, lines.end[rival] + 1))]
    of, day = np.concatenate(tried, axis=1)
    inside = (day >= first[of]) & (day <= last[of])
    of, day = of[inside], day[inside]
    thought, candidate, rank = belonging.candidates(
        Sessions(
            course=rows.course[row[of]],
            day=day,
            group=rows.group[row[of]],
            provider=rows.provider[row[of]],
            esy=rows.esy[row[of]],
            minutes=rows.minutes[row[of]],
            start=rows.start[row[of]],
        )
    )
    best = np.full(len(of), 99)
    np.minimum.at(best, thought, rank)
    ours = (candidate == strand[of[thought]]) & (rank == best[thought])
    fits = np.unique(of[thought[ours]])
    return row[fits], strand[fits]


def _has_session_inside(
    lines: Lines, row: Ints, strand: Ints, occurrence_row: Ints, occurrence_day: Ints
) -> Bools:
    """Look up whether a row has an occurrence between a line's start and end."""
    asked = np.zeros(int(max(occurrence_row.max(initial=0), row.max(initial=0))) + 1, dtype=bool)
    asked[row] = True
    own = asked[occurrence_row]
    occurrence_row, occurrence_day = occurrence_row[own], occurrence_day[own]
    order = np.lexsort((occurrence_day, occurrence_row))
    scale = 1 << 20
    keys = occurrence_row[order] * scale + occurrence_day[order]
    low = np.searchsorted(keys, row * scale + lines.start[strand])
    high = np.searchsorted(keys, row * scale + lines.end[strand], side="right")
    return high > low


def shut_sessions(
    lines: Lines, spans: Spans, rows: ScheduleRows, pairs: tuple[Ints, Ints], calendar: SchoolCalendar
) -> Shut:
    """Find the sessions that the patterns put on the periods' school days that are not available.

    The rows in force on such a day are those whose From and To touch its week; if none does, those that
    touch the week of the line's last available day before it; where there is no such day, those that touch
    the week of its first available day, or else the week after that.
    """
    by_strand = group_rows(pairs[1], len(lines))
    asked = spans.available > 0
    if len(lines):
        every_day = np.array([name not in OTHER_DAYS for name, _ in lines.kinds], dtype=bool)
        whole = every_day[spans.kind[spans.strand]] & (spans.available == spans.days)
        asked &= (by_strand.counts[spans.strand] > 0) & ~whole
    span, day, number = _days_not_available(lines, spans, np.flatnonzero(asked), calendar)
    if not len(span):
        return Shut(span, day, span)
    item, place = by_strand.of(spans.strand[span])
    row = pairs[0][place]
    touches = _touches(rows, row, (day // 7)[item])
    nothing = np.bincount(item[touches], minlength=len(span)) == 0
    if nothing.any():
        touches |= _fallback(lines, spans, rows, span, day, item, row, nothing, calendar)
    item, row = item[touches], row[touches]
    on = rows.pattern_on(row, day[item], number[item] if number.any() else None)
    return Shut(span[item[on]], day[item[on]], row[on])


def _touches(rows: ScheduleRows, row: Ints, week: Ints) -> Bools:
    return (rows.from_[row] <= week * 7 + 6) & (rows.to[row] >= week * 7)


def _fallback(
    lines: Lines,
    spans: Spans,
    rows: ScheduleRows,
    span: Ints,
    day: Ints,
    item: Ints,
    row: Ints,
    nothing: Bools,
    calendar: SchoolCalendar,
) -> Bools:
    """Tell which rows are in force on days whose own week no row touches."""
    strand = spans.strand[span]
    before, first = _last_open(lines, strand, day, calendar), _first_open(lines, strand, calendar)
    week = np.where(before >= 0, before, first) // 7
    by_week = _touches(rows, row, week[item])
    empty = np.bincount(item[by_week], minlength=len(span)) == 0
    later = (empty & (before < 0))[item] & _touches(rows, row, week[item] + 1)
    in_force: Bools = nothing[item] & (by_week | later)
    return in_force


def _last_open(lines: Lines, strand: Ints, day: Ints, calendar: SchoolCalendar) -> Ints:
    """The line's last available day before each day, -1 where there is none."""
    out = np.full(len(day), -1, dtype=np.int64)
    for esy in (False, True):
        own = lines.esy[strand] == esy
        open_days = np.flatnonzero(calendar.esy_open if esy else calendar.open)
        if not own.any() or not len(open_days):
            continue
        place = np.searchsorted(open_days, np.minimum(day[own], lines.end[strand[own]] + 1)) - 1
        found = np.where(place >= 0, open_days[np.maximum(place, 0)], -1)
        out[own] = np.where(found >= lines.start[strand[own]], found, -1)
    return out


def _first_open(lines: Lines, strand: Ints, calendar: SchoolCalendar) -> Ints:
    out = np.zeros(len(strand), dtype=np.int64)
    for esy in (False, True):
        own = lines.esy[strand] == esy
        open_days = np.flatnonzero(calendar.esy_open if esy else calendar.open)
        if own.any() and len(open_days):
            place = np.searchsorted(open_days, lines.start[strand[own]])
            out[own] = open_days[np.minimum(place, len(open_days) - 1)]
    return out


def _days_not_available(
    lines: Lines, spans: Spans, asked: Ints, calendar: SchoolCalendar
) -> tuple[Ints, Ints, Ints]:
    """List (period, day, cycle day) for the school days of the periods that are not available.

    The cycle day is 0 but for days that a cycle lacks; these stand at the period's last day.
    """
    parts: list[tuple[Ints, Ints, Ints]] = []
    esy = lines.esy[spans.strand[asked]]
    for kind, open_days in ((False, calendar.open), (True, calendar.esy_open)):
        own = asked[esy == kind]
        closed = calendar.school & ~open_days
        for low, high, days in (
            (spans.start[own], spans.end[own], closed),
            (spans.start[own], spans.low[own] - 1, open_days),
            (spans.high[own] + 1, spans.end[own], open_days),
        ):
            parts.append(_listed(own, low, high, days))
    cyclic = [(k, part) for k, part in enumerate(lines.partitions) if part.lacking.any()]
    for k, part in cyclic:
        own = asked[spans.kind[spans.strand[asked]] == k]
        for number in range(1, int(part.lacking.max()).bit_length() + 1):
            lack = own[(part.lacking[spans.period[own]] >> (number - 1)) & 1 == 1]
            parts.append((lack, spans.end[lack], np.full(len(lack), number)))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def _listed(span: Ints, low: Ints, high: Ints, days: Bools) -> tuple[Ints, Ints, Ints]:
    positions = np.flatnonzero(days)
    begin = np.searchsorted(positions, low)
    end = np.searchsorted(positions, high, side="right")
    item, place = expand(np.maximum(end - begin, 0))
    return span[item], positions[begin[item] + place] if len(item) else item, np.zeros(len(item), np.int64)
