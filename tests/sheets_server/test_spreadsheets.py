"""spreadsheets.get over HTTP: its form, ranges, masks, and what of the grid is told."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from tests.sheets_server import new_books, spreadsheets
from tests.sheets_server.accounts import STRANGER
from tests.sheets_server.asking import ask, got, refusal, update
from tests.sheets_server.discovery import sheets
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.server import OWNER, SheetsServer

PLAIN = {"pixelSize": 21}
WIDE = {"pixelSize": 100}


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    rows = [["Student", "Grade"], ["Ana", 3, None, "late"], [], ["Bo", date(2026, 1, 2)]]
    return server.create(sheets={"Caseload": rows, "Notes": [["so"]]})


def grid(server: SheetsServer, book: Spreadsheet, **query: Any) -> Json:
    """Return the first GridData of the first tab that is answered."""
    found: Json = got(server, book.id, includeGridData="true", **query)["sheets"][0]["data"][0]
    return found


def texts(data: Json) -> list[list[str]]:
    return [
        [one.get("formattedValue", "") for one in row.get("values", [])] for row in data.get("rowData", [])
    ]


def test_a_new_spreadsheet_is_described_as_google_does(server: SheetsServer) -> None:
    book = new_books.blank(server.new_id(), "New")
    server.keep_new(book, server.account)
    found = got(server, book.id)
    assert list(found) == ["spreadsheetId", "properties", "sheets", "spreadsheetUrl"]
    assert list(found["properties"]) == [
        "title",
        "locale",
        "autoRecalc",
        "timeZone",
        "defaultFormat",
        "spreadsheetTheme",
    ]
    assert found["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]


def test_cells_come_only_where_they_are_asked_for(server: SheetsServer, book: Spreadsheet) -> None:
    assert all("data" not in sheet for sheet in got(server, book.id)["sheets"])
    assert "data" not in got(server, book.id, fields="sheets.properties", includeGridData="true")["sheets"][0]
    assert "data" in got(server, book.id, fields="sheets.data.rowData.values.note")["sheets"][0]
    assert "data" in got(server, book.id, fields="*")["sheets"][0]


def test_rows_and_cells_that_are_blank_at_the_end_are_left_out(
    server: SheetsServer, book: Spreadsheet
) -> None:
    data = grid(server, book)
    assert texts(data) == [["Student", "Grade"], ["Ana", "3", "", "late"], [], ["Bo", "1/2/2026"]]
    assert data["rowData"][2] == {}
    assert data["rowData"][1]["values"][2] == {}
    assert (data["rowMetadata"], data["columnMetadata"]) == ([PLAIN] * 1000, [WIDE] * 26)
    assert list(data) == ["rowData", "rowMetadata", "columnMetadata"]


def test_a_tab_without_anything_has_no_rows(server: SheetsServer) -> None:
    data = grid(server, server.create(sheets={"Empty": []}))
    assert list(data) == ["rowMetadata", "columnMetadata"]


def test_a_cell_is_told_as_google_tells_it(server: SheetsServer, book: Spreadsheet) -> None:
    text, number = grid(server, book)["rowData"][1]["values"][:2]
    assert list(text) == ["userEnteredValue", "effectiveValue", "formattedValue", "effectiveFormat"]
    assert text["effectiveFormat"] == {
        "backgroundColor": {"red": 1, "green": 1, "blue": 1},
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "horizontalAlignment": "LEFT",
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": {
            "foregroundColor": {},
            "fontFamily": "Arial",
            "fontSize": 10,
            "bold": False,
            "italic": False,
            "strikethrough": False,
            "underline": False,
            "foregroundColorStyle": {"rgbColor": {}},
        },
        "hyperlinkDisplayType": "PLAIN_TEXT",
        "backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1, "blue": 1}},
    }
    assert number["userEnteredValue"] == number["effectiveValue"] == {"numberValue": 3}
    assert number["effectiveFormat"]["horizontalAlignment"] == "RIGHT"


def test_a_blank_cell_that_was_painted_is_told_without_a_word_of_links(
    server: SheetsServer, book: Spreadsheet
) -> None:
    area = {"sheetId": 1, "startRowIndex": 2, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 1}
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    update(server, book.id, {"repeatCell": {"range": area, "cell": bold, "fields": "userEnteredFormat"}})
    blank = grid(server, book, ranges="Notes")["rowData"][2]["values"][0]
    assert list(blank) == ["userEnteredFormat", "effectiveFormat"]
    assert blank["effectiveFormat"]["textFormat"]["bold"] is True
    assert not {"hyperlinkDisplayType", "horizontalAlignment"} & set(blank["effectiveFormat"])


def test_everything_that_a_cell_may_hold_comes_with_it(server: SheetsServer, book: Spreadsheet) -> None:
    rule = {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "yes"}]},
        "showCustomUi": True,
    }
    link = "https://school.example/"
    values = [
        {"userEnteredValue": {"formulaValue": "=1+1"}, "note": "by Ana", "dataValidation": rule},
        {"userEnteredValue": {"formulaValue": f'=HYPERLINK("{link}", "site")'}},
        {
            "userEnteredValue": {"stringValue": "two words"},
            "textFormatRuns": [{"startIndex": 4, "format": {"bold": True}}],
        },
        {"userEnteredValue": {"formulaValue": "=1/0"}},
    ]
    fields = "userEnteredValue,note,dataValidation,textFormatRuns"
    update(
        server,
        book.id,
        {
            "updateCells": {
                "rows": [{"values": values}],
                "fields": fields,
                "start": {"sheetId": 1, "rowIndex": 4},
            }
        },
    )
    sum_, site, words, error = grid(server, book, ranges="Notes!A5:D5")["rowData"][0]["values"]
    assert (sum_["userEnteredValue"], sum_["effectiveValue"], sum_["formattedValue"]) == (
        {"formulaValue": "=1+1"},
        {"numberValue": 2},
        "2",
    )
    assert (sum_["note"], sum_["dataValidation"]) == ("by Ana", rule)
    assert (site["hyperlink"], site["formattedValue"]) == (link, "site")
    assert site["effectiveFormat"]["hyperlinkDisplayType"] == "LINKED"
    assert words["textFormatRuns"][-1] == {"startIndex": 4, "format": {"bold": True}}
    assert (error["effectiveValue"]["errorValue"]["type"], error["formattedValue"]) == (
        "DIVIDE_BY_ZERO",
        "#DIV/0!",
    )


def test_formulas_that_are_alike_show_what_they_give_in_their_place(server: SheetsServer) -> None:
    book = server.create(sheets={"Rows": [["=ROW()", 1], ["=ROW()", 1]]})
    assert texts(grid(server, book)) == [["1", "1"], ["2", "1"]]


def test_ranges_bring_their_tabs_alone_and_begin_where_they_begin(
    server: SheetsServer, book: Spreadsheet
) -> None:
    found = got(
        server, book.id, includeGridData="true", ranges=["Caseload!B2:D3", "Caseload!A4", "Caseload!Z9"]
    )
    (sheet,) = found["sheets"]
    first, second, third = sheet["data"]
    assert sheet["properties"]["title"] == "Caseload"
    assert (first["startRow"], first["startColumn"], texts(first)) == (1, 1, [["3", "", "late"]])
    assert (len(first["rowMetadata"]), len(first["columnMetadata"])) == (2, 3)
    assert (second["startRow"], "startColumn" in second, texts(second)) == (3, False, [["Bo"]])
    assert (third["startRow"], third["startColumn"], "rowData" in third) == (8, 25, False)


def test_ranges_without_cells_still_choose_the_tabs(server: SheetsServer, book: Spreadsheet) -> None:
    (sheet,) = got(server, book.id, ranges="Notes")["sheets"]
    assert list(sheet) == ["properties"]


MASKS = [
    ("spreadsheetId", {"spreadsheetId": "ID"}),
    (
        "properties.title,properties.timeZone",
        {"properties": {"title": "Services", "timeZone": "America/New_York"}},
    ),
    ("properties(title,time_zone)", {"properties": {"title": "Services", "timeZone": "America/New_York"}}),
    ("namedRanges", {}),
    (
        "sheets.properties/title",
        {"sheets": [{"properties": {"title": "Caseload"}}, {"properties": {"title": "Notes"}}]},
    ),
    ("sheets.merges", {"sheets": [{}, {}]}),
    (
        "sheets(properties.sheetId,data.rowData.values(formattedValue,note))",
        {
            "sheets": [
                {
                    "properties": {"sheetId": 0},
                    "data": [
                        {
                            "rowData": [
                                {"values": [{"formattedValue": "Student"}, {"formattedValue": "Grade"}]},
                                {
                                    "values": [
                                        {"formattedValue": "Ana"},
                                        {"formattedValue": "3"},
                                        {},
                                        {"formattedValue": "late"},
                                    ]
                                },
                                {},
                                {"values": [{"formattedValue": "Bo"}, {"formattedValue": "1/2/2026"}]},
                            ]
                        }
                    ],
                },
                {
                    "properties": {"sheetId": 1},
                    "data": [{"rowData": [{"values": [{"formattedValue": "so"}]}]}],
                },
            ]
        },
    ),
]


@pytest.mark.parametrize(("fields", "expected"), MASKS, ids=[fields for fields, _ in MASKS])
def test_a_mask_brings_what_it_names_and_no_more(
    server: SheetsServer, book: Spreadsheet, fields: str, expected: Json
) -> None:
    found = got(server, book.id, fields=fields)
    if "spreadsheetId" in found:
        found["spreadsheetId"] = "ID"
    assert found == expected


EVERY_PART = (
    "*",
    "sheets",
    "sheets.data",
    "sheets.data.rowData.values.effectiveFormat",
    "sheets.data.rowData.values(effectiveFormat.numberFormat,effectiveValue.numberValue,note)",
    "sheets.data(rowData.values.userEnteredFormat.backgroundColorStyle.rgbColor.red,startRow,columnMetadata)",
    "sheets.data.rowData.values.*.textFormat",
    "sheets.*.rowData",
    "sheets(merges,data.rowMetadata.pixelSize)",
)


@pytest.mark.parametrize("fields", EVERY_PART)
def test_what_is_left_out_while_building_is_what_the_mask_leaves_out(
    server: SheetsServer, book: Spreadsheet, fields: str
) -> None:
    red = {"userEnteredFormat": {"backgroundColor": {"red": 1}, "textFormat": {"bold": True}}, "note": "n"}
    area = {"sheetId": 0, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 3}
    update(server, book.id, {"repeatCell": {"range": area, "cell": red, "fields": "userEnteredFormat,note"}})
    now = server.book(book.id)
    mask = sheets().response_mask(fields, "Spreadsheet")
    whole = spreadsheets.get(now, {"includeGridData": True})
    assert spreadsheets.get(now, {}, mask) == mask.pick(whole)


def test_sizes_and_hiding_of_rows_and_columns(server: SheetsServer, book: Spreadsheet) -> None:
    def dimension(name: str, start: int, end: int, **properties: Any) -> Json:
        where = {"sheetId": 0, "dimension": name, "startIndex": start, "endIndex": end}
        return {
            "updateDimensionProperties": {
                "range": where,
                "properties": properties,
                "fields": ",".join(properties),
            }
        }

    update(
        server,
        book.id,
        dimension("ROWS", 1, 2, hiddenByUser=True),
        dimension("ROWS", 2, 3, pixelSize=40),
        dimension("COLUMNS", 0, 2, pixelSize=200, hiddenByUser=True),
    )
    data = grid(server, book, ranges="Caseload!A1:C4")
    assert data["rowMetadata"] == [PLAIN, PLAIN | {"hiddenByUser": True}, {"pixelSize": 40}, PLAIN]
    assert data["columnMetadata"] == [{"pixelSize": 200, "hiddenByUser": True}] * 2 + [WIDE]


def test_developer_metadata_stand_where_they_belong(server: SheetsServer, book: Spreadsheet) -> None:
    def create(key: int, **location: Any) -> Json:
        one = {"metadataId": key, "metadataKey": "mark", "visibility": "DOCUMENT", "location": location}
        return {"createDeveloperMetadata": {"developerMetadata": one}}

    row = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 4, "endIndex": 5}
    update(server, book.id, create(1, spreadsheet=True), create(2, sheetId=1), create(3, dimensionRange=row))
    update(server, book.id, create(4, dimensionRange=column))
    found = got(server, book.id, includeGridData="true")
    first, second = found["sheets"]
    assert [one["metadataId"] for one in found["developerMetadata"]] == [1]
    assert [one["metadataId"] for one in second["developerMetadata"]] == [2]
    assert "developerMetadata" not in first
    data = first["data"][0]
    assert [at for at, one in enumerate(data["rowMetadata"]) if "developerMetadata" in one] == [1]
    assert [at for at, one in enumerate(data["columnMetadata"]) if "developerMetadata" in one] == [4]
    (there,) = data["rowMetadata"][1]["developerMetadata"]
    assert there["metadataId"] == 3
    assert there["location"] == {
        "locationType": "ROW",
        "dimensionRange": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2},
    }
    assert got(server, f"{book.id}/developerMetadata/2")["location"] == {
        "locationType": "SHEET",
        "sheetId": 1,
    }
    assert refusal(ask(server, "GET", f"{book.id}/developerMetadata/9"))[:2] == (404, "NOT_FOUND")
    lookup = {"developerMetadataLookup": {"metadataKey": "mark", "locationType": "SHEET"}}
    body = {"dataFilters": [lookup]}
    matched = ask(server, "POST", f"{book.id}/developerMetadata:search", body).json()
    assert [one["developerMetadata"]["metadataId"] for one in matched["matchedDeveloperMetadata"]] == [2]
    assert matched["matchedDeveloperMetadata"][0]["dataFilters"] == [lookup]
    none = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "other"}}]}
    assert ask(server, "POST", f"{book.id}/developerMetadata:search", none).json() == {}


def test_what_lies_on_ranges_of_the_first_tab_does_not_say_its_id(
    server: SheetsServer, book: Spreadsheet
) -> None:
    area = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    on_both = [{"sheetId": sheet_id, **area} for sheet_id in (0, 1)]
    rows = {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}
    bands = {"firstBandColor": {"red": 1}, "secondBandColor": {"blue": 1}}
    for on in on_both:
        where = {"sheetId": on["sheetId"]}
        update(
            server,
            book.id,
            {"mergeCells": {"range": on, "mergeType": "MERGE_ALL"}},
            {
                "setBasicFilter": {
                    "filter": {"range": {**where, **area, "startRowIndex": 3, "endRowIndex": 9}}
                }
            },
            {"addProtectedRange": {"protectedRange": {"range": on, "warningOnly": True}}},
            {"addFilterView": {"filter": {"title": f"View {where}", "range": on}}},
            {"addDimensionGroup": {"range": {**where, **rows}}},
            {"addDimensionGroup": {"range": {**where, **rows, "dimension": "COLUMNS"}}},
            {"addBanding": {"bandedRange": {"range": on, "rowProperties": bands}}},
        )
    first, second = got(server, book.id)["sheets"]
    for sheet, said in ((first, {}), (second, {"sheetId": 1})):
        assert sheet["merges"] == [said | area]
        assert sheet["basicFilter"]["range"] == said | area | {"startRowIndex": 3, "endRowIndex": 9}
        assert sheet["protectedRanges"][0]["range"] == said | area
        assert sheet["filterViews"][0]["range"] == said | area
        assert sheet["rowGroups"] == [{"range": said | rows, "depth": 1}]
        columns = said | rows | {"dimension": "COLUMNS"}
        assert sheet["columnGroups"] == [{"range": columns, "depth": 1}]
        assert sheet["bandedRanges"][0]["range"] == said | area


def test_of_merges_only_those_on_the_ranges_are_told(server: SheetsServer, book: Spreadsheet) -> None:
    for top in (0, 10):
        area = {"sheetId": 0, "startRowIndex": top, "endRowIndex": top + 2, "endColumnIndex": 2}
        update(server, book.id, {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    (sheet,) = got(server, book.id, ranges="Caseload!A1:B5")["sheets"]
    assert [merge["startRowIndex"] for merge in sheet["merges"]] == [0]
    assert len(got(server, book.id)["sheets"][0]["merges"]) == 2


def test_editors_of_a_protected_range_are_told_to_editors_alone(
    server: SheetsServer, book: Spreadsheet
) -> None:
    server.share(book.id, STRANGER, "writer")
    protected = {"range": {"sheetId": 0}, "editors": {"users": [OWNER]}}
    ask(
        server,
        "POST",
        f"{book.id}:batchUpdate",
        {"requests": [{"addProtectedRange": {"protectedRange": protected}}]},
        OWNER,
    )

    def seen(user: str) -> Json:
        (one,) = ask(server, "GET", book.id, user=user).json()["sheets"][0]["protectedRanges"]
        found: Json = one
        return found

    assert (seen(OWNER)["requestingUserCanEdit"], seen(OWNER)["editors"]) == (True, {"users": [OWNER]})
    assert "requestingUserCanEdit" not in seen(STRANGER)
    assert "editors" not in seen(STRANGER)


def test_a_data_filter_selects_what_ranges_do(server: SheetsServer, book: Spreadsheet) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "endColumnIndex": 2}
    body = {"dataFilters": [{"gridRange": area}, {"a1Range": "Notes!A1"}], "includeGridData": True}
    found = ask(server, "POST", f"{book.id}:getByDataFilter", body).json()
    assert [texts(sheet["data"][0]) for sheet in found["sheets"]] == [[["Ana", "3"]], [["so"]]]
    ranges = got(server, book.id, ranges=["Caseload!A2:B2", "Notes!A1"], includeGridData="true")
    assert found == ranges
    assert server.requests[-2].kind == "read"


def test_a_batch_brings_the_spreadsheet_as_it_is_afterwards(server: SheetsServer, book: Spreadsheet) -> None:
    row = {"values": [{"userEnteredValue": {"stringValue": "new"}}]}
    asked = {"updateCells": {"rows": [row], "fields": "userEnteredValue", "start": {"sheetId": 1}}}
    more = {"includeSpreadsheetInResponse": True, "responseRanges": ["Notes!A1:A2"]}

    def answered(**query: Any) -> Json:
        response = ask(server, "POST", f"{book.id}:batchUpdate", {"requests": [asked], **more}, **query)
        found: Json = response.json()
        return found

    masked = answered(fields="updatedSpreadsheet.sheets.data.rowData.values.formattedValue")
    assert masked == {
        "updatedSpreadsheet": {"sheets": [{"data": [{"rowData": [{"values": [{"formattedValue": "new"}]}]}]}]}
    }
    plain = answered()["updatedSpreadsheet"]
    assert [sheet["properties"]["title"] for sheet in plain["sheets"]] == ["Notes"]
    assert "data" not in plain["sheets"][0]
    assert list(answered(fields="replies")) == ["replies"]
    more["responseIncludeGridData"] = True
    assert texts(answered()["updatedSpreadsheet"]["sheets"][0]["data"][0]) == [["new"]]


def test_a_tab_is_copied_to_another_spreadsheet_with_all_that_is_on_it(
    server: SheetsServer, book: Spreadsheet
) -> None:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 4, "endColumnIndex": 6}
    update(server, book.id, {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    target = server.create(title="Target", sheets={"Copy of Caseload": []})
    body = {"destinationSpreadsheetId": target.id}
    copied = ask(server, "POST", f"{book.id}/sheets/0:copyTo", body).json()
    assert (copied["title"], copied["index"]) == ("Copy of Caseload 2", 1)
    assert len(target.sheets) == 1
    there = server.book(target.id).sheets[1]
    assert (there.id, there.cells) == (copied["sheetId"], server.book(book.id).sheets[0].cells)
    assert there.merges == [area | {"sheetId": there.id}]


COPIES = [("reader", "writer", 200), ("reader", "reader", 403), (None, "writer", 403)]


@pytest.mark.parametrize(("source", "target", "status"), COPIES)
def test_who_copies_a_tab_must_read_here_and_write_there(
    server: SheetsServer, book: Spreadsheet, source: str | None, target: str, status: int
) -> None:
    other = server.create(title="Target")
    server.share(book.id, STRANGER, source)
    server.share(other.id, STRANGER, target)
    body = {"destinationSpreadsheetId": other.id}
    assert ask(server, "POST", f"{book.id}/sheets/0:copyTo", body, STRANGER).status_code == status


def test_a_tab_that_is_not_there_is_not_copied(server: SheetsServer, book: Spreadsheet) -> None:
    body = {"destinationSpreadsheetId": book.id}
    assert ask(server, "POST", f"{book.id}/sheets/77:copyTo", body).status_code == 404


def test_a_large_workbook_is_read_in_seconds(server: SheetsServer) -> None:
    day = date(2026, 1, 5)
    log = [[f"Student {row % 40}", "Speech", day, 30, "Delivered", row, True, "x"] for row in range(5_000)]
    book = server.create(sheets={"Log": log})
    fields = (
        "sheets(data(rowData.values(formattedValue,effectiveValue(numberValue,boolValue,errorValue.type),"
        "effectiveFormat.numberFormat,note,userEnteredFormat(backgroundColorStyle,textFormat(bold,link)))))"
    )
    begun = time.monotonic()
    response = ask(server, "GET", book.id, fields=fields, prettyPrint="false")
    assert time.monotonic() - begun < 5
    assert len(response.json()["sheets"][0]["data"][0]["rowData"]) == 5_000
