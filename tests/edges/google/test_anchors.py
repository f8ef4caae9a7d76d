"""Anchors hold where merged cells do not: a write never reaches a column of staff's (promise 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.edges.google.moment import Json
from sheets_sync.edges.google.writing import Who, plan
from sheets_sync.views.columns import NAMES
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, DAN, FIRST_LINE, KEY, NOTES, SNOOZE, lines
from tests.sheets_server.errors import ApiError
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import do
from tests.sheets_server.requests.refused import Refused

Edit = Callable[[Spreadsheet], object]

A = FIRST_LINE
HEADER = FIRST_LINE - 1
TYPED = {(A + at, column): f"{at} {column}" for at in range(3) for column in (NOTES, SNOOZE, KEY + 1)}
EVENING, MORNING = lines(ANA, BEN, CAL), lines(ANA, DAN, BEN)
LATER = datetime(2025, 12, 1, 5)  # noqa: DTZ001


def taken_apart() -> Spreadsheet:
    """Return the workbook after a night, with notes; staff took the merged cells apart since."""
    workbook = laid.after_the_first_night(EVENING)
    do(workbook, "appendDimension", sheetId=laid.on_server(workbook).id, dimension="COLUMNS", length=1)
    laid.type_in(workbook, {(HEADER, KEY + 1): "Room"} | TYPED)
    workbook = laid.night(workbook, EVENING)
    laid.unmerge(workbook)
    return workbook


BOOK = taken_apart()
TO_SEND = plan(
    [laid.compliance(MORNING, laid.staff(BOOK), LATER)], laid.read(BOOK)[1], Who(laid.ACCOUNT, 7000)
).requests


def written_by_staff(workbook: Spreadsheet) -> Counter[object]:
    """Return what staff typed, each with the key beside it."""
    found: Counter[object] = Counter()
    for row in laid.values(workbook):
        key = next((value for value in row if value in EVENING), None)
        found.update((key, value) for value in row if value in TYPED.values())
    return found


def test_where_nobody_edits_the_write_is_done_and_the_anchors_are_where_they_were() -> None:
    after = laid.carried_out(BOOK, TO_SEND)
    wanted = laid.compliance(MORNING, laid.staff(after), LATER)
    assert laid.requests_for(after, wanted) == []
    assert {(one.dimension, one.at, one.name) for one in laid.our_tab(after).anchors} == {
        ("ROWS", HEADER, "header"),
        *(("COLUMNS", at, name) for at, name in enumerate((*NAMES, "Room"))),
    }


WITHOUT_HEADER: list[tuple[str, list[Edit]]] = [
    ("nothing else", []),
    ("Staff notes moved first", [lambda book: laid.move(book, "COLUMNS", NOTES, 0)]),
    ("Staff notes moved among the figures", [lambda book: laid.move(book, "COLUMNS", NOTES, 7)]),
    ("their column moved among ours", [lambda book: laid.move(book, "COLUMNS", KEY + 1, 3)]),
    ("two columns of ours deleted", [lambda book: laid.delete(book, "COLUMNS", NOTES - 2, 2)]),
    (
        "another column put in and written in",
        [lambda book: laid.insert(book, "COLUMNS", 5), lambda book: laid.type_in(book, {(A, 5): "0 5"})],
    ),
]


@pytest.mark.parametrize(
    "edits", [case[1] for case in WITHOUT_HEADER], ids=[case[0] for case in WITHOUT_HEADER]
)
def test_columns_are_known_when_the_whole_header_is_gone(edits: list[Edit]) -> None:
    now = edited([*edits, lambda book: laid.delete(book, "ROWS", HEADER)], BOOK)
    before = {
        value for row in laid.values(now) for value in row if isinstance(value, str) and value[1:2] == " "
    }
    after = laid.night(now, EVENING)
    rows = laid.staff(after).rows
    assert {key: (row.notes, row.snooze, row.added["Room"]) for key, row in rows.items()} == {
        key: (f"{at} {NOTES}", f"{at} {SNOOZE}", f"{at} {KEY + 1}") for at, key in enumerate(EVENING)
    }
    assert before <= {value for row in laid.values(after) for value in row}
    assert laid.requests_for(after, laid.tonight(after, EVENING)) == []


REFUSED: list[tuple[str, Edit]] = [
    ("a column inserted first", lambda book: laid.insert(book, "COLUMNS", 0)),
    ("as many columns inserted as there are", lambda book: laid.insert(book, "COLUMNS", 0, KEY + 2)),
    ("a column inserted before the key", lambda book: laid.insert(book, "COLUMNS", KEY)),
    ("a column of figures deleted", lambda book: laid.delete(book, "COLUMNS", 12)),
    ("Staff notes deleted", lambda book: laid.delete(book, "COLUMNS", NOTES)),
    ("Staff notes moved first", lambda book: laid.move(book, "COLUMNS", NOTES, 0)),
    ("six columns of figures moved to the end", lambda book: laid.move(book, "COLUMNS", 9, KEY + 2, 6)),
    ("a title row inserted", lambda book: laid.insert(book, "ROWS", 0)),
    ("both title rows deleted", lambda book: laid.delete(book, "ROWS", 0, 2)),
    ("a line moved above the header", lambda book: laid.move(book, "ROWS", A, 0)),
]


@pytest.mark.parametrize("edit", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_is_refused_in_the_second_before_the_write(edit: Edit) -> None:
    now = BOOK.copy()
    edit(now)
    with pytest.raises(ApiError, match="createDeveloperMetadata"):
        laid.carried_out(now, TO_SEND)


def structural(dimension: str, size: int) -> st.SearchStrategy[Edit]:
    at, count, to = st.integers(0, size - 1), st.integers(1, 6), st.integers(0, size)
    return st.one_of(
        st.builds(lambda at, count: lambda book: laid.insert(book, dimension, at, count), at, count),
        st.builds(lambda at, count: lambda book: laid.delete(book, dimension, at, count), at, count),
        st.builds(
            lambda at, to, count: lambda book: laid.move(book, dimension, at, to, count), at, to, count
        ),
    )


def edited(edits: list[Edit], book: Spreadsheet) -> Spreadsheet:
    for edit in edits:
        try:
            now = book.copy()
            edit(now)
            book = now
        except Refused:
            continue
    return book


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(structural("COLUMNS", KEY + 2), structural("ROWS", A + 3)), max_size=3))
def test_whatever_is_inserted_deleted_and_moved_in_that_second_what_staff_wrote_stands_beside_its_key(
    edits: list[Edit],
) -> None:
    now = edited(edits, BOOK)
    try:
        after = laid.carried_out(now, TO_SEND)
    except ApiError:
        return
    assert written_by_staff(after) == written_by_staff(now)


def without(kind: str, requests: list[Json]) -> list[Json]:
    return [one for one in requests if kind not in one]


def test_without_anchors_a_deleted_column_would_cost_a_note() -> None:
    now = BOOK.copy()
    laid.delete(now, "COLUMNS", 9, 3)
    do(now, "appendDimension", sheetId=laid.on_server(now).id, dimension="COLUMNS", length=3)
    unheld = without("createDeveloperMetadata", TO_SEND)
    assert written_by_staff(laid.carried_out(now, unheld)) != written_by_staff(now)
