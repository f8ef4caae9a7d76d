"""How long it takes to read a week grid of 20 providers, about 2,000 sessions: at most 0.5 s."""

from __future__ import annotations

import random
import time as clock

import pytest

from sheets_sync.intake.layouts.people_known import named, people
from sheets_sync.intake.layouts.week_grid import read_week_grid
from sheets_sync.ports import CellValue, Sheet

STUDENTS = [f"Ana{number} {chr(65 + number % 26)}." for number in range(300)]
PROVIDERS = [f"Kim Lee{number}" for number in range(20)]
KNOWN = people(named(STUDENTS), named(PROVIDERS))


def table(provider: str, choose: random.Random) -> list[list[CellValue]]:
    """Make the table of one provider: 30 rows of a quarter of an hour, five days, most cells filled."""
    rows: list[list[CellValue]] = [[f"{provider} - Speech"], ["Time", "Mon", "Tue", "Wed", "Thu", "Fri"]]
    for at in range(8 * 60, 8 * 60 + 30 * 15, 15):
        times = "-".join(f"{(one // 60 - 1) % 12 + 1}:{one % 60:02d}" for one in (at, at + 15))
        said = (f"{choose.choice(STUDENTS)} - Speech (Rm {choose.randrange(30)})" for _ in range(5))
        rows.append([times, *(one if choose.random() < 0.7 else None for one in said)])
    return rows


@pytest.mark.benchmarks
@pytest.mark.parametrize("tabs", [False, True], ids=["one tab", "a tab each"])
def test_a_week_grid_of_20_providers_is_read_in_time(tabs: bool) -> None:
    choose = random.Random(1)
    tables = [table(provider, choose) for provider in PROVIDERS]
    one = Sheet("Schedule", [row for rows in tables for row in [*rows, []]])
    sheets = [Sheet(name, rows) for name, rows in zip(PROVIDERS, tables, strict=True)] if tabs else [one]
    took = []
    for _ in range(3):
        began = clock.perf_counter()
        listed = [read_week_grid(sheet, KNOWN) for sheet in sheets]
        took.append(clock.perf_counter() - began)
    sessions = sum(len(one.records) for one in listed if one)
    print(f"\n{sessions:,} sessions of 20 providers read in {min(took):.3f} s")
    assert sessions > 1_900
    assert min(took) <= 0.5
