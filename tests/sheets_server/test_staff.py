"""Staff who edit meanwhile."""

from __future__ import annotations

import pytest

from tests.sheets_server.asking import ask, cell, got, update
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.registry import REQUESTS
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.staff import Edit


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.create(sheets={"Notes": [["one"], ["two"]]})


def by_hand(name: str, **request: object) -> Edit:
    """Return what people do by hand, as a request of a batchUpdate says it."""
    return lambda book: REQUESTS[name](book, request, Context())


def typed(text: str) -> Edit:
    return by_hand("updateCells", **cell(text)["updateCells"])


def shown(server: SheetsServer, book: Spreadsheet) -> list[list[str]]:
    rows: list[list[str]] = got(server, f"{book.id}/values/Notes")["values"]
    return rows


def test_staff_edit_now(server: SheetsServer, book: Spreadsheet) -> None:
    after = server.staff.do(book.id, typed("by Ana"))
    assert after.sheets[0].cells[0, 0] == {"userEnteredValue": {"stringValue": "by Ana"}}
    assert shown(server, book)[0] == ["by Ana"]


def test_a_spreadsheet_that_was_read_stays_as_it_was(server: SheetsServer, book: Spreadsheet) -> None:
    server.staff.do(book.id, typed("by Ana"))
    assert book.sheets[0].cells[0, 0] == {"userEnteredValue": {"stringValue": "one"}}


def test_staff_edit_before_the_next_write_and_only_once(server: SheetsServer, book: Spreadsheet) -> None:
    insert = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    server.staff.next(by_hand("insertDimension", range=insert, inheritFromBefore=False))
    assert shown(server, book) == [["one"], ["two"]]
    update(server, book.id, cell("written"))
    assert shown(server, book) == [["written"], ["one"], ["two"]]
    update(server, book.id, cell("again"))
    assert shown(server, book) == [["again"], ["one"], ["two"]]


def test_staff_edit_before_the_next_read(server: SheetsServer, book: Spreadsheet) -> None:
    server.staff.next(typed("by Ana"), before="read")
    update(
        server, book.id, {"deleteDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "endIndex": 1}}}
    )
    assert shown(server, book) == [["by Ana"]]


def test_staff_edit_one_spreadsheet_of_several(server: SheetsServer, book: Spreadsheet) -> None:
    other = server.create(sheets={"Notes": [["else"]]})
    server.staff.next(typed("by Ana"), before="read", book_id=other.id)
    assert shown(server, book)[0] == ["one"]
    assert shown(server, other) == [["by Ana"]]


def test_several_edits_happen_one_before_each_request(server: SheetsServer, book: Spreadsheet) -> None:
    server.staff.next(typed("first"), before="read")
    server.staff.next(typed("second"), before="read")
    assert [shown(server, book)[0] for _ in range(3)] == [["first"], ["second"], ["second"]]


def test_edits_that_wait_can_be_dropped(server: SheetsServer, book: Spreadsheet) -> None:
    server.staff.next(typed("by Ana"), before="read")
    server.staff.forget()
    assert shown(server, book)[0] == ["one"]


def test_an_edit_that_fails_changes_nothing(server: SheetsServer, book: Spreadsheet) -> None:
    def half(one: Spreadsheet) -> None:
        one.sheets[0].cells.clear()
        raise ValueError("a meeting began")

    with pytest.raises(ValueError, match="a meeting began"):
        server.staff.do(book.id, half)
    assert shown(server, book) == [["one"], ["two"]]


def test_what_is_written_goes_by_what_staff_left(server: SheetsServer, book: Spreadsheet) -> None:
    server.staff.do(book.id, by_hand("addSheet", properties={"title": "Other", "sheetId": 5}))
    server.staff.next(by_hand("deleteSheet", sheetId=5))
    request: Json = {"updateSheetProperties": {"properties": {"sheetId": 5, "title": "x"}, "fields": "title"}}
    response = ask(server, "POST", f"{book.id}:batchUpdate", {"requests": [request]})
    assert response.status_code == 400
    assert "No sheet with id: 5" in response.json()["error"]["message"]
