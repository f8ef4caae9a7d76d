"""Nothing goes to a host that configuration and key do not name: every connection and every name is recorded.

The guard is shown to have teeth: the same run with google-auth's own session is caught.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from google.auth.transport.requests import AuthorizedSession

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.client import SheetsClient, open_client
from sheets_sync.edges.google.credentials import access
from sheets_sync.edges.google.token import NoTokenError, TokenRequest
from sheets_sync.problems import RunFailed, WrongUse
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

LOOKUP = "GOOGLE_SDK_EXPERIMENTAL_PYTHON_REGIONAL_ACCESS_BOUNDARY_LOOKUP_ENABLED"
"""Lets google-auth ask by itself in which regions an account may work; from 2.55 it did so unasked."""


@contextmanager
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Record where sockets go and which names are looked up; what is not this machine is refused."""
    gone: list[str] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connecting(self: socket.socket, address: Any) -> None:
        gone.append(f"{address[0]}:{address[1]}")
        if address[0] != "127.0.0.1":
            raise ConnectionRefusedError(111, "refused by the test")
        connect(self, address)

    def looking_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "127.0.0.1":
            gone.append(str(host))
            raise socket.gaierror(-2, "refused by the test")
        return look_up(host, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", connecting)
        patch.setattr(socket, "getaddrinfo", looking_up)
        yield gone


def until_threads_are_done() -> None:
    """Wait for what google-auth does in the background."""
    for thread in threading.enumerate():
        if "RegionalAccessBoundary" in type(thread).__name__:
            thread.join(30)


def test_the_lookup_of_google_auth_never_leaves_the_machine(
    server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LOOKUP, "true")
    refused: list[str] = []
    ask = TokenRequest.__call__

    def asking(self: TokenRequest, url: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return ask(self, url, *args, **kwargs)
        except NoTokenError:
            refused.append(url)
            raise

    monkeypatch.setattr(TokenRequest, "__call__", asking)
    book = server.create()
    with recorded(monkeypatch) as gone:
        client = open_client(GoogleConfig(credentials=server.key_file(tmp_path), endpoint=server.url), 30)
        client.spreadsheets_get(book.id)
        client.require_editor(book.id)
        until_threads_are_done()
    assert len(refused) == 1, "google-auth no longer asks: is this test still needed?"
    assert refused[0].endswith("/allowedLocations")
    assert set(gone) == {server.url.removeprefix("http://")}
    assert [exchange.kind for exchange in server.requests] == ["token", "read", "write"]


def test_nor_where_the_endpoint_is_googles(
    server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token comes from the test server; Google's own host is then the one that is asked, and no other."""
    monkeypatch.setenv(LOOKUP, "true")
    who = access(GoogleConfig(credentials=server.key_file(tmp_path)))
    with recorded(monkeypatch) as gone:
        client = SheetsClient(who.credentials, who=who, deadline=1)
        with pytest.raises(RunFailed):
            client.spreadsheets_get("x")
        until_threads_are_done()
    assert set(gone) == {server.url.removeprefix("http://"), "sheets.googleapis.com"}


def test_the_guard_has_teeth(server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOOKUP, "true")
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    book = server.create()
    who = access(GoogleConfig(credentials=server.key_file(tmp_path)))
    with recorded(monkeypatch) as gone:
        AuthorizedSession(who.credentials).get(f"{server.url}/v4/spreadsheets/{book.id}")
        until_threads_are_done()
    assert "iamcredentials.googleapis.com" in gone


def test_a_key_that_names_another_host_is_asked_there_and_nowhere_else(
    server: SheetsServer, tmp_path: Path
) -> None:
    book = server.create()
    with SheetsServer() as tokens:
        tokens.tokens = server.tokens
        key = server.key_file(tmp_path)
        key.write_text(key.read_text().replace(server.url, tokens.url))
        client = open_client(GoogleConfig(credentials=key, endpoint=server.url), 30)
        client.spreadsheets_get(book.id)
        assert [exchange.kind for exchange in tokens.requests] == ["token"]
        assert [exchange.kind for exchange in server.requests] == ["read"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(server: SheetsServer, tmp_path: Path, status: int) -> None:
    book = server.create()
    with SheetsServer() as elsewhere:
        there = {"Location": f"{elsewhere.url}/v4/spreadsheets/{book.id}"}
        for kind in ("token", "read"):
            client = open_client(GoogleConfig(credentials=server.key_file(tmp_path), endpoint=server.url), 30)
            server.faults.next(Fault(status=status, headers=there, html=True), kind)
            with pytest.raises(RunFailed, match=f"leads to another place .HTTP {status}."):
                client.spreadsheets_get(book.id)
        assert elsewhere.requests == []


def test_every_request_of_gspread_goes_to_the_endpoint(
    server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_client(GoogleConfig(credentials=server.key_file(tmp_path), endpoint=server.url), 30)
    book = server.create()
    with recorded(monkeypatch) as gone:
        client.values_get(book.id, "Sheet1!A1")
        client.values_update(
            book.id, "Sheet1!A1", params={"valueInputOption": "RAW"}, body={"values": [["x"]]}
        )
        client.fetch_sheet_metadata(book.id)
    assert set(gone) == {server.url.removeprefix("http://")}


def test_a_session_that_is_asked_for_another_host_refuses(server: SheetsServer, tmp_path: Path) -> None:
    client = open_client(GoogleConfig(credentials=server.key_file(tmp_path), endpoint=server.url), 30)
    client._asking._credentials._token_uri = "https://evil.example/token"
    with pytest.raises(WrongUse) as raised:
        client.spreadsheets_get("x")
    assert raised.value.what == (
        "evil.example was to be asked while getting a token; neither configuration nor key names it, so"
        " nothing was sent."
    )


def test_a_password_in_netrc_is_not_sent_in_place_of_the_token(
    server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    book = server.create()
    client = open_client(GoogleConfig(credentials=server.key_file(tmp_path), endpoint=server.url), 30)
    client.spreadsheets_get(book.id)
    assert server.requests[-1].user == server.account


def test_plain_http_to_this_machine_goes_through_no_proxy(
    server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token would leave in clear otherwise."""
    book = server.create()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://proxy.school.example:3128")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with recorded(monkeypatch) as gone:
        client = open_client(GoogleConfig(credentials=server.key_file(tmp_path), endpoint=server.url), 30)
        client.spreadsheets_get(book.id)
    assert set(gone) == {server.url.removeprefix("http://")}
