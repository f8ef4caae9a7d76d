"""Drive as gspread asks it: spreadsheets made, found, copied, shared, exported and deleted over real HTTP."""

from __future__ import annotations

import re
from typing import Any

import gspread
import pytest
import requests
from gspread.exceptions import APIError, SpreadsheetNotFound

from tests.sheets_server import gspread_client
from tests.sheets_server.accounts import STRANGER
from tests.sheets_server.server import OWNER, SheetsServer

DRIVE = "https://www.googleapis.com/auth/drive"
SHEETS = "https://www.googleapis.com/auth/spreadsheets"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def ask(
    server: SheetsServer, verb: str, path: str, user: str = "", scope: str = DRIVE, **options: Any
) -> Any:
    """Return the response to a request to Drive, by the service account or another user."""
    token = server.tokens.give(user or server.account, [scope])
    headers = {"Authorization": f"Bearer {token}"}
    return requests.request(verb, f"{server.url}/drive/v3/{path}", headers=headers, timeout=10, **options)


def reason(response: requests.Response) -> tuple[int, str]:
    """Return status and reason of an error in Drive's form."""
    return response.status_code, response.json()["error"]["errors"][0]["reason"]


def test_a_new_file_is_answered_with_its_four_short_fields(server: SheetsServer) -> None:
    made = ask(server, "POST", "files", json={"name": "Services", "mimeType": SPREADSHEET})
    found = made.json()
    assert made.status_code == 200
    assert list(found) == ["kind", "id", "name", "mimeType"]
    assert found["name"] == "Services"
    assert server.book(found["id"]).sharing == {server.account: "owner"}


def test_a_new_spreadsheet_has_one_empty_tab_as_google_makes_it(client: gspread.Client) -> None:
    made = client.create("Services")
    assert [(tab.title, tab.id, tab.row_count, tab.col_count) for tab in made.worksheets()] == [
        ("Sheet1", 0, 1000, 26)
    ]
    assert (made.title, made.locale, made.timezone) == ("Services", "en_US", "Etc/GMT")


def test_the_metadata_that_gspread_asks_for_are_four_fields(client: gspread.Client) -> None:
    made = client.create("Services")
    found = client.get_file_drive_metadata(made.id)
    assert list(found) == ["id", "name", "createdTime", "modifiedTime"]
    assert TIME.fullmatch(found["createdTime"])
    assert TIME.fullmatch(found["modifiedTime"])


def test_a_change_of_cells_moves_the_time_of_modification(
    client: gspread.Client, server: SheetsServer
) -> None:
    made = client.create("Services")
    before = made.get_lastUpdateTime()
    server.clock.turn(60)
    made.sheet1.update_acell("A1", "Ana")
    assert made.get_lastUpdateTime() > before
    assert made.creationTime <= before


def test_sharing_does_not_move_the_time_of_modification(client: gspread.Client, server: SheetsServer) -> None:
    made = client.create("Services")
    before = made.get_lastUpdateTime()
    server.clock.turn(60)
    made.share("ana@school.example", perm_type="user", role="reader")
    assert made.get_lastUpdateTime() == before


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("", ["Log", "Caseload", "Old", "Plans"]),
        (f'mimeType="{SPREADSHEET}"', ["Log", "Caseload"]),
        (f'mimeType="{SPREADSHEET}" and name = "log"', ["Log"]),
        (f"mimeType != '{SPREADSHEET}'", ["Old", "Plans"]),
        ("name contains 'Case'", ["Caseload"]),
        ("name contains 'load'", []),
        ("fullText contains 'log'", ["Log"]),
        ("trashed = true", ["Old"]),
        ("trashed=false and mimeType contains 'application/vnd.google-apps'", ["Log", "Caseload", "Plans"]),
        ("mimeType contains 'google-apps'", []),
        ("'{plans}' in parents", ["Old"]),
        ('parents in "{plans}"', ["Old"]),
        ("not 'root' in parents and sharedWithMe", ["Caseload"]),
        ("name = 'Log' or (name = 'Plans' and not trashed = true)", ["Log", "Plans"]),
        (f"'{OWNER}' in owners", ["Caseload"]),
        ("modifiedTime > '2020-01-01T00:00:00'", ["Log", "Caseload", "Old", "Plans"]),
        ("createdTime < '2020-01-01T00:00:00'", []),
    ],
)
def test_a_search_finds_what_its_terms_say(server: SheetsServer, q: str, found: list[str]) -> None:
    plans = ask(server, "POST", "files", json={"name": "Plans", "mimeType": FOLDER}).json()["id"]
    server.clock.turn(1)
    body = {"name": "Old", "mimeType": FOLDER, "parents": [plans]}
    old = ask(server, "POST", "files", json=body).json()["id"]
    assert ask(server, "PATCH", f"files/{old}", json={"trashed": True}).status_code == 200
    server.clock.turn(1)
    server.create("Caseload")
    server.clock.turn(1)
    ask(server, "POST", "files", json={"name": "Log", "mimeType": SPREADSHEET})
    answer = ask(server, "GET", "files", params={"q": q.replace("{plans}", plans)}).json()
    assert [one["name"] for one in answer["files"]] == found


@pytest.mark.parametrize(
    "q", ["name", "name = ", "name = 5", "colour = 'red'", "(name = 'A'", "trashed = 'x'", "§"]
)
def test_a_search_that_cannot_be_read_is_refused(server: SheetsServer, q: str) -> None:
    answer = ask(server, "GET", "files", params={"q": q})
    assert reason(answer) == (400, "invalid")
    assert answer.json()["error"]["errors"][0]["location"] == "q"


def test_a_list_comes_in_pages(server: SheetsServer) -> None:
    for number in range(3):
        server.create(f"Week {number}")
    params = {"pageSize": 2, "orderBy": "name", "fields": "nextPageToken,files(name)"}
    first = ask(server, "GET", "files", params=params).json()
    rest = ask(server, "GET", "files", params={**params, "pageToken": first["nextPageToken"]}).json()
    assert first["files"] == [{"name": "Week 0"}, {"name": "Week 1"}]
    assert rest == {"files": [{"name": "Week 2"}]}


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("name", ["a", "B", "c"]),
        ("name desc", ["c", "B", "a"]),
        ("createdTime", ["B", "c", "a"]),
        ("modifiedTime desc,name", ["a", "c", "B"]),
    ],
)
def test_a_list_comes_in_the_order_that_is_asked_for(
    server: SheetsServer, order: str, names: list[str]
) -> None:
    for name in ("B", "c", "a"):
        server.create(name)
        server.clock.turn(1)
    answer = ask(server, "GET", "files", params={"orderBy": order}).json()
    assert [one["name"] for one in answer["files"]] == names


@pytest.mark.parametrize(
    ("path", "params", "location"),
    [
        ("files", {"orderBy": "colour"}, "orderBy"),
        ("files", {"orderBy": "name up"}, "orderBy"),
        ("files", {"pageSize": 1001}, "pageSize"),
        ("files", {"pageSize": 0}, "pageSize"),
        ("files", {"pageToken": "x"}, "pageToken"),
        ("files/{id}/permissions", {"pageSize": 101}, "pageSize"),
    ],
)
def test_a_list_that_cannot_be_ordered_or_paged_so_is_refused(
    server: SheetsServer, path: str, params: dict[str, Any], location: str
) -> None:
    answer = ask(server, "GET", path.replace("{id}", server.create().id), params=params)
    assert reason(answer) == (400, "invalid")
    assert answer.json()["error"]["errors"][0]["location"] == location


def test_what_drive_has_beyond_files_permissions_and_comments_is_not_there(server: SheetsServer) -> None:
    answer = ask(server, "GET", "changes/startPageToken")
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (404, "text/html")


def test_somebody_elses_file_is_not_listed_and_not_there(server: SheetsServer) -> None:
    mine = server.create("Services")
    assert ask(server, "GET", "files", user=STRANGER).json()["files"] == []
    answer = ask(server, "GET", f"files/{mine.id}", user=STRANGER)
    assert reason(answer) == (404, "notFound")
    assert answer.json()["error"]["message"] == f"File not found: {mine.id}."


def test_a_title_opens_its_spreadsheet_and_an_unknown_one_none(
    client: gspread.Client, server: SheetsServer
) -> None:
    mine = server.create("Services")
    assert client.open("Services").id == mine.id
    with pytest.raises(SpreadsheetNotFound):
        client.open("Nothing of this name")


def test_a_copy_has_the_cells_and_the_ids_of_tabs_and_is_its_makers_alone(
    client: gspread.Client, server: SheetsServer
) -> None:
    mine = server.create("Services", {"Caseload": [["Ana", 3]], "Log": [["2026-03-02"]]})
    copied = client.copy(mine.id)
    assert copied.title == "Copy of Services"
    assert [(tab.id, tab.get_all_values()) for tab in copied.worksheets()] == [
        (tab.id, tab.get_all_values()) for tab in client.open_by_key(mine.id).worksheets()
    ]
    assert server.book(copied.id).sharing == {server.account: "owner"}
    copied.worksheet("Caseload").update_acell("A1", "Ben")
    assert client.open_by_key(mine.id).worksheet("Caseload").acell("A1").value == "Ana"


def test_a_copy_takes_permissions_and_comments_along_where_it_is_asked_to(
    client: gspread.Client, server: SheetsServer
) -> None:
    original = client.create("Services")
    original.share("ana@school.example", perm_type="user", role="writer")
    original.share(None, perm_type="anyone", role="reader")
    comment = {"content": "Who is this?"}
    path = f"files/{original.id}/comments"
    assert ask(server, "POST", path, params={"fields": "id"}, json=comment).status_code == 200
    server.share(original.id, server.account, "writer")
    copied = client.copy(original.id, title="Copy", copy_permissions=True)
    assert server.book(copied.id).sharing["ana@school.example"] == "writer"
    assert server.book(copied.id).sharing["anyone"] == "reader"
    answer = ask(server, "GET", f"files/{copied.id}/comments", params={"fields": "comments/content"})
    assert answer.json() == {"comments": [comment]}


def test_comments_say_that_fields_have_to_be_named(server: SheetsServer) -> None:
    mine = server.create()
    assert reason(ask(server, "GET", f"files/{mine.id}/comments")) == (400, "required")


def test_a_file_goes_into_a_folder_and_is_shared_as_the_folder_is(
    client: gspread.Client, server: SheetsServer
) -> None:
    folder = ask(server, "POST", "files", json={"name": "Plans", "mimeType": FOLDER}).json()["id"]
    server.share(folder, "ana@school.example", "reader")
    made = client.create("Services", folder_id=folder)
    assert server.book(made.id).sharing == {"ana@school.example": "reader", server.account: "owner"}
    assert [one["id"] for one in client.list_spreadsheet_files(folder_id=folder)] == [made.id]
    copied = client.copy(made.id, copy_comments=False)
    assert len(client.list_spreadsheet_files(folder_id=folder)) == 2
    assert copied.id != made.id
    with pytest.raises(APIError, match="File not found: nowhere"):
        client.create("Services", folder_id="nowhere")


def test_sharing_is_listed_changed_and_taken_back(client: gspread.Client, server: SheetsServer) -> None:
    made = client.create("Services")
    made.share("ana@school.example", perm_type="user", role="reader")
    ana = next(one for one in made.list_permissions() if one["role"] == "reader")
    assert ana == {
        "kind": "drive#permission",
        "id": ana["id"],
        "type": "user",
        "role": "reader",
        "emailAddress": "ana@school.example",
        "displayName": "ana",
        "deleted": False,
        "pendingOwner": False,
    }
    made.share("ana@school.example", perm_type="user", role="writer")
    assert server.book(made.id).sharing["ana@school.example"] == "writer"
    assert made.remove_permissions("ana@school.example", role="writer") == [ana["id"]]
    assert server.book(made.id).sharing == {server.account: "owner"}


@pytest.mark.parametrize(
    ("who", "kind", "key", "permission"),
    [
        ("ana@school.example", "user", "ana@school.example", "emailAddress"),
        ("team@school.example", "group", "group:team@school.example", "emailAddress"),
        ("school.example", "domain", "@school.example", "domain"),
        (None, "anyone", "anyone", "allowFileDiscovery"),
    ],
)
def test_a_file_is_shared_with_people_groups_domains_and_everybody(
    client: gspread.Client, server: SheetsServer, who: str | None, kind: str, key: str, permission: str
) -> None:
    made = client.create("Services")
    answer = made.share(who, perm_type=kind, role="reader").json()
    assert list(answer) == ["kind", "id", "type", "role"]
    assert server.book(made.id).sharing[key] == "reader"
    assert permission in next(one for one in made.list_permissions() if one["id"] == answer["id"])


def test_a_client_shares_and_takes_back_by_the_ids_of_file_and_permission(
    client: gspread.Client, server: SheetsServer
) -> None:
    made = client.create("Services")
    added = client.insert_permission(made.id, "ana@school.example", perm_type="user", role="commenter")
    assert server.book(made.id).sharing["ana@school.example"] == "commenter"
    assert added.json()["id"] in [one["id"] for one in client.list_permissions(made.id)]
    client.remove_permission(made.id, added.json()["id"])
    assert server.book(made.id).sharing == {server.account: "owner"}
    with pytest.raises(APIError, match="Permission not found"):
        client.remove_permission(made.id, added.json()["id"])


def test_whoever_belongs_to_the_domain_may_read(server: SheetsServer) -> None:
    mine = server.create()
    server.share(mine.id, "@school.example", "reader")
    assert ask(server, "GET", f"files/{mine.id}", user="new@school.example").status_code == 200
    assert ask(server, "GET", f"files/{mine.id}", user="new@other.example").status_code == 404


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"role": "reader", "emailAddress": "ana@school.example"}, (400, "required")),
        ({"type": "user", "emailAddress": "ana@school.example"}, (400, "required")),
        ({"type": "user", "role": "reader", "emailAddress": "nobody"}, (400, "invalid")),
        ({"type": "anyone", "role": "reader", "emailAddress": "ana@school.example"}, (400, "invalid")),
        ({"type": "user", "role": "owner", "emailAddress": "ana@school.example"}, (403, "forbidden")),
        ({"type": "user", "role": "boss", "emailAddress": "ana@school.example"}, (400, "invalid")),
        ({"type": "robot", "role": "reader", "emailAddress": "ana@school.example"}, (400, "invalid")),
        ({"type": "domain", "role": "reader"}, (400, "invalid")),
    ],
)
def test_a_share_that_google_does_not_make_is_refused(
    server: SheetsServer, client: gspread.Client, body: dict[str, str], refusal: tuple[int, str]
) -> None:
    made = client.create("Services")
    assert reason(ask(server, "POST", f"files/{made.id}/permissions", json=body)) == refusal
    assert server.book(made.id).sharing == {server.account: "owner"}


def test_ownership_is_offered_and_accepted(server: SheetsServer, client: gspread.Client) -> None:
    made = client.create("Services")
    offered = made.share(STRANGER, perm_type="user", role="writer").json()["id"]
    theirs = gspread_client.client_of(server, STRANGER).open_by_key(made.id)
    with pytest.raises(APIError):
        theirs.accept_ownership(offered)
    made.transfer_ownership(offered)
    assert [one["pendingOwner"] for one in made.list_permissions()] == [False, True]
    theirs.accept_ownership(offered)
    assert server.book(made.id).sharing == {server.account: "writer", STRANGER: "owner"}


def test_only_one_person_can_own_a_file(server: SheetsServer, client: gspread.Client) -> None:
    made = client.create("Services")
    body = {"type": "anyone", "role": "owner"}
    path = f"files/{made.id}/permissions"
    answer = ask(server, "POST", path, params={"transferOwnership": True}, json=body)
    assert reason(answer) == (403, "forbidden")
    mine = made.list_permissions()[0]["id"]
    assert reason(ask(server, "DELETE", f"{path}/{mine}")) == (403, "cannotRemoveOwner")
    assert reason(ask(server, "PATCH", f"{path}/{mine}", json={"role": "reader"})) == (
        403,
        "cannotRemoveOwner",
    )
    body = {"type": "user", "role": "owner", "emailAddress": "ana@school.example"}
    assert ask(server, "POST", path, params={"transferOwnership": True}, json=body).status_code == 200
    assert server.book(made.id).sharing == {server.account: "writer", "ana@school.example": "owner"}


def test_who_may_only_read_neither_shares_renames_nor_deletes(server: SheetsServer) -> None:
    mine = server.create()
    server.share(mine.id, STRANGER, "reader")
    body = {"type": "user", "role": "reader", "emailAddress": "ana@school.example"}
    path = f"files/{mine.id}"
    refused = (403, "insufficientFilePermissions")
    assert reason(ask(server, "POST", f"{path}/permissions", user=STRANGER, json=body)) == refused
    assert reason(ask(server, "PATCH", path, user=STRANGER, json={"name": "Mine"})) == refused
    assert reason(ask(server, "DELETE", path, user=STRANGER)) == refused
    assert reason(ask(server, "DELETE", path)) == refused
    assert reason(ask(server, "PATCH", path, json={"trashed": True})) == refused
    assert ask(server, "DELETE", path, user=OWNER).status_code == 204
    assert server.find(mine.id) is None


def test_a_deleted_spreadsheet_is_gone_for_sheets_too(client: gspread.Client) -> None:
    made = client.create("Services")
    client.del_spreadsheet(made.id)
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key(made.id)
    with pytest.raises(APIError, match="File not found"):
        client.del_spreadsheet(made.id)


def test_a_folder_takes_what_is_in_it_along(client: gspread.Client, server: SheetsServer) -> None:
    folder = ask(server, "POST", "files", json={"name": "Plans", "mimeType": FOLDER}).json()["id"]
    made = client.create("Services", folder_id=folder)
    assert ask(server, "DELETE", f"files/{folder}").status_code == 204
    assert server.find(made.id) is None


def test_a_name_changed_in_drive_is_the_spreadsheets_title(
    client: gspread.Client, server: SheetsServer
) -> None:
    made = client.create("Services")
    assert ask(server, "PATCH", f"files/{made.id}", json={"name": "Spring"}).json()["name"] == "Spring"
    assert client.open_by_key(made.id).title == "Spring"


@pytest.mark.parametrize("path", ["files", "files/x", "files/x/permissions"])
def test_a_token_for_spreadsheets_alone_is_not_enough(server: SheetsServer, path: str) -> None:
    answer = ask(server, "GET", path, scope=SHEETS)
    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (403, "PERMISSION_DENIED")
    assert error["errors"][0]["reason"] == "insufficientPermissions"
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert error["details"][0]["metadata"]["service"] == "drive.googleapis.com"


def test_no_token_at_all_is_401(server: SheetsServer) -> None:
    answer = requests.get(f"{server.url}/drive/v3/files", timeout=10)
    assert answer.status_code == 401
    assert answer.json()["error"]["status"] == "UNAUTHENTICATED"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_open_server_asks_nobody_who_he_is() -> None:
    with SheetsServer(open=True) as server:
        server.create("Services")
        answer = requests.get(f"{server.url}/drive/v3/files", timeout=10)
    assert [one["name"] for one in answer.json()["files"]] == ["Services"]


def test_fields_that_a_file_does_not_have_are_refused_in_drives_words(server: SheetsServer) -> None:
    answer = ask(server, "GET", "files", params={"fields": "files(id,title)"})
    assert reason(answer) == (400, "invalidParameter")
    assert answer.json()["error"]["message"] == "Invalid field selection title"


def test_all_fields_are_answered_where_all_are_asked_for(server: SheetsServer) -> None:
    mine = server.create()
    found = ask(server, "GET", f"files/{mine.id}", params={"fields": "*"}).json()
    assert found["owners"][0]["emailAddress"] == OWNER
    assert found["capabilities"]["canEdit"] is True
    assert found["ownedByMe"] is False


def test_a_spreadsheet_cannot_be_downloaded_as_it_is(server: SheetsServer) -> None:
    mine = server.create()
    answer = ask(server, "GET", f"files/{mine.id}", params={"alt": "media"})
    assert reason(answer) == (403, "fileNotDownloadable")
