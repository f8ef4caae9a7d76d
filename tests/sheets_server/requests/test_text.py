"""Texts found, trimmed, split and pasted; rows that equal others; series; cells pushed aside."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json
from tests.sheets_server.requests.books import ME, area, book, do, one_tab, refused, shown, tab

ALL = {"allSheets": True}


@pytest.mark.parametrize(
    ("asked", "rows", "counts"),
    [
        (
            {"find": "ana", "replacement": "Eva", **ALL},
            [["Eva", "Eva Eva", 30], ["=LEN(A1)", "Ben"]],
            {"valuesChanged": 2, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 3},
        ),
        (
            {"find": "ana", "replacement": "Eva", "matchCase": True, **ALL},
            [["Ana", "Ana Eva", 30], ["=LEN(A1)", "Ben"]],
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        (
            {"find": "ana", "replacement": "Eva", "matchEntireCell": True, "sheetId": 7},
            [["Eva", "Ana ana", 30], ["=LEN(A1)", "Ben"]],
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        (
            {"find": "(B)e(.)", "replacement": "$2$1", "searchByRegex": True, **ALL},
            [["Ana", "Ana ana", 30], ["=LEN(A1)", "nB"]],
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        (
            {"find": "A1", "replacement": "B1", "includeFormulas": True, "range": area(1, 2, 0, 1)},
            [["Ana", "Ana ana", 30], ["=LEN(B1)", "Ben"]],
            {"formulasChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        (
            {"find": "30", "replacement": "45", **ALL},
            [["Ana", "Ana ana", 45], ["=LEN(A1)", "Ben"]],
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
        ),
        ({"find": "x", "replacement": "y", **ALL}, [["Ana", "Ana ana", 30], ["=LEN(A1)", "Ben"]], {}),
    ],
)
def test_text_is_found_and_replaced(asked: Json, rows: list[list[Any]], counts: dict[str, int]) -> None:
    made = one_tab(["Ana", "Ana ana", 30], ["=LEN(A1)", "Ben"])
    assert do(made, "findReplace", **asked) == {"findReplace": counts}
    assert shown(made.sheets[0]) == rows


def test_what_cannot_be_searched() -> None:
    made = one_tab(["a"])
    assert refused(made, "findReplace", **ALL) == "find must be set."
    assert "Must specify exactly one of" in refused(made, "findReplace", find="a")
    assert "Invalid regular expression" in refused(made, "findReplace", find="(", searchByRegex=True, **ALL)


def test_space_around_and_within_texts_is_trimmed() -> None:
    made = one_tab(["  a   b ", "a b", 5], [" = c"])
    assert do(made, "trimWhitespace", range=area(0, 2, 0, 3)) == {"trimWhitespace": {"cellsChangedCount": 2}}
    assert shown(made.sheets[0]) == [["a b", "a b", 5], ["= c"]]
    assert do(made, "trimWhitespace", range=area(0, 2, 0, 3)) == {"trimWhitespace": {}}


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({"delimiterType": "COMMA"}, [["a", 5, "c;d"], ["e"]]),
        ({"delimiterType": "SEMICOLON"}, [["a, 5,c", "d"], ["e"]]),
        ({"delimiterType": "CUSTOM", "delimiter": ";d"}, [["a, 5,c"], ["e"]]),
        ({"delimiterType": "AUTODETECT"}, [["a", 5, "c;d"], ["e"]]),
    ],
)
def test_texts_are_split_into_columns(asked: Json, rows: list[list[Any]]) -> None:
    made = one_tab(["a, 5,c;d"], ["e"], size=(3, 1))
    do(made, "textToColumns", source=area(0, 2, 0, 1), **asked)
    assert shown(made.sheets[0]) == rows
    assert made.sheets[0].column_count >= max(len(row) for row in rows)


def test_texts_are_not_split_into_protected_cells() -> None:
    made = one_tab(["a,b"])
    do(made, "addProtectedRange", protectedRange={"range": area(0, 1, 1, 2), "editors": {}})
    assert "protected cell" in refused(made, "textToColumns", ME, source=area(0, 1, 0, 1))


def test_a_number_in_a_text_stays_a_text_where_something_else_is_replaced() -> None:
    made = one_tab(["0012 x"])
    do(made, "findReplace", find=" x", replacement="", **ALL)
    assert shown(made.sheets[0]) == [["0012"]]


def test_two_columns_are_not_split() -> None:
    made = one_tab(["a,b"])
    assert refused(made, "textToColumns", source=area(0, 1, 0, 2)) == "source must span exactly one column."
    custom = {"source": area(0, 1, 0, 1), "delimiterType": "CUSTOM"}
    assert "delimiter must be set" in refused(made, "textToColumns", **custom)


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({"data": "a\t5\n=A1", "type": "PASTE_NORMAL"}, [["a", 5], ["=A1"]]),
        ({"data": 'a,"b,c"', "delimiter": ","}, [["a", "b,c"]]),
        ({"data": "<table><tr><td>a</td><td><b>5</b></td></tr></table>", "html": True}, [["a", 5]]),
    ],
)
def test_data_is_pasted_as_if_typed(asked: Json, rows: list[list[Any]]) -> None:
    made = one_tab(size=(2, 2))
    do(made, "pasteData", coordinate={"sheetId": 7, "rowIndex": 1, "columnIndex": 1}, **asked)
    assert [row[1:] for row in shown(made.sheets[0])[1:]] == rows


@pytest.mark.parametrize(
    ("columns", "rows", "removed"),
    [
        ([], [["a", 1], ["a", 2], ["b", 1]], 1),
        ([{"sheetId": 7, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}], [["a", 1], ["b", 1]], 2),
    ],
)
def test_rows_that_equal_an_earlier_one_are_taken_away(
    columns: list[Json], rows: list[Any], removed: int
) -> None:
    made = one_tab(["a", 1], ["a", 2], ["A", 1], ["b", 1])
    reply = do(made, "deleteDuplicates", range=area(0, 4, 0, 2), comparisonColumns=columns)
    assert reply == {"deleteDuplicates": {"duplicatesRemovedCount": removed}}
    assert shown(made.sheets[0]) == rows


@pytest.mark.parametrize(
    ("rows", "length", "after"),
    [
        ([[1], [3]], 3, [1, 3, 5, 7, 9]),
        ([["a"], ["b"]], 3, ["a", "b", "a", "b", "a"]),
        ([[1], [3], [4]], 2, [1, 3, 4, 1, 3]),
        ([["=B1*2"]], 2, ["=B1*2", "=B2*2", "=B3*2"]),
        ([[5]], 2, [5, 5, 5]),
        ([[5], ["x"]], 2, [5, "x", 5, "x"]),
    ],
)
def test_a_series_is_carried_on(rows: list[list[Any]], length: int, after: list[Any]) -> None:
    made = one_tab(*rows)
    source = area(0, len(rows), 0, 1)
    asked = {"source": source, "dimension": "ROWS", "fillLength": length}
    do(made, "autoFill", sourceAndDestination=asked)
    assert [row[0] for row in shown(made.sheets[0])] == after


def test_a_series_finds_its_source_and_stays_within_the_tab() -> None:
    made = one_tab([1], [2], size=(5, 2))
    do(made, "autoFill", range=area(0, 4, 0, 1))
    assert shown(made.sheets[0]) == [[1], [2], [3], [4]]
    asked = {"source": area(0, 2, 0, 1), "dimension": "ROWS", "fillLength": 9}
    assert "not within the grid" in refused(made, "autoFill", sourceAndDestination=asked)


@pytest.mark.parametrize(
    ("length", "after"), [(2, ["", "", 1, 2, 3, 4]), (-2, [-1, 0, 1, 2]), (0, ["", "", 1, 2])]
)
def test_a_series_is_carried_to_either_side(length: int, after: list[Any]) -> None:
    made = one_tab(["", "", 1, 2], size=(1, 6))
    asked = {"source": area(0, 1, 2, 4), "dimension": "COLUMNS", "fillLength": length}
    do(made, "autoFill", sourceAndDestination=asked)
    assert shown(made.sheets[0]) == [after]


def test_a_series_is_carried_upwards_up_to_the_first_row() -> None:
    made = one_tab([], [], [10], [11])
    asked = {"source": area(2, 4, 0, 1), "dimension": "ROWS", "fillLength": -2}
    do(made, "autoFill", sourceAndDestination=asked)
    assert shown(made.sheets[0]) == [[8], [9], [10], [11]]
    assert "not within the grid" in refused(
        made, "autoFill", sourceAndDestination={**asked, "fillLength": -3}
    )


@pytest.mark.parametrize(
    ("name", "dimension", "rows"),
    [
        ("insertRange", "ROWS", [["a", "b"], ["", "d"], ["c"]]),
        ("insertRange", "COLUMNS", [["a", "b"], ["", "c", "d"]]),
        ("deleteRange", "ROWS", [["a", "b"], ["", "d"]]),
        ("deleteRange", "COLUMNS", [["a", "b"], ["d"]]),
    ],
)
def test_cells_push_others_away_or_pull_them_back(name: str, dimension: str, rows: list[list[str]]) -> None:
    made = one_tab(["a", "b"], ["c", "d"], size=(2, 2))
    do(made, name, range=area(1, 2, 0, 1), shiftDimension=dimension)
    assert shown(made.sheets[0]) == rows
    assert made.sheets[0].row_count == max(2, len(rows))


@pytest.mark.parametrize(
    ("name", "dimension", "merge"),
    [
        ("insertRange", "ROWS", area(5, 6, 0, 2)),
        ("insertRange", "COLUMNS", area(4, 5, 0, 2)),
        ("deleteRange", "ROWS", area(3, 4, 0, 2)),
    ],
)
def test_merged_cells_are_pushed_along(name: str, dimension: str, merge: Json) -> None:
    made = one_tab(["a", "b"])
    do(made, "mergeCells", range=area(4, 5, 0, 2))
    do(made, name, range=area(1, 2, 0, 2), shiftDimension=dimension)
    assert made.sheets[0].merges == [merge]


def test_two_columns_pushed_aside_make_room_for_two() -> None:
    made = one_tab(["a", "b", "c"], size=(2, 3))
    do(made, "insertRange", range=area(0, 1, 1, 3), shiftDimension="COLUMNS")
    assert shown(made.sheets[0]) == [["a", "", "", "b", "c"]]
    assert made.sheets[0].column_count == 5


def test_cells_are_not_pushed_through_merged_or_protected_ones() -> None:
    made = book(tab(7, "Log", [["a", "b"], ["c", "d"]]))
    do(made, "mergeCells", range=area(4, 5, 0, 2))
    asked = {"range": area(0, 1, 0, 1), "shiftDimension": "ROWS"}
    assert "part of a merged cell" in refused(made, "insertRange", **asked)
    assert "part of a merged cell" in refused(made, "deleteRange", **asked)
    do(made, "unmergeCells", range=area(4, 5, 0, 2))
    do(made, "addProtectedRange", protectedRange={"range": area(4, 5, 0, 1), "editors": {}})
    assert "protected cell" in refused(made, "insertRange", ME, **asked)
    unsaid = {"range": area(0, 1, 0, 1)}
    assert refused(made, "insertRange", **unsaid) == "shiftDimension must be specified."
