"""The status of each line: the first that applies (counting.md, "Status of a line")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.accounts import CONSULTATION, Accounts
from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.entries import Entries
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.matching import Matched
from sheets_sync.ledger.occurrences import Occurrences
from sheets_sync.ledger.pieces import NOT_LOGGED, Pieces
from sheets_sync.ledger.result import Status
from sheets_sync.ledger.rules import Rules
from sheets_sync.ledger.spans import Spans
from sheets_sync.tables import Category

WATCH_DAYS = 20
WATCH_MISSED = 3
WATCH_REFUSED = 2
MISSED = (
    Category.STUDENT_ABSENT,
    Category.STUDENT_REFUSED,
    Category.STUDENT_UNAVAILABLE,
    Category.SUSPENDED,
)


@dataclass(frozen=True, eq=False)
class Judged:
    """By line of the grid. `spans` tells the periods that are judged: the period in progress, or where it
    requires nothing the last one that required something (`in_break`)."""

    over: Bools
    spans: Bools
    in_break: Bools
    not_scheduled: Ints
    sessions: Ints
    behind: Ints
    missed: Ints
    refused: Ints
    watch: Bools
    unlogged: Bools


def judge(
    lines: Lines,
    spans: Spans,
    accounts: Accounts,
    session_counts: Ints,
    late_spans: Bools,
    watched: tuple[Ints, Ints],
    groups: list[str],
    calendar: SchoolCalendar,
) -> Judged:
    """Bring together what the statuses ask for. `session_counts` are sessions a period, closed days included;
    `late_spans` periods with a session not logged past the grace days; `watched` (missed, refused), by line.
    """
    count = int(lines.line.max()) + 1 if len(lines) else 0
    of = lines.line[spans.strand]
    end = np.zeros(count, dtype=np.int64)
    np.maximum.at(end, lines.line, lines.own_end)
    over = end < calendar.today
    judged, in_break = _judged_spans(spans, accounts, of, count)
    behind = accounts.owed + np.where(spans.ended, accounts.not_scheduled, 0)

    def by_line(values: Ints) -> Ints:
        return np.bincount(of, weights=values, minlength=count).astype(np.int64)

    consult = groups.index(CONSULTATION) if CONSULTATION in groups else -2
    late = (accounts.not_logged > 0) & (
        late_spans | (spans.ended & (lines.group[spans.strand] == consult)) | over[of]
    )
    missed, refused = watched
    watch = ((missed >= WATCH_MISSED) | (refused >= WATCH_REFUSED)) & ~over & ~in_break
    return Judged(
        over=over,
        spans=judged,
        in_break=in_break,
        not_scheduled=by_line(np.where(judged & ~over[of], accounts.not_scheduled, 0)),
        sessions=by_line(np.where(judged, session_counts, 0)),
        behind=by_line(behind),
        missed=missed,
        refused=refused,
        watch=watch,
        unlogged=by_line(late) > 0,
    )


def _judged_spans(spans: Spans, accounts: Accounts, of: Ints, count: int) -> tuple[Bools, Bools]:
    running = ~spans.ended & (accounts.required > 0)
    has_running = np.bincount(of[running], minlength=count) > 0
    asked = accounts.required > 0
    last = np.full(count, -1, dtype=np.int64)
    np.maximum.at(last, of[asked], spans.start[asked])
    fallback = asked & ~has_running[of] & (spans.start == last[of])
    return running | fallback, ~has_running


def late_to_log(pieces: Pieces, lines: Lines, spans: Spans, rules: Rules, calendar: SchoolCalendar) -> Bools:
    """Tell which periods hold a session without an entry with more than the grace days, open ones, between
    it and today."""
    own = np.flatnonzero((pieces.account == NOT_LOGGED) & (pieces.span >= 0))
    day = pieces.day[own]
    ordinary = calendar.open_before[calendar.today] - calendar.open_before[day + 1]
    esy = calendar.esy_before[calendar.today] - calendar.esy_before[day + 1]
    between = np.where(lines.esy[pieces.strand[own]], esy, ordinary)
    out = np.zeros(len(spans), dtype=bool)
    out[pieces.span[own[between > rules.log_grace_days]]] = True
    return out


def watched_sessions(
    occurrences: Occurrences,
    matched: Matched,
    entries: Entries,
    absent: Bools,
    lines: Lines,
    count: int,
    calendar: SchoolCalendar,
) -> tuple[Ints, Ints]:
    """Count the sessions that the student missed, and refused, in the last 20 open days before today."""
    recent = occurrences.day < calendar.today
    for esy, open_days in ((False, calendar.open), (True, calendar.esy_open)):
        before = np.flatnonzero(open_days[: calendar.today])
        low = int(before[max(len(before) - WATCH_DAYS, 0)]) if len(before) else calendar.today
        recent &= (lines.esy[occurrences.strand] != esy) | (occurrences.day >= low)
    own = np.flatnonzero(recent)
    entry = matched.entry[own]
    category = np.where(entry >= 0, entries.category[np.maximum(entry, 0)], -1) if len(entries) else entry
    missed = np.isin(category, [int(c) for c in MISSED]) | ((entry < 0) & absent[own])
    refused = category == int(Category.STUDENT_REFUSED)
    line = lines.line[occurrences.strand[own]]
    return (
        np.bincount(line[missed], minlength=count),
        np.bincount(line[refused], minlength=count),
    )


def statuses(
    judged: Judged,
    reasons: tuple[str, ...],
    as_needed: Bools,
    not_started: Bools,
    not_logged: Ints,
    differs: Bools,
    rules: Rules,
) -> list[str]:
    """Return the first status that applies to each line."""
    owed = judged.behind >= rules.min_behind
    unscheduled = judged.not_scheduled > 0
    tests = (
        (Status.CHECK_DATA, np.array([bool(reason) for reason in reasons], dtype=bool)),
        (Status.AS_NEEDED, as_needed),
        (Status.NOT_STARTED, not_started),
        (Status.ENDED, judged.over & ~owed & (not_logged == 0)),
        (Status.NOT_SCHEDULED, unscheduled & (judged.sessions == 0)),
        (Status.MAKE_UP_OWED, owed),
        (Status.PARTLY_SCHEDULED, unscheduled),
        (Status.NOT_LOGGED, judged.unlogged),
        (Status.SCHEDULE_DIFFERS, differs & ~judged.over),
        (Status.WATCH, judged.watch),
    )
    chosen = np.select([test for _, test in tests], list(range(len(tests))), len(tests))
    words = [*(str(status) for status, _ in tests), str(Status.ON_TRACK)]
    return [words[i] for i in chosen.tolist()]
