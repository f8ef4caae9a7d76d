"""What one write sends, and whether the reply shows that nobody edited meanwhile (google.md)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from sheets_sync.edges.google import ticket
from sheets_sync.edges.google.expected import REPLY_FIELDS, all_stands, keys_stand
from sheets_sync.edges.google.writing import Who, plan
from sheets_sync.problems import NotOurs, WrongUse
from sheets_sync.views.tab import Tab
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, DAN, FIRST_LINE, KEY, NOTES, SNOOZE, lines
from tests.sheets_server import field_mask
from tests.sheets_server.batch import batch_update
from tests.sheets_server.errors import ApiError
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import book, do, tab

A, B = FIRST_LINE, FIRST_LINE + 1
ANOTHER = "createDeveloperMetadata"
WHO = Who(laid.ACCOUNT, 41)
EVENING, MORNING = lines(ANA, BEN), lines(ANA, CAL, BEN)
"""Tonight there is a line more, between two others: rows move."""


def after_a_night() -> Spreadsheet:
    return laid.after_the_first_night(EVENING)


def sent(workbook: Spreadsheet, *tabs: Tab) -> list[Json]:
    return plan(tabs, laid.read(workbook)[1], WHO).requests


def test_the_first_night_makes_both_tabs_at_the_end_marked_and_protected_by_a_warning() -> None:
    workbook = laid.written(laid.empty_workbook(), laid.compliance(EVENING), laid.problems("C7"))
    assert [sheet.title for sheet in workbook.sheets] == [
        "Caseload",
        "Service Grid",
        "Compliance",
        "Data Problems",
    ]
    moment = laid.read(workbook)[1]
    assert {mark: one.title for mark, one in moment.ours.items()} == {
        "compliance": "Compliance",
        "problems": "Data Problems",
    }
    assert all(one["warningOnly"] for mark in moment.ours for one in moment.ours[mark].protected_ranges)
    assert laid.our_tab(workbook).frozen == (3, 2)


def test_where_nothing_differs_nothing_is_sent() -> None:
    workbook = after_a_night()
    assert sent(workbook, laid.tonight(workbook, EVENING)) == []


def test_three_lines_of_160_that_changed_are_under_20_kb() -> None:
    keys = [f"{at:08d}".translate(str.maketrans("0123456789", "bcdfghjkmn")) for at in range(160)]
    before = lines(*keys)
    workbook = laid.after_the_first_night(before)
    changed = {key: row | {"owed": 30, "behind": 30, "delivered": 0} for key, row in before.items()}
    tonight = before | {key: changed[key] for key in keys[20:140:50]}
    later = laid.compliance(tonight, checked=datetime(2025, 11, 24, 5, 2))  # noqa: DTZ001
    requests = sent(workbook, later)
    assert 0 < len(json.dumps(requests)) < 20_000
    assert laid.requests_for(laid.carried_out(workbook, requests), later) == []


def test_a_tab_that_staff_renamed_is_written_under_their_name() -> None:
    workbook = after_a_night()
    do(
        workbook,
        "updateSheetProperties",
        properties={"sheetId": laid.our_tab(workbook).id, "title": "Who is behind"},
        fields="title",
    )
    after = laid.night(workbook, MORNING)
    assert [sheet.title for sheet in after.sheets] == ["Caseload", "Service Grid", "Who is behind"]
    assert len(laid.values(after)) == len(laid.values(workbook)) + 1


@pytest.mark.parametrize("title", ["Compliance", "compliance", "COMPLIANCE"])
def test_a_tab_of_our_name_that_is_not_ours_is_not_touched(title: str) -> None:
    theirs = book(tab(0, "Caseload", [["Student"]]), tab(1, title, [["Hello"]]))
    with pytest.raises(NotOurs, match="did not make") as caught:
        sent(theirs, laid.compliance(EVENING))
    assert "[compliance] tab" in caught.value.remedy


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_that_no_tab_can_have_is_said(name: str) -> None:
    with pytest.raises(WrongUse, match="cannot be the name of a tab"):
        sent(laid.empty_workbook(), replace(laid.compliance(EVENING), name=name))


def test_two_tabs_of_one_name_are_said() -> None:
    both = replace(laid.problems(), name="compliance")
    with pytest.raises(WrongUse, match="Two tabs would be called"):
        sent(laid.empty_workbook(), laid.compliance(EVENING), both)


# A write that is sent twice


def has_ticket(requests: list[Json]) -> bool:
    made = [one["createDeveloperMetadata"]["developerMetadata"] for one in requests if ANOTHER in one]
    return any(one["metadataKey"] == ticket.KEY for one in made)


@pytest.mark.parametrize("tonight", [EVENING, MORNING, lines(BEN, ANA), lines(CAL, DAN, ANA)])
def test_a_write_that_is_sent_again_changes_nothing_more(tonight: dict[str, laid.Row]) -> None:
    workbook = after_a_night()
    laid.type_in(workbook, {(A, NOTES): "call the parents"})
    later = laid.compliance(
        tonight,
        laid.read_staff_columns(laid.read(workbook)[0][-1]),
        datetime(2025, 11, 24, 5),  # noqa: DTZ001
    )
    requests = sent(workbook, later)
    once = laid.carried_out(workbook, requests)
    if has_ticket(requests):
        with pytest.raises(ApiError, match="createDeveloperMetadata"):
            laid.carried_out(once, requests)
        return
    twice = laid.carried_out(once, requests)
    assert laid.values(twice) == laid.values(once)
    assert laid.requests_for(twice, later) == []


def test_only_a_write_that_moves_carries_a_ticket_and_it_is_the_only_one_kept() -> None:
    workbook = after_a_night()
    for tonight in (MORNING, EVENING, MORNING):
        workbook = laid.night(workbook, tonight)
        kept = Counter(one["metadataKey"] for one in laid.our_tab(workbook).metadata)
        assert kept == {"sheets_sync": 1, "sheets_sync write": 1}
    looks_alone = laid.compliance(MORNING, checked=datetime(2025, 12, 1, 5))  # noqa: DTZ001
    assert not has_ticket(sent(workbook, looks_alone))


def test_a_new_tab_that_is_sent_again_is_refused() -> None:
    requests = sent(laid.empty_workbook(), laid.compliance(EVENING))
    once = laid.carried_out(laid.empty_workbook(), requests)
    with pytest.raises(ApiError):
        laid.carried_out(once, requests)


# What the reply shows


def replied(
    workbook: Spreadsheet, tonight: dict[str, laid.Row], meanwhile: Callable[[Spreadsheet], object]
) -> tuple[bool, bool]:
    """Return whether the keys and whether all stand, after an edit between the read and the write; where the
    write was refused, neither does."""
    writing = plan([laid.tonight(workbook, tonight), laid.problems("C7")], laid.read(workbook)[1], WHO)
    edited = workbook.copy()
    meanwhile(edited)
    body = {
        "requests": writing.requests,
        "includeSpreadsheetInResponse": True,
        "responseRanges": [one.reply_range for one in writing.expected],
        "responseIncludeGridData": True,
    }
    fields = field_mask.parse(REPLY_FIELDS)
    try:
        answer = fields.pick(batch_update(edited, laid.checked(body), laid.ACCOUNT, fields)[1])
    except ApiError:
        return False, False
    reply = json.loads(json.dumps(answer))
    return keys_stand(writing.expected, reply), all_stands(writing.expected, reply)


def nobody(workbook: Spreadsheet) -> None:
    pass


def types(cells: dict[tuple[int, int], object]) -> Callable[[Spreadsheet], object]:
    return lambda workbook: laid.type_in(workbook, cells)


def scene() -> Spreadsheet:
    workbook = laid.written(laid.empty_workbook(), laid.compliance(EVENING), laid.problems("C7", "C8"))
    do(workbook, "appendDimension", sheetId=laid.our_tab(workbook).id, dimension="COLUMNS", length=1)
    laid.type_in(
        workbook,
        {(B, NOTES): "0012", (B, SNOOZE): date(2025, 12, 1), (A, KEY + 1): 3.5, (A - 1, KEY + 1): "Room"},
    )
    return workbook


WHEN = [
    ("nobody edits", nobody, True, True),
    ("a note is typed", types({(A, NOTES): "new"}), True, False),
    ("a note is changed", types({(B, NOTES): "12"}), True, False),
    ("a note is cleared", types({(B, NOTES): None}), True, False),
    ("a snooze date is typed", types({(A, SNOOZE): date(2026, 1, 5)}), True, False),
    ("something is typed in a column of their own", types({(B, KEY + 1): "x"}), True, False),
    ("something is typed over our figures", types({(A, 4): 99}), True, True),
    ("the table is sorted", lambda book: laid.sort_lines(book, 0, "DESCENDING"), False, False),
    ("a row is inserted", lambda book: laid.insert(book, "ROWS", A), False, False),
    ("a row is inserted at the end", lambda book: laid.insert(book, "ROWS", B + 1), False, False),
    ("a line's row is deleted", lambda book: laid.delete(book, "ROWS", A), False, False),
    ("a line's row is moved", lambda book: laid.move(book, "ROWS", A, B + 1), False, False),
    ("a key is cleared", types({(A, KEY): None}), False, False),
    (
        "a row of Data Problems is deleted",
        lambda book: laid.delete(book, "ROWS", 4, mark="problems"),
        False,
        False,
    ),
]


@pytest.mark.parametrize("tonight", [EVENING, MORNING], ids=["same lines", "a line more"])
@pytest.mark.parametrize(("what", "meanwhile", "keys", "all_"), WHEN, ids=[one[0] for one in WHEN])
def test_who_edits_between_the_read_and_the_write_is_noticed(
    what: str,
    meanwhile: Callable[[Spreadsheet], object],
    keys: bool,
    all_: bool,
    tonight: dict[str, laid.Row],
) -> None:
    assert replied(scene(), tonight, meanwhile) == (keys, all_), what


def test_a_formula_of_staffs_may_show_something_else_at_any_moment() -> None:
    workbook = scene()
    laid.type_in(workbook, {(A, NOTES): "=ROW()+10"})
    assert replied(workbook, MORNING, nobody) == (True, True)


@pytest.mark.parametrize(
    "reply", [{}, {"updatedSpreadsheet": {}}, {"updatedSpreadsheet": {"sheets": [{}]}}, None, [], "x"]
)
def test_a_reply_that_is_none_is_no_proof(reply: object) -> None:
    writing = plan([laid.tonight(scene(), MORNING)], laid.read(scene())[1], WHO)
    assert not keys_stand(writing.expected, reply)
    assert not all_stands(writing.expected, reply)


def test_columns_that_are_inserted_or_deleted_meanwhile_are_never_written_into() -> None:
    workbook = scene()
    requests = sent(workbook, laid.tonight(workbook, MORNING))
    edits: Sequence[Callable[[Spreadsheet], object]] = [
        *(lambda book, at=at: laid.insert(book, "COLUMNS", at) for at in range(KEY + 1)),
        *(lambda book, at=at: laid.delete(book, "COLUMNS", at) for at in range(KEY + 1)),
    ]
    for edit in edits:
        edited = workbook.copy()
        edit(edited)
        with pytest.raises(ApiError):
            laid.carried_out(edited, requests)


# Data Problems, whose rows have no key


MANY = [f"C{number}" for number in range(2, 122)]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["C500", *MANY], id="a new one comes first"),
        pytest.param([*MANY[:60], "C500", *MANY[60:]], id="a new one in the middle"),
        pytest.param([*MANY[:3], *MANY[4:]], id="one is mended"),
        pytest.param([*MANY[:3], "C500", *MANY[4:90], *MANY[91:]], id="one is mended, another changes"),
        pytest.param([*MANY[60:], *MANY[:60]], id="in another order"),
    ],
)
def test_a_problem_that_comes_or_goes_sends_no_other(cells: list[str]) -> None:
    workbook = laid.written(laid.empty_workbook(), laid.problems(*MANY))
    requests = sent(workbook, laid.problems(*cells))
    assert len(json.dumps(requests)) < 9_000
    after = laid.carried_out(workbook, requests)
    assert laid.requests_for(after, laid.problems(*cells)) == []
    shown = [row[2].value for row in laid.our_tab(after, "problems").cells[3:] if len(row) > 2]
    assert [cell for cell in shown if cell] == cells


def test_problems_that_come_and_go_every_night_leave_no_rows_behind() -> None:
    workbook = laid.written(laid.empty_workbook(), laid.problems(*MANY))
    rows = laid.our_tab(workbook, "problems").row_count
    for night in range(6):
        workbook = laid.written(workbook, laid.problems(*MANY[night:], *MANY[: night // 2]))
    assert laid.our_tab(workbook, "problems").row_count == rows
