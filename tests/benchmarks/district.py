"""A whole district as tables: weekly lines and the rest mixed, a school year of log, made in seconds.

Nothing here is read from a sheet: the tables are what intake would give. Shares follow what logs look like:
85% delivered, about 4% absent, some make-ups, few doubles.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sheets_sync.tables import (
    ATTENDANCE,
    CALENDAR,
    LINES,
    LOG,
    SCHEDULE,
    STAFF,
    STUDENTS,
    Category,
    Tables,
    table,
)

FIRST, LAST = np.datetime64("2025-08-25"), np.datetime64("2026-06-11")
NO_SCHOOL = (
    ("2025-09-01", "2025-09-01"),
    ("2025-10-13", "2025-10-13"),
    ("2025-11-11", "2025-11-11"),
    ("2025-11-26", "2025-11-28"),
    ("2025-12-22", "2026-01-02"),
    ("2026-01-19", "2026-01-19"),
    ("2026-02-16", "2026-02-20"),
    ("2026-04-06", "2026-04-10"),
    ("2026-05-25", "2026-05-25"),
)
SERVICES = (
    "Counseling",
    "Math",
    "Occupational therapy",
    "Physical therapy",
    "Reading",
    "Social skills",
    "Speech therapy",
    "Writing",
)
GROUPS = ("consultation", "group", "individual")
CODES = (
    (Category.DELIVERED, 0.850),
    (Category.STUDENT_ABSENT, 0.040),
    (Category.STUDENT_REFUSED, 0.012),
    (Category.STUDENT_UNAVAILABLE, 0.008),
    (Category.SUSPENDED, 0.004),
    (Category.SCHOOL_ACTIVITY, 0.016),
    (Category.PROVIDER_ABSENT, 0.030),
    (Category.SCHOOL_CLOSED, 0.004),
    (Category.AGREED_DAY_OFF, 0.004),
    (Category.TEAM_DECISION, 0.002),
    (Category.LATE, 0.010),
    (Category.UNKNOWN, 0.001),
)
NOT_LOGGED = 0.019
KINDS = ("week", "month", "n_weeks", "cycle", "year", "consultation")
KIND_SHARES = (0.78, 0.08, 0.03, 0.03, 0.03, 0.05)
CYCLE = 6


@dataclass
class Lines:
    """Columns of the lines to be: one entry a line."""

    student: np.ndarray
    service: np.ndarray
    group: np.ndarray
    kind: np.ndarray
    sessions: np.ndarray
    minutes: np.ndarray
    mask: np.ndarray
    start: np.ndarray

    def __len__(self) -> int:
        return len(self.student)


def make_district(log_rows: int = 1_000_000, students: int = 8_000, seed: int = 1) -> Tables:
    """Return the tables of a district of this many students and log rows, to count on `today_of`."""
    rng = np.random.default_rng(seed)
    lines = make_lines(students, max(4, round(log_rows / students / 31)), rng)
    days = open_days()
    names = pd.Index([f"Student {number:06d}" for number in range(students)])
    log = make_log(lines, days, log_rows, rng)
    return Tables(
        students=table(STUDENTS, {"row": np.arange(students) + 2, "student": names}),
        lines=lines_table(lines, names),
        schedule=schedule_table(lines, names),
        log=log_table(log, lines, names),
        calendar=calendar_table(),
        attendance=table(ATTENDANCE),
        staff=table(STAFF),
    )


def today_of(tables: Tables) -> date:
    """The morning after the last entry."""
    return (tables.log["date"].max() + pd.Timedelta(days=1)).date()


def open_days() -> np.ndarray:
    every = np.arange(FIRST, LAST + 1)
    closed = np.isin(
        every, [day for a, b in NO_SCHOOL for day in np.arange(a, np.datetime64(b) + 1, dtype="M8[D]")]
    )
    return every[(weekday(every) < 5) & ~closed]


def weekday(days: np.ndarray) -> np.ndarray:
    return (days.astype("M8[D]").astype(np.int64) + 3) % 7


def make_lines(students: int, each: int, rng: np.random.Generator) -> Lines:
    """`each` lines a student; one student in six has one service individually and in a group."""
    count = students * each
    student = np.repeat(np.arange(students), each)
    offset = np.repeat(rng.integers(0, len(SERVICES), students), each)
    place = np.tile(np.arange(each), students)
    service = (offset + place) % len(SERVICES)
    twin = np.repeat(rng.random(students) < 1 / 6, each) & (place == 1)
    service[twin] = service[np.flatnonzero(twin) - 1]
    group = rng.choice([-1, 1, 2], count, p=[0.3, 0.2, 0.5])
    group[twin], group[np.flatnonzero(twin) - 1] = 1, 2
    kind = rng.choice(len(KINDS), count, p=KIND_SHARES)
    kind[twin] = kind[np.flatnonzero(twin) - 1] = 0
    group[kind == KINDS.index("consultation")] = 0
    sessions = rng.choice([1, 2, 3], count, p=[0.35, 0.5, 0.15])
    first_day = rng.integers(0, 5, count)
    mask = sum((1 << (first_day + 2 * at) % 5) * (sessions > at) for at in range(3))
    late = rng.random(count) < 0.08
    start = np.where(late, FIRST + rng.integers(7, 120, count), np.datetime64("NaT"))
    minutes = rng.choice([15, 20, 30, 45], count, p=[0.1, 0.2, 0.6, 0.1])
    return Lines(student, service, group, kind, sessions, minutes, mask, start)


def is_kind(lines: Lines, *names: str) -> np.ndarray:
    return np.isin(lines.kind, [KINDS.index(name) for name in names])


def lines_table(lines: Lines, names: pd.Index) -> pd.DataFrame:
    count = len(lines)
    periods = np.array(["week", "month", "n_weeks", "cycle", "year", "month"], dtype=object)[lines.kind]
    sessions = lines.sessions.copy()
    sessions[is_kind(lines, "month")] *= 4
    sessions[is_kind(lines, "year")] = 9
    sessions[is_kind(lines, "consultation", "n_weeks")] = 1
    n = np.select([is_kind(lines, "n_weeks"), is_kind(lines, "cycle")], [2, CYCLE], 1)
    columns = {
        "row": np.arange(count) + 2,
        "student": pd.Categorical.from_codes(lines.student, names),
        "service": pd.Categorical.from_codes(lines.service, SERVICES),
        "group": pd.Categorical.from_codes(lines.group, GROUPS),
        "provider": pd.Categorical.from_codes(provider_of(lines), providers()),
        "sessions": sessions,
        "minutes": lines.minutes,
        "total": sessions * lines.minutes,
        "period": periods,
        "n": n,
        "start": lines.start.astype("M8[s]"),
    }
    return table(LINES, columns)


def providers() -> list[str]:
    return [f"Provider {number:03d}" for number in range(400)]


def provider_of(lines: Lines) -> np.ndarray:
    return (lines.student // 20 + lines.service * 50) % 400


def schedule_table(lines: Lines, names: pd.Index) -> pd.DataFrame:
    at = np.flatnonzero(~is_kind(lines, "year", "consultation"))
    cycle = is_kind(lines, "cycle")[at]
    alternate = is_kind(lines, "n_weeks")[at]
    mask = lines.mask[at]
    columns = {
        "row": np.arange(len(at)) + 2,
        "student": pd.Categorical.from_codes(lines.student[at], names),
        "service": pd.Categorical.from_codes(lines.service[at], SERVICES),
        "provider": pd.Categorical.from_codes(provider_of(lines)[at], providers()),
        "group": pd.Categorical.from_codes(lines.group[at], GROUPS),
        "pattern": np.select([cycle, alternate], ["cycle", "alternate"], "weekly").astype(object),
        "weekdays": np.where(cycle, 0, np.where(alternate, mask & -mask, mask)),
        "cycle_days": np.where(cycle, mask, 0),
        "cycle_length": np.where(cycle, CYCLE, 0),
        "start": start_of(lines)[at],
        "minutes": lines.minutes[at],
        "from": np.where(alternate, FIRST, np.datetime64("NaT")).astype("M8[s]"),
    }
    return table(SCHEDULE, columns)


def start_of(lines: Lines) -> np.ndarray:
    return 480 + 15 * ((lines.student * 7 + lines.service * 3) % 24)


def sessions_on(lines: Lines, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Line and day of each session that takes place on an open day within the line's dates."""
    weekdays, number = weekday(days), np.arange(len(days)) % CYCLE
    on_week = ((days - FIRST).astype(np.int64) // 7) % 2 == 0
    weekly = (lines.mask[:, None] >> weekdays & 1).astype(bool)
    first_bit = lines.mask & -lines.mask
    other = (first_bit[:, None] >> weekdays & 1).astype(bool) & on_week
    in_cycle = (lines.mask[:, None] >> number & 1).astype(bool)
    there = np.where(is_kind(lines, "week", "month")[:, None], weekly, False)
    there |= is_kind(lines, "n_weeks")[:, None] & other
    there |= is_kind(lines, "cycle")[:, None] & in_cycle
    there &= np.isnat(lines.start)[:, None] | (days >= lines.start[:, None])
    line, day = np.nonzero(there)
    return line, days[day]


def make_log(
    lines: Lines, days: np.ndarray, log_rows: int, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Entries of sessions, of consultations and yearly lines, make-ups and doubles, in order of date."""
    line, day = sessions_on(lines, days)
    codes = np.array([code for code, _ in CODES])
    shares = np.array([share for _, share in CODES])
    kept = rng.random(len(line)) >= NOT_LOGGED
    line, day = line[kept], day[kept]
    category = rng.choice(codes, len(line), p=shares / shares.sum())
    minutes = np.where(rng.random(len(line)) < 0.5, lines.minutes[line], -1)
    short = (category == Category.LATE) | (rng.random(len(line)) < 0.01) & (category == Category.DELIVERED)
    minutes[short] = lines.minutes[line][short] - 10
    start = np.where(rng.random(len(line)) < 0.6, start_of(lines)[line], -1)
    none = np.full(len(line), np.datetime64("NaT"))
    entries = [(line, day, category, minutes, start, none)]
    entries.append(make_ups(lines, line, day, category, rng))
    twice = rng.random(len(line)) < 0.002
    entries.append(tuple(column[twice] for column in entries[0]))
    entries.append(as_it_comes(lines, days, rng))
    columns = [np.concatenate(parts) for parts in zip(*entries, strict=True)]
    order = np.lexsort((rng.random(len(columns[0])), columns[1]))[:log_rows]
    return dict(
        zip(
            ("line", "date", "category", "minutes", "start", "makeup_for"),
            (c[order] for c in columns),
            strict=True,
        )
    )


def make_ups(
    lines: Lines, line: np.ndarray, day: np.ndarray, category: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """A third of the sessions that the school missed, made up within three weeks; half say for which day."""
    missed = np.isin(category, [Category.PROVIDER_ABSENT, Category.SCHOOL_ACTIVITY])
    at = np.flatnonzero(missed & (rng.random(len(line)) < 0.35))
    given = day[at] + rng.integers(1, 21, len(at))
    names_day = rng.random(len(at)) < 0.5
    return (
        line[at],
        given,
        np.full(len(at), Category.MAKE_UP),
        lines.minutes[line[at]],
        np.full(len(at), 930),
        np.where(names_day, day[at], np.datetime64("NaT")),
    )


def as_it_comes(lines: Lines, days: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Consultations and yearly lines: an entry a month or so, on any open day."""
    at = np.repeat(np.flatnonzero(is_kind(lines, "year", "consultation")), 9)
    day = rng.choice(days, len(at))
    started = np.isnat(lines.start[at]) | (day >= lines.start[at])
    at, day = at[started], day[started]
    return (
        at,
        day,
        np.full(len(at), Category.DELIVERED),
        lines.minutes[at],
        np.full(len(at), -1),
        np.full(len(at), np.datetime64("NaT")),
    )


def log_table(log: dict[str, np.ndarray], lines: Lines, names: pd.Index) -> pd.DataFrame:
    line, count = log["line"], len(log["line"])
    columns = {
        "row": np.arange(count) + 2,
        "date": log["date"].astype("M8[s]"),
        "student": pd.Categorical.from_codes(lines.student[line], names),
        "service": pd.Categorical.from_codes(lines.service[line], SERVICES),
        "provider": pd.Categorical.from_codes(provider_of(lines)[line], providers()),
        "start": log["start"],
        "minutes": log["minutes"],
        "category": log["category"],
        "group": pd.Categorical.from_codes(lines.group[line], GROUPS),
        "makeup_for": log["makeup_for"].astype("M8[s]"),
        "decided": np.ones(count, dtype=bool),
        "reason": pd.Categorical.from_codes(np.zeros(count, dtype=int), ["as coded"]),
    }
    return table(LOG, columns)


def calendar_table() -> pd.DataFrame:
    rows = [("first day", FIRST, FIRST), ("last day", LAST, LAST)]
    rows += [("no school", np.datetime64(a), np.datetime64(b)) for a, b in NO_SCHOOL]
    kinds, dates, tos = zip(*rows, strict=True)
    columns = {
        "row": np.arange(len(rows)) + 2,
        "date": np.array(dates).astype("M8[s]"),
        "to": np.array(tos).astype("M8[s]"),
        "kind": list(kinds),
        "time": np.full(len(rows), -1),
    }
    return table(CALENDAR, columns)
