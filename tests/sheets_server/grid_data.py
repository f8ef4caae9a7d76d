"""GridData: the cells of a tab, with the size and hiding of its rows and columns.

Rows, and cells of a row, that are blank at the end are left out; a blank one before them is {}. Only the
fields that the mask names are worked out: a workbook of 300,000 cells is answered in seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from tests.sheets_server import effective
from tests.sheets_server.field_mask import Mask
from tests.sheets_server.laid_formats import LaidFormats
from tests.sheets_server.model import Area, Json, Place, Sheet, Spreadsheet
from tests.sheets_server.requests.dimensions import PIXELS
from tests.sheets_server.requests.ranges import answered

_WORKED_OUT: dict[str, Callable[[Spreadsheet, Sheet, Place], Any]] = {
    "effectiveValue": effective.effective_value,
    "formattedValue": effective.formatted_value,
    "effectiveFormat": effective.effective_format,
    "hyperlink": effective.hyperlink,
}
_FIELDS = (
    "userEnteredValue",
    "effectiveValue",
    "formattedValue",
    "userEnteredFormat",
    "effectiveFormat",
    "hyperlink",
    "note",
    "textFormatRuns",
    "dataValidation",
    "pivotTable",
    "dataSourceTable",
    "dataSourceFormula",
    "chipRuns",
)
"""The fields of a CellData, in Google's order."""

_SHARED = {"userEnteredFormat", "effectiveFormat", "dataValidation"}
"""The fields whose values are the same pieces in many cells."""

Show = Callable[[Place, Json], Any]
Pick = Callable[[Any], Any]


def grid_data(book: Spreadsheet, sheet: Sheet, area: Area, mask: Mask) -> Json:
    """Return what the mask, one of a GridData, wants of an area; all of it must lie on the tab."""
    answer: Json = {}
    if area.top and mask.of("startRow"):
        answer["startRow"] = area.top
    if area.left and mask.of("startColumn"):
        answer["startColumn"] = area.left
    if (wanted := mask.of("rowData")) is not None and (rows := _rows(book, sheet, area, wanted)):
        answer["rowData"] = rows
    if (wanted := mask.of("rowMetadata")) is not None:
        answer["rowMetadata"] = _dimensions(sheet, "ROWS", area.top, area.bottom, wanted)
    if (wanted := mask.of("columnMetadata")) is not None:
        answer["columnMetadata"] = _dimensions(sheet, "COLUMNS", area.left, area.right, wanted)
    return answer


def _rows(book: Spreadsheet, sheet: Sheet, area: Area, mask: Mask) -> list[Json]:
    """Return RowData up to the last row that holds anything."""
    filled = _filled(sheet, area)
    wanted = mask.of("values")
    if wanted is None:
        return [{} for _ in range(max(filled, default=-1) + 1)]
    steps = [(name, _step(book, sheet, name, below)) for name in _FIELDS if (below := wanted.of(name))]
    known: dict[int, Json] | None = {} if not LaidFormats(book, sheet) else None
    return [
        {"values": list(_shown(row + area.top, area.left, filled[row], steps, known))}
        if row in filled
        else {}
        for row in range(max(filled, default=-1) + 1)
    ]


def _filled(sheet: Sheet, area: Area) -> dict[int, dict[int, Json]]:
    """Return the cells that hold anything by row and column, both counted from the corner of the area."""
    filled: dict[int, dict[int, Json]] = defaultdict(dict)
    if (area.bottom - area.top) * (area.right - area.left) < len(sheet.cells):
        for row, column in area.places():
            if cell := sheet.cells.get((row, column)):
                filled[row - area.top][column - area.left] = cell
    else:
        for (row, column), cell in sheet.cells.items():
            if area.top <= row < area.bottom and area.left <= column < area.right:
                filled[row - area.top][column - area.left] = cell
    return filled


def _shown(
    row: int, left: int, cells: dict[int, Json], steps: list[tuple[str, Show]], known: dict[int, Json] | None
) -> Iterator[Json]:
    """Yield the cells of a row. What stands in many places shows the same in all, but for formulas; `known`
    has what was shown, None where it also goes by the place."""
    for column in range(max(cells) + 1):
        cell = cells.get(column)
        if cell is None:
            yield {}
            continue
        shown = known.get(id(cell)) if known is not None else None
        if shown is None:
            place = (row, column + left)
            worked_out = ((name, step(place, cell)) for name, step in steps)
            shown = {name: value for name, value in worked_out if value is not None}
            if known is not None and "formulaValue" not in cell.get("userEnteredValue", ()):
                known[id(cell)] = shown
        yield shown


def _step(book: Spreadsheet, sheet: Sheet, name: str, mask: Mask) -> Show:
    """Return what gives one field of a cell, as much of it as the mask wants; None where it has none."""
    work_out = _WORKED_OUT.get(name)
    if name == "effectiveFormat" and (laid := LaidFormats(book, sheet)):
        return lambda place, cell: mask.pick(laid.on(place, effective.effective_format(book, sheet, place)))
    pick = _shared(_picker(mask)) if name in _SHARED else _picker(mask)
    if work_out is None:
        if mask.whole:
            return lambda place, cell: cell.get(name)
        return lambda place, cell: pick(cell[name]) if name in cell else None
    if mask.whole:
        return lambda place, cell: work_out(book, sheet, place)
    return lambda place, cell: pick(work_out(book, sheet, place))


def _picker(mask: Mask) -> Pick:
    """Return Mask.pick for one mask, several times as fast."""
    if mask.whole or "*" in mask.fields:
        return mask.pick
    below = {name: None if inner.whole else _picker(inner) for name, inner in mask.fields.items()}

    def pick(value: Any) -> Any:
        if not isinstance(value, dict):
            return [pick(item) for item in value] if isinstance(value, list) else value
        picked = {}
        for name, content in value.items():
            if name in below:
                inner = below[name]
                picked[name] = content if inner is None else inner(content)
        return picked

    return pick


def _shared(pick: Pick) -> Pick:
    """Return what picks from a value that many cells share once."""
    known: dict[int, tuple[Any, Any]] = {}

    def once(value: Any) -> Any:
        found = known.get(id(value))
        if found is None or found[0] is not value:
            found = known[id(value)] = (value, pick(value))
        return found[1]

    return once


def _dimensions(sheet: Sheet, dimension: str, start: int, end: int, mask: Mask) -> list[Json]:
    """Return the DimensionProperties of rows or columns, one for each."""
    default = {"pixelSize": PIXELS[dimension]}
    kept = sheet.rows if dimension == "ROWS" else sheet.columns
    metadata = _metadata(sheet, dimension)
    plain = mask.pick(default)
    return [
        mask.pick({**default, **kept.get(index, {}), **metadata.get(index, {})})
        if index in kept or index in metadata
        else plain
        for index in range(start, end)
    ]


def _metadata(sheet: Sheet, dimension: str) -> dict[int, Json]:
    found: dict[int, Json] = {}
    for one in sheet.developer_metadata.values():
        along = one["location"].get("dimensionRange")
        if along is not None and along["dimension"] == dimension:
            pieces = found.setdefault(along["startIndex"], {"developerMetadata": []})["developerMetadata"]
            pieces.append(answered(one))
    return found
