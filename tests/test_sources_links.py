"""From Data Problems to the cell of another workbook: the link leads there (issue 5, "Round trip")."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from sheets_sync.cli.main import run_command_line
from tests.edges.excel.test_validity import convert
from tests.google_runs import address_of
from tests.sheets_server.server import SheetsServer
from tests.test_sources import TUESDAYS, given, house, write_ot

__all__ = ["house"]

UNREADABLE = ["Ben T.", date(2025, 10, 21), "OT", time(13), 30, "abducted"]
OF_GOOGLE = re.compile(r"https://docs\.google\.com/spreadsheets/d/([\w-]+)/edit#gid=(\d+)&range=([A-Z]+\d+)")


@pytest.fixture(autouse=True)
def unreadable(house: Path) -> None:
    """What the OT wrote into F5 of her log cannot be read."""
    write_ot(house, [*given(TUESDAYS), UNREADABLE])


def configure(house: Path, workbook: str, source: str, more: str = "") -> None:
    (house / "c.toml").write_text(
        f'workbook = "{workbook}"\nstate = "state.sqlite"\n{more}'
        f'[[sources]]\nworkbook = "{source}"\nname = "OT"\ntabs = {{ "Service Log" = "Log" }}\n'
        'columns = { "Service Log" = { Status = "What happened" } }\n'
    )


def sync(house: Path) -> None:
    words = ["sync", "--config", str(house / "c.toml"), "--today", "2025-10-22", "--quiet"]
    assert run_command_line([*words, "--state", str(house / "state.sqlite")]) == 0


def linked(file: Path) -> Any:
    """Return the cell of Data Problems that names F5 of the OT's log."""
    rows = openpyxl.load_workbook(file)["Data Problems"].iter_rows(min_row=4)
    (cell,) = [row[2] for row in rows if (row[1].value, row[3].value) == ("OT: Log", "abducted")]
    assert cell.value == "F5"
    return cell


def stands_in_google(server: SheetsServer, link: str) -> object:
    """Return what stands where an address of Google leads: which workbook, which tab, which cell."""
    where = OF_GOOGLE.fullmatch(link)
    assert where, link
    sheet = server.books[where[1]].sheet(int(where[2]))
    assert sheet is not None
    assert sheet.title == "Log"
    assert where[3] == "F5"
    return sheet.cells[4, 5]["userEnteredValue"]["stringValue"]


@pytest.mark.parametrize("place", ["OT.xlsx", "../their files/OT log #1 (50%).xlsx"])
def test_from_a_file_to_another(house: Path, place: str) -> None:
    """The address goes from the workbook's folder; whoever moves both folders keeps the link."""
    there = house / "main" / place
    there.parent.mkdir(parents=True)
    (house / "OT.xlsx").rename(there)
    own = (house / "Services.xlsx").rename(house / "main" / "Services.xlsx")
    configure(house, "main/Services.xlsx", f"main/{place}")
    sync(house)
    link = linked(own).hyperlink
    assert link.location == "'Log'!F5"
    assert not Path(link.target).is_absolute()
    book = openpyxl.load_workbook(own.parent / unquote(link.target))
    assert book["Log"]["F5"].value == "abducted"


@pytest.mark.libreoffice
def test_libreoffice_finds_the_other_file(house: Path) -> None:
    configure(house, "Services.xlsx", "OT.xlsx")
    sync(house)
    (house / "out").mkdir()
    text = convert(house / "Services.xlsx", "fods", house / "out").read_text()
    (link,) = re.findall(r'xlink:href="([^"]*OT\.xlsx[^"]*)"', text)
    assert unquote(link.replace("&apos;", "'")).endswith("OT.xlsx#'Log'!F5")


def google(server: SheetsServer, house: Path) -> str:
    return f'[google]\nendpoint = "{server.url}"\ncredentials = "{server.key_file(house).name}"\n'


def test_from_a_file_to_google(house: Path) -> None:
    with SheetsServer() as server:
        ot = server.load(house / "OT.xlsx", "OT")
        configure(house, "Services.xlsx", address_of(ot), google(server, house))
        sync(house)
        link = linked(house / "Services.xlsx").hyperlink
        assert stands_in_google(server, f"{link.target}#{link.location}") == "abducted"


def test_from_google_to_google(house: Path) -> None:
    with SheetsServer() as server:
        own, ot = server.load(house / "Services.xlsx", "Services"), server.load(house / "OT.xlsx", "OT")
        configure(house, address_of(own), address_of(ot), google(server, house))
        sync(house)
        assert stands_in_google(server, link_in(server, own.id)) == "abducted"


def test_from_google_no_link_leads_to_a_file(house: Path) -> None:
    """What is on one machine's disk cannot be opened from a page; the cell is named all the same."""
    with SheetsServer() as server:
        own = server.load(house / "Services.xlsx", "Services")
        configure(house, address_of(own), "OT.xlsx", google(server, house))
        sync(house)
        assert link_in(server, own.id) == ""


def link_in(server: SheetsServer, book: str) -> str:
    """Return the link of the cell that names F5, on Data Problems of a Google workbook."""
    problems = server.books[book].sheet_named("Data Problems")
    assert problems is not None
    texts = {at: cell.get("userEnteredValue", {}).get("stringValue") for at, cell in problems.cells.items()}
    (row,) = [row for (row, column), text in texts.items() if (column, text) == (3, "abducted")]
    assert texts[row, 2] == "F5"
    form = problems.cells[row, 2].get("userEnteredFormat", {})
    return str(form.get("textFormat", {}).get("link", {}).get("uri", ""))
