"""The dated sessions of Schedule rows, each with the line to which it belongs (counting.md, "Schedule")."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sheets_sync.ledger.belonging import Belonging, Sessions
from sheets_sync.ledger.calendars import NO_DISMISSAL, Bools, Ints, SchoolCalendar
from sheets_sync.ledger.entries import Entries, Outcome, is_given
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.occurrences import Occurrences, ScheduleRows, dated
from sheets_sync.ledger.requirement import Shut
from sheets_sync.ledger.rules import Rules
from sheets_sync.ledger.spans import Spans
from sheets_sync.tables import Category

LOOK_AHEAD = 7
"""Days after today in which a session on no line is an extra service."""


def horizons(lines: Lines, spans: Spans, belonging: Belonging, calendar: SchoolCalendar) -> Ints:
    """How far each course is looked at: to the end of its periods in progress, a week ahead at least; to the
    last day of school, or of its ESY windows, where several lines compete, as a row serves a line also by
    sessions far ahead. One more entry stands for rows of no course (-1)."""
    horizon = np.full(belonging.by_course.begin.size, min(calendar.today + LOOK_AHEAD, calendar.size - 1))
    np.maximum.at(horizon, lines.course[spans.strand], spans.end)
    several = np.flatnonzero(belonging.by_course.counts > 1)
    end = max([calendar.last, *(window[1] for window in calendar.windows)])
    horizon[several] = np.maximum(horizon[several], end)
    return horizon


def sessions_of_rows(
    rows: ScheduleRows, horizon: Ints, belonging: Belonging, calendar: SchoolCalendar
) -> tuple[Ints, Ints, Ints]:
    """Return (row, day, strand) of every dated session up to the horizon, strand -1 where it belongs to no
    line."""
    row, day = dated(rows, calendar, horizon[rows.course])
    order = np.argsort(row, kind="stable")
    row, day = row[order], day[order]
    strand, several = belonging.assign_plain(rows.course[row], day, rows.esy[row])
    own = row[several]
    strand[several] = belonging.assign(
        Sessions(
            course=rows.course[own],
            day=day[several],
            group=rows.group[own],
            provider=rows.provider[own],
            esy=rows.esy[own],
            minutes=rows.minutes[own],
            start=rows.start[own],
        ),
        use_up=True,
    )
    first = np.full(len(rows), calendar.size)
    np.minimum.at(first, row[strand >= 0], day[strand >= 0])
    waits = first == calendar.size
    first[waits] = _first_start(rows, belonging.lines)[waits]
    early = (strand < 0) & rows.blank_from[row] & (day < first[row])
    return row[~early], day[~early], strand[~early]


def _first_start(rows: ScheduleRows, lines: Lines) -> Ints:
    """Return by row the start of the earliest line that it could serve, 0 where there is none: a row entered
    before its line begins waits for it."""
    never = np.iinfo(np.int64).max
    first = np.full((max([-1, *rows.course.tolist(), *lines.course.tolist()]) + 2, 2), never)
    np.minimum.at(first, (lines.course, lines.esy.astype(np.int64)), lines.own_start)
    found = first[rows.course, rows.esy.astype(np.int64)]
    return np.where((rows.course < 0) | (found == never), 0, found)


def begun_with_their_lines(rows: ScheduleRows, lines: Lines, row: Ints, strand: Ints) -> ScheduleRows:
    """A row with a blank From runs from the start of the first line that it serves."""
    own = strand >= 0
    first = np.full(len(rows), np.iinfo(np.int64).max)
    served = np.zeros(len(rows), dtype=bool)
    served[row[own]] = True
    np.minimum.at(first, row[own], lines.own_start[strand[own]])
    return replace(rows, from_=np.where(rows.blank_from & served, first, rows.from_))


def pool_entries_of_makeup_rows(rows: ScheduleRows, row: Ints, day: Ints, entries: Entries) -> None:
    """Make make-ups of the delivered entries of rows marked make-up: those of the row's day and start, and
    those without a start on a day on which the student has no other session of the service."""
    taken = set(zip(rows.course[row].tolist(), day.tolist(), strict=True)) if rows.makeup.any() else set()
    for r in np.flatnonzero(rows.makeup & (rows.course >= 0)).tolist():
        own = np.flatnonzero((entries.course == rows.course[r]) & is_given(entries.outcome))
        days = entries.day[own]
        own = own[
            rows.pattern_on(np.full(len(own), r), days) & (days >= rows.from_[r]) & (days <= rows.to[r])
        ]
        for entry in own.tolist():
            start = int(entries.start[entry])
            alone = (int(rows.course[r]), int(entries.day[entry])) not in taken
            if start == rows.start[r] or (start < 0 and alone):
                entries.category[entry], entries.outcome[entry] = Category.MAKE_UP, Outcome.MAKE_UP


def given_as_makeups(rows: ScheduleRows, row: Ints, day: Ints, entries: Entries) -> Bools:
    """Tell the sessions of one-day rows at whose time a make-up is logged (or one without a time): they count
    as that make-up, whose blank minutes are the row's."""
    one_day = np.flatnonzero(rows.from_[row] == rows.to[row])
    own = np.flatnonzero(entries.category == Category.MAKE_UP)
    gone = np.zeros(len(row), dtype=bool)
    logged: dict[tuple[int, int, int], int] = {}
    for entry in own.tolist() if len(one_day) else ():
        key = (int(entries.course[entry]), int(entries.day[entry]), int(entries.start[entry]))
        logged.setdefault(key, entry)
    for i in one_day.tolist() if logged else ():
        course, start = int(rows.course[row[i]]), int(rows.start[row[i]])
        found = [logged[key] for t in (start, -1) if (key := (course, int(day[i]), t)) in logged]
        gone[i] = bool(found)
        if found and entries.minutes[found[0]] < 0:
            entries.minutes[found[0]] = rows.minutes[row[i]]
    return gone


def on_available_days(
    rows: ScheduleRows,
    lines: Lines,
    calendar: SchoolCalendar,
    rules: Rules,
    sessions: tuple[Ints, Ints, Ints, Ints],
) -> tuple[Occurrences, Shut]:
    """Keep of `sessions` (row, day, strand, period) those on available days, where closures are owed those
    on closed days too. Sessions that a short day excuses are returned as shut."""
    row, day, strand, span = sessions
    open_ = calendar.open[day]
    if rows.esy.any():
        open_ = np.where(rows.esy[row], calendar.esy_open[day], open_)
    short = _on_short_days(rows, calendar, row, day)
    excused = short & open_ & (strand >= 0) & (rules.short_days == "excuse")
    available = open_ & ~excused
    kept = np.flatnonzero((strand >= 0) & (available | (rules.closures == "owe")))
    held, line = row[kept], strand[kept]
    group = rows.group[held]
    occurrences = Occurrences(
        row=held,
        strand=line,
        course=rows.course[held],
        student=rows.student[held],
        day=day[kept],
        start=rows.start[held],
        minutes=rows.minutes[held],
        group=np.where(group >= 0, group, lines.group[line]) if len(lines) else group,
        short_day=short[kept],
        on_closed_day=~available[kept],
        span=span[kept],
    )
    shut = np.flatnonzero(excused & (span >= 0))
    return occurrences, Shut(span[shut], day[shut], row[shut])


def _on_short_days(rows: ScheduleRows, calendar: SchoolCalendar, row: Ints, day: Ints) -> Bools:
    """Tell the sessions that end after an early dismissal, or begin before a late start."""
    short = np.zeros(len(row), dtype=bool)
    shortened = (calendar.dismissal < NO_DISMISSAL) | (calendar.late_start >= 0)
    own = np.flatnonzero(shortened[day])
    start, end = rows.start[row[own]], rows.start[row[own]] + rows.minutes[row[own]]
    cut = (end > calendar.dismissal[day[own]]) | (start < calendar.late_start[day[own]])
    short[own] = (start >= 0) & cut
    return short


def scheduled(occurrences: Occurrences, spans: Spans) -> tuple[Ints, Ints]:
    """Return S_open and the number of sessions on available days, by period."""
    own = (occurrences.span >= 0) & ~occurrences.on_closed_day
    span = occurrences.span[own]
    minutes = np.bincount(span, weights=occurrences.minutes[own], minlength=len(spans))
    return minutes.astype(np.int64), np.bincount(span, minlength=len(spans))
