"""Values of formulas: what they are taken for, how they compare, and the errors."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, date, datetime

from tests.sheets_server.model import Json
from tests.sheets_server.number_formats import general
from tests.sheets_server.typed_dates import read_moment
from tests.sheets_server.typing_in import ERRORS, read_number

Scalar = float | str | bool | None
CLOCK: ContextVar[Callable[[], float]] = ContextVar("CLOCK", default=time.time)
"""The clock of TODAY(), NOW() and dates without a year, in seconds since 1970; the server sets its own."""
SHOWN = {kind: text for text, kind in ERRORS.items()}


class FormulaError(Exception):
    """A formula's value is an error: `kind` is Google's ErrorType."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message

    def value(self) -> Json:
        return {"errorValue": {"type": self.kind, **({"message": self.message} if self.message else {})}}


def number_of(value: Scalar, function: str, parameter: int) -> float:
    """Return a value as a number: a blank is 0, TRUE 1, and a text what it would be if it were typed."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return value
    if value is None:
        return 0.0
    read = _typed(value)
    if read is None:
        raise FormulaError(
            "VALUE",
            f"Function {function} parameter {parameter} expects number values. But '{value}' is a text and "
            "cannot be coerced to a number.",
        )
    return read


def _typed(text: str) -> float | None:
    number = read_number(text.strip())
    if number is not None:
        return number[0]
    moment = read_moment(text.strip(), "en_US", today)
    return None if moment is None else moment[0]


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.fromtimestamp(CLOCK.get()(), UTC)


def today() -> date:
    return now().date()


def text_of(value: Scalar) -> str:
    """Return a value as text, as & joins it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else general(value)


def truth_of(value: Scalar, function: str, parameter: int) -> bool:
    """Return a value as TRUE or FALSE."""
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise FormulaError(
            "VALUE",
            f"Function {function} parameter {parameter} expects boolean values. But '{value}' is a text and "
            "cannot be coerced to a boolean.",
        )
    return bool(value)


def rank(value: Scalar) -> tuple[int, float | str]:
    """Return what orders values: numbers before texts (without regard to case) before FALSE and TRUE."""
    if isinstance(value, bool):
        return 2, float(value)
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, 0.0 if value is None else value


def equal(left: Scalar, right: Scalar) -> bool:
    """Tell whether two values are equal; a blank is equal to 0, "" and FALSE."""
    left, right = _as_blank(left, right), _as_blank(right, left)
    return rank(left) == rank(right)


def less(left: Scalar, right: Scalar) -> bool:
    left, right = _as_blank(left, right), _as_blank(right, left)
    return rank(left) < rank(right)  # type: ignore[operator]


def _as_blank(value: Scalar, other: Scalar) -> Scalar:
    if value is not None:
        return value
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else 0.0
