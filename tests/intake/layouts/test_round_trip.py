"""The same sessions and entries, written as a list or as a grid, with the noise that people add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import Ledger
from sheets_sync.ledger.rules import Rules
from sheets_sync.ports import CellValue, Sheet, Snapshot
from tests.intake.layouts.list_noise import noises, with_noise
from tests.intake.small_workbook import SMALL, cells

TODAY = date(2025, 10, 20)
STUDENTS = ("Ana R.", "Ben Torres", "Cal M.", "Dee O'Neil")
SERVICES = ("Speech therapy", "Occupational therapy", "Reading")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
STARTS = (480, 540, 600, 780)
CODES = ("Delivered", "Student absent", "Provider absent", 20.0, "MU/30", "snow day", "refused")
SCHOOL_DAYS = [day for day in (date(2025, 9, 2) + timedelta(n) for n in range(48)) if day.weekday() < 5]

Row = list[CellValue]


@dataclass(frozen=True)
class Slot:
    student: str
    service: str
    day: str
    start: int


@dataclass(frozen=True)
class Entry:
    student: str
    service: str
    day: date
    code: CellValue


slots = st.builds(
    Slot, st.sampled_from(STUDENTS), st.sampled_from(SERVICES), st.sampled_from(DAYS), st.sampled_from(STARTS)
)
entries = st.builds(
    Entry,
    st.sampled_from(STUDENTS),
    st.sampled_from(SERVICES),
    st.sampled_from(SCHOOL_DAYS),
    st.sampled_from(CODES),
)


def clock(minutes: int) -> str:
    return f"{(minutes // 60 - 1) % 12 + 1}:{minutes % 60:02d}"


def schedule_list(wanted: Sequence[Slot]) -> list[Row]:
    rows: list[Row] = [["Student", "Service", "Days", "Start", "End"]]
    return rows + [
        [one.student, one.service, one.day, clock(one.start), clock(one.start + 30)] for one in wanted
    ]


def week_grid(wanted: Sequence[Slot], how: str) -> list[Row]:
    """Write sessions as a week grid; `how` is one of ORDERS, the order of words in a cell."""
    in_cell: dict[tuple[int, str], list[str]] = defaultdict(list)
    for one in wanted:
        in_cell[one.start, one.day].append(how.format(student=one.student, service=one.service))
    times: list[Row] = [
        [f"{clock(start)}-{clock(start + 30)}", *("\n".join(in_cell[start, day]) or None for day in DAYS)]
        for start in STARTS
    ]
    lunch: Row = ["11:00-11:30", *["Lunch"] * 5]
    return [["Week of Ms. Lee"], [], ["Time", *DAYS], *times[:3], lunch, *times[3:]]


BELLS: list[Row] = [
    ["Period", "Start", "End"],
    *([float(n), clock(start), clock(start + 30)] for n, start in enumerate(STARTS, start=1)),
]


def of_periods(wanted: Sequence[Slot], how: str) -> list[Row]:
    """Write sessions as a week grid with the periods of BELLS down the side."""
    periods = {
        f"{clock(start)}-{clock(start + 30)}": f"Period {n}" for n, start in enumerate(STARTS, start=1)
    }
    grid = week_grid(wanted, how)
    return [[periods.get(str(row[0]), row[0]), *row[1:]] if row else [] for row in grid]


def a_plan_each(wanted: Sequence[Slot], how: str) -> list[Row]:
    """Write sessions as one table for each student, below one another, whose cells name the service alone."""
    rows: list[Row] = []
    for student in dict.fromkeys(one.student for one in wanted):
        of_one = [one for one in wanted if one.student == student]
        rows += [[f"{student}'s schedule"], *week_grid(of_one, "{service}")[2:], []]
    return rows


def times_in_cells(wanted: Sequence[Slot], how: str) -> list[Row]:
    """Write sessions with students and services down, days across and times in the cells."""
    del how
    in_cell: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in sorted(wanted, key=lambda one: one.start):
        in_cell[one.student, one.service, one.day].append(f"{clock(one.start)}-{clock(one.start + 30)}")
    lines = dict.fromkeys((one.student, one.service) for one in wanted)
    rows: list[Row] = [
        [student, service, *(", ".join(in_cell[student, service, day]) or None for day in DAYS)]
        for student, service in lines
    ]
    return [["When I see them"], [], ["Student", "Service", *DAYS], *rows]


WEEK_GRIDS = {
    "one table": week_grid,
    "periods": of_periods,
    "a plan each": a_plan_each,
    "times in cells": times_in_cells,
}


def log_list(wanted: Sequence[Entry]) -> list[Row]:
    rows: list[Row] = [["Date", "Student", "Service", "Status"]]
    return rows + [[one.day, one.student, one.service, one.code] for one in wanted]


def attendance_grid(wanted: Sequence[Entry], form: str) -> list[Row]:
    """Write entries as an attendance grid of one of FORMS: dates, day numbers below the names of months, or
    a table for each month."""
    if form == "a table a month":
        days = [[day for day in SCHOOL_DAYS if day.month == month] for month in (9, 10)]
        return [row for month in days for row in ([f"{month[0]:%B %Y}"], *_table(wanted, month, "days"), [])]
    return [["Services 25-26"], *_table(wanted, SCHOOL_DAYS, form)]


FORMS = ("dates", "months", "a table a month")


def _table(wanted: Sequence[Entry], days: Sequence[date], form: str) -> list[Row]:
    lines = list(dict.fromkeys((one.student, one.service) for one in wanted))
    code = {(one.student, one.service, one.day): one.code for one in wanted}
    first = {day.month: day for day in reversed(days)}
    across: list[Row] = [["Name", "Service", *(f"{day.month}/{day.day}" for day in days), "Total"]]
    if form == "months":
        named = [f"{day:%B}" if first[day.month] == day else None for day in days]
        across = [
            [None, None, *named],
            ["Name", "Service", *(float(day.day) for day in days), "Total"],
        ]
    if form == "days":
        across = [["Name", "Service", *(float(day.day) for day in days), "Total"]]
    weekdays: Row = [None, None, *(f"{day:%a}" for day in days)]
    body: list[Row] = [
        [student, service, *(code.get((student, service, day)) for day in days), 3.0]
        for student, service in lines
    ]
    return [*across, weekdays, *body, ["Total", None, 4.0]]


def ledger(schedule: list[Row], log: list[Row], **others: list[Row]) -> Ledger:
    grid: list[Row] = [["Student", "Service", "Frequency"]]
    grid += [[student, service, "2 x 30 min / week"] for student in STUDENTS for service in SERVICES]
    tabs = {
        "Caseload": [["Student"], *([student] for student in STUDENTS)],
        "Service Grid": grid,
        "Schedule": schedule,
        "Service Log": log,
        "Calendar": cells(SMALL["Calendar"]),
    }
    sheets = tuple(Sheet(name, rows) for name, rows in {**tabs, **others}.items())
    tables = read_tables(Snapshot(sheets), Names(), today=TODAY)
    assert [problem for problem in tables.problems if problem.severity != "note"] == []
    return count(tables, Rules(), TODAY)


ORDERS = ("{student} - {service}", "{service}: {student}", "{service} / {student}", "{student} {service}")
FIGURES = ("student", "service", "status", "required", "delivered", "owed", "not_logged", "excused", "behind")


def figures(ledger: Ledger) -> pd.DataFrame:
    return ledger.lines[list(FIGURES)]


@settings(max_examples=40)
@given(
    st.lists(slots, min_size=1, max_size=12, unique_by=lambda one: (one.student, one.day, one.start)),
    st.lists(entries, min_size=1, max_size=25, unique_by=lambda one: (one.student, one.service, one.day)),
    st.sampled_from(ORDERS),
    st.sampled_from(list(WEEK_GRIDS)),
    st.sampled_from(FORMS),
)
def test_a_week_grid_and_an_attendance_grid_count_as_the_lists_do(
    sessions: list[Slot], log: list[Entry], how: str, kept: str, form: str
) -> None:
    lists = ledger(schedule_list(sessions), log_list(log))
    grids = ledger(WEEK_GRIDS[kept](sessions, how), attendance_grid(log, form), Bells=BELLS)
    assert {"Schedule", "Service Log"} <= grids.tables.layouts.keys()
    assert figures(grids).equals(figures(lists))


@settings(max_examples=15)
@given(
    st.lists(slots, min_size=1, max_size=12, unique_by=lambda one: (one.student, one.day, one.start)),
    st.lists(entries, min_size=1, max_size=25, unique_by=lambda one: (one.student, one.service, one.day)),
    noises,
)
def test_a_list_counts_the_same_whatever_people_add_to_it(
    sessions: list[Slot], log: list[Entry], added: list[str]
) -> None:
    plain = ledger(schedule_list(sessions), log_list(log))
    entries_and_more = with_noise(log_list(log), added, ["September 2025"])
    noisy = ledger(with_noise(schedule_list(sessions), added), entries_and_more)
    assert figures(noisy).equals(figures(plain))
