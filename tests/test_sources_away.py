"""Caseload, Staff, Service Grid, Attendance or Calendar in a workbook that is away tonight: what waits.

The house of test_sources.py: speech in the case manager's own log, OT in the OT's file. One of the other tabs
is kept in Other.xlsx.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheets_sync.cli.main import run_command_line
from sheets_sync.edges.store import SQLiteStore
from tests.test_sources import OT, SPEECH, TUESDAYS, Night, given, house, lines, night, write_ot
from tests.test_sources_held import add_row, held, to_do

__all__ = ["house", "night"]

OCTOBER = [*TUESDAYS, date(2025, 10, 28)]
BringBack = Callable[[], object]


def keep_elsewhere(house: Path, tab: str, rows: list[list[Any]], *, own: bool = False) -> None:
    """Keep a tab in Other.xlsx; with `own` the workbook keeps its own too."""
    other = openpyxl.Workbook()
    other.active.title = "Sheet"
    for row in rows:
        other.active.append(row)
    other.save(house / "Other.xlsx")
    book = openpyxl.load_workbook(house / "Services.xlsx")
    if not own and tab in book.sheetnames:
        del book[tab]
    book.save(house / "Services.xlsx")
    with (house / "c.toml").open("a") as file:
        file.write(f'[[sources]]\nworkbook = "Other.xlsx"\nname = "Other"\ntabs = {{ "{tab}" = "Sheet" }}\n')


def away(house: Path) -> BringBack:
    """Take it away; return what brings it back."""
    gone = (house / "Other.xlsx").rename(house / "gone.xlsx")
    return lambda: gone.rename(house / "Other.xlsx")


def broken(house: Path) -> BringBack:
    """Its header is gone."""
    whole = (house / "Other.xlsx").read_bytes()
    book = openpyxl.load_workbook(house / "Other.xlsx")
    book["Sheet"].delete_rows(1)
    book.save(house / "Other.xlsx")
    return lambda: (house / "Other.xlsx").write_bytes(whole)


def delete_row(house: Path, tab: str, row: int) -> None:
    book = openpyxl.load_workbook(house / "Services.xlsx")
    book[tab].delete_rows(row)
    book.save(house / "Services.xlsx")


def type_into(house: Path, tab: str, row: int, header: str, value: str) -> None:
    book = openpyxl.load_workbook(house / "Services.xlsx")
    sheet = book[tab]
    sheet.cell(row, [cell.value for cell in sheet[1]].index(header) + 1, value)
    book.save(house / "Services.xlsx")


def log_speech(house: Path, day: date, student: str = "Ana R.") -> None:
    given = SPEECH | {"Student": student, "Date": day, "Start": time(9), "Minutes": 30}
    add_row(house, "Service Log", given | {"Status": "Delivered"})


def receivers(result: dict[str, Any]) -> set[str]:
    return {mail["to"] for mail in result["mails"]}


def kinds(result: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["kind"], one["student"]) for one in result["findings"]}


STAFF = [
    ["Name", "Role", "Email"],
    ["J. Rivera", "SLP", "rivera@example.org"],
    ["S. Poe", "OT", "poe@example.org"],
]


@pytest.mark.parametrize("gone", [away, broken])
def test_without_staff_figures_go_on_and_mails_to_its_people_wait(
    house: Path, night: Night, gone: Callable[[Path], BringBack]
) -> None:
    """The session of Oct 28 is logged by nobody: each provider is to hear of it, once the list is back."""
    keep_elsewhere(house, "Staff", STAFF)
    night("2025-10-22")
    back = gone(house)
    result = night("2025-11-05")
    assert lines(result) == [("Ana R.", "NOT LOGGED", 90), ("Ben T.", "NOT LOGGED", 90)]
    assert (held(result), receivers(result)) == ([], set())
    banner = str(openpyxl.load_workbook(house / "Services.xlsx")["Compliance"]["C2"].value)
    assert "“Other: Sheet” could not be read; it is taken as it stood on Oct 22. " in banner
    assert banner.endswith("Mails to addresses that stand there alone wait.")
    back()
    assert receivers(night("2025-11-06")) == {"rivera@example.org", "poe@example.org"}


def test_check_says_what_a_run_would_do(
    house: Path, night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_elsewhere(house, "Staff", STAFF)
    night("2025-10-22")
    away(house)
    options = ["--config", str(house / "c.toml"), "--state", str(house / "state.sqlite")]
    run_command_line(["check", *options, "--today", "2025-10-23"])
    said = " ".join(capsys.readouterr().out.split())
    assert 'the Staff of "Other" could not be read; mails to addresses that stand there alone wait' in said
    assert "NOT tabs and headers" not in said
    assert run_command_line(["check", "--preview", *options, "--today", "2025-10-23"]) == 0
    assert "is shown as it stood" in " ".join(capsys.readouterr().out.split())


def test_who_stands_on_a_list_that_is_there_too_hears_of_it(house: Path, night: Night) -> None:
    keep_elsewhere(house, "Staff", STAFF, own=True)
    type_into(house, "Staff", 3, "Email", "poe@example.org")
    night("2025-10-22")
    away(house)
    assert receivers(night("2025-11-05")) == {"poe@example.org"}


def test_a_provider_is_still_known_by_a_staff_that_is_away(house: Path, night: Night) -> None:
    """The Schedule calls her "Ms. Rivera": without the list she would be another than the grid's."""
    keep_elsewhere(house, "Staff", STAFF)
    type_into(house, "Schedule", 2, "Provider", "Ms. Rivera")
    assert lines(night("2025-10-22"))[0] == ("Ana R.", "ON TRACK", 90)
    away(house)
    assert lines(night("2025-10-23"))[0] == ("Ana R.", "ON TRACK", 90)


ABSENT = [["Date", "Student", "Attendance"], [date(2025, 10, 28), "Ana R.", "absent"]]


def test_without_attendance_who_has_a_session_without_an_entry_waits(house: Path, night: Night) -> None:
    """Ana was absent on Oct 28, says the school's list alone; of Ben every session is logged."""
    keep_elsewhere(house, "Attendance", ABSENT)
    write_ot(house, given(OCTOBER))
    assert lines(night("2025-11-04"))[0] == ("Ana R.", "ON TRACK", 90)
    back = away(house)
    write_ot(house, given([*OCTOBER, date(2025, 11, 4)]))
    result = night("2025-11-05")
    assert lines(result) == [("Ana R.", "ON TRACK", 90), ("Ben T.", "ON TRACK", 150)]
    assert held(result) == ["Ana R."]
    assert not {("not-logged", "Ana R."), ("missed", "Ana R.")} & kinds(result)
    back()
    assert held(night("2025-11-06")) == []


def test_a_line_stays_as_it_was_last_counted_not_as_on_the_last_whole_night(
    house: Path, night: Night
) -> None:
    """Nov 4 is a Tuesday: nobody knows yet of today's session. What was owed the night before still is."""
    keep_elsewhere(house, "Attendance", ABSENT[:1])
    night("2025-10-22")
    away(house)
    missed = SPEECH | {"Date": date(2025, 10, 28), "Start": time(9), "Status": "Provider absent"}
    add_row(house, "Service Log", missed)
    write_ot(house, given(OCTOBER))
    for today in ("2025-10-29", "2025-11-03", "2025-11-04", "2025-11-05"):
        result = night(today)
        assert lines(result)[0][1] == "MAKE-UP OWED"
    said = "Not updated: “Other: Sheet” could not be read. As it stood on Nov 3: Make up 30 min: Oct 28"
    assert to_do(result)["Ana R."].startswith(said)


def test_what_was_typed_while_another_workbook_was_away_is_not_forgotten(house: Path, night: Night) -> None:
    """The OT's file is away when Dan comes to the other class, and still is when that class is away too."""
    with_cal(house)
    night("2025-10-22")
    (house / "OT.xlsx").rename(house / "gone-ot.xlsx")
    book = openpyxl.load_workbook(house / "Other.xlsx")
    book["Sheet"].append([None, "Dan W.", None, None])
    book.save(house / "Other.xlsx")
    speech = SPEECH | {"Student": "Dan W."}
    add_row(house, "Service Grid", speech | {"Frequency": "1 x 30 min / week"})
    add_row(house, "Schedule", speech | {"Days": "Tue", "Start": time(10), "End": time(10, 30)})
    night("2025-10-24")
    away(house)
    result = night("2025-10-27")
    assert "As it stood on Oct 24" in to_do(result)["Dan W."]
    assert "taken as it stood on Oct 24" in str(result["problems"])


GRID = [
    ["Student", "Service", "Provider", "Frequency", "Start date"],
    ["Ben T.", "Occupational therapy", "S. Poe", "1 x 30 min / week", date(2025, 10, 6)],
]


@pytest.mark.parametrize("gone", [away, broken])
def test_without_a_part_of_the_grid_its_lines_wait_and_all_others_go_on(
    house: Path, night: Night, gone: Callable[[Path], BringBack]
) -> None:
    keep_elsewhere(house, "Service Grid", GRID, own=True)
    delete_row(house, "Service Grid", 3)
    night("2025-10-22")
    back = gone(house)
    log_speech(house, date(2025, 10, 28))
    write_ot(house, given(OCTOBER))
    for today in ("2025-10-29", "2025-10-30"):
        result = night(today)
        assert lines(result) == [("Ana R.", "ON TRACK", 120), ("Ben T.", "ON TRACK", 90)]
        assert held(result) == ["Ben T."]
    back()
    assert lines(night("2025-10-31"))[1] == ("Ben T.", "ON TRACK", 120)


def test_a_session_that_has_no_line_may_have_one_there_by_now(house: Path, night: Night) -> None:
    keep_elsewhere(house, "Service Grid", GRID, own=True)
    delete_row(house, "Service Grid", 3)
    night("2025-10-22")
    back = away(house)
    add_row(
        house, "Schedule", OT | {"Student": "Ana R.", "Days": "Wed", "Start": time(9), "End": time(9, 30)}
    )
    assert ("extra-service", "Ana R.") not in kinds(night("2025-10-23"))
    back()
    assert ("extra-service", "Ana R.") in kinds(night("2025-10-24"))


CLASS = [["Date of birth", "Student", "Parent", "Grade"], ["5/6/2016", "Cal Y.", "Pat Y.", "4"]]


def with_cal(house: Path) -> None:
    """Cal Y. is on the Caseload of another class; the case manager's own has Cal B., without a line."""
    keep_elsewhere(house, "Caseload", CLASS, own=True)
    add_row(house, "Caseload", {"Student": "Cal B."})
    ot = OT | {"Student": "Cal Y."}
    add_row(house, "Service Grid", ot | {"Frequency": "1 x 30 min / week", "Start date": date(2025, 10, 6)})
    add_row(house, "Schedule", ot | {"Days": "Tue", "Start": time(10), "End": time(10, 30)})


def test_without_a_part_of_the_caseload_its_students_wait(house: Path, night: Night) -> None:
    with_cal(house)
    night("2025-10-22")
    away(house)
    result = night("2025-11-05")
    assert held(result) == ["Cal Y."]
    assert to_do(result)["Cal Y."].startswith("Not updated: “Other: Sheet” could not be read.")
    assert lines(result)[0] == ("Ana R.", "NOT LOGGED", 90)


def test_of_a_caseload_what_is_not_read_is_not_remembered(house: Path, night: Night) -> None:
    with_cal(house)
    night("2025-10-22")
    (kept,) = SQLiteStore(house / "state.sqlite").load().guarded.sheets
    assert kept.rows == ((None, "Student", None, "Grade"), (None, "Cal Y.", None, "4"))


def test_a_name_of_two_stays_one_of_two_while_one_of_them_is_away(house: Path, night: Night) -> None:
    """Read without the other class, "Cal" would be Cal B. alone: a wrong reading with confidence."""
    with_cal(house)
    log_speech(house, date(2025, 10, 21), "Cal")
    night("2025-10-22")
    away(house)
    (problem,) = [one for one in night("2025-10-23")["problems"] if one["value"] == "Cal"]
    assert problem["severity"] == "error"


def emptied(house: Path) -> None:
    book = openpyxl.load_workbook(house / "Other.xlsx")
    book["Sheet"].delete_rows(2, 99)
    book.save(house / "Other.xlsx")


def cut(house: Path) -> None:
    book = openpyxl.load_workbook(house / "Other.xlsx")
    book["Sheet"].delete_rows(4, 99)
    book.save(house / "Other.xlsx")


@pytest.mark.parametrize("lose", [emptied, cut])
def test_a_part_of_the_caseload_that_loses_its_students_holds_them_alone(
    house: Path, night: Night, lose: Callable[[Path], None]
) -> None:
    others = [[None, f"K{number} X.", None, None] for number in range(8)]
    keep_elsewhere(house, "Caseload", [*CLASS, *others], own=True)
    add_row(house, "Service Grid", OT | {"Student": "Cal Y.", "Frequency": "1 x 30 min / week"})
    night("2025-10-22")
    lose(house)
    result = night("2025-11-05")
    assert held(result) == ["Cal Y."]
    assert lines(result)[0] == ("Ana R.", "NOT LOGGED", 90)
    banner = str(openpyxl.load_workbook(house / "Services.xlsx")["Compliance"]["C2"].value)
    assert "“Other: Sheet” could not be read" in banner
    assert "It lacks rows that the last good run saw." in banner


def test_the_own_caseload_that_loses_its_students_holds_all(house: Path, night: Night) -> None:
    keep_elsewhere(house, "Caseload", CLASS, own=True)
    for number in range(8):
        add_row(house, "Caseload", {"Student": f"K{number} X."})
    night("2025-10-22")
    for _ in range(8):
        delete_row(house, "Caseload", 4)
    add_row(house, "Service Grid", OT | {"Student": "Cal Y.", "Frequency": "1 x 30 min / week"})
    assert "students; the last good run saw" in " ".join(night("2025-10-23", code=3)["said"].split())


def test_without_the_calendar_all_is_held_and_it_is_said_why(house: Path, night: Night) -> None:
    days = [["Date", "Kind"], [date(2025, 8, 25), "First day"], [date(2026, 6, 11), "Last day"]]
    keep_elsewhere(house, "Calendar", days)
    night("2025-10-22")
    away(house)
    said = " ".join(night("2025-10-23", code=3)["said"].split())
    assert "every line is counted by it, so all wait for it" in said


def test_a_list_that_never_was_read_stops_the_run(house: Path, night: Night) -> None:
    keep_elsewhere(house, "Staff", STAFF)
    away(house)
    assert 'The Staff of "Other" could not be read.' in night("2025-10-22", code=3)["said"]
