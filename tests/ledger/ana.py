"""Ana, her speech line and her year: the setting of the worked examples, in words of the field."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheets_sync.ledger import ACCOUNTS, Ledger, Rules, count
from sheets_sync.tables import Tables
from tests.reference.sample_tables import tables_of

YEAR = "2025-08-25", "2026-06-11"
NO_SCHOOL = [
    ("2025-09-01", ""),
    ("2025-10-13", ""),
    ("2025-11-11", ""),
    ("2025-11-26", "2025-11-28"),
    ("2025-12-22", "2026-01-02"),
]
MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11}


def day(text: str) -> date:
    """ "Oct 6" of the school year 2025-26."""
    month, number = text.split()
    return date(2026 if MONTHS[month] < 8 else 2025, MONTHS[month], int(number))


def line(
    frequency: str = "2 x 30 min / week", start: str = "Oct 6", end: str = "", group: str = "", esy: str = ""
) -> dict[str, Any]:
    """A row of the Service Grid."""
    return {
        "Student": "Ana",
        "Service": "Speech",
        "Frequency": frequency,
        "Group": group,
        "Start date": start and day(start),
        "End date": end and day(end),
        "ESY": esy,
    }


def scheduled(
    days: str = "Mon, Wed",
    start: str = "9:00",
    minutes: int = 30,
    begins: str = "",
    ends: str = "",
    group: str = "",
) -> dict[str, Any]:
    """A row of the Schedule."""
    return {
        "Student": "Ana",
        "Service": "Speech",
        "Days": days,
        "Start": start,
        "Minutes": minutes,
        "Group": group,
        "From": begins and day(begins),
        "To": ends and day(ends),
    }


def logged(on: str, status: str = "delivered", minutes: int | str = "", **cells: Any) -> dict[str, Any]:
    """A row of the Service Log: logged("Oct 17", "make-up", 30, makeup_for="Oct 8")."""
    makeup_for = cells.get("makeup_for", "")
    return {
        "Date": day(on),
        "Student": "Ana",
        "Service": "Speech",
        "Status": status,
        "Minutes": minutes,
        "Start": cells.get("start", ""),
        "Notes": cells.get("notes", ""),
        "Make-up for": makeup_for and day(makeup_for),
    }


def delivered(*days: str) -> list[dict[str, Any]]:
    return [logged(on) for on in days]


def tables(
    lines: list[dict[str, Any]] | None = None,
    schedule: list[dict[str, Any]] | None = None,
    log: list[dict[str, Any]] | None = None,
    exit_date: str = "",
    first: str = "Aug 25",
    calendar: list[dict[str, Any]] | None = None,
) -> Tables:
    """The tables of Ana's school."""
    rows: list[dict[str, Any]] = [
        {"Date": day(first), "Kind": "First day"},
        {"Date": date(2026, 6, 11), "Kind": "Last day"},
        {"Date": date(2026, 7, 6), "To": date(2026, 7, 30), "Kind": "ESY"},
        *({"Date": a, "To": b, "Kind": "No school"} for a, b in NO_SCHOOL),
        *(calendar or []),
    ]
    tabs = {
        "Caseload": [{"Student": "Ana", "Exit date": exit_date and day(exit_date)}],
        "Service Grid": [line()] if lines is None else lines,
        "Schedule": [scheduled()] if schedule is None else schedule,
        "Service Log": log or [],
        "Calendar": rows,
    }
    return tables_of({name: numbered(records) for name, records in tabs.items()})


def numbered(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"row": at, **record} for at, record in enumerate(records, start=2)]


def counted(today: str, rules: Rules | None = None, **school: Any) -> Ledger:
    return count(tables(**school), rules or Rules(), day(today))


def period(ledger: Ledger, start: str, line_number: int = 0) -> dict[str, int]:
    """Required and the accounts that are not 0 of the period that begins on this day."""
    periods = ledger.periods
    found = periods[(periods["line"] == line_number) & (periods["start"].dt.date == day(start))]
    assert len(found) == 1, f"{len(found)} periods begin on {start}"
    row = found.iloc[0]
    figures = {name: int(row[name]) for name in ("required", *ACCOUNTS, "extra")}
    return {name: minutes for name, minutes in figures.items() if minutes}


def whole(ledger: Ledger, line_number: int = 0) -> dict[str, int]:
    """Required and the accounts that are not 0 of a whole line."""
    row = ledger.lines.iloc[line_number]
    figures = {name: int(row[name]) for name in ("required", *ACCOUNTS, "extra")}
    return {name: minutes for name, minutes in figures.items() if minutes}


def status(ledger: Ledger, line_number: int = 0) -> str:
    return str(ledger.lines.iloc[line_number]["status"])


def behind(ledger: Ledger, line_number: int = 0) -> int:
    return int(ledger.lines.iloc[line_number]["behind"])


def percent(ledger: Ledger, line_number: int = 0) -> float:
    return float(ledger.lines.iloc[line_number]["percent"])
