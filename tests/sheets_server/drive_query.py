"""The search terms of Drive's files.list: `mimeType = "..." and 'FOLDER' in parents and trashed = false`.

https://developers.google.com/drive/api/guides/ref-search-terms
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.sheets_server.drive_errors import DriveError, invalid
from tests.sheets_server.model import Json

Wanted = Callable[[Json], bool]
"""Tells of a File, whole as Drive describes it, whether it is searched for."""

_TOKEN = re.compile(r"""\s*(?:(<=|>=|!=|[=<>()])|(\w+)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*""")
_TEXTS = {"name", "mimeType", "description", "fullText"}
_TIMES = {"createdTime", "modifiedTime", "viewedByMeTime"}
_FLAGS = {"trashed", "starred"}
_PEOPLE = {"owners": ("owner",), "writers": ("owner", "writer"), "readers": ("reader", "commenter")}


def wanted(q: str) -> Wanted:
    """Return what `q` asks for; everything where it is empty. Raises DriveError (400) as Drive does."""
    return _Terms(q).read() if q.strip() else lambda file: True


class _Terms:
    """The words of a query, read from left to right: (kind, text) with kind "sign", "word" or "text"."""

    def __init__(self, q: str) -> None:
        self._tokens = list(_tokens(q))
        self._at = 0

    def read(self) -> Wanted:
        found = self._any()
        if self._at < len(self._tokens):
            raise invalid("q")
        return found

    def _any(self) -> Wanted:
        terms = [self._all()]
        while self._take("word", "or"):
            terms.append(self._all())
        return lambda file: any(term(file) for term in terms)

    def _all(self) -> Wanted:
        terms = [self._one()]
        while self._take("word", "and"):
            terms.append(self._one())
        return lambda file: all(term(file) for term in terms)

    def _one(self) -> Wanted:
        if self._take("word", "not"):
            term = self._one()
            return lambda file: not term(file)
        if self._take("sign", "("):
            term = self._any()
            if not self._take("sign", ")"):
                raise invalid("q")
            return term
        if self._take("word", "sharedWithMe"):
            return lambda file: not file["ownedByMe"]
        left, operator, right = self._next(), self._next(), self._next()
        if operator[1] == "in":
            field, value = (right, left) if right[0] == "word" else (left, right)
            return _member(field[1], value[1])
        if left[0] != "word":
            raise invalid("q")
        return _compared(left[1], operator[1], right)

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise invalid("q")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, kind: str, text: str) -> bool:
        found = self._at < len(self._tokens) and self._tokens[self._at] == (kind, text)
        self._at += found
        return found


def _tokens(q: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(q):
        match = _TOKEN.match(q, at)
        if match is None:
            raise invalid("q")
        sign, word, single, double = match.groups()
        if sign or word:
            yield ("sign", sign) if sign else ("word", word)
        else:
            yield "text", re.sub(r"\\(.)", r"\1", single if single is not None else double)
        at = match.end()


def _member(field: str, value: str) -> Wanted:
    if field == "parents":
        return lambda file: value in file.get("parents", ()) or (value == "root" and _at_home(file))
    if field not in _PEOPLE:
        raise invalid("q")
    roles = _PEOPLE[field]
    return lambda file: any(
        each.get("emailAddress") == value and each["role"] in roles for each in file["permissions"]
    )


def _at_home(file: Json) -> bool:
    return bool(file["ownedByMe"]) and any(each.startswith("0A") for each in file.get("parents", ()))


def _compared(field: str, operator: str, right: tuple[str, str]) -> Wanted:
    kind, value = right
    if field in _FLAGS:
        return _flag(field, operator, kind, value)
    if kind != "text":
        raise invalid("q")
    if field in _TEXTS:
        return _text(field, operator, value)
    if field in _TIMES and operator in _ORDER:
        compare = _ORDER[operator]
        return lambda file: compare(str(file.get(field, ""))[:19], value[:19])
    raise invalid("q")


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def _flag(field: str, operator: str, kind: str, value: str) -> Wanted:
    if operator not in ("=", "!=") or kind != "word" or value not in ("true", "false"):
        raise invalid("q")
    asked = (value == "true") == (operator == "=")
    return lambda file: bool(file.get(field, False)) == asked


def _text(field: str, operator: str, value: str) -> Wanted:
    """Compare without regard to case; `contains` looks at the beginnings of words, for a name."""
    sought = value.lower()
    if operator == "contains" and field == "mimeType":
        return lambda file: str(file[field]).startswith(value)
    if operator == "contains":
        begins = re.compile(r"(?:^|(?<=\W))" + re.escape(sought))
        of = "name" if field == "fullText" else field
        return lambda file: bool(begins.search(str(file.get(of, "")).lower()))
    if operator not in ("=", "!=") or field in ("fullText", "description"):
        raise DriveError(400, "invalid", "Invalid Value", "q")
    return lambda file: (str(file[field]).lower() == sought) == (operator == "=")
