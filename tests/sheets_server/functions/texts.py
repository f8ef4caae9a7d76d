"""Functions of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.sheets_server.formula_functions import function
from tests.sheets_server.formula_values import FormulaError, Scalar, number_of, text_of
from tests.sheets_server.number_formats import formatted

if TYPE_CHECKING:
    from tests.sheets_server.calculator import Arguments

_LONGEST = 50_000


@function("CONCAT", 2)
def concat(given: Arguments) -> Scalar:
    return given.text(0) + given.text(1)


@function("CONCATENATE", 1, None)
def concatenate(given: Arguments) -> Scalar:
    return "".join(text_of(value) for value, _ in given.values())


@function("JOIN", 2, None)
def join(given: Arguments) -> Scalar:
    return given.text(0).join(text_of(value) for value, _ in given.values(1))


@function("TEXTJOIN", 3, None)
def textjoin(given: Arguments) -> Scalar:
    skip_blanks = given.truth(1)
    found = [text_of(value) for value, _ in given.values(2)]
    return given.text(0).join(text for text in found if text or not skip_blanks)


@function("TEXT", 2)
def text(given: Arguments) -> Scalar:
    value, pattern = given.value(0), given.text(1)
    if isinstance(value, str):
        try:
            value = number_of(value, "TEXT", 1)
        except FormulaError:
            return value
    return formatted(0.0 if value is None else value, {"type": "NUMBER", "pattern": pattern or "General"})


@function("VALUE", 1)
def value_(given: Arguments) -> Scalar:
    value = given.value(0)
    if isinstance(value, bool):
        raise FormulaError("VALUE", "VALUE parameter cannot be parsed to number.")
    return number_of(value, "VALUE", 1)


@function("N", 1)
def n(given: Arguments) -> Scalar:
    value = given.value(0)
    return 0.0 if value is None or isinstance(value, str) else float(value)


@function("T", 1)
def t(given: Arguments) -> Scalar:
    value = given.value(0)
    return value if isinstance(value, str) else ""


def _length(given: Arguments, index: int, default: float | None = None) -> int:
    length = given.integer(index, default)
    if length < 0:
        raise FormulaError(
            "NUM",
            f"Function {given.call.name} parameter {index + 1} value is {length}."
            " It should be greater than or equal to 0.",
        )
    return length


@function("LEFT", 1, 2)
def left(given: Arguments) -> Scalar:
    return given.text(0)[: _length(given, 1, 1)]


@function("RIGHT", 1, 2)
def right(given: Arguments) -> Scalar:
    length = _length(given, 1, 1)
    return given.text(0)[-length:] if length else ""


@function("MID", 3)
def mid(given: Arguments) -> Scalar:
    start = max(1, _length(given, 1)) - 1
    return given.text(0)[start : start + _length(given, 2)]


@function("LEN", 1)
def len_(given: Arguments) -> Scalar:
    return float(len(given.text(0)))


@function("TRIM", 1)
def trim(given: Arguments) -> Scalar:
    return re.sub(" +", " ", given.text(0).strip(" "))


@function("UPPER", 1)
def upper(given: Arguments) -> Scalar:
    return given.text(0).upper()


@function("LOWER", 1)
def lower(given: Arguments) -> Scalar:
    return given.text(0).lower()


@function("PROPER", 1)
def proper(given: Arguments) -> Scalar:
    return given.text(0).title()


@function("EXACT", 2)
def exact(given: Arguments) -> Scalar:
    return given.text(0) == given.text(1)


@function("REPT", 2)
def rept(given: Arguments) -> Scalar:
    repeated, times = given.text(0), _length(given, 1)
    if len(repeated) * times > _LONGEST:
        raise FormulaError("VALUE", "Text result of REPT is longer than the limit of 50000 characters.")
    return repeated * times


@function("CHAR", 1)
def char(given: Arguments) -> Scalar:
    number = given.integer(0)
    if not 0 < number < 0x110000 or 0xD800 <= number < 0xE000:
        raise FormulaError("NUM", f"Function CHAR parameter 1 value {number} is out of range.")
    return chr(number)


@function("SUBSTITUTE", 3, 4)
def substitute(given: Arguments) -> Scalar:
    whole, old, new = given.text(0), given.text(1), given.text(2)
    if not old:
        return whole
    if len(given) < 4:
        return whole.replace(old, new)
    parts, which = whole.split(old), given.integer(3)
    if not 0 < which < len(parts):
        return whole
    return old.join(parts[:which]) + new + old.join(parts[which:])


def _place(given: Arguments, needle: str, whole: str) -> float:
    found = whole.find(needle, max(0, given.integer(2, 1) - 1))
    if found < 0:
        raise FormulaError(
            "VALUE",
            f"In {given.call.name} evaluation, cannot find '{given.text(0)}' within '{given.text(1)}'.",
        )
    return float(found + 1)


@function("FIND", 2, 3)
def find(given: Arguments) -> Scalar:
    return _place(given, given.text(0), given.text(1))


@function("SEARCH", 2, 3)
def search(given: Arguments) -> Scalar:
    return _place(given, given.text(0).lower(), given.text(1).lower())


@function("HYPERLINK", 1, 2)
def hyperlink(given: Arguments) -> Scalar:
    link = given.text(0)
    given.here.link = link
    return given.value(1) if len(given) > 1 else link
