"""values.update, values.batchUpdate, values.batchUpdateByDataFilter: values put into ranges.

null leaves a cell alone, "" empties it; a cell's format and note stay. What does not fit the tab makes it
larger, what does not fit the range that was given is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.sheets_server import a1, data_filters, effective
from tests.sheets_server.errors import bad_request
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests import guard
from tests.sheets_server.requests.ranges import resized
from tests.sheets_server.requests.refused import Refused
from tests.sheets_server.values import reading
from tests.sheets_server.values.refusing import refusing

LONGEST_TEXT = 50_000
VALUE_FIELDS = ("userEnteredValue", "textFormatRuns", "chipRuns")
"""What goes from a cell with its value."""


@dataclass(frozen=True)
class Written:
    """What was written: where, and how many cells in how many rows and columns."""

    sheet: Sheet
    area: Area
    rows: int
    columns: int
    cells: int

    @property
    def answer(self) -> Json:
        """Return the fields of an UpdateValuesResponse; counts of 0 go without saying."""
        counts = {"updatedRows": self.rows, "updatedColumns": self.columns, "updatedCells": self.cells}
        where = a1.written(self.sheet, self.area)
        return {"updatedRange": where, **{name: count for name, count in counts.items() if count}}


def update(book: Spreadsheet, query: Json, body: Json, *, user: str = "") -> tuple[Spreadsheet, Json]:
    new = book.copy()
    with refusing():
        found = a1.parse(query["range"], new)
        _must_agree(new, found, body)
        written = write(new, found, body, query, user)
        answer = {
            "spreadsheetId": book.id,
            **written.answer,
            **updated_data(new, found, written, body, query),
        }
    return new, answer


def batch_update(book: Spreadsheet, body: Json, *, user: str = "") -> tuple[Spreadsheet, Json]:
    input_option(body)
    new = book.copy()
    done: list[tuple[Written, a1.Range, Json]] = []
    for index, data in enumerate(body.get("data", [])):
        with refusing(f"data[{index}]"):
            found = a1.parse(data.get("range", ""), new)
            done.append((write(new, found, data, body, user), found, data))
    responses = [
        {"spreadsheetId": book.id, **written.answer, **updated_data(new, found, written, data, body)}
        for written, found, data in done
    ]
    return new, _batch_answer(book, [written for written, _, _ in done], responses)


def batch_update_by_data_filter(book: Spreadsheet, body: Json, *, user: str = "") -> tuple[Spreadsheet, Json]:
    input_option(body)
    new = book.copy()
    done: list[tuple[Written, a1.Range, Json]] = []
    for index, data in enumerate(body.get("data", [])):
        with refusing(f"data[{index}]"):
            for found in data_filters.ranges(new, data.get("dataFilter", {})):
                done.append((write(new, found, data, body, user), found, data))
    responses = [
        {
            **written.answer,
            "dataFilter": data.get("dataFilter", {}),
            **updated_data(new, found, written, data, body),
        }
        for written, found, data in done
    ]
    return new, _batch_answer(book, [written for written, _, _ in done], responses)


def _batch_answer(book: Spreadsheet, done: list[Written], responses: list[Json]) -> Json:
    totals = {
        "totalUpdatedRows": sum(one.rows for one in done),
        "totalUpdatedColumns": sum(one.columns for one in done),
        "totalUpdatedCells": sum(one.cells for one in done),
        "totalUpdatedSheets": len({one.sheet.id for one in done if one.cells}),
    }
    answer: Json = {"spreadsheetId": book.id, **{name: total for name, total in totals.items() if total}}
    return {**answer, "responses": responses} if responses else answer


def input_option(options: Json) -> str:
    """Return the valueInputOption; it must be given."""
    option = options.get("valueInputOption", "INPUT_VALUE_OPTION_UNSPECIFIED")
    if option == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise bad_request("'valueInputOption' is required but not specified")
    return str(option)


def write(book: Spreadsheet, found: a1.Range, data: Json, options: Json, user: str) -> Written:
    """Put the values of a ValueRange into a range of `book`, a working copy."""
    option = input_option(options)
    sheet, asked = found.sheet, a1.clipped(found)
    placed = list(_placed(found, data))
    if not placed:
        return Written(sheet, asked, 0, 0, 0)
    top, left = asked.top, asked.left
    area = Area(top, max(row for row, _, _ in placed) + 1, left, max(column for _, column, _ in placed) + 1)
    guard.must_be_free(book, sheet, area, user)
    if area.bottom > sheet.row_count or area.right > sheet.column_count:
        resized(book, sheet, max(area.bottom, sheet.row_count), max(area.right, sheet.column_count))
    put = [(row, column, value) for row, column, value in placed if value is not None]
    for row, column, value in put:
        old = sheet.cells.get((row, column), {})
        keep(sheet, (row, column), _with(old, value, option, book, (row - top, column - left)))
    rows, columns = {row for row, _, _ in put}, {column for _, column, _ in put}
    return Written(sheet, area, len(rows), len(columns), len(put))


def updated_data(book: Spreadsheet, found: a1.Range, written: Written, data: Json, options: Json) -> Json:
    """Return `updatedData` where it is wanted: the whole range that was asked for, or what was written from
    one cell on."""
    if not options.get("includeValuesInResponse"):
        return {}
    area = written.area if found.anchor else a1.clipped(found)
    shown = {
        "majorDimension": data.get("majorDimension", "ROWS"),
        "valueRenderOption": options.get("responseValueRenderOption", "FORMATTED_VALUE"),
        "dateTimeRenderOption": options.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
    }
    return {"updatedData": reading.value_range(book, a1.Range(written.sheet, area), shown)}


def keep(sheet: Sheet, place: Place, cell: Json) -> None:
    if cell:
        sheet.cells[place] = cell
    else:
        sheet.cells.pop(place, None)


def without_value(cell: Json) -> Json:
    return {name: content for name, content in cell.items() if name not in VALUE_FIELDS}


def _placed(found: a1.Range, data: Json) -> Iterator[tuple[int, int, Any]]:
    """Yield row, column and value of each value sent; refuse the first that lies outside the range."""
    area = found.area
    bottom = None if found.anchor or found.rows_open else area.bottom
    right = None if found.anchor or found.columns_open else area.right
    by_column = data.get("majorDimension") == "COLUMNS"
    for major, line in enumerate(data.get("values", [])):
        for minor, value in enumerate(line):
            row, column = (minor, major) if by_column else (major, minor)
            row, column = area.top + row, area.left + column
            if bottom is not None and row >= bottom:
                raise _outside(found, f"row [{row + 1}]")
            if right is not None and column >= right:
                raise _outside(found, f"column [{a1.column_name(column)}]")
            yield row, column, value


def _outside(found: a1.Range, where: str) -> Refused:
    return Refused(f"Requested writing within range [{found.text}], but tried writing to {where}")


def _with(old: Json, value: Any, option: str, book: Spreadsheet, index: Place) -> Json:
    """Return the cell with a value in it."""
    rest = without_value(old)
    if isinstance(value, bool):
        return {**rest, "userEnteredValue": {"boolValue": value}}
    if isinstance(value, int | float):
        return {**rest, "userEnteredValue": {"numberValue": value}}
    if not isinstance(value, str):
        raise Refused(f"Invalid values[{index[0]}][{index[1]}]: {_described(value)}")
    if len(value) > LONGEST_TEXT:
        raise Refused(
            f"Your input contains more than the maximum of {LONGEST_TEXT} characters in a single cell."
        )
    if not value:
        return rest
    if option == "RAW":
        return {**rest, "userEnteredValue": {"stringValue": value}}
    return effective.typed_in(value, book, rest)


def _described(value: Any) -> str:
    """Return a list or an object as protocol buffers write it."""
    if isinstance(value, list):
        return "list_value {\n" + "".join(f"  values {{\n    {_scalar(one)}\n  }}\n" for one in value) + "}\n"
    fields = "".join(
        f'  fields {{\n    key: "{name}"\n    value {{\n      {_scalar(one)}\n    }}\n  }}\n'
        for name, one in value.items()
    )
    return "struct_value {\n" + fields + "}\n"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return f"bool_value: {str(value).lower()}"
    if isinstance(value, int | float):
        return f"number_value: {value}"
    return f'string_value: "{value}"' if isinstance(value, str) else "null_value: NULL_VALUE"


def _must_agree(book: Spreadsheet, found: a1.Range, body: Json) -> None:
    """The range in the body, where there is one, must be that of the address."""
    if body.get("range") and a1.parse(body["range"], book)[:2] != found[:2]:
        other = a1.parse(body["range"], book)
        raise Refused(f"Requested range [{found.text}] does not match range in values [{other.text}]")
