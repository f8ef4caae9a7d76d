"""gspread and google-auth as they are: what they send, and that nothing of it leaves the machine."""

from __future__ import annotations

import socket
import threading
from typing import Any

import gspread
import pytest
from google.oauth2.service_account import Credentials

from tests.sheets_server.accounts import STRANGER
from tests.sheets_server.gspread_client import SCOPES, client_of, to
from tests.sheets_server.server import SheetsServer

LOOKED_UP = "GOOGLE_SDK_EXPERIMENTAL_PYTHON_REGIONAL_ACCESS_BOUNDARY_LOOKUP_ENABLED"
"""Where it is set, google-auth 2.63 asks its own service where an account may be used."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts whose addresses are looked up; none but this machine's is found."""
    hosts: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *args: Any, **options: Any) -> Any:
        hosts.append(host)
        if host != "127.0.0.1":
            raise socket.gaierror("no network in this test")
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setenv(LOOKED_UP, "true")
    return hosts


def call(client: gspread.Client, book_id: str) -> None:
    """Read something, and wait for whatever google-auth does in the background."""
    before = set(threading.enumerate())
    assert client.open_by_key(book_id).sheet1.acell("A1").value == "x"
    for thread in set(threading.enumerate()) - before:
        if "boundary" in type(thread).__name__.lower():
            thread.join(20)


def test_google_auths_own_call_stays_away(server: SheetsServer, asked: list[str]) -> None:
    book = server.create(sheets={"Notes": [["x"]]})
    call(client_of(server), book.id)
    assert set(asked) == {"127.0.0.1"}


def test_it_would_leave_with_googles_own_credentials(server: SheetsServer, asked: list[str]) -> None:
    book = server.create(sheets={"Notes": [["x"]]})
    info = server.tokens.accounts[server.account].info()
    credentials = Credentials.from_service_account_info(info, scopes=SCOPES)
    call(gspread.authorize(credentials, http_client=to(server.url)), book.id)
    assert {host for host in asked if host != "127.0.0.1"} == {"iamcredentials.googleapis.com"}


def test_a_client_asks_for_one_token_and_then_for_what_it_wants(server: SheetsServer) -> None:
    book = server.create(sheets={"Notes": [["x"]]})
    client_of(server).open_by_key(book.id)
    assert [(one.kind, one.user) for one in server.requests] == [
        ("token", ""),
        ("read", server.account),
    ]


def test_another_account_is_another_user(server: SheetsServer) -> None:
    book = server.create(sheets={"Notes": [["x"]]})
    with pytest.raises(PermissionError):
        client_of(server, STRANGER).open_by_key(book.id)
    assert server.requests[-1].user == STRANGER


def test_a_revoked_key_is_refused_by_the_token_endpoint(server: SheetsServer) -> None:
    server.tokens.revoked = True
    with pytest.raises(Exception, match="invalid_grant"):
        client_of(server).open_by_key("any")
    assert [one.kind for one in server.requests] == ["token"]
