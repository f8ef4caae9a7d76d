"""One count: tables and a date in, a ledger out. The steps follow counting.md from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from sheets_sync.ledger import frames, notices, sessions
from sheets_sync.ledger.accounts import Accounts, arrange, fill, gather
from sheets_sync.ledger.belonging import Belonging, Sessions, subtract_assigned
from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar, build_calendar, day_numbers
from sheets_sync.ledger.differs import differences
from sheets_sync.ledger.entries import (
    Entries,
    LogReading,
    Outcome,
    join,
    owe_long_suspensions,
    read_entries,
    span_entries,
)
from sheets_sync.ledger.index import Index, build_index
from sheets_sync.ledger.lines import Lines, build_lines
from sheets_sync.ledger.makeups import MakeUp, Pool, Spent, distinct
from sheets_sync.ledger.matching import Matched, Occurrences, match
from sheets_sync.ledger.occurrences import ScheduleRows, dated, schedule_rows
from sheets_sync.ledger.pieces import Pieces, off_schedule_pieces, session_pieces, together
from sheets_sync.ledger.requirement import (
    Shut,
    once_after_exit,
    required,
    serving,
    shut_sessions,
    would_serve,
)
from sheets_sync.ledger.result import Ledger
from sheets_sync.ledger.rules import Rules
from sheets_sync.ledger.spans import Spans, build_spans
from sheets_sync.ledger.status import Judged, judge, late_to_log, watched_sessions
from sheets_sync.tables import Category, Tables

LOOK_AHEAD = 7
"""Days after today in which a session on no line is an extra service."""


@dataclass(eq=False)
class Count:
    """Everything that one count works out, for the views of it to look at."""

    tables: Tables
    rules: Rules
    calendar: SchoolCalendar
    index: Index
    lines: Lines
    spans: Spans
    rows: ScheduleRows
    pairs: tuple[Ints, Ints]
    occurrences: Occurrences
    on_closed_day: Bools
    unassigned: tuple[Ints, Ints]
    shut: Shut
    log: LogReading
    entries: Entries
    matched: Matched
    off_schedule: Ints
    off_strand: Ints
    absent: Bools
    pieces: Pieces
    accounts: Accounts
    spent: list[Spent]
    makeups_twice: list[tuple[int, int]]
    session_counts: Ints
    not_asked: Ints
    judged: Judged
    differs: list[tuple[str, ...]]


def count(tables: Tables, rules: Rules, today: date) -> Ledger:
    """Count everything that the tables hold, for a run before school on `today` (spec: counting.md).

    Raises nothing: what cannot be counted is a line with a reason, or one of the ledger's problems.
    """
    work = _count(tables, rules, today)
    return Ledger(
        today=today,
        tables=tables,
        calendar=work.calendar,
        lines=frames.lines_frame(work),
        periods=frames.periods_frame(work),
        served=frames.served_frame(work),
        notices=notices.notices(work),
        problems=notices.problems(work),
        make_sessions=partial(sessions.sessions_frame, work),
        make_shut=partial(sessions.shut_frame, work),
    )


def _count(tables: Tables, rules: Rules, today: date) -> Count:
    calendar = build_calendar(tables.calendar, rules, today, _earliest(tables, today))
    index = build_index(tables)
    lines = build_lines(tables, index, calendar)
    spans = build_spans(lines, calendar)
    belonging = Belonging(lines, spans, calendar, index.courses)
    rows = schedule_rows(tables, index, calendar)
    row, day, strand = _sessions_of_rows(rows, lines, spans, belonging, calendar)
    log = read_entries(tables, index, calendar)
    gone = _given_as_makeups(rows, row, day, log.entries)
    row, day, strand = row[~gone], day[~gone], strand[~gone]
    pairs = _pairs(rows, belonging, row, day, strand)
    occurrences, closed, shut = _occurrences(rows, lines, spans, calendar, rules, row, day, strand)
    shut = _with(shut, shut_sessions(lines, spans, rows, pairs, calendar))
    regular = ~closed
    s_open, n_open = _sums(occurrences, regular, spans)
    s_shut = np.bincount(shut.span, weights=rows.minutes[shut.row], minlength=len(spans)).astype(np.int64)
    n_shut = np.bincount(shut.span, minlength=len(spans))
    asked = required(lines, spans, s_open, s_shut, rules)
    subtract_assigned(
        belonging, occurrences.strand[regular], occurrences.day[regular], occurrences.minutes[regular]
    )
    entries, matched = _match(tables, index, calendar, lines, occurrences, regular, log)
    which, minutes, off_strand = _off_schedule(entries, matched, belonging, lines, calendar)
    makeups, decisions, twice, thereby = _pooled(
        entries, matched, occurrences, belonging, lines, rows, calendar
    )
    absent = _absent(tables, index, occurrences, calendar)
    pieces = session_pieces(occurrences, matched, absent, thereby, closed, calendar)
    own = off_strand >= 0
    off = off_schedule_pieces(
        entries, which[own], minutes[own], off_strand[own], spans.at(off_strand[own], entries.day[which[own]])
    )
    pieces = together(pieces, off)
    gathered = gather(pieces, spans)
    asked = once_after_exit(lines, spans, asked, gathered[0], calendar)
    accounts = fill(asked, gathered, pieces, lines)
    served = np.bincount(pairs[1], minlength=len(lines))
    arrange(accounts, lines, spans, served, index.groups, calendar)
    pool = Pool(accounts, lines, spans)
    pool.decide(decisions)
    pool.spend(makeups)
    counts = n_open + n_shut
    watched = watched_sessions(
        occurrences, matched, entries, absent, lines, len(tables.lines), calendar
    )
    late = late_to_log(pieces, lines, spans, rules, calendar)
    judged = judge(lines, spans, accounts, counts, pieces, late, watched, index.groups, calendar)
    differs = differences(
        tables.lines,
        lines,
        spans,
        judged.spans,
        counts,
        rows,
        occurrences,
        shut,
        index,
        tables.staff,
        calendar.school_days_a_week,
    )
    full = lines.full[spans.strand]
    return Count(
        tables=tables,
        rules=rules,
        calendar=calendar,
        index=index,
        lines=lines,
        spans=spans,
        rows=rows,
        pairs=pairs,
        occurrences=occurrences,
        on_closed_day=closed,
        unassigned=(row[strand < 0], day[strand < 0]),
        shut=shut,
        log=log,
        entries=entries,
        matched=matched,
        off_schedule=which,
        off_strand=off_strand,
        absent=absent,
        pieces=pieces,
        accounts=accounts,
        spent=pool.spent,
        makeups_twice=twice,
        session_counts=counts,
        not_asked=np.where(spans.available > 0, np.maximum(full - accounts.required, 0), 0),
        judged=judged,
        differs=differs,
    )


def _earliest(tables: Tables, today: date) -> date | None:
    """The earliest date of Grid, Schedule and Log, not more than ten years back."""
    dates = [
        column.min()
        for column in (tables.lines["start"], tables.schedule["from"], tables.log["date"])
        if column.notna().any()
    ]
    if not dates:
        return None
    return max(min(dates).date(), date(today.year - 10, 1, 1))


def _sessions_of_rows(
    rows: ScheduleRows, lines: Lines, spans: Spans, belonging: Belonging, calendar: SchoolCalendar
) -> tuple[Ints, Ints, Ints]:
    """Return (row, day, strand) of every dated session, strand -1 where it belongs to no line.

    Rows are expanded to the end of the periods in progress of their student and service, at least a week ahead.
    """
    horizon = np.full(belonging.by_course.begin.size, min(calendar.today + LOOK_AHEAD, calendar.size - 1))
    np.maximum.at(horizon, lines.course[spans.strand], spans.end)
    row, day = dated(rows, calendar, horizon[rows.course])
    order = np.lexsort((row, rows.start[row], day)) if len(row) < 100_000 else np.arange(len(row))
    row, day = row[order], day[order]
    strand = belonging.assign(
        Sessions(
            course=rows.course[row],
            day=day,
            group=rows.group[row],
            provider=rows.provider[row],
            esy=rows.esy[row],
            minutes=rows.minutes[row],
            start=rows.start[row],
        ),
        use_up=True,
    )
    first = np.full(len(rows), calendar.size)
    np.minimum.at(first, row[strand >= 0], day[strand >= 0])
    first[first == calendar.size] = 0
    early = (strand < 0) & rows.blank_from[row] & (day < first[row])
    return row[~early], day[~early], strand[~early]


def _given_as_makeups(rows: ScheduleRows, row: Ints, day: Ints, entries: Entries) -> Bools:
    """Tell the sessions of one-day rows at whose time a make-up is logged: they count as that make-up."""
    one_day = rows.from_[row] == rows.to[row]
    own = entries.category == Category.MAKE_UP
    if not one_day.any() or not own.any():
        return np.zeros(len(row), dtype=bool)
    logged = set(
        zip(entries.course[own].tolist(), entries.day[own].tolist(), entries.start[own].tolist(), strict=True)
    )
    gone = np.zeros(len(row), dtype=bool)
    for i in np.flatnonzero(one_day).tolist():
        course, start = int(rows.course[row[i]]), int(rows.start[row[i]])
        gone[i] = any((course, int(day[i]), time) in logged for time in (start, -1))
    return gone


def _pairs(
    rows: ScheduleRows, belonging: Belonging, row: Ints, day: Ints, strand: Ints
) -> tuple[Ints, Ints]:
    """Return the (row, strand) pairs of the rows that serve a line, or would with a session in its dates."""
    served = serving(rows, belonging, row, strand)
    thought = would_serve(rows, belonging, row, day)
    return np.concatenate((served[0], thought[0])), np.concatenate((served[1], thought[1]))


def _occurrences(
    rows: ScheduleRows,
    lines: Lines,
    spans: Spans,
    calendar: SchoolCalendar,
    rules: Rules,
    row: Ints,
    day: Ints,
    strand: Ints,
) -> tuple[Occurrences, Bools, Shut]:
    """Keep the sessions on available days, and where closures are owed those on closed days too (told by the
    second result). Sessions that a short day excuses are returned as shut."""
    open_ = np.where(rows.esy[row], calendar.esy_open[day], calendar.open[day])
    start = rows.start[row]
    short = (start >= 0) & (
        (start + rows.minutes[row] > calendar.dismissal[day]) | (start < calendar.late_start[day])
    )
    owed_closures = rules.closures == "owe"
    excused = short & open_ & (strand >= 0) if rules.short_days == "excuse" else np.zeros(len(row), dtype=bool)
    keep = (strand >= 0) & (open_ | owed_closures) & ~excused
    group = np.where(rows.group[row] >= 0, rows.group[row], np.where(strand >= 0, lines.group[strand], -1))
    occurrences = Occurrences(
        row=row[keep],
        strand=strand[keep],
        course=rows.course[row[keep]],
        student=rows.student[row[keep]],
        day=day[keep],
        start=start[keep],
        minutes=rows.minutes[row[keep]],
        group=group[keep],
        short_day=short[keep],
        span=spans.at(strand[keep], day[keep]),
    )
    out = np.flatnonzero(excused)
    span = spans.at(strand[out], day[out])
    return occurrences, ~open_[keep], Shut(span[span >= 0], day[out][span >= 0], row[out][span >= 0])


def _with(first: Shut, second: Shut) -> Shut:
    return Shut(*(np.concatenate((getattr(first, n), getattr(second, n))) for n in ("span", "day", "row")))


def _sums(occurrences: Occurrences, regular: Bools, spans: Spans) -> tuple[Ints, Ints]:
    """Return S_open and the number of sessions on available days, by period."""
    own = (occurrences.span >= 0) & regular
    span = occurrences.span[own]
    minutes = np.bincount(span, weights=occurrences.minutes[own], minlength=len(spans))
    return minutes.astype(np.int64), np.bincount(span, minlength=len(spans))


def _match(
    tables: Tables,
    index: Index,
    calendar: SchoolCalendar,
    lines: Lines,
    occurrences: Occurrences,
    regular: Bools,
    log: LogReading,
) -> tuple[Entries, Matched]:
    entries = log.entries
    if len(log.spans):
        held = np.flatnonzero(regular)
        sessions_ = (
            occurrences.course[held],
            occurrences.day[held],
            occurrences.start[held],
            occurrences.group[held],
        )
        entries = join(entries, span_entries(tables, index, calendar, log.spans, sessions_))
    owe_long_suspensions(entries, tables, index, log.spans, calendar)
    if regular.all():
        return entries, match(occurrences, entries, lines, index.courses, calendar.size)
    return entries, _match_regular(occurrences, regular, entries, lines, index, calendar)


def _match_regular(
    occurrences: Occurrences,
    regular: Bools,
    entries: Entries,
    lines: Lines,
    index: Index,
    calendar: SchoolCalendar,
) -> Matched:
    """Match only occurrences on available days; the others have no entry."""
    held = np.flatnonzero(regular)
    fields = {name: getattr(occurrences, name)[held] for name in Occurrences.__dataclass_fields__}
    part = match(Occurrences(**fields), entries, lines, index.courses, calendar.size)
    size = len(occurrences)
    whole = Matched(
        entry=np.full(size, -1, dtype=np.int64),
        outcome=np.zeros(size, dtype=np.int64),
        minutes=np.full(size, -1, dtype=np.int64),
        more={int(held[o]): others for o, others in part.more.items()},
        off_schedule=part.off_schedule,
        off_minutes=part.off_minutes,
        pooled=part.pooled,
        missed_nothing=part.missed_nothing,
        doubles=part.doubles,
    )
    whole.entry[held], whole.outcome[held], whole.minutes[held] = part.entry, part.outcome, part.minutes
    return whole


def _line_for(
    belonging: Belonging, calendar: SchoolCalendar, entries: Entries, which: Ints, day: Ints
) -> Ints:
    """Return the line to which an occurrence on the day would belong: in an ESY window an ESY line first."""
    esy = calendar.in_window(day)
    found = np.full(len(which), -1, dtype=np.int64)
    for flag in (esy, ~esy):
        missing = np.flatnonzero(found < 0)
        own = which[missing]
        found[missing] = belonging.assign(
            Sessions(
                course=entries.course[own],
                day=day[missing],
                group=entries.group[own],
                provider=entries.provider[own],
                esy=flag[missing],
                minutes=entries.minutes[own],
                start=entries.start[own],
            ),
            use_up=False,
        )
    return found


def _off_schedule(
    entries: Entries, matched: Matched, belonging: Belonging, lines: Lines, calendar: SchoolCalendar
) -> tuple[Ints, Ints, Ints]:
    """Return (entry, minutes, strand) of delivered entries without a session; blank minutes are the line's
    session length, 0 without one."""
    which = np.array(matched.off_schedule, dtype=np.int64)
    if not len(which):
        return which, which, which
    which = np.unique(which)
    strand = _line_for(belonging, calendar, entries, which, entries.day[which])
    minutes = np.array(
        [matched.off_minutes.get(e, m) for e, m in zip(which.tolist(), entries.minutes[which].tolist(), strict=True)],
        dtype=np.int64,
    )
    length = np.where(strand >= 0, lines.minutes[strand], 0) if len(lines) else np.zeros(len(which), int)
    return which, np.where(minutes >= 0, minutes, length), strand


def _pooled(
    entries: Entries,
    matched: Matched,
    occurrences: Occurrences,
    belonging: Belonging,
    lines: Lines,
    rows: ScheduleRows,
    calendar: SchoolCalendar,
) -> tuple[list[MakeUp], list[MakeUp], list[tuple[int, int]], Bools]:
    """Return make-ups, pooled team decisions, make-ups logged twice, and which occurrences a make-up names."""
    thereby = np.zeros(len(occurrences), dtype=bool)
    which = np.flatnonzero((entries.category == Category.MAKE_UP) & (entries.course >= 0))
    decided = np.array(sorted(matched.pooled), dtype=np.int64)
    decision_strand = _line_for(belonging, calendar, entries, decided, entries.day[decided])
    decisions = [
        MakeUp(int(e), int(s), int(entries.day[e]), int(entries.minutes[e]), -1)
        for e, s in zip(decided.tolist(), decision_strand.tolist(), strict=True)
        if s >= 0 and entries.minutes[e] > 0
    ]
    if not len(which):
        return [], decisions, [], thereby
    named = entries.makeup_for[which]
    held = _SessionsByDate(occurrences)
    strand = _line_for(belonging, calendar, entries, which, np.where(named >= 0, named, entries.day[which]))
    minutes = entries.minutes[which].copy()
    for i, entry in enumerate(which.tolist()):
        session = -1
        if named[i] >= 0:
            session = held.missed(entries, entry, matched)
            if session >= 0:
                strand[i] = occurrences.strand[session]
                thereby[session] |= matched.entry[session] < 0
        if strand[i] < 0:
            strand[i] = _own_or_last(belonging, calendar, lines, entries, entry)
        if minutes[i] < 0:
            minutes[i] = occurrences.minutes[session] if session >= 0 else lines.minutes[strand[i]]
    places, twice = distinct(entries, which, minutes)
    makeups = [
        MakeUp(int(which[p]), int(strand[p]), int(entries.day[which[p]]), int(minutes[p]), int(named[p]))
        for p in places
    ]
    return makeups, decisions, twice, thereby


class _SessionsByDate:
    """Finds the session that a make-up is for."""

    def __init__(self, occurrences: Occurrences) -> None:
        self.occurrences = occurrences
        self._keys = occurrences.course * (1 << 20) + occurrences.day
        self._order = np.argsort(self._keys, kind="stable")
        self._sorted = self._keys[self._order]
        self._taken: set[int] = set()

    def missed(self, entries: Entries, entry: int, matched: Matched) -> int:
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

        best = min(found, key=order)
        self._taken.add(best)
        return best


def _own_or_last(
    belonging: Belonging, calendar: SchoolCalendar, lines: Lines, entries: Entries, entry: int
) -> int:
    """The line to which a session on the make-up's own date would belong, else the one that ended last."""
    one = np.array([entry])
    found = int(_line_for(belonging, calendar, entries, one, entries.day[one])[0])
    if found >= 0:
        return found
    course = int(entries.course[entry])
    own = belonging.by_course.order[belonging.by_course.begin[course] : belonging.by_course.begin[course + 1]]
    return max(own.tolist(), key=lambda s: (int(lines.own_end[s]), -s))


def _absent(tables: Tables, index: Index, occurrences: Occurrences, calendar: SchoolCalendar) -> Bools:
    """Tell the occurrences on days on which the Attendance tab has the student absent."""
    table = tables.attendance[tables.attendance["kind"] == "absent"]
    if not len(table):
        return np.zeros(len(occurrences), dtype=bool)
    keys = index.student(table["student"]) * (1 << 20) + calendar.positions(day_numbers(table["date"]), 0)
    return np.isin(occurrences.student * (1 << 20) + occurrences.day, keys)
