"""Arithmetic, sums and counts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from statistics import median
from typing import TYPE_CHECKING

from tests.sheets_server.formula_functions import function
from tests.sheets_server.formula_values import FormulaError, Scalar, number_of

if TYPE_CHECKING:
    from tests.sheets_server.calculator import Arguments

_WIDE = Context(prec=700)


@function("ADD", 2)
def add(given: Arguments) -> Scalar:
    return given.number(0) + given.number(1)


@function("MINUS", 2)
def minus(given: Arguments) -> Scalar:
    return given.number(0) - given.number(1)


@function("MULTIPLY", 2)
def multiply(given: Arguments) -> Scalar:
    return given.number(0) * given.number(1)


@function("DIVIDE", 2)
def divide(given: Arguments) -> Scalar:
    above, below = given.number(0), given.number(1)
    if below == 0:
        raise FormulaError("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
    return above / below


def _power(given: Arguments) -> Scalar:
    base, exponent = given.number(0), given.number(1)
    if base == 0 and exponent < 0:
        raise FormulaError("DIVIDE_BY_ZERO", f"Function {given.call.name} caused a divide by zero error.")
    result = base**exponent
    if isinstance(result, complex):
        raise FormulaError("NUM", f"{given.call.name} evaluates to an imaginary number.")
    return result


function("POW", 2)(_power)
function("POWER", 2)(_power)


@function("UMINUS", 1)
def uminus(given: Arguments) -> Scalar:
    return -given.number(0)


@function("UPLUS", 1)
def uplus(given: Arguments) -> Scalar:
    return given.value(0)


@function("UNARY_PERCENT", 1)
def unary_percent(given: Arguments) -> Scalar:
    return given.number(0) / 100


def _numbers(given: Arguments) -> Iterator[float]:
    """Give the numbers of all arguments: in ranges what is a number, elsewhere what can be read as one."""
    for value, in_range in given.values():
        if in_range:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield value
        elif value is not None:
            yield number_of(value, given.call.name, 1)


@function("SUM", 1, None)
def sum_(given: Arguments) -> Scalar:
    return math.fsum(_numbers(given))


@function("PRODUCT", 1, None)
def product(given: Arguments) -> Scalar:
    found = list(_numbers(given))
    return math.prod(found) if found else 0.0


@function("AVERAGE", 1, None)
def average(given: Arguments) -> Scalar:
    found = list(_numbers(given))
    if not found:
        raise FormulaError("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return math.fsum(found) / len(found)


@function("MEDIAN", 1, None)
def median_(given: Arguments) -> Scalar:
    found = list(_numbers(given))
    if not found:
        raise FormulaError("NUM", "MEDIAN has no valid input data.")
    return median(found)


@function("MIN", 1, None)
def min_(given: Arguments) -> Scalar:
    return min(_numbers(given), default=0.0)


@function("MAX", 1, None)
def max_(given: Arguments) -> Scalar:
    return max(_numbers(given), default=0.0)


@function("COUNT", 1, None)
def count(given: Arguments) -> Scalar:
    total = 0
    for index in range(len(given)):
        try:
            value = given.raw(index)
        except FormulaError:
            continue
        if value is None or isinstance(value, (str, int, float)):
            total += isinstance(value, (int, float))
            continue
        for place in value.filled():
            try:
                each = value.at(*place)
            except FormulaError:
                continue
            total += isinstance(each, (int, float)) and not isinstance(each, bool)
    return float(total)


def _present(given: Arguments) -> int:
    """Count what is not blank; an error is not blank either."""
    total = 0
    for index in range(len(given)):
        try:
            value = given.raw(index)
        except FormulaError:
            total += 1
            continue
        if value is None or isinstance(value, (str, int, float)):
            total += value is not None
            continue
        for place in value.filled():
            try:
                total += value.at(*place) is not None
            except FormulaError:
                total += 1
    return total


@function("COUNTA", 1, None)
def counta(given: Arguments) -> Scalar:
    return float(_present(given))


@function("COUNTBLANK", 1)
def countblank(given: Arguments) -> Scalar:
    grid = given.grid(0)
    blank = sum(1 for value in grid.values() if value == "")
    return float(grid.height * grid.width - _present(given) + blank)


def _rounded(given: Arguments, mode: str) -> float:
    number, places = given.number(0), given.integer(1, 0)
    exact = Decimal(repr(float(number)))
    return float(exact.quantize(Decimal(1).scaleb(-max(-300, min(300, places))), mode, _WIDE))


@function("ROUND", 1, 2)
def round_(given: Arguments) -> Scalar:
    return _rounded(given, ROUND_HALF_UP)


@function("ROUNDUP", 1, 2)
def roundup(given: Arguments) -> Scalar:
    return _rounded(given, ROUND_UP)


@function("ROUNDDOWN", 1, 2)
def rounddown(given: Arguments) -> Scalar:
    return _rounded(given, ROUND_DOWN)


@function("TRUNC", 1, 2)
def trunc(given: Arguments) -> Scalar:
    return _rounded(given, ROUND_DOWN)


def _to_multiple(given: Arguments, mode: str) -> float:
    number, factor = Decimal(repr(given.number(0))), Decimal(repr(given.number(1, 1)))
    return 0.0 if factor == 0 else float((number / factor).to_integral_value(mode) * factor)


@function("CEILING", 1, 2)
def ceiling(given: Arguments) -> Scalar:
    return _to_multiple(given, ROUND_CEILING)


@function("FLOOR", 1, 2)
def floor(given: Arguments) -> Scalar:
    return _to_multiple(given, ROUND_FLOOR)


@function("INT", 1)
def int_(given: Arguments) -> Scalar:
    return float(math.floor(given.number(0)))


@function("ABS", 1)
def abs_(given: Arguments) -> Scalar:
    return abs(given.number(0))


@function("SIGN", 1)
def sign(given: Arguments) -> Scalar:
    number = given.number(0)
    return float((number > 0) - (number < 0))


@function("MOD", 2)
def mod(given: Arguments) -> Scalar:
    number, divisor = given.number(0), given.number(1)
    if divisor == 0:
        raise FormulaError("DIVIDE_BY_ZERO", "Function MOD parameter 2 cannot be zero.")
    return number % divisor


@function("SQRT", 1)
def sqrt(given: Arguments) -> Scalar:
    number = given.number(0)
    if number < 0:
        message = "Function SQRT parameter 1 value is negative. It should be greater than or equal to zero."
        raise FormulaError("NUM", message)
    return math.sqrt(number)


@function("PI", 0)
def pi(given: Arguments) -> Scalar:
    return math.pi
