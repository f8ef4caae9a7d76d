"""`init` with other workbooks beside the case manager's: what their tabs are taken for, what is written."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from sheets_sync import wiring
from sheets_sync.cli import init
from sheets_sync.cli.main import run_command_line
from sheets_sync.config import Names
from sheets_sync.config_file import load_config
from sheets_sync.config_sources import sources as read_sources
from sheets_sync.config_text import Answers, SourceAnswer, configuration_text
from sheets_sync.intake.workbook import open_tabs
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.source_tabs import name_of_source, tabs_of_source
from tests.google_runs import address_of
from tests.intake.small_workbook import SMALL, TODAY, cells, workbook
from tests.sheets_server.server import SheetsServer
from tests.test_sources import house

__all__ = ["house"]

OWN = open_tabs(workbook(), Names(), today=TODAY)
MARKS: list[list[CellValue]] = [["Student", "9/3/2025", "9/4/2025", "9/5/2025"], ["Ana R.", "30", "A", "30"]]
WEEK: list[list[CellValue]] = [["", "Mon", "Tue", "Wed"], ["9:00-9:30", "Ana R. - Speech", "", ""]]


@pytest.mark.parametrize(
    ("name", "rows", "could_be"),
    [
        ("Sheet1", cells(SMALL["Service Log"]), ("Service Log",)),
        ("Sheet1", cells(SMALL["Service Grid"]), ("Service Grid",)),
        ("Sheet1", cells(SMALL["Schedule"]), ("Schedule",)),
        ("Sheet1", cells(SMALL["Calendar"]), ("Calendar",)),
        ("Sheet1", WEEK, ("Schedule",)),
        ("Sheet1", MARKS, ("Service Log", "Attendance")),
        ("Attendance", MARKS, ("Attendance",)),
        ("OT log", MARKS, ("Service Log",)),
        ("Caseload", cells(SMALL["Caseload"]), ("Caseload",)),
        ("Sheet1", cells(SMALL["Caseload"]), ()),
        ("Service Log", [["Ideas"], ["more paint"]], ()),
    ],
)
def test_a_tab_is_what_its_name_or_its_cells_say(
    name: str, rows: list[list[CellValue]], could_be: tuple[str, ...]
) -> None:
    """A list of names may be anybody's; marks without a word about them may be services or attendance."""
    found = tabs_of_source(Snapshot((Sheet(name, rows),)), OWN)
    assert (*found.tabs, *found.several.get(name, ())) == could_be
    assert (name in found.left) == (not could_be)


@given_by(st.text(), st.lists(st.text()))
def test_whatever_a_workbook_is_called_its_name_can_stand_in_the_configuration(
    called: str, taken: list[str]
) -> None:
    name = name_of_source(called, taken)
    assert name.casefold() not in {one.casefold() for one in taken}
    assert read_sources([{"workbook": "a.xlsx", "name": name, "tabs": {"Staff": "x"}}])[0].name == name


def test_every_source_stands_behind_the_example_of_sources() -> None:
    """One whose tabs cannot be told is a comment, to be filled in."""
    answers = Answers(
        sources=(
            SourceAnswer("OT.xlsx", "OT", {"Schedule": ("Mon", "Tue"), "Staff": ('St "A"',)}),
            SourceAnswer("x.xlsx", "x", {}, {"Sheet1": ("Service Log", "Attendance")}),
        )
    )
    text = configuration_text(wiring.example_configuration(), answers)
    shown = text[text.index("\n[[sources]]") : text.index("\n# Several workbooks")]
    assert shown.strip().splitlines() == [
        "[[sources]]",
        'workbook = "OT.xlsx"',
        'name = "OT"',
        'tabs = { "Schedule" = ["Mon", "Tue"], "Staff" = "St \\"A\\"" }',
        "",
        "#[[sources]]",
        '#workbook = "x.xlsx"',
        '#name = "x"',
        '#tabs = { "Service Log" = "..." }',
        '# "Sheet1" could be the Service Log or the Attendance: add it to tabs as what it is.',
    ]


def test_it_shows_their_tabs_and_writes_them(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house)
    words = ["init", "--workbook", "Services.xlsx", "--source", "OT.xlsx", "--today", "2025-10-22", "--yes"]
    assert run_command_line(words) == 0
    out = capsys.readouterr().out
    assert "OT: Log (Service Log): a list, 3 rows" in out
    config = load_config(house / "config" / "sheets-sync.toml")
    (source,) = config.sources
    assert (Path(source.workbook).resolve(), source.name) == (house / "OT.xlsx", "OT")
    assert source.tabs == {"Service Log": ("Log",)}


def test_in_a_terminal_it_asks_for_them(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house)
    monkeypatch.setattr(init, "is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", StringIO("OT.xlsx\n\n\n\n\n\n"))
    assert run_command_line(["init", "--workbook", "Services.xlsx", "--today", "2025-10-22"]) == 0
    assert [one.name for one in load_config(house / "config" / "sheets-sync.toml").sources] == ["OT"]


def test_init_looks_at_google_workbooks_and_changes_nothing(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every request is checked by the server against Google's own description of them."""
    monkeypatch.chdir(house)
    example = wiring.example_configuration()
    with SheetsServer() as server:
        here = f'endpoint = "{server.url}"'
        given = example.replace('#endpoint = "https://sheets.googleapis.com"', here)
        monkeypatch.setattr(wiring, "example_configuration", lambda: given)
        own, ot = server.load(house / "Services.xlsx", "Services"), server.load(house / "OT.xlsx", "OT's log")
        words = ["init", "--workbook", address_of(own), "--source", address_of(ot), "--json"]
        words += ["--credentials", str(server.key_file(house)), "--today", "2025-10-22"]
        assert run_command_line(words) == 0
        assert {one.kind for one in server.requests} == {"token", "read"}
        assert server.crashes == []
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert result["sources"] == [{"name": "OT's log", "tabs": {"Service Log": ["Log"]}}]
    assert {tab["name"] for tab in result["tabs"]} >= {"Service Log", "OT's log: Log"}
    (source,) = load_config(house / "config" / "sheets-sync.toml").sources
    assert source.workbook == address_of(ot)
