"""What a cell shows: its value, its text and its format, as Google works them out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import tests.sheets_server.functions  # noqa: F401 - enters the functions
from tests.sheets_server.calculator import Calculator, Result
from tests.sheets_server.cell_formats import effective
from tests.sheets_server.formula_values import SHOWN, FormulaError, today
from tests.sheets_server.model import Json, Place, Sheet, Spreadsheet
from tests.sheets_server.number_formats import formatted
from tests.sheets_server.typing_in import read_typed

_NOTHING: Json = {}
_CALCULATOR: ContextVar[Calculator | None] = ContextVar("_CALCULATOR", default=None)


@contextmanager
def settled(book: Spreadsheet) -> Iterator[None]:
    """While this lasts the spreadsheet does not change, so that each formula is worked out once."""
    token = _CALCULATOR.set(Calculator(book))
    try:
        yield
    finally:
        _CALCULATOR.reset(token)


def effective_value(book: Spreadsheet, sheet: Sheet, place: Place) -> Json | None:
    """Return the cell's ExtendedValue, formulas worked out, errors as errorValue; None where it is blank."""
    cell = sheet.cells.get(place)
    entered: Json | None = cell.get("userEnteredValue") if cell else None
    if not entered:
        return None
    if "formulaValue" not in entered:
        return entered
    value = _result(book, sheet, place).value
    if isinstance(value, FormulaError):
        return value.value()
    if value is None:
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": plain(value)}


def formatted_value(book: Spreadsheet, sheet: Sheet, place: Place) -> str | None:
    """Return what people see in the cell; None where it is blank."""
    cell = sheet.cells.get(place)
    entered = cell.get("userEnteredValue") if cell else None
    if not cell or not entered:
        return None
    form = cell.get("userEnteredFormat")
    number_format = form.get("numberFormat") if form else None
    if number_format is None:
        if "stringValue" in entered:
            return str(entered["stringValue"])
        number_format = book.properties.get("defaultFormat", _NOTHING).get("numberFormat")
    if "formulaValue" in entered:
        result = _result(book, sheet, place)
        if isinstance(result.value, FormulaError):
            return SHOWN.get(result.value.kind, "#ERROR!")
        if result.value is None:
            return None
        return formatted(result.value, number_format or result.number_format, _locale(book))
    if "errorValue" in entered:
        return SHOWN.get(entered["errorValue"].get("type", ""), "#ERROR!")
    return formatted(next(iter(entered.values())), number_format, _locale(book))


def effective_format(book: Spreadsheet, sheet: Sheet, place: Place) -> Json:
    """Return the CellFormat in force: the spreadsheet's default with the cell's own over it, the number
    format that a formula brings along, and the alignment that goes with the value."""
    cell = sheet.cells.get(place, _NOTHING)
    entered = cell.get("userEnteredValue") or _NOTHING
    value, number_format = entered, None
    if "formulaValue" in entered:
        value = effective_value(book, sheet, place) or _NOTHING
        number_format = _result(book, sheet, place).number_format
    linked = bool(entered) and hyperlink(book, sheet, place) is not None
    kind = next(iter(value), "")
    return effective(book, cell.get("userEnteredFormat", _NOTHING), kind, number_format, linked)


def hyperlink(book: Spreadsheet, sheet: Sheet, place: Place) -> str | None:
    """Return the link of the whole cell: of HYPERLINK(), or of its text format."""
    cell = sheet.cells.get(place)
    if not cell:
        return None
    form = cell.get("userEnteredFormat")
    if form is not None and "textFormat" in form:
        uri = form["textFormat"].get("link", _NOTHING).get("uri")
        if uri:
            return str(uri)
    entered = cell.get("userEnteredValue")
    if entered and "HYPERLINK" in entered.get("formulaValue", "").upper():
        return _result(book, sheet, place).link
    return None


def typed_in(text: str, book: Spreadsheet, cell: Json) -> Json:
    """Return the cell after a person types `text` into it (USER_ENTERED): its value, and the number format
    that Google sets for it where the cell has none. "" clears the value and leaves the rest."""
    rest = {key: value for key, value in cell.items() if key not in ("userEnteredValue", "textFormatRuns")}
    if not text:
        return rest
    form = cell.get("userEnteredFormat") or {}
    own = form.get("numberFormat")
    if own is not None and own.get("type") == "TEXT":
        return {**rest, "userEnteredValue": {"stringValue": text}}
    value, number_format = read_typed(text, _locale(book), today)
    if "numberValue" in value:
        value = {"numberValue": plain(value["numberValue"])}
    if number_format is not None and own is None:
        rest["userEnteredFormat"] = {"numberFormat": number_format, **form}
    return {**rest, "userEnteredValue": value}


def plain(number: float) -> float:
    """Return a number as JSON has it: whole ones without a fraction."""
    return int(number) if abs(number) < 1e15 and number == int(number) else number


def _locale(book: Spreadsheet) -> str:
    return str(book.properties.get("locale") or "en_US")


def _result(book: Spreadsheet, sheet: Sheet, place: Place) -> Result:
    calculator = _CALCULATOR.get()
    if calculator is None or calculator.book is not book:
        calculator = Calculator(book)
    return calculator.result(sheet, place)
