"""How long it takes to read a log: 20,000 rows at most 0.15 s, a million in proportion (about 3 s)."""

from __future__ import annotations

import random
import time as clock
from datetime import date, time, timedelta

import pytest

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ports import CellValue, Sheet, Snapshot

SERVICES = ("Speech therapy", "Occupational therapy", "Math", "Reading")
STATUSES = (*["Delivered"] * 20, "Student absent", "Provider absent", "MAKE-UP", "XQZ")
SCHOOL: list[list[CellValue]] = [
    ["Date", "To", "Kind"],
    [date(2025, 8, 25), None, "First day"],
    [date(2026, 6, 11), None, "Last day"],
]


def school(entries: int) -> Snapshot:
    """Make a workbook of so many log rows, 125 a student, four lines each; every third row has a note."""
    choose = random.Random(1)
    students = [f"Ana {number}." for number in range(max(40, entries // 125))]
    pairs = [(student, service) for student in students for service in SERVICES]
    days = [date(2025, 8, 25) + timedelta(number) for number in range(280)]
    log: list[list[CellValue]] = [
        [
            "Date",
            "Student",
            "Service",
            "Provider",
            "Start",
            "Minutes",
            "Status",
            "Group",
            "Make-up for",
            "Notes",
        ]
    ]
    for number in range(entries):
        student, service = choose.choice(pairs)
        start, minutes = (
            time(choose.randrange(8, 15), choose.choice((0, 30))),
            choose.choice((None, 30.0, 45.0)),
        )
        status, note = choose.choice(STATUSES), f"note {number}" if number % 3 == 0 else None
        log.append(
            [choose.choice(days), student, service, "J. Rivera", start, minutes, status, None, None, note]
        )
    grid = [["Student", "Service", "Frequency"], *([*pair, "2 x 30 min / week"] for pair in pairs)]
    schedule = [
        ["Student", "Service", "Days", "Start", "Minutes"],
        *([*pair, "Mon, Wed", time(9), 30.0] for pair in pairs),
    ]
    caseload = [["Student"], *([student] for student in students)]
    tabs = {
        "Caseload": caseload,
        "Service Grid": grid,
        "Schedule": schedule,
        "Service Log": log,
        "Calendar": SCHOOL,
    }
    return Snapshot(tuple(Sheet(name, rows) for name, rows in tabs.items()))


@pytest.mark.benchmarks
@pytest.mark.parametrize(("entries", "seconds"), [(20_000, 0.15), (1_000_000, 5.0)])
def test_a_log_is_read_in_time(entries: int, seconds: float) -> None:
    snapshot = school(entries)
    took = []
    for _ in range(3):
        began = clock.perf_counter()
        assert len(read_tables(snapshot, Names(), today=date(2026, 5, 1)).log) == entries
        took.append(clock.perf_counter() - began)
    print(f"\n{entries:,} rows of log read in {min(took):.3f} s")
    assert min(took) <= seconds


@pytest.mark.benchmarks
def test_an_attendance_grid_is_read_in_time() -> None:
    """60 students x 180 days x 3 services, each cell filled: 32,400 entries in at most 0.5 s."""
    choose = random.Random(1)
    days = [day for day in (date(2025, 8, 25) + timedelta(n) for n in range(290)) if day.weekday() < 5][:180]
    marks = ("Delivered", "SA", "MU/30", 30.0, 20.0, "SNA", "XQZ")
    lines = [(f"Ana {number}.", service) for number in range(60) for service in SERVICES[:3]]
    grid: list[list[CellValue]] = [["Student", "Service", *days]]
    grid += [[*line, *(choose.choice(marks) for _ in days)] for line in lines]
    tabs = [sheet for sheet in school(60 * 125).sheets if sheet.name != "Service Log"]
    snapshot = Snapshot((*tabs, Sheet("Service Log", grid)))
    took = []
    for _ in range(5):
        began = clock.perf_counter()
        assert len(read_tables(snapshot, Names(), today=date(2026, 6, 1)).log) == len(lines) * len(days)
        took.append(clock.perf_counter() - began)
    print(f"\n{len(lines) * len(days):,} cells of an attendance grid read in {min(took):.3f} s")
    assert min(took) <= 0.5
