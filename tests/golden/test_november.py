"""november.md, a whole workbook worked by hand, against what the program counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ledger import ACCOUNTS, Ledger, Rules, count
from sheets_sync.ports import CellValue, Sheet, Snapshot

TODAY = date(2025, 11, 21)
EXAMPLES = (Path(__file__).parent / "november.md").read_text().split("\n## ")[1:]

HEADERS = {
    "Caseload": ("Student", "Exit date"),
    "Service Grid": ("Student", "Service", "Frequency", "Start date", "End date", "Group"),
    "Schedule": ("Student", "Service", "Days", "Start", "End", "Group", "From", "To", "Notes"),
    "Service Log": (
        *("Date", "Student", "Service", "Status", "Minutes", "Start", "Group", "Make-up for", "Notes"),
    ),
    "Attendance": ("Date", "Student", "Attendance"),
    "Calendar": ("Date", "To", "Kind", "Time", "Label"),
}
CALENDAR: list[tuple[CellValue, ...]] = [
    ("8/25/2025", None, "First day", None, None),
    ("6/11/2026", None, "Last day", None, None),
    ("9/1/2025", None, "No school", None, "Labor Day"),
    ("10/13/2025", None, "No school", None, "Columbus Day"),
    ("11/11/2025", None, "No school", None, "Veterans Day"),
    ("11/26/2025", "11/28/2025", "No school", None, "Thanksgiving"),
    ("12/22/2025", "1/2/2026", "No school", None, "Winter break"),
    ("11/20/2025", None, "Early release", "12:00 PM", "Conferences"),
    ("8/25/2025", None, "Quarter", None, "Q1"),
    ("10/27/2025", None, "Quarter", None, "Q2"),
    ("1/20/2026", None, "Quarter", None, "Q3"),
    ("3/30/2026", None, "Quarter", None, "Q4"),
    ("11/3/2025", None, "Cycle day", None, "1"),
]


def student(example: str) -> str:
    return example.split(":")[0]


def rows(example: str, kind: str) -> list[list[str]]:
    """Return the cells of an example's rows of one kind: "log", "grid"."""
    found = re.findall(rf"^    {kind}\s+(.*)$", example, re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in found]


@cache
def november() -> Ledger:
    """Count the workbook of all examples together."""
    tabs: dict[str, list[tuple[CellValue, ...]]] = {name: [] for name in HEADERS} | {"Calendar": CALENDAR}
    for example in EXAMPLES:
        name = student(example)
        exits = [cells[0] for cells in rows(example, "exit")]
        tabs["Caseload"].append((name, *exits))
        tabs["Service Grid"] += [(name, *cells) for cells in rows(example, "grid")]
        tabs["Schedule"] += [(name, *cells) for cells in rows(example, "schedule")]
        for days, *cells in rows(example, "log"):
            tabs["Service Log"] += [(typed(day), name, *cells) for day in days.split()]
        for (days,) in rows(example, "absent"):
            tabs["Attendance"] += [(typed(day), name, "absent") for day in days.split()]
    sheets = [Sheet(name, (HEADERS[name], *(blank(row) for row in tabs[name]))) for name in HEADERS]
    return count(read_tables(Snapshot(tuple(sheets)), Names(), today=TODAY), Rules(), TODAY)


def typed(day: str) -> str:
    """Give a date its year; a span stays as it is typed."""
    return day if "-" in day else f"{day}/2025"


def blank(row: tuple[CellValue, ...]) -> tuple[CellValue, ...]:
    return tuple(None if cell == "" else cell for cell in row)


def shown(row: Mapping[Any, Any], with_status: bool) -> str:
    """Return a line as november.md writes it: "MAKE-UP OWED: 90 = delivered 60 + owed 30; behind 30"."""
    accounts = [f"{name.replace('_', ' ')} {row[name]}" for name in ACCOUNTS if row[name]]
    beside = [f"{name} {row[name]}" for name in ("behind", "extra") if row[name]]
    words = f"{row['required']} = {' + '.join(accounts)}" + (f"; {', '.join(beside)}" if beside else "")
    return f"{row['status']}: {words}" if with_status else words


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.split("\n")[0] for one in EXAMPLES])
def test_what_was_worked_out_by_hand(example: str) -> None:
    lines = november().lines
    own = lines[lines["student"] == student(example)].to_dict("records")
    expected = [cells[0] for cells in rows(example, "shows")]
    assert [shown(row, ": " in words) for row, words in zip(own, expected, strict=True)] == expected


def test_the_periods_of_each_line_add_up_to_it() -> None:
    ledger = november()
    for name in ("required", "not_asked", *ACCOUNTS):
        sums = ledger.periods.groupby("line")[name].sum()
        assert sums.to_dict() == {at: ledger.lines[name].iat[at] for at in sums.index}
