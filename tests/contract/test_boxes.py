"""Boxes on our tab: shown, ticked by staff, read, taken away by the next run; the banner; the small look."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from sheets_sync.boxes import Boxes, read_boxes
from sheets_sync.views.banner import with_banner
from sheets_sync.views.tab import OutCell, Style, Tab
from sheets_sync.wiring import open_peeker
from tests.contract.houses import Book, House, Made
from tests.contract.in_google import GoogleBook, GoogleHouse
from tests.contract.school import TODAY, TOMORROW, after_the_first_night, note, school, table
from tests.contract.seen import differences
from tests.ledgers import ledger, line
from tests.views.test_compliance import tab_of

WATCHED = ("Schedule", "Calendar", "Staff")
WORDS = "11 of 40 students are gone from the Caseload. Bring them back, or tick the box."


@pytest.fixture
def book(house: House, made: Made) -> Book:
    """A workbook after its first night."""
    return made(after_the_first_night, house)


def boxes(book: Book) -> dict[str, object]:
    """Return what stands in each box of our tab, by the words on its left."""
    seen = book.see("Compliance")
    return {
        str(seen.cell(row, column - 1).value): cell.value
        for (row, column), cell in seen.cells.items()
        if cell.box
    }


def read(book: Book) -> Boxes:
    return read_boxes(next(sheet for sheet in book.open().read().sheets if sheet.mark == "compliance").rows)


def write(book: Book, tab: Tab) -> int:
    workbook = book.open()
    return workbook.write([tab], workbook.read())


def a_tab() -> Tab:
    return tab_of(ledger([line(), line("Ben T.")]))


def test_a_box_is_shown_ticked_read_and_taken_away_by_the_next_run(book: Book) -> None:
    assert (boxes(book), read(book)) == ({"Sync now": "☐"}, Boxes())
    book.tick("Sync now")
    assert (boxes(book), read(book)) == ({"Sync now": "☑"}, Boxes(sync_now=True))
    note(book, "Ben T.", "Reading", "call home")
    assert book.sync(TODAY)["calls"] == {"read": 1, "write": 1}
    assert (boxes(book), read(book)) == ({"Sync now": "☐"}, Boxes())
    assert ("Ben T.", "Reading", "", "call home") in table(book)


def test_a_box_that_nobody_ticked_is_not_written(book: Book) -> None:
    assert book.sync(TODAY)["calls"] == {"read": 1, "write": 0}


def test_a_tick_alone_is_one_cell(book: Book) -> None:
    book.tick("Sync now")
    said = book.run("sync", "--dry-run", today=TODAY).out
    assert "Compliance!G1: ☑ -> ☐" in " ".join(said.split())
    book.sync(TODAY)
    assert book.run("runs", today=TODAY).out.splitlines()[0].split(": ")[1].startswith("1 cell changed")


def test_a_tick_while_a_run_writes_stays_for_the_next_and_costs_no_repetition(google: GoogleHouse) -> None:
    book = google.make(school())
    assert isinstance(book, GoogleBook)
    book.sync(TODAY)
    sheet = book.sheet("Compliance")

    def tick(workbook: object) -> None:
        cells = next(one for one in workbook.sheets if one.id == sheet.id).cells  # type: ignore[attr-defined]
        cells[0, 6] = {**cells[0, 6], "userEnteredValue": {"boolValue": True}}

    book.server.staff.next(tick, "write", book.id)
    assert book.sync(TOMORROW)["calls"] == {"read": 1, "write": 1}
    assert boxes(book) == {"Sync now": "☑"}
    book.sync(TOMORROW)
    assert boxes(book) == {"Sync now": "☐"}


def test_an_old_tab_gets_its_box_with_the_next_run(house: House) -> None:
    old, new = house.make(school()), house.make(school())
    wide = OutCell(a_tab().rows[0][2].value, Style.HEADLINE)
    before = replace(
        a_tab(), rows=((*a_tab().rows[0][:2], wide), *a_tab().rows[1:]), spans=("C1:I1", "A2:B2", "C2:I2")
    )
    write(old, before)
    assert boxes(old) == {}
    write(old, a_tab())
    write(new, a_tab())
    assert boxes(old) == {"Sync now": "☐"}
    assert differences(new.see("Compliance"), old.see("Compliance")) == []


def test_a_banner_is_shown_alike_and_goes_without_a_trace(excel: House, google: House) -> None:
    books = [house.make(school()) for house in (excel, google)]
    for book in books:
        write(book, a_tab())
        write(book, with_banner(a_tab(), WORDS))
        assert boxes(book) == {"Sync now": "☐", "This is meant": "☐"}
        book.tick("This is meant")
        assert read(book) == Boxes(this_is_meant=True)
    assert differences(*(book.see("Compliance") for book in books)) == []
    for house, book in zip((excel, google), books, strict=True):
        fresh = house.make(school())
        write(fresh, a_tab())
        write(book, a_tab())
        assert boxes(book) == {"Sync now": "☐"}
        assert {place for place, cell in book.see("Compliance").cells.items() if cell.value == WORDS} == set()
        assert book.see("Compliance").merged == fresh.see("Compliance").merged


def test_a_look_sees_a_tick_and_a_change_and_nothing_where_nothing_is(book: Book) -> None:
    peeker = open_peeker(book.config)
    first = peeker.peek(WATCHED)
    assert first.boxes == Boxes()
    assert peeker.peek(WATCHED) == first
    book.tick("Sync now")
    assert peeker.peek(WATCHED) == replace(first, boxes=Boxes(sync_now=True))
    book.type("Service Log", "F4", "Student absent")
    assert peeker.peek(WATCHED).digest == first.digest
    book.type("Schedule", "D4", "Mon, Thu")
    changed = peeker.peek(WATCHED)
    assert changed.digest not in ("", first.digest)
    book.sync(TODAY, at=time(6))
    assert peeker.peek(WATCHED) == replace(changed, boxes=Boxes())


def test_looks_of_the_run_and_of_the_daemon_are_the_same(book: Book) -> None:
    book.tick("Sync now")
    assert book.open().peek(WATCHED) == open_peeker(book.config).peek(WATCHED)


def test_a_look_follows_our_tab_whatever_it_is_called(book: Book) -> None:
    peeker = open_peeker(book.config)
    peeker.peek()
    book.rename("Compliance", "Ana's minutes")
    book.tick("Sync now", "Ana's minutes")
    assert peeker.peek().boxes == Boxes(sync_now=True)


def test_before_the_first_run_and_without_a_tab_nothing_is_seen_and_nothing_fails(house: House) -> None:
    book = house.make(school())
    peeker = open_peeker(book.config)
    first = peeker.peek(WATCHED)
    assert first.boxes == Boxes()
    assert first.digest
    book.delete("Schedule")
    assert peeker.peek(WATCHED).digest == ""
    book.add("Schedule", school()["Schedule"])
    assert peeker.peek(WATCHED) == first


@pytest.mark.libreoffice
def test_libreoffice_keeps_the_tick_and_the_choice(excel: House, tmp_path: Path) -> None:
    book = excel.make(school())
    book.sync(TODAY)
    book.tick("Sync now")
    file = Path(book.address)
    out = tmp_path / "saved"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(file)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    file.write_bytes((out / file.name).read_bytes())
    assert boxes(book) == {"Sync now": "☑"}
    assert open_peeker(book.config).peek().boxes == Boxes(sync_now=True)
    book.sync(TODAY)
    assert boxes(book) == {"Sync now": "☐"}
