"""Formulas worked out: the value of each formula cell of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from tests.sheets_server.formula_formats import format_of
from tests.sheets_server.formula_functions import FUNCTIONS
from tests.sheets_server.formula_text import Reference
from tests.sheets_server.formula_tree import (
    Call,
    Cells,
    Constant,
    ErrorWord,
    Name,
    Node,
    Table,
    parsed,
    references,
)
from tests.sheets_server.formula_values import FormulaError, Scalar, now, number_of, text_of, truth_of
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.typing_in import ERRORS

CIRCLE = "Circular dependency detected. To resolve with iterative calculation, see File > Settings."


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a range or of a table in a formula; `filled` gives the places that may not be blank."""

    height: int
    width: int
    at: Callable[[int, int], Scalar]
    filled: Callable[[], Iterator[Place]]
    area: Area | None = None

    def values(self) -> Iterator[Scalar]:
        """Give the values that are not blank, row by row."""
        for place in self.filled():
            value = self.at(*place)
            if value is not None:
                yield value


Value = Scalar | Grid


@dataclass(frozen=True, slots=True)
class Result:
    """A formula cell: its value or its error, the number format that comes with it, and HYPERLINK's link."""

    value: Scalar | FormulaError
    number_format: Json | None = None
    link: str | None = None


@dataclass
class Calculator:
    """Works out one spreadsheet, which does not change meanwhile; each formula once."""

    book: Spreadsheet
    results: dict[tuple[int, Place], Result] = field(default_factory=dict)
    waiting: set[tuple[int, Place]] = field(default_factory=set)

    def result(self, sheet: Sheet, place: Place) -> Result:
        """Return the result of a formula cell; what it depends on is worked out before it, however deep."""
        start = (sheet.id, place)
        if start in self.waiting:
            self.results[start] = Result(FormulaError("REF", CIRCLE))
        if start not in self.results:
            self._work_out_from(sheet, place)
        return self.results[start]

    def _work_out_from(self, sheet: Sheet, place: Place) -> None:
        stack = [(sheet, place, self._formulas_in(sheet, place))]
        self.waiting.add((sheet.id, place))
        while stack:
            current, here, needed = stack[-1]
            following = next(needed, None)
            if following is None:
                stack.pop()
                key = (current.id, here)
                if key not in self.results:
                    self.results.setdefault(key, self._worked_out(current, here))
                self.waiting.discard(key)
                continue
            key = (following[0].id, following[1])
            if key in self.waiting:
                self.results[key] = Result(FormulaError("REF", CIRCLE))
            elif key not in self.results:
                self.waiting.add(key)
                stack.append((*following, self._formulas_in(*following)))

    def _formulas_in(self, sheet: Sheet, place: Place) -> Iterator[tuple[Sheet, Place]]:
        """Give the formula cells that a formula looks at."""
        tree = parsed(self.formula(sheet, place))
        looked_at = [] if tree is None else [self.looked_at(node, sheet) for node in references(tree)]
        for found in looked_at:
            if found is None:
                continue
            tab, area = found
            formulas = self.formula_places[tab.id]
            if (area.bottom - area.top) * (area.right - area.left) < len(formulas):
                yield from ((tab, each) for each in area.places() if each in formulas)
            else:
                yield from ((tab, each) for each in formulas if each in area)

    def looked_at(self, node: Cells | Name, home: Sheet) -> tuple[Sheet, Area] | None:
        """Return the cells that a reference or a named range stands for; None where there are none."""
        if isinstance(node, Cells):
            tab = home if node.ref.tab is None else self.book.sheet_named(node.ref.tab)
            return None if tab is None else (tab, self.area(node.ref, tab))
        for named in self.book.named_ranges.values():
            if named["name"].lower() == node.text.lower():
                tab = self.book.sheet(int(named["range"].get("sheetId", 0)))
                return None if tab is None else (tab, tab.area(named["range"]))
        return None

    @cached_property
    def formula_places(self) -> dict[int, dict[Place, None]]:
        """The formula cells of each tab, by its id."""
        return {
            sheet.id: {
                place: None
                for place, cell in sheet.cells.items()
                if "formulaValue" in (cell.get("userEnteredValue") or ())
            }
            for sheet in self.book.sheets
        }

    @cached_property
    def by_column(self) -> dict[int, dict[int, list[int]]]:
        """The rows that are not blank, by tab and column, in order."""
        found: dict[int, dict[int, list[int]]] = {}
        for sheet in self.book.sheets:
            columns: dict[int, list[int]] = found.setdefault(sheet.id, {})
            for (row, column), cell in sheet.cells.items():
                if cell.get("userEnteredValue"):
                    columns.setdefault(column, []).append(row)
            for rows in columns.values():
                rows.sort()
        return found

    @cached_property
    def now(self) -> datetime:
        """The time in the spreadsheet's zone, naive as cells are."""
        zone = ZoneInfo(self.book.properties.get("timeZone") or "Etc/GMT")
        return now().astimezone(zone).replace(tzinfo=None)

    @property
    def locale(self) -> str:
        return str(self.book.properties.get("locale") or "en_US")

    def formula(self, sheet: Sheet, place: Place) -> str:
        return str(sheet.cells[place]["userEnteredValue"]["formulaValue"])

    def _worked_out(self, sheet: Sheet, place: Place) -> Result:
        tree = parsed(self.formula(sheet, place))
        if tree is None:
            return Result(FormulaError("ERROR", "Formula parse error."))
        here = Here(self, sheet, place)
        try:
            value = here.single(here.evaluated(tree))
        except FormulaError as error:
            return Result(error)
        except (OverflowError, ZeroDivisionError, ValueError):
            return Result(FormulaError("NUM", "Numeric value is out of range."))
        if isinstance(value, float) and value in (float("inf"), float("-inf")):
            return Result(FormulaError("NUM", "Numeric value is too large."))
        # A formula that gives a blank cell shows 0 in other programs; Google shows nothing.
        return Result(value, format_of(tree, here), here.link)

    def area(self, ref: Reference, sheet: Sheet) -> Area:
        top = ref.top.index if ref.top else 0
        left = ref.left.index if ref.left else 0
        if ref.single:
            return Area(top, top + 1, left, left + 1)
        bottom = ref.bottom.index + 1 if ref.bottom else max(sheet.row_count, top + 1)
        right = ref.right.index + 1 if ref.right else max(sheet.column_count, left + 1)
        return Area(top, bottom, left, right)

    def cell(self, sheet: Sheet, place: Place) -> Scalar:
        """Return the value of any cell; raise FormulaError where it is an error."""
        cell = sheet.cells.get(place)
        entered = cell.get("userEnteredValue") if cell else None
        if not entered:
            return None
        kind, value = next(iter(entered.items()))
        if kind == "formulaValue":
            value = self.result(sheet, place).value
            if isinstance(value, FormulaError):
                raise FormulaError(value.kind, value.message)
            return value
        if kind == "errorValue":
            raise FormulaError(value.get("type", "ERROR"), value.get("message", ""))
        if kind == "boolValue":
            return bool(value)
        return float(value) if kind == "numberValue" else str(value)

    def grid(self, sheet: Sheet, area: Area) -> Grid:
        """Return the cells of a range."""

        def filled() -> Iterator[Place]:
            columns = self.by_column[sheet.id]
            places = (
                (row - area.top, column - area.left)
                for column in range(area.left, area.right)
                for row in columns.get(column, ())
                if area.top <= row < area.bottom
            )
            if area.right - area.left == 1:
                return places
            return iter(sorted(places))

        return Grid(
            area.bottom - area.top,
            area.right - area.left,
            lambda row, column: self.cell(sheet, (area.top + row, area.left + column)),
            filled,
            area,
        )


@dataclass
class Here:
    """One formula being worked out, in its cell."""

    calculator: Calculator
    sheet: Sheet
    place: Place
    link: str | None = None

    def evaluated(self, node: Node) -> Value:
        """Return the value of a part of the formula; raise FormulaError."""
        if isinstance(node, Constant):
            return node.value
        if isinstance(node, (Cells, Name)):
            return self.referred(node)
        if isinstance(node, Call):
            return self._called(node)
        if isinstance(node, ErrorWord):
            message = "Reference does not exist." if node.text == "#REF!" else ""
            raise FormulaError(ERRORS[node.text.upper()], message)
        return self._table(node)

    def _called(self, node: Call) -> Value:
        function = FUNCTIONS.get(node.name)
        if function is None:
            raise FormulaError("NAME", f"Unknown function: '{node.name}'.")
        given = len(node.arguments)
        if given < function.least or (function.most is not None and given > function.most):
            raise FormulaError("N_A", function.wrong_number(given))
        return function.run(Arguments(self, node))

    def referred(self, node: Cells | Name) -> Grid:
        found = self.calculator.looked_at(node, self.sheet)
        if found is None:
            if isinstance(node, Name):
                raise FormulaError("NAME", f"Unknown range name: '{node.text.upper()}'.")
            raise FormulaError("REF", f"Unresolved sheet name '{node.ref.tab}'.")
        sheet, area = found
        if area.top >= sheet.row_count or area.left >= sheet.column_count:
            raise FormulaError("REF", "Reference does not exist.")
        return self.calculator.grid(sheet, area)

    def _table(self, node: Table) -> Grid:
        rows = [[self.single(self.evaluated(cell)) for cell in row] for row in node.rows]
        width = len(rows[0])
        if any(len(row) != width for row in rows):
            raise FormulaError(
                "VALUE", "In ARRAY_LITERAL, an Array Literal was missing values for one or more rows."
            )
        places = [(row, column) for row in range(len(rows)) for column in range(width)]
        return Grid(len(rows), width, lambda row, column: rows[row][column], lambda: iter(places))

    def single(self, value: Value) -> Scalar:
        """Return the one value of a cell, or of a range's first cell."""
        return value.at(0, 0) if isinstance(value, Grid) else value


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a function, each worked out when it is asked for."""

    here: Here
    call: Call

    def __len__(self) -> int:
        return len(self.call.arguments)

    def raw(self, index: int) -> Value:
        return self.here.evaluated(self.call.arguments[index])

    def value(self, index: int) -> Scalar:
        return self.here.single(self.raw(index))

    def number(self, index: int, default: float | None = None) -> float:
        if default is not None and (index >= len(self) or self.call.arguments[index] == Constant(None)):
            return default
        return number_of(self.value(index), self.call.name, index + 1)

    def integer(self, index: int, default: float | None = None) -> int:
        return int(self.number(index, default))

    def text(self, index: int) -> str:
        return text_of(self.value(index))

    def truth(self, index: int) -> bool:
        return truth_of(self.value(index), self.call.name, index + 1)

    def grid(self, index: int) -> Grid:
        value = self.raw(index)
        if isinstance(value, Grid):
            return value
        return Grid(1, 1, lambda row, column: value, lambda: iter([(0, 0)]))

    def values(self, start: int = 0) -> Iterator[tuple[Scalar, bool]]:
        """Give every value that is not blank, with whether it stands in a range."""
        for index in range(start, len(self)):
            value = self.raw(index)
            if isinstance(value, Grid):
                yield from ((each, True) for each in value.values())
            else:
                yield value, False
