"""Which days are open, for the school year and for ESY; cycle days; the rows of each kind of term."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.records import DAY, School, days_between

TERM_KINDS = ("quarter", "trimester", "semester", "term", "grading_period")


class Calendar:
    """The school's Calendar tab, or what stands for it where there is none."""

    def __init__(self, school: School) -> None:
        rows = school.calendar or []
        self.school_days = school.rules.school_days
        first = [row["date"] for row in rows if row["kind"] == "first day"]
        last = [row["date"] for row in rows if row["kind"] == "last day"]
        self.first: date = min(first) if first else earliest_date(school)
        self.last: date | None = max(last) if last else None
        self.no_school = spans(rows, "no school")
        self.windows = sorted(spans(rows, "esy"))
        self.early = {d: row["time"] for row in rows if row["kind"] == "early release" for d in row_days(row)}
        self.late = {d: row["time"] for row in rows if row["kind"] == "late start" for d in row_days(row)}
        self.terms = {kind: sorted(spans(rows, kind)) for kind in TERM_KINDS}
        self.cycle_sets = {
            row["date"]: int(str(row["label"]).strip())
            for row in rows
            if row["kind"] == "cycle_day" and str(row["label"]).strip().isdigit()
        }
        self.report_from = school.rules.report_from or self.first
        self.horizon = self.last or school.today + timedelta(days=400)
        self._open: dict[bool, list[date]] = {}
        self._blocks: dict[tuple[int, bool], list[dict[int, date]]] = {}

    def is_school_day(self, day: date) -> bool:
        return day.weekday() in self.school_days

    def is_open(self, day: date, esy: bool = False) -> bool:
        """An open day of the school year, or (for an ESY line) of its windows."""
        if not self.is_school_day(day):
            return False
        if esy:
            return any(a <= day <= b for a, b in self.windows) and not any(
                a <= day <= b and self._inside_a_window(a, b) for a, b in self.no_school
            )
        if day < self.first or (self.last is not None and day > self.last):
            return False
        return not any(a <= day <= b for a, b in self.no_school)

    def _inside_a_window(self, first: date, last: date) -> bool:
        return any(a <= first and last <= b for a, b in self.windows)

    def in_year_or_window(self, day: date) -> bool:
        in_year = day >= self.first and (self.last is None or day <= self.last)
        return in_year or self.in_window(day)

    def in_window(self, day: date) -> bool:
        return any(a <= day <= b for a, b in self.windows)

    def is_esy_row_start(self, day: date | None) -> bool:
        """From lies inside a window or up to a week before it."""
        return day is not None and any(a - timedelta(days=7) <= day <= b for a, b in self.windows)

    def open_days(self, esy: bool = False) -> list[date]:
        if esy not in self._open:
            if esy:
                every = sorted({day for a, b in self.windows for day in days_between(a, b)})
            else:
                every = days_between(self.first, self.horizon)
            self._open[esy] = [day for day in every if self.is_open(day, esy)]
        return self._open[esy]

    def open_days_strictly_between(self, first: date, last: date, esy: bool = False) -> int:
        return sum(first < day < last for day in self.open_days(esy))

    def cycle_blocks(self, n: int, esy: bool = False) -> list[dict[int, date]]:
        """Blocks of N consecutive open days: cycle day -> date. A "Cycle day" row sets the number."""
        if (n, esy) not in self._blocks:
            self._blocks[n, esy] = self._make_blocks(n, esy)
        return self._blocks[n, esy]

    def _make_blocks(self, n: int, esy: bool) -> list[dict[int, date]]:
        blocks: list[dict[int, date]] = []
        number = 0
        sets = sorted((day, value) for day, value in self.cycle_sets.items() if 1 <= value <= n)
        for day in self.open_days(esy):
            before = number
            number = number % n + 1
            while sets and sets[0][0] <= day:
                number = sets.pop(0)[1]
            if not blocks or number <= before:
                blocks.append({})
            blocks[-1][number] = day
        return blocks

    def cycle_day(self, day: date, n: int, esy: bool = False) -> int:
        """The number of an open day in a cycle of N; 0 on any other day."""
        for block in self.cycle_blocks(n, esy):
            for number, date_of_number in block.items():
                if date_of_number == day:
                    return number
        return 0

    def term_rows(self, period: str) -> list[tuple[date, date]] | None:
        """The terms that a line's period names, each to the day before the next; None if there are none."""
        kind = period
        if period in ("term", "grading_period") and not self.terms[period]:
            there = [kind for kind in TERM_KINDS if self.terms[kind]]
            if not there:
                return None
            kind = min(there, key=lambda name: self._mean_length(self.terms[name]))
        rows = self._closed_up(self.terms[kind])
        if not rows and kind == "semester":
            quarters = self._closed_up(self.terms["quarter"])
            pairs = [quarters[at : at + 2] for at in range(0, len(quarters), 2)]
            rows = [(pair[0][0], pair[-1][1]) for pair in pairs]
        return rows or None

    def _closed_up(self, rows: list[tuple[date, date]]) -> list[tuple[date, date]]:
        closed = []
        for at, (start, end) in enumerate(rows):
            if at + 1 < len(rows):
                end = rows[at + 1][0] - DAY
            elif end == start:
                end = self.last or self.horizon
            closed.append((start, end))
        return closed

    def _mean_length(self, rows: list[tuple[date, date]]) -> float:
        closed = self._closed_up(rows)
        return sum((end - start).days + 1 for start, end in closed) / len(closed)


def spans(rows: list[dict], kind: str) -> list[tuple[date, date]]:
    return [(row["date"], row["to"] or row["date"]) for row in rows if row["kind"] == kind]


def row_days(row: dict) -> list[date]:
    return days_between(row["date"], row["to"] or row["date"])


def earliest_date(school: School) -> date:
    """Without a first day of school: the earliest date of Grid, Schedule and Log, today at the latest."""
    dates = [day for line in school.lines for day in (line.start, line.end)]
    dates += [day for row in school.rows for day in (row.begins, row.ends)]
    dates += [entry.date for entry in school.log]
    return min([school.today, *(day for day in dates if day is not None)])
