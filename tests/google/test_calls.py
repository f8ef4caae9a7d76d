"""What a run costs: requests counted at the server, bytes as they went over the wire."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from tests.google.school import FRIDAY, MONDAY, OURS, School, add_rows, place_of, tab
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.registry import REQUESTS
from tests.sheets_server.server import SheetsServer
from tests.small_school import Rows

FIRST = date(2025, 8, 25)
SERVICES = {
    "Speech therapy": ("Mon", "Wed"),
    "Occupational therapy": ("Tue", "Thu"),
    "Reading": ("Mon", "Tue", "Wed", "Thu", "Fri"),
    "Math": ("Mon", "Tue", "Wed", "Thu", "Fri"),
}
STUDENTS = [f"Student {number:02d}" for number in range(40)]
LINES = [(student, service) for student in STUDENTS for service in SERVICES]
SATURDAY, SUNDAY = FRIDAY + timedelta(1), FRIDAY + timedelta(2)
"""Nothing is due on either: what changes between them is what staff enter."""


def rows_of_160_lines() -> dict[str, Rows]:
    return {
        "Caseload": [
            ["Student", "Case manager email"],
            *([student, "manager@example.org"] for student in STUDENTS),
        ],
        "Service Grid": [
            ["Student", "Service", "Frequency", "Provider", "Start date"],
            *(
                [student, service, f"{len(SERVICES[service])} x 30 min / week", f"P. {service}", FIRST]
                for student, service in LINES
            ),
        ],
        "Schedule": [
            ["Student", "Service", "Provider", "Days", "Start", "End"],
            *(
                [student, service, f"P. {service}", ", ".join(SERVICES[service]), time(9), time(9, 30)]
                for student, service in LINES
            ),
        ],
        "Service Log": [
            ["Date", "Student", "Service", "Provider", "Minutes", "Status"],
            *(
                [FRIDAY, student, service, f"P. {service}", 30, "Delivered"]
                for student, service in LINES
                if "Fri" in SERVICES[service]
            ),
        ],
        "Calendar": [["Date", "Kind"], [FIRST, "First day"], [date(2026, 6, 11), "Last day"]],
        "Staff": [["Name", "Email"], *([f"P. {service}", "p@example.org"] for service in SERVICES)],
    }


@pytest.fixture
def school(server: SheetsServer, tmp_path: Path) -> School:
    """160 lines."""
    book = server.create("Services of the district", rows_of_160_lines())
    return School(server, tmp_path, book)


def calls(school: School, day: date) -> tuple[int, int]:
    """Run once; return how many reads and writes the server saw."""
    before = school.requests("read"), school.requests("write")
    ran = school.sync(day)
    assert (ran.code, ran.err) == (0, "")
    return school.requests("read") - before[0], school.requests("write") - before[1]


def sent(school: School) -> int:
    """Return how many bytes the last write had."""
    return [one.sent for one in school.server.requests if one.kind == "write"][-1]


def three_sessions(book: Spreadsheet) -> None:
    """Somebody enters what was missed: on Wednesday, for three students."""
    rows = [
        [date(2025, 10, 15), student, "Speech therapy", "P. Speech therapy", 30, "Provider absent"]
        for student in ("Student 03", "Student 17", "Student 31")
    ]
    add_rows(tab(book, "Service Log"), rows)


def a_note(book: Spreadsheet) -> None:
    sheet = tab(book, "Compliance")
    row, _ = place_of(sheet, "Student 05")
    _, column = place_of(sheet, "Staff notes")
    cell = sheet.cells.get((row, column), {})
    sheet.cells[row, column] = {**cell, "userEnteredValue": {"stringValue": "asked"}}


def turned_round(book: Spreadsheet) -> None:
    """Somebody sorts the lines by student, from the last to the first."""
    sheet = tab(book, "Compliance")
    first = place_of(sheet, "Staff notes")[0] + 1
    where = {"sheetId": sheet.id, "startRowIndex": first, "endRowIndex": sheet.row_count}
    spec = {"dimensionIndex": place_of(sheet, "Student 05")[1], "sortOrder": "DESCENDING"}
    REQUESTS["sortRange"](book, {"range": where, "sortSpecs": [spec]}, Context())


def test_every_run_is_one_read_and_one_write(school: School) -> None:
    assert calls(school, FRIDAY) == (1, 1)
    assert calls(school, SATURDAY) == (1, 1)
    assert calls(school, MONDAY) == (1, 1)


def test_a_night_in_which_three_lines_changed_is_under_20_kb(school: School) -> None:
    calls(school, SATURDAY)
    whole = sent(school)
    before = rows_of(school)
    school.server.staff.do(school.id, three_sessions)
    assert calls(school, SUNDAY) == (1, 1)
    changed = [row for row, other in zip(before, rows_of(school), strict=True) if row != other]
    assert len(before) == len(LINES)
    assert len(changed) == 3
    assert sent(school) < 20_000 < whole


def rows_of(school: School) -> list[list[object]]:
    """Return the values of each line of our tab, without its colours."""
    sheet = tab(school.book, "Compliance")
    header, _ = place_of(sheet, "Staff notes")
    lines = {row for row, column in sheet.cells if row > header}
    return [
        [sheet.cells.get((row, column), {}).get("userEnteredValue") for column in range(sheet.column_count)]
        for row in sorted(lines)
    ]


def test_a_note_within_the_second_costs_one_more_read_and_stands(school: School) -> None:
    """What was written is right all the same: there is nothing to write once more."""
    calls(school, SATURDAY)
    school.server.staff.next(a_note, "write")
    assert calls(school, SUNDAY) == (2, 1)
    sheet = tab(school.book, "Compliance")
    row, _ = place_of(sheet, "Student 05")
    assert place_of(sheet, "asked") == (row, place_of(sheet, "Staff notes")[1])


def test_rows_that_move_within_the_second_cost_one_more_of_each(school: School) -> None:
    """What was written beside the wrong lines is set right."""
    calls(school, SATURDAY)
    school.server.staff.do(school.id, three_sessions)
    school.server.staff.next(turned_round, "write")
    assert calls(school, SUNDAY) == (2, 2)
    right = [row[:-2] for row in rows_of(school)]
    school.server.staff.do(school.id, turned_round)
    assert calls(school, SUNDAY) == (1, 1)
    assert [row[:-2] for row in rows_of(school)] == right


def test_a_tab_that_is_renamed_and_moved_costs_nothing_more(school: School) -> None:
    calls(school, SATURDAY)

    def rename(book: Spreadsheet) -> None:
        sheet = tab(book, "Compliance")
        sheet.properties = {**sheet.properties, "title": "Who needs what"}
        book.sheets.insert(0, book.sheets.pop(book.sheets.index(sheet)))

    school.server.staff.do(school.id, rename)
    assert calls(school, SUNDAY) == (1, 1)
    assert [sheet.title for sheet in school.book.sheets if sheet.title in (*OURS, "Who needs what")] == [
        "Who needs what",
        "Data Problems",
    ]


def test_a_run_that_only_looks_asks_once_and_writes_nothing(school: School) -> None:
    ran = school.run("sync", "--dry-run", "--quiet", day=FRIDAY)
    assert (ran.code, ran.err) == (0, "")
    assert (school.requests("read"), school.requests("write")) == (1, 0)
