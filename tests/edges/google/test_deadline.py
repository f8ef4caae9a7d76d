"""A run ends within its deadline and says where it stood: hangs, drips, full quotas, in every step."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import trustme

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.client import SheetsClient
from sheets_sync.edges.google.credentials import access
from sheets_sync.edges.google.pace import USER_LIMIT, Windows
from sheets_sync.problems import RunFailed
from tests.edges.google.talking import TITLE, a_cell, client_of, first_id
from tests.edges.google.turned import Turned
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

DEADLINE = 0.7
LATE = 1.5
"""Seconds that a run may end after its deadline, on a machine that does something else besides."""

ENDLESS = {
    "a hang": Fault(hang=True),
    "headers, a byte a second": Fault(drip="headers"),
    "a body, a byte a second": Fault(drip="body"),
    "headers that trickle": Fault(drip="headers", drip_seconds=0.05),
    "a body that trickles": Fault(drip="body", drip_seconds=0.05),
}
STEPS = {"token": "getting a token", "read": "reading the workbook", "write": "writing the tabs"}


@pytest.mark.parametrize("kind", STEPS)
@pytest.mark.parametrize("fault", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_ended(server: SheetsServer, tmp_path: Path, kind: str, fault: Fault) -> None:
    book = server.create()
    server.faults.always(fault, kind)
    body = a_cell("x", first_id(server, book.id))
    client = client_of(server, tmp_path, deadline=DEADLINE)
    began = time.monotonic()
    with pytest.raises(RunFailed) as raised:
        client.batch_update(book.id, body, repeat=True) if kind == "write" else client.spreadsheets_get(
            book.id
        )
    assert DEADLINE - 0.1 < time.monotonic() - began < DEADLINE + LATE
    assert raised.value.what == f"The run was ended by its deadline of 1 second while {STEPS[kind]}."
    assert raised.value.exit_code == 1


def test_the_deadline_is_the_runs_and_not_each_requests(server: SheetsServer, tmp_path: Path) -> None:
    book = server.create()
    server.delay = 0.3
    client = client_of(server, tmp_path, deadline=2 * DEADLINE)
    began, read = time.monotonic(), 0
    with suppress(RunFailed):
        while read < 20:
            client.spreadsheets_get(book.id, TITLE)
            read += 1
    assert 1 <= read <= 4
    assert time.monotonic() - began < 2 * DEADLINE + LATE


def test_after_the_deadline_nothing_is_asked_any_more(server: SheetsServer, tmp_path: Path) -> None:
    turned = Turned()
    client = client_of(server, tmp_path, turned, deadline=100)
    book = server.create()
    client.spreadsheets_get(book.id, TITLE)
    turned.time = 100.0
    with pytest.raises(RunFailed, match="ended by its deadline of 100 seconds"):
        client.spreadsheets_get(book.id, TITLE)
    assert len(server.requests) == 2


def test_a_quota_that_opens_too_late_is_not_waited_for(server: SheetsServer, tmp_path: Path) -> None:
    turned, windows = Turned(), Windows()
    book = server.create()
    earlier = client_of(server, tmp_path, turned, windows=windows)
    for _ in range(USER_LIMIT):
        earlier.spreadsheets_get(book.id, TITLE)
    client = client_of(server, tmp_path, turned, windows=windows, deadline=30)
    with pytest.raises(RunFailed) as raised:
        client.spreadsheets_get(book.id, TITLE)
    assert raised.value.what == (
        "Google's quota allows no request for 60 seconds, which is past the deadline, while reading the"
        " workbook."
    )
    assert turned.slept == []


@contextmanager
def serving(answer: Callable[[socket.socket], None], context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Accept connections and let `answer` do with each what it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def one(plain: socket.socket) -> None:
            with suppress(OSError), plain:
                connected = context.wrap_socket(plain, server_side=True) if context else plain
                with connected:
                    answer(connected)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=one, args=(listening.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield int(listening.getsockname()[1])


def trickle(connected: socket.socket) -> None:
    connected.recv(4096)
    for letter in b"HTTP/1.1 200 OK\r\nX-Trickle: " + b"x" * 1000:
        connected.sendall(bytes([letter]))
        time.sleep(0.05)


def say_nothing(connected: socket.socket) -> None:
    connected.recv(4096)
    time.sleep(30)


def client_at(url: str, server: SheetsServer, folder: Path, deadline: float) -> SheetsClient:
    """Return a client whose token comes from the test server and whose workbook is elsewhere."""
    who = access(GoogleConfig(credentials=server.key_file(folder)))
    return SheetsClient(who.credentials, who=who, endpoint=url, deadline=deadline)


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A TLS server's side, by an authority that requests is told of."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "sheets.school.example").configure_cert(context)
    return context


@pytest.mark.parametrize("answer", [trickle, say_nothing])
def test_over_tls_it_ends_as_well(
    server: SheetsServer, tmp_path: Path, secure: ssl.SSLContext, answer: Callable[[socket.socket], None]
) -> None:
    with serving(answer, secure) as port:
        client = client_at(f"https://127.0.0.1:{port}", server, tmp_path, DEADLINE)
        began = time.monotonic()
        with pytest.raises(RunFailed, match="ended by its deadline"):
            client.spreadsheets_get("x", TITLE)
    assert time.monotonic() - began < DEADLINE + LATE


@pytest.mark.parametrize("answer", [trickle, say_nothing])
def test_a_proxy_that_never_ends_its_answer_is_ended(
    server: SheetsServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[socket.socket], None],
) -> None:
    with serving(answer) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        client = client_at("https://sheets.school.example", server, tmp_path, DEADLINE)
        began = time.monotonic()
        with pytest.raises(RunFailed, match="ended by its deadline"):
            client.spreadsheets_get("x", TITLE)
    assert time.monotonic() - began < DEADLINE + LATE


def test_a_server_that_takes_nothing_in_is_ended(server: SheetsServer, tmp_path: Path) -> None:
    """What is to be written does not go out: its first bytes fill what lies between, and nobody reads."""
    with serving(lambda connected: time.sleep(30)) as port:
        client = client_at(f"http://127.0.0.1:{port}", server, tmp_path, DEADLINE)
        began = time.monotonic()
        with pytest.raises(RunFailed, match="ended by its deadline"):
            client.batch_update("x", a_cell("x" * 30_000_000, 0), repeat=True)
    assert time.monotonic() - began < DEADLINE + LATE
