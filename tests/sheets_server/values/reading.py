"""values.get, values.batchGet, values.batchGetByDataFilter: what stands in ranges.

Rows and cells that are empty at the end are left out, `values` too where there is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from tests.sheets_server import a1, data_filters, effective
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet

ERROR_TEXTS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}
DATES = {"DATE", "TIME", "DATE_TIME"}
"""The types of number format whose numbers are dates and times."""


def get(book: Spreadsheet, query: Json) -> Json:
    return value_range(book, a1.parse(query["range"], book), query)


def batch_get(book: Spreadsheet, query: Json) -> Json:
    found = [value_range(book, a1.parse(text, book), query) for text in query.get("ranges", [])]
    return {"spreadsheetId": book.id, **({"valueRanges": found} if found else {})}


def batch_get_by_data_filter(book: Spreadsheet, body: Json) -> Json:
    """Return each range once, with all filters that selected it."""
    filters: dict[tuple[int, Area], list[Json]] = defaultdict(list)
    selected: dict[tuple[int, Area], a1.Range] = {}
    for data_filter in body.get("dataFilters", []):
        for one in data_filters.ranges(book, data_filter):
            key = (one.sheet.id, a1.clipped(one))
            selected[key] = one
            filters[key].append(data_filter)
    found = [
        {"valueRange": value_range(book, one, body), "dataFilters": filters[key]}
        for key, one in selected.items()
    ]
    return {"spreadsheetId": book.id, **({"valueRanges": found} if found else {})}


def value_range(book: Spreadsheet, found: a1.Range, options: Json) -> Json:
    """Return the ValueRange of a range. `options` are majorDimension, valueRenderOption and
    dateTimeRenderOption."""
    sheet, area = found.sheet, a1.clipped(found)
    dimension = options.get("majorDimension", "ROWS")
    if dimension == "DIMENSION_UNSPECIFIED":
        dimension = "ROWS"
    answer: Json = {"range": a1.written(sheet, area), "majorDimension": dimension}
    values = _values(sheet, area, dimension, _shown(book, sheet, options))
    if values:
        answer["values"] = values
    return answer


def _values(sheet: Sheet, area: Area, dimension: str, shown: Callable[[Place], Any]) -> list[list[Any]]:
    """Return rows (or columns) of values, "" where a cell before the last one is blank."""
    lines: dict[int, dict[int, Any]] = defaultdict(dict)
    for row, column in places(sheet, area):
        value = shown((row, column))
        if value is None:
            continue
        if dimension == "ROWS":
            lines[row - area.top][column - area.left] = value
        else:
            lines[column - area.left][row - area.top] = value
    return [_line(lines.get(at, {})) for at in range(max(lines, default=-1) + 1)]


def _line(cells: dict[int, Any]) -> list[Any]:
    length = max(cells, default=-1) + 1
    return (
        list(cells.values())
        if list(cells) == [*range(length)]
        else [cells.get(at, "") for at in range(length)]
    )


def places(sheet: Sheet, area: Area) -> Iterable[Place]:
    """Return the places of an area that hold anything, in no order."""
    if (area.bottom - area.top) * (area.right - area.left) < len(sheet.cells):
        return (place for place in area.places() if place in sheet.cells)
    return (place for place in sheet.cells if place in area)


def _shown(book: Spreadsheet, sheet: Sheet, options: Json) -> Callable[[Place], Any]:
    """Return what gives the value of a cell by the render options: None where the cell is blank."""
    render = options.get("valueRenderOption", "FORMATTED_VALUE")
    if render == "FORMATTED_VALUE":
        return lambda place: effective.formatted_value(book, sheet, place)
    as_text = options.get("dateTimeRenderOption") == "FORMATTED_STRING"
    formulas = render == "FORMULA"

    def unformatted(place: Place) -> Any:
        if formulas and (formula := sheet.cells[place].get("userEnteredValue", {}).get("formulaValue")):
            return formula
        value = effective.effective_value(book, sheet, place)
        if value is None:
            return None
        if as_text and "numberValue" in value and _is_date(book, sheet, place):
            return effective.formatted_value(book, sheet, place)
        return plain(value)

    return unformatted


def _is_date(book: Spreadsheet, sheet: Sheet, place: Place) -> bool:
    return effective.effective_format(book, sheet, place).get("numberFormat", {}).get("type") in DATES


def plain(value: Json) -> Any:
    """Return an ExtendedValue as values.get answers it unformatted; errors with their message."""
    kind, content = next(iter(value.items()))
    if kind == "errorValue":
        text = ERROR_TEXTS.get(content.get("type", "ERROR"), "#ERROR!")
        return f"{text} ({content['message']})" if content.get("message") else text
    if kind == "numberValue" and isinstance(content, float) and content.is_integer() and abs(content) < 2**53:
        return int(content)
    return content
