"""sortRange, randomizeRange."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import ME, area, do, one_tab, refused, shown, tab
from tests.sheets_server.requests.books import book as book_of

ALL = area(0, 6, 0, 2)


def column(book: Spreadsheet, at: int = 0) -> list[Any]:
    rows = shown(book.sheets[0])
    return [row[at] if at < len(row) else "" for row in rows]


@pytest.mark.parametrize(
    ("order", "after"),
    [
        ("ASCENDING", [-3, 2, 10, "Ana", "ben", "Ben", False, True]),
        ("DESCENDING", [True, False, "ben", "Ben", "Ana", 10, 2, -3]),
        ("SORT_ORDER_UNSPECIFIED", [-3, 2, 10, "Ana", "ben", "Ben", False, True]),
    ],
)
def test_numbers_come_before_texts_before_truths_and_blanks_last(order: str, after: list[Any]) -> None:
    book = one_tab(["ben"], [True], [10], [None], ["Ana"], [-3], [False], ["Ben"], [2])
    spec = {"dimensionIndex": 0, "sortOrder": order}
    do(book, "sortRange", range=area(0, 9, 0, 1), sortSpecs=[spec])
    texts = [each.casefold() if isinstance(each, str) else each for each in column(book)]
    assert texts == [each.casefold() if isinstance(each, str) else each for each in after]
    assert (8, 0) not in book.sheets[0].cells


def test_equal_rows_keep_their_order_and_the_first_spec_counts_most() -> None:
    book = one_tab(["b", 1], ["a", 2], ["b", 3], ["a", 4], ["a", 2])
    specs = [{"dimensionIndex": 0}, {"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    do(book, "sortRange", range=ALL, sortSpecs=specs)
    assert shown(book.sheets[0]) == [["a", 4], ["a", 2], ["a", 2], ["b", 3], ["b", 1]]


def test_only_the_columns_of_the_range_are_sorted_notes_and_formats_with_their_cells() -> None:
    book = one_tab(["b", "x", "stays"], ["a", "y", "too"])
    book.sheets[0].cells[0, 1] |= {"note": "who", "userEnteredFormat": {"textFormat": {"bold": True}}}
    do(book, "sortRange", range=area(0, 2, 0, 2), sortSpecs=[{"dimensionIndex": 0}])
    assert shown(book.sheets[0]) == [["a", "y", "stays"], ["b", "x", "too"]]
    assert book.sheets[0].cells[1, 1]["note"] == "who"
    assert "note" not in book.sheets[0].cells[0, 1]


def test_a_formula_is_sorted_by_what_it_gives_and_goes_on_naming_its_own_row() -> None:
    book = one_tab([3, "=A1*2", "=$A$1"], [1, "=A2*2", "=$A$1"])
    do(book, "sortRange", range=area(0, 2, 0, 3), sortSpecs=[{"dimensionIndex": 1}])
    assert shown(book.sheets[0]) == [[1, "=A1*2", "=$A$1"], [3, "=A2*2", "=$A$1"]]


def test_rows_are_sorted_by_colour() -> None:
    book = one_tab(["a"], ["b"], ["c"])
    red = {"backgroundColor": {"red": 1}, "backgroundColorStyle": {"rgbColor": {"red": 1}}}
    book.sheets[0].cells[2, 0]["userEnteredFormat"] = red
    spec = {"dimensionIndex": 0, "backgroundColor": {"red": 1}}
    do(book, "sortRange", range=area(0, 3, 0, 1), sortSpecs=[spec])
    assert column(book) == ["c", "a", "b"]


def test_rows_that_a_filter_hides_stay_where_they_are() -> None:
    book = one_tab(["name"], ["c"], ["b"], ["a"])
    criteria = {"0": {"hiddenValues": ["b"]}}
    do(book, "setBasicFilter", filter={"range": area(0, 4, 0, 1), "criteria": criteria})
    do(book, "sortRange", range=area(1, 4, 0, 1), sortSpecs=[{"dimensionIndex": 0}])
    assert column(book) == ["name", "a", "b", "c"]


@pytest.mark.parametrize("merged", [area(1, 3, 0, 1), area(1, 2, 0, 2)])
def test_merged_cells_of_different_sizes_are_not_sorted(merged: Any) -> None:
    book = one_tab(["b"], ["a"], ["c"])
    do(book, "mergeCells", range=merged)
    said = refused(book, "sortRange", range=area(0, 3, 0, 2), sortSpecs=[{"dimensionIndex": 0}])
    assert said == "You can't sort a range with merged cells of different sizes."


def test_rows_that_are_merged_alike_are_sorted() -> None:
    book = one_tab(["b"], ["a"])
    do(book, "mergeCells", range=area(0, 2, 0, 2), mergeType="MERGE_ROWS")
    do(book, "sortRange", range=area(0, 2, 0, 2), sortSpecs=[{"dimensionIndex": 0}])
    assert column(book) == ["a", "b"]


def test_a_column_outside_the_range_and_protected_cells_are_refused() -> None:
    book = one_tab(["b"], ["a"])
    said = refused(book, "sortRange", range=area(0, 2, 0, 1), sortSpecs=[{"dimensionIndex": 1}])
    assert "must be within the range" in said
    do(book, "addProtectedRange", protectedRange={"range": area(1, 2, 0, 1), "editors": {}})
    asked = {"range": area(0, 2, 0, 1), "sortSpecs": [{"dimensionIndex": 0}]}
    assert "protected cell" in refused(book, "sortRange", ME, **asked)
    assert column(book) == ["b", "a"]


def test_a_range_in_chance_order_has_the_same_rows() -> None:
    rows = [[number, f"row {number}"] for number in range(8)]
    book = book_of(tab(7, "Log", rows))
    do(book, "randomizeRange", range=area(0, 8, 0, 2))
    assert sorted(shown(book.sheets[0])) == rows
