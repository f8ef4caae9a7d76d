"""A tiny reader of the clean sample workbooks, so that the reference does not depend on intake."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import CalamineWorkbook

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

WEEKDAYS = {"Mon": 1, "Tue": 2, "Wed": 4, "Thu": 8, "Fri": 16, "Sat": 32, "Sun": 64}
CODES = {
    "delivered": Category.DELIVERED,
    "make-up": Category.MAKE_UP,
    "late or left early": Category.LATE,
    "student absent": Category.STUDENT_ABSENT,
    "student refused": Category.STUDENT_REFUSED,
    "student unavailable": Category.STUDENT_UNAVAILABLE,
    "suspended": Category.SUSPENDED,
    "school activity": Category.SCHOOL_ACTIVITY,
    "provider absent": Category.PROVIDER_ABSENT,
    "school closed": Category.SCHOOL_CLOSED,
    "agreed day off": Category.AGREED_DAY_OFF,
    "team decision": Category.TEAM_DECISION,
}
PERIODS = (
    "day",
    "week",
    "month",
    "quarter",
    "trimester",
    "semester",
    "term",
    "grading period",
    "year",
    "once",
)


def read_sample(path: Path) -> Tables:
    """Tables of a sample workbook."""
    book = CalamineWorkbook.from_path(str(path))
    tabs = {name: records(book, name) for name in book.sheet_names}
    return tables_of(tabs)


def records(book: CalamineWorkbook, name: str) -> list[dict]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [
        {"row": at, **dict(zip(rows[0], row, strict=False))}
        for at, row in enumerate(rows[1:], start=2)
        if any(value != "" for value in row)
    ]


def tables_of(tabs: dict[str, list[dict]]) -> Tables:
    """Tables of tabs given as lists of records with the canonical headers."""
    has_calendar = "Calendar" in tabs
    return Tables(
        students=made(STUDENTS, [student(r) for r in tabs["Caseload"]]),
        lines=made(LINES, [line(r) for r in tabs["Service Grid"]]),
        schedule=made(SCHEDULE, [rule for r in tabs["Schedule"] for rule in rules(r)]),
        log=made(LOG, [entry for r in tabs["Service Log"] for entry in entries(r)]),
        calendar=made(CALENDAR, [calendar_row(r) for r in tabs["Calendar"]]) if has_calendar else None,
        attendance=made(ATTENDANCE, [attendance(r) for r in tabs.get("Attendance", [])]),
        staff=made(STAFF, [staff(r) for r in tabs.get("Staff", [])]),
    )


def made(schema: dict[str, str], rows: list[dict]):  # type: ignore[no-untyped-def]
    names = [name for name in schema if rows and name in rows[0]]
    return table(schema, {name: [row[name] for row in rows] for name in names})


def day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not value:
        return None
    return date.fromisoformat(str(value))


def clock(value: object) -> int:
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    if value in ("", None):
        return -1
    hours, minutes = str(value).split(":")[:2]
    return int(hours) * 60 + int(minutes)


def label(value: object) -> str | None:
    return str(value) if value not in ("", None) else None


def whole(value: object, blank: int = -1) -> int:
    return blank if value in ("", None) else int(float(str(value)))


def student(r: dict) -> dict:
    return {"row": r["row"], "student": r["Student"], "exit": day(r.get("Exit date"))}


def line(r: dict) -> dict:
    sessions, minutes, total, period, n = frequency(r)
    start, end = day(r.get("Start date")), day(r.get("End date"))
    return {
        "row": r["row"],
        "student": r["Student"],
        "service": r["Service"],
        "group": label(r.get("Group")),
        "provider": label(r.get("Provider")),
        "sessions": sessions,
        "minutes": minutes,
        "total": total,
        "period": period,
        "n": n,
        "start": start,
        "end": end,
        "esy": str(r.get("ESY", "")).lower() in ("yes", "true"),
        "reason": "It ends before it starts." if start and end and end < start else "",
    }


def frequency(r: dict) -> tuple[int, int, int, str, int]:
    text = r.get("Frequency") or ""
    if not text:
        sessions, minutes = whole(r["Sessions"]), whole(r["Minutes"])
        return sessions, minutes, sessions * minutes, r["Per"], 1
    if text == "as needed":
        return 0, 0, 0, "as_needed", 1
    amount, per = (part.strip() for part in text.split(" / "))
    period, n = period_of_text(per)
    if match := re.fullmatch(r"(\d+) x (\d+) min", amount):
        sessions, minutes = int(match[1]), int(match[2])
        return sessions, minutes, sessions * minutes, period, n
    return 0, 0, int(amount.removesuffix(" min")), period, n


def period_of_text(per: str) -> tuple[str, int]:
    if per in PERIODS:
        return per.replace(" ", "_"), 1
    if match := re.fullmatch(r"(\d+) weeks", per):
        return "n_weeks", int(match[1])
    match = re.fullmatch(r"(\d+)-day cycle", per)
    assert match, per
    return "cycle", int(match[1])


def rules(r: dict) -> list[dict]:
    start = clock(r["Start"])
    minutes = whole(r.get("Minutes")) if r.get("Minutes") not in ("", None) else clock(r["End"]) - start
    pattern = days(r["Days"])
    marked = "make-up" in f"{r.get('Group') or ''} {r.get('Notes') or ''}".lower()
    return [
        {
            "row": r["row"],
            "student": name.strip(),
            "service": r["Service"],
            "provider": label(r.get("Provider")),
            "group": label(r.get("Group")),
            "start": start,
            "minutes": minutes,
            "from": day(r.get("From")),
            "to": day(r.get("To")),
            "makeup": marked,
            "days_text": r["Days"],
            **pattern,
        }
        for name in r["Student"].split(";")
    ]


def days(text: str) -> dict:
    blank = {"pattern": "weekly", "weekdays": 0, "nth": 0, "cycle_days": 0, "cycle_length": 0}
    if text.startswith("Day "):
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        return blank | {"pattern": "cycle", "cycle_days": sum(1 << number - 1 for number in numbers)}
    if text.startswith("Every other "):
        return blank | {"pattern": "alternate", "weekdays": weekdays(text.removeprefix("Every other "))}
    if re.match(r"\d", text):
        nth = sum(1 << int(number) - 1 for number in re.findall(r"\d", text))
        return blank | {"pattern": "nth", "nth": nth, "weekdays": weekdays(text.split()[-1])}
    return blank | {"weekdays": weekdays(text)}


def weekdays(text: str) -> int:
    return sum(WEEKDAYS[name.strip()] for name in text.split(","))


def entries(r: dict) -> list[dict]:
    first, last = span(r["Date"])
    return [
        {
            "row": r["row"],
            "date": first,
            "to": last,
            "student": name.strip(),
            "service": r["Service"],
            "provider": label(r.get("Provider")),
            "start": clock(r.get("Start")),
            "minutes": whole(r.get("Minutes")),
            "category": CODES.get(str(r["Status"]).lower(), Category.UNKNOWN),
            "group": label(r.get("Group")),
            "makeup_for": day(r.get("Make-up for")),
            "decided": bool(r.get("Reason") or r.get("Notes")),
            "reason": str(r["Status"]).lower(),
        }
        for name in r["Student"].split(";")
    ]


def span(value: object) -> tuple[date | None, date | None]:
    if isinstance(value, str) and "/" in value:
        first, last = (datetime.strptime(part, "%m/%d/%Y").date() for part in value.split("-"))  # noqa: DTZ007
        return first, last
    return day(value), None


def calendar_row(r: dict) -> dict:
    kind = r["Kind"].lower()
    kind = kind.replace(" ", "_") if kind in ("grading period", "cycle day") else kind
    return {
        "row": r["row"],
        "date": day(r["Date"]),
        "to": day(r.get("To")) or day(r["Date"]),
        "kind": kind,
        "time": clock(r.get("Time")),
        "label": str(r.get("Label") or ""),
    }


def attendance(r: dict) -> dict:
    return {
        "row": r["row"],
        "date": day(r["Date"]),
        "student": r["Student"],
        "kind": r["Attendance"],
        "time": clock(r.get("Time")),
    }


def staff(r: dict) -> dict:
    return {"row": r["row"], "name": r["Name"], "role": r.get("Role") or ""}
