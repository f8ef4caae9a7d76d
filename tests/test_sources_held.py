"""What is held while another workbook is away, night after night, and what is told when it is back.

The house of test_sources.py: speech in the case manager's own log, OT in the OT's file.
"""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheets_sync.cli.main import run_command_line
from tests.test_sources import TUESDAYS, Night, given, house, lines, night, write_ot

__all__ = ["house", "night"]

NOVEMBER = [date(2025, 10, 28), date(2025, 11, 4)]


def away(house: Path) -> Path:
    return (house / "OT.xlsx").rename(house / "away.xlsx")


def write_cells(house: Path, tab: str, cells: dict[str, object]) -> None:
    """What the case manager types into her own workbook."""
    book = openpyxl.load_workbook(house / "Services.xlsx")
    for cell, value in cells.items():
        book[tab][cell] = value
    book.save(house / "Services.xlsx")


def add_row(house: Path, tab: str, row: dict[str, object]) -> None:
    book = openpyxl.load_workbook(house / "Services.xlsx")
    sheet = book[tab]
    header = [cell.value for cell in sheet[1]]
    last = max(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value is not None)
    for name, value in row.items():
        sheet.cell(last + 1, header.index(name) + 1, value)
    book.save(house / "Services.xlsx")


def held(result: dict[str, Any]) -> list[str]:
    """Return whose lines are held."""
    return [line["student"] for line in result["lines"] if line["what_to_do"].startswith("Not updated")]


def to_do(result: dict[str, Any]) -> dict[str, str]:
    return {line["student"]: line["what_to_do"] for line in result["lines"]}


def test_a_line_that_had_no_entry_in_it_yet_is_held_too(house: Path, night: Night) -> None:
    """Cal's OT began on Oct 27; whether the OT logged him is in her file alone."""
    add_row(house, "Caseload", {"Student": "Cal Y."})
    ot = {"Student": "Cal Y.", "Service": "Occupational therapy", "Provider": "S. Poe"}
    add_row(house, "Service Grid", ot | {"Frequency": "1 x 30 min / week", "Start date": date(2025, 10, 27)})
    add_row(house, "Schedule", ot | {"Days": "Tue", "Start": time(10), "End": time(10, 30)})
    night("2025-10-22")
    away(house)
    result = night("2025-11-12")
    assert to_do(result)["Cal Y."].startswith("Not updated")
    assert {one["student"] for one in result["findings"] if one["kind"] == "not-logged"} == {"Ana R."}


def test_a_change_of_the_record_meanwhile_is_told_when_it_is_back(house: Path, night: Night) -> None:
    night("2025-10-22")
    file = away(house)
    night("2025-10-23")
    write_cells(house, "Service Grid", {"C3": "1 x 10 min / week"})
    assert [one for one in night("2025-10-24")["findings"] if one["kind"] == "record-changed"] == []
    file.rename(house / "OT.xlsx")
    told = [one for one in night("2025-10-25")["findings"] if one["kind"] == "record-changed"]
    assert [one["student"] for one in told] == ["Ben T."]


def test_a_change_of_the_calendar_meanwhile_is_told_of_all_when_it_is_back(house: Path, night: Night) -> None:
    """Oct 14 is said to have been a day off: 30 minutes less are required of either."""
    night("2025-10-22")
    file = away(house)
    add_row(house, "Calendar", {"Date": date(2025, 10, 14), "Kind": "No school"})
    for today in ("2025-10-23", "2025-10-24"):
        assert [one for one in night(today)["findings"] if one["kind"] == "record-changed"] == []
    file.rename(house / "OT.xlsx")
    told = [one["student"] for one in night("2025-10-25")["findings"] if one["kind"] == "record-changed"]
    assert told == ["Ana R.", "Ben T."]
    assert [one for one in night("2025-10-26")["findings"] if one["kind"] == "record-changed"] == []


def test_a_data_problem_in_it_is_not_settled(house: Path, night: Night) -> None:
    write_ot(house, [*given(TUESDAYS), ["Ben T.", date(2025, 10, 21), "OT", time(13), 30, "abducted"]])
    night("2025-10-22")
    file = away(house)
    assert not any("resolved" in mail["reasons"] for mail in night("2025-10-23")["mails"])
    file.rename(house / "OT.xlsx")
    (mail,) = night("2025-10-27")["mails"]
    assert (mail["subject"], mail["reasons"]) == ("IEP services: 1 settled", ["resolved"])  # the file itself


def test_a_line_that_was_not_there_then_has_no_figures(house: Path, night: Night) -> None:
    night("2025-10-22")
    away(house)
    ot = {"Student": "Ben T.", "Service": "Occupational therapy", "Provider": "S. Poe"}
    more = {"Frequency": "2 x 30 min / week", "Start date": date(2025, 10, 20), "Group": "group"}
    add_row(house, "Service Grid", ot | more)
    (new,) = [line for line in night("2025-10-23")["lines"] if line["group"] == "group"]
    assert (new["status"], new["behind"]) == ("CHECK DATA", None)
    assert new["what_to_do"] == "Not counted: “OT log: Log” could not be read."


def test_a_source_whose_dates_break_holds_its_own_lines_alone(house: Path, night: Night) -> None:
    """The formula of her Date column points nowhere: #REF! from top to bottom."""
    write_ot(house, given([date(2025, 10, day) for day in range(1, 22)]))
    night("2025-10-22")
    rows = [[row[0], "#REF!", *row[2:]] for row in given([date(2025, 10, day) for day in range(1, 22)])]
    write_ot(house, rows)
    assert held(night("2025-10-23")) == ["Ben T."]


def test_what_was_let_through_stays_so_while_another_is_away(house: Path, night: Night) -> None:
    """Her log is begun anew: 21 entries become 3. It is meant; that night the para's binder is missing."""
    write_ot(house, given([date(2025, 10, day) for day in range(1, 22)]))
    para = house / "Para.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Binder"
    book.active.append(["Student", "Date", "Service", "Minutes", "Status"])
    book.active.append(["Ana R.", date(2025, 10, 9), "Speech therapy", 10, "Delivered"])
    book.save(para)
    with (house / "c.toml").open("a") as file:
        file.write('[[sources]]\nworkbook = "Para.xlsx"\ntabs = { "Service Log" = "Binder" }\n')
    night("2025-10-22")
    write_ot(house, given(TUESDAYS))
    assert to_do(night("2025-10-23"))["Ben T."].startswith("Not updated")
    options = ["--config", str(house / "c.toml"), "--state", str(house / "state.sqlite")]
    assert run_command_line(["accept", *options, "--today", "2025-10-23", "--quiet"]) == 0
    para.rename(house / "elsewhere.xlsx")
    assert held(night("2025-10-24")) == ["Ana R."]
    (house / "elsewhere.xlsx").rename(para)
    assert held(night("2025-10-25")) == []


def test_the_order_of_the_sources_may_change_while_one_is_away(house: Path, night: Night) -> None:
    """What is held goes by the workbook, not by its place in the configuration."""
    book = openpyxl.Workbook()
    book.active.title = "Binder"
    book.active.append(["Student", "Date", "Service", "Minutes", "Status"])
    book.active.append(["Ana R.", date(2025, 10, 9), "Speech therapy", 10, "Delivered"])
    book.save(house / "Para.xlsx")
    plain = (house / "c.toml").read_text()
    binder = '[[sources]]\nworkbook = "Para.xlsx"\ntabs = { "Service Log" = "Binder" }\n'
    (house / "c.toml").write_text(plain + binder)
    night("2025-10-22")
    (house / "Para.xlsx").rename(house / "elsewhere.xlsx")
    head, own = plain.split("[[sources]]")
    (house / "c.toml").write_text(f"{head}{binder}[[sources]]{own}")
    night("2025-10-23")
    (house / "elsewhere.xlsx").rename(house / "Para.xlsx")
    away(house)
    assert held(night("2025-10-24")) == ["Ben T."]


def test_explain_shows_no_sessions_of_a_line_that_is_held(
    house: Path, night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    night("2025-10-22")
    away(house)
    options = ["--config", str(house / "c.toml"), "--state", str(house / "state.sqlite")]
    assert run_command_line(["explain", *options, "--today", "2025-11-12", "--json"]) == 0
    ana, ben = json.loads(capsys.readouterr().out)["lines"]
    assert (ben["periods"], ben["delivered"]) == ([], 90)
    assert sum(period["required"] for period in ana["periods"]) == ana["required"]
    assert run_command_line(["explain", "Ben T.", *options, "--today", "2025-11-12"]) == 0
    assert "NOT LOGGED" not in capsys.readouterr().out


def test_the_figures_are_those_of_the_day_that_is_named(house: Path, night: Night) -> None:
    night("2025-10-22")
    file = away(house)
    night("2025-10-23")
    file.rename(house / "OT.xlsx")
    write_ot(house, given([*TUESDAYS, *NOVEMBER]))
    night("2025-11-05")
    away(house)
    result = night("2025-11-06")
    assert "As it stood on Nov 5" in to_do(result)["Ben T."]
    assert lines(result)[1] == ("Ben T.", "ON TRACK", 150)
