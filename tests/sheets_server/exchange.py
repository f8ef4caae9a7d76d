"""A request as it came over the wire, what is answered, and what is kept of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """`path` and `query` are raw, still percent-encoded; names of headers are lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """`body` is not compressed; Content-Length is set where it is sent."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Exchange:
    """One request that was answered.

    `query` has every value of a parameter, `body` is the JSON that was sent (None: none), `sent` and
    `answered` count the bytes of the bodies as they went over the wire. `status` is 0 where the connection
    was cut before an answer. `user` asked, "" where nobody knows. `reply` is the JSON that was answered.
    """

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any
    status: int
    sent: int
    answered: int
    kind: str
    user: str = ""
    reply: Any = field(default=None, repr=False)
