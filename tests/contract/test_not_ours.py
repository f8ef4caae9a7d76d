"""A tab of our name that is not ours is never touched (workbook.md): exit 2, and the key that names ours."""

from __future__ import annotations

import pytest

from tests.contract.houses import Book, House, Made, Rows
from tests.contract.school import HEADERS, TODAY, TOMORROW, after_the_first_night, note, school, table

THEIRS: Rows = [["Student", "Our own list"], ["Ana R.", "since 2019"]]


def refused(book: Book, key: str) -> bool:
    """The run and the check end alike, and change nothing."""
    before = book.kept()
    for command in ("sync", "check"):
        ran = book.run(command, today=TOMORROW)
        assert (command, ran.code) == (command, 2)
        assert f"[compliance] {key}" in ran.out + ran.err
    return book.kept() == before


@pytest.mark.parametrize(
    ("title", "key"),
    [("Compliance", "tab"), ("COMPLIANCE", "tab"), ("Data Problems", "problems_tab")],
)
def test_a_tab_of_staffs_that_has_our_name(house: House, title: str, key: str) -> None:
    book = house.make({**school(), title: THEIRS})
    assert refused(book, key)
    book.configure(f'[compliance]\n{key} = "Of the program"\n')
    book.sync(TODAY)
    assert {title, "Of the program"} <= set(book.titles())
    assert book.see(title).values() == THEIRS


def test_ours_deleted_and_theirs_in_its_place(house: House, made: Made) -> None:
    book = made(after_the_first_night, house)
    book.delete("Compliance")
    book.add("Compliance", THEIRS)
    assert refused(book, "tab")


def test_ours_renamed_and_theirs_in_its_place(house: House, made: Made) -> None:
    """Ours is known by its mark, whatever it is called: nobody is in the way."""
    book = made(after_the_first_night, house)
    note(book, "Ben T.", "Reading", "kept")
    book.rename("Compliance", "Minutes")
    book.add("Compliance", THEIRS)
    book.sync(TOMORROW)
    assert book.see("Compliance").values() == THEIRS
    assert ("Ben T.", "Reading", "", "kept") in table(book, "Minutes")


def test_a_copy_of_ours_is_theirs(house: House, made: Made) -> None:
    book = made(after_the_first_night, house)
    copy = book.copy("Compliance")
    note(book, "Ben T.", "Reading", "on ours")
    before = book.see(copy)
    book.sync(TOMORROW)
    assert book.see(copy) == before
    assert ("Ben T.", "Reading", "", "on ours") in table(book)


def test_a_copy_that_took_the_name_of_ours(house: House, made: Made) -> None:
    """Staff copy our tab, delete the first and give the copy its name."""
    book = made(after_the_first_night, house)
    copy = book.copy("Compliance")
    book.delete("Compliance")
    book.rename(copy, "Compliance")
    assert book.see("Compliance").header(*HEADERS)
    assert refused(book, "tab")


def test_two_tabs_cannot_have_one_name(house: House) -> None:
    book = house.make(school())
    book.configure('[compliance]\ntab = "Same"\nproblems_tab = "same"\n')
    before = book.kept()
    assert book.run("sync", today=TODAY).code == 2
    assert book.kept() == before
