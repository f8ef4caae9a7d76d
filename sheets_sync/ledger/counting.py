"""One count: tables and a date in, a ledger out. The stages follow counting.md from top to bottom."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np

from sheets_sync.ledger import frames, listed, notices, sessions
from sheets_sync.ledger.accounts import arrange, fill, gather
from sheets_sync.ledger.attendance import absent_on
from sheets_sync.ledger.available import (
    begun_with_their_lines,
    given_as_makeups,
    horizons,
    on_available_days,
    pool_entries_of_makeup_rows,
    scheduled,
    sessions_of_rows,
)
from sheets_sync.ledger.belonging import Belonging, subtract_assigned
from sheets_sync.ledger.calendars import build_calendar
from sheets_sync.ledger.differs import differences
from sheets_sync.ledger.entries import join, owe_long_suspensions, read_entries, span_entries
from sheets_sync.ledger.index import build_index
from sheets_sync.ledger.lines import build_lines
from sheets_sync.ledger.makeup_pool import pooled
from sheets_sync.ledger.makeups import Pool
from sheets_sync.ledger.matching import match
from sheets_sync.ledger.occurrences import schedule_rows
from sheets_sync.ledger.off_schedule import off_schedule
from sheets_sync.ledger.pieces import DELIVERED, off_schedule_pieces, session_pieces, together
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
from sheets_sync.ledger.spans import build_spans
from sheets_sync.ledger.stages import Count, Ground, Planned, Told
from sheets_sync.ledger.status import judge, late_to_log, watched_sessions
from sheets_sync.tables import Tables

FARTHEST_YEARS = 10
"""Without a Calendar, dates further back are taken for typing errors."""


def count(tables: Tables, rules: Rules, today: date) -> Ledger:
    """Count everything that the tables hold, for a run before school on `today` (spec: counting.md).

    Raises nothing: what cannot be counted is a line with a reason, or one of the ledger's problems.
    """
    work = _settle(_listen(_plan(_survey(tables, rules, today))))
    return Ledger(
        today=today,
        tables=tables,
        calendar=work.calendar,
        lines=frames.lines_frame(work),
        periods=frames.periods_frame(work),
        served=frames.served_frame(work),
        notices=notices.notices(work),
        problems=listed.problems(work),
        make_sessions=partial(sessions.sessions_frame, work),
        make_shut=partial(sessions.shut_frame, work),
    )


def _survey(tables: Tables, rules: Rules, today: date) -> Ground:
    calendar = build_calendar(tables.calendar, rules, today, _earliest(tables, today))
    index = build_index(tables)
    lines = build_lines(tables, index, calendar)
    spans = build_spans(lines, calendar)
    return Ground(
        tables=tables,
        rules=rules,
        calendar=calendar,
        index=index,
        lines=lines,
        spans=spans,
        belonging=Belonging(lines, spans, calendar, index.courses),
        log=read_entries(tables, index, calendar),
    )


def _earliest(tables: Tables, today: date) -> date | None:
    grid, schedule = tables.lines, tables.schedule
    columns = [grid["start"], grid["end"], schedule["from"], schedule["to"], tables.log["date"]]
    if tables.calendar is not None:
        columns.append(tables.calendar["date"])
    dates: list[date] = [column.min().date() for column in columns if column.notna().any()]
    dates += [tables.earliest_away] if tables.earliest_away else []
    return max(min(dates), date(today.year - FARTHEST_YEARS, 1, 1)) if dates else None


def _plan(ground: Ground) -> Planned:
    lines, spans, calendar, belonging = ground.lines, ground.spans, ground.calendar, ground.belonging
    rows = schedule_rows(ground.tables, ground.index, calendar)
    horizon = horizons(lines, spans, belonging, calendar)
    row, day, strand = sessions_of_rows(rows, horizon, belonging, calendar)
    assigned = strand >= 0
    pool_entries_of_makeup_rows(rows, row[assigned], day[assigned], ground.log.entries)
    kept = ~given_as_makeups(rows, row, day, ground.log.entries)
    row, day, strand = row[kept], day[kept], strand[kept]
    rows = begun_with_their_lines(rows, lines, row, strand)
    served = serving(belonging, row, strand)
    thought = would_serve(rows, belonging, row, day, served)
    pairs = (np.concatenate((served[0], thought[0])), np.concatenate((served[1], thought[1])))
    held = spans.at(strand, day)
    occurrences, excused = on_available_days(rows, lines, calendar, ground.rules, (row, day, strand, held))
    shut = shut_sessions(lines, spans, rows, pairs, calendar)
    shut = Shut(
        span=np.concatenate((excused.span, shut.span)),
        day=np.concatenate((excused.day, shut.day)),
        row=np.concatenate((excused.row, shut.row)),
    )
    s_open, n_open = scheduled(occurrences, spans)
    s_shut = np.bincount(shut.span, weights=rows.minutes[shut.row], minlength=len(spans)).astype(np.int64)
    serves = np.isin(shut.row * len(lines) + spans.strand[shut.span], served[0] * len(lines) + served[1])
    n_shut = np.bincount(shut.span[serves], minlength=len(spans))
    subtract_assigned(belonging, held, rows.minutes[row])
    return Planned(
        **vars(ground),
        rows=rows,
        pairs=pairs,
        occurrences=occurrences,
        unassigned=(row[strand < 0], day[strand < 0]),
        shut=shut,
        shut_serves=serves,
        session_counts=n_open + n_shut,
        sessions_held=np.bincount(held[held >= 0], minlength=len(spans)),
        asked=required(lines, spans, s_open, s_shut, ground.rules),
    )


def _listen(planned: Planned) -> Told:
    tables, index, calendar = planned.tables, planned.index, planned.calendar
    lines, spans, belonging = planned.lines, planned.spans, planned.belonging
    occurrences, log = planned.occurrences, planned.log
    entries = log.entries
    if len(log.spans):
        entries = join(entries, span_entries(tables, index, calendar, log.spans, occurrences))
    owe_long_suspensions(entries, tables, index, log, calendar)
    matched = match(occurrences, entries, lines, index.courses, calendar)
    which, minutes, strand = off_schedule(entries, matched, belonging, lines, calendar)
    pool = pooled(entries, matched, occurrences, belonging, lines, calendar)
    absent = absent_on(tables, index, occurrences.student, occurrences.day, calendar)
    pieces = session_pieces(occurrences, matched, absent, pool.thereby_owed, calendar)
    own = strand >= 0
    span = spans.at(strand[own], entries.day[which[own]])
    pieces = together(pieces, off_schedule_pieces(entries, which[own], minutes[own], strand[own], span))
    return Told(
        **vars(planned),
        entries=entries,
        matched=matched,
        off_schedule=which,
        off_strand=strand,
        pooled=pool,
        absent=absent,
        pieces=pieces,
    )


def _settle(told: Told) -> Count:
    lines, spans, calendar, groups = told.lines, told.spans, told.calendar, told.index.groups
    gathered = gather(told.pieces, spans)
    asked = once_after_exit(lines, spans, told.asked, gathered[DELIVERED], calendar)
    accounts = fill(asked, gathered, told.pieces, lines)
    arrange(accounts, lines, spans, np.bincount(told.pairs[1], minlength=len(lines)), groups, calendar)
    pool = Pool(accounts, lines, spans)
    pool.decide(told.pooled.decisions)
    pool.spend(told.pooled.makeups)
    late = late_to_log(told.pieces, lines, spans, told.rules, calendar)
    watched = watched_sessions(
        told.occurrences, told.matched, told.entries, told.absent, lines, len(told.tables.lines), calendar
    )
    judged = judge(lines, spans, accounts, told.sessions_held, late, watched, groups, calendar)
    differs = differences(
        told.tables,
        lines,
        spans,
        judged.spans,
        told.session_counts,
        told.rows,
        told.occurrences,
        told.shut.of(told.shut_serves),
        told.index,
        calendar.school_days_a_week,
    )
    return Count(
        **vars(told),
        accounts=accounts,
        spent=pool.spent,
        not_asked=np.where(spans.available > 0, np.maximum(lines.full[spans.strand] - asked, 0), 0),
        judged=judged,
        differs=differs,
    )
