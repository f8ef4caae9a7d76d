"""JSON as Google prints it for people: indented by two spaces, one item a line."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

_LONGEST = 4096
"""Characters of a piece that is remembered in case it comes again."""


def pretty(value: Any) -> str:
    """Return what json.dumps(value, indent=2, ensure_ascii=False) returns. Pieces that are the same object
    in several places, as those of cells are, are written out once."""
    return _written(value, 0, {})


def _written(value: Any, level: int, known: dict[tuple[int, int], str]) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if not isinstance(value, dict | list):
        return json.dumps(value)
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    key = (id(value), level)
    if key in known:
        return known[key]
    before, after = "\n" + "  " * (level + 1), "\n" + "  " * level
    if isinstance(value, dict):
        items = (
            f"{encode_basestring(name)}: {_written(item, level + 1, known)}" for name, item in value.items()
        )
        text = "{" + before + ("," + before).join(items) + after + "}"
    else:
        text = (
            "["
            + before
            + ("," + before).join(_written(item, level + 1, known) for item in value)
            + after
            + "]"
        )
    if len(text) <= _LONGEST:
        known[key] = text
    return text
