"""Each provider's own log, beside the case manager's workbook: [[sources]] (issue 5, "Several sources").

Speech is logged in the workbook itself, OT in the OT's own file. Each is 1 x 30 a week from Oct 6 2025.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheets_sync.cli.main import run_command_line
from sheets_sync.sample.writer import write_staff_workbook
from tests.google_runs import address_of
from tests.sheets_server.server import SheetsServer

SPEECH = {"Student": "Ana R.", "Service": "Speech therapy", "Provider": "J. Rivera"}
OT = {"Student": "Ben T.", "Service": "Occupational therapy", "Provider": "S. Poe"}
WEEKLY = {"Frequency": "1 x 30 min / week", "Start date": date(2025, 10, 6)}
MANAGER = {"Case manager": "C. Manager", "Case manager email": "manager@example.org"}
TUESDAYS = [date(2025, 10, day) for day in (7, 14, 21)]


def logged(who: dict[str, str], days: list[date]) -> list[dict[str, Any]]:
    return [who | {"Date": day, "Start": time(9), "Minutes": 30, "Status": "Delivered"} for day in days]


def write_ot(folder: Path, rows: list[list[Any]], date_header: str = "Session date") -> Path:
    """The OT's file: a tab "Log" with her own headers, and a tab of notes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Log"
    sheet.append(["Child", date_header, "Service", "Time", "Min", "What happened"])
    for row in rows:
        sheet.append(row)
    book.create_sheet("Ideas")
    file = folder / "OT.xlsx"
    book.save(file)
    return file


def write_staff_log(house: Path, more: int) -> None:
    """Add so many extra sessions of speech to the case manager's own log."""
    file = house / "Services.xlsx"
    book = openpyxl.load_workbook(file)
    log = book["Service Log"]
    header = [cell.value for cell in log[1]]
    rows = logged(SPEECH, [date(2025, 9, 1) for _ in range(more)])
    for number, row in enumerate(rows, start=20):
        for name, value in (row | {"Start": time(8, number % 60)}).items():
            log.cell(number, header.index(name) + 1, value)
    book.save(file)


def given(days: list[date]) -> list[list[Any]]:
    return [["Ben T.", day, "OT", time(9), 30, "Delivered"] for day in days]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    tuesdays = {"Days": "Tue", "Start": time(9), "End": time(9, 30)}
    write_staff_workbook(
        tmp_path / "Services.xlsx",
        {
            "Caseload": [{"Student": "Ana R."} | MANAGER, {"Student": "Ben T."} | MANAGER],
            "Service Grid": [SPEECH | WEEKLY, OT | WEEKLY],
            "Schedule": [SPEECH | tuesdays, OT | tuesdays],
            "Service Log": logged(SPEECH, TUESDAYS),
            "Calendar": [
                {"Date": date(2025, 8, 25), "Kind": "First day"},
                {"Date": date(2026, 6, 11), "Kind": "Last day"},
            ],
            "Staff": [{"Name": "J. Rivera"}, {"Name": "S. Poe"}],
        },
    )
    write_ot(tmp_path, given(TUESDAYS))
    (tmp_path / "c.toml").write_text(
        'workbook = "Services.xlsx"\nstate = "state.sqlite"\n'
        '[[sources]]\nworkbook = "OT.xlsx"\nname = "OT log"\ntabs = { "Service Log" = "Log" }\n'
        'columns = { "Service Log" = { Status = "What happened" } }\n'
    )
    (tmp_path / "c.toml").chmod(0o600)
    return tmp_path


Night = Callable[..., dict[str, Any]]


@pytest.fixture
def night(house: Path, capsys: pytest.CaptureFixture[str]) -> Night:
    """Run one night; return what it prints as JSON, with what it says on standard error."""

    def once(today: str, code: int = 0) -> dict[str, Any]:
        words = ["sync", "--config", str(house / "c.toml"), "--today", today, "--json"]
        words += ["--state", str(house / "state.sqlite")]
        assert run_command_line(words) == code
        out, err = capsys.readouterr()
        found: dict[str, Any] = json.loads(out) if out else {}
        return found | {"said": err}

    return once


def lines(result: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(line["student"], line["status"], line["delivered"]) for line in result["lines"]]


def test_two_logs_are_read_as_one(night: Night) -> None:
    """Three Tuesdays of 30 minutes each, in either log."""
    assert lines(night("2025-10-22")) == [("Ana R.", "ON TRACK", 90), ("Ben T.", "ON TRACK", 90)]


def test_a_problem_names_the_other_workbook_and_its_cell(house: Path, night: Night) -> None:
    write_ot(house, [*given(TUESDAYS), ["Ben T.", date(2025, 10, 21), "OT", time(13), 30, "abducted"]])
    problems = night("2025-10-22")["problems"]
    assert [(one["tab"], one["cell"]) for one in problems if one["value"] == "abducted"] == [
        ("OT log: Log", "F5")
    ]


def test_a_log_that_is_missing_holds_its_own_lines_alone(house: Path, night: Night) -> None:
    night("2025-10-22")
    (house / "OT.xlsx").rename(house / "away.xlsx")
    result = night("2025-11-12")
    assert lines(result) == [("Ana R.", "NOT LOGGED", 90), ("Ben T.", "ON TRACK", 90)]
    ana, ben = (line["what_to_do"] for line in result["lines"])
    assert ben.startswith("Not updated: “OT log: Log” could not be read. As it stood on Oct 22: ")
    assert "Not updated" not in ana
    assert {one["student"] for one in result["findings"] if one["kind"] == "not-logged"} == {"Ana R."}


def test_and_goes_on_when_it_is_back(house: Path, night: Night) -> None:
    """Nothing that was said meanwhile is taken back, and nothing of the record is news."""
    night("2025-10-22")
    file = (house / "OT.xlsx").rename(house / "away.xlsx")
    night("2025-10-23")
    night("2025-10-24")
    file.rename(house / "OT.xlsx")
    result = night("2025-10-25")
    assert lines(result) == [("Ana R.", "ON TRACK", 90), ("Ben T.", "ON TRACK", 90)]
    assert [one["kind"] for one in result["findings"] if one["kind"] == "record-changed"] == []


def test_a_log_that_lost_its_rows_holds_its_own_lines_alone(house: Path, night: Night) -> None:
    write_ot(house, given([date(2025, 10, day) for day in (7, 8, 9, 10, 13, 14, 21)]))
    night("2025-10-22")
    write_ot(house, given(TUESDAYS[:1]))
    result = night("2025-10-23")
    assert [line["what_to_do"].startswith("Not updated") for line in result["lines"]] == [False, True]
    book = openpyxl.load_workbook(house / "Services.xlsx")
    banner = str(book["Compliance"]["C2"].value)
    assert "“OT log: Log” was not counted. The tabs of the Service Log have 4 entries" in banner


def test_a_small_log_has_a_guard_of_its_own(house: Path, night: Night) -> None:
    """Of 103 entries in all 4 are gone: nothing; but they are 4 of her 5."""
    write_staff_log(house, 100)
    write_ot(house, given([date(2025, 10, day) for day in (7, 8, 9, 14, 21)]))
    night("2025-10-22")
    write_ot(house, given(TUESDAYS[:1]))
    result = night("2025-10-23")
    assert [line["what_to_do"].startswith("Not updated") for line in result["lines"]] == [False, True]


def test_whoever_runs_it_reads_what_is_held(
    house: Path, night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    night("2025-10-22")
    (house / "OT.xlsx").unlink()
    run_command_line(["sync", "--config", str(house / "c.toml"), "--today", "2025-10-23"])
    said = " ".join(capsys.readouterr().out.split())
    assert 'Note: the Service Log of "OT log" could not be read; 1 line stays as of Oct 22' in said


def test_a_header_that_is_gone_there_holds_its_own_lines_alone(house: Path, night: Night) -> None:
    night("2025-10-22")
    file = house / "OT.xlsx"
    book = openpyxl.load_workbook(file)
    book["Log"]["B1"] = "?"
    book.save(file)
    assert lines(night("2025-10-23"))[0] == ("Ana R.", "ON TRACK", 90)
    banner = str(openpyxl.load_workbook(house / "Services.xlsx")["Compliance"]["C2"].value)
    assert '[[sources]] "OT log", columns = { "Service Log" = { "Date" = "the header here" } }' in banner


@pytest.mark.parametrize("header", ["", "?"])
def test_a_log_that_never_was_read_stops_the_run_and_check_says_so(
    house: Path, night: Night, capsys: pytest.CaptureFixture[str], header: str
) -> None:
    """It is not there, or cannot be read for want of a header."""
    if header:
        write_ot(house, [], date_header=header)
    else:
        (house / "OT.xlsx").unlink()
    result = night("2025-10-22", code=3)
    never = 'Service Log of "OT log" could not be read, and never was'
    assert never in result["said"]
    words = ["check", "--config", str(house / "c.toml"), "--today", "2025-10-22"]
    assert run_command_line(words) == 3
    out = capsys.readouterr().out
    assert never in " ".join(out.split())
    assert "A run would go through" not in out


def test_the_other_workbook_is_never_written(house: Path, night: Night) -> None:
    before = (house / "OT.xlsx").read_bytes()
    night("2025-10-22")
    assert (house / "OT.xlsx").read_bytes() == before


def both_logged(house: Path, ot_says: str, para_says: str) -> None:
    """The OT's log and a para's, of the same three sessions."""
    write_ot(house, [["Ben T.", day, "OT", time(9), 30, ot_says] for day in TUESDAYS])
    book = openpyxl.Workbook()
    book.active.title = "Binder"
    book.active.append(["Student", "Date", "Service", "Start", "Minutes", "Status"])
    for day in TUESDAYS:
        book.active.append(["Ben T.", day, "OT", time(9), 30, para_says])
    book.save(house / "Para.xlsx")
    with (house / "c.toml").open("a") as file:
        file.write('[[sources]]\nworkbook = "Para.xlsx"\ntabs = { "Service Log" = "Binder" }\n')


def test_what_two_logs_say_alike_counts_once_and_is_no_finding(house: Path, night: Night) -> None:
    both_logged(house, "Delivered", "Delivered")
    result = night("2025-10-22")
    assert lines(result)[1] == ("Ben T.", "ON TRACK", 90)
    assert not {"logged-twice", "logs-disagree"} & {one["kind"] for one in result["findings"]}


def test_explain_shows_that_they_agree(house: Path, night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    both_logged(house, "Delivered", "Delivered")
    words = ["explain", "Ben T.", "--config", str(house / "c.toml"), "--today", "2025-10-22"]
    assert run_command_line(words) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "two logs say the same" in out
    assert "OT log: Log!A2" in out
    assert "Para.xlsx: Binder!A2" in out


def test_where_they_differ_it_is_a_finding_with_both_cells(house: Path, night: Night) -> None:
    both_logged(house, "Delivered", "Student absent")
    found = [one for one in night("2025-10-22")["findings"] if one["kind"] == "logs-disagree"]
    assert len(found) == 3


def test_a_source_may_lie_in_google(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The case manager's workbook is a file, the OT's a Google workbook; later nobody shares it any more."""
    with SheetsServer() as server:
        ot = server.load(house / "OT.xlsx", "OT log")
        (house / "c.toml").write_text(
            'workbook = "Services.xlsx"\nstate = "state.sqlite"\n'
            f'[google]\nendpoint = "{server.url}"\ncredentials = "{server.key_file(house).name}"\n'
            f'[[sources]]\nworkbook = "{address_of(ot)}"\nname = "OT"\ntabs = {{ "Service Log" = "Log" }}\n'
            'columns = { "Service Log" = { Status = "What happened" } }\n'
        )
        words = ["sync", "--config", str(house / "c.toml"), "--state", str(house / "state.sqlite"), "--json"]
        assert run_command_line([*words, "--today", "2025-10-22"]) == 0
        result = json.loads(capsys.readouterr().out)
        assert lines(result) == [("Ana R.", "ON TRACK", 90), ("Ben T.", "ON TRACK", 90)]
        assert {one.kind for one in server.requests} <= {"token", "read"}
        del server.books[ot.id]
        assert run_command_line([*words, "--today", "2025-10-23"]) == 0
    held = json.loads(capsys.readouterr().out)["lines"][1]["what_to_do"]
    assert held.startswith("Not updated: “OT: Log” could not be read.")


def test_check_says_what_is_read_of_others(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["check", "--config", str(house / "c.toml"), "--today", "2025-10-22"]
    run_command_line(words)
    assert '"OT log" as part of the Service Log' in " ".join(capsys.readouterr().out.split())
    (house / "OT.xlsx").unlink()
    run_command_line(words)
    assert '"OT log" (Service Log) cannot be read: ' in " ".join(capsys.readouterr().out.split())
