"""What people see of a number whose format has words or leading noughts of its own: 0000 shows 12 as "0012".

As much of the language of number formats (ECMA-376 part 1, 18.8.31) as such formats need; a number whose
format says anything else (dates, fractions, exponents, money, conditions) stays the number that it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from sheets_sync.edges.excel.book import Book
from sheets_sync.edges.excel.outline import NotXmlError, Outline
from sheets_sync.edges.excel.package import Package
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.shown_numbers import means_text

_COLOUR = lazy_regex(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|\$-[\dA-F]+)\]", re.IGNORECASE
)
_TOKEN = lazy_regex(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*.|(?P<sign>.)', re.DOTALL)
_CURRENCY = lazy_regex(r"[$\u00a2-\u00a5\u20a0-\u20cf]")
_PLACES = "0#?"
_PLAIN = frozenset(" -+():!^&'~{}=<>")
"""Signs that show themselves without quotes; a slash may be a fraction."""

_SAMPLES = (0.0, 7.0, 12.5, 1234.5, -3.0)
_MOST_DIGITS = 15

_Piece = tuple[bool, str]
"""(whether it is a place for a digit, the sign or text)."""


def odd_formats(package: Package, book: Book) -> Mapping[int, str]:
    """Return the pattern of each cell format, by its number, that shows numbers as something else."""
    part = book.part_of_kind("styles")
    if part is None or part not in package:
        return {}
    try:
        root = Outline(package.read(part)).root
    except NotXmlError:
        return {}  # whoever reads the cells says so
    listed, used = root.first("numFmts"), root.first("cellXfs")
    if listed is None or used is None:
        return {}
    patterns = {
        one.attributes.get("numFmtId", ""): one.attributes.get("formatCode", "") for one in listed.children
    }
    odd = {number: pattern for number, pattern in patterns.items() if _is_odd(pattern)}
    ids = (one.attributes.get("numFmtId", "") for one in used.children)
    return {at: odd[number] for at, number in enumerate(ids) if number in odd}


def _is_odd(pattern: str) -> bool:
    return any(means_text(shown(number, pattern) or "") for number in _SAMPLES)


@lru_cache(maxsize=1 << 12)
def shown(number: float, pattern: str) -> str | None:
    """Return what people see of a number; None where the pattern says more than is understood here.

    >>> shown(12, "0000"), shown(30, '0" min"'), shown(5551234567, "(000) 000-0000"), shown(45967, "m/d")
    ('0012', '30 min', '(555) 123-4567', None)
    """
    sections = _sections(pattern)
    if sections is None or not 1 <= len(sections) <= 4:
        return None
    if number == 0 and len(sections) > 2:
        chosen, sign = sections[2], ""
    elif number < 0 and len(sections) > 1:
        chosen, sign = sections[1], ""
    else:
        chosen, sign = sections[0], "-" if number < 0 else ""
    text = _filled(abs(number), chosen)
    return None if text is None else f"{sign}{text}".strip()


def _sections(pattern: str) -> list[list[_Piece]] | None:
    """Take a pattern apart; None where something in it is not understood."""
    sections: list[list[_Piece]] = [[]]
    for found in _TOKEN.finditer(_COLOUR.sub("", pattern)):
        sign = found["sign"]
        if sign == ";":
            sections.append([])
        elif sign is None:
            text = found["quoted"] or found["escaped"] or (" " if found["space"] else "")
            if _CURRENCY.search(text):
                return None
            sections[-1].append((False, text))
        elif sign in _PLACES or sign in ".,":
            sections[-1].append((True, sign))
        elif sign in _PLAIN:
            sections[-1].append((False, sign))
        elif sign == "@" and len(sections) == 4:
            continue
        else:
            return None
    return sections


def _filled(number: float, pieces: list[_Piece]) -> str | None:
    """Put the digits of a number into the places of one section."""
    places = [sign for is_place, sign in pieces if is_place]
    if not places:
        return "".join(text for _, text in pieces)
    whole, point, fraction = "".join(places).partition(".")
    if "," in fraction or whole.endswith(",") or whole.startswith(",") or "." in fraction:
        return None
    step = Decimal(1).scaleb(-len(fraction))
    digits, _, rest = f"{Decimal(repr(number)).quantize(step, ROUND_HALF_UP):f}".partition(".")
    if len(digits) > _MOST_DIGITS:
        return None
    before = _whole(digits if digits != "0" else "", whole.replace(",", ""), grouped="," in whole)
    after = _fraction(rest, fraction)
    return _laid(pieces, before, point, after)


def _whole(digits: str, places: str, *, grouped: bool) -> list[str]:
    """Return what stands in each place before the point; the first takes all digits that are left over."""
    found: list[str] = []
    left = digits
    for at, place in enumerate(reversed(places), 1):
        if at == len(places):
            text = left or ("0" if place == "0" else "")
            left = ""
        else:
            text, left = (left[-1:], left[:-1]) if left else ("0" if place == "0" else "", "")
        found.append(text)
    if grouped:
        joined = "".join(reversed(found))
        return [*[""] * (len(found) - 1), f"{int(joined):,}" if joined else ""]
    return found[::-1]


def _fraction(digits: str, places: str) -> list[str]:
    kept = digits
    while kept.endswith("0") and places[len(kept) - 1] != "0":
        kept = kept[:-1]
    return [kept[at : at + 1] for at in range(len(places))]


def _laid(pieces: list[_Piece], before: list[str], point: str, after: list[str]) -> str:
    waiting = iter([*before, point, *after] if point else before)
    parts = []
    for is_place, text in pieces:
        if not is_place:
            parts.append(text)
        elif text != ",":
            parts.append(next(waiting))
    return "".join(parts)
