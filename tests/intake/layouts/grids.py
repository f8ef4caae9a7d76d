"""The small workbook with a schedule kept as a week grid, for the tests of week grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.tables import Tables
from tests.intake.small_workbook import SMALL, TODAY, cells

Row = list[CellValue]
SPEECH, OT = "Speech therapy", "Occupational therapy"
WEEK: Row = ["Time", "Mon", "Tue", "Wed", "Thu", "Fri"]
STAFF: list[Row] = [["Name", "Role"], ["Kim Lee", "SLP"], ["J. Rivera", "OT"]]


def with_schedule(
    *rows: Row, name: str = "Schedule", merged: tuple[str, ...] = (), others: Sequence[Sheet] = ()
) -> Tables:
    """Read the small workbook (Ana R., Ben T., provider J. Rivera) with this schedule and other tabs."""
    replaced = {"Schedule", *(other.name for other in others)}
    tabs = [Sheet(tab, cells(table)) for tab, table in SMALL.items() if tab not in replaced]
    sheet = replace(Sheet(name, rows), merged=merged)
    names = Names(tabs={"Schedule": name})
    return read_tables(Snapshot((*tabs, sheet, *others)), names, today=TODAY)


def with_staff(
    *rows: Row, name: str = "Schedule", merged: tuple[str, ...] = (), bells: Sequence[Row] = ()
) -> Tables:
    """Read the same with a Staff tab (Kim Lee, J. Rivera), and a bell schedule where one is given."""
    others = [Sheet("Staff", STAFF), *([Sheet("Bell Schedule", bells)] if bells else [])]
    return with_schedule(*rows, name=name, merged=merged, others=others)


def sessions(tables: Tables) -> list[tuple[str, str, str, int, int]]:
    """Return student, service, day, start and length in minutes of each session."""
    columns = ("student", "service", "days_text", "start", "minutes")
    found = tables.schedule[list(columns)].itertuples(index=False)
    return [(str(s), str(v), str(d), int(a), int(m)) for s, v, d, a, m in found]


def whose(tables: Tables) -> list[tuple[str, str, str, str]]:
    """Return student, service, provider ("" for none) and day of each session."""
    columns = ("student", "service", "provider", "days_text")
    found = tables.schedule[list(columns)].astype(object).fillna("").itertuples(index=False)
    return [(str(s), str(v), str(p), str(d)) for s, v, p, d in found]
