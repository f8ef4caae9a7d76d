"""Holidays by their names (vocabulary/holidays.csv): as a code in a log, or as a row of a Calendar."""

from __future__ import annotations

import re
from functools import cache

from sheets_sync.intake.plain import plain
from sheets_sync.intake.vocabulary import rows

_MARKS = re.compile(r"['’().,]")
_BEHIND = re.compile(r"(?:\s(?:jr|day|eve|birthday|observed|weekend))+$")


@cache
def holidays() -> frozenset[str]:
    """Return the names, in lower case, without apostrophes and full stops."""
    return frozenset(name for row in rows("holidays") for name in row)


def is_holiday(text: str) -> bool:
    """Tell whether a text is a holiday's name, or several parted by "/", and nothing else but "observed" or
    the like."""
    parts = _MARKS.sub("", plain(text).casefold()).split("/")
    return all(_is_name(" ".join(part.split())) for part in parts)


def _is_name(part: str) -> bool:
    bare = _BEHIND.sub("", part)
    return not holidays().isdisjoint((part, bare, f"{bare} day", f"{bare} birthday"))
