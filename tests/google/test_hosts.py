"""A whole run talks to the hosts that the configuration and the key name, and to no other: every connection
of the process is recorded by Python's own audit, whoever makes it, google-auth's thread included."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import service_account

from tests.google.mornings import Morning
from tests.google.outcomes import arrived
from tests.google.school import School

At = Callable[[str], School]
LOOKUP = "GOOGLE_SDK_EXPERIMENTAL_PYTHON_REGIONAL_ACCESS_BOUNDARY_LOOKUP_ENABLED"
"""Lets google-auth ask by itself in which regions an account may work; from 2.55 on it did so unasked."""
WAYS = ("key file", "application default", "key file that signs its tokens itself")


class Watch:
    """Records where this process goes; what is not this machine is refused. Once put up it cannot be taken
    down, so it can be shut."""

    EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.open = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.open or event not in self.EVENTS:
            return
        where = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments
        host, port = (*where, "")[:2] if isinstance(where, tuple) else (where, "")
        if isinstance(host, bytes):
            host = host.decode()
        self.gone.add(f"{host}:{port}")
        if host != "127.0.0.1":
            raise OSError("refused by the test")

    @contextmanager
    def watching(self) -> Iterator[set[str]]:
        self.gone.clear()
        self.open = True
        try:
            yield self.gone
            time.sleep(0.2)
            for thread in threading.enumerate():
                if "RegionalAccessBoundary" in type(thread).__name__:
                    thread.join(30)
        finally:
            self.open = False


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.mark.parametrize("way", WAYS)
def test_a_run_goes_to_the_endpoint_and_to_where_tokens_come_from_alone(
    at: At, all_mornings: dict[str, Morning], monkeypatch: pytest.MonkeyPatch, watch: Watch, way: str
) -> None:
    monkeypatch.setenv(LOOKUP, "true")
    school = at("rows")
    if way == "application default":
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(school.key))
        lines = school.config.read_text().splitlines()
        school.config.write_text("\n".join(line for line in lines if not line.startswith("credentials")))
    elif way != "key file":
        school.configure(google="always_use_jwt_access = true\n")
    with watch.watching() as gone:
        ran = school.sync()
    assert (ran.code, ran.err) == (0, "")
    assert gone == {school.server.url.removeprefix("http://")}
    assert arrived(school, all_mornings["rows"])
    assert school.requests("token") == (0 if "itself" in way else 1)


def test_the_watch_has_teeth(at: At, monkeypatch: pytest.MonkeyPatch, watch: Watch) -> None:
    """google-auth with a session of its own asks Google, and the watch sees it."""
    monkeypatch.setenv(LOOKUP, "true")
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    school = at("rows")
    credentials = service_account.Credentials.from_service_account_file(
        str(school.key), scopes=["https://www.googleapis.com/auth/spreadsheets"]
    )
    with watch.watching() as gone:
        AuthorizedSession(credentials).get(f"{school.server.url}/v4/spreadsheets/{school.id}")
    assert "iamcredentials.googleapis.com:443" in gone
