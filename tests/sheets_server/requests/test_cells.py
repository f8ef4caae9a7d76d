"""updateCells, repeatCell, appendCells, setDataValidation: the mask says what is written or cleared."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import (
    ME,
    STAFF,
    area,
    cells,
    do,
    one_tab,
    refused,
    shown,
    tab,
    value,
)
from tests.sheets_server.requests.books import book as book_of

START = {"sheetId": 7, "rowIndex": 0, "columnIndex": 0}
BOLD = {"textFormat": {"bold": True}}
WHOLE: Json = {
    "userEnteredValue": {"stringValue": "old"},
    "userEnteredFormat": {"textFormat": {"bold": True, "italic": True}, "horizontalAlignment": "LEFT"},
    "note": "who",
    "dataValidation": {"condition": {"type": "BOOLEAN"}},
}


def with_one_cell() -> Spreadsheet:
    book = one_tab([], size=(4, 4))
    book.sheets[0].cells[0, 0] = WHOLE
    return book


def without(*names: str, **new: Any) -> Json:
    return {**{name: piece for name, piece in WHOLE.items() if name not in names}, **new}


@pytest.mark.parametrize(
    ("fields", "cell", "after"),
    [
        (
            "userEnteredValue",
            {"userEnteredValue": value("new"), "note": "x"},
            without(userEnteredValue=value("new")),
        ),
        ("userEnteredValue", {}, without("userEnteredValue")),
        ("note", {"note": "which child"}, without(note="which child")),
        ("note", {"note": ""}, without("note")),
        ("userEnteredFormat", {"userEnteredFormat": BOLD}, without(userEnteredFormat=BOLD)),
        (
            "userEnteredFormat.textFormat.bold",
            {"userEnteredFormat": {"textFormat": {"bold": False}}},
            without(
                userEnteredFormat={
                    "textFormat": {"bold": False, "italic": True},
                    "horizontalAlignment": "LEFT",
                }
            ),
        ),
        (
            "userEnteredFormat(textFormat)",
            {"userEnteredFormat": {"horizontalAlignment": "RIGHT"}},
            without(userEnteredFormat={"horizontalAlignment": "LEFT"}),
        ),
        ("userEnteredValue,note", {"note": "x"}, without("userEnteredValue", note="x")),
        ("dataValidation", {}, without("dataValidation")),
        ("*", {"note": "x"}, {"note": "x"}),
        ("*", {}, None),
    ],
)
def test_only_the_fields_of_the_mask_are_written_and_what_is_not_given_of_them_is_cleared(
    fields: str, cell: Json, after: Json | None
) -> None:
    for name, asked in (
        ("updateCells", {"start": START, "rows": [{"values": [cell]}]}),
        ("updateCells", {"range": area(0, 1, 0, 1), "rows": [{"values": [cell]}]}),
        ("repeatCell", {"range": area(0, 1, 0, 1), "cell": cell}),
    ):
        book = with_one_cell()
        do(book, name, fields=fields, **asked)
        assert book.sheets[0].cells.get((0, 0)) == after


def test_rows_are_written_from_a_start_and_the_rest_is_left_alone() -> None:
    book = one_tab(["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"])
    start = {"sheetId": 7, "rowIndex": 1, "columnIndex": 1}
    do(book, "updateCells", start=start, rows=cells(["E"], [None, 9, True]), fields="userEnteredValue")
    assert shown(book.sheets[0]) == [["a", "b", "c"], ["d", "E", "f"], ["g", "", 9, True]]


def test_what_the_rows_leave_out_of_a_range_is_cleared() -> None:
    book = one_tab(["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"])
    book.sheets[0].cells[2, 1]["note"] = "who"
    do(book, "updateCells", range=area(1, 3, 1, 3), rows=cells(["E"]), fields="userEnteredValue")
    assert shown(book.sheets[0]) == [["a", "b", "c"], ["d", "E"], ["g"]]
    assert book.sheets[0].cells[2, 1] == {"note": "who"}


def test_a_range_without_rows_is_cleared() -> None:
    book = one_tab(["a", "b"], ["c", "d"])
    do(book, "updateCells", range={"sheetId": 7}, fields="userEnteredValue")
    assert shown(book.sheets[0]) == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"start": {**START, "columnIndex": 3}, "rows": cells(["a", "b"])},
            "Attempting to write column: 4, beyond the last requested column of: 3",
        ),
        (
            {"range": area(0, 1, 0, 2), "rows": cells(["a"], ["b"])},
            "Attempting to write row: 1, beyond the last requested row of: 0",
        ),
        (
            {"start": {**START, "rowIndex": 4}, "rows": cells(["a"])},
            "GridCoordinate.rowIndex[4] is after last row in grid[3]",
        ),
        ({"start": {**START, "sheetId": 8}, "rows": cells(["a"])}, "No grid with id: 8"),
        (
            {"start": START, "rows": cells(["x" * 50_001])},
            "Your input contains more than the maximum of 50000 characters in a single cell.",
        ),
        (
            {"start": START, "rows": cells(["a"]), "fields": ""},
            "At least one field must be listed in 'fields'.",
        ),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_of_it_written(asked: Json, sentence: str) -> None:
    book = with_one_cell()
    assert sentence in refused(book, "updateCells", **{"fields": "userEnteredValue", **asked})
    assert book.sheets[0].cells == {(0, 0): WHOLE}


def test_a_text_is_a_text_whatever_it_looks_like() -> None:
    book = one_tab()
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}} for text in ("=1+1", "0012", "", "1/2")]}]
    do(book, "updateCells", start=START, rows=rows, fields="userEnteredValue")
    assert [book.sheets[0].cells.get((0, at), {}).get("userEnteredValue") for at in range(4)] == [
        {"stringValue": "=1+1"},
        {"stringValue": "0012"},
        None,
        {"stringValue": "1/2"},
    ]


def test_a_colour_is_kept_both_ways_and_its_style_counts() -> None:
    book = one_tab()
    form = {"backgroundColor": {"red": 1}, "backgroundColorStyle": {"rgbColor": {"blue": 1}}}
    row = {"values": [{"userEnteredFormat": form}]}
    do(book, "updateCells", start=START, rows=[row], fields="userEnteredFormat.backgroundColor")
    assert book.sheets[0].cells[0, 0]["userEnteredFormat"] == {
        "backgroundColor": {"blue": 1},
        "backgroundColorStyle": {"rgbColor": {"blue": 1}},
    }


def test_a_new_value_takes_the_runs_of_the_old_text_away() -> None:
    book = one_tab(["a long text"])
    runs = [{"startIndex": 2, "format": {"bold": True}}]
    book.sheets[0].cells[0, 0]["textFormatRuns"] = runs
    do(book, "updateCells", start=START, rows=cells(["new"]), fields="userEnteredValue")
    assert "textFormatRuns" not in book.sheets[0].cells[0, 0]
    row = {"values": [{"userEnteredValue": value("a text"), "textFormatRuns": runs}]}
    do(book, "updateCells", start=START, rows=[row], fields="userEnteredValue,textFormatRuns")
    assert book.sheets[0].cells[0, 0]["textFormatRuns"] == runs


def test_one_cell_is_repeated_and_its_references_go_along() -> None:
    book = one_tab([1, 2], [3, 4], size=(4, 4))
    cell = {"userEnteredValue": {"formulaValue": "=A1*$B$1"}}
    do(book, "repeatCell", range=area(0, 2, 2, 4), cell=cell, fields="userEnteredValue")
    assert [row[2:] for row in shown(book.sheets[0])] == [
        ["=A1*$B$1", "=B1*$B$1"],
        ["=A2*$B$1", "=B2*$B$1"],
    ]
    do(book, "repeatCell", range={"sheetId": 7, "startRowIndex": 3}, cell={"note": "x"}, fields="note")
    assert [book.sheets[0].cells[3, at] for at in range(4)] == [{"note": "x"}] * 4


def test_rows_are_appended_behind_the_last_value_and_the_tab_grows() -> None:
    book = one_tab(["a"], [], ["c"], size=(4, 3))
    book.sheets[0].cells[3, 1] = {"note": "no value"}
    do(book, "appendCells", sheetId=7, rows=cells(["d"], [1, 2]), fields="userEnteredValue")
    assert shown(book.sheets[0]) == [["a"], [], ["c"], ["d"], [1, 2]]
    assert book.sheets[0].row_count == 5
    assert book.sheets[0].cells[3, 1] == {"note": "no value"}


def test_a_rule_is_set_in_every_cell_of_a_range_and_taken_away() -> None:
    book = one_tab(["a"], size=(3, 2))
    condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "yes"}]}
    rule = {"condition": condition, "strict": False, "showCustomUi": True, "inputMessage": ""}
    do(book, "setDataValidation", range=area(0, 2, 0, 1), rule=rule)
    kept = {"condition": condition, "showCustomUi": True}
    assert [book.sheets[0].cells[at, 0]["dataValidation"] for at in (0, 1)] == [kept, kept]
    do(book, "setDataValidation", range=area(0, 1, 0, 1))
    assert book.sheets[0].cells[0, 0] == {"userEnteredValue": {"stringValue": "a"}}
    assert "dataValidation" in book.sheets[0].cells[1, 0]
    assert "type must be set" in refused(book, "setDataValidation", range=area(0, 1, 0, 1), rule={})


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("updateCells", {"start": START, "rows": cells(["x"]), "fields": "userEnteredValue"}),
        ("updateCells", {"range": area(0, 3, 0, 3), "fields": "note"}),
        ("repeatCell", {"range": area(0, 1, 0, 2), "cell": {}, "fields": "*"}),
        ("setDataValidation", {"range": area(0, 1, 0, 1)}),
    ],
)
def test_only_who_may_edit_protected_cells_writes_into_them(name: str, asked: Json) -> None:
    book = with_one_cell()
    do(book, "addProtectedRange", STAFF, protectedRange={"range": area(0, 1, 0, 1), "editors": {}})
    assert "protected cell or object" in refused(book, name, ME, **asked)
    assert book.sheets[0].cells == {(0, 0): WHOLE}
    do(book, name, STAFF, **asked)


def test_a_write_beside_protected_cells_is_allowed() -> None:
    book = with_one_cell()
    do(book, "addProtectedRange", STAFF, protectedRange={"range": area(0, 1, 0, 1), "editors": {}})
    beside = {"sheetId": 7, "rowIndex": 1, "columnIndex": 0}
    do(book, "updateCells", ME, start=beside, rows=cells(["x"]), fields="userEnteredValue")
    assert book.sheets[0].cells[1, 0] == {"userEnteredValue": {"stringValue": "x"}}


def test_a_tab_without_an_id_in_the_request_is_the_tab_of_id_0() -> None:
    book = book_of(tab(7, "Log", []), tab(0, "Other", []))
    do(book, "updateCells", start={"rowIndex": 1}, rows=cells(["x"]), fields="userEnteredValue")
    assert shown(book.sheets[1]) == [[], ["x"]]
