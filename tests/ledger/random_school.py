"""Random schools, small and dense, so that rare rules meet: made from a seed, always the same.

A school is a dictionary of lists of records (the columns of sheets_sync.tables), so that a failing one can
be shrunk row by row; `tables_of` makes Tables of it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from sheets_sync.ledger.rules import Rules
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

SCHEMAS = {
    "students": STUDENTS,
    "lines": LINES,
    "schedule": SCHEDULE,
    "log": LOG,
    "calendar": CALENDAR,
    "attendance": ATTENDANCE,
    "staff": STAFF,
}
DAY = timedelta(days=1)
PERIODS = ["week"] * 8 + ["day", "n_weeks", "n_weeks", "month", "month", "cycle", "cycle", "year", "once"]
TERMS = ("quarter", "trimester", "semester", "term", "grading_period")
MISSED = [
    Category.STUDENT_ABSENT,
    Category.STUDENT_REFUSED,
    Category.STUDENT_UNAVAILABLE,
    Category.SUSPENDED,
    Category.SCHOOL_ACTIVITY,
    Category.PROVIDER_ABSENT,
    Category.SCHOOL_CLOSED,
    Category.AGREED_DAY_OFF,
    Category.TEAM_DECISION,
    Category.LATE,
    Category.UNKNOWN,
    Category.MAKE_UP,
]
TIMES = [480, 540, 555, 600, 780, 900]
GROUPS = ["", "", "individual", "group"]
PEOPLE = ["", "J. Rivera", "M. Cole"]


@dataclass
class RandomSchool:
    """Records of each table (`calendar` None: no Calendar tab), the choices and the day."""

    tabs: dict[str, list[dict] | None]
    rules: Rules
    today: date
    seed: int = 0
    notes: list[str] = field(default_factory=list)

    def tables(self) -> Tables:
        return tables_of(self.tabs)


def tables_of(tabs: dict[str, list[dict] | None]) -> Tables:
    made = {}
    for name, schema in SCHEMAS.items():
        records = tabs.get(name)
        if records is None:
            made[name] = None if name == "calendar" else table(schema)
        else:
            made[name] = table(schema, {c: [r.get(c) for r in records] for c in schema} if records else None)
    return Tables(**made)


def random_school(seed: int, size: int = 1, tangled: bool = False) -> RandomSchool:
    """Make the school of this seed; `size` multiplies its students.

    Where more entries meet on one day than any sentence of counting.md decides (three for two sessions, three
    make-ups of one day), some are left out, unless `tangled`.
    """
    rng = random.Random(seed)
    first = date(2025, 9, 1) + timedelta(days=rng.randrange(10))
    weeks = rng.choice([4, 7, 10, 14])
    last = first + timedelta(days=7 * weeks + rng.randrange(7))
    calendar = None if rng.random() < 0.05 else random_calendar(rng, first, last)
    end = last + timedelta(days=30)
    today = first + timedelta(days=rng.randrange(-3, (end - first).days))
    rules = Rules(
        closures=rng.choice(["excuse", "excuse", "excuse", "prorate", "owe"]),
        short_days=rng.choice(["owe", "owe", "excuse"]),
        min_behind=rng.choice([10, 10, 1, 30]),
        log_grace_days=rng.choice([3, 3, 0, 5]),
        report_from=first + timedelta(days=rng.randrange(25)) if rng.random() < 0.12 else None,
    )
    makers = Maker(rng, first, last, today, calendar or [])
    students = [f"Student {letter}" for letter in "ABCDEFGH"[: rng.choice([1, 2]) * size]]
    tabs: dict[str, list[dict] | None] = {
        "students": [
            blank(STUDENTS) | {"row": at + 2, "student": name, "exit": makers.maybe_day(0.12)}
            for at, name in enumerate(students)
        ],
        "lines": [],
        "schedule": [],
        "log": [],
        "calendar": calendar,
        "attendance": [],
        "staff": [],
    }
    makers.leaving = {record["student"] for record in tabs["students"] or [] if record["exit"]}
    for name in students:
        for service in rng.sample(["Speech therapy", "Math"], rng.choice([1, 1, 2])):
            makers.service(tabs, name, service)
    makers.attendance(tabs, students)
    if not tangled:
        tabs["log"] = untangled(tabs["log"] or [], tabs["schedule"] or [])
    shuffle_log(rng, tabs)
    for name in ("lines", "schedule"):
        for at, record in enumerate(tabs[name] or []):
            record["row"] = at + 2
    return RandomSchool(tabs, rules, today, seed)


def blank(schema: dict[str, str]) -> dict:
    empty = {"object": "", "category": None, "datetime64[s]": None, "bool": False}
    return {name: empty.get(dtype, 0) for name, dtype in schema.items()}


def untangled(log: list[dict], schedule: list[dict]) -> list[dict]:
    """No more entries than sessions on a day with several; at most two make-ups of one day, of one group.

    A make-up is for a date with at most one session.
    """
    kept: list[dict] = []
    seen: dict[tuple, list[dict]] = {}
    for entry in log:
        makeup = entry["category"] is Category.MAKE_UP
        rows = [
            row
            for row in schedule
            if (row["student"], row["service"]) == (entry["student"], entry["service"])
            and any(may_fall(row, day) for day in span_days(entry))
        ]
        same = seen.setdefault((entry["student"], entry["service"], entry["date"], makeup), [])
        room = 2 if makeup or (len(rows) < 2 and not any(row["makeup"] for row in rows)) else len(rows) > 0
        spans_many = entry["to"] is not None and (len(rows) > 1 or makeup)
        other_group = makeup and same and same[0]["group"] != entry["group"]
        if len(same) >= room or spans_many or other_group:
            continue
        if entry["category"] is Category.TEAM_DECISION and rows and entry["start"] >= 0:
            entry = entry | {"start": rows[0]["start"]}
        if makeup and entry["makeup_for"] and several_fall(entry, schedule):
            entry = entry | {"makeup_for": None}
        same.append(entry)
        kept.append(entry)
    return kept


def several_fall(entry: dict, schedule: list[dict]) -> bool:
    """More than one session may fall on the day that a make-up is for."""
    mine = [
        row for row in schedule if (row["student"], row["service"]) == (entry["student"], entry["service"])
    ]
    return sum(may_fall(row, entry["makeup_for"]) for row in mine) > 1


def span_days(entry: dict) -> list[date]:
    last = entry["to"] or entry["date"]
    return [entry["date"] + DAY * at for at in range((last - entry["date"]).days + 1)]


def may_fall(row: dict, day: date) -> bool:
    if (row["from"] and day < row["from"]) or (row["to"] and day > row["to"]):
        return False
    return row["pattern"] == "cycle" or bool(row["weekdays"] >> day.weekday() & 1)


def shuffle_log(rng: random.Random, tabs: dict[str, list[dict] | None]) -> None:
    log = tabs["log"] or []
    if rng.random() < 0.6:
        log.sort(key=lambda entry: entry["date"])
    else:
        rng.shuffle(log)
    for at, entry in enumerate(log):
        entry["row"] = at + 2


def random_calendar(rng: random.Random, first: date, last: date) -> list[dict]:
    """First and last day, closures, short days, terms of some kinds, ESY windows, cycle days."""
    rows: list[dict] = []

    def add(kind: str, start: date, end: date | None = None, clock: int = -1, label: str = "") -> None:
        row = {"kind": kind, "date": start, "to": end or start, "time": clock, "label": label}
        rows.append(blank(CALENDAR) | row | {"row": len(rows) + 2})

    add("first day", first)
    if rng.random() < 0.95:
        add("last day", last)
    span = (last - first).days
    for _ in range(rng.choice([0, 1, 2, 4])):
        start = first + timedelta(days=rng.randrange(span))
        add("no school", start, start + timedelta(days=rng.choice([0, 0, 0, 2, 9])))
    for _ in range(rng.choice([0, 0, 1, 3])):
        day = first + timedelta(days=rng.randrange(span))
        if rng.random() < 0.6:
            add("early release", day, None, rng.choice([720, 560, -1]))
        else:
            add("late start", day, None, rng.choice([570, 600, -1]))
    for kind, parts in (
        ("quarter", 4),
        ("trimester", 3),
        ("semester", 2),
        ("grading_period", 5),
        ("term", 3),
    ):
        if rng.random() < 0.25:
            length = span // parts
            for at in range(parts):
                start = first + timedelta(days=at * length)
                end = last if at == parts - 1 else start + timedelta(days=length - 1)
                add(kind, start, end)
    if rng.random() < 0.5:
        start = last + timedelta(days=rng.randrange(2, 12))
        end = start + timedelta(days=rng.choice([3, 10, 17]))
        add("esy", start, end)
        if rng.random() < 0.4:
            add("no school", start + DAY, start + timedelta(days=rng.choice([1, 2])))
    if rng.random() < 0.15:
        add("cycle_day", first + timedelta(days=rng.randrange(span)), None, -1, str(rng.randrange(1, 4)))
    return rows


def periods_of(calendar: list[dict]) -> list[str]:
    """Kinds of period that this Calendar can name; "term" only where there is no question which is meant."""
    kinds = sorted({row["kind"] for row in calendar} & {*TERMS})
    if len(kinds) == 1:
        kinds += ["term", "grading_period"]
    else:
        kinds = [kind for kind in kinds if kind not in ("term", "grading_period")]
    if "quarter" in kinds and "semester" not in kinds:
        kinds.append("semester")
    return PERIODS + kinds


class Maker:
    """Makes the lines, rows and entries of one student and service."""

    def __init__(
        self, rng: random.Random, first: date, last: date, today: date, calendar: list[dict]
    ) -> None:
        self.rng, self.first, self.last, self.today = rng, first, last, today
        self.windows = [(row["date"], row["to"]) for row in calendar if row["kind"] == "esy"]
        self.closed = [(row["date"], row["to"]) for row in calendar if row["kind"] == "no school"]
        self.leaving: set[str] = set()
        self.periods = periods_of(calendar)
        self.reach = min(today + timedelta(days=2), last + timedelta(days=25))

    def day(self) -> date:
        return self.first + timedelta(days=self.rng.randrange(-2, (self.last - self.first).days + 3))

    def maybe_day(self, chance: float) -> date | None:
        return self.day() if self.rng.random() < chance else None

    def service(self, tabs: dict[str, list[dict] | None], student: str, service: str) -> None:
        rng = self.rng
        lines = self.lines(student, service)
        for line in lines:
            if rng.random() < 0.9:
                tabs["lines"].append(line)
        rows = [row for line in lines if rng.random() < 0.88 for row in self.rows_for(line)]
        self.one_at_a_time(rows)
        tabs["schedule"].extend(rows)
        tabs["log"].extend(self.log_for(student, service, lines, rows))

    def one_at_a_time(self, rows: list[dict]) -> None:
        """Nobody is in two sessions at once: every row of a service has a start of its own."""
        taken: set[int] = set()
        for row in rows:
            while row["start"] in taken:
                row["start"] += 5
            taken.add(row["start"])

    def lines(self, student: str, service: str) -> list[dict]:
        rng = self.rng
        lines = [self.line(student, service) for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))]
        if rng.random() < 0.3:
            lines += self.changed(lines[-1])
        if self.windows and rng.random() < 0.5:
            start, end = self.windows[0]
            shift = timedelta(days=rng.choice([0, 0, 2, -3]))
            line = self.line(student, service) | {"esy": True, "start": start + shift, "end": end + shift}
            if line["period"] not in ("cycle", "once"):
                lines.append(line)
        if len(lines) == 1 and rng.random() < 0.05:
            lines[0]["reason"] = "It cannot be read."
        elif rng.random() < 0.05:
            lines[0] |= {"period": "as_needed", "sessions": 0, "minutes": 0, "total": 0}
        return lines

    def changed(self, old: dict) -> list[dict]:
        """The IEP changes: the old line ends, and a new one begins next day, or on the same day."""
        rng = self.rng
        day = self.day()
        if old["start"] is not None and day <= old["start"]:
            day = old["start"] + timedelta(days=5)
        new = self.line(old["student"], old["service"]) | {"start": day, "end": None}
        if rng.random() < 0.8:
            new["group"] = old["group"]
        old["end"] = day - DAY * rng.choice([1, 1, 0])
        return [new]

    def line(self, student: str, service: str) -> dict:
        rng = self.rng
        period = rng.choice(self.periods)
        sessions, minutes = rng.choice([1, 2, 2, 3]), rng.choice([15, 20, 30, 30, 45])
        if period in ("month", "quarter", "trimester", "semester", "term", "grading_period", "year"):
            sessions = rng.choice([2, 4, 8])
        if period == "day":
            sessions = 1
        total = sessions * minutes
        if period == "as_needed":
            sessions = minutes = total = 0
        elif rng.random() < 0.2:
            sessions = minutes = 0
        group = rng.choice(GROUPS)
        if rng.random() < 0.12:
            group = "consultation"
        start, end = self.maybe_day(0.3), self.maybe_day(0.2)
        if start and end and end <= start:
            start, end = end, start + DAY
        return blank(LINES) | {
            "student": student,
            "service": service,
            "group": group or None,
            "provider": rng.choice(PEOPLE) or None,
            "sessions": sessions,
            "minutes": minutes,
            "total": total,
            "period": period,
            "n": {"n_weeks": 2, "cycle": rng.choice([3, 4, 6])}.get(period, 1),
            "start": start,
            "end": end,
            "esy": rng.random() < 0.06 and period not in ("once", "cycle"),
        }

    def rows_for(self, line: dict) -> list[dict]:
        rng = self.rng
        rows = [self.row_for(line) for _ in range(rng.choice([1, 1, 1, 2]))]
        if rng.random() < 0.25:
            rows.append(self.one_day(line))
        return rows

    def row_for(self, line: dict) -> dict:
        rng = self.rng
        begins, ends = line["start"], line["end"]
        if not line["esy"]:
            begins = begins if rng.random() < 0.5 else self.maybe_day(0.2)
            ends = ends if rng.random() < 0.5 else self.maybe_day(0.12)
        elif rng.random() < 0.3:
            begins = (begins or self.first) - timedelta(days=rng.choice([3, 9]))
        pattern = rng.choice(["weekly"] * 8 + ["alternate", "nth"])
        if line["period"] == "cycle" or rng.random() < 0.03:
            pattern = "cycle"
        if pattern == "alternate" and begins is None:
            begins = self.first + timedelta(days=rng.randrange(9))
        if begins and ends and ends < begins:
            begins, ends = ends, begins
        length = line["n"] if line["period"] == "cycle" else 4
        row = {
            "student": line["student"],
            "service": line["service"],
            "group": line["group"] if rng.random() < 0.7 else (rng.choice(GROUPS) or None),
            "provider": line["provider"] if rng.random() < 0.7 else (rng.choice(PEOPLE) or None),
            "pattern": pattern,
            "weekdays": 0 if pattern == "cycle" else rng.choice([1, 2, 4, 5, 8, 10, 16, 20, 31]),
            "nth": rng.choice([1, 2, 5, 10, 16, 32]) if pattern == "nth" else 0,
            "cycle_days": rng.randrange(1, 1 << length) if pattern == "cycle" else 0,
            "cycle_length": length if pattern == "cycle" else 0,
            "start": rng.choice(TIMES),
            "minutes": line["minutes"]
            if line["minutes"] and rng.random() < 0.8
            else rng.choice([15, 20, 30, 60]),
            "from": begins,
            "to": ends,
            "makeup": rng.random() < 0.03 and line["student"] not in self.leaving,
        }
        return blank(SCHEDULE) | row

    def one_day(self, line: dict) -> dict:
        """A session of one day alone: moved, or to make up."""
        day = self.day()
        row = self.row_for(line) | {"pattern": "weekly", "nth": 0, "cycle_days": 0, "cycle_length": 0}
        marked = self.rng.random() < 0.3
        return row | {"from": day, "to": day, "weekdays": 1 << day.weekday(), "makeup": marked, "start": 945}

    def log_for(self, student: str, service: str, lines: list[dict], rows: list[dict]) -> list[dict]:
        rng = self.rng
        entries: list[dict] = []
        suspended = rng.random() < 0.15
        day = self.first - 2 * DAY
        while day <= self.reach:
            for row in rows:
                if self.falls(row, day) and rng.random() < 0.85:
                    entries.append(self.entry(row, day, suspended))
                    if rng.random() < 0.06:
                        entries.append(self.entry(row, day, suspended))
            if rng.random() < 0.05:
                entries.append(self.stray(rng.choice(lines), day))
            day += DAY
        for entry in [e for e in entries if e["category"] not in (Category.DELIVERED, Category.MAKE_UP)]:
            if rng.random() < 0.3:
                entries.append(self.make_up(entry))
        if rng.random() < 0.15 and entries:
            entries.append(self.span(rng.choice(entries)))
        return entries

    def falls(self, row: dict, day: date) -> bool:
        if (row["from"] and day < row["from"]) or (row["to"] and day > row["to"]):
            return False
        if row["pattern"] == "cycle":
            return day.weekday() < 5 and self.rng.random() < 0.4
        if any(a <= day <= b for a, b in self.closed) and self.rng.random() < 0.8:
            return False
        return bool(row["weekdays"] >> day.weekday() & 1)

    def entry(self, row: dict, day: date, suspended: bool) -> dict:
        rng = self.rng
        category = Category.DELIVERED if rng.random() < 0.6 else rng.choice(MISSED)
        if suspended and rng.random() < 0.5:
            category = Category.SUSPENDED
        minutes = rng.choice(
            [-1, -1, row["minutes"], row["minutes"], row["minutes"] - 10, row["minutes"] + 15, 0]
        )
        start = rng.choice([-1, row["start"], row["start"], row["start"], row["start"] + 10, 900])
        return blank(LOG) | {
            "date": day,
            "student": row["student"],
            "service": row["service"],
            "provider": rng.choice([row["provider"], row["provider"], "M. Cole"]),
            "start": start,
            "minutes": max(0, minutes) if minutes != -1 else -1,
            "category": category,
            "group": rng.choice([row["group"], row["group"], None, rng.choice(GROUPS) or None]),
            "decided": rng.random() < 0.8,
        }

    def stray(self, line: dict, day: date) -> dict:
        """An entry on any day, scheduled or not."""
        row = self.row_for(line)
        return self.entry(row, day, False)

    def make_up(self, missed: dict) -> dict:
        rng = self.rng
        day = missed["date"] + timedelta(days=rng.randrange(-6, 20))
        made = {
            "date": min(day, self.reach),
            "category": Category.MAKE_UP,
            "minutes": rng.choice([-1, 15, 30, 30, 45, 60]),
            "start": rng.choice([-1, 945, 900]),
            "makeup_for": missed["date"] if rng.random() < 0.5 else None,
        }
        return missed | made

    def span(self, entry: dict) -> dict:
        rng = self.rng
        category = rng.choice([Category.SUSPENDED, Category.PROVIDER_ABSENT, Category.STUDENT_ABSENT])
        end = entry["date"] + timedelta(days=rng.choice([2, 4, 16]))
        return entry | {"to": end, "category": category, "start": -1, "minutes": -1, "makeup_for": None}

    def attendance(self, tabs: dict[str, list[dict] | None], students: list[str]) -> None:
        rng = self.rng
        if rng.random() < 0.6:
            return
        for _ in range(rng.randrange(1, 12)):
            record = {
                "date": self.day(),
                "student": rng.choice(students),
                "kind": rng.choice(["absent", "absent", "tardy", "dismissed"]),
                "time": -1,
            }
            tabs["attendance"].append(blank(ATTENDANCE) | record | {"row": len(tabs["attendance"]) + 2})
