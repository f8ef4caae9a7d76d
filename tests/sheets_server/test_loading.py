"""Workbooks that the server is given: .xlsx files, JSON, tables of a test."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from tests.sheets_server import effective, spreadsheets
from tests.sheets_server.asking import got
from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.xlsx_values import cell_of, format_of, serial

# value, number format in the file -> ExtendedValue, type and pattern, what is shown
CELLS = [
    ("Ana", "General", {"stringValue": "Ana"}, None, "Ana"),
    ("0012", "@", {"stringValue": "0012"}, ("TEXT", "@"), "0012"),
    (12, "0000", {"numberValue": 12}, ("NUMBER", "0000"), "0012"),
    (30, "General", {"numberValue": 30}, None, "30"),
    (30, '0" min"', {"numberValue": 30}, ("NUMBER", '0" min"'), "30 min"),
    (0.5, "0%", {"numberValue": 0.5}, ("PERCENT", "0%"), "50%"),
    (1200.5, '"$"#,##0.00', {"numberValue": 1200.5}, ("CURRENCY", '"$"#,##0.00'), "$1,200.50"),
    (1200.5, "[$$-409]#,##0.00", {"numberValue": 1200.5}, ("CURRENCY", "[$$-409]#,##0.00"), "$1,200.50"),
    (True, "General", {"boolValue": True}, None, "TRUE"),
    (date(2026, 1, 2), "m/d/yyyy", {"numberValue": 46024}, ("DATE", "m/d/yyyy"), "1/2/2026"),
    (date(2026, 1, 2), "[$-409]m/d/yyyy;@", {"numberValue": 46024}, ("DATE", "m/d/yyyy"), "1/2/2026"),
    (
        datetime(2026, 1, 2, 12),  # noqa: DTZ001
        "yyyy-mm-dd hh:mm",
        {"numberValue": 46024.5},
        ("DATE_TIME", "yyyy-mm-dd hh:mm"),
        "2026-01-02 12:00",
    ),
    (time(9, 30), "h:mm AM/PM", {"numberValue": 9.5 / 24}, ("TIME", "h:mm AM/PM"), "9:30 AM"),
    (timedelta(hours=30), "[h]:mm", {"numberValue": 1.25}, ("TIME", "[h]:mm"), "30:00"),
    ("=1+1", "General", {"formulaValue": "=1+1"}, None, "2"),
    ("#N/A", "General", {"errorValue": {"type": "N_A"}}, None, "#N/A"),
    ("=", "General", {"stringValue": "="}, None, "="),
]


@pytest.mark.parametrize(("value", "number_format", "entered", "kind", "shown"), CELLS)
def test_a_cell_of_an_excel_file_becomes_one_of_googles(
    server: SheetsServer, tmp_path: Path, value: Any, number_format: str, entered: Json, kind: Any, shown: str
) -> None:
    workbook = Workbook()
    workbook.active["A1"].value = value
    workbook.active["A1"].number_format = number_format
    book = server.load(saved(workbook, tmp_path))
    cell = book.sheets[0].cells[0, 0]
    assert cell["userEnteredValue"] == entered
    form = cell.get("userEnteredFormat", {}).get("numberFormat")
    assert (form and (form["type"], form["pattern"])) == kind
    assert effective.formatted_value(book, book.sheets[0], (0, 0)) == shown


def test_a_blank_cell_keeps_its_number_format(server: SheetsServer, tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active["A1"].number_format = "@"
    book = server.load(saved(workbook, tmp_path))
    assert book.sheets[0].cells == {
        (0, 0): {"userEnteredFormat": {"numberFormat": {"type": "TEXT", "pattern": "@"}}}
    }


def saved(workbook: Workbook, folder: Path) -> Path:
    path = folder / "Services 2026.xlsx"
    workbook.save(path)
    return path


@pytest.fixture
def laid_out(server: SheetsServer, tmp_path: Path) -> Spreadsheet:
    """A workbook with everything that is read from an .xlsx file."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Caseload"
    sheet.append(["Student", None, "Go"])
    sheet.append(["Ana", 30, "there"])
    head = sheet["A1"]
    head.font = Font(bold=True, italic=True, strike=True, underline="single", color="FFFF0000")
    head.fill = PatternFill("solid", fgColor="FF00FF00")
    head.alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
    head.comment = Comment("by Bo", "Bo")
    sheet["C1"].hyperlink = "https://school.example/"
    sheet["C2"].hyperlink = "#'My notes'!B3"
    sheet["C2"].hyperlink.location, sheet["C2"].hyperlink.target = "'My notes'!$B$3", None
    sheet["B2"].font = Font(italic=True)
    sheet.merge_cells("A4:B5")
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[3].height = 30
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["D"].width = 20
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = "A1:C2"
    choice = DataValidation(type="list", formula1='"Speech,OT"', showErrorMessage=True)
    choice.add("B2")
    sheet.add_data_validation(choice)
    choice = DataValidation(type="list", formula1="'My notes'!$A$1:$A$9", showErrorMessage=False)
    choice.add("A2")
    sheet.add_data_validation(choice)
    notes = workbook.create_sheet("My notes")
    notes.sheet_state = "hidden"
    notes.sheet_properties.tabColor = "FF0000FF"
    return server.load(saved(workbook, tmp_path))


def test_a_workbook_has_its_tabs_and_the_files_name(laid_out: Spreadsheet) -> None:
    caseload, notes = laid_out.sheets
    assert laid_out.title == "Services 2026"
    assert [sheet.title for sheet in laid_out.sheets] == ["Caseload", "My notes"]
    assert (caseload.row_count, caseload.column_count) == (1000, 26)
    assert caseload.properties["gridProperties"] == {
        "rowCount": 1000,
        "columnCount": 26,
        "frozenRowCount": 1,
        "frozenColumnCount": 1,
    }
    assert (caseload.properties.get("hidden"), notes.properties["hidden"]) == (None, True)
    assert notes.properties["tabColorStyle"] == {"rgbColor": {"blue": 1}}
    assert caseload.id != notes.id


def test_looks_and_notes_come_along(laid_out: Spreadsheet) -> None:
    head = laid_out.sheets[0].cells[0, 0]
    assert head["note"] == "by Bo"
    assert head["userEnteredFormat"] == {
        "backgroundColor": {"green": 1},
        "backgroundColorStyle": {"rgbColor": {"green": 1}},
        "textFormat": {
            "bold": True,
            "italic": True,
            "strikethrough": True,
            "underline": True,
            "foregroundColor": {"red": 1},
            "foregroundColorStyle": {"rgbColor": {"red": 1}},
        },
        "horizontalAlignment": "CENTER",
        "verticalAlignment": "TOP",
        "wrapStrategy": "WRAP",
    }
    assert laid_out.sheets[0].cells[1, 1]["userEnteredFormat"] == {"textFormat": {"italic": True}}


def test_links_lead_outside_or_to_a_cell(laid_out: Spreadsheet) -> None:
    caseload, notes = laid_out.sheets
    links = [caseload.cells[row, 2]["userEnteredFormat"]["textFormat"]["link"]["uri"] for row in (0, 1)]
    assert links == ["https://school.example/", f"#gid={notes.id}&range=B3"]


def test_sizes_hiding_merges_and_filters_come_along(laid_out: Spreadsheet) -> None:
    sheet = laid_out.sheets[0]
    assert (sheet.rows, sheet.columns) == (
        {1: {"hiddenByUser": True}, 2: {"pixelSize": 40}},
        {1: {"hiddenByUser": True, "pixelSize": 96}, 3: {"pixelSize": 145}},
    )
    bounds = {"startRowIndex": 3, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 2}
    assert sheet.merges == [{"sheetId": sheet.id, **bounds}]
    assert sheet.basic_filter == {
        "range": {
            "sheetId": sheet.id,
            "startRowIndex": 0,
            "endRowIndex": 2,
            "startColumnIndex": 0,
            "endColumnIndex": 3,
        }
    }


def test_lists_to_choose_from_come_along(laid_out: Spreadsheet) -> None:
    cells = laid_out.sheets[0].cells
    assert cells[1, 1]["dataValidation"] == {
        "condition": {
            "type": "ONE_OF_LIST",
            "values": [{"userEnteredValue": "Speech"}, {"userEnteredValue": "OT"}],
        },
        "strict": True,
        "showCustomUi": True,
    }
    assert cells[1, 0]["dataValidation"]["condition"] == {
        "type": "ONE_OF_RANGE",
        "values": [{"userEnteredValue": "='My notes'!$A$1:$A$9"}],
    }
    assert not cells[1, 0]["dataValidation"].get("strict")


def test_what_is_answered_can_be_loaded_again(
    server: SheetsServer, laid_out: Spreadsheet, tmp_path: Path
) -> None:
    path = tmp_path / "saved.json"
    path.write_text(json.dumps(got(server, laid_out.id, includeGridData="true")))
    again = server.load(path)
    assert again.id != laid_out.id
    assert again.sheets == laid_out.sheets
    assert (
        spreadsheets.get(again, {"includeGridData": True})["sheets"]
        == (spreadsheets.get(laid_out, {"includeGridData": True})["sheets"])
    )


def test_a_resource_keeps_its_ids_and_whatever_lies_on_ranges(server: SheetsServer) -> None:
    area = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    mark = {"metadataId": 5, "metadataKey": "mark", "location": {"locationType": "SHEET", "sheetId": 0}}
    resource: Json = {
        "spreadsheetId": "elsewhere",
        "properties": {"title": "Kept", "locale": "de_DE"},
        "namedRanges": [{"namedRangeId": "n", "name": "Names", "range": area}],
        "sheets": [
            {
                "properties": {"sheetId": 0, "title": "Caseload"},
                "merges": [area],
                "protectedRanges": [{"protectedRangeId": 3, "range": area, "requestingUserCanEdit": True}],
                "filterViews": [{"filterViewId": 4, "title": "Mine", "range": area}],
                "conditionalFormats": [{"ranges": [area], "booleanRule": {}}],
                "rowGroups": [{"range": {"dimension": "ROWS", "endIndex": 2}, "depth": 1}],
                "developerMetadata": [mark],
            },
            {"properties": {"sheetId": 9, "title": "Chart", "sheetType": "OBJECT"}},
        ],
    }
    before = json.dumps(resource)
    book = server.load(resource)
    sheet, chart = book.sheets
    laid = {"sheetId": 0, **area}
    assert json.dumps(resource) == before
    assert (book.title, book.properties["locale"], sheet.merges) == ("Kept", "de_DE", [laid])
    assert sheet.protected_ranges == {3: {"protectedRangeId": 3, "range": laid}}
    assert sheet.filter_views == {4: {"filterViewId": 4, "title": "Mine", "range": laid}}
    assert sheet.conditional_formats[0]["ranges"] == [laid]
    assert sheet.developer_metadata == {5: mark}
    assert book.named_ranges["n"]["range"] == laid
    assert "gridProperties" not in chart.properties
    found = got(server, book.id, includeGridData="true")["sheets"]
    assert ["data" in one for one in found] == [True, False]


def test_a_title_can_be_given(server: SheetsServer, tmp_path: Path) -> None:
    assert server.load(saved(Workbook(), tmp_path), title="Another").title == "Another"


@pytest.mark.parametrize("name", ["services.ods", "services", "services.csv"])
def test_another_kind_of_file_is_refused(server: SheetsServer, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(ValueError, match=r"expected an \.xlsx or \.json file"):
        server.load(tmp_path / name)


def test_a_table_of_a_test_becomes_a_tab_as_large_as_it_needs(server: SheetsServer) -> None:
    book = server.create(title="T", sheets={"Long": [["x"]] * 1200, "Wide": [[1] * 30], "Empty": []})
    sizes = [(sheet.row_count, sheet.column_count) for sheet in book.sheets]
    assert sizes == [(1200, 26), (1000, 30), (1000, 26)]
    assert [sheet.id for sheet in book.sheets] == [0, 1, 2]
    assert (book.sharing["case.manager@school.example"], book.sharing[server.account]) == ("owner", "writer")


# value -> what is put into the cell
TYPED = [
    (date(2026, 1, 2), {"numberValue": 46024}, "DATE"),
    (datetime(2026, 1, 2, 6), {"numberValue": 46024.25}, "DATE_TIME"),  # noqa: DTZ001
    (time(12), {"numberValue": 0.5}, "TIME"),
    (timedelta(days=2), {"numberValue": 2}, "TIME"),
    (3, {"numberValue": 3}, None),
    ("", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("value", "entered", "kind"), TYPED)
def test_dates_are_dates_without_being_told(value: Any, entered: Json | None, kind: str | None) -> None:
    cell = cell_of(value)
    assert cell.get("userEnteredValue") == entered
    assert cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type") == kind


# pattern -> type
KINDS = [
    ("d", "DATE"), ("mmm", "DATE"), ("yyyy", "DATE"), ("mm:ss", "TIME"), ("[mm]", "TIME"), ("h", "TIME"),
    ("0.00E+00", "SCIENTIFIC"), ("€0", "CURRENCY"), ('0" days"', "NUMBER"), ("0.0%", "PERCENT"),
    ("#,##0", "NUMBER"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "kind"), KINDS)
def test_what_kind_a_number_format_is(pattern: str, kind: str) -> None:
    form = format_of(pattern)
    assert form is not None
    assert form["type"] == kind


def test_general_is_no_format() -> None:
    assert format_of("General") is None


def test_days_are_counted_from_the_end_of_1899() -> None:
    assert [serial(day) for day in (date(1899, 12, 30), date(1900, 3, 1), date(2026, 1, 1))] == [0, 61, 46023]


def test_formats_that_are_alike_are_one_piece(laid_out: Spreadsheet, server: SheetsServer) -> None:
    rows = [[date(2026, 1, day)] for day in (1, 2, 3)]
    sheet: Sheet = server.create(sheets={"Log": rows}).sheets[0]
    assert len({id(cell["userEnteredFormat"]) for cell in sheet.cells.values()}) == 1
