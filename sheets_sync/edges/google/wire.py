"""Requests on the wire: to named hosts alone, never redirected, and over when the run must be over.

A read timeout starts anew with each byte that comes, so a server that sends one byte a second holds a client
for days, in its headers or in its body. Here every single read from the socket may last no longer than what
is left of the run.
"""

from __future__ import annotations

import http.client
import io
import socket
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from sheets_sync.edges.google.connection import NotNamedError
from sheets_sync.edges.google.machine import Machine
from sheets_sync.edges.google.origins import Origins

CONNECT = 5.0
READ = 190.0
"""Seconds; Google ends a request itself after 180 s."""
_PIECE = 16_384


@dataclass
class Limit:
    """When all must be over, by the machine's `now`; and whether a request has begun to leave."""

    machine: Machine
    until: float
    sent: bool = field(default=False)

    def left(self) -> float:
        return self.until - self.machine.now()

    def hold(self, connected: socket.socket, longest: float) -> None:
        """Let the next read or write of a socket last `longest`, or what is left. Raises TimeoutError."""
        left = self.left()
        if left <= 0:
            raise TimeoutError("the deadline is over")
        connected.settimeout(min(longest, left))


def named_session(origins: Origins, limit: Limit) -> requests.Session:
    """Return a session that reaches these origins alone, within the limit.

    Proxies and certificates are those of the environment, as requests has them; a password in ~/.netrc is
    never sent in place of the token.
    """
    session = requests.Session()
    session.auth = _as_it_is
    for prefix in ("https://", "http://"):
        session.mount(prefix, _Adapter(origins, limit))
    return session


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


class _Adapter(HTTPAdapter):
    """Sends to named hosts; plain http, which is this machine's own, through no proxy."""

    def __init__(self, origins: Origins, limit: Limit) -> None:
        self._origins = origins
        self._limit = limit
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._limit)

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **proxy_kwargs)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _pools(self._limit)
        return manager

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        url = request.url or ""
        if not self._origins.allows(url):
            raise NotNamedError("a host that is not named", request=None)
        if url.startswith("http:"):
            kwargs["proxies"] = {}
        return super().send(request, *args, **kwargs)


def _pools(limit: Limit) -> dict[str, type]:
    """Return pools whose connections keep within the limit."""

    class Held(http.client.HTTPResponse):
        def __init__(self, connected: socket.socket, *args: Any, **kwargs: Any) -> None:
            super().__init__(_Reading(connected, limit), *args, **kwargs)  # type: ignore[arg-type]

    class Sending:
        def send(self: Any, data: Any) -> None:
            if self.sock is None:
                self.connect()
            pieces = memoryview(data) if isinstance(data, bytes) else data
            for at in range(0, len(pieces), _PIECE):
                limit.hold(self.sock, READ)
                limit.sent = True
                super().send(pieces[at : at + _PIECE])  # type: ignore[misc]

        def _tunnel(self) -> None:
            """What the proxy was asked for is not the request yet."""
            try:
                super()._tunnel()  # type: ignore[misc]
            finally:
                limit.sent = False

    class Plain(Sending, HTTPConnection):
        response_class: Any = Held

    class Secure(Sending, HTTPSConnection):
        response_class: Any = Held

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Reading:
    """What an answer needs of a socket: a file to read from."""

    def __init__(self, connected: socket.socket, limit: Limit) -> None:
        self._connected = connected
        self._limit = limit

    def makefile(self, mode: str) -> io.BufferedReader:
        raw = self._connected.makefile(mode, buffering=0)  # type: ignore[call-overload]
        return io.BufferedReader(_Raw(raw, self._connected, self._limit))


class _Raw(io.RawIOBase):
    """Reads from a socket, each time for no longer than is left."""

    def __init__(self, raw: io.RawIOBase, connected: socket.socket, limit: Limit) -> None:
        super().__init__()
        self._raw = raw
        self._connected = connected
        self._limit = limit
        self._longest = connected.gettimeout() or READ

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._limit.hold(self._connected, self._longest)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
