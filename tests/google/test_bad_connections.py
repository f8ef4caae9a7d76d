"""No way to Google: no name, no connection, no trust, a proxy that refuses. What is said, what would do, and
that what would do does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from tests.google.middlemen import (
    Serve,
    certificate,
    listening,
    opening_tls,
    proxy_that_answers,
    proxy_that_says_nothing,
    proxy_to,
)
from tests.google.mornings import Morning
from tests.google.outcomes import arrived, failed, recovers
from tests.google.school import MONDAY, School

At = Callable[[str], School]
HOST = "sheets.school.example"
BUSY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html><h1>Bad gateway</h1></html>"
BLOCKED = b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n<html>Blocked by the filter</html>"
LOGIN = b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n<html>'
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Please log in to the network</html>"


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "HTTPS_PROXY",
        "HTTP_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
    ):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def school(at: At, all_mornings: dict[str, Morning]) -> Iterator[School]:
    """A school whose run fails; with its configuration set right it recovers."""
    morning = all_mornings["rows"]
    school = at("rows")
    yield school
    assert school.tabs() == morning.tabs
    assert school.requests("read") == 0
    school.configure()
    assert recovers(school, morning)


def port_of(school: School) -> int:
    port = urlsplit(school.server.url).port
    assert port is not None
    return port


def test_a_name_that_is_not_known(school: School) -> None:
    school.configure(endpoint="https://no-such-host.invalid")
    ran = school.sync()
    assert failed(ran, school, "does not know the name no-such-host.invalid", "6 tries", "DNS", "online")


def test_a_key_whose_tokens_come_from_nowhere(school: School) -> None:
    key = school.key.read_text()
    school.key.write_text(key.replace(f"{school.server.url}/token", "https://no-such-host.invalid/token"))
    ran = school.sync()
    assert failed(ran, school, "no-such-host.invalid", "while getting a token", "DNS")
    school.key.write_text(key)


def test_nobody_listens(school: School) -> None:
    with listening(lambda connection: None) as port:
        pass
    school.configure(endpoint=f"https://127.0.0.1:{port}")
    assert failed(school.sync(), school, "No connection to 127.0.0.1", "6 tries", "online", "HTTPS_PROXY")


PROXIES = [
    # which                 what it does                 what is said
    ("wants a login", proxy_that_answers(LOGIN), ("asked for a user and a password", "HTTPS_PROXY")),
    ("is busy", proxy_that_answers(BUSY), ("proxy", "6 tries", "HTTPS_PROXY")),
    ("forbids", proxy_that_answers(BLOCKED), ("proxy", "whoever looks after the network")),
    ("hangs up", proxy_that_answers(b""), ("whoever looks after the network",)),
    ("shows its login page", proxy_that_answers(PAGE), ("whoever looks after the network",)),
]


@pytest.mark.parametrize(("serve", "says"), [case[1:] for case in PROXIES], ids=[case[0] for case in PROXIES])
def test_a_proxy_that(
    school: School, monkeypatch: pytest.MonkeyPatch, serve: Serve, says: tuple[str, ...]
) -> None:
    school.configure(endpoint=f"https://{HOST}")
    with listening(serve) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        assert failed(school.sync(), school, HOST, "while reading the workbook", *says)


def test_a_proxy_that_is_not_there(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(lambda connection: None) as port:
        pass
    school.configure(endpoint=f"https://{HOST}")
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    assert failed(school.sync(), school, "proxy", "could not be reached", "HTTPS_PROXY")


def test_a_proxy_that_says_nothing_is_left_at_the_deadline(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.configure(endpoint=f"https://{HOST}", deadline="1s")
    with listening(proxy_that_says_nothing) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        ran = school.sync()
    assert ran.seconds < 4
    assert failed(ran, school, "deadline of 1 second", "while reading the workbook")


def test_a_certificate_that_nobody_trusts(school: School) -> None:
    context = certificate(trustme.CA(), HOST)
    with listening(opening_tls(context, port_of(school))) as port:
        school.configure(endpoint=f"https://localhost:{port}")
        assert failed(school.sync(), school, "certificate", "nothing was sent", "REQUESTS_CA_BUNDLE")


def test_a_certificate_of_another_name(
    school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trusted(monkeypatch, tmp_path)
    with listening(opening_tls(certificate(authority, "other.example"), port_of(school))) as port:
        school.configure(endpoint=f"https://localhost:{port}")
        assert failed(school.sync(), school, "certificate", "nothing was sent", "REQUESTS_CA_BUNDLE")


@pytest.mark.parametrize("days", [-400, 400])
def test_a_certificate_that_is_not_valid_today(
    school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, days: int
) -> None:
    authority = trusted(monkeypatch, tmp_path)
    begins = datetime.now(UTC) + timedelta(days=days)
    context = certificate(authority, "localhost", begins)
    with listening(opening_tls(context, port_of(school))) as port:
        school.configure(endpoint=f"https://localhost:{port}")
        assert failed(school.sync(), school, "not valid today", "clock of this machine")


def test_a_server_that_does_not_speak_tls(school: School) -> None:
    school.configure(endpoint=f"https://127.0.0.1:{port_of(school)}")
    assert failed(school.sync(), school, "No secure connection to 127.0.0.1", "nothing was sent", "TLS")


def test_with_its_certificate_named_a_school_that_opens_tls_is_worked_through(
    at: At, all_mornings: dict[str, Morning], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A proxy, a filter that opens TLS behind it, REQUESTS_CA_BUNDLE: the run goes through."""
    school, authority = at("rows"), trusted(monkeypatch, tmp_path)
    with (
        listening(opening_tls(certificate(authority, HOST), port_of(school))) as opening,
        listening(proxy_to(opening)) as proxy,
    ):
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy}")
        school.configure(endpoint=f"https://{HOST}")
        ran = school.sync(MONDAY)
    assert (ran.code, ran.err) == (0, "")
    assert arrived(school, all_mornings["rows"])


def trusted(monkeypatch: pytest.MonkeyPatch, folder: Path) -> trustme.CA:
    """Return an authority that this machine trusts, as it would a school's."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "school.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "school.pem"))
    return authority
