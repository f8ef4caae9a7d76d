"""IF and its like, comparisons, and what a value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sheets_server.formula_functions import function
from tests.sheets_server.formula_values import FormulaError, Scalar, equal, less, truth_of

if TYPE_CHECKING:
    from tests.sheets_server.calculator import Arguments, Value


@function("EQ", 2)
def eq(given: Arguments) -> Scalar:
    return equal(given.value(0), given.value(1))


@function("NE", 2)
def ne(given: Arguments) -> Scalar:
    return not equal(given.value(0), given.value(1))


@function("LT", 2)
def lt(given: Arguments) -> Scalar:
    return less(given.value(0), given.value(1))


@function("GTE", 2)
def gte(given: Arguments) -> Scalar:
    return not less(given.value(0), given.value(1))


@function("GT", 2)
def gt(given: Arguments) -> Scalar:
    return less(given.value(1), given.value(0))


@function("LTE", 2)
def lte(given: Arguments) -> Scalar:
    return not less(given.value(1), given.value(0))


@function("IF", 2, 3)
def if_(given: Arguments) -> Value:
    if given.truth(0):
        return given.raw(1)
    return given.raw(2) if len(given) > 2 else False


@function("IFS", 2, None)
def ifs(given: Arguments) -> Value:
    for index in range(0, len(given) - 1, 2):
        if given.truth(index):
            return given.raw(index + 1)
    raise FormulaError("N_A", "No match.")


@function("IFERROR", 1, 2)
def iferror(given: Arguments) -> Value:
    try:
        return given.value(0)
    except (FormulaError, ZeroDivisionError, OverflowError):
        return given.raw(1) if len(given) > 1 else None


@function("IFNA", 1, 2)
def ifna(given: Arguments) -> Value:
    try:
        return given.value(0)
    except FormulaError as error:
        if error.kind != "N_A":
            raise
        return given.raw(1) if len(given) > 1 else None


def _truths(given: Arguments) -> list[bool]:
    """Return the truths of all arguments; texts and blanks in ranges do not count."""
    found = [
        truth_of(value, given.call.name, 1)
        for value, in_range in given.values()
        if not (in_range and isinstance(value, str))
    ]
    if not found:
        raise FormulaError("VALUE", f"{given.call.name} has no valid input data.")
    return found


@function("AND", 1, None)
def and_(given: Arguments) -> Scalar:
    return all(_truths(given))


@function("OR", 1, None)
def or_(given: Arguments) -> Scalar:
    return any(_truths(given))


@function("XOR", 1, None)
def xor(given: Arguments) -> Scalar:
    return sum(_truths(given)) % 2 == 1


@function("NOT", 1)
def not_(given: Arguments) -> Scalar:
    return not given.truth(0)


@function("TRUE", 0)
def true(given: Arguments) -> Scalar:
    return True


@function("FALSE", 0)
def false(given: Arguments) -> Scalar:
    return False


@function("NA", 0)
def na(given: Arguments) -> Scalar:
    raise FormulaError("N_A", "Error: Value is not available.")


def _error_of(given: Arguments) -> str | None:
    try:
        given.value(0)
    except FormulaError as error:
        return error.kind
    except (ZeroDivisionError, OverflowError):
        return "NUM"
    return None


@function("ISERROR", 1)
def iserror(given: Arguments) -> Scalar:
    return _error_of(given) is not None


@function("ISERR", 1)
def iserr(given: Arguments) -> Scalar:
    return _error_of(given) not in (None, "N_A")


@function("ISNA", 1)
def isna(given: Arguments) -> Scalar:
    return _error_of(given) == "N_A"


def _kind_of(given: Arguments) -> Scalar:
    return "error" if _error_of(given) else given.value(0)


@function("ISBLANK", 1)
def isblank(given: Arguments) -> Scalar:
    return _kind_of(given) is None


@function("ISNUMBER", 1)
def isnumber(given: Arguments) -> Scalar:
    value = _kind_of(given)
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@function("ISTEXT", 1)
def istext(given: Arguments) -> Scalar:
    return _error_of(given) is None and isinstance(given.value(0), str)


@function("ISLOGICAL", 1)
def islogical(given: Arguments) -> Scalar:
    return isinstance(_kind_of(given), bool)
