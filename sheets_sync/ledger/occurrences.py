"""The dated sessions that Schedule rows produce (counting.md, "Schedule")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.ledger.calendars import BLANK, Bools, Ints, SchoolCalendar, day_numbers
from sheets_sync.ledger.index import Index, expand
from sheets_sync.ledger.periods import cycle_numbers
from sheets_sync.tables import Tables

LAST = 32


@dataclass(frozen=True, eq=False)
class ScheduleRows:
    """The Schedule as arrays, one entry a row of tables.schedule. `from_` and `to` are positions (0 and the
    end of the calendar for blank); `esy` rows serve ESY lines alone; `cycle_length` 0 could not be told.
    `numbers` maps a cycle's length, and whether it runs in ESY windows, to the cycle day of each day;
    `month_day` and `month_length` are by day."""

    course: Ints
    student: Ints
    group: Ints
    provider: Ints
    start: Ints
    minutes: Ints
    from_: Ints
    to: Ints
    blank_from: Bools
    esy: Bools
    makeup: Bools
    weekdays: Ints
    alternate: Bools
    nth: Ints
    cycle_days: Ints
    cycle_length: Ints
    numbers: dict[tuple[int, bool], Ints]
    month_day: Ints
    month_length: Ints

    def __len__(self) -> int:
        return len(self.course)

    def pattern_on(self, rows: Ints, days: Ints, numbers: Ints | None = None) -> Bools:
        """Tell whether the pattern of each row puts a session on the day beside it, whatever its dates.

        `numbers` gives the cycle day where it is not that of the calendar (days that a cycle lacks).
        """
        on: Bools = (self.weekdays[rows] >> (days % 7)) & 1 == 1
        off_week = (days // 7 - self.from_[rows] // 7) % 2 == 1
        on &= ~(self.alternate[rows] & off_week)
        nth = self.nth[rows]
        if nth.any():
            on &= (nth == 0) | self._nth_fits(nth, days)
        cyclic = self.cycle_days[rows]
        if cyclic.any():
            given = np.zeros(len(rows), dtype=np.int64)
            for (length, esy), table in self.numbers.items():
                own = (self.cycle_length[rows] == length) & (self.esy[rows] == esy)
                given[own] = table[days[own]]
            if numbers is not None:
                given = np.where(numbers > 0, numbers, given)
            fits = (given > 0) & ((cyclic >> np.maximum(given - 1, 0)) & 1 == 1)
            on = np.where(cyclic > 0, fits, on if numbers is None else on & (numbers == 0))
        elif numbers is not None:
            on &= numbers == 0
        return on

    def _nth_fits(self, nth: Ints, days: Ints) -> Bools:
        month_day = self.month_day[days]
        which = (month_day - 1) // 7
        last = month_day + 7 > self.month_length[days]
        fits: Bools = ((nth >> which) & 1 == 1) | (last & (nth & LAST > 0))
        return fits


@dataclass(frozen=True, eq=False)
class Occurrences:
    """Sessions on available days that belong to a line. `row` is the position in tables.schedule; `group` is
    that of the row, or of its line where the row names none; `short_day`: the day's early release or late
    start cuts into it; `on_closed_day`: kept only where closures are owed; `span` is the period."""

    row: Ints
    strand: Ints
    course: Ints
    student: Ints
    day: Ints
    start: Ints
    minutes: Ints
    group: Ints
    short_day: Bools
    on_closed_day: Bools
    span: Ints

    def __len__(self) -> int:
        return len(self.row)


def schedule_rows(tables: Tables, index: Index, calendar: SchoolCalendar) -> ScheduleRows:
    table = tables.schedule
    student = index.student(table["student"])
    from_days = day_numbers(table["from"])
    from_ = calendar.positions(from_days, 0)
    esy = np.zeros(len(table), dtype=bool)
    for a, b in calendar.windows:
        esy |= (from_ >= a - 7) & (from_ <= b)
    esy &= from_days != BLANK
    length = _cycle_lengths(tables, index)
    numbers = {
        (int(n), of_windows): cycle_numbers(int(n), calendar, days)
        for n in np.unique(length[length > 0])
        for of_windows, days in ((False, calendar.open), (True, calendar.esy_open))
    }
    month_day, month_length = _month_days(calendar)
    return ScheduleRows(
        course=index.course(student, index.service(table["service"])),
        student=student,
        group=index.group(table["group"]),
        provider=index.provider(table["provider"]),
        start=table["start"].to_numpy(np.int64),
        minutes=table["minutes"].to_numpy(np.int64),
        from_=from_,
        to=calendar.positions(day_numbers(table["to"]), calendar.size - 1),
        blank_from=from_days == BLANK,
        esy=esy,
        makeup=table["makeup"].to_numpy(bool),
        weekdays=np.where(table["pattern"] == "cycle", 0, table["weekdays"]).astype(np.int64),
        alternate=(table["pattern"] == "alternate").to_numpy(bool),
        nth=np.where(table["pattern"] == "nth", table["nth"], 0).astype(np.int64),
        cycle_days=np.where(table["pattern"] == "cycle", table["cycle_days"], 0).astype(np.int64),
        cycle_length=length,
        numbers=numbers,
        month_day=month_day,
        month_length=month_length,
    )


def _month_days(calendar: SchoolCalendar) -> tuple[Ints, Ints]:
    days = (np.arange(calendar.size) + calendar.base).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    following = (months + 1).astype("datetime64[D]")
    return day, (following - months.astype("datetime64[D]")).astype(np.int64)


def _cycle_lengths(tables: Tables, index: Index) -> Ints:
    """How many days the cycle of each row has: as its cell says, as the frequency of its student's line of
    that service, as any line of the grid if all agree, else the highest day that the Schedule names."""
    table, grid = tables.schedule, tables.lines
    length = table["cycle_length"].to_numpy(np.int64).copy()
    wanting = np.flatnonzero((table["pattern"] == "cycle").to_numpy(bool) & (length == 0))
    if not len(wanting):
        return length
    cyclic = grid[grid["period"] == "cycle"]
    named = list(zip(cyclic["student"], cyclic["service"], cyclic["n"].tolist(), strict=True))
    by_line = {(student, service): n for student, service, n in named}
    every = {n for _, _, n in named}
    highest = int(table["cycle_days"].max()).bit_length()
    common = every.pop() if len(every) == 1 else highest
    asked = table.iloc[wanting]
    length[wanting] = [
        by_line.get(key, common) for key in zip(asked["student"], asked["service"], strict=True)
    ]
    return length


def dated(rows: ScheduleRows, calendar: SchoolCalendar, horizon: Ints) -> tuple[Ints, Ints]:
    """Return (row, day) of every session from the reporting window's start to each course's horizon.

    Only days on which school meets (for ESY rows: all days of the windows too); closed days are among them.
    """
    low = np.maximum(rows.from_, calendar.window_start)
    high = np.minimum(rows.to, horizon)
    live = ~rows.makeup & (low <= high)
    found = [_weekly(rows, live, low, high), _cyclic(rows, live, low, high)]
    row = np.concatenate([r for r, _ in found])
    day = np.concatenate([d for _, d in found])
    meets = calendar.school[day]
    return row[meets], day[meets]


def _weekly(rows: ScheduleRows, live: Bools, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    parts: list[tuple[Ints, Ints]] = []
    for weekday in range(7):
        own = np.flatnonzero(live & ((rows.weekdays >> weekday) & 1 == 1))
        if not len(own):
            continue
        step = np.where(rows.alternate[own], 14, 7)
        first = low[own] + (weekday - low[own]) % 7
        parity = rows.alternate[own] & ((first // 7 - rows.from_[own] // 7) % 2 == 1)
        first = first + np.where(parity, 7, 0)
        item, place = expand(np.maximum((high[own] - first) // step + 1, 0))
        parts.append((own[item], first[item] + place * step[item]))
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    row = np.concatenate([r for r, _ in parts])
    day = np.concatenate([d for _, d in parts])
    monthly = rows.nth[row] > 0
    if monthly.any():
        keep = ~monthly
        keep[monthly] = rows._nth_fits(rows.nth[row[monthly]], day[monthly])
        row, day = row[keep], day[keep]
    return row, day


def _cyclic(rows: ScheduleRows, live: Bools, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    own = np.flatnonzero(live & (rows.cycle_days > 0) & (rows.cycle_length > 0))
    item, place = expand(high[own] - low[own] + 1)
    row, day = own[item], low[own][item] + place
    on = rows.pattern_on(row, day)
    return row[on], day[on]
