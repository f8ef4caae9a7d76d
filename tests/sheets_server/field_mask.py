"""Field masks: which fields of an answer are wanted, and which fields of a message an update touches.

Google's guide calls both `fields`. The grammar: paths separated by commas; the steps of a path by "." or "/";
"a(b,c)" for "a.b,a.c"; "*" for everything. Names may be written snake_case, as protocol buffers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sheets_server.model import Json

_TOKEN = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*|\*|[().,/])\s*")


class MaskError(ValueError):
    """A mask that cannot be parsed: `text` is the mask."""

    def __init__(self, text: str) -> None:
        super().__init__(f"Invalid field selection {text}")
        self.text = text


@dataclass(frozen=True)
class Mask:
    """The fields that are wanted, each with a mask of its own. A mask without fields wants everything."""

    fields: Mapping[str, Mask] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """True where everything is wanted ("*")."""
        return not self.fields

    def of(self, name: str) -> Mask | None:
        """Return the mask of one field; None where nothing of it is wanted."""
        if self.whole:
            return self
        return self.fields.get(name, self.fields.get("*"))

    def __contains__(self, path: str) -> bool:
        """Tell whether anything at or below `path` ("sheets.data") is wanted."""
        mask: Mask | None = self
        for name in path.split("."):
            mask = mask.of(name) if mask is not None else None
        return mask is not None

    def paths(self) -> Iterator[str]:
        """Yield the paths of the mask, "userEnteredFormat.textFormat"; "*" where it wants everything."""
        if self.whole:
            yield "*"
        for name, below in self.fields.items():
            if below.whole:
                yield name
            else:
                yield from (f"{name}.{path}" for path in below.paths())

    def pick(self, value: Any) -> Any:
        """Return what the mask wants of a JSON value; it goes through lists."""
        if self.whole:
            return value
        if isinstance(value, list):
            return [self.pick(item) for item in value]
        if not isinstance(value, dict):
            return value
        wanted = ((name, item, self.of(name)) for name, item in value.items())
        return {name: mask.pick(item) for name, item, mask in wanted if mask is not None}

    def merge(self, old: Json, new: Json) -> Json:
        """Return `old` with the fields of the mask as they are in `new`.

        A field that the mask names and `new` does not have is taken away. A field that is named without
        fields of its own, and any list, is replaced whole. Neither argument is changed.
        """
        if self.whole:
            return new
        merged = dict(old)
        for name in self._named(old, new):
            below = self.of(name)
            before, after = old.get(name), new.get(name)
            if below is not None and not below.whole and not isinstance(before or after, list):
                inner = below.merge(before or {}, after or {})
                after = inner if inner or after is not None else None
            if after is None:
                merged.pop(name, None)
            else:
                merged[name] = after
        return merged

    def _named(self, old: Json, new: Json) -> list[str]:
        return list(dict.fromkeys([*old, *new])) if "*" in self.fields else list(self.fields)


WHOLE = Mask()


def parse(text: str) -> Mask:
    """Return the mask that `text` writes. Raises MaskError where it is none ("a(b", "a,,b", "")."""
    tokens = _tokens(text)
    mask, rest = _list_of_paths(tokens, 0, text)
    if rest != len(tokens):
        raise MaskError(text)
    return mask


def camel(name: str) -> str:
    """Return the JSON name of a field: "row_count" is "rowCount"."""
    first, *others = name.split("_")
    return first + "".join(other[:1].upper() + other[1:] for other in others)


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise MaskError(text)
        tokens.append(match.group(1))
        at = match.end()
    return tokens


def _list_of_paths(tokens: list[str], at: int, text: str) -> tuple[Mask, int]:
    mask, at = _path(tokens, at, text)
    while at < len(tokens) and tokens[at] == ",":
        other, at = _path(tokens, at + 1, text)
        mask = _both(mask, other)
    return mask, at


def _path(tokens: list[str], at: int, text: str) -> tuple[Mask, int]:
    if at >= len(tokens) or tokens[at] in "().,/":
        raise MaskError(text)
    name = tokens[at] if tokens[at] == "*" else camel(tokens[at])
    below, at = WHOLE, at + 1
    if at < len(tokens) and tokens[at] in "./":
        below, at = _path(tokens, at + 1, text)
    elif at < len(tokens) and tokens[at] == "(":
        below, at = _list_of_paths(tokens, at + 1, text)
        if at >= len(tokens) or tokens[at] != ")":
            raise MaskError(text)
        at += 1
    if name == "*" and below.whole:
        return WHOLE, at
    return Mask({name: below}), at


def _both(one: Mask, other: Mask) -> Mask:
    if one.whole or other.whole:
        return WHOLE
    fields = dict(one.fields)
    for name, below in other.fields.items():
        fields[name] = _both(fields[name], below) if name in fields else below
    return Mask(fields)
