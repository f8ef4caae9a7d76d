"""The tables of the ledger, made of what the count worked out (ledger/result.py has their columns)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sheets_sync.ledger.calendars import Ints, day_numbers
from sheets_sync.ledger.pieces import DELIVERED, UPCOMING
from sheets_sync.ledger.result import ACCOUNTS, FIGURES
from sheets_sync.ledger.stages import Count
from sheets_sync.ledger.status import statuses

NEVER = -1


def periods_frame(work: Count) -> pd.DataFrame:
    spans, accounts, calendar = work.spans, work.accounts, work.calendar
    strand = spans.strand
    s_open = np.bincount(
        work.occurrences.span[work.occurrences.span >= 0],
        weights=work.occurrences.minutes[work.occurrences.span >= 0],
        minlength=len(spans),
    )
    s_shut = np.bincount(work.shut.span, weights=work.rows.minutes[work.shut.row], minlength=len(spans))
    return pd.DataFrame(
        {
            "line": work.lines.line[strand],
            "start": calendar.dates(spans.start),
            "end": calendar.dates(spans.end),
            "full": work.lines.full[strand],
            "available": spans.available,
            "days": spans.days,
            "scheduled": s_open.astype(np.int64),
            "shut": s_shut.astype(np.int64),
            "required": accounts.required,
            **{name: getattr(accounts, name) for name in ACCOUNTS},
            "extra": accounts.extra,
            "not_asked": work.not_asked,
            "ended": spans.ended,
            "in_progress": ~spans.ended,
        },
        copy=False,
    )


def served_frame(work: Count) -> pd.DataFrame:
    """Which rows serve which lines, or would; without the pairs of a line with itself as an ESY line."""
    line, row = work.lines.line[work.pairs[1]], work.pairs[0]
    return pd.DataFrame({"line": line, "schedule": row}).drop_duplicates(ignore_index=True)


def lines_frame(work: Count) -> pd.DataFrame:
    grid, lines, calendar = work.tables.lines, work.lines, work.calendar
    figures = _figures(work)
    countable = np.array([not reason for reason in lines.reasons], dtype=bool)
    started = day_numbers(grid["start"]) - calendar.base > calendar.today
    not_started = started | ((figures["required"] == 0) & ~work.judged.over)
    status = statuses(
        work.judged,
        lines.reasons,
        (grid["period"] == "as_needed").to_numpy(bool),
        not_started,
        figures["not_logged"],
        np.array([bool(found) for found in work.differs], dtype=bool),
        work.rules,
    )
    next_day, next_start = _next(work)
    rows = grid["row"].tolist()
    own = _own_dates(work)
    frame = {
        "row": rows,
        "cell": [work.tables.at("Service Grid", row) for row in rows],
        **{
            name: grid[name].astype("object").fillna("")
            for name in ("student", "service", "group", "provider")
        },
        "setting": grid["setting"],
        "status": status,
        "reason": list(lines.reasons),
        **{name: grid[name] for name in ("sessions", "minutes", "total", "period", "n", "esy")},
        "start": own[0],
        "end": own[1],
        **{name: pd.array(np.where(countable, figures[name], 0), dtype="Int64") for name in FIGURES},
        "percent": _percent(work, figures),
        "watch": work.judged.watch,
        "over": work.judged.over,
        "last_session": calendar.dates(_last(work)),
        "next_session": calendar.dates(next_day),
        "next_start": next_start,
        "differs": pd.Series(work.differs, dtype="object"),
        "missed_watch": work.judged.missed,
        "refused_watch": work.judged.refused,
        "held": False,
    }
    out = pd.DataFrame(frame)
    if not countable.all():
        out.loc[~countable, list(FIGURES)] = pd.NA
    return out


def _by_line(work: Count, values: Ints) -> Ints:
    """Add up by line; periods stand strand after strand, so that running sums tell."""
    spans = work.spans
    before = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    by_strand = before[spans.first + spans.count] - before[spans.first]
    sums = np.zeros(len(work.tables.lines), dtype=np.int64)
    np.add.at(sums, work.lines.line, by_strand)
    return sums


def _figures(work: Count) -> dict[str, Ints]:
    accounts = work.accounts
    out = {name: _by_line(work, getattr(accounts, name)) for name in ("required", *ACCOUNTS, "extra")}
    outside = np.bincount(work.lines.line, weights=accounts.extra_outside, minlength=len(work.tables.lines))
    out["extra"] = out["extra"] + outside.astype(np.int64)
    out["behind"] = work.judged.behind
    out["not_asked"] = _by_line(work, work.not_asked)
    return out


def _percent(work: Count, figures: dict[str, Ints]) -> pd.Series:
    """(delivered + made up) / (required - excused - upcoming - not scheduled of the period in progress)."""
    running = _by_line(work, np.where(work.spans.ended, 0, work.accounts.not_scheduled))
    divisor = figures["required"] - figures["excused"] - figures["upcoming"] - running
    given = figures["delivered"] + figures["made_up"]
    tenths = (2000 * given + divisor) // np.maximum(2 * divisor, 1)
    return pd.Series(np.where(divisor > 0, tenths / 10, np.nan)).astype("Float64")


def _own_dates(work: Count) -> tuple[Ints, Ints]:
    """Start and end of each line after the cuts; NaT where there is none."""
    lines, calendar = work.lines, work.calendar
    count = len(work.tables.lines)
    start, end = np.full(count, NEVER), np.full(count, NEVER)
    start[lines.line], end[lines.line] = lines.own_start, lines.own_end
    start[start == 0] = NEVER
    end[end == calendar.size - 1] = NEVER
    return calendar.dates(start), calendar.dates(end)  # type: ignore[return-value]


def _last(work: Count) -> Ints:
    last = np.full(len(work.tables.lines), NEVER)
    given = (work.pieces.account == DELIVERED) & (work.pieces.minutes > 0)
    np.maximum.at(last, work.lines.line[work.pieces.strand[given]], work.pieces.day[given])
    for one in work.spent:
        if not one.decided:
            line = work.lines.line[one.strand]
            last[line] = max(last[line], int(work.entries.day[one.entry]))
    return last


def _next(work: Count) -> tuple[Ints, Ints]:
    """The next session of each line that has no entry yet: (position, start)."""
    lines, count = work.lines, len(work.tables.lines)
    day, start = np.full(count, NEVER), np.full(count, -1)
    own = np.flatnonzero((work.pieces.account == UPCOMING) & (work.pieces.occurrence >= 0))
    held = work.pieces.occurrence[own]
    open_ = ~work.occurrences.on_closed_day[held]
    held = held[open_]
    order = np.lexsort((-work.occurrences.start[held], -work.occurrences.day[held]))
    line = lines.line[work.occurrences.strand[held[order]]]
    day[line], start[line] = work.occurrences.day[held[order]], work.occurrences.start[held[order]]
    _look_further(work, day, start)
    _look_at_makeup_rows(work, day, start)
    return day, start


def _look_further(work: Count, day: Ints, start: Ints) -> None:
    """Where no session lies in the periods in progress (a break), look on along the rows of a line."""
    calendar, lines, rows = work.calendar, work.lines, work.rows
    row, strand = work.pairs
    wanted = day[lines.line[strand]] == NEVER
    row, strand = row[wanted], strand[wanted]
    for position in range(calendar.today, calendar.size):
        if not len(row):
            return
        if not (calendar.open[position] or calendar.esy_open[position]):
            continue
        days = np.full(len(row), position)
        on = rows.pattern_on(row, days) & (rows.from_[row] <= position) & (rows.to[row] >= position)
        on &= (lines.start[strand] <= position) & (lines.end[strand] >= position)
        on &= np.where(lines.esy[strand], calendar.esy_open[position], calendar.open[position])
        for r, line in zip(row[on].tolist(), lines.line[strand[on]].tolist(), strict=True):
            if position == calendar.today and day[line] == NEVER:
                continue
            if day[line] == NEVER or (day[line] == position and rows.start[r] < start[line]):
                day[line], start[line] = position, int(rows.start[r])
        keep = (day[lines.line[strand]] == NEVER) & (rows.to[row] > position) & (lines.end[strand] > position)
        row, strand = row[keep], strand[keep]


def _look_at_makeup_rows(work: Count, day: Ints, start: Ints) -> None:
    """A row marked make-up yields no occurrence: it is shown as the next session."""
    calendar, lines, rows = work.calendar, work.lines, work.rows
    for row in np.flatnonzero(rows.makeup & (rows.course >= 0) & (rows.to >= calendar.today)).tolist():
        days = np.arange(
            max(int(rows.from_[row]), calendar.today), min(int(rows.to[row]), calendar.size - 1) + 1
        )
        on = days[rows.pattern_on(np.full(len(days), row), days) & calendar.open[days]]
        own = np.flatnonzero((lines.course == rows.course[row]) & (lines.end >= calendar.today))
        if not len(on) or not len(own):
            continue
        named = own[lines.group[own] == rows.group[row]]
        line = int(lines.line[(named if len(named) else own)[0]])
        if day[line] == NEVER or on[0] < day[line]:
            day[line], start[line] = int(on[0]), int(rows.start[row])
