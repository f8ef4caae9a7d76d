"""What can go wrong between a program and Google, to be told to the server request by request."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.sheets_server.exchange import Answer

BAD_GATEWAY = """<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <title>Error 502 (Server Error)!!1</title>
  <p><b>502.</b> <ins>That's an error.</ins>
  <p>The server encountered a temporary error and could not complete your request.<p>Please try again in 30
  seconds. <ins>That's all we know.</ins>
"""

_WORDS = {
    400: ("INVALID_ARGUMENT", "Request contains an invalid argument."),
    401: ("UNAUTHENTICATED", "Request had invalid authentication credentials."),
    403: ("PERMISSION_DENIED", "The caller does not have permission"),
    404: ("NOT_FOUND", "Requested entity was not found."),
    408: ("DEADLINE_EXCEEDED", "The request timed out."),
    409: ("ABORTED", "The operation was aborted."),
    429: ("RESOURCE_EXHAUSTED", "Quota exceeded."),
    500: ("INTERNAL", "Internal error encountered."),
    501: ("UNIMPLEMENTED", "Operation is not implemented, or supported, or enabled."),
    502: ("UNAVAILABLE", "The service is currently unavailable."),
    503: ("UNAVAILABLE", "The service is currently unavailable."),
    504: ("DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
}


@dataclass(frozen=True)
class Fault:
    """What happens to one request. Alone or together:

    `status`: answer this, with Google's JSON, or `body` (text, bytes or JSON), or an HTML page (`html`);
    `headers` are added ("Retry-After"). The request is not carried out before unless `applied`.
    `reset`: the connection is reset "before" the request is carried out, or "after" it, without an answer.
    `cut`: the answer ends after so many bytes of its body, although Content-Length tells the whole.
    `drip`: "headers" or "body" go one byte every `drip_seconds`. `delay`: seconds before the answer.
    `hang`: the request is never answered (nor carried out), the connection stays open.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    html: bool = False
    applied: bool = False
    reset: Literal["before", "after"] | None = None
    cut: int | None = None
    drip: Literal["headers", "body"] | None = None
    drip_seconds: float = 1.0
    delay: float = 0.0
    hang: bool = False

    @property
    def carried_out(self) -> bool:
        """True where the request does its work all the same."""
        if self.hang or self.reset == "before":
            return False
        return self.applied or not self.replaces

    @property
    def replaces(self) -> bool:
        """True where the fault's own answer goes out."""
        return self.status is not None or self.html or self.body is not None

    def answer(self) -> Answer:
        """Return the fault's own answer."""
        status = self.status or 200
        if self.html:
            page = self.body if self.body is not None else BAD_GATEWAY.replace("502", str(self.status or 502))
            content, kind = str(page).encode(), "text/html; charset=UTF-8"
        else:
            content, kind = _content(self.body, status), "application/json; charset=UTF-8"
        return Answer(status, content, (("Content-Type", kind), *self.headers.items()))


class Faults:
    """Faults that wait for the requests that they are meant for."""

    def __init__(self) -> None:
        self._waiting: list[list[Any]] = []
        self._lock = threading.Lock()

    def next(self, fault: Fault, kind: str | None = None, times: int = 1) -> None:
        """Let this happen to the next `times` requests: "read", "write", "token", "drive"; None: all kinds.

        Faults for the same kind happen one after the other, in the order in which they were told.
        """
        with self._lock:
            self._waiting.append([kind, times, fault])

    def always(self, fault: Fault, kind: str | None = None) -> None:
        """Let this happen to every request of a kind, until `clear`."""
        self.next(fault, kind, times=10**9)

    def clear(self) -> None:
        """Forget the faults that have not happened yet."""
        with self._lock:
            self._waiting.clear()

    def take(self, kind: str) -> Fault | None:
        """Return the fault that is meant for a request of this kind."""
        with self._lock:
            for waiting in self._waiting:
                if waiting[0] in (None, kind):
                    waiting[1] -= 1
                    if waiting[1] <= 0:
                        self._waiting.remove(waiting)
                    return waiting[2]  # type: ignore[no-any-return]
        return None


def _content(body: Any, status: int) -> bytes:
    if body is None:
        word, message = _WORDS.get(status, ("UNKNOWN", "Unknown error."))
        body = {"error": {"code": status, "message": message, "status": word}} if status >= 400 else {}
    if isinstance(body, bytes):
        return body
    return body.encode() if isinstance(body, str) else json.dumps(body, indent=2).encode()
