"""Getting a token: google-auth asks through here, so that its requests keep to the same rules as ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth import exceptions, transport

from sheets_sync.edges.google.answer import Answer, is_page
from sheets_sync.edges.google.retries import STATUSES
from sheets_sync.edges.google.wire import CONNECT, READ

_PASSING = frozenset({"internal_failure", "server_error", "temporarily_unavailable"})
"""OAuth errors that are over in a moment (RFC 6749, 4.1.2.1)."""


class NoTokenError(exceptions.TransportError):
    """No answer, one that says to come back, or one that is not of a token endpoint.

    google-auth passes it on at once, instead of trying again by itself with sleeps of its own.
    """

    def __init__(self, host: str, answer: Answer | None = None, *, retryable: bool = True) -> None:
        super().__init__("no token", retryable=retryable)  # type: ignore[no-untyped-call]
        self.host = host
        self.answer = answer


class TokenRequest(transport.Request):
    """What google-auth asks with. `last` is the answer to the last token request."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session
        self.last: Answer | None = None

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | tuple[float, float] | None = None,
        **kwargs: Any,
    ) -> transport.Response:
        host = urlsplit(url).hostname or ""
        limits = (CONNECT, READ) if timeout is None else timeout
        try:
            response = self._session.request(
                method, url, data=body, headers=headers, timeout=limits, allow_redirects=False, **kwargs
            )
        except OSError as error:
            raise NoTokenError(host) from error
        self.last = answer_of(response)
        if method == "POST":
            _require_token_endpoint(self.last, host)
        return _Response(self.last)

    def __deepcopy__(self, memo: Any) -> TokenRequest:
        """google-auth copies it for its thread in the background, which is refused here as everything is."""
        return self


class _Response(transport.Response):
    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    @property
    def status(self) -> int:
        return self._answer.status

    @property
    def headers(self) -> Mapping[str, str]:
        return self._answer.headers

    @property
    def data(self) -> bytes:
        return self._answer.body


def answer_of(response: requests.Response) -> Answer:
    """Return a response as a value."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.content)


def _require_token_endpoint(answer: Answer, host: str) -> None:
    """Raise NoTokenError for what is to be asked again, and for what no token endpoint answers."""
    if answer.status in STATUSES:
        raise NoTokenError(host, answer)
    if 300 <= answer.status < 400:
        raise NoTokenError(host, answer, retryable=False)
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise NoTokenError(host, answer, retryable=not is_page(answer)) from None
    if not isinstance(said, dict):
        raise NoTokenError(host, answer, retryable=False)
    words = (said.get("error"), said.get("error_description"))
    if answer.status != 200 and any(isinstance(word, str) and word in _PASSING for word in words):
        raise NoTokenError(host, answer)
