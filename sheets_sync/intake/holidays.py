"""Holidays by their names (vocabulary/holidays.csv): as a code in a log, or as a row of a Calendar."""

from __future__ import annotations

import re
from functools import cache

from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.vocabulary import rows
from sheets_sync.lazy_regex import lazy_regex

_MARKS = lazy_regex(r"['’().,]")
_BEHIND = lazy_regex(r"(?:\s(?:jr|day|eve|birthday|observed|weekend))+$")

_OF_A_FAMILY = lazy_regex(
    r"\b(?:religio\w*|cultural|holy|observ(?:ing|ance)|famil\w*|parents?|mom|mother|dad|father|personal|abroad"
    r"|travel\w*|trips?|visit\w*|out of (?:town|state|country|the country)|extended|early|took"
    r"|(?:on|for) (?:an? |the |his |her |their )?holidays?|jewish|muslim|islamic|hindu|sikh|orthodox|coptic"
    r"|greek|ethiopian)\b",
    re.IGNORECASE,
)
_FEAST = lazy_regex(
    r"\b(?:eid|ramadan|diwali|deepavali|holi|navratri|vaisakhi|rosh hashanah?|yom kippur|sukkot|simchat torah"
    r"|passover|pesach|shavuot|purim|hanukkah|chanukah|(?:lunar|chinese) new year|tet|nowruz|three kings"
    r"|epiphany|ash wednesday|good friday|easter monday)\b",
    re.IGNORECASE,
)
"""Feasts that families keep, and on which only some schools are closed."""
_DAY_OFF = lazy_regex(
    r"\b(?:holidays?|holy days?|thanksgiving|christmas|new year'?s?|easter|break|recess)\b", re.IGNORECASE
)
_OF_THE_SCHOOL = lazy_regex(
    r"\b(?:schools?|district|clos(?:ed|ing|ure)|classes|release|dismiss\w*)\b", re.IGNORECASE
)


def is_of_a_family(text: str) -> bool:
    """Tell whether a holiday is said to be a family's own: "religious holiday", "on holiday"."""
    typed = plain(text[:LONGEST])
    named = _DAY_OFF.search(typed) or _FEAST.search(typed)
    return bool(named and _OF_A_FAMILY.search(typed)) and not _OF_THE_SCHOOL.search(typed)


def may_be_kept_at_home(text: str) -> bool:
    """Tell whether a holiday is a family's own, or a feast that some families keep: "Eid"."""
    typed = plain(text[:LONGEST])
    return is_of_a_family(text) or bool(_FEAST.search(typed) and not _OF_THE_SCHOOL.search(typed))


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
