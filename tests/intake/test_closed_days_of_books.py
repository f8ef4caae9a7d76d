"""What a plan book would have had on the days on which the Calendar closes the school."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sheets_sync.ledger.counting import count
from sheets_sync.ledger.result import Status
from sheets_sync.ledger.rules import Rules
from sheets_sync.ports import CellValue
from sheets_sync.tables import Tables
from tests.intake.small_workbook import read, told

Row = list[CellValue]
Week = dict[str, str]
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
ANA, BEN = "Ana R. Speech", "Ben T. Speech"
BOTH_DAYS: Week = {"Mon": ANA, "Wed": ANA}
NEW_DAYS: Week = {"Tue": ANA, "Thu": ANA}
GRID = """
    Student | Service | Frequency         | Provider
    Ana R.  | Speech  | 2 x 30 min / week | J. Rivera
    Ben T.  | Speech  | 1 x 30 min / week | Kim Lee
    """
NO_TAB: dict[str, None] = {"Schedule": None, "Service Log": None}
FIRST = date(2025, 9, 29)
"""The Monday of the first week of the books below; today is Monday, 2025-10-20."""


def week(number: int, *rows: Week, mark: bool = False) -> list[Row]:
    """Return the week of a plan book that is so many after the first."""
    title = f"Week of {FIRST + timedelta(7 * number):%m/%d/%Y}"
    cells: list[Row] = [
        [f"{9 + at}:00-{9 + at}:30", *(row[day] + " ✓" * mark if day in row else None for day in DAYS)]
        for at, row in enumerate(rows)
    ]
    return [[title], ["Time", *DAYS], *cells, []]


def book(*weeks: Week | tuple[Week, ...]) -> dict[str, list[Row]]:
    rows = [week(at, *(one if isinstance(one, tuple) else (one,))) for at, one in enumerate(weeks)]
    return {"Plan book": [row for one in rows for row in one]}


def calendar(*closed: str, **more: tuple[str, str]) -> list[Row]:
    """Return a Calendar that closes these days, or spans of days ("10-13/10-15")."""
    rows: list[Row] = [["Date", "To", "Kind"], [date(2025, 8, 25), None, "First day"]]
    rows += [[_day(one), _day(one), kind.upper()] for kind, those in more.items() for one in those]
    for one in closed:
        begins, _, ends = one.partition("/")
        rows.append([_day(begins), _day(ends) if ends else None, "No school"])
    return [*rows, [date(2026, 6, 11), None, "Last day"]]


def _day(text: str) -> date:
    return date.fromisoformat(f"2025-{text}")


def added(tables: Tables) -> list[tuple[str, str, str]]:
    """Return student, day and the cell from which it was taken of each session on a closed day."""
    assert tables.calendar is not None
    spans = tables.calendar.loc[tables.calendar["kind"] == "no school", ["date", "to"]]
    return [
        (one["student"][:3], f"{one['from']:%m-%d}", tables.cell("Schedule", "Student", one["row"]))
        for one in tables.schedule.to_dict("records")
        if any(first <= one["from"] <= last for first, last in spans.itertuples(index=False))
    ]


WOULD_HAVE: dict[str, tuple[dict[str, list[Row]], list[Row], list[tuple[str, str, str]]]] = {
    # the tabs of the book, the Calendar, what the book would have had
    "as the week before": (
        book(BOTH_DAYS, {"Mon": BEN}, {"Wed": ANA}),
        calendar("10-13"),
        [("Ben", "10-13", "B7")],
    ),
    "as the week after, where none is before": (
        book({"Wed": ANA}, BOTH_DAYS, BOTH_DAYS),
        calendar("09-29"),
        [("Ana", "09-29", "B7")],
    ),
    "not those who are in the book only later": (
        book({"Wed": ANA}, ({"Mon": ANA}, {"Mon": BEN})),
        calendar("09-29"),
        [("Ana", "09-29", "B7")],
    ),
    "past another closed day": (
        book(BOTH_DAYS, {"Wed": ANA}, {"Wed": ANA}),
        calendar("10-06", "10-13"),
        [("Ana", "10-06", "B3"), ("Ana", "10-13", "B3")],
    ),
    "a week that the book lacks": (
        book(BOTH_DAYS, {}, BOTH_DAYS),
        calendar("10-06/10-10"),
        [("Ana", "10-06", "B3"), ("Ana", "10-08", "D3")],
    ),
    "the last day of the book": (book(BOTH_DAYS, {"Mon": ANA}), calendar("10-08"), [("Ana", "10-08", "D3")]),
    "not beyond its weeks": (book(BOTH_DAYS, BOTH_DAYS), calendar("10-13", "09-22"), []),
    "not what the nearest week has not": (book(BOTH_DAYS, {"Wed": ANA}, {"Wed": ANA}), calendar("10-13"), []),
    "not what is kept on the closed day": (
        book(({"Mon": ANA}, {"Mon": BEN}), {"Mon": ANA}, BOTH_DAYS),
        calendar("10-06"),
        [("Ana", "10-06", "B8"), ("Ben", "10-06", "B4")],
    ),
    "as the week after, whose days that very week has": (
        book(BOTH_DAYS, BOTH_DAYS, {"Thu": ANA}, NEW_DAYS),
        calendar("10-14", "10-15"),
        [("Ana", "10-14", "C15")],
    ),
    "as the week before, whose days that very week has": (
        book(BOTH_DAYS, {"Mon": ANA}, NEW_DAYS),
        calendar("10-07", "10-08"),
        [("Ana", "10-08", "D3")],
    ),
    "as the week before, where nothing of that week was open": (
        book(BOTH_DAYS, {}, NEW_DAYS),
        calendar("10-06/10-10"),
        [("Ana", "10-06", "B3"), ("Ana", "10-08", "D3")],
    ),
    "nothing, where that week is like neither": (
        book(BOTH_DAYS, BOTH_DAYS, {"Fri": ANA}, NEW_DAYS),
        calendar("10-14", "10-15"),
        [],
    ),
    "no make-up": (book({"Mon": f"{ANA} - make-up", "Wed": ANA}, {"Wed": ANA}), calendar("10-06"), []),
    "a tab for each week": (
        {"Week 9-29": week(0, BOTH_DAYS), "Week 10-6": week(1, {"Wed": ANA})},
        calendar("10-06"),
        [("Ana", "10-06", "B3")],
    ),
    "each of two providers by her own weeks": (
        {
            "J. Rivera": week(0, BOTH_DAYS) + week(2, {"Wed": ANA}),
            "Kim Lee": week(1, {"Mon": BEN}) + week(2, {"Tue": BEN}),
        },
        calendar("10-13"),
        [("Ana", "10-13", "B3"), ("Ben", "10-13", "B3")],
    ),
    "no day that is open for ESY": (
        book(BOTH_DAYS, {"Wed": ANA}, BOTH_DAYS),
        calendar("10-05/10-10", esy=("10-06",)),
        [("Ana", "10-08", "D7")],
    ),
}


@pytest.mark.parametrize(("tabs", "closed", "expected"), WOULD_HAVE.values(), ids=WOULD_HAVE.keys())
def test_what_a_book_would_have_had(
    tabs: dict[str, list[Row]], closed: list[Row], expected: list[tuple[str, str, str]]
) -> None:
    assert added(read({**NO_TAB, **tabs, "Service Grid": GRID, "Calendar": closed})) == expected


def test_one_note_says_of_which_days() -> None:
    weeks = book(BOTH_DAYS, {"Wed": ANA}, {"Mon": ANA})
    tables = read({**NO_TAB, **weeks, "Calendar": calendar("10-06", "10-15")})
    (note,) = [one for one in told(tables) if "closed" in one[2]]
    assert note[:2] == ("note", "Plan book!B3")
    assert note[2].startswith("School is closed on 10/6 and 10/15.")


def test_days_that_change_in_a_week_like_neither_are_asked_about() -> None:
    weeks = book(BOTH_DAYS, BOTH_DAYS, {"Fri": ANA}, NEW_DAYS)
    tables = read({**NO_TAB, **weeks, "Calendar": calendar("10-14", "10-15")})
    (asked,) = [one for one in told(tables) if "closed" in one[2]]
    assert asked[0] == "question"
    assert asked[2].startswith("School is closed on 10/14 and 10/15, and the plan book has other days")


def test_a_list_with_dates_and_a_schedule_of_every_week_stay_as_they_are() -> None:
    assert added(read({"Calendar": calendar("10-06")})) == []
    rows: list[Row] = [["Date", "Start", "End", "Student", "Service", "Status"]]
    mondays = (FIRST + timedelta(7 * number) for number in (0, 2, 9))
    rows += [[monday, "9:00", "9:30", "Ana R.", "Speech", None] for monday in mondays]
    assert added(read({**NO_TAB, "Schedule": rows, "Calendar": calendar("10-06")})) == []


@pytest.mark.parametrize("closed", ["10-06", "10-08", "10-13/10-15", "10-20", "10-22"])
@pytest.mark.parametrize(("sessions", "of_a_week"), [(2, BOTH_DAYS), (1, {"Mon": ANA}), (1, {"Wed": ANA})])
def test_a_faultless_book_is_not_behind_after_a_day_off(closed: str, sessions: int, of_a_week: Week) -> None:
    first, _, last = closed.partition("/")
    off = range(_day(first).toordinal(), _day(last or first).toordinal() + 1)
    rows: list[Row] = []
    for number in range(5):
        monday = FIRST.toordinal() + 7 * number
        kept = {day: text for day, text in of_a_week.items() if monday + DAYS.index(day) not in off}
        rows += week(number, kept, mark=number < 3)
    grid = f"""
        Student | Service | Frequency                | Start date
        Ana R.  | Speech  | {sessions} x 30 min / week | 2025-09-29
        """
    tables = read({**NO_TAB, "Plan book": rows, "Service Grid": grid, "Calendar": calendar(closed)})
    ledger = count(tables, Rules(), date(2025, 10, 20))
    (line,) = ledger.lines.to_dict("records")
    assert (line["status"], line["behind"], line["not_scheduled"]) == (Status.ON_TRACK, 0, 0)
