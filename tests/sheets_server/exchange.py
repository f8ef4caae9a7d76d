"""A request as it came over the wire, what is answered, and what is kept of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Request:
    """`path` and `query` are raw, still percent-encoded; names of headers are lower case; `body` is not
    compressed any more, `length` is its length as it was sent."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    length: int = 0


@dataclass(frozen=True)
class Answer:
    """`body` is not compressed; Content-Length is set where it is sent."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Exchange:
    """One request that was answered.

    `sent` and `answered` count the bytes of the bodies as they went over the wire. `status` is 0 where the
    connection was cut before an answer. `user` asked, "" where nobody knows.
    """

    request: Request = field(repr=False)
    kind: str
    status: int
    sent: int
    answered: int
    user: str = ""
    answer: bytes = field(default=b"", repr=False)

    @property
    def method(self) -> str:
        return self.request.method

    @property
    def path(self) -> str:
        return self.request.path

    @property
    def query(self) -> dict[str, list[str]]:
        """Every value of each parameter."""
        return parse_qs(self.request.query, keep_blank_values=True)

    @property
    def body(self) -> Any:
        """The JSON that was sent; None where it was none."""
        return _json(self.request.body)

    @property
    def reply(self) -> Any:
        """The JSON that was answered; None where it was none."""
        return _json(self.answer)


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
