"""Merged cells above the table: while they stand, no write reaches a column that has become another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sheets_sync.edges.google.merges import guard_requests, merges_at_read, wanted_merges
from sheets_sync.views.tab import OutCell, Tab
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, FIRST_LINE, KEY, NOTES, SNOOZE
from tests.sheets_server.errors import ApiError
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import do
from tests.sheets_server.requests.refused import Refused

EVENING = laid.lines(ANA, BEN, CAL)
HEADER = FIRST_LINE - 1
OWN = 4
"""Columns that staff have right of ours."""


def workbook() -> Spreadsheet:
    """Return a workbook after a run, in which every cell of staff's says where it stands."""
    book = laid.night(laid.empty_workbook(), EVENING)
    do(book, "appendDimension", sheetId=laid.on_server(book).id, dimension="COLUMNS", length=OWN)
    headers = {(HEADER, KEY + at): f"Own {at}" for at in range(1, OWN + 1)}
    laid.type_in(book, headers)
    book = laid.night(book, EVENING)
    cells = [
        (row, column)
        for row in range(FIRST_LINE, FIRST_LINE + 3)
        for column in (NOTES, SNOOZE, *range(KEY + 1, KEY + 1 + OWN))
    ]
    laid.type_in(book, {place: f"note {place}" for place in cells})
    return book


BOOK = workbook()


def test_the_merged_cells_stand_side_by_side_over_all_of_our_columns() -> None:
    spans = wanted_merges(laid.compliance(EVENING))
    assert spans == ((0, 1, 2, 9), (1, 2, 0, 2), (1, 2, 2, 9), (0, 2, 9, 22), (0, 2, 22, 25))
    widths = [right - left for top, bottom, left, right in spans if top <= 1 < bottom]
    assert sum(widths) == KEY + 1
    assert len(set(widths)) == len(widths), "blocks of one width could change places unseen"


def test_what_is_merged_is_what_was_wanted() -> None:
    assert set(merges_at_read(laid.our_tab(BOOK))) == set(wanted_merges(laid.compliance(EVENING)))


@pytest.mark.parametrize(
    ("change", "spans"),
    [
        ({"key": None}, ((0, 1, 0, 2),)),
        ({"frozen": (1, 0), "spans": ()}, ()),
        ({"spans": ()}, ((0, 2, 1, 4), (0, 2, 4, 6))),
        ({}, ((0, 1, 0, 2), (0, 2, 2, 4), (0, 2, 4, 6))),
        ({"staff": ()}, ((0, 1, 0, 2), (0, 2, 2, 6))),
        ({"spans": ("A1:C1",), "staff": (4,)}, ((0, 1, 0, 3), (0, 2, 4, 6))),
        ({"spans": ("A1:F1",)}, ((0, 1, 0, 6),)),
    ],
)
def test_merged_cells_of_small_tabs(change: dict[str, object], spans: tuple[object, ...]) -> None:
    title, header = (OutCell("Title"),), tuple(map(OutCell, "abcdef"))
    tab = Tab(
        "x", "compliance", (title, title, header), (9,) * 6, (3, 0), spans=("A1:B1",), key=5, staff=(4,)
    )
    assert wanted_merges(replace(tab, **change)) == spans  # type: ignore[arg-type]


def guarded(read_of: Spreadsheet, now: Spreadsheet) -> Spreadsheet:
    """Send the requests that belong to one state of the workbook to another. Raises ApiError."""
    tab = laid.compliance(EVENING, laid.staff(read_of))
    return laid.carried_out(now, guard_requests(tab, laid.our_tab(read_of)))


def test_nothing_is_refused_and_nothing_changes_where_nobody_edited() -> None:
    assert laid.on_server(guarded(BOOK, BOOK)) == laid.on_server(BOOK)


Edit = Callable[[Spreadsheet], None]
COLUMNS, ROWS = KEY + 1 + OWN, FIRST_LINE + 3


def structural(dimension: str, size: int) -> st.SearchStrategy[Edit]:
    at, count, to = st.integers(0, size - 1), st.integers(1, 4), st.integers(0, size)
    return st.one_of(
        st.builds(lambda at, count: lambda book: laid.insert(book, dimension, at, count), at, count),
        st.builds(lambda at, count: lambda book: laid.delete(book, dimension, at, count), at, count),
        st.builds(
            lambda at, to, count: lambda book: laid.move(book, dimension, at, to, count), at, to, count
        ),
        st.builds(lambda count: lambda book: append(book, dimension, count), count),
    )


def append(book: Spreadsheet, dimension: str, count: int) -> None:
    do(book, "appendDimension", sheetId=laid.on_server(book).id, dimension=dimension, length=count)


def edited(edit: Edit, book: Spreadsheet = BOOK) -> Spreadsheet:
    """Return the workbook after an edit; what Google refuses to staff too is none."""
    now = book.copy()
    try:
        edit(now)
    except Refused:
        assume(False)
    return now


def ours(book: Spreadsheet, rows: int) -> list[list[object]]:
    """Return all that stands in our columns in the first rows."""
    return [row[: KEY + 1] for row in laid.values(book)[:rows]]


@settings(max_examples=300, deadline=None)
@given(structural("COLUMNS", COLUMNS))
def test_columns_inserted_deleted_or_moved_are_noticed_or_right_of_ours(edit: Edit) -> None:
    now = edited(edit)
    try:
        after = guarded(BOOK, now)
    except ApiError:
        return
    assert ours(now, ROWS) == ours(BOOK, ROWS)
    assert laid.on_server(after).cells == laid.on_server(now).cells


@settings(max_examples=300, deadline=None)
@given(structural("ROWS", ROWS))
def test_rows_inserted_deleted_or_moved_are_noticed_or_below_the_titles(edit: Edit) -> None:
    now = edited(edit)
    try:
        after = guarded(BOOK, now)
    except ApiError:
        return
    assert ours(now, HEADER) == ours(BOOK, HEADER)
    assert laid.on_server(after).cells == laid.on_server(now).cells


NOTICED: list[tuple[str, Edit]] = [
    ("a column inserted first", lambda book: laid.insert(book, "COLUMNS", 0)),
    ("a column inserted between merged cells", lambda book: laid.insert(book, "COLUMNS", NOTES)),
    ("a column inserted before the key", lambda book: laid.insert(book, "COLUMNS", KEY)),
    ("the first column deleted", lambda book: laid.delete(book, "COLUMNS", 0)),
    ("a column of figures deleted", lambda book: laid.delete(book, "COLUMNS", 12)),
    ("Staff notes deleted", lambda book: laid.delete(book, "COLUMNS", NOTES)),
    ("the key deleted", lambda book: laid.delete(book, "COLUMNS", KEY)),
    ("a column right of ours deleted", lambda book: laid.delete(book, "COLUMNS", KEY + 1)),
    (
        "staff's columns and the key moved to the end",
        lambda book: laid.move(book, "COLUMNS", NOTES, COLUMNS, 3),
    ),
    ("a row inserted above the titles", lambda book: laid.insert(book, "ROWS", 0)),
    ("a row inserted between the titles", lambda book: laid.insert(book, "ROWS", 1)),
    ("the titles moved below a line", lambda book: laid.move(book, "ROWS", 0, FIRST_LINE + 1, HEADER)),
    ("a title deleted", lambda book: laid.delete(book, "ROWS", 0)),
    ("a line deleted", lambda book: laid.delete(book, "ROWS", FIRST_LINE)),
]


@pytest.mark.parametrize("edit", [case[1] for case in NOTICED], ids=[case[0] for case in NOTICED])
def test_is_noticed(edit: Edit) -> None:
    now = BOOK.copy()
    edit(now)
    with pytest.raises(ApiError):
        guarded(BOOK, now)


UNNOTICED: list[tuple[str, Edit]] = [
    ("a line inserted", lambda book: laid.insert(book, "ROWS", FIRST_LINE + 1)),
    ("lines sorted", lambda book: laid.sort_lines(book, NOTES, "DESCENDING")),
    ("a note typed", lambda book: laid.type_in(book, {(FIRST_LINE, NOTES): "in that second"})),
    ("a column put in right of ours", lambda book: laid.insert(book, "COLUMNS", KEY + 1)),
    ("a column right of ours moved", lambda book: laid.move(book, "COLUMNS", KEY + 1, KEY + 4)),
]


@pytest.mark.parametrize("edit", [case[1] for case in UNNOTICED], ids=[case[0] for case in UNNOTICED])
def test_does_not_hold_up_a_write(edit: Edit) -> None:
    now = BOOK.copy()
    edit(now)
    assert laid.on_server(guarded(BOOK, now)).cells == laid.on_server(now).cells


MERGED_BY_STAFF: list[tuple[str, Edit]] = [
    ("their cells", lambda book: laid.merge(book, FIRST_LINE, FIRST_LINE + 2, KEY + 1, KEY + 2)),
    ("cells right of the titles", lambda book: laid.merge(book, 0, 2, KEY + 1, KEY + 3)),
    ("keys", lambda book: laid.merge(book, FIRST_LINE, FIRST_LINE + 2, KEY, KEY + 1)),
    ("the last cells", lambda book: laid.merge(book, ROWS - 2, ROWS, COLUMNS - 2, COLUMNS)),
    ("nothing: all taken apart", laid.unmerge),
    (
        "across what is frozen",
        lambda book: (laid.unmerge(book), freeze(book, 0), laid.merge(book, 0, 1, 0, 3), freeze(book, 2)),
    ),
]


def freeze(book: Spreadsheet, columns: int) -> None:
    properties = {"sheetId": laid.on_server(book).id, "gridProperties": {"frozenColumnCount": columns}}
    do(book, "updateSheetProperties", properties=properties, fields="gridProperties.frozenColumnCount")


@pytest.mark.parametrize(
    "edit", [case[1] for case in MERGED_BY_STAFF], ids=[case[0] for case in MERGED_BY_STAFF]
)
def test_what_staff_merged_before_the_read_never_holds_up_a_write(edit: Edit) -> None:
    now = BOOK.copy()
    edit(now)
    assert set(merges_at_read(laid.our_tab(guarded(now, now)))) == set(merges_at_read(laid.our_tab(now)))


def test_what_was_inserted_before_the_read_takes_no_guard_away() -> None:
    now = BOOK.copy()
    laid.insert(now, "ROWS", 0)
    laid.insert(now, "COLUMNS", 5)
    later = now.copy()
    laid.insert(later, "COLUMNS", KEY)
    guarded(now, now)
    with pytest.raises(ApiError):
        guarded(now, later)
