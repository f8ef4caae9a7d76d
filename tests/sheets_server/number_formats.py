"""The text that a cell shows for a value and a number format (formattedValue)."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from tests.sheets_server.date_formats import shown_date
from tests.sheets_server.model import Json
from tests.sheets_server.number_patterns import Piece, Section, sections

DEFAULTS = {
    "TEXT": "@",
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": '"$"#,##0.00',
    "DATE": "M/d/yyyy",
    "TIME": "h:mm:ss am/pm",
    "DATE_TIME": "M/d/yyyy H:mm:ss",
    "SCIENTIFIC": "0.00E+00",
}
_BY_LOCALE = {
    "en_GB": {
        "CURRENCY": "[$£]#,##0.00",
        "DATE": "dd/MM/yyyy",
        "TIME": "HH:mm:ss",
        "DATE_TIME": "dd/MM/yyyy HH:mm:ss",
    },
    "en_CA": {"DATE": "yyyy-MM-dd", "DATE_TIME": "yyyy-MM-dd H:mm:ss"},
    "de_DE": {
        "CURRENCY": "#,##0.00 [$€]",
        "DATE": "dd.MM.yyyy",
        "TIME": "HH:mm:ss",
        "DATE_TIME": "dd.MM.yyyy HH:mm:ss",
    },
    "fr_FR": {
        "CURRENCY": "#,##0.00 [$€]",
        "DATE": "dd/MM/yyyy",
        "TIME": "HH:mm:ss",
        "DATE_TIME": "dd/MM/yyyy HH:mm:ss",
    },
}
_SEPARATORS = {"de_DE": (",", "."), "fr_FR": (",", "\N{NARROW NO-BREAK SPACE}")}
_DIGITS = 10
"""Digits that the automatic format shows."""
_WIDE = Context(prec=700)


def default_pattern(kind: str, locale: str = "en_US") -> str:
    """Return the pattern of a number format that has only a type."""
    return _BY_LOCALE.get(locale, {}).get(kind) or DEFAULTS.get(kind, "General")


def separators(locale: str) -> tuple[str, str]:
    """Return the decimal and the grouping separator."""
    return _SEPARATORS.get(locale, (".", ","))


def formatted(value: str | float | bool, number_format: Json | None = None, locale: str = "en_US") -> str:
    """Return what is shown for a value under a NumberFormat; None: the automatic format."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if number_format is None:
        return value if isinstance(value, str) else general(value, locale)
    kind = number_format.get("type", "")
    pattern = number_format.get("pattern") or default_pattern(kind, locale)
    if isinstance(value, str):
        return _text(value, pattern)
    return _number(value, pattern, locale)


@lru_cache(maxsize=65536)
def general(number: float, locale: str = "en_US") -> str:
    """Return a number as the automatic format shows it: ten digits, and powers of ten from 1E+15."""
    if not math.isfinite(number):
        return "#NUM!"
    point = separators(locale)[0]
    size = abs(number)
    if size >= 1e15 or 0 < size < 1e-9:
        mantissa, power = f"{number:.5E}".split("E")
        return f"{_trimmed(mantissa)}E{power}".replace(".", point)
    if number == int(number):
        return str(int(number))
    exact = Decimal(repr(number))
    places = max(0, _DIGITS - 1 - exact.adjusted())
    text = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE):f}"
    return _trimmed(text).replace(".", point)


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(value: str, pattern: str) -> str:
    parts = sections(pattern)
    section = parts[3] if len(parts) > 3 else parts[-1]
    if not section.is_text:
        return value
    return "".join(value if piece.kind == "at" else piece.text for piece in section.pieces)


@lru_cache(maxsize=65536)
def _number(number: float, pattern: str, locale: str) -> str:
    if not math.isfinite(number):
        return "#NUM!"
    section, shown = _chosen(sections(pattern), number)
    if section.is_date:
        return shown_date(number, section) or general(number, locale)
    minus = "-" if shown < 0 else ""
    return minus + _filled(section, abs(shown), locale)


def _chosen(parts: tuple[Section, ...], number: float) -> tuple[Section, float]:
    """Return the section for this number, and the number to show in it (without its minus where the section
    is for negative numbers alone)."""
    for part in parts:
        if part.condition is not None and part.condition(number):
            return part, number
    if any(part.condition for part in parts):
        plain = [part for part in parts if part.condition is None]
        return (plain[0] if plain else parts[-1]), number
    if len(parts) > 1 and number < 0 and not parts[1].is_text:
        return parts[1], -number
    if len(parts) > 2 and number == 0:
        return parts[2], number
    return parts[0], number


def _filled(section: Section, number: float, locale: str) -> str:
    pieces = section.pieces
    if any(piece.kind in ("at", "general") for piece in pieces):
        plain = general(number, locale)
        return "".join(plain if piece.kind in ("at", "general") else piece.text for piece in pieces)
    places = [index for index, piece in enumerate(pieces) if piece.kind == "digit"]
    if not places:
        return "".join(piece.text for piece in pieces if piece.kind != "comma")
    percent = sum(piece.kind == "percent" for piece in pieces)
    exact = Decimal(repr(float(number))) * (100**percent)
    exponent = next((index for index, piece in enumerate(pieces) if piece.kind == "exponent"), None)
    if exponent is not None:
        return _scientific(pieces, exponent, exact, locale)
    return _digits(pieces, exact, locale)


def _digits(pieces: tuple[Piece, ...], exact: Decimal, locale: str) -> str:
    """Fill the placeholders of a section without an exponent."""
    point_sign, group_sign = separators(locale)
    last = max(index for index, piece in enumerate(pieces) if piece.kind == "digit")
    point = next((index for index, piece in enumerate(pieces) if piece.kind == "point"), None)
    whole_end = len(pieces) if point is None else point
    whole_digits = [i for i in range(whole_end) if pieces[i].kind == "digit"]
    thousands = sum(1 for piece in pieces[last + 1 :] if piece.kind == "comma")
    grouped = any(
        pieces[i].kind == "comma" and whole_digits and whole_digits[0] < i < whole_digits[-1]
        for i in range(whole_end)
    )
    decimals = [piece.text for piece in pieces[whole_end:] if piece.kind == "digit"]
    rounded = exact.scaleb(-3 * thousands).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _WIDE)
    whole, _, part = f"{rounded:f}".partition(".")
    part = _decimals(part, decimals)
    filled = _whole("" if whole == "0" else whole, [pieces[i].text for i in whole_digits])
    if grouped:
        filled = _with_groups(filled, group_sign)
    return _assembled(pieces, whole_digits, whole_end, filled, point_sign, part)


def _assembled(
    pieces: tuple[Piece, ...], whole_digits: list[int], whole_end: int, filled: str, point: str, part: str
) -> str:
    result: list[str] = []
    cut = _shares(filled, len(whole_digits), pieces, whole_digits)
    rest = part
    for index, piece in enumerate(pieces):
        if piece.kind == "digit":
            if index < whole_end:
                result.append(cut[whole_digits.index(index)])
            else:
                result.append(rest[:1])
                rest = rest[1:]
        elif piece.kind == "point":
            result.append(point)
        elif piece.kind in ("text", "percent"):
            result.append(piece.text)
    if not whole_digits:
        place = next((i for i, piece in enumerate(pieces) if piece.kind == "point"), 0)
        return "".join(result[:place]) + filled + "".join(result[place:])
    return "".join(result)


def _shares(filled: str, count: int, pieces: tuple[Piece, ...], whole_digits: list[int]) -> list[str]:
    """Deal the digits out to the placeholders, from the right; the first takes all that is left."""
    if count == 0:
        return []
    if whole_digits[-1] - whole_digits[0] == count - 1 or _only_commas(pieces, whole_digits):
        return [filled, *[""] * (count - 1)]
    shares = [""] * count
    rest = filled
    for index in range(count - 1, 0, -1):
        shares[index], rest = rest[-1:], rest[:-1]
    shares[0] = rest
    return shares


def _only_commas(pieces: tuple[Piece, ...], whole_digits: list[int]) -> bool:
    between = pieces[whole_digits[0] : whole_digits[-1]]
    return all(piece.kind in ("digit", "comma") for piece in between)


def _whole(digits: str, placeholders: list[str]) -> str:
    missing = len(placeholders) - len(digits)
    for index in range(missing - 1, -1, -1):
        holder = placeholders[index]
        digits = {"0": "0", "?": " "}.get(holder, "") + digits
    return digits


def _decimals(part: str, placeholders: list[str]) -> str:
    """Take off the zeros at the end that only "#" and "?" stand for."""
    kept = list(part)
    for index in range(len(placeholders) - 1, -1, -1):
        if placeholders[index] == "0" or kept[index] not in "0 ":
            break
        kept[index] = " " if placeholders[index] == "?" else ""
    return "".join(kept)


def _with_groups(digits: str, sign: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    groups += [digits[i : i + 3] for i in range(head, len(digits), 3)]
    return sign.join(groups)


def _scientific(pieces: tuple[Piece, ...], exponent: int, exact: Decimal, locale: str) -> str:
    head, tail = pieces[:exponent], pieces[exponent + 1 :]
    width = max(1, sum(piece.kind == "digit" for piece in tail))
    wholes = 0
    for piece in head:
        if piece.kind == "point":
            break
        wholes += piece.kind == "digit"
    wholes = max(1, wholes)
    places = sum(piece.kind == "digit" for piece in head) - wholes
    power = exact.adjusted() - (wholes - 1) if exact else 0
    mantissa = exact.scaleb(-power)
    rounded = mantissa.quantize(Decimal(1).scaleb(-max(0, places)), ROUND_HALF_UP, _WIDE)
    if len(str(int(rounded))) > wholes:
        power += 1
        mantissa = mantissa.scaleb(-1)
    sign = "-" if power < 0 else ("+" if pieces[exponent].text.endswith("+") else "")
    after = "".join(piece.text for piece in tail if piece.kind in ("text", "percent"))
    return f"{_digits(head, mantissa, locale)}E{sign}{abs(power):0{width}d}{after}"
