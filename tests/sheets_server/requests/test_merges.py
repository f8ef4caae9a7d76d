"""mergeCells, unmergeCells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.requests.books import ME, area, do, one_tab, refused, shown

PARTLY = "You must select all cells in a merged range to merge or unmerge them."


@pytest.mark.parametrize(
    ("kind", "merges", "left"),
    [
        ("MERGE_ALL", [area(0, 2, 0, 3)], [["a"], []]),
        ("MERGE_ROWS", [area(0, 1, 0, 3), area(1, 2, 0, 3)], [["a"], ["c"]]),
        ("MERGE_COLUMNS", [area(0, 2, 0, 1), area(0, 2, 1, 2), area(0, 2, 2, 3)], [["c", "a", "b"]]),
    ],
)
def test_a_range_is_merged_whole_by_rows_or_by_columns(kind: str, merges: list[Any], left: list[Any]) -> None:
    book = one_tab(["", "a", "b"], ["c", "", "d"])
    do(book, "mergeCells", range=area(0, 2, 0, 3), mergeType=kind)
    assert book.sheets[0].merges == merges
    assert [row for row in shown(book.sheets[0]) if row] == [row for row in left if row]


def test_formats_and_notes_stay_where_they_were() -> None:
    book = one_tab(["", "a"])
    book.sheets[0].cells[0, 1]["note"] = "who"
    do(book, "mergeCells", range=area(0, 1, 0, 2))
    assert book.sheets[0].cells == {
        (0, 0): {"userEnteredValue": {"stringValue": "a"}},
        (0, 1): {"note": "who"},
    }


@pytest.mark.parametrize("name", ["mergeCells", "unmergeCells"])
@pytest.mark.parametrize("asked", [area(0, 2, 0, 2), area(1, 2, 1, 2), area(2, 4, 2, 4), area(0, 5, 2, 3)])
def test_a_range_that_cuts_through_a_merged_one_is_refused(name: str, asked: Any) -> None:
    book = one_tab()
    do(book, "mergeCells", range=area(1, 3, 1, 3))
    assert refused(book, name, range=asked) == PARTLY
    assert book.sheets[0].merges == [area(1, 3, 1, 3)]


def test_a_larger_range_takes_the_merged_ones_in_it_along() -> None:
    book = one_tab()
    do(book, "mergeCells", range=area(1, 3, 1, 3))
    do(book, "mergeCells", range=area(0, 4, 0, 4))
    assert book.sheets[0].merges == [area(0, 4, 0, 4)]
    do(book, "unmergeCells", range=area(0, 10, 0, 6))
    assert book.sheets[0].merges == []
    do(book, "unmergeCells", range=area(0, 1, 0, 1))


def test_one_cell_alone_is_not_merged() -> None:
    book = one_tab(["a"])
    do(book, "mergeCells", range=area(0, 1, 0, 1))
    assert book.sheets[0].merges == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (area(0, 2, 0, 1), "You can't merge frozen and non-frozen rows."),
        (area(1, 2, 1, 3), "You can't merge frozen and non-frozen columns."),
        (area(0, 1, 6, 7), "GridRange.startColumnIndex[6] is after last column in grid[5]"),
        (area(0, 1, 9, 10), "GridRange.startColumnIndex[9] is after last column in grid[5]"),
        (area(0, 1, 0, 2, sheet_id=9), "No grid with id: 9"),
        (area(3, 3, 0, 2), "endRowIndex[3] must be greater than startRowIndex[3]"),
    ],
)
def test_ranges_that_cannot_be_merged(asked: Any, sentence: str) -> None:
    book = one_tab()
    book.sheets[0].properties["gridProperties"] |= {"frozenRowCount": 1, "frozenColumnCount": 2}
    assert refused(book, "mergeCells", range=asked) == sentence


def test_protected_cells_are_not_merged() -> None:
    book = one_tab(["a", "b"])
    do(book, "addProtectedRange", protectedRange={"range": area(0, 1, 0, 1), "editors": {}})
    assert "protected cell" in refused(book, "mergeCells", ME, range=area(0, 1, 0, 2))
