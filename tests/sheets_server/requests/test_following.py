"""What lies on ranges goes along when rows or columns are inserted, deleted or moved."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import area, book, do, one_tab, span, tab

INSERTED = ("insertDimension", {"range": span("ROWS", 3, 5)})
INSERTED_ABOVE = ("insertDimension", {"range": span("ROWS", 1, 2)})
INSERTED_BELOW = ("insertDimension", {"range": span("ROWS", 6, 7)})
DELETED_PART = ("deleteDimension", {"range": span("ROWS", 1, 4)})
DELETED_WHOLE = ("deleteDimension", {"range": span("ROWS", 2, 6)})
MOVED_ALONG = ("moveDimension", {"source": span("ROWS", 2, 6), "destinationIndex": 9})
MOVED_OUT = ("moveDimension", {"source": span("ROWS", 5, 6), "destinationIndex": 8})
MOVED_IN = ("moveDimension", {"source": span("ROWS", 8, 9), "destinationIndex": 4})

WHERE = [
    (INSERTED, (2, 8)),
    (INSERTED_ABOVE, (3, 7)),
    (INSERTED_BELOW, (2, 6)),
    (DELETED_PART, (1, 3)),
    (DELETED_WHOLE, None),
    (MOVED_ALONG, (5, 9)),
    (MOVED_OUT, (2, 5)),
    (MOVED_IN, (2, 7)),
]
"""A change of rows, and where a range over the rows 2 to 6 is after it."""

NAMES = ["inserted", "above", "below", "part", "whole", "along", "out", "in"]


def laid() -> Spreadsheet:
    """Return a tab of 10 rows on which all that can lie lies on the rows 2 to 6 (columns 1 to 3)."""
    made = one_tab(["x"], size=(10, 6))
    sheet = made.sheets[0]
    lies = area(2, 6, 1, 3)
    sheet.filter_views[5] = {"filterViewId": 5, "title": "F", "range": lies}
    sheet.protected_ranges[6] = {"protectedRangeId": 6, "range": lies, "warningOnly": True}
    sheet.banded_ranges[8] = {"bandedRangeId": 8, "range": lies, "rowProperties": {}}
    sheet.conditional_formats = [{"ranges": [lies], "booleanRule": {}}]
    sheet.basic_filter = {"range": lies}
    made.named_ranges["n"] = {"namedRangeId": "n", "name": "Minutes", "range": lies}
    return made


def rows_of(piece: Json | None) -> tuple[int, int] | None:
    if not piece:
        return None
    found = piece.get("range") or piece["ranges"][0]
    return found["startRowIndex"], found["endRowIndex"]


@pytest.mark.parametrize(("change", "rows"), WHERE, ids=NAMES)
def test_filters_protection_banding_conditions_and_names_follow_the_rows(
    change: tuple[str, Json], rows: tuple[int, int] | None
) -> None:
    made = laid()
    do(made, change[0], **change[1])
    sheet = made.sheets[0]
    assert rows_of(sheet.basic_filter) == rows
    assert rows_of(sheet.filter_views.get(5)) == rows
    assert rows_of(sheet.protected_ranges.get(6)) == rows
    assert rows_of(sheet.banded_ranges.get(8)) == rows
    assert rows_of(next(iter(sheet.conditional_formats), None)) == rows
    assert rows_of(made.named_ranges.get("n")) == rows


@pytest.mark.parametrize(
    ("change", "rows"), [pair for pair in WHERE if pair[0] not in (MOVED_OUT, MOVED_IN)], ids=NAMES[:6]
)
def test_merged_cells_follow_the_rows(change: tuple[str, Json], rows: tuple[int, int] | None) -> None:
    made = one_tab(["x"], size=(10, 6))
    do(made, "mergeCells", range=area(2, 6, 1, 3))
    do(made, change[0], **change[1])
    assert made.sheets[0].merges == ([area(*rows, 1, 3)] if rows else [])


def test_a_merge_that_shrinks_to_one_cell_is_none() -> None:
    made = one_tab(["x"], size=(10, 6))
    do(made, "mergeCells", range=area(2, 4, 1, 2))
    do(made, "deleteDimension", range=span("ROWS", 3, 4))
    assert made.sheets[0].merges == []


@pytest.mark.parametrize(
    ("name", "asked", "criteria"),
    [
        ("insertDimension", {"range": span("COLUMNS", 1, 2)}, {"3": "x", "4": "y"}),
        ("deleteDimension", {"range": span("COLUMNS", 2, 3)}, {"2": "y"}),
        ("moveDimension", {"source": span("COLUMNS", 2, 3), "destinationIndex": 4}, {"3": "x", "2": "y"}),
    ],
)
def test_the_criteria_of_a_filter_stay_with_their_column(
    name: str, asked: Json, criteria: dict[str, str]
) -> None:
    made = one_tab(["a", "b", "c", "d"], ["1", "2", "3", "4"], size=(5, 5))
    rule = {str(at): {"hiddenValues": [text]} for at, text in ((2, "x"), (3, "y"))}
    do(made, "setBasicFilter", filter={"range": area(0, 5, 0, 5), "criteria": rule})
    do(made, name, **asked)
    kept = made.sheets[0].basic_filter
    assert kept is not None
    assert kept["criteria"] == {at: {"hiddenValues": [text]} for at, text in criteria.items()}
    assert {spec["columnIndex"] for spec in kept["filterSpecs"]} == {int(at) for at in criteria}


def test_open_ranges_stay_open() -> None:
    made = one_tab(["x"], size=(10, 6))
    columns = {"sheetId": 7, "startColumnIndex": 1, "endColumnIndex": 3}
    made.sheets[0].protected_ranges[6] = {"protectedRangeId": 6, "range": columns, "warningOnly": True}
    do(made, "insertDimension", range=span("ROWS", 0, 4))
    assert made.sheets[0].protected_ranges[6]["range"] == columns
    do(made, "deleteDimension", range=span("COLUMNS", 0, 2))
    assert made.sheets[0].protected_ranges[6]["range"] == {
        **columns,
        "startColumnIndex": 0,
        "endColumnIndex": 1,
    }


def test_unprotected_columns_follow_too() -> None:
    made = one_tab(["x"], size=(10, 6))
    free = [{"sheetId": 7, "startColumnIndex": 2, "endColumnIndex": 4}]
    made.sheets[0].protected_ranges[6] = {
        "protectedRangeId": 6,
        "range": {"sheetId": 7},
        "unprotectedRanges": free,
        "warningOnly": True,
    }
    do(made, "insertDimension", range=span("COLUMNS", 0, 1))
    assert made.sheets[0].protected_ranges[6]["unprotectedRanges"] == [
        {"sheetId": 7, "startColumnIndex": 3, "endColumnIndex": 5}
    ]


def test_notes_formats_and_choices_move_with_their_cells() -> None:
    made = one_tab(["a"], ["b"], ["c"], size=(5, 3))
    whole = {
        "userEnteredValue": {"stringValue": "b"},
        "note": "moved in March",
        "userEnteredFormat": {"textFormat": {"bold": True}},
        "dataValidation": {"condition": {"type": "BOOLEAN"}},
    }
    made.sheets[0].cells[1, 0] = whole
    do(made, "moveDimension", source=span("ROWS", 1, 2), destinationIndex=5)
    assert made.sheets[0].cells[4, 0] == whole
    assert (1, 0) in made.sheets[0].cells
    do(made, "deleteDimension", range=span("ROWS", 4, 5))
    assert "note" not in str(made.sheets[0].cells)


def test_sizes_hiding_groups_and_metadata_move_with_their_rows() -> None:
    made = one_tab(["x"], size=(10, 6))
    sheet = made.sheets[0]
    sheet.rows[4] = {"pixelSize": 50, "hiddenByUser": True}
    do(made, "addDimensionGroup", range=span("ROWS", 4, 6))
    place = {"dimensionRange": span("ROWS", 4, 5)}
    asked = {"metadataId": 1, "metadataKey": "line", "location": place, "visibility": "DOCUMENT"}
    do(made, "createDeveloperMetadata", developerMetadata=asked)
    do(made, "insertDimension", range=span("ROWS", 0, 2))
    assert sheet.rows == {6: {"pixelSize": 50, "hiddenByUser": True}}
    assert sheet.row_groups[0]["range"] == span("ROWS", 6, 8)
    assert sheet.developer_metadata[1]["location"]["dimensionRange"] == span("ROWS", 6, 7)
    do(made, "deleteDimension", range=span("ROWS", 6, 7))
    assert (sheet.rows, sheet.developer_metadata) == ({}, {})
    assert sheet.row_groups[0]["range"] == span("ROWS", 6, 7)


@pytest.mark.parametrize(
    ("change", "formula"),
    [
        (("insertDimension", {"range": span("ROWS", 1, 2)}), "=SUM(Log!A1:A4)+Log!$B$5"),
        (("deleteDimension", {"range": span("ROWS", 1, 2)}), "=SUM(Log!A1:A2)+Log!$B$3"),
        (("deleteDimension", {"range": span("ROWS", 3, 4)}), "=SUM(Log!A1:A3)+#REF!"),
        (
            ("moveDimension", {"source": span("ROWS", 3, 4), "destinationIndex": 9}),
            "=SUM(Log!A1:A3)+Log!$B$9",
        ),
        (("insertDimension", {"range": span("COLUMNS", 0, 1)}), "=SUM(Log!B1:B3)+Log!$C$4"),
    ],
)
def test_formulas_on_other_tabs_follow(change: tuple[str, Json], formula: str) -> None:
    log = tab(7, "Log", [[1], [2], [3], [4]])
    other = tab(8, "Other", [["=SUM(Log!A1:A3)+Log!$B$4"]])
    made = book(log, other)
    do(made, change[0], **change[1])
    assert other.cells[0, 0]["userEnteredValue"]["formulaValue"] == formula


def test_what_lies_on_another_tab_stays() -> None:
    made = book(tab(7, "Log", [["x"]]), tab(8, "Other", [["y"]]))
    lies: dict[str, Any] = area(2, 6, 1, 3, sheet_id=8)
    made.named_ranges["n"] = {"namedRangeId": "n", "name": "Minutes", "range": lies}
    made.sheets[1].merges = [lies]
    do(made, "deleteDimension", range=span("ROWS", 0, 6))
    assert made.named_ranges["n"]["range"] == lies
    assert made.sheets[1].merges == [lies]
