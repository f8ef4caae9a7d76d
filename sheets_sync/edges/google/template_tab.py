"""The requests that make one tab of the template: header with its help, looks, dropdowns, example rows.

The same tab as the template file has (sample/writer.py), with what only Google needs: columns whose texts it
would take for numbers or dates are plain text, so that "0012" and a grade "3-5" stay as they were typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from typing import TypeVar

from sheets_sync.edges.google.blocks import Block
from sheets_sync.edges.google.formats import colour, height_in_pixels, width_in_pixels
from sheets_sync.edges.google.moment import Json
from sheets_sync.edges.google.values_to_send import extended_value
from sheets_sync.problems import column_letter
from sheets_sync.sample.staff_tabs import ALIGNED, HEADER_HEIGHT, Column, Kind, Typed
from sheets_sync.template_plan import Place, TabToMake

_SECONDS_A_DAY = 86_400
_PLAIN_TEXT: Json = {"type": "TEXT", "pattern": "@"}
_NUMBER_FORMATS: Mapping[Kind, Json] = {
    "date": {"type": "DATE"},
    "time": {"type": "TIME", "pattern": "h:mm AM/PM"},
}
"""Dates show as the workbook's own language writes them. Below the examples Google chooses as people type: a
look of its own in each blank cell would make every night's read ten times as large."""

_MISTAKEN = frozenset({"Student ID", "Grade", "Room", "Frequency", "Days"})
"""Columns whose texts look like numbers or dates: "0012", "3-5", "1/2"."""

Value = TypeVar("Value")
Lists = Mapping[tuple[str, str], Place]


@dataclass(frozen=True, slots=True)
class Home:
    """Where the tab is to be; `rows` and `columns` are those of its grid once it is made."""

    sheet_id: int
    rows: int
    columns: int


def dressed(made: TabToMake, home: Home, lists: Lists) -> list[Json]:
    """Return the requests that fill a tab whose first rows are blank: one for the header, one an example."""
    return [
        _header(made, home),
        *_examples(made, home),
        *_plain_text(made, home),
        *_dropdowns(made, home, lists),
        *_sizes(made, home),
        _filter(made, home),
    ]


def look_of_the_tab(made: TabToMake) -> Json:
    """Return what the SheetProperties say of frozen panes and colour."""
    return {
        "gridProperties": {"frozenRowCount": 1, "frozenColumnCount": made.tab.frozen},
        "tabColorStyle": colour(made.tab.colour),
    }


def _header(made: TabToMake, home: Home) -> Json:
    look: Json = {
        "numberFormat": _PLAIN_TEXT,
        "backgroundColorStyle": colour(made.tab.colour),
        "textFormat": {"bold": True, "foregroundColorStyle": colour("FFFFFF")},
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP",
    }
    cells = [
        {"userEnteredValue": {"stringValue": one.header}, "userEnteredFormat": look}
        | ({"note": one.note} if one.note else {})
        for one in made.tab.columns
    ]
    return _cells(home, 0, [cells], "userEnteredValue,userEnteredFormat,note")


def _plain_text(made: TabToMake, home: Home) -> Iterator[Json]:
    for left, right, mistaken in _runs([column.header in _MISTAKEN for column in made.tab.columns]):
        if mistaken:
            yield _look(_below_the_header(home, left, right), {"numberFormat": _PLAIN_TEXT})


def _examples(made: TabToMake, home: Home) -> Iterator[Json]:
    if not made.rows:
        return
    rows = [[_typed(row.get(column.header)) for column in made.tab.columns] for row in made.rows]
    yield _cells(home, 1, rows, "userEnteredValue")
    for left, right, kind in _runs([column.kind for column in made.tab.columns]):
        look: Json = {
            "verticalAlignment": "TOP",
            "wrapStrategy": "WRAP" if kind == "text" else "OVERFLOW_CELL",
        }
        if kind in _NUMBER_FORMATS:
            look["numberFormat"] = _NUMBER_FORMATS[kind]
        if kind in ALIGNED:
            look["horizontalAlignment"] = ALIGNED[kind].upper()
        yield _look(Block(None, 1, 1 + len(rows), left, right).grid_range(home.sheet_id), look)


def _look(where: Json, look: Json) -> Json:
    fields = ",".join(f"userEnteredFormat.{name}" for name in look)
    return {"repeatCell": {"range": where, "cell": {"userEnteredFormat": look}, "fields": fields}}


def _typed(value: Typed) -> Json:
    if isinstance(value, time):
        value = (value.hour * 3600 + value.minute * 60 + value.second) / _SECONDS_A_DAY
    found = extended_value(value)
    return {} if found is None else {"userEnteredValue": found}


def _dropdowns(made: TabToMake, home: Home, lists: Lists) -> Iterator[Json]:
    """A dropdown offers and does not forbid: a district's own code can be typed."""
    for at, column in enumerate(made.tab.columns):
        condition = _choices(column, lists)
        if condition:
            rule = {"condition": condition, "strict": False, "showCustomUi": True}
            yield {"setDataValidation": {"range": _below_the_header(home, at, at + 1), "rule": rule}}


def _choices(column: Column, lists: Lists) -> Json | None:
    if column.choices_from is not None:
        source = lists.get(column.choices_from)
        if source is None:
            return None
        return {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": _range(source)}]}
    if column.choices:
        return {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": word} for word in column.choices]}
    return None


def _range(place: Place) -> str:
    title, letter = place.title.replace("'", "''"), column_letter(place.column)
    return f"='{title}'!${letter}${place.row + 1}:${letter}"


def _sizes(made: TabToMake, home: Home) -> Iterator[Json]:
    for left, right, width in _runs([width_in_pixels(column.width) for column in made.tab.columns]):
        yield _sized(home, "COLUMNS", left, right, width)
    yield _sized(home, "ROWS", 0, 1, height_in_pixels(HEADER_HEIGHT))


def _sized(home: Home, dimension: str, first: int, end: int, pixels: int) -> Json:
    where = {"sheetId": home.sheet_id, "dimension": dimension, "startIndex": first, "endIndex": end}
    return {
        "updateDimensionProperties": {
            "range": where,
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }


def _filter(made: TabToMake, home: Home) -> Json:
    whole = Block(None, 0, home.rows, 0, len(made.tab.columns)).grid_range(home.sheet_id)
    return {"setBasicFilter": {"filter": {"range": whole}}}


def _cells(home: Home, row: int, rows: list[list[Json]], fields: str) -> Json:
    return {
        "updateCells": {
            "start": {"sheetId": home.sheet_id, "rowIndex": row, "columnIndex": 0},
            "rows": [{"values": cells} for cells in rows],
            "fields": fields,
        }
    }


def _below_the_header(home: Home, left: int, right: int) -> Json:
    return Block(None, 1, home.rows, left, right).grid_range(home.sheet_id)


def _runs(values: Sequence[Value]) -> Iterator[tuple[int, int, Value]]:
    """Yield (first, end, value) of equal values that stand together."""
    at = 0
    for value, run in groupby(values):
        end = at + len(list(run))
        yield at, end, value
        at = end
