"""The client against the test server, over real HTTP: what is asked, and who may do what."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import gspread
import pytest

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.client import SheetsClient
from sheets_sync.edges.google.credentials import access
from sheets_sync.edges.google.failures import NoSuchRange, Refused
from sheets_sync.problems import RunFailed, WrongUse
from tests.edges.google.talking import TITLE, a1, a_cell, client_of, first_id, kinds
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
SERVICES = {"properties": {"title": "Services"}}


def test_one_token_and_one_request_for_one_reading(server: SheetsServer, tmp_path: Path) -> None:
    client = client_of(server, tmp_path)
    book = server.create()
    assert client.spreadsheets_get(book.id, TITLE) == SERVICES
    client.spreadsheets_get(book.id, TITLE)
    client.batch_update(book.id, a_cell("x", first_id(server, book.id)), fields="spreadsheetId", repeat=True)
    assert kinds(server) == [("token", 200), ("read", 200), ("read", 200), ("write", 200)]
    assert client.calls == {"read": 2, "write": 1}


def test_one_scope_and_no_other_is_in_the_token(server: SheetsServer, tmp_path: Path) -> None:
    client_of(server, tmp_path).spreadsheets_get(server.create().id, TITLE)
    (given,) = server.tokens._given.values()
    assert given[0].scopes == {SCOPE}


def test_what_is_written_goes_as_short_json(server: SheetsServer, tmp_path: Path) -> None:
    book = server.create()
    body = a_cell("Zoë \N{EM DASH} 20 min \ud800", first_id(server, book.id))
    client_of(server, tmp_path).batch_update(book.id, body, fields="spreadsheetId", repeat=True)
    (write,) = [one for one in server.requests if one.kind == "write"]
    short = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    assert write.sent == len(short.encode("utf-8", "replace"))
    assert write.query["fields"] == ["spreadsheetId"]
    assert write.reply == {"spreadsheetId": book.id}
    assert a1(server, book.id) == {"stringValue": "Zoë \N{EM DASH} 20 min ?"}


def test_answers_come_compressed(server: SheetsServer, tmp_path: Path) -> None:
    book = server.create(sheets={"Log": [["the same again"]] * 500})
    client_of(server, tmp_path).spreadsheets_get(book.id, {"includeGridData": "true"})
    (read,) = [one for one in server.requests if one.kind == "read"]
    assert read.answered < 10_000 < len(json.dumps(read.reply))
    assert "gzip" in read.request.headers["accept-encoding"]
    assert "gzip" in read.request.headers["user-agent"]


def test_gspread_works_through_it_unchanged(server: SheetsServer, tmp_path: Path) -> None:
    who = access(GoogleConfig(credentials=server.key_file(tmp_path)))
    client = gspread.Client(who.credentials, http_client=partial(SheetsClient, who=who, endpoint=server.url))
    book = server.create(sheets={"Caseload": [["Student", "Grade"], ["Ana R.", 3]]})
    sheet = client.open_by_key(book.id).worksheet("Caseload")
    assert sheet.get_all_records() == [{"Student": "Ana R.", "Grade": 3}]
    sheet.update([["x"]], "C1")
    assert sheet.acell("C1").value == "x"


def test_its_repr_says_where_and_who(server: SheetsServer, tmp_path: Path) -> None:
    assert repr(client_of(server, tmp_path)) == f"SheetsClient({server.url}, {server.account})"


def test_a_person_is_acted_for(server: SheetsServer, tmp_path: Path) -> None:
    server.tokens.delegated.add("office@school.example")
    book = server.create()
    server.share(book.id, "office@school.example", "writer")
    server.share(book.id, server.account, None)
    client = client_of(server, tmp_path, subject="office@school.example")
    client.spreadsheets_get(book.id, TITLE)
    assert client.account == "office@school.example"
    assert server.requests[-1].user == "office@school.example"


def test_a_token_of_its_own_signing_saves_the_token_call(server: SheetsServer, tmp_path: Path) -> None:
    client = client_of(server, tmp_path, always_use_jwt_access=True)
    client.spreadsheets_get(server.create().id, TITLE)
    assert kinds(server) == [("read", 200)]


def test_not_shared(server: SheetsServer, tmp_path: Path) -> None:
    book = server.create()
    server.share(book.id, server.account, None)
    with pytest.raises(RunFailed, match=f"not shared with {server.account}"):
        client_of(server, tmp_path).spreadsheets_get(book.id, TITLE)


def test_no_such_workbook(server: SheetsServer, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="There is no Google workbook at this address"):
        client_of(server, tmp_path).spreadsheets_get("1" * 44, TITLE)


def test_the_api_is_not_enabled(server: SheetsServer, tmp_path: Path) -> None:
    server.api_enabled = False
    with pytest.raises(RunFailed, match="API is not enabled") as raised:
        client_of(server, tmp_path).spreadsheets_get(server.create().id, TITLE)
    assert "https://console.developers.google.com/apis/api/sheets.googleapis.com" in raised.value.remedy


@pytest.mark.parametrize("role", ["writer", "reader", None])
def test_who_may_write_is_found_out_without_writing(
    server: SheetsServer, tmp_path: Path, role: str | None
) -> None:
    book = server.create()
    server.share(book.id, server.account, role)
    before = server.book(book.id).sheets
    client = client_of(server, tmp_path)
    if role == "writer":
        client.require_editor(book.id)
    else:
        with pytest.raises(RunFailed, match="shared as viewer only"):
            client.require_editor(book.id)
    assert server.book(book.id).sheets == before
    assert client.calls == {"read": 0, "write": 1}


def test_an_editor_is_known_even_if_google_finds_the_question_senseless(
    server: SheetsServer, tmp_path: Path
) -> None:
    server.faults.next(Fault(status=400), "write")
    client = client_of(server, tmp_path)
    client.require_editor(server.create().id)
    assert client.calls == {"read": 0, "write": 1}


def protected(server: SheetsServer, tmp_path: Path) -> str:
    book = server.create()
    span = {"range": {"sheetId": first_id(server, book.id)}, "editors": {"users": ["owner@school.example"]}}

    def protect(edited: Any) -> None:
        edited.sheets[0].protected_ranges[1] = {"protectedRangeId": 1, **span}

    server.staff.do(book.id, protect)
    return book.id


def test_cells_that_somebody_protected(server: SheetsServer, tmp_path: Path) -> None:
    book_id = protected(server, tmp_path)
    client = client_of(server, tmp_path)
    with pytest.raises(Refused, match="Somebody protected a tab") as raised:
        client.batch_update(book_id, a_cell("x", first_id(server, book_id)), repeat=True)
    assert server.account in raised.value.remedy
    assert client.calls == {"read": 1, "write": 1}


def test_a_workbook_that_is_full(server: SheetsServer, tmp_path: Path) -> None:
    book = server.create()
    grid = {"rowCount": 100_000, "columnCount": 100}
    body = {"requests": [{"addSheet": {"properties": {"title": "Big", "gridProperties": grid}}}]}
    with pytest.raises(Refused, match="10,000,000 cells"):
        client_of(server, tmp_path).batch_update(book.id, body, repeat=True)


def test_a_write_that_makes_no_sense_stays_refused(server: SheetsServer, tmp_path: Path) -> None:
    book = server.create()
    with pytest.raises(Refused, match="Google refused what was to be written; the tabs stand as they were"):
        client_of(server, tmp_path).batch_update(book.id, {"requests": [{"deleteSheet": {"sheetId": 99}}]})


def test_why_it_was_refused_may_stay_unknown(server: SheetsServer, tmp_path: Path) -> None:
    book = server.create()
    server.faults.next(Fault(status=403), "read")
    with pytest.raises(Refused, match="Google refused what was to be written"):
        client_of(server, tmp_path).batch_update(book.id, a_cell("x" * 50_001, first_id(server, book.id)))


def test_a_tab_that_is_not_there_is_told_with_those_that_are(server: SheetsServer, tmp_path: Path) -> None:
    book = server.create(sheets={"Caseload": [], "Service Log": []})
    with pytest.raises(NoSuchRange) as raised:
        client_of(server, tmp_path).values_get(book.id, "Service Logs!A1:B2")
    assert raised.value.remedy == (
        'Asked for was "Service Logs!A1:B2"; the nearest tab is "Service Log"; the tabs there are:'
        ' "Caseload", "Service Log".'
    )
