"""Pings to a dead-man's switch: somebody is told when they do not come (healthchecks.io and its like).

ADDRESS/start when a run begins, ADDRESS when it is done, ADDRESS/CODE with the exit code of one that is not:
https://healthchecks.io/docs/http_api/. Nothing else is sent: no word of the workbook, not even its name. The
address is a secret, as whoever has it can ping: it stands in no message.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from sheets_sync import __version__

if TYPE_CHECKING:
    import requests

TIMEOUT = 3.0
"""Seconds for connecting, and for each wait for an answer."""

WITHIN = 8.0
"""Seconds that the end of a run waits for its ping, at most."""

TRIES = 3


class Ping:
    """The pings of one run to one address. None of them ever fails, and none holds up a run for long.

    A redirect is not followed: nobody is pinged but whom the configuration names.
    """

    def __init__(self, address: str, *, timeout: float = TIMEOUT, within: float = WITHIN) -> None:
        self._address = address
        self._timeout = timeout
        self._within = within
        self._first: threading.Thread | None = None
        self._last: threading.Thread | None = None
        self._until = 0.0
        self._problem = ""

    def __repr__(self) -> str:
        return f"Ping({self._host})"

    def start(self) -> None:
        """Say that a run begins; nobody waits for it."""
        self._first = self._in_background(lambda: self._send("/start"))

    def end(self, exit_code: int) -> None:
        """Say that a run is over; `problem` waits for it."""
        self._until = monotonic() + self._within
        self._problem = f"The ping to {self._host} was not answered in time."
        self._last = self._in_background(lambda: self._end(exit_code))

    def problem(self) -> str:
        """Wait for the last ping; return "", or a sentence why it did not arrive."""
        if self._last is not None:
            self._last.join(max(0.0, self._until - monotonic()))
        return self._problem

    def _end(self, exit_code: int) -> None:
        if self._first is not None:
            self._first.join(self._within / 2)
        self._problem = self._send(f"/{exit_code}" if exit_code else "")

    @property
    def _host(self) -> str:
        return urlsplit(self._address).hostname or ""

    def _in_background(self, ping: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=ping, daemon=True)
        thread.start()
        return thread

    def _send(self, suffix: str) -> str:
        import requests

        problem = ""
        for _ in range(TRIES):
            try:
                status = self._status(suffix)
            except requests.RequestException:
                problem = f"The ping to {self._host} did not arrive."
                continue
            if 200 <= status < 300:
                return ""
            problem = f"The ping to {self._host} was not taken ({status})."
            if status < 500:
                break
        return problem

    def _status(self, suffix: str) -> int:
        import requests

        parts = urlsplit(self._address)
        address = urlunsplit(parts._replace(path=parts.path.rstrip("/") + suffix))
        with requests.Session() as session:
            session.auth = _as_it_is
            session.headers["User-Agent"] = f"sheets-sync/{__version__}"
            # plain http is this machine's own: no proxy is asked for it
            proxies = {"http": ""} if parts.scheme == "http" else None
            with session.get(
                address, timeout=self._timeout, allow_redirects=False, stream=True, proxies=proxies
            ) as answer:
                return answer.status_code


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Add nothing: a password in ~/.netrc is not for this."""
    return request
