"""gspread's methods of a client and a spreadsheet that are not Drive's alone."""

from __future__ import annotations

import gspread
import pytest
from gspread.exceptions import APIError, NoValidUrlKeyFound, SpreadsheetNotFound, WorksheetNotFound

from tests.sheets_server import gspread_client
from tests.sheets_server.accounts import STRANGER
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def book(client: gspread.Client, server: SheetsServer) -> gspread.Spreadsheet:
    return client.open_by_key(server.create(title="Services", sheets={"Log": [["a", 1]], "Old": [["b"]]}).id)


def test_a_spreadsheet_is_opened_by_key_by_url_and_by_title(
    client: gspread.Client, book: gspread.Spreadsheet
) -> None:
    assert client.open_by_url(book.url).id == book.id
    assert client.open_by_url(f"https://docs.google.com/spreadsheets/d/{book.id}/edit#gid=0").id == book.id
    assert client.open("Services").id == book.id
    assert [each.id for each in client.openall()] == [book.id]
    assert client.openall("Nothing of this name") == []
    with pytest.raises(NoValidUrlKeyFound):
        client.open_by_url("https://school.example/")


def test_what_is_not_there_and_what_is_not_shared_differ(
    server: SheetsServer, client: gspread.Client
) -> None:
    theirs = gspread_client.client_of(server, STRANGER).create("Private")
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key("test")
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_url("https://docs.google.com/spreadsheets/d/test")
    with pytest.raises(PermissionError):
        client.open_by_key(theirs.id)


def test_a_spreadsheet_tells_its_properties(client: gspread.Client, book: gspread.Spreadsheet) -> None:
    assert (book.title, book.locale, book.timezone) == ("Services", "en_US", "America/New_York")
    assert book.url == f"https://docs.google.com/spreadsheets/d/{book.id}"
    assert book.creationTime <= book.lastUpdateTime
    book.update_drive_metadata()
    assert book.get_lastUpdateTime() == book.lastUpdateTime
    assert client.expiry is not None


def test_its_title_locale_and_time_zone_change(client: gspread.Client, book: gspread.Spreadsheet) -> None:
    book.update_title("🎊 Spring #2 🎉")
    book.update_locale("fr_FR")
    book.update_timezone("Europe/Paris")
    again = client.open_by_key(book.id)
    assert (again.title, again.locale, again.timezone) == ("🎊 Spring #2 🎉", "fr_FR", "Europe/Paris")
    book.sheet1.update([["1,5"]], "A1", raw=False)
    assert again.sheet1.acell("A1", value_render_option="UNFORMATTED_VALUE").value == 1.5


def test_tabs_are_found_by_place_id_and_title(book: gspread.Spreadsheet) -> None:
    assert book.get_worksheet(1).title == "Old"
    assert book.get_worksheet_by_id(0).title == "Log"
    assert book.worksheet("Old").index == 1
    assert [tab.id for tab in book] == [tab.id for tab in book.worksheets()]
    assert book.sheet1.title == "Log"
    for missing in (
        lambda: book.get_worksheet(5),
        lambda: book.get_worksheet_by_id(5),
        lambda: book.worksheet("X"),
    ):
        with pytest.raises(WorksheetNotFound):
            missing()


def test_tabs_are_added_duplicated_ordered_hidden_and_deleted(book: gspread.Spreadsheet) -> None:
    added = book.add_worksheet("🌵 1", 10, 5, index=0)
    assert (added.index, added.row_count, added.col_count) == (0, 10, 5)
    with pytest.raises(APIError, match="already exists"):
        book.add_worksheet("Log", 1, 1)
    twin = book.duplicate_sheet(0, insert_sheet_index=3, new_sheet_name="Twin")
    assert twin.get_all_values() == [["a", "1"]]
    book.reorder_worksheets([twin, book.worksheet("Old")])
    assert [tab.title for tab in book.worksheets()] == ["Twin", "Old", "🌵 1", "Log"]
    added.hide()
    assert [tab.title for tab in book.worksheets(exclude_hidden=True)] == ["Twin", "Old", "Log"]
    book.del_worksheet(added)
    book.del_worksheet_by_id(twin.id)
    assert [tab.title for tab in book.worksheets()] == ["Old", "Log"]


def test_the_last_tab_cannot_be_deleted(book: gspread.Spreadsheet) -> None:
    book.del_worksheet(book.worksheet("Old"))
    with pytest.raises(APIError):
        book.del_worksheet(book.worksheet("Log"))


def test_values_are_read_and_written_below_gspreads_own_forms(book: gspread.Spreadsheet) -> None:
    raw = {"valueInputOption": "RAW"}
    book.values_update("Log!B2", params=raw, body={"values": [["🍇", "🍉"]]})
    assert book.values_get("Log")["values"] == [["a", "1"], ["", "🍇", "🍉"]]
    book.values_append("Log!A1", params=raw, body={"values": [["c"]]})
    ranges = book.values_batch_get(["Log!A:A", "Old"])["valueRanges"]
    assert [one["values"] for one in ranges] == [[["a"], [], ["c"]], [["b"]]]
    data = [{"range": "Old!A1", "values": [["d"]]}, {"range": "Log!A1", "values": [["e"]]}]
    answer = book.values_batch_update(body={"valueInputOption": "RAW", "data": data})
    assert answer["totalUpdatedSheets"] == 2
    assert book.values_clear("Old!A1")["clearedRange"] == "Old!A1"
    book.values_batch_clear(body={"ranges": ["Log!A1:B1", "Log!A3"]})
    assert book.values_get("Log")["values"] == [[], ["", "🍇", "🍉"]]
    assert "values" not in book.values_get("Old")


def test_a_batch_is_carried_out_whole_or_not_at_all(book: gspread.Spreadsheet) -> None:
    rename = {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "New"}, "fields": "title"}}
    with pytest.raises(APIError, match=r"Invalid requests\[1\]"):
        book.batch_update({"requests": [rename, {"deleteSheet": {"sheetId": 99}}]})
    assert book.fetch_sheet_metadata()["sheets"][0]["properties"]["title"] == "Log"
    assert book.batch_update({"requests": [rename]})["replies"] == [{}]
    assert [tab.title for tab in book.worksheets()] == ["New", "Old"]


def test_a_timeout_is_kept(client: gspread.Client, book: gspread.Spreadsheet, server: SheetsServer) -> None:
    client.set_timeout(0.2)
    book.fetch_sheet_metadata()
    server.delay = 1
    with pytest.raises(IOError, match="timed out"):
        book.fetch_sheet_metadata()
