"""The server over the wire: who may ask, what is refused and how, and the form of the answers."""

from __future__ import annotations

import gzip
import json
import threading
from typing import Any

import pytest
import requests

from tests.sheets_server.accounts import STRANGER
from tests.sheets_server.asking import READ_ONLY, ask, bearer, cell, got, refusal, update
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.quota import Quota
from tests.sheets_server.server import OWNER, SheetsServer


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.create(sheets={"Caseload": [["Student", "Grade"], ["Ana", 3]], "Notes": [["so"]]})


def values(server: SheetsServer, book: Spreadsheet) -> Any:
    return got(server, f"{book.id}/values/Caseload").get("values")


# Who asks


def test_a_request_without_a_token_is_refused(server: SheetsServer, book: Spreadsheet) -> None:
    response = requests.get(f"{server.url}/v4/spreadsheets/{book.id}", timeout=5)
    code, status, message = refusal(response)
    assert (code, status) == (401, "UNAUTHENTICATED")
    assert message.startswith("Request is missing required authentication credential.")
    assert response.json()["error"]["details"][0]["reason"] == "CREDENTIALS_MISSING"
    assert response.headers["WWW-Authenticate"].startswith("Bearer realm=")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic YTpi", "nonsense"])
def test_a_request_with_what_is_no_token_is_refused(
    server: SheetsServer, book: Spreadsheet, header: str
) -> None:
    url = f"{server.url}/v4/spreadsheets/{book.id}"
    assert requests.get(url, headers={"Authorization": header}, timeout=5).status_code == 401


def test_a_token_is_good_for_an_hour(server: SheetsServer, book: Spreadsheet) -> None:
    header, url = bearer(server), f"{server.url}/v4/spreadsheets/{book.id}"
    server.clock.turn(3590)
    assert requests.get(url, headers=header, timeout=5).status_code == 200
    server.clock.turn(20)
    response = requests.get(url, headers=header, timeout=5)
    assert refusal(response)[:2] == (401, "UNAUTHENTICATED")
    assert response.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_EXPIRED"


def test_a_token_that_may_only_read_does_not_write(server: SheetsServer, book: Spreadsheet) -> None:
    header, url = bearer(server, "", READ_ONLY), f"{server.url}/v4/spreadsheets/{book.id}"
    assert requests.get(url, headers=header, timeout=5).status_code == 200
    response = requests.post(f"{url}:batchUpdate", json={"requests": [cell("x")]}, headers=header, timeout=5)
    assert refusal(response) == (403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")
    assert response.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert values(server, book)[0] == ["Student", "Grade"]


def test_an_open_server_asks_nobody(book: Spreadsheet, server: SheetsServer) -> None:
    server.open = True
    assert requests.get(f"{server.url}/v4/spreadsheets/{book.id}", timeout=5).status_code == 200


# role, may read, may write
ROLES = [("owner", 200, 200), ("writer", 200, 200), ("reader", 200, 403), (None, 403, 403)]


@pytest.mark.parametrize(("role", "reading", "writing"), ROLES)
def test_what_sharing_allows(
    server: SheetsServer, book: Spreadsheet, role: str | None, reading: int, writing: int
) -> None:
    server.share(book.id, STRANGER, role)
    assert ask(server, "GET", book.id, user=STRANGER).status_code == reading
    written = ask(server, "POST", f"{book.id}:batchUpdate", {"requests": [cell("x")]}, STRANGER)
    assert written.status_code == writing
    assert (values(server, book)[0][0] == "x") == (writing == 200)


def test_what_is_not_shared_is_refused_in_googles_words(server: SheetsServer, book: Spreadsheet) -> None:
    response = ask(server, "GET", book.id, user=STRANGER)
    assert refusal(response) == (403, "PERMISSION_DENIED", "The caller does not have permission")


def test_what_is_shared_no_longer_is_refused(server: SheetsServer, book: Spreadsheet) -> None:
    server.share(book.id, STRANGER, "writer")
    server.share(book.id, STRANGER, None)
    assert ask(server, "GET", book.id, user=STRANGER).status_code == 403
    assert ask(server, "GET", book.id).status_code == 200


def test_everybody_with_the_link_reads_what_is_shared_with_anyone(
    server: SheetsServer, book: Spreadsheet
) -> None:
    server.share(book.id, "anyone", "reader")
    assert ask(server, "GET", book.id, user=STRANGER).status_code == 200


# What is not there


@pytest.mark.parametrize(
    "verb_and_path", [("GET", "none"), ("POST", "none:batchUpdate"), ("GET", "none/values/A1")]
)
def test_an_id_of_no_spreadsheet_is_not_found(server: SheetsServer, verb_and_path: tuple[str, str]) -> None:
    verb, path = verb_and_path
    body = {"requests": [cell("x")]} if verb == "POST" else None
    assert refusal(ask(server, verb, path, body)) == (404, "NOT_FOUND", "Requested entity was not found.")


@pytest.mark.parametrize("path", ["/v4/nonsense", "/", "/v5/spreadsheets/x", "/v4/spreadsheets/x/values"])
def test_a_path_of_no_method_is_a_page_of_the_front_end(server: SheetsServer, path: str) -> None:
    response = requests.get(server.url + path, headers=bearer(server), timeout=5)
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")
    assert path in response.text


def test_an_excel_file_in_drive_is_no_spreadsheet(server: SheetsServer, book: Spreadsheet) -> None:
    def becomes_excel(one: Spreadsheet) -> None:
        one.kind = "xlsx"

    server.staff.do(book.id, becomes_excel)
    said = "This operation is not supported for this document"
    assert refusal(ask(server, "GET", book.id)) == (400, "FAILED_PRECONDITION", said)


def test_an_api_that_was_never_enabled_says_where_to_enable_it(
    server: SheetsServer, book: Spreadsheet
) -> None:
    server.api_enabled = False
    error = ask(server, "GET", book.id).json()["error"]
    assert (error["code"], error["status"], error["details"][0]["reason"]) == (
        403,
        "PERMISSION_DENIED",
        "SERVICE_DISABLED",
    )
    link = "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project="
    assert link in error["message"]


# What is wrong with a request

REFUSED = [
    # verb, path, body, query, message begins
    (
        "GET",
        "",
        None,
        {"nonsense": 1},
        'Invalid JSON payload received. Unknown name "nonsense": Cannot bind query',
    ),
    (
        "GET",
        "",
        None,
        {"includeGridData": "maybe"},
        "Invalid value at 'include_grid_data' (TYPE_BOOL), \"maybe\"",
    ),
    ("GET", "", None, {"fields": "nonsense"}, "Request contains an invalid argument."),
    ("GET", "", None, {"fields": "sheets(data"}, "Request contains an invalid argument."),
    ("GET", "", None, {"ranges": "Nowhere!A1"}, "Unable to parse range: Nowhere!A1"),
    ("GET", "", None, {"ranges": "Caseload!A5000"}, "Range (Caseload!A5000) exceeds grid limits."),
    ("POST", ":batchUpdate", {}, {}, "Must specify at least one request."),
    ("POST", ":batchUpdate", {"requests": [{}]}, {}, "Invalid requests[0]: No request set."),
    ("POST", ":batchUpdate", {"requsts": []}, {}, 'Invalid JSON payload received. Unknown name "requsts"'),
    ("PUT", "/values/A1", {"values": [["x"]]}, {}, "'valueInputOption' is required but not specified"),
]


@pytest.mark.parametrize(("verb", "path", "body", "query", "message"), REFUSED)
def test_what_google_does_not_take_is_refused(
    server: SheetsServer, book: Spreadsheet, verb: str, path: str, body: Any, query: Any, message: str
) -> None:
    code, status, said = refusal(ask(server, verb, book.id + path, body, **query))
    assert (code, status) == (400, "INVALID_ARGUMENT")
    assert said.startswith(message)


def test_a_body_that_is_no_json_is_refused(server: SheetsServer, book: Spreadsheet) -> None:
    url = f"{server.url}/v4/spreadsheets/{book.id}:batchUpdate"
    response = requests.post(url, data=b'{"requests": [', headers=bearer(server), timeout=5)
    assert refusal(response)[2].startswith("Invalid JSON payload received.")


def test_where_one_request_is_refused_none_is_kept(server: SheetsServer, book: Spreadsheet) -> None:
    before = server.book(book.id)
    missing = {"deleteSheet": {"sheetId": 99}}
    response = update(server, book.id, cell("x"), {"deleteSheet": {"sheetId": 1}}, missing)
    assert refusal(response)[2] == "Invalid requests[2].deleteSheet: No sheet with id: 99"
    assert server.book(book.id) is before
    assert [sheet["properties"]["title"] for sheet in got(server, book.id)["sheets"]] == ["Caseload", "Notes"]
    assert values(server, book)[0] == ["Student", "Grade"]


def test_a_bug_of_the_servers_own_is_an_internal_error_that_is_kept(
    book: Spreadsheet, server: SheetsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(_: Spreadsheet) -> None:
        raise RuntimeError("over a stone")

    server.staff.next(stumble, before="read")
    assert refusal(ask(server, "GET", book.id)) == (500, "INTERNAL", "Internal error encountered.")
    assert [str(crash) for crash in server.crashes] == ["over a stone"]
    assert "over a stone" in capsys.readouterr().err
    server.crashes.clear()


# Quotas


@pytest.mark.parametrize(("kind", "path"), [("Read", ""), ("Write", "/values/A1:clear")])
def test_the_quota_of_a_user_is_refilled_each_minute(
    server: SheetsServer, book: Spreadsheet, kind: str, path: str
) -> None:
    server.quota = Quota(user_reads=2, user_writes=2)
    server.clock.turn(60 - server.clock.now() % 60)
    verb = "GET" if kind == "Read" else "POST"
    statuses = [ask(server, verb, book.id + path).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    response = ask(server, verb, book.id + path)
    code, status, said = refusal(response)
    assert (code, status) == (429, "RESOURCE_EXHAUSTED")
    assert f"quota metric '{kind} requests' and limit '{kind} requests per minute per user'" in said
    assert response.json()["error"]["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
    assert "Retry-After" not in response.headers
    server.clock.turn(60)
    assert ask(server, verb, book.id + path).status_code == 200


def test_users_share_the_quota_of_the_project(server: SheetsServer, book: Spreadsheet) -> None:
    server.quota = Quota(project_reads=3, retry_after=7)
    server.clock.turn(60 - server.clock.now() % 60)
    people = [server.account, OWNER, server.account, OWNER]
    answers = [ask(server, "GET", book.id, user=user) for user in people]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "7"


def test_reads_and_writes_are_counted_apart(server: SheetsServer, book: Spreadsheet) -> None:
    server.quota = Quota(user_reads=1, user_writes=1)
    server.clock.turn(60 - server.clock.now() % 60)
    assert ask(server, "GET", book.id).status_code == 200
    assert update(server, book.id, cell("x")).status_code == 200


# The form of the answers


def test_json_is_printed_for_people_unless_it_is_asked_not_to_be(
    server: SheetsServer, book: Spreadsheet
) -> None:
    path = f"{book.id}/values/Notes!A1"
    pretty = ask(server, "GET", path).text
    assert pretty == json.dumps(json.loads(pretty), indent=2) + "\n"
    plain = ask(server, "GET", path, prettyPrint="false").text
    assert plain == '{"range":"Notes!A1","majorDimension":"ROWS","values":[["so"]]}'


def test_answers_are_compressed_for_those_who_take_it(server: SheetsServer, book: Spreadsheet) -> None:
    url, header = f"{server.url}/v4/spreadsheets/{book.id}", bearer(server)
    plain = requests.get(url, headers=header | {"Accept-Encoding": "identity"}, timeout=5)
    packed = requests.get(url, headers=header | {"Accept-Encoding": "gzip"}, timeout=5)
    assert plain.content == packed.content
    assert ("Content-Encoding" in plain.headers, packed.headers["Content-Encoding"]) == (False, "gzip")
    sizes = [exchange.answered for exchange in server.requests]
    assert sizes[0] == len(plain.content) > sizes[1] == int(packed.headers["Content-Length"])


def test_a_compressed_request_is_read(server: SheetsServer, book: Spreadsheet) -> None:
    body = gzip.compress(json.dumps({"requests": [cell("x")]}).encode())
    headers = bearer(server) | {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    url = f"{server.url}/v4/spreadsheets/{book.id}:batchUpdate"
    assert requests.post(url, data=body, headers=headers, timeout=5).status_code == 200
    assert server.requests[-1].sent == len(body)
    assert server.requests[-1].body == {"requests": [cell("x")]}


def test_a_mask_picks_from_the_answer_of_a_write_too(server: SheetsServer, book: Spreadsheet) -> None:
    body = {"requests": [cell("x")]}
    assert ask(server, "POST", f"{book.id}:batchUpdate", body, fields="spreadsheetId").json() == {
        "spreadsheetId": book.id
    }
    assert ask(server, "POST", f"{book.id}:batchUpdate", body, fields="replies").json() == {"replies": [{}]}


def test_names_in_a_query_may_be_written_as_protocol_buffers_do(
    server: SheetsServer, book: Spreadsheet
) -> None:
    found = got(server, book.id, include_grid_data="true", fields=None)
    assert found["sheets"][1]["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "so"


# What the server knows of it


def test_every_request_is_kept_with_what_was_sent_and_answered(
    server: SheetsServer, book: Spreadsheet
) -> None:
    update(server, book.id, cell("x"))
    ask(server, "GET", f"{book.id}/values:batchGet", ranges=["Caseload!A1", "Notes!A1"], user=OWNER)
    ask(server, "GET", "none")
    requests.post(f"{server.url}/token", data={"grant_type": "nonsense"}, timeout=5)
    requests.get(f"{server.url}/elsewhere?empty=", timeout=5)
    write, read, missing, token, other = server.requests
    assert [one.kind for one in server.requests] == ["write", "read", "read", "token", "other"]
    assert [one.status for one in server.requests] == [200, 200, 404, 400, 404]
    assert (write.method, write.path, write.user) == (
        "POST",
        f"/v4/spreadsheets/{book.id}:batchUpdate",
        server.account,
    )
    assert write.body == {"requests": [cell("x")]}
    assert write.reply == {"spreadsheetId": book.id, "replies": [{}]}
    assert (read.query, read.user, read.body) == ({"ranges": ["Caseload!A1", "Notes!A1"]}, OWNER, None)
    assert missing.reply["error"]["code"] == 404
    assert other.query == {"empty": [""]}
    assert (token.user, other.reply) == ("", None)
    assert book.id not in repr(write)


def test_the_modified_time_goes_with_every_write_and_with_no_read(
    server: SheetsServer, book: Spreadsheet
) -> None:
    server.clock.turn(3600)
    ask(server, "GET", book.id)
    assert server.book(book.id).modified == book.modified
    update(server, book.id, cell("x"))
    assert server.book(book.id).modified > book.modified
    assert server.book(book.id).created == book.created


def test_many_at_once_lose_nothing(server: SheetsServer) -> None:
    book = server.create(sheets={"Log": [["who"]]})
    option = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
    failed: list[int] = []

    def append(who: int) -> None:
        for number in range(10):
            answer = ask(
                server, "POST", f"{book.id}/values/Log:append", {"values": [[who, number]]}, **option
            )
            if answer.status_code != 200:
                failed.append(answer.status_code)

    threads = [threading.Thread(target=append, args=(who,)) for who in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    rows = got(server, f"{book.id}/values/Log", valueRenderOption="UNFORMATTED_VALUE")["values"]
    assert sorted(map(tuple, rows[1:])) == sorted((who, number) for who in range(12) for number in range(10))


def test_a_new_spreadsheet_belongs_to_who_asked_for_it(server: SheetsServer) -> None:
    body = {"properties": {"title": "New"}, "sheets": [{"properties": {"title": "First"}}]}
    made = ask(server, "POST", "", body, user=OWNER).json()
    url = f"https://docs.google.com/spreadsheets/d/{made['spreadsheetId']}/edit"
    assert (made["properties"]["title"], made["spreadsheetUrl"]) == ("New", url)
    assert made["sheets"][0]["properties"]["gridProperties"] == {"rowCount": 1000, "columnCount": 26}
    assert server.book(made["spreadsheetId"]).sharing == {OWNER: "owner"}
    assert ask(server, "GET", made["spreadsheetId"]).status_code == 403


def test_after_the_end_nobody_answers_any_more() -> None:
    session = requests.Session()
    with SheetsServer(open=True) as server:
        url = f"{server.url}/v4/spreadsheets/none"
        assert session.get(url, timeout=5).status_code == 404
    with pytest.raises(requests.ConnectionError):
        session.get(url, timeout=5)
