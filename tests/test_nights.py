"""Several nights in a row, through the command line, on one workbook that people go on working in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, time
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheets_sync.cli.main import run_command_line
from sheets_sync.sample.staff_tabs import TypedRow
from sheets_sync.sample.writer import write_staff_workbook

SPEECH = {"Student": "Ana R.", "Service": "Speech therapy", "Provider": "J. Rivera"}


def entry(day: date, status: str) -> TypedRow:
    return SPEECH | {"Date": day, "Start": time(9), "Minutes": 30, "Status": status}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Speech 2 x 30, Mon and Wed, from Oct 6 2025. Wed Oct 8 was missed by the provider."""
    file = tmp_path / "Services.xlsx"
    manager = {"Case manager": "C. Manager", "Case manager email": "manager@example.org"}
    write_staff_workbook(
        file,
        {
            "Caseload": [{"Student": "Ana R."} | manager],
            "Service Grid": [SPEECH | {"Frequency": "2 x 30 min / week", "Start date": date(2025, 10, 6)}],
            "Schedule": [SPEECH | {"Days": "Mon, Wed", "Start": time(9), "End": time(9, 30)}],
            "Service Log": [
                entry(date(2025, 10, 6), "Delivered"),
                entry(date(2025, 10, 8), "Provider absent"),
                entry(date(2025, 10, 13), "Delivered"),
                entry(date(2025, 10, 15), "Delivered"),
            ],
            "Calendar": [
                {"Date": date(2025, 8, 25), "Kind": "First day"},
                {"Date": date(2026, 6, 11), "Kind": "Last day"},
            ],
            "Staff": [{"Name": "J. Rivera", "Email": "rivera@example.org"}],
        },
    )
    return file


Night = Callable[[str], dict[str, Any]]


@pytest.fixture
def night(workbook: Path, capsys: pytest.CaptureFixture[str]) -> Night:
    """Run the sync of one night; return what it prints as JSON."""

    def once(today: str) -> dict[str, Any]:
        state = workbook.parent / "state.sqlite"
        words = ["sync", "--workbook", workbook, "--state", state, "--today", today, "--json"]
        assert run_command_line([str(word) for word in words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        result: dict[str, Any] = json.loads(out)
        return result

    return once


def write_in(workbook: Path, tab: str, rows: list[TypedRow]) -> None:
    """Add rows at the end of a tab, as staff would."""
    book = openpyxl.load_workbook(workbook)
    sheet = book[tab]
    header = [cell.value for cell in sheet[1]]
    last = max(cell.row for column in sheet.iter_cols() for cell in column if cell.value is not None)
    for down, row in enumerate(rows, start=last + 1):
        for name, value in row.items():
            sheet.cell(down, header.index(name) + 1, value)
    book.save(workbook)


def compliance(workbook: Path) -> list[dict[str, Any]]:
    """Return the lines of the Compliance tab."""
    rows = list(openpyxl.load_workbook(workbook)["Compliance"].iter_rows(values_only=True))
    return [dict(zip(rows[2], row, strict=True)) for row in rows[3:]]


def note(workbook: Path, text: str) -> None:
    book = openpyxl.load_workbook(workbook)
    sheet = book["Compliance"]
    header = [cell.value for cell in sheet[3]]
    sheet.cell(4, header.index("Staff notes") + 1, text)
    book.save(workbook)


def mails(workbook: Path) -> list[tuple[str, str]]:
    """Return receiver and subject of every mail in the folder beside the workbook."""
    found = [
        message_from_bytes(file.read_bytes(), policy=default) for file in workbook.parent.glob("mails/*.eml")
    ]
    return sorted((str(one["To"]), str(one["Subject"])) for one in found)


def test_a_fortnight_of_one_student(workbook: Path, night: Night) -> None:
    """New, unchanged, a further one, made up, resolved; and a note that stays where it was written."""
    first = night("2025-10-20")
    (line,) = first["lines"]
    assert (line["status"], line["owed"], line["behind"]) == ("MAKE-UP OWED", 30, 30)
    assert [(mail["to"], mail["reasons"]) for mail in first["mails"]] == [
        ("manager@example.org", ["first summary"])
    ]
    assert len(mails(workbook)) == 1

    note(workbook, "asked on Monday")
    second = night("2025-10-21")
    assert second["mails"] == []
    assert second["lines"][0]["line"] == line["line"]
    (row,) = compliance(workbook)
    assert (row["Staff notes"], row["Behind"], row["Line"]) == ("asked on Monday", 30, line["line"])

    write_in(workbook, "Service Log", [entry(date(2025, 10, 20), "Provider absent")])
    third = night("2025-10-22")
    assert {mail["to"] for mail in third["mails"]} == {"manager@example.org", "rivera@example.org"}
    assert all("new" in mail["reasons"] for mail in third["mails"])
    assert third["lines"][0]["owed"] == 60

    write_in(workbook, "Service Log", [entry(date(2025, 10, day), "Delivered") for day in (22,)])
    write_in(workbook, "Service Log", [entry(date(2025, 10, day), "Make-up") for day in (23, 24)])
    fourth = night("2025-10-27")
    assert (fourth["lines"][0]["behind"], fourth["lines"][0]["made_up"]) == (0, 60)
    assert {tuple(mail["reasons"]) for mail in fourth["mails"]} == {("resolved",)}
    assert compliance(workbook)[0]["Staff notes"] == "asked on Monday"

    told = len(mails(workbook))
    assert night("2025-10-28")["mails"] == []
    assert len(mails(workbook)) == told


def test_the_same_night_twice_writes_nothing_new(workbook: Path, night: Night) -> None:
    night("2025-10-20")
    before = compliance(workbook)
    again = night("2025-10-20")
    assert again["mails"] == []
    assert compliance(workbook) == before
    assert len(mails(workbook)) == 1


def test_no_subject_and_no_file_name_of_a_mail_names_a_student(workbook: Path, night: Night) -> None:
    night("2025-10-20")
    for file in workbook.parent.glob("mails/*.eml"):
        content = message_from_bytes(file.read_bytes(), policy=default)
        assert "Ana" not in f"{file.name} {content['Subject']} {content['Message-ID']}"


def test_the_runs_are_listed(workbook: Path, night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    night("2025-10-20")
    night("2025-10-21")
    state = str(workbook.parent / "state.sqlite")
    assert run_command_line(["runs", "--workbook", str(workbook), "--state", state, "--max-age", "1h"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("as of ")[1][:10] for line in lines] == ["2025-10-21", "2025-10-20"]
    assert "Ana" not in "".join(lines)


def call_otherwise(workbook: Path, old: str, new: str) -> None:
    book = openpyxl.load_workbook(workbook)
    for tab in ("Caseload", "Service Grid", "Schedule", "Service Log"):
        for row in book[tab].iter_rows():
            for cell in row:
                if cell.value == old:
                    cell.value = new
    book.save(workbook)


def test_a_student_with_another_name_is_the_same_student(workbook: Path, night: Night) -> None:
    """Nothing is told anew under the new name; what was told comes to its end under it."""
    night("2025-10-20")
    write_in(workbook, "Service Log", [entry(date(2025, 10, 20), "Provider absent")])
    assert {mail["to"] for mail in night("2025-10-21")["mails"]} == {
        "rivera@example.org",
        "manager@example.org",
    }
    call_otherwise(workbook, "Ana R.", "Anabel Reyes")
    assert night("2025-10-22")["mails"] == []
    anabel = {"Student": "Anabel Reyes"}
    given = [entry(date(2025, 10, 22), "Delivered"), entry(date(2025, 10, 22), "Make-up")]
    write_in(workbook, "Service Log", [row | anabel for row in given])
    told = [(mail["to"], mail["reasons"]) for mail in night("2025-10-23")["mails"]]
    assert ("manager@example.org", ["resolved"]) in told
