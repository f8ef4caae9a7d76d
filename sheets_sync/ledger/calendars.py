"""The school's calendar: open days, short days, ESY windows, terms, cycle days (counting.md, "Words").

Days are counted from `base` (a Monday), so that every rule can look them up in an array: index 0 is `base`.
Dates before or after the arrays are cut to their ends; the arrays reach beyond everything that is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheets_sync.ledger.rules import Rules

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BLANK = np.int64(-(2**40))
"""What a blank date becomes as a day number."""

EPOCH = date(1970, 1, 1)
MARGIN = 10 * 7
NO_DISMISSAL = 24 * 60
TERM_KINDS = ("quarter", "trimester", "semester", "term", "grading_period")


def day_numbers(dates: pd.Series) -> Ints:
    """Return days since 1970-01-01, BLANK for NaT."""
    days = dates.to_numpy("datetime64[D]").astype(np.int64)
    return np.where(days == np.iinfo(np.int64).min, BLANK, days)


def day_number(day: date) -> int:
    return (day - EPOCH).days


def to_date(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


@dataclass(frozen=True, eq=False)
class SchoolCalendar:
    """A school year as arrays over days; see the module. All positions are days since `base`.

    `first` and `last` are the first and last day of school; `known` is False without a Calendar tab.
    `window_start` is where the reporting window begins. `school` are weekdays on which school meets, `open`
    the open days, `esy_open` those of the ESY windows. `dismissal` and `late_start` are clock times.
    """

    base: int
    size: int
    today: int
    first: int
    last: int
    known: bool
    window_start: int
    school: Bools
    open: Bools
    esy_open: Bools
    open_before: Ints
    esy_before: Ints
    dismissal: Ints
    late_start: Ints
    windows: tuple[tuple[int, int], ...]
    terms: dict[str, tuple[tuple[int, int], ...]]
    cycle_days: tuple[tuple[int, int], ...]
    labels: dict[int, str]
    school_days_a_week: int

    def at(self, day: date) -> int:
        """Return the position of a date, cut to the arrays."""
        return min(max(day_number(day) - self.base, 0), self.size - 1)

    def day(self, position: int) -> date:
        return to_date(self.base + int(position))

    def positions(self, numbers: Ints, blank: int) -> Ints:
        """Turn day numbers into positions, `blank` where there is none, cut to the arrays."""
        cut = np.clip(numbers - self.base, 0, self.size - 1)
        return np.where(numbers == BLANK, blank, cut)

    def dates(self, positions: Ints) -> npt.NDArray[np.datetime64]:
        """Return datetime64[s]; a negative position gives NaT."""
        out = (positions + self.base).astype("datetime64[D]").astype("datetime64[s]")
        out[positions < 0] = np.datetime64("NaT")
        return out

    def is_open(self, day: date) -> bool:
        return bool(self.open[self.at(day)])

    def open_days(self, first: date, last: date) -> int:
        """Count the open days from `first` to `last`, both included."""
        if last < first:
            return 0
        return int(self.open_before[self.at(last) + 1] - self.open_before[self.at(first)])

    def next_open_day(self, day: date) -> date | None:
        """Return the first open day after `day`."""
        later = np.flatnonzero(self.open[self.at(day) + 1 :])
        return self.day(self.at(day) + 1 + int(later[0])) if len(later) else None

    def nth_open_day_back(self, day: date, n: int) -> date:
        """Return the n-th open day before `day`; the first there is if there are fewer."""
        earlier = np.flatnonzero(self.open[: self.at(day)])
        if not len(earlier):
            return self.day(0)
        return self.day(int(earlier[max(len(earlier) - n, 0)]))

    def in_school_year(self, positions: Ints) -> Bools:
        """Tell which days lie in the school year or an ESY window."""
        inside = (positions >= self.first) & (positions <= self.last)
        for start, end in self.windows:
            inside |= (positions >= start) & (positions <= end)
        return inside

    def in_window(self, positions: Ints) -> Bools:
        inside = np.zeros(len(positions), dtype=bool)
        for start, end in self.windows:
            inside |= (positions >= start) & (positions <= end)
        return inside

    def why_closed(self, position: int) -> str:
        """Say in words why a school day is not open."""
        if position < self.first:
            return "before the first day of school"
        if position > self.last:
            return "after the last day of school"
        label = self.labels.get(int(position), "")
        return f"no school: {label}" if label else "no school"


def build_calendar(
    table: pd.DataFrame | None, rules: Rules, today: date, earliest: date | None
) -> SchoolCalendar:
    """Build the calendar for a run on `today`.

    Without a Calendar every school day is open from `earliest`, the earliest date of Grid, Schedule and Log,
    on; where it names no first day, from the earliest date of these and its own. Where it names no last day
    school goes on. Of several school years the one counts that has begun last.
    """
    rows = _rows(table)
    first, last = _school_year(rows, today)
    known = first is not None
    start = first or min(earliest or today, today)
    begin = min([start, today, *(row.start for row in rows if row.start >= start)])
    end = max([last or today, today + timedelta(days=400 if last is None else 0), *(row.to for row in rows)])
    base = day_number(begin) - MARGIN
    base -= (base + 3) % 7  # 1970-01-01 was a Thursday: this makes index 0 a Monday
    size = day_number(end) - base + MARGIN
    return _fill(rows, rules, base, size, start, last, known, today)


@dataclass(frozen=True, slots=True)
class _Row:
    start: date
    to: date
    kind: str
    time: int
    label: str


def _rows(table: pd.DataFrame | None) -> list[_Row]:
    if table is None:
        return []
    return [
        _Row(day.date(), to.date() if to is not pd.NaT else day.date(), kind, int(time), label)
        for day, to, kind, time, label in zip(
            table["date"], table["to"], table["kind"], table["time"], table["label"], strict=True
        )
    ]


def _school_year(rows: list[_Row], today: date) -> tuple[date | None, date | None]:
    firsts = sorted(row.start for row in rows if row.kind == "first day")
    begun = [day for day in firsts if day <= today]
    first = begun[-1] if begun else (firsts[0] if firsts else None)
    lasts = sorted(
        row.start for row in rows if row.kind == "last day" and (first is None or row.start > first)
    )
    return first, lasts[0] if lasts else None


def _fill(
    rows: list[_Row],
    rules: Rules,
    base: int,
    size: int,
    start: date,
    last_day: date | None,
    known: bool,
    today: date,
) -> SchoolCalendar:
    def at(day: date) -> int:
        return min(max(day_number(day) - base, 0), size - 1)

    weekday = np.arange(size) % 7
    school = np.isin(weekday, rules.school_days)
    first, last = at(start), at(last_day) if last_day else size - 1
    window_start = max(first, at(rules.report_from)) if rules.report_from else first
    windows = tuple((at(row.start), at(row.to)) for row in rows if row.kind == "esy")
    open_, labels = school.copy(), {}
    open_[:first] = open_[last + 1 :] = False
    esy_open = np.zeros(size, dtype=bool)
    for a, b in windows:
        esy_open[a : b + 1] = school[a : b + 1]
    for row in rows:
        if row.kind != "no school":
            continue
        a, b = at(row.start), at(row.to)
        open_[a : b + 1] = False
        labels.update(dict.fromkeys(range(a, b + 1), row.label))
        if any(w0 <= a and b <= w1 for w0, w1 in windows):
            esy_open[a : b + 1] = False
    dismissal, late_start = np.full(size, NO_DISMISSAL), np.full(size, -1)
    for row in rows:
        if row.kind == "early release" and row.time >= 0:
            dismissal[at(row.start) : at(row.to) + 1] = row.time
        elif row.kind == "late start" and row.time >= 0:
            late_start[at(row.start) : at(row.to) + 1] = row.time
    return SchoolCalendar(
        base=base,
        size=size,
        today=at(today),
        first=first,
        last=last,
        known=known,
        window_start=window_start,
        school=school,
        open=open_,
        esy_open=esy_open,
        open_before=_before(open_),
        esy_before=_before(esy_open),
        dismissal=dismissal,
        late_start=late_start,
        windows=windows,
        terms={kind: _terms(rows, kind, at, last) for kind in TERM_KINDS},
        cycle_days=tuple(_cycle_rows(rows, at)),
        labels=labels,
        school_days_a_week=len(rules.school_days),
    )


def _before(days: Bools) -> Ints:
    """before[i] is the number of true days before position i."""
    return np.concatenate(([0], np.cumsum(days))).astype(np.int64)


def _terms(rows: list[_Row], kind: str, at: Callable[[date], int], last: int) -> tuple[tuple[int, int], ...]:
    """The rows of a kind, each to the day before the next; the last to its own end, or that of school."""
    own = sorted((row for row in rows if row.kind == kind), key=lambda row: row.start)
    starts = [at(row.start) for row in own]
    ends = [start - 1 for start in starts[1:]]
    if own:
        final = own[-1]
        ends.append(at(final.to) if final.to > final.start else last)
    return tuple((a, b) for a, b in zip(starts, ends, strict=True) if b >= a)


def _cycle_rows(rows: list[_Row], at: Callable[[date], int]) -> Iterable[tuple[int, int]]:
    for row in sorted(rows, key=lambda row: row.start):
        number = re.search(r"\d+", row.label)
        if row.kind == "cycle_day" and number:
            yield at(row.start), int(number[0])
