"""What lies between school and Google: names, firewalls, proxies, certificates; each told in its sentence."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
import responses
import trustme
import urllib3

from sheets_sync.config import GoogleConfig
from sheets_sync.edges.google.client import SheetsClient
from sheets_sync.edges.google.connection import Broken, what_broke
from sheets_sync.edges.google.credentials import access
from sheets_sync.problems import RunFailed
from tests.edges.google.talking import TITLE
from tests.edges.google.turned import Turned
from tests.sheets_server.server import SheetsServer


@pytest.fixture(autouse=True)
def _no_proxies_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


@pytest.fixture
def client(server: SheetsServer, tmp_path: Path, turned: Turned) -> Callable[[str], SheetsClient]:
    """Return what makes a client whose token comes from the test server and whose workbook is elsewhere."""
    who = access(GoogleConfig(credentials=server.key_file(tmp_path)))
    return lambda url: SheetsClient(who.credentials, who=who, endpoint=url, machine=turned.machine())


@pytest.fixture
def turned() -> Turned:
    return Turned()


@contextmanager
def serving(answer: bytes, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Answer every connection with these bytes, whatever it asks."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    plain = listening.accept()[0]
                    with suppress(OSError), plain:
                        connected = context.wrap_socket(plain, server_side=True) if context else plain
                        connected.recv(65536)
                        connected.sendall(answer)
                        connected.close()

        threading.Thread(target=accept, daemon=True).start()
        yield int(listening.getsockname()[1])


GOOD = b'HTTP/1.1 200 OK\r\nContent-Length: 21\r\nConnection: close\r\n\r\n{"spreadsheetId":"x"}'


def tls(authority: trustme.CA, name: str = "127.0.0.1", until: datetime | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=until).configure_cert(context)
    return context


def said(client: SheetsClient) -> tuple[str, str]:
    with pytest.raises(RunFailed) as raised:
        client.spreadsheets_get("x", TITLE)
    return raised.value.what, raised.value.remedy


def test_tls_with_an_authority_of_the_schools_own_works_where_it_is_named(
    client: Callable[[str], SheetsClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "school.pem")
    with serving(GOOD, tls(authority)) as port:
        endpoint = f"https://127.0.0.1:{port}"
        what, remedy = said(client(endpoint))
        assert what == (
            "This machine does not trust the certificate that 127.0.0.1 showed while reading the workbook;"
            " nothing was sent."
        )
        assert "REQUESTS_CA_BUNDLE" in remedy
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "school.pem"))
        assert client(endpoint).spreadsheets_get("x", TITLE) == {"spreadsheetId": "x"}


def test_a_certificate_is_not_tried_twice(client: Callable[[str], SheetsClient], turned: Turned) -> None:
    with serving(GOOD, tls(trustme.CA())) as port:
        said(client(f"https://127.0.0.1:{port}"))
    assert turned.slept == []


def test_a_certificate_of_another_name(
    client: Callable[[str], SheetsClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "school.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "school.pem"))
    with serving(GOOD, tls(authority, "other.example")) as port:
        assert said(client(f"https://127.0.0.1:{port}"))[0].startswith("This machine does not trust")


def test_a_certificate_that_is_over_may_be_a_wrong_clock(
    client: Callable[[str], SheetsClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "school.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "school.pem"))
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with serving(GOOD, tls(authority, until=yesterday)) as port:
        what, remedy = said(client(f"https://127.0.0.1:{port}"))
    assert what.endswith("is not valid today; nothing was sent.")
    assert remedy.startswith("Look whether the clock of this machine is right")


def test_a_server_that_speaks_no_tls(client: Callable[[str], SheetsClient]) -> None:
    with serving(GOOD) as port:
        what, _ = said(client(f"https://127.0.0.1:{port}"))
    assert what == (
        "No secure connection to 127.0.0.1 came about while reading the workbook; nothing was sent."
    )


LOGIN = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
FORBIDS = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"


def test_a_proxy_that_wants_a_password(
    client: Callable[[str], SheetsClient], monkeypatch: pytest.MonkeyPatch, turned: Turned
) -> None:
    with serving(LOGIN) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        what, remedy = said(client("https://sheets.school.example"))
    assert what == (
        "The proxy on the way to sheets.school.example asked for a user and a password while reading the"
        " workbook; nothing was sent."
    )
    assert remedy.startswith(
        "Put them into the address of the proxy, in the environment variable HTTPS_PROXY"
    )
    assert turned.slept == []


def test_a_proxy_that_forbids(client: Callable[[str], SheetsClient], monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(FORBIDS) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        what, remedy = said(client("https://sheets.school.example"))
    assert what == (
        "The proxy on the way to sheets.school.example could not be reached, or refused, while reading the"
        " workbook (6 tries)."
    )
    assert "HTTPS_PROXY" in remedy


def test_a_proxy_that_is_not_there(
    client: Callable[[str], SheetsClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert said(client("https://sheets.school.example"))[0].startswith("The proxy on the way to")


def test_a_write_that_a_proxy_kept_is_not_unclear(
    client: Callable[[str], SheetsClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy was asked to connect; the write itself never left."""
    with serving(FORBIDS) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        with pytest.raises(RunFailed, match="The proxy on the way"):
            client("https://sheets.school.example").batch_update("x", {"requests": []}, repeat=False)


def test_a_name_that_is_not_known(
    client: Callable[[str], SheetsClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def looking_up(host: str, *args: object, **kwargs: object) -> object:
        if host.endswith(".example"):
            raise socket.gaierror(-2, "Name or service not known")
        return look_up(host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", looking_up)
    what, remedy = said(client("https://sheets.school.example"))
    assert what == (
        "The network does not know the name sheets.school.example, while reading the workbook (6 tries)."
    )
    assert "DNS" in remedy


@responses.activate
def test_hangs_are_tried_again_until_five_minutes_are_over(
    server: SheetsServer, client: Callable[[str], SheetsClient], turned: Turned
) -> None:
    def hang(request: requests.PreparedRequest) -> None:
        turned.time += 190
        raise requests.exceptions.ReadTimeout("Read timed out.")

    responses.add_passthru(server.url)
    responses.add_callback("GET", "https://sheets.googleapis.com/v4/spreadsheets/x", callback=hang)
    what, _ = said(client("https://sheets.googleapis.com"))
    assert what == "sheets.googleapis.com did not answer while reading the workbook (2 tries)."
    assert turned.slept == [1.0]


POOL = urllib3.HTTPSConnectionPool("sheets.school.example")
CHAINS = [
    (requests.exceptions.ChunkedEncodingError("cut"), Broken.DROPPED),
    (requests.exceptions.ContentDecodingError("half a gzip"), Broken.DROPPED),
    (requests.exceptions.ConnectTimeout("slow"), Broken.CONNECTING),
    (requests.exceptions.ReadTimeout("slow"), Broken.SILENCE),
    (requests.exceptions.ConnectionError(urllib3.exceptions.ReadTimeoutError(POOL, "/", "")), Broken.SILENCE),
    (requests.exceptions.SSLError(ssl.SSLError("handshake failure")), Broken.TLS),
    (requests.exceptions.SSLError(ssl.SSLEOFError("cut")), Broken.DROPPED),
    (requests.exceptions.ConnectionError(ConnectionResetError()), Broken.DROPPED),
    (RuntimeError("nobody knows"), Broken.DROPPED),
]


@pytest.mark.parametrize(("error", "broken"), CHAINS)
def test_what_an_exception_stands_for(error: Exception, broken: Broken) -> None:
    assert what_broke(error) is broken


def test_an_exception_that_is_its_own_cause_is_looked_at_once() -> None:
    error = requests.exceptions.ConnectionError()
    error.args = (error,)
    assert what_broke(error) is Broken.DROPPED


@pytest.mark.parametrize("proxy", ["http://", "socks5://127.0.0.1:1080", "ftp://127.0.0.1"])
def test_a_proxy_whose_address_is_wrong(
    client: Callable[[str], SheetsClient], monkeypatch: pytest.MonkeyPatch, turned: Turned, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    what, remedy = said(client("https://sheets.school.example"))
    assert what == (
        "The proxy on the way to sheets.school.example has an address that cannot be used, while reading the"
        " workbook; nothing was sent."
    )
    assert "HTTPS_PROXY" in remedy
    assert turned.slept == []


def test_a_file_of_certificates_that_is_not_there(
    client: Callable[[str], SheetsClient], monkeypatch: pytest.MonkeyPatch, turned: Turned
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/file.pem")
    what, _ = said(client("https://sheets.school.example"))
    assert what == (
        "REQUESTS_CA_BUNDLE names a file that is not there, while reading the workbook; nothing was sent."
    )
    assert turned.slept == []


def test_a_file_of_certificates_that_is_none(
    client: Callable[[str], SheetsClient], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "school.pem").write_text("no certificate")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "school.pem"))
    with serving(GOOD) as port:
        assert said(client(f"https://127.0.0.1:{port}"))[0].startswith("No secure connection to 127.0.0.1")
