"""Tokens: renewed once, and what is said where there is none, over real HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_sync.problems import RunFailed
from tests.edges.google.talking import TITLE, client_of, kinds
from tests.edges.google.turned import Turned
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
SERVICES = {"properties": {"title": "Services"}}


def test_a_token_that_expired_meanwhile_is_renewed_once(server: SheetsServer, tmp_path: Path) -> None:
    client = client_of(server, tmp_path, Turned())
    book = server.create()
    client.spreadsheets_get(book.id, TITLE)
    server.clock.turn(2 * 3600)
    assert client.spreadsheets_get(book.id, TITLE) == SERVICES
    assert kinds(server) == [("token", 200), ("read", 200), ("read", 401), ("token", 200), ("read", 200)]


def test_a_token_that_is_never_good_is_renewed_only_once(server: SheetsServer, tmp_path: Path) -> None:
    server.faults.always(Fault(status=401), "read")
    with pytest.raises(RunFailed, match="Google did not accept the token"):
        client_of(server, tmp_path, Turned()).spreadsheets_get(server.create().id, TITLE)
    assert kinds(server) == [("token", 200), ("read", 401), ("token", 200), ("read", 401)]


def test_a_key_that_was_deleted(server: SheetsServer, tmp_path: Path) -> None:
    server.tokens.revoked = True
    with pytest.raises(RunFailed) as raised:
        client_of(server, tmp_path).spreadsheets_get(server.create().id, TITLE)
    assert raised.value.what == (
        "Google does not accept the key: it was deleted or disabled, or its service account was."
    )
    assert "make a new key" in raised.value.remedy
    assert kinds(server) == [("token", 400)]


def test_a_key_that_is_deleted_while_it_runs(server: SheetsServer, tmp_path: Path) -> None:
    client = client_of(server, tmp_path)
    book = server.create()
    client.spreadsheets_get(book.id, TITLE)
    server.tokens.revoked = True
    with pytest.raises(RunFailed, match="it was deleted or disabled"):
        client.spreadsheets_get(book.id, TITLE)


CLOCKS = [
    (600, "10 minutes behind"),
    (-600, "10 minutes ahead of"),
    (3 * 3600, "3 hours behind"),
    (-400 * 86400, "400 days ahead of"),
]


@pytest.mark.parametrize(("skew", "said"), CLOCKS)
def test_a_wrong_clock_is_told_with_how_wrong_it_is(
    server: SheetsServer, tmp_path: Path, skew: int, said: str
) -> None:
    server.tokens.skew = skew
    with pytest.raises(RunFailed) as raised:
        client_of(server, tmp_path).spreadsheets_get(server.create().id, TITLE)
    assert raised.value.what == (
        f"Google did not accept the key, for the clock of this machine is {said} Google's."
    )
    assert raised.value.remedy.startswith("Set the clock right")


def test_delegation_that_is_missing(server: SheetsServer, tmp_path: Path) -> None:
    with pytest.raises(RunFailed) as raised:
        client_of(server, tmp_path, subject="office@school.example").spreadsheets_get("x", TITLE)
    assert (
        raised.value.what
        == "The service account may not act for office@school.example: delegation is missing."
    )
    assert SCOPE in raised.value.remedy
    assert "Domain-wide delegation" in raised.value.remedy


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (Fault(status=200, html=True), "A proxy or filter on the way answered in Google's place (HTTP 200)"),
        (Fault(status=200, body=[1]), "A proxy or filter on the way answered in Google's place (HTTP 200)"),
        (Fault(status=200, body={}), "Google gave no token, for a reason that this program does not know."),
        (Fault(status=200, body={"access_token": "x", "expires_in": "soon"}), "Google gave no token"),
        (Fault(status=200, body={"access_token": "x", "expires_in": [1]}), "Google gave no token"),
        (Fault(status=400, body={"error": {"code": 400}}), "Google gave no token, for a reason"),
        (Fault(status=400, body={"error": ["x"]}), "Google gave no token, for a reason"),
        (Fault(status=401, body={"error": "invalid_client"}), "Google does not accept the key"),
        (
            Fault(status=400, body={"error": "invalid_scope"}),
            "The credentials of this machine may not",
        ),
        (Fault(status=401, body={"error": "unauthorized_client"}), "Google gives this account no token"),
        (
            Fault(status=302, body="", headers={"Location": "https://a.example"}),
            "Something on the way leads to",
        ),
        (Fault(status=307, headers={"Location": "https://a.example"}), "Something on the way leads to"),
    ],
)
def test_what_else_a_token_endpoint_may_answer(
    server: SheetsServer, tmp_path: Path, fault: Fault, what: str
) -> None:
    server.faults.always(fault, "token")
    with pytest.raises(RunFailed) as raised:
        client_of(server, tmp_path, Turned()).spreadsheets_get(server.create().id, TITLE)
    assert raised.value.what.startswith(what)
    assert kinds(server) == [("token", fault.status)]
