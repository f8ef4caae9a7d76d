"""A run that finds nothing new writes nothing but when it checked; commands that only look write nothing."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from tests.contract.houses import Book, House, Made
from tests.contract.in_google import GoogleBook
from tests.contract.school import TODAY, TOMORROW, note, school
from tests.contract.seen import differences

OURS = ("Compliance", "Data Problems")
TIME_OF_THE_CHECK = {"Compliance": ["(2, 3) value"], "Data Problems": ["(2, 4) value"]}


def with_a_problem(house: House) -> Book:
    book = house.make(school())
    book.type("Service Grid", "C4", "now and then")
    book.sync(TODAY)
    return book


def edited_since(house: House) -> Book:
    book = house.make(school())
    book.sync(TODAY)
    book.type("Service Grid", "C4", "1 x 30 min / week")
    return book


@pytest.fixture
def book(house: House, made: Made) -> Book:
    """A workbook after its first night."""
    return made(with_a_problem, house)


def files(book: Book) -> dict[Path, bytes]:
    """Everything that lies beside the workbook: state, mails, configuration; the lock holds nothing."""
    return {
        path: path.read_bytes()
        for path in sorted(book.folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def test_a_run_reads_once_and_writes_once(house: House) -> None:
    book = house.make(school())
    for day in (TODAY, TOMORROW):
        assert book.sync(day)["calls"] == {"read": 1, "write": 1}
    if isinstance(book, GoogleBook):
        assert [one.kind for one in book.server.requests] == ["token", "read", "write"] * 2


def test_the_same_minute_again_writes_nothing(book: Book) -> None:
    before = book.kept()
    told = book.sync(TODAY)
    assert told["calls"] == {"read": 1, "write": 0}
    assert book.kept() == before


def test_an_hour_later_only_the_time_of_the_check_is_another(book: Book) -> None:
    before, others = {title: book.see(title) for title in OURS}, book.kept(but=OURS)
    told = book.sync(TODAY, at=time(6))
    assert told["calls"] == {"read": 1, "write": 1}
    assert book.kept(but=OURS) == others
    for title in OURS:
        found = differences(before[title], book.see(title))
        assert [one.split(":")[0] for one in found] == TIME_OF_THE_CHECK[title]
        assert "at 05:00" in found[0]
        assert "at 06:00" in found[0]


def test_how_many_cells_changed_is_said_alike(house: House) -> None:
    book = house.make(school())
    book.sync(TODAY)
    book.sync(TODAY, at=time(6))
    book.sync(TODAY, at=time(6))
    note(book, "Ben T.", "Reading", "call home")
    book.sync(TOMORROW)
    said = book.run("runs", today=TOMORROW).out.splitlines()
    assert [line.split(": ")[1].split(" changed")[0] for line in said] == [
        "16 cells",
        "0 cells",
        "2 cells",
        "143 cells",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "--dry-run"),
        ("sync", "--dry-run", "--json"),
        ("explain", "Ana R."),
        ("explain", "--json"),
        ("check",),
        ("runs",),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_only_looks_writes_nothing(
    house: House, made: Made, words: tuple[str, ...], *, first: bool
) -> None:
    book = house.make(school()) if first else made(edited_since, house)
    before, beside = book.kept(), files(book)
    asked = len(book.server.requests) if isinstance(book, GoogleBook) else 0
    ran = book.run(*words, today=TOMORROW)
    assert (ran.code, ran.err) == (0, "")
    assert book.kept() == before
    assert files(book) == beside
    if isinstance(book, GoogleBook) and words != ("check",):  # which tries whether it may write
        assert "write" not in [one.kind for one in book.server.requests[asked:]]


def test_a_dry_run_shows_the_cells_that_the_run_then_changes(book: Book, house: House) -> None:
    book.type("Service Grid", "C4", "1 x 45 min / week")
    before = book.see("Compliance")
    said = book.run("sync", "--dry-run", today=TODAY, at=time(7)).out
    book.sync(TODAY, at=time(7))
    after = book.see("Compliance")
    changed = {
        f"Compliance!{letter}{row}:"
        for row in range(1, 9)
        for column, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXY", 1)
        if before.cell(row, column).value != after.cell(row, column).value
    }
    assert changed
    assert {line.split()[0] for line in said.splitlines() if line.startswith("Compliance!")} == changed
