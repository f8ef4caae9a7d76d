"""copyPaste, cutPaste."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import ME, area, book, do, one_tab, refused, shown, tab

BOLD = {"userEnteredFormat": {"textFormat": {"bold": True}}}
SOLID = {"style": "SOLID", "width": 1, "color": {}, "colorStyle": {"rgbColor": {}}}


def rich() -> Spreadsheet:
    """Return a tab whose A1 has all that a cell can have, and whose B1 is a formula of it."""
    made = one_tab([2, "=A1*2"], size=(6, 6))
    made.sheets[0].cells[0, 0] |= {
        "userEnteredFormat": {"textFormat": {"bold": True}, "borders": {"top": SOLID}},
        "note": "who",
        "dataValidation": {"condition": {"type": "BOOLEAN"}},
    }
    return made


@pytest.mark.parametrize(
    ("kind", "fields", "second"),
    [
        ("PASTE_NORMAL", {"userEnteredValue", "userEnteredFormat", "note", "dataValidation"}, "=A4*2"),
        ("PASTE_VALUES", {"userEnteredValue"}, 4),
        ("PASTE_FORMULA", {"userEnteredValue"}, "=A4*2"),
        ("PASTE_FORMAT", {"userEnteredFormat"}, ""),
        ("PASTE_DATA_VALIDATION", {"dataValidation"}, ""),
        ("PASTE_NO_BORDERS", {"userEnteredValue", "userEnteredFormat", "note", "dataValidation"}, "=A4*2"),
        ("PASTE_CONDITIONAL_FORMATTING", set(), ""),
    ],
)
def test_the_kind_of_paste_says_what_is_copied(kind: str, fields: set[str], second: Any) -> None:
    made = rich()
    sheet = made.sheets[0]
    source, there = area(0, 1, 0, 2), area(3, 4, 0, 2)
    do(made, "copyPaste", source=source, destination=there, pasteType=kind)
    pasted = sheet.cells.get((3, 0), {})
    assert set(pasted) == fields
    assert ("borders" in pasted.get("userEnteredFormat", {})) is (kind in ("PASTE_NORMAL", "PASTE_FORMAT"))
    rows = shown(sheet)
    assert (rows[3][1] if len(rows) > 3 else "") == second
    assert rows[0] == [2, "=A1*2"]


def test_a_paste_leaves_alone_what_it_does_not_bring() -> None:
    made = rich()
    made.sheets[0].cells[3, 0] = {"note": "stays", "userEnteredValue": {"stringValue": "old"}}
    do(made, "copyPaste", source=area(0, 1, 0, 1), destination=area(3, 4, 0, 1), pasteType="PASTE_FORMAT")
    assert made.sheets[0].cells[3, 0]["note"] == "stays"
    assert made.sheets[0].cells[3, 0]["userEnteredValue"] == {"stringValue": "old"}


@pytest.mark.parametrize(
    ("destination", "rows"),
    [
        (area(2, 3, 0, 1), [["a", "b"]]),
        (area(2, 4, 0, 2), [["a", "b"], ["a", "b"]]),
        (area(2, 4, 0, 4), [["a", "b", "a", "b"], ["a", "b", "a", "b"]]),
        (area(2, 3, 0, 3), [["a", "b"]]),
    ],
)
def test_a_destination_several_times_as_large_is_filled_and_a_smaller_one_still_gets_all(
    destination: Json, rows: list[list[str]]
) -> None:
    made = one_tab(["a", "b"])
    do(made, "copyPaste", source=area(0, 1, 0, 2), destination=destination)
    assert shown(made.sheets[0])[2:] == rows


def test_rows_become_columns_where_they_are_transposed() -> None:
    made = one_tab(["a", "b", "c"], ["d", "e", "f"], size=(10, 6))
    do(made, "copyPaste", source=area(0, 2, 0, 3), destination=area(3, 4, 0, 1), pasteOrientation="TRANSPOSE")
    assert shown(made.sheets[0])[3:] == [["a", "d"], ["b", "e"], ["c", "f"]]


def test_a_paste_onto_itself_and_over_the_edge() -> None:
    made = one_tab(["a", "b"], size=(2, 2))
    do(made, "copyPaste", source=area(0, 1, 0, 2), destination=area(0, 1, 1, 2))
    assert shown(made.sheets[0]) == [["a", "a", "b"]]
    assert made.sheets[0].column_count == 3


def test_merges_are_copied_and_not_cut() -> None:
    made = one_tab(["a"], size=(6, 6))
    do(made, "mergeCells", range=area(0, 1, 0, 2))
    do(made, "copyPaste", source=area(0, 1, 0, 2), destination=area(3, 4, 0, 2))
    assert made.sheets[0].merges == [area(0, 1, 0, 2), area(3, 4, 0, 2)]
    asked = {"source": area(1, 2, 0, 1), "destination": area(3, 4, 1, 2)}
    assert "all cells in a merged range" in refused(made, "copyPaste", **asked)


def test_a_conditional_format_is_carried_to_the_copy() -> None:
    made = one_tab(["a"], size=(6, 6))
    condition = {"type": "NOT_BLANK"}
    rule = {
        "ranges": [area(0, 2, 0, 1)],
        "booleanRule": {"condition": condition, "format": BOLD["userEnteredFormat"]},
    }
    do(made, "addConditionalFormatRule", rule=rule)
    do(made, "copyPaste", source=area(0, 1, 0, 1), destination=area(4, 5, 3, 4))
    assert made.sheets[0].conditional_formats[0]["ranges"] == [area(0, 2, 0, 1), area(4, 5, 3, 4)]


def test_a_conditional_format_elsewhere_and_one_that_is_transposed_stay() -> None:
    made = one_tab(["a"], size=(6, 6))
    rules = [
        {"ranges": [where], "booleanRule": {"condition": {"type": "NOT_BLANK"}}}
        for where in (area(0, 1, 0, 1), area(5, 6, 5, 6))
    ]
    for rule in rules:
        do(made, "addConditionalFormatRule", rule=rule)
    do(made, "copyPaste", source=area(0, 1, 0, 1), destination=area(4, 5, 3, 4), pasteOrientation="TRANSPOSE")
    assert [len(rule["ranges"]) for rule in made.sheets[0].conditional_formats] == [1, 1]
    do(made, "copyPaste", source=area(0, 1, 0, 1), destination=area(4, 5, 3, 4))
    ranges = {
        rule["ranges"][0]["startRowIndex"]: len(rule["ranges"]) for rule in made.sheets[0].conditional_formats
    }
    assert ranges == {0: 2, 5: 1}


def test_cells_are_copied_to_another_tab() -> None:
    made = book(tab(7, "Log", [["a", "=A1"]]), tab(8, "Other", []))
    do(made, "copyPaste", source=area(0, 1, 0, 2), destination=area(2, 3, 1, 3, sheet_id=8))
    assert shown(made.sheets[1])[2] == ["", "a", "=B3"]


def test_what_is_cut_is_gone_and_formulas_name_it_where_it_is_now() -> None:
    made = rich()
    made.sheets[0].cells[5, 0] = {"userEnteredValue": {"formulaValue": "=SUM(A1:B1)+A1+A2+SUM(A1:A3)"}}
    do(made, "cutPaste", source=area(0, 1, 0, 2), destination={"sheetId": 7, "rowIndex": 3, "columnIndex": 1})
    assert shown(made.sheets[0]) == [
        *[[]] * 3,
        ["", 2, "=B4*2"],
        [],
        ["=SUM(B4:C4)+B4+A2+SUM(A1:A3)"],
    ]
    assert made.sheets[0].cells[3, 1]["note"] == "who"
    assert (0, 0) not in made.sheets[0].cells


def test_several_rows_and_columns_are_cut_from_where_they_are() -> None:
    made = one_tab([], ["", "a", "b"], ["", "c", "d"])
    do(made, "cutPaste", source=area(1, 3, 1, 3), destination={"sheetId": 7, "rowIndex": 5, "columnIndex": 3})
    assert shown(made.sheets[0])[5:] == [["", "", "", "a", "b"], ["", "", "", "c", "d"]]


def test_what_is_cut_to_another_tab_is_named_there() -> None:
    made = book(tab(7, "Log", [["a", "=A1&A2", "=A1"], ["b"]]), tab(8, "Other", [["=Log!A1&Log!C1"]]))
    there = {"sheetId": 8, "rowIndex": 4, "columnIndex": 0}
    do(made, "cutPaste", source=area(0, 1, 0, 2), destination=there)
    assert shown(made.sheets[0]) == [["", "", "=Other!A5"], ["b"]]
    assert shown(made.sheets[1]) == [["=Other!A5&Log!C1"], [], [], [], ["a", "=Other!A5&Log!A2"]]


def test_a_merged_cell_is_cut_whole_or_not_at_all() -> None:
    made = one_tab(["a"], size=(6, 6))
    do(made, "mergeCells", range=area(0, 2, 0, 2))
    there = {"sheetId": 7, "rowIndex": 3, "columnIndex": 3}
    assert "all cells in a merged range" in refused(
        made, "cutPaste", source=area(0, 1, 0, 1), destination=there
    )
    do(made, "cutPaste", source=area(0, 2, 0, 2), destination=there)
    assert made.sheets[0].merges == [area(3, 5, 3, 5)]


@pytest.mark.parametrize("name", ["copyPaste", "cutPaste"])
def test_nothing_is_pasted_over_protected_cells(name: str) -> None:
    made = one_tab(["a"])
    do(made, "addProtectedRange", protectedRange={"range": area(3, 4, 0, 1), "editors": {}})
    there = {"copyPaste": area(3, 4, 0, 1), "cutPaste": {"sheetId": 7, "rowIndex": 3}}[name]
    assert "protected cell" in refused(made, name, ME, source=area(0, 1, 0, 1), destination=there)
