"""A workbook that looks wrong, in either house: promise 5 over the real edges, through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from sheets_sync.boxes import THIS_IS_MEANT
from tests.contract.houses import Book, House, Made
from tests.contract.seen import SeenTab, Value
from tests.contract.test_quiet_runs import OURS
from tests.guard_faults import FAULTS, halve
from tests.guard_nights import INNOCENT
from tests.sample_edits import SAMPLE, TODAY, Tabs, sample_tabs

SHORT = (
    "Schedule emptied",
    "Service Grid deleted",
    "Service Log renamed",
    "header Date of Service Log doubled",
    "half of Caseload gone",
)
"""What the houses could make different; promises/test_promise_5_guards.py has every fault, in neither."""
LONG = (
    "Calendar deleted",
    "header Student of Service Grid renamed",
    "every name changed",
    "Schedule: Days sorted alone",
    "school year rolled over",
)
QUIET = ("an ordinary day", "every tab sorted whole", "tabs called otherwise")
TOMORROW = TODAY + timedelta(days=1)


def after_the_first_night(house: House) -> Book:
    book = house.make(SAMPLE)
    with_administrator(book)
    assert book.run("sync", today=TODAY).code == 0
    return book


@pytest.fixture
def book(house: House, made: Made) -> Book:
    """The sample school after its first night."""
    book = made(after_the_first_night, house)
    with_administrator(book)
    return book


def with_administrator(book: Book) -> None:
    text = 'administrator = "office@example.org"\n'
    book.config_file.write_text(text + book.config_file.read_text(encoding="utf-8"), encoding="utf-8")


def edit(book: Book, change: Callable[[Tabs], object]) -> None:
    """Let staff change the workbook as it was first: tabs that become others are typed anew."""
    tabs = sample_tabs()
    change(tabs)
    seen = {title: rows for title, rows in vars(book).get("typed", SAMPLE).items() if title in tabs}
    with book.at_one_sitting():
        for title in (one for one in book.titles() if one not in OURS):
            if title not in tabs or tabs[title] != seen.get(title):
                book.delete(title)
        there = book.titles()
        for title, rows in tabs.items():
            if title not in there:
                book.add(title, rows)  # type: ignore[arg-type]
    vars(book)["typed"] = tabs


def table(tab: SeenTab) -> dict[tuple[int, int], Value]:
    """Return what stands in the cells, without the row of the banner."""
    values = {place: cell.value for place, cell in tab.cells.items() if place[0] != 2}
    return {place: value for place, value in values.items() if value is not None}


def mails(book: Book) -> list[str]:
    files = sorted((book.folder / "mails").glob("*.eml"))
    return [str(message_from_bytes(file.read_bytes(), policy=default)["To"]) for file in files]


def box(book: Book) -> str:
    """Return the cell of the box "This is meant"."""
    row = book.see("Compliance").values()[1]
    return f"{chr(66 + row.index(THIS_IS_MEANT))}2"


@pytest.mark.parametrize("fault", [*SHORT, *(pytest.param(one, marks=pytest.mark.slow) for one in LONG)])
def test_a_fault_is_held_and_the_next_good_run_goes_on(book: Book, fault: str) -> None:
    before, told = {title: book.see(title) for title in OURS}, mails(book)
    edit(book, FAULTS[fault])
    others = book.kept(but=OURS)
    ran = book.run("sync", today=TOMORROW)
    assert (ran.code, ran.out) == (3, "")
    assert "looks wrong" in ran.err
    assert table(book.see("Compliance")) == table(before["Compliance"])
    assert book.see("Compliance").cell(2, 1).value == "Not updated"
    assert book.kept(but=OURS) == others
    assert sorted(mails(book)) == sorted([*told, "office@example.org"])
    edit(book, lambda tabs: None)
    assert book.run("sync", today=TOMORROW).code == 0
    assert book.see("Compliance").cell(2, 1).value != "Not updated"


@pytest.mark.parametrize("name", QUIET)
def test_an_innocent_night_is_not_held(book: Book, name: str) -> None:
    edit(book, lambda tabs: INNOCENT[name].edit(tabs, TOMORROW))
    assert book.run("sync", today=TOMORROW).code == 0


def test_a_held_tab_that_nothing_changed_on_is_not_written_again(book: Book) -> None:
    edit(book, halve("Service Log"))
    book.run("sync", today=TOMORROW)
    before = book.kept()
    assert book.run("sync", today=TOMORROW).code == 3
    assert book.kept() == before


def test_a_tick_in_the_box_lets_it_through(book: Book) -> None:
    edit(book, halve("Service Grid"))
    assert book.run("sync", today=TOMORROW).code == 3
    book.type("Compliance", box(book), "☑" if "xlsx" in book.address else True)
    assert book.run("sync", today=TOMORROW).code == 0
    assert THIS_IS_MEANT not in book.see("Compliance").values()[1]


def test_accept_shows_what_is_doubted_and_lets_exactly_that_through(book: Book) -> None:
    edit(book, halve("Service Grid"))
    said = json.loads(book.run("accept", "--json", today=TOMORROW).out)
    assert [doubt["kind"] for doubt in said["doubts"]] == ["fewer"]
    assert said["accepted"]
    edit(book, FAULTS["Service Log emptied"])
    assert book.run("sync", today=TOMORROW).code == 3
    edit(book, halve("Service Grid"))
    assert book.run("sync", today=TOMORROW).code == 0
    assert book.run("accept", today=TOMORROW).out == "Nothing looks wrong: there is nothing to accept.\n"


def test_check_and_a_dry_run_say_that_it_would_be_held(book: Book) -> None:
    assert (
        "ok   guards: compared with the run of Nov 20, nothing looks wrong"
        in book.run("check", today=TOMORROW).out
    )
    edit(book, halve("Service Grid"))
    before = book.kept()
    for words in (("check",), ("sync", "--dry-run")):
        ran = book.run(*words, today=TOMORROW)
        assert ran.code == 3
        assert 'The tab "Service Grid" has 15 lines; the last good run saw' in ran.out + ran.err
    assert book.kept() == before


def test_for_machines_a_held_run_says_what_it_is_held_for(book: Book) -> None:
    edit(book, halve("Service Grid"))
    for words in (("sync", "--json", "--dry-run"), ("sync", "--json")):
        ran = book.run(*words, today=TOMORROW)
        assert ran.code == 3
        said = json.loads(ran.out)
        assert list(said) == ["today", "workbook", "held"]
        assert said["today"] == TOMORROW.isoformat()
        (held,) = said["held"]
        assert (held["kind"], held["tab"]) == ("fewer", "Service Grid")
        assert held["seen"] in ran.err
        assert held["remedy"] in ran.err


def test_the_notice_that_the_tab_is_old_counts_from_the_last_good_run(book: Book) -> None:
    notice = book.see("Compliance").cell(1, 2).formula
    assert str(TODAY.day) in notice
    edit(book, halve("Service Log"))
    book.run("sync", today=TODAY + timedelta(days=3))
    assert book.see("Compliance").cell(1, 2).formula == notice


def test_a_clock_that_went_back(book: Book) -> None:
    ran = book.run("sync", today=date(2025, 11, 13))
    assert ran.code == 1
    assert "By this machine's clock it is Nov 13, 2025, but the last run was as of Nov 20, 2025" in ran.err
    assert book.run("accept", today=date(2025, 11, 13)).code == 0
    assert book.run("sync", today=date(2025, 11, 13)).code == 0
