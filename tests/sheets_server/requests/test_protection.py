"""addProtectedRange, updateProtectedRange, deleteProtectedRange, and whom they hold back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests import protection
from tests.sheets_server.requests.books import ME, STAFF, area, book, cells, do, one_tab, refused, tab
from tests.sheets_server.requests.guard import SENTENCE

OWNER = "owner@school.example"
WRITER = "new@school.example"


def log() -> Spreadsheet:
    made = one_tab(["Student", "Minutes", "Note"], ["Ana", 30, ""], size=(5, 4))
    made.sharing[WRITER] = "writer"
    return made


def write(made: Spreadsheet, user: str, row: int = 1, column: int = 0) -> str:
    """Let a user write into a cell; return "" or the sentence of the refusal."""
    start = {"sheetId": 7, "rowIndex": row, "columnIndex": column}
    asked = {"start": start, "rows": cells(["x"]), "fields": "userEnteredValue"}
    copy = made.copy()
    try:
        do(copy, "updateCells", user, **asked)
    except Exception as error:
        return str(error)
    return ""


def test_a_protected_range_is_added_with_the_id_that_was_chosen() -> None:
    made = log()
    asked = {"protectedRangeId": 42, "range": {"sheetId": 7}, "description": "ours", "warningOnly": True}
    reply = do(made, "addProtectedRange", ME, protectedRange=asked)
    assert reply["addProtectedRange"]["protectedRange"] == {**asked, "requestingUserCanEdit": True}
    assert made.sheets[0].protected_ranges == {42: asked}


@pytest.mark.parametrize("home", [7, 8])
def test_an_id_of_protection_that_is_taken_anywhere_is_refused(home: int) -> None:
    made = book(tab(7, "Log", []), tab(8, "Other", []))
    do(made, "addProtectedRange", protectedRange={"protectedRangeId": 42, "range": area(0, 1, 0, 1)})
    asked = {"protectedRangeId": 42, "range": area(0, 1, 0, 1, sheet_id=home)}
    assert (
        refused(made, "addProtectedRange", protectedRange=asked)
        == "A protected range with the id 42 already exists."
    )


@pytest.mark.parametrize(
    ("asked", "who", "allowed"),
    [
        ({"warningOnly": True}, WRITER, True),
        ({"editors": {"users": [STAFF]}}, STAFF, True),
        ({"editors": {"users": [STAFF]}}, ME, True),
        ({"editors": {"users": [STAFF]}}, OWNER, True),
        ({"editors": {"users": [STAFF]}}, WRITER, False),
        ({"editors": {}}, STAFF, False),
        ({"editors": {"domainUsersCanEdit": True}}, WRITER, True),
        ({}, WRITER, True),
    ],
)
def test_editors_the_owner_and_whoever_protected_may_write_and_a_warning_stops_nobody(
    asked: Json, who: str, allowed: bool
) -> None:
    made = log()
    do(made, "addProtectedRange", ME, protectedRange={"range": area(1, 2, 0, 2), **asked})
    assert write(made, who) == ("" if allowed else SENTENCE)
    assert write(made, who, row=3) == ""


def test_who_may_write_now_may_not_later_where_editors_were_named_at_once() -> None:
    made = log()
    do(made, "addProtectedRange", ME, protectedRange={"range": area(1, 2, 0, 2)})
    assert made.sheets[0].protected_ranges.popitem()[1]["editors"] == {
        "users": sorted([ME, STAFF, OWNER, WRITER])
    }


@pytest.mark.parametrize(
    ("row", "column", "allowed"), [(1, 2, True), (1, 1, False), (4, 2, True), (0, 2, False), (1, 3, False)]
)
def test_unprotected_cells_of_a_protected_tab_are_free(row: int, column: int, allowed: bool) -> None:
    made = log()
    free = [{"sheetId": 7, "startRowIndex": 1, "startColumnIndex": 2, "endColumnIndex": 3}]
    asked = {"range": {"sheetId": 7}, "unprotectedRanges": free, "editors": {}}
    do(made, "addProtectedRange", ME, protectedRange=asked)
    assert (write(made, STAFF, row, column) == "") is allowed


def test_a_write_that_only_touches_unprotected_cells_in_part_is_refused() -> None:
    made = log()
    free = [{"sheetId": 7, "startColumnIndex": 2, "endColumnIndex": 4}]
    asked = {"range": {"sheetId": 7}, "unprotectedRanges": free, "editors": {}}
    do(made, "addProtectedRange", ME, protectedRange=asked)
    clear = {"fields": "userEnteredValue"}
    assert refused(made, "updateCells", STAFF, range=area(0, 5, 1, 3), **clear) == SENTENCE
    do(made, "updateCells", STAFF, range=area(0, 5, 2, 4), **clear)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"range": area(0, 1, 0, 1), "unprotectedRanges": [area(0, 1, 0, 1)]},
            "Unprotected ranges are only supported on protected sheets.",
        ),
        (
            {"range": area(0, 1, 0, 1), "warningOnly": True, "editors": {"users": [STAFF]}},
            "ProtectedRange is warningOnly. Editors cannot be set on it.",
        ),
        ({"description": "nothing"}, "Must specify exactly one of range, namedRangeId, or tableId."),
        ({"range": {"sheetId": 8}}, "No grid with id: 8"),
        (
            {"range": {"sheetId": 7}, "unprotectedRanges": [area(0, 1, 9, 10)]},
            "GridRange.startColumnIndex[9] is after last column in grid[3]",
        ),
    ],
)
def test_protection_that_cannot_be_added(asked: Json, sentence: str) -> None:
    made = log()
    assert refused(made, "addProtectedRange", protectedRange=asked) == sentence
    assert made.sheets[0].protected_ranges == {}


def test_a_tab_is_protected_once_and_ranges_of_it_beside() -> None:
    made = log()
    whole = {"range": {"sheetId": 7}, "warningOnly": True}
    do(made, "addProtectedRange", protectedRange=whole)
    do(made, "addProtectedRange", protectedRange={**whole, "range": area(0, 1, 0, 1)})
    do(made, "addNamedRange", namedRange={"namedRangeId": "n", "name": "Minutes", "range": area(0, 1, 0, 1)})
    do(made, "addProtectedRange", protectedRange={"namedRangeId": "n", "warningOnly": True})
    said = refused(made, "addProtectedRange", protectedRange=whole)
    assert said == 'Sheet "Caseload" already has sheet protection.'


@pytest.mark.parametrize(
    ("fields", "asked", "changed"),
    [
        ("description", {"description": "new", "range": area(0, 1, 0, 1)}, {"description": "new"}),
        ("range", {"range": area(0, 3, 0, 1)}, {"range": area(0, 3, 0, 1)}),
        ("editors", {"editors": {"users": [STAFF]}}, {"editors": {"users": sorted([ME, OWNER, STAFF])}}),
        ("warningOnly", {"warningOnly": True}, {"warningOnly": True, "editors": None}),
        ("description", {}, {"description": None}),
    ],
)
def test_the_mask_says_what_of_a_protected_range_is_changed(
    fields: str, asked: Json, changed: dict[str, Any]
) -> None:
    made = log()
    first = {"protectedRangeId": 42, "range": area(0, 2, 0, 2), "description": "old", "editors": {}}
    do(made, "addProtectedRange", ME, protectedRange=first)
    before = made.sheets[0].protected_ranges[42]
    do(made, "updateProtectedRange", ME, protectedRange={"protectedRangeId": 42, **asked}, fields=fields)
    after = {name: piece for name, piece in {**before, **changed}.items() if piece is not None}
    assert made.sheets[0].protected_ranges == {42: after}


def test_a_warning_becomes_a_lock_with_editors() -> None:
    made = log()
    do(
        made,
        "addProtectedRange",
        ME,
        protectedRange={"protectedRangeId": 42, "range": {"sheetId": 7}, "warningOnly": True},
    )
    asked = {"protectedRangeId": 42, "editors": {"users": [STAFF]}}
    do(made, "updateProtectedRange", ME, protectedRange=asked, fields="warningOnly,editors")
    assert write(made, WRITER) == SENTENCE
    assert write(made, STAFF) == ""


def test_unprotected_ranges_are_exchanged_whole() -> None:
    made = log()
    free = [{"sheetId": 7, "startColumnIndex": 1, "endColumnIndex": 2}]
    first = {"protectedRangeId": 42, "range": {"sheetId": 7}, "unprotectedRanges": free, "warningOnly": True}
    do(made, "addProtectedRange", protectedRange=first)
    new = [{"sheetId": 7, "startColumnIndex": 3, "endColumnIndex": 4}]
    asked = {"protectedRangeId": 42, "unprotectedRanges": new}
    do(made, "updateProtectedRange", protectedRange=asked, fields="unprotectedRanges")
    assert made.sheets[0].protected_ranges[42]["unprotectedRanges"] == new


def test_protection_is_taken_away_by_who_may_edit_it_alone() -> None:
    made = log()
    do(
        made,
        "addProtectedRange",
        ME,
        protectedRange={"protectedRangeId": 42, "range": area(0, 1, 0, 1), "editors": {}},
    )
    asked = {"protectedRange": {"protectedRangeId": 42}, "fields": "description"}
    assert refused(made, "deleteProtectedRange", STAFF, protectedRangeId=42) == SENTENCE
    assert refused(made, "updateProtectedRange", STAFF, **asked) == SENTENCE
    do(made, "deleteProtectedRange", OWNER, protectedRangeId=42)
    assert made.sheets[0].protected_ranges == {}
    assert refused(made, "deleteProtectedRange", protectedRangeId=42) == "No protected range with id: 42"


def test_a_named_range_is_protected_wherever_it_lies() -> None:
    made = log()
    do(made, "addNamedRange", namedRange={"namedRangeId": "n", "name": "Minutes", "range": area(1, 2, 1, 2)})
    do(made, "addProtectedRange", ME, protectedRange={"namedRangeId": "n", "editors": {}})
    assert write(made, STAFF, 1, 1) == SENTENCE
    assert write(made, STAFF, 1, 0) == ""


def test_who_may_not_edit_does_not_see_the_editors() -> None:
    made = log()
    do(
        made,
        "addProtectedRange",
        ME,
        protectedRange={"protectedRangeId": 42, "range": area(0, 1, 0, 1), "editors": {}},
    )
    kept = made.sheets[0].protected_ranges[42]
    assert protection.shown(made, kept, STAFF) == {"protectedRangeId": 42, "range": area(0, 1, 0, 1)}
    assert protection.shown(made, kept, ME)["requestingUserCanEdit"] is True
    assert ME in protection.shown(made, kept, ME)["editors"]["users"]
