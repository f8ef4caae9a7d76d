"""Looking values up, and counting and adding what meets a condition."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.sheets_server.formula_functions import function
from tests.sheets_server.formula_text import column_letters
from tests.sheets_server.formula_values import FormulaError, Scalar, equal, less, rank, text_of
from tests.sheets_server.typing_in import read_number

if TYPE_CHECKING:
    from tests.sheets_server.calculator import Arguments, Grid, Value


@function("ROW", 0, 1)
def row(given: Arguments) -> Scalar:
    area = given.grid(0).area if len(given) else None
    return float((area.top if area else given.here.place[0]) + 1)


@function("COLUMN", 0, 1)
def column(given: Arguments) -> Scalar:
    area = given.grid(0).area if len(given) else None
    return float((area.left if area else given.here.place[1]) + 1)


@function("ROWS", 1)
def rows(given: Arguments) -> Scalar:
    return float(given.grid(0).height)


@function("COLUMNS", 1)
def columns(given: Arguments) -> Scalar:
    return float(given.grid(0).width)


@function("ADDRESS", 2)
def address(given: Arguments) -> Scalar:
    return f"${column_letters(given.integer(1) - 1)}${given.integer(0)}"


def _line(grid: Grid) -> list[tuple[int, Scalar]]:
    """Return a row's or column's values that are not blank, with their place in it."""
    down = grid.width == 1
    found = []
    for place in grid.filled():
        try:
            found.append((place[0] if down else place[1], grid.at(*place)))
        except FormulaError:
            continue
    return sorted(found, key=lambda each: each[0])


def _found(line: list[tuple[int, Scalar]], wanted: Scalar, how: int) -> int | None:
    """Return where `wanted` stands: exactly (0), or the last that is not greater (1) or not less (-1)."""
    if how == 0:
        fits = _like(wanted) if isinstance(wanted, str) else lambda value: equal(value, wanted)
        return next((place for place, value in line if value is not None and fits(value)), None)
    best = None
    for place, value in line:
        if rank(value)[0] != rank(wanted)[0]:
            continue
        if (how > 0 and less(wanted, value)) or (how < 0 and less(value, wanted)):
            break
        best = place
    return best


@function("MATCH", 2, 3)
def match(given: Arguments) -> Scalar:
    wanted, grid = given.value(0), given.grid(1)
    if grid.width > 1 and grid.height > 1:
        raise FormulaError("N_A", "MATCH range must be a single row or a single column.")
    place = _found(_line(grid), wanted, given.integer(2, 1))
    if place is None:
        raise FormulaError("N_A", f"Did not find value '{text_of(wanted)}' in MATCH evaluation.")
    return float(place + 1)


@function("INDEX", 1, 3)
def index(given: Arguments) -> Value:
    grid = given.grid(0)
    down, across = given.integer(1, 0), given.integer(2, 0)
    if grid.height == 1 and len(given) == 2:
        down, across = 0, down
    for name, value, limit in (("2", down, grid.height), ("3", across, grid.width)):
        if not 0 <= value <= limit:
            raise FormulaError(
                "NUM",
                f"Function INDEX parameter {name} value is {value}."
                f" Valid values are between 0 and {limit} inclusive.",
            )
    return grid.at(max(down, 1) - 1, max(across, 1) - 1)


def _looked_up(given: Arguments, across: bool) -> Value:
    name = given.call.name
    wanted, grid, which = given.value(0), given.grid(1), given.integer(2)
    limit = grid.height if across else grid.width
    if which < 1:
        raise FormulaError(
            "VALUE", f"Function {name} parameter 3 value is {which}. It should be greater than or equal to 1."
        )
    if which > limit:
        raise FormulaError("REF", f"{name} evaluates to an out of bounds range.")
    sorted_ = given.truth(3) if len(given) > 3 else True
    places = [place for place in grid.filled() if place[0 if across else 1] == 0]
    line = []
    for place in places:
        try:
            line.append((place[1] if across else place[0], grid.at(*place)))
        except FormulaError:
            continue
    found = _found(sorted(line, key=lambda each: each[0]), wanted, 1 if sorted_ else 0)
    if found is None:
        raise FormulaError("N_A", f"Did not find value '{text_of(wanted)}' in {name} evaluation.")
    return grid.at(which - 1, found) if across else grid.at(found, which - 1)


@function("VLOOKUP", 3, 4)
def vlookup(given: Arguments) -> Value:
    return _looked_up(given, False)


@function("HLOOKUP", 3, 4)
def hlookup(given: Arguments) -> Value:
    return _looked_up(given, True)


@function("XLOOKUP", 3, 4)
def xlookup(given: Arguments) -> Value:
    wanted, keys, values = given.value(0), given.grid(1), given.grid(2)
    place = _found(_line(keys), wanted, 0)
    if place is None:
        if len(given) > 3:
            return given.raw(3)
        raise FormulaError("N_A", "Did not find value '" + text_of(wanted) + "' in XLOOKUP evaluation.")
    return values.at(place, 0) if keys.width == 1 else values.at(0, place)


def _like(text: str) -> Callable[[Scalar], bool]:
    """Tell whether a value is this text, in which ? is any sign, * any number of them, ~ makes them plain."""
    pattern = re.sub(
        r"\\~\\([*?~])|\\([*?])",
        lambda found: re.escape(found[1]) if found[1] else {"*": ".*", "?": "."}[found[2]],
        re.escape(text).replace("~", r"\~").replace(r"\\~", r"\~"),
    )
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _condition(criterion: Scalar) -> Callable[[Scalar], bool]:
    """Return what a criterion asks for: ">5", "<>Ana", "a*" or a value."""
    if not isinstance(criterion, str):
        return lambda value: value is not None and equal(value, criterion)
    found = re.match(r"<=|>=|<>|<|>|=", criterion)
    sign, rest = (found[0], criterion[found.end() :]) if found else ("=", criterion)
    number = read_number(rest.strip())
    if number is not None:
        return _compared(sign, number[0])
    if sign in ("=", "<>"):
        fits = _like(rest) if rest else lambda value: value in (None, "")
        return fits if sign == "=" else lambda value: not fits(value)
    wanted: Scalar = {"TRUE": True, "FALSE": False}.get(rest.upper(), rest)
    return _compared(sign, wanted)


def _compared(sign: str, wanted: Scalar) -> Callable[[Scalar], bool]:
    def fits(value: Scalar) -> bool:
        alike = rank(value)[0] == rank(wanted)[0] and value is not None
        if sign == "<>":
            return not (alike and equal(value, wanted))
        if not alike:
            return False
        if sign == "=":
            return equal(value, wanted)
        if sign in ("<", ">="):
            return less(value, wanted) == (sign == "<")
        return less(wanted, value) == (sign == ">")

    return fits


def _meeting(given: Arguments, start: int) -> list[tuple[int, int]]:
    """Return the places at which each range from argument `start` on meets its criterion."""
    first = given.grid(start)
    places = [(r, c) for r in range(_last_row(given, start)) for c in range(first.width)]
    for index in range(start, len(given) - 1, 2):
        grid, fits = given.grid(index), _condition(given.value(index + 1))
        places = [place for place in places if fits(_or_blank(grid, place))]
    return places


def _last_row(given: Arguments, start: int) -> int:
    """Return how far down one has to look: what is below every value is blank everywhere."""
    grids = [given.grid(index) for index in range(start, len(given), 2)]
    if any(_condition(given.value(index + 1))(None) for index in range(start, len(given) - 1, 2)):
        return grids[0].height
    return max((place[0] + 1 for grid in grids for place in grid.filled()), default=0)


def _or_blank(grid: Grid, place: tuple[int, int]) -> Scalar:
    try:
        return grid.at(*place)
    except FormulaError:
        return None


@function("COUNTIF", 2)
def countif(given: Arguments) -> Scalar:
    return float(len(_meeting(given, 0)))


@function("COUNTIFS", 2, None)
def countifs(given: Arguments) -> Scalar:
    return float(len(_meeting(given, 0)))


@function("SUMIFS", 3, None)
def sumifs(given: Arguments) -> Scalar:
    return _added(given.grid(0), _meeting(given, 1))


@function("SUMIF", 2, 3)
def sumif(given: Arguments) -> Scalar:
    fits, grid = _condition(given.value(1)), given.grid(0)
    places = [place for place in grid.filled() if fits(_or_blank(grid, place))]
    return _added(given.grid(2) if len(given) > 2 else grid, places)


def _added(grid: Grid, places: list[tuple[int, int]]) -> float:
    values = (_or_blank(grid, place) for place in places)
    return math.fsum(v for v in values if isinstance(v, (int, float)) and not isinstance(v, bool))


@function("SPARKLINE", 1, 2)
def sparkline(given: Arguments) -> Scalar:
    """A picture: the cell has no value."""
    given.grid(0)
    return None
