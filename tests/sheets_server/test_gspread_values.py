"""gspread's methods that read and write values, each as Google's documentation says it answers."""

from __future__ import annotations

import re
from typing import Any

import gspread
import pytest
from gspread.cell import Cell
from gspread.exceptions import APIError, GSpreadException
from gspread.utils import (
    DateTimeOption,
    Dimension,
    GridRangeType,
    InsertDataOption,
    TableDirection,
    ValueInputOption,
    ValueRenderOption,
)

from tests.sheets_server.server import SheetsServer

GRID = [["Ana", "30", "", "speech"], ["", "45"], [], ["Cy", "", "", "OT"]]
"""A range with holes, as values.get answers it."""


@pytest.fixture
def tab(client: gspread.Client) -> gspread.Worksheet:
    return client.create("Services").sheet1


@pytest.fixture
def grid(tab: gspread.Worksheet) -> gspread.Worksheet:
    tab.update(GRID, "A1")
    return tab


@pytest.mark.parametrize(
    ("entered", "shown"),
    [
        ("Ana", "Ana"),
        (42, "42"),
        (42.01, "42.01"),
        ("0042", "42"),
        ("2,000,000.01", "2,000,000.01"),
        ("= 1 / 1024", "0.0009765625"),
        ("Артур", "Артур"),
        ("one\ntwo", "one\ntwo"),
        ("50%", "50%"),
        ("$1,234.50", "$1,234.50"),
        ("true", "TRUE"),
        ("'0042", "0042"),
        ("=A9", ""),
        ("=1/0", "#DIV/0!"),
    ],
)
def test_a_cell_is_updated_as_if_somebody_typed(tab: gspread.Worksheet, entered: Any, shown: str) -> None:
    tab.update_cell(1, 2, entered)
    assert (tab.cell(1, 2).value or "") == shown
    tab.update_acell("C3", entered)
    assert (tab.acell("C3").value or "") == shown


def test_a_cell_tells_its_number(tab: gspread.Worksheet) -> None:
    tab.update_acell("A1", "2,000,000.01")
    assert tab.acell("A1").numeric_value == 2000000.01
    tab.update_acell("A1", "=4/2")
    assert tab.acell("A1", value_render_option=ValueRenderOption.formula).value == "=4/2"
    assert tab.cell(1, 1, value_render_option=ValueRenderOption.unformatted).value == 2


def test_an_update_says_where_and_how_much(tab: gspread.Worksheet) -> None:
    assert tab.update([["a", None, 3], ["b"]], "B2") == {
        "spreadsheetId": tab.spreadsheet_id,
        "updatedRange": "Sheet1!B2:D3",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 3,
    }


def test_an_update_answers_the_values_where_it_is_asked_to(tab: gspread.Worksheet) -> None:
    answer = tab.update(
        [["1/2/2026", "=1+1"]],
        "A1",
        raw=False,
        include_values_in_response=True,
        response_value_render_option=ValueRenderOption.unformatted,
    )
    assert answer["updatedData"]["values"] == [[46024, 2]]


def test_a_range_is_read_without_its_empty_ends(grid: gspread.Worksheet) -> None:
    assert grid.get("A1:D4") == GRID
    assert grid.get("A1:D4", pad_values=True) == grid.get_values("A1:D4")
    assert grid.get("A1:D4", return_type=GridRangeType.ListOfLists) == GRID
    assert grid.get("A3:D3") == [[]]
    assert grid.get("A1:B1").range == "Sheet1!A1:B1"
    assert grid.get("A1:B3", major_dimension=Dimension.cols) == [["Ana"], ["30", "45"]]


def test_all_values_are_filled_up_to_rows_of_one_length(grid: gspread.Worksheet) -> None:
    filled = [["Ana", "30", "", "speech"], ["", "45", "", ""], ["", "", "", ""], ["Cy", "", "", "OT"]]
    assert grid.get_all_values() == filled
    assert grid.get_values() == filled
    assert grid.get_all_values(major_dimension=Dimension.cols) == [
        list(row) for row in zip(*filled, strict=True)
    ]
    assert grid.get("A1:E5", maintain_size=True, pad_values=True) == [[*row, ""] for row in filled] + [
        [""] * 5
    ]


def test_a_tab_named_like_a_cell_is_read_whole(grid: gspread.Worksheet) -> None:
    grid.update_title("D3")
    assert grid.get_all_values()[0] == GRID[0]


def test_rows_and_columns_are_read_by_number(grid: gspread.Worksheet) -> None:
    assert grid.row_values(1) == GRID[0]
    assert grid.row_values(3) == []
    assert grid.col_values(2) == ["30", "45"]
    assert grid.col_values(4) == ["speech", "", "", "OT"]
    assert grid.col_values(2, value_render_option=ValueRenderOption.unformatted) == ["30", "45"]


def test_several_ranges_are_read_at_once(grid: gspread.Worksheet) -> None:
    found = grid.batch_get(["A1:B1", "B4:D4", "F1:G2"])
    assert found == [[["Ana", "30"]], [["", "", "OT"]], []]
    assert [one.range for one in found] == ["Sheet1!A1:B1", "Sheet1!B4:D4", "Sheet1!F1:G2"]


def test_several_ranges_are_written_at_once(tab: gspread.Worksheet) -> None:
    answer = tab.batch_update(
        [{"range": "A1:B1", "values": [["x", "=1+1"]]}, {"range": "B3", "values": [["z"]]}], raw=False
    )
    assert (answer["totalUpdatedCells"], answer["totalUpdatedRows"]) == (3, 2)
    assert tab.get_all_values() == [["x", "2"], ["", ""], ["", "z"]]
    tab.batch_update([{"range": "C1", "values": [["=1+1"]]}], value_input_option=ValueInputOption.raw)
    assert tab.acell("C1").value == "=1+1"


def test_cells_are_read_and_written_as_objects(grid: gspread.Worksheet) -> None:
    cells = grid.range("A1:B2")
    assert [(cell.row, cell.col, cell.value) for cell in cells] == [
        (1, 1, "Ana"),
        (1, 2, "30"),
        (2, 1, ""),
        (2, 2, "45"),
    ]
    cells[0].value, cells[-1].value = "Ben", "=1+1"
    grid.update_cells([cells[0], cells[-1]], value_input_option=ValueInputOption.user_entered)
    assert [cell.value for cell in grid.range(1, 1, 2, 2)] == ["Ben", "30", "", "2"]
    grid.update_cells([Cell(1, 2, "x"), Cell(2, 1, "y")])
    assert grid.get("A1:B2") == [["Ben", "x"], ["y", "2"]]
    assert [cell.address for cell in grid.get_all_cells()][:3] == ["A1", "B1", "C1"]


def test_a_range_reversed_or_without_an_end_is_a_range(grid: gspread.Worksheet) -> None:
    def seen(cells: list[Cell]) -> list[tuple[int, int, str | None]]:
        return [(cell.row, cell.col, cell.value) for cell in cells]

    assert seen(grid.range("D4:A1")) == seen(grid.range("A1:D4"))
    assert seen(grid.range("A1:C")) == seen(grid.range(1, 1, 1000, 3))


def test_values_are_found_by_text_and_by_pattern(grid: gspread.Worksheet) -> None:
    found = grid.find("OT")
    assert found is not None
    assert found.address == "D4"
    assert grid.find("ot") is None
    assert grid.find("ot", case_sensitive=False) == found
    assert grid.find("OT", in_column=1) is None
    assert [cell.address for cell in grid.findall(re.compile(r"^\d+$"))] == ["B1", "B2"]
    assert [cell.address for cell in grid.findall("Ana", in_row=1)] == ["A1"]


def test_a_table_is_read_up_to_its_first_hole(grid: gspread.Worksheet) -> None:
    assert grid.expand("A1") == [["Ana", "30"]]
    assert grid.expand("B1", TableDirection.down) == [["30"], ["45"]]
    assert grid.expand("A1", TableDirection.right) == [["Ana", "30"]]


@pytest.mark.parametrize(
    ("option", "record"),
    [
        (None, {"2": 1.5, "2026-01-01": 0.12, "x": "1999-01-02", "53": ""}),
        (ValueRenderOption.unformatted, {2: 1.5, 46023: 0.12, "x": 36162, 53: ""}),
        (ValueRenderOption.formula, {"=4/2": "=3/2", 46023: 0.12, "x": 36162, 53: ""}),
    ],
)
def test_records_come_as_shown_as_stored_or_as_formulas(
    tab: gspread.Worksheet, option: ValueRenderOption | None, record: dict[Any, Any]
) -> None:
    rows = [["=4/2", "2026-01-01", "x", 53], ["=3/2", 0.12, "1999-01-02", ""]]
    tab.update(rows, "A1", value_input_option=ValueInputOption.user_entered)
    assert tab.get_all_records(value_render_option=option) == [record]


def test_records_have_their_header_where_it_is_said_to_be(tab: gspread.Worksheet) -> None:
    rows = [["Report"], [], ["Student", "Minutes", "Note"], ["Ana", 30, ""], ["", "", ""], ["Cy", 0.5, "x"]]
    tab.update(rows, "A1")
    assert tab.get_all_records(head=3, default_blank=None) == [
        {"Student": "Ana", "Minutes": 30, "Note": None},
        {"Student": None, "Minutes": None, "Note": None},
        {"Student": "Cy", "Minutes": 0.5, "Note": "x"},
    ]
    with pytest.raises(GSpreadException):
        tab.get_all_records(head=3, expected_headers=["Student", "Grade"])


def test_a_row_is_appended_behind_the_table(tab: gspread.Worksheet) -> None:
    answer = tab.append_row(["Ana", "", "x"])
    assert answer["updates"]["updatedRange"] == "Sheet1!A1:C1"
    assert "tableRange" not in answer
    answer = tab.append_row(["Ben", "", "y"])
    assert answer["tableRange"] == "Sheet1!C1"
    assert tab.row_values(2) == ["", "", "Ben", "", "y"]
    tab.append_row(["Cy"], table_range="A1")
    assert tab.row_values(2) == ["Cy", "", "Ben", "", "y"]


def test_rows_are_appended_over_or_inserted_before_what_stands_there(tab: gspread.Worksheet) -> None:
    tab.update([["Ana", 1], ["", ""], ["total", "=SUM(B1:B2)"]], "A1", raw=False)
    tab.append_rows(
        [["Ben", "2"], ["Cy", "3"]],
        value_input_option=ValueInputOption.user_entered,
        insert_data_option=InsertDataOption.insert_rows,
        table_range="A1:B1",
    )
    assert tab.get_all_values() == [["Ana", "1"], ["Ben", "2"], ["Cy", "3"], ["", ""], ["total", "6"]]


def test_rows_and_columns_are_inserted_with_values(grid: gspread.Worksheet) -> None:
    grid.update_acell("B2", "=1+1")
    grid.insert_row(["new", 1], 2)
    assert grid.get_all_values()[1:3] == [["new", "1", "", ""], ["", "2", "", ""]]
    assert grid.acell("B3", value_render_option=ValueRenderOption.formula).value == "=1+1"
    grid.insert_rows([["x"], ["=2*2"]], row=1, value_input_option=ValueInputOption.user_entered)
    assert grid.col_values(1)[:3] == ["x", "4", "Ana"]
    grid.insert_cols([["l1", "l2"], ["r1"]], col=2)
    assert grid.get("A1:D2") == [["x", "l1", "r1"], ["4", "l2"]]
    with pytest.raises(GSpreadException):
        grid.insert_row(["y"], 1, inherit_from_before=True)
    assert grid.row_count == 1003
    assert grid.col_count == 28


def test_values_are_cleared_and_formats_stay(grid: gspread.Worksheet, server: SheetsServer) -> None:
    grid.format("A1", {"textFormat": {"bold": True}})
    assert grid.batch_clear(["A1:B1", "D4"])["clearedRanges"] == ["Sheet1!A1:B1", "Sheet1!D4"]
    assert grid.get_all_values() == [
        ["", "", "", "speech"],
        ["", "45", "", ""],
        ["", "", "", ""],
        ["Cy", "", "", ""],
    ]
    grid.clear()
    assert grid.get_all_values() == [[]]
    left = server.book(grid.spreadsheet_id).sheets[0].cells
    assert left[0, 0]["userEnteredFormat"]["textFormat"]["bold"] is True


def test_dates_are_read_as_serial_numbers_or_as_texts(tab: gspread.Worksheet) -> None:
    tab.update([["3/2/2026", "10:30 AM"]], "A1", raw=False)
    unformatted = ValueRenderOption.unformatted
    assert tab.get("A1:B1", value_render_option=unformatted) == [[46083, 0.4375]]
    as_text = DateTimeOption.formatted_string
    found = tab.get("A1:B1", value_render_option=unformatted, date_time_render_option=as_text)
    assert found == [["3/2/2026", "10:30 AM"]]


def test_merged_cells_can_be_read_as_one_value(tab: gspread.Worksheet) -> None:
    tab.update([["a", "", "x"], ["", "", "y"]], "A1")
    tab.merge_cells("A1:B2")
    assert tab.get_values("A1:C2", combine_merged_cells=True) == [["a", "a", "x"], ["a", "a", "y"]]
    assert tab.get_values("B1:C2", combine_merged_cells=True) == [["", "x"], ["", "y"]]


@pytest.mark.parametrize(
    ("range_name", "sentence"),
    [
        ("A1:B", None),
        ("ZZZ1", "Range (Sheet1!ZZZ1) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("A1:B2:C3", "Unable to parse range: 'Sheet1'!A1:B2:C3"),
    ],
)
def test_a_range_that_is_none_is_refused(
    tab: gspread.Worksheet, range_name: str, sentence: str | None
) -> None:
    if sentence is None:
        assert tab.get(range_name) == [[]]
    else:
        with pytest.raises(APIError, match=re.escape(sentence)):
            tab.get(range_name)
