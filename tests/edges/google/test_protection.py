"""Our tab is protected but for what is staff's; protection that others put there is theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sheets_sync.edges.google.layout import layout_of
from sheets_sync.edges.google.protection import protection_id, protection_requests
from sheets_sync.views.tab import Protection, Tab
from tests.edges.google import laid
from tests.edges.google.laid import ACCOUNT, ANA, BEN, CAL, DAN, FIRST_LINE, KEY, NOTES
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import STAFF, area, do, refused

EVENING = laid.lines(ANA, BEN, CAL)


def workbook(protection: Protection = "warn") -> Spreadsheet:
    return laid.written(laid.empty_workbook(), with_protection(laid.compliance(EVENING), protection))


def with_protection(tab: Tab, protection: Protection) -> Tab:
    return replace(tab, protection=protection)


def sent(book: Spreadsheet, tab: Tab, account: str = ACCOUNT) -> list[Json]:
    read = laid.our_tab(book, tab.mark)
    layout = layout_of(tab, read)
    return protection_requests(
        tab, read.id, len(layout.columns), read.protected_ranges, account, moved=bool(layout.requests())
    )


def ours(book: Spreadsheet) -> Json | None:
    sheet = laid.on_server(book)
    return sheet.protected_ranges.get(protection_id(sheet.id))


def write_as_staff(book: Spreadsheet, row: int, column: int) -> Any:
    sheet_id = laid.on_server(book).id
    return {
        "user": STAFF,
        "range": area(row, row + 1, column, column + 1, sheet_id),
        "cell": {"userEnteredValue": {"stringValue": "x"}},
        "fields": "userEnteredValue",
    }


def test_people_are_warned_and_the_programs_account_is_named_to_nobody() -> None:
    protected = ours(workbook())
    assert protected is not None
    assert (protected["warningOnly"], "editors" in protected) == (True, False)
    assert "amber" in protected["description"]


@pytest.mark.parametrize("protection", ["warn", "strict", "off"])
def test_what_is_there_is_not_sent_again(protection: Protection) -> None:
    book = workbook(protection)
    assert sent(book, with_protection(laid.tonight(book, EVENING), protection)) == []


MINE, THEIRS = True, False
PLACES = [
    ("the title", 0, 0, MINE),
    ("the summary over staff's columns", 1, NOTES, MINE),
    ("the header of staff's notes", FIRST_LINE - 1, NOTES, MINE),
    ("a figure", FIRST_LINE, 4, MINE),
    ("staff's notes", FIRST_LINE, NOTES, THEIRS),
    ("staff's date", FIRST_LINE + 2, NOTES + 1, THEIRS),
    ("below the table", FIRST_LINE + 3, NOTES, THEIRS),
    ("the key", FIRST_LINE, KEY, MINE),
    ("right of ours", FIRST_LINE, KEY + 1, THEIRS),
    ("the header right of ours", FIRST_LINE - 1, KEY + 1, THEIRS),
]


def with_room() -> Spreadsheet:
    """Return a workbook with a row below the table and two columns right of ours, protected strictly."""
    book = workbook()
    for dimension, length in (("ROWS", 1), ("COLUMNS", 2)):
        do(book, "appendDimension", sheetId=laid.on_server(book).id, dimension=dimension, length=length)
    return laid.written(book, with_protection(laid.tonight(book, EVENING), "strict"))


@pytest.mark.parametrize(
    ("row", "column", "is_ours"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES]
)
def test_strict_lets_staff_write_where_it_is_theirs_and_nowhere_else(
    row: int, column: int, is_ours: bool
) -> None:
    book = with_room()
    if is_ours:
        assert "protected" in refused(book, "repeatCell", **write_as_staff(book, row, column))
    else:
        do(book, "repeatCell", **write_as_staff(book, row, column))


def test_strict_lets_the_program_write_everywhere() -> None:
    book = workbook("strict")
    after = laid.written(book, with_protection(laid.compliance(laid.lines(DAN, ANA)), "strict"))
    assert laid.values(after)[FIRST_LINE][KEY] == DAN


@pytest.mark.parametrize("before", ["warn", "strict", "off"])
@pytest.mark.parametrize("now", ["warn", "strict", "off"])
def test_another_protection_takes_the_place_of_the_last(before: Protection, now: Protection) -> None:
    book = workbook(before)
    tab = with_protection(laid.compliance(EVENING), now)
    after = laid.carried_out(book, sent(book, tab))
    protected = ours(after)
    assert (protected is None) is (now == "off")
    assert protected is None or protected.get("warningOnly", False) is (now == "warn")
    assert sent(after, tab) == []


EDITS = [
    ("a row above", lambda book: laid.insert(book, "ROWS", 0)),
    ("a column first", lambda book: laid.insert(book, "COLUMNS", 0)),
    ("a column between the notes and the date", lambda book: laid.insert(book, "COLUMNS", NOTES + 1)),
    ("the notes deleted", lambda book: laid.delete(book, "COLUMNS", NOTES)),
    ("the header deleted", lambda book: laid.delete(book, "ROWS", FIRST_LINE - 1)),
    ("lines added", lambda book: laid.insert(book, "ROWS", FIRST_LINE + 1, 4)),
]


@pytest.mark.parametrize("edit", [case[1] for case in EDITS], ids=[case[0] for case in EDITS])
def test_after_any_edit_the_same_is_free_again(edit: Any) -> None:
    book = workbook()
    before = ours(book)
    edit(book)
    after = laid.night(book, EVENING)
    assert before is not None
    protected = ours(after)
    assert protected is not None
    assert protected["unprotectedRanges"][:1] == before["unprotectedRanges"][:1]
    assert sent(after, laid.tonight(after, EVENING)) == []


def test_the_notes_of_a_new_line_that_comes_first_are_free_too() -> None:
    after = laid.night(workbook(), laid.lines(DAN, ANA, BEN, CAL))
    assert ours(after) == ours(workbook())


def test_protection_of_others_stays_and_is_no_hindrance() -> None:
    book = workbook()
    theirs = {"protectedRangeId": 9, "range": area(3, 4, NOTES, NOTES + 1, laid.on_server(book).id)}
    do(book, "addProtectedRange", protectedRange=theirs | {"warningOnly": True})
    assert sent(book, laid.tonight(book, EVENING)) == []
    off = laid.carried_out(book, sent(book, with_protection(laid.tonight(book, EVENING), "off")))
    assert list(laid.on_server(off).protected_ranges) == [9]


def test_where_others_protected_the_whole_tab_ours_is_not_needed() -> None:
    """Google takes one protection of a whole tab."""
    book = workbook("off")
    theirs = {"protectedRangeId": 9, "range": {"sheetId": laid.on_server(book).id}, "warningOnly": True}
    do(book, "addProtectedRange", protectedRange=theirs)
    assert sent(book, laid.tonight(book, EVENING)) == []


def test_a_tab_without_staffs_columns_is_protected_whole() -> None:
    book = laid.written(laid.empty_workbook(), laid.problems("C2"))
    sheet = laid.on_server(book, "problems")
    assert "unprotectedRanges" not in sheet.protected_ranges[protection_id(sheet.id)]
    assert sent(book, laid.problems("C2")) == []


def test_without_a_known_account_strict_still_locks_the_tab() -> None:
    tab = with_protection(laid.compliance(EVENING), "strict")
    (request,) = protection_requests(tab, 5, KEY + 1, (), "", moved=False)
    assert request["addProtectedRange"]["protectedRange"]["editors"] == {"domainUsersCanEdit": False}
