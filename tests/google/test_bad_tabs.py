"""Tabs that are deleted, renamed, copied or filled between two runs: whose they are decides what is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.google.acts import asks, renamed
from tests.google.mornings import Morning
from tests.google.outcomes import failed, only_a_banner, recovers
from tests.google.school import NOTE, OURS, School, picture, tab, text_at
from tests.sheets_server.model import Sheet, Spreadsheet

At = Callable[[str], School]


def test_a_tab_of_staffs_that_is_deleted_is_named_and_can_be_had_back(
    at: At, all_mornings: dict[str, Morning]
) -> None:
    school, morning = at("rows"), all_mornings["rows"]
    asks("deleteSheet", lambda book: {"sheetId": tab(book, "Service Log").id})(school)
    spoiled, staffs = school.book, school.staffs()
    assert failed(school.sync(), school, "Service Log", "[tabs]", code=3)
    assert school.staffs() == staffs
    assert only_a_banner(spoiled, school)
    school.server.keep(morning.book.copy())
    assert recovers(school, morning)


@pytest.mark.parametrize("title", OURS)
def test_a_tab_of_ours_that_is_deleted_is_made_anew(
    at: At, all_mornings: dict[str, Morning], title: str
) -> None:
    """The note that stood there went with it; everything else is as it would be."""
    school, morning = at("rows"), all_mornings["rows"]
    asks("deleteSheet", lambda book: {"sheetId": tab(book, title).id})(school)
    ran = school.sync()
    assert (ran.code, ran.err, school.requests("write")) == (0, "", 1)
    assert {name: texts(school, name) for name in OURS} == {
        name: texts_of(morning.after_tabs[name]) - ({NOTE} if name == title else set()) for name in OURS
    }
    assert school.staffs() == morning.staffs
    assert school.remembered() == morning.after_state


def test_a_tab_of_staffs_that_has_our_name_is_left_alone(at: At, all_mornings: dict[str, Morning]) -> None:
    school = at("first")
    renamed("Staff", "compliance")(school)
    spoiled = school.book
    assert failed(
        school.sync(), school, 'a tab "Compliance" that this program did not make', "[compliance] tab", code=2
    )
    assert school.book == spoiled
    renamed("compliance", "Staff")(school)
    assert recovers(school, all_mornings["first"])


def test_a_copy_of_our_tab_in_its_place_is_left_alone(at: At) -> None:
    """Staff keep a copy, delete the tab, and give the copy its name: it is theirs."""
    school = at("rows")
    ours = tab(school.book, "Compliance").id
    asks("duplicateSheet", lambda book: {"sourceSheetId": ours})(school)
    asks("deleteSheet", lambda book: {"sheetId": ours})(school)
    renamed("Copy of Compliance", "Compliance")(school)
    spoiled = school.book
    assert failed(school.sync(), school, 'a tab "Compliance" that this program did not make', code=2)
    assert school.book == spoiled


def test_the_longest_text_that_google_takes_does_no_harm(at: At) -> None:
    """50,000 characters in a cell that cannot be read: the problem is told, and fits into a cell."""
    school = at("rows")

    def paste(book: Spreadsheet) -> None:
        sheet = tab(book, "Service Grid")
        sheet.cells[1, 2] = {"userEnteredValue": {"stringValue": "word " * 10_000}}

    school.server.staff.do(school.id, paste)
    ran = school.sync()
    assert (ran.code, ran.err) == (0, "")
    assert any("word word" in text for text in texts(school, "Data Problems"))


def texts(school: School, title: str) -> set[str]:
    return texts_of(picture(tab(school.book, title)))


def texts_of(kept: Sheet) -> set[str]:
    """Return every text that stands in a tab."""
    return {text for cell in kept.cells.values() if isinstance(text := text_at(cell), str)}
