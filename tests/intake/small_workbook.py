"""A workbook of two students in a few lines, for tests that change one tab of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.problems import Problem
from sheets_sync.tables import Tables

TODAY = date(2025, 10, 20)

SMALL = {
    "Caseload": """
        Student | Student ID
        Ana R.  | S1
        Ben T.  | S2
        """,
    "Service Grid": """
        Student | Service        | Frequency         | Group | Provider  | Start date | End date | ESY
        Ana R.  | Speech therapy | 2 x 30 min / week |       | J. Rivera |            |          |
        """,
    "Schedule": """
        Student | Service        | Provider  | Days     | Start | End  | Minutes | Group | From | To | Notes
        Ana R.  | Speech therapy | J. Rivera | Mon, Wed | 9:00  | 9:30 |         |       |      |    |
        """,
    "Service Log": """
        Date       | Student | Service        | Provider | Start | Minutes | Status    | Group | Make-up for
        2025-10-06 | Ana R.  | Speech therapy |          | 9:00  | 30      | Delivered |       |
        """,
    "Calendar": """
        Date       | To         | Kind      | Time | Label
        2025-08-25 |            | First day |      |
        2026-06-11 |            | Last day  |      |
        2025-11-26 | 2025-11-28 | No school |      | Thanksgiving
        """,
}

Rows = Sequence[Sequence[CellValue]]


def cells(table: str) -> list[list[CellValue]]:
    """Make rows of a table drawn with "|": 30 is a number, 2025-10-06 a date, a blank None, all else text."""
    return [[_cell(text.strip()) for text in line.split("|")] for line in table.strip().splitlines()]


def _cell(text: str) -> CellValue:
    if not text:
        return None
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return text


def workbook(changes: Mapping[str, str | Rows | Sheet | None] | None = None) -> Snapshot:
    """Make the small workbook with some tabs changed, added, or (None) left out."""
    tabs: dict[str, str | Rows | Sheet | None] = {**SMALL, **(changes or {})}
    sheets = []
    for name, content in tabs.items():
        if content is None:
            continue
        if isinstance(content, Sheet):
            sheets.append(content)
        else:
            sheets.append(Sheet(name, cells(content) if isinstance(content, str) else content))
    return Snapshot(tuple(sheets))


def read(
    changes: Mapping[str, str | Rows | Sheet | None] | None = None,
    names: Names | None = None,
    school_minutes: int | None = None,
    today: date = TODAY,
) -> Tables:
    """Read the small workbook with some tabs changed."""
    return read_tables(workbook(changes), names or Names(), today=today, school_minutes=school_minutes)


def row_added(tab: str, row: str) -> dict[str, str]:
    """Return a tab of the small workbook with one row more."""
    return {tab: SMALL[tab].rstrip() + "\n" + row}


def told(tables: Tables) -> list[tuple[str, str, str]]:
    """Return severity, cell with its tab, and what is wrong, of every problem."""
    return [(p.severity.value, f"{p.tab}!{p.cell}", p.problem) for p in tables.problems]


def only(tables: Tables) -> Problem:
    """Return the one problem that there is."""
    assert len(tables.problems) == 1, tables.problems
    return tables.problems[0]


def with_merged(tab: str, *merged: str) -> Sheet:
    """Return a tab of the small workbook with merged ranges."""
    return replace(Sheet(tab, cells(SMALL[tab])), merged=merged)
