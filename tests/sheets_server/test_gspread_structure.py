"""gspread's methods that change a tab: its size, order, formats, merges, filters, protection, notes."""

from __future__ import annotations

import gspread
import pytest
from gspread.exceptions import APIError
from gspread.utils import Dimension, MergeType, PasteOrientation, PasteType, ValidationConditionType

from tests.sheets_server.model import Json, Sheet
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def tab(client: gspread.Client, server: SheetsServer) -> gspread.Worksheet:
    """A tab "Log" of id 0 with three lines."""
    rows = [["Student", "Minutes"], ["Ben", 45], ["Ana", 30], ["Cy", 60]]
    return client.open_by_key(server.create(sheets={"Log": rows}).id).sheet1


def kept(tab: gspread.Worksheet, server: SheetsServer) -> Sheet:
    """Return the tab as the server keeps it."""
    sheet = server.book(tab.spreadsheet_id).sheet(tab.id)
    assert sheet is not None
    return sheet


def answered(tab: gspread.Worksheet) -> Json:
    """Return the tab as spreadsheets.get answers it."""
    found: Json = tab.spreadsheet.fetch_sheet_metadata()["sheets"][0]
    return found


def test_a_tab_grows_and_shrinks(tab: gspread.Worksheet) -> None:
    tab.add_rows(10)
    tab.add_cols(4)
    assert (tab.row_count, tab.col_count, tab.column_count) == (1010, 30, 30)
    tab.resize(rows=2, cols=1)
    assert answered(tab)["properties"]["gridProperties"] == {"rowCount": 2, "columnCount": 1}
    assert tab.get_all_values() == [["Student"], ["Ben"]]


def test_rows_and_columns_are_deleted(tab: gspread.Worksheet) -> None:
    tab.delete_rows(2)
    assert tab.col_values(1) == ["Student", "Ana", "Cy"]
    tab.delete_rows(2, 3)
    assert tab.get_all_values() == [["Student", "Minutes"]]
    tab.delete_columns(1)
    tab.delete_dimension(Dimension.cols, 2, 4)
    assert tab.get_all_values() == [["Minutes"]]
    assert (tab.row_count, tab.col_count) == (997, 22)


def test_all_rows_but_the_frozen_ones_cannot_be_deleted(tab: gspread.Worksheet) -> None:
    tab.freeze(rows=1)
    with pytest.raises(APIError):
        tab.delete_rows(2, 1000)
    assert tab.row_count == 1000


def test_rows_are_sorted_below_what_is_frozen(tab: gspread.Worksheet) -> None:
    tab.freeze(rows=1)
    tab.sort((2, "des"))
    assert tab.col_values(1) == ["Student", "Cy", "Ben", "Ana"]
    tab.sort((1, "asc"), range="A2:B3")
    assert tab.col_values(1) == ["Student", "Ben", "Cy", "Ana"]


def test_panes_are_frozen_and_thawed(tab: gspread.Worksheet) -> None:
    tab.freeze(rows=2, cols=1)
    grid = answered(tab)["properties"]["gridProperties"]
    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (2, 1)
    assert (tab.frozen_row_count, tab.frozen_col_count) == (2, 1)
    tab.freeze(0, 0)
    assert answered(tab)["properties"]["gridProperties"] == {"rowCount": 1000, "columnCount": 26}


def test_a_tab_is_renamed_coloured_and_moved(tab: gspread.Worksheet) -> None:
    tab.spreadsheet.add_worksheet("Other", 10, 10)
    tab.update_title("Service Log")
    assert tab.spreadsheet.worksheet("Service Log").id == tab.id
    tab.update_tab_color("#FF8000")
    assert tab.get_tab_color() == "#FF8000"
    assert tab.spreadsheet.worksheet("Service Log").tab_color == "#FF8000"
    tab.clear_tab_color()
    assert tab.spreadsheet.worksheet("Service Log").tab_color is None
    tab.update_index(2)
    assert [each.title for each in tab.spreadsheet.worksheets()] == ["Other", "Service Log"]


def test_a_tab_is_hidden_and_shown(tab: gspread.Worksheet) -> None:
    tab.spreadsheet.add_worksheet("Other", 10, 10)
    tab.hide()
    assert answered(tab)["properties"]["hidden"] is True
    assert tab.isSheetHidden
    tab.show()
    assert "hidden" not in answered(tab)["properties"]
    tab.hide_gridlines()
    assert answered(tab)["properties"]["gridProperties"]["hideGridlines"] is True
    assert tab.is_gridlines_hidden
    tab.show_gridlines()
    assert "hideGridlines" not in answered(tab)["properties"]["gridProperties"]


def test_the_only_tab_that_is_seen_cannot_be_hidden(tab: gspread.Worksheet) -> None:
    with pytest.raises(APIError):
        tab.hide()
    assert "hidden" not in answered(tab)["properties"]


def test_rows_and_columns_are_hidden_and_shown(tab: gspread.Worksheet, server: SheetsServer) -> None:
    tab.hide_rows(1, 3)
    tab.hide_columns(0, 1)
    sheet = kept(tab, server)
    assert {at for at, row in sheet.rows.items() if row.get("hiddenByUser")} == {1, 2}
    assert {at for at, column in sheet.columns.items() if column.get("hiddenByUser")} == {0}
    tab.unhide_rows(1, 3)
    tab.unhide_columns(0, 1)
    sheet = kept(tab, server)
    assert not any(each.get("hiddenByUser") for each in (*sheet.rows.values(), *sheet.columns.values()))


def test_rows_and_columns_are_sized_by_what_they_hold(tab: gspread.Worksheet, server: SheetsServer) -> None:
    tab.update_acell("A1", "a rather long text " * 5)
    tab.columns_auto_resize(0, 1)
    assert kept(tab, server).columns[0]["pixelSize"] > 200
    tab.rows_auto_resize(0, 2)
    assert tab.acell("A2").value == "Ben"


def test_rows_and_columns_are_grouped(tab: gspread.Worksheet) -> None:
    tab.add_dimension_group_rows(1, 3)
    tab.add_dimension_group_columns(1, 2)
    assert tab.list_dimension_group_rows() == [
        {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}, "depth": 1}
    ]
    assert tab.list_dimension_group_columns()[0]["range"]["endIndex"] == 2
    tab.delete_dimension_group_rows(1, 3)
    tab.delete_dimension_group_columns(1, 2)
    assert tab.list_dimension_group_rows() == []
    assert tab.list_dimension_group_columns() == []


def test_a_format_is_laid_over_what_there_is(tab: gspread.Worksheet, server: SheetsServer) -> None:
    tab.format("A1:B1", {"textFormat": {"bold": True}})
    tab.format(["A1", "B2"], {"textFormat": {"italic": True}, "horizontalAlignment": "RIGHT"})
    cells = kept(tab, server).cells
    assert cells[0, 0]["userEnteredFormat"] == {
        "horizontalAlignment": "RIGHT",
        "textFormat": {"italic": True},
    }
    assert cells[0, 1]["userEnteredFormat"] == {"textFormat": {"bold": True}}
    tab.batch_format([{"range": "A2", "format": {"numberFormat": {"type": "NUMBER", "pattern": "0.0"}}}])
    tab.update_acell("A2", 7)
    assert tab.acell("A2").value == "7.0"


@pytest.mark.parametrize(
    ("kind", "merges"),
    [
        (MergeType.merge_all, [(0, 2, 0, 3)]),
        (MergeType.merge_rows, [(0, 1, 0, 3), (1, 2, 0, 3)]),
        (MergeType.merge_columns, [(0, 2, 0, 1), (0, 2, 1, 2), (0, 2, 2, 3)]),
    ],
)
def test_cells_are_merged_whole_by_rows_and_by_columns(
    tab: gspread.Worksheet, kind: MergeType, merges: list[tuple[int, int, int, int]]
) -> None:
    tab.merge_cells("A1:C2", merge_type=kind)
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    assert [tuple(merge[name] for name in names) for merge in answered(tab)["merges"]] == merges
    tab.unmerge_cells("A1:C2")
    assert "merges" not in answered(tab)


def test_merging_leaves_the_first_value_alone(tab: gspread.Worksheet) -> None:
    tab.batch_merge([{"range": "A1:B1"}, {"range": "A2:B3", "mergeType": MergeType.merge_rows}])
    assert tab.get_values("A1:B3") == [["Student"], ["Ben"], ["Ana"]]
    with pytest.raises(APIError, match="You must select all cells in a merged range"):
        tab.merge_cells("B1:C1")


def test_a_filter_lies_over_the_whole_tab_or_a_range(tab: gspread.Worksheet) -> None:
    tab.set_basic_filter()
    assert answered(tab)["basicFilter"]["range"] == {
        "startRowIndex": 0,
        "endRowIndex": 1000,
        "startColumnIndex": 0,
        "endColumnIndex": 26,
    }
    tab.set_basic_filter("A1:B4")
    assert answered(tab)["basicFilter"]["range"]["endRowIndex"] == 4
    tab.clear_basic_filter()
    assert "basicFilter" not in answered(tab)


def test_a_range_has_a_name(tab: gspread.Worksheet) -> None:
    made = tab.define_named_range("A1:B2", "Header")["replies"][0]["addNamedRange"]["namedRange"]
    book = tab.spreadsheet
    assert [one["name"] for one in book.list_named_ranges()] == ["Header"]
    assert [cell.value for cell in book.named_range("Header")] == ["Student", "Minutes", "Ben", "45"]
    assert tab.get("Header") == [["Student", "Minutes"], ["Ben", "45"]]
    tab.delete_named_range(made["namedRangeId"])
    assert book.list_named_ranges() == []


def test_a_range_is_protected(tab: gspread.Worksheet, server: SheetsServer) -> None:
    tab.add_protected_range(
        "A1:B1", ["ana@school.example"], description="header", requesting_user_can_edit=True
    )
    (found,) = tab.spreadsheet.list_protected_ranges(tab.id)
    assert found["description"] == "header"
    assert "ana@school.example" in found["editors"]["users"]
    assert found["requestingUserCanEdit"] is True
    tab.delete_protected_range(found["protectedRangeId"])
    assert tab.spreadsheet.list_protected_ranges(tab.id) == []


def test_notes_are_written_read_and_cleared(tab: gspread.Worksheet) -> None:
    tab.insert_note("A1", "who")
    tab.insert_notes({"B1": "how long", "C3": "x"})
    assert tab.get_note("A1") == "who"
    assert tab.get_notes() == [["who", "how long"], ["", ""], ["", "", "x"], ["", ""]]
    assert tab.get_notes(grid_range="B1:B1") == [["how long"]]
    tab.update_note("A1", "which child")
    tab.update_notes({"C3": "y"})
    assert (tab.get_note("A1"), tab.get_note("C3")) == ("which child", "y")
    tab.clear_note("A1")
    tab.clear_notes(["B1", "C3"])
    assert tab.get_notes() == [["", ""]] * 4
    assert tab.acell("A1").value == "Student"


def test_a_cell_offers_choices_and_refuses_others(tab: gspread.Worksheet, server: SheetsServer) -> None:
    tab.add_validation(
        "B2:B4",
        ValidationConditionType.one_of_list,
        ["30", "45"],
        inputMessage="minutes",
        strict=True,
        showCustomUi=True,
    )
    rule = kept(tab, server).cells[1, 1]["dataValidation"]
    assert rule["condition"]["values"] == [{"userEnteredValue": "30"}, {"userEnteredValue": "45"}]
    assert (rule["strict"], rule["showCustomUi"], rule["inputMessage"]) == (True, True, "minutes")


def test_cells_are_copied_and_cut(tab: gspread.Worksheet, server: SheetsServer) -> None:
    tab.format("A2", {"textFormat": {"bold": True}})
    tab.copy_range("A2:B3", "D1:E2")
    assert tab.get("D1:E2") == [["Ben", "45"], ["Ana", "30"]]
    assert kept(tab, server).cells[0, 3]["userEnteredFormat"] == {"textFormat": {"bold": True}}
    tab.copy_range("A2:B3", "G1:H2", PasteType.values, PasteOrientation.transpose)
    assert tab.get("G1:H2") == [["Ben", "Ana"], ["45", "30"]]
    assert "userEnteredFormat" not in kept(tab, server).cells[0, 6]
    tab.cut_range("A2:B2", "A6")
    assert tab.get("A1:B6") == [["Student", "Minutes"], [], ["Ana", "30"], ["Cy", "60"], [], ["Ben", "45"]]


def test_a_tab_is_duplicated_and_copied_into_another_spreadsheet(
    tab: gspread.Worksheet, client: gspread.Client
) -> None:
    twin = tab.duplicate(insert_sheet_index=0, new_sheet_id=77, new_sheet_name="Twin")
    assert (twin.id, twin.index, twin.get_all_values()) == (77, 0, tab.get_all_values())
    other = client.create("Other")
    copied = tab.copy_to(other.id)
    assert copied["title"] == "Copy of Log"
    assert other.get_worksheet_by_id(copied["sheetId"]).get_all_values() == tab.get_all_values()


def test_where_a_tab_is_in_a_browser(tab: gspread.Worksheet) -> None:
    assert tab.url.endswith(f"/spreadsheets/d/{tab.spreadsheet_id}#gid=0")
    assert (tab.title, tab.index, tab.spreadsheet.id) == ("Log", 0, tab.spreadsheet_id)
