"""addDimensionGroup, updateDimensionGroup, deleteDimensionGroup."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import do, one_tab, refused, span

Groups = list[tuple[int, int, int]]
"""(start, end, depth) of each group."""


def grouped(*spans: tuple[int, int], dimension: str = "ROWS") -> Spreadsheet:
    book = one_tab(size=(10, 10))
    for start, end in spans:
        do(book, "addDimensionGroup", range=span(dimension, start, end))
    return book


def groups(book: Spreadsheet, dimension: str = "ROWS") -> Groups:
    kept = book.sheets[0].row_groups if dimension == "ROWS" else book.sheets[0].column_groups
    return [(one["range"]["startIndex"], one["range"]["endIndex"], one["depth"]) for one in kept]


@pytest.mark.parametrize("dimension", ["ROWS", "COLUMNS"])
@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([(1, 4)], [(1, 4, 1)]),
        ([(1, 4), (4, 6)], [(1, 6, 1)]),
        ([(1, 4), (6, 8)], [(1, 4, 1), (6, 8, 1)]),
        ([(1, 6), (2, 4)], [(1, 6, 1), (2, 4, 2)]),
        ([(2, 4), (1, 6)], [(1, 6, 1), (2, 4, 2)]),
        ([(1, 4), (3, 6)], [(1, 6, 1), (3, 4, 2)]),
        ([(1, 4), (1, 4)], [(1, 4, 1), (1, 4, 2)]),
    ],
)
def test_groups_nest_where_they_overlap(dimension: str, spans: Groups, found: Groups) -> None:
    book = grouped(*spans, dimension=dimension)  # type: ignore[arg-type]
    assert groups(book, dimension) == found


def test_groups_are_as_deep_as_they_overlap() -> None:
    book = grouped((1, 9), (2, 8), (3, 7), (4, 6))
    assert groups(book) == [(1, 9, 1), (2, 8, 2), (3, 7, 3), (4, 6, 4)]


def test_the_reply_has_all_groups_of_the_dimension() -> None:
    book = grouped((1, 6))
    reply = do(book, "addDimensionGroup", range=span("ROWS", 2, 4))
    assert [one["depth"] for one in reply["addDimensionGroup"]["dimensionGroups"]] == [1, 2]
    do(book, "deleteDimensionGroup", range=span("ROWS", 1, 6))
    assert do(book, "deleteDimensionGroup", range=span("ROWS", 2, 4)) == {"deleteDimensionGroup": {}}


@pytest.mark.parametrize(
    ("spans", "gone", "left"),
    [
        ([(1, 6)], (1, 6), []),
        ([(1, 6)], (1, 3), [(3, 6, 1)]),
        ([(1, 6)], (3, 4), [(1, 3, 1), (4, 6, 1)]),
        ([(1, 6), (2, 4)], (2, 4), [(1, 6, 1)]),
        ([(1, 6), (2, 4)], (1, 6), [(2, 4, 1)]),
    ],
)
def test_a_level_of_grouping_is_taken_away(spans: Any, gone: tuple[int, int], left: Groups) -> None:
    book = grouped(*spans)
    do(book, "deleteDimensionGroup", range=span("ROWS", *gone))
    assert groups(book) == left


def test_a_folded_group_hides_its_rows_and_unfolded_shows_them() -> None:
    book = grouped((1, 6), (2, 4))
    book.sheets[0].rows[3] = {"pixelSize": 40}
    inner = {"range": span("ROWS", 2, 4), "depth": 2, "collapsed": True}
    do(book, "updateDimensionGroup", dimensionGroup=inner, fields="collapsed")
    assert book.sheets[0].rows == {2: {"hiddenByUser": True}, 3: {"pixelSize": 40, "hiddenByUser": True}}
    assert [one.get("collapsed", False) for one in book.sheets[0].row_groups] == [False, True]
    do(book, "addDimensionGroup", range=span("ROWS", 8, 9))
    assert [one.get("collapsed", False) for one in book.sheets[0].row_groups] == [False, True, False]
    do(book, "updateDimensionGroup", dimensionGroup={**inner, "collapsed": False}, fields="collapsed")
    assert book.sheets[0].rows == {3: {"pixelSize": 40}}


@pytest.mark.parametrize(
    ("name", "asked", "sentence"),
    [
        ("addDimensionGroup", {"range": span("ROWS", 8, 11)}, "is not within the 10 rows"),
        ("addDimensionGroup", {"range": span("ROWS", 3, 3)}, "is not within the 10 rows"),
        ("addDimensionGroup", {"range": {"sheetId": 7}}, "dimension must be specified."),
        ("deleteDimensionGroup", {"range": span("ROWS", 7, 9)}, "has no dimension group"),
        (
            "updateDimensionGroup",
            {"dimensionGroup": {"range": span("ROWS", 1, 6), "depth": 2}, "fields": "collapsed"},
            "No dimension group over [1, 6) with depth: 2",
        ),
    ],
)
def test_groups_that_are_none(name: str, asked: Any, sentence: str) -> None:
    book = grouped((1, 6))
    assert sentence in refused(book, name, **asked)
    assert groups(book) == [(1, 6, 1)]
