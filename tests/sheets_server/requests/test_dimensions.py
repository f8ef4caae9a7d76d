"""insertDimension, deleteDimension, moveDimension, appendDimension and the properties of rows and columns."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import ME, area, do, one_tab, refused, shown, span

LETTERS = [["a"], ["b"], ["c"], ["d"], ["e"]]


def letters(size: tuple[int, int] = (5, 3)) -> Spreadsheet:
    return one_tab(*LETTERS, size=size)


def across() -> Spreadsheet:
    return one_tab(["a", "b", "c", "d", "e"], size=(3, 5))


def column(book: Spreadsheet) -> str:
    """Return the first column as one word, "." for a blank cell."""
    return "".join(row[0] if row else "." for row in shown(book.sheets[0]))


def row(book: Spreadsheet) -> str:
    """Return the first row as one word, "." for a blank cell."""
    return "".join(text or "." for text in shown(book.sheets[0])[0])


@pytest.mark.parametrize(
    ("start", "end", "before", "after"),
    [
        (0, 1, False, ".abcde"),
        (2, 4, False, "ab..cde"),
        (2, 4, True, "ab..cde"),
        (4, 5, False, "abcd.e"),
        (5, 6, True, "abcde"),
    ],
)
def test_rows_and_columns_are_inserted_before_the_index(
    start: int, end: int, before: bool, after: str
) -> None:
    for dimension, book, seen in (("ROWS", letters(), column), ("COLUMNS", across(), row)):
        do(book, "insertDimension", range=span(dimension, start, end), inheritFromBefore=before)
        sheet = book.sheets[0]
        assert seen(book) == after
        assert (sheet.row_count if dimension == "ROWS" else sheet.column_count) == 5 + end - start


@pytest.mark.parametrize(
    ("asked", "before", "sentence"),
    [
        ((0, 1), True, "range.startIndex must be greater than 0 if inheritFromBefore is true."),
        (
            (5, 6),
            False,
            "range.startIndex must be less than the grid size (5) if inheritFromBefore is false.",
        ),
        ((6, 7), True, "range.startIndex must be less than or equal to the grid size (5)."),
        ((3, 3), False, "endIndex[3] must be greater than startIndex[3]"),
    ],
)
def test_where_nothing_can_be_inserted(asked: tuple[int, int], before: bool, sentence: str) -> None:
    book = letters()
    assert refused(book, "insertDimension", range=span("ROWS", *asked), inheritFromBefore=before) == sentence
    assert column(book) == "abcde"


@pytest.mark.parametrize(("before", "alike"), [(True, [1, 2, 3]), (False, [1])])
def test_new_rows_look_like_the_row_before_or_behind_them(before: bool, alike: list[int]) -> None:
    book = letters()
    sheet = book.sheets[0]
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "stays with its own row"}
    sheet.cells[1, 1] = look
    sheet.rows[1] = {"pixelSize": 50}
    do(book, "insertDimension", range=span("ROWS", 2, 4), inheritFromBefore=before)
    assert [at for at in range(7) if "userEnteredFormat" in sheet.cells.get((at, 1), {})] == alike
    assert [at for at in range(7) if "note" in sheet.cells.get((at, 1), {})] == [1]
    assert sorted(sheet.rows) == alike


@pytest.mark.parametrize("name", ["startIndex", "endIndex"])
def test_where_rows_are_inserted_is_said_whole(name: str) -> None:
    bounds = {key: at for key, at in span("ROWS", 0, 1).items() if key != name}
    assert refused(letters(), "insertDimension", range=bounds) == f"range.{name} must be set"


def test_ten_million_cells_are_the_most() -> None:
    book = one_tab(size=(1_000_000, 10))
    said = refused(book, "insertDimension", range=span("ROWS", 0, 1))
    assert "above the limit of 10000000 cells" in said
    assert book.sheets[0].row_count == 1_000_000


@pytest.mark.parametrize(
    ("start", "end", "after"),
    [(0, 1, "bcde"), (1, 5, "a"), (1, 4, "ae"), (4, 5, "abcd"), (None, 2, "cde"), (2, None, "ab")],
)
def test_rows_and_columns_are_deleted(start: int | None, end: int | None, after: str) -> None:
    for dimension, book, seen in (("ROWS", letters(), column), ("COLUMNS", across(), row)):
        bounds = {
            name: value for name, value in (("startIndex", start), ("endIndex", end)) if value is not None
        }
        do(book, "deleteDimension", range={"sheetId": 7, "dimension": dimension, **bounds})
        assert seen(book) == after


@pytest.mark.parametrize(
    ("asked", "frozen", "sentence"),
    [
        ((0, 5), 0, "You can't delete all the rows on the sheet."),
        (
            (5, 6),
            0,
            "Cannot delete a row that doesn't exist. Tried to delete row index 5 but there are only 5 rows.",
        ),
        (
            (3, 9),
            0,
            "Cannot delete a row that doesn't exist. Tried to delete row index 5 but there are only 5 rows.",
        ),
        ((2, 5), 2, "Sorry, it is not possible to delete all non-frozen rows."),
    ],
)
def test_what_cannot_be_deleted(asked: tuple[int, int], frozen: int, sentence: str) -> None:
    book = letters()
    sheet = book.sheets[0]
    sheet.properties["gridProperties"]["frozenRowCount"] = frozen
    assert refused(book, "deleteDimension", range=span("ROWS", *asked)) == sentence
    assert column(book) == "abcde"


@pytest.mark.parametrize(
    ("request_name", "asked", "frozen", "after"),
    [
        ("insertDimension", (0, 2), 2, 4),
        ("insertDimension", (1, 2), 2, 3),
        ("insertDimension", (2, 3), 2, 2),
        ("deleteDimension", (0, 1), 2, 1),
        ("deleteDimension", (1, 3), 2, 1),
        ("deleteDimension", (0, 2), 2, None),
        ("deleteDimension", (2, 4), 2, 2),
    ],
)
def test_frozen_panes_grow_and_shrink_with_what_is_in_them(
    request_name: str, asked: tuple[int, int], frozen: int, after: int | None
) -> None:
    book = letters()
    sheet = book.sheets[0]
    sheet.properties["gridProperties"]["frozenRowCount"] = frozen
    do(book, request_name, range=span("ROWS", *asked))
    assert sheet.properties["gridProperties"].get("frozenRowCount") == after


@pytest.mark.parametrize(
    ("source", "to", "after"),
    [
        ((0, 1), 5, "bcdea"),
        ((0, 1), 2, "bacde"),
        ((0, 2), 4, "cdabe"),
        ((4, 5), 0, "eabcd"),
        ((2, 4), 1, "acdbe"),
        ((1, 3), 1, "abcde"),
        ((1, 3), 3, "abcde"),
    ],
)
def test_rows_and_columns_are_moved_before_what_stands_at_the_destination(
    source: tuple[int, int], to: int, after: str
) -> None:
    for dimension, book, seen in (("ROWS", letters(), column), ("COLUMNS", across(), row)):
        do(book, "moveDimension", source=span(dimension, *source), destinationIndex=to)
        assert seen(book) == after


@pytest.mark.parametrize(("source", "to"), [((0, 3), 2), ((4, 6), 0), ((0, 1), 6)])
def test_nothing_is_moved_into_itself_or_over_the_end(source: tuple[int, int], to: int) -> None:
    book = letters()
    assert "move" in refused(book, "moveDimension", source=span("ROWS", *source), destinationIndex=to)
    assert column(book) == "abcde"


@pytest.mark.parametrize(
    ("source", "to", "whole"),
    [((1, 2), 4, False), ((4, 5), 2, False), ((1, 3), 5, True), ((4, 5), 1, True), ((0, 1), 3, True)],
)
def test_a_move_that_would_tear_a_merged_cell_is_refused(
    source: tuple[int, int], to: int, whole: bool
) -> None:
    book = letters()
    do(book, "mergeCells", range=area(1, 3, 0, 2))
    if whole:
        do(book, "moveDimension", source=span("ROWS", *source), destinationIndex=to)
        return
    said = refused(book, "moveDimension", source=span("ROWS", *source), destinationIndex=to)
    assert said == "You can't move rows over part of a merged cell."
    assert book.sheets[0].merges == [area(1, 3, 0, 2)]


def test_rows_are_appended_plain_at_the_end() -> None:
    book = letters()
    book.sheets[0].cells[4, 0]["userEnteredFormat"] = {"textFormat": {"bold": True}}
    do(book, "appendDimension", sheetId=7, dimension="ROWS", length=3)
    do(book, "appendDimension", sheetId=7, dimension="COLUMNS", length=1)
    assert (book.sheets[0].row_count, book.sheets[0].column_count) == (8, 4)
    assert (5, 0) not in book.sheets[0].cells
    assert (
        refused(book, "appendDimension", sheetId=7, dimension="ROWS", length=0)
        == "length must be greater than 0"
    )


@pytest.mark.parametrize(
    ("fields", "properties", "after"),
    [
        ("pixelSize", {"pixelSize": 40, "hiddenByUser": True}, {"pixelSize": 40}),
        ("hiddenByUser", {"pixelSize": 40, "hiddenByUser": True}, {"pixelSize": 30, "hiddenByUser": True}),
        ("hiddenByUser", {"hiddenByUser": False}, {"pixelSize": 30}),
        ("*", {"pixelSize": 40}, {"pixelSize": 40}),
    ],
)
def test_the_mask_says_which_properties_of_rows_are_set(
    fields: str, properties: dict[str, Any], after: dict[str, Any]
) -> None:
    book = letters()
    book.sheets[0].rows[1] = {"pixelSize": 30}
    asked = span("ROWS", 1, 2)
    do(book, "updateDimensionProperties", range=asked, properties=properties, fields=fields)
    assert book.sheets[0].rows == {1: after}


def test_properties_of_columns_without_bounds_are_those_of_all() -> None:
    book = letters()
    asked = {"sheetId": 7, "dimension": "COLUMNS"}
    do(book, "updateDimensionProperties", range=asked, properties={"pixelSize": 60}, fields="pixelSize")
    assert book.sheets[0].columns == {at: {"pixelSize": 60} for at in range(3)}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"range": span("ROWS", 0, 1), "properties": {}, "fields": ""}, "At least one field must be listed"),
        ({"properties": {}, "fields": "pixelSize"}, "One of range or dataSourceSheetRange must be set."),
        ({"range": span("ROWS", 0, 1, 9), "fields": "pixelSize"}, "No grid with id: 9"),
        ({"range": {"sheetId": 7}, "fields": "pixelSize"}, "dimension must be specified."),
    ],
)
def test_properties_that_cannot_be_set(asked: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(letters(), "updateDimensionProperties", **asked)


def test_a_column_is_made_as_wide_as_its_longest_text() -> None:
    book = one_tab(["a long text in a cell", "x"], size=(3, 3))
    do(book, "autoResizeDimensions", dimensions=span("COLUMNS", 0, 3))
    widths = [book.sheets[0].columns[at]["pixelSize"] for at in range(3)]
    assert widths[0] > 2 * widths[1] > 0
    assert widths[1:] == [21, 100]


def test_rows_that_somebody_protected_are_neither_moved_nor_deleted() -> None:
    book = letters()
    book.sheets[0].protected_ranges[1] = {
        "protectedRangeId": 1,
        "range": {"sheetId": 7, "startRowIndex": 1, "endRowIndex": 3},
        "editors": {"users": ["owner@school.example"]},
    }
    for name, asked in (
        ("deleteDimension", {"range": span("ROWS", 2, 4)}),
        ("moveDimension", {"source": span("ROWS", 1, 2), "destinationIndex": 5}),
        ("moveDimension", {"source": span("ROWS", 4, 5), "destinationIndex": 2}),
        ("insertDimension", {"range": span("ROWS", 2, 3)}),
    ):
        assert "protected cell or object" in refused(book, name, ME, **asked)
    do(book, "insertDimension", ME, range=span("ROWS", 1, 2))
    assert column(book) == "a.bcde"
