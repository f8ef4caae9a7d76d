"""An .xlsx file as a Spreadsheet resource, as Google's import reads it.

Values, formulas, number formats, dates as serial numbers, notes, links, fills and weights, merges, lists to
choose from, sizes and hiding of rows and columns, frozen panes, filters. What Google cannot show is left out.
"""

from __future__ import annotations

import random
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets_server import xlsx_looks
from tests.sheets_server.model import Json
from tests.sheets_server.requests.context import LARGEST_ID
from tests.sheets_server.requests.sheets import COLUMNS, ROWS
from tests.sheets_server.xlsx_values import cell_of


def resource(file: IO[bytes], title: str, time_zone: str = "America/New_York") -> Json:
    """Return the Spreadsheet resource. The ids of the tabs are the same for the same file."""
    workbook = load_workbook(file)
    chance = random.Random(title)
    ids = {name: chance.randint(1, LARGEST_ID) for name in workbook.sheetnames}
    sheets = [_sheet(sheet, ids) for sheet in workbook.worksheets]
    return {"properties": {"title": title, "timeZone": time_zone}, "sheets": sheets}


def grid_size(rows: int, columns: int) -> Json:
    """Return GridProperties with room for so many rows and columns, no smaller than a new tab."""
    return {"rowCount": max(ROWS, rows), "columnCount": max(COLUMNS, columns)}


def _sheet(sheet: Worksheet, ids: dict[str, int]) -> Json:
    grid = grid_size(sheet.max_row, sheet.max_column)
    if sheet.freeze_panes:
        column, row, _, _ = range_boundaries(sheet.freeze_panes)
        grid |= {"frozenRowCount": row - 1, "frozenColumnCount": column - 1}
    properties: Json = {"sheetId": ids[sheet.title], "title": sheet.title, "gridProperties": grid}
    if sheet.sheet_state != "visible":
        properties["hidden"] = True
    if colour := xlsx_looks.colour_of(sheet.sheet_properties.tabColor):
        properties["tabColorStyle"] = {"rgbColor": colour}
    result: Json = {
        "properties": properties,
        "data": [{"rowData": _rows(sheet, ids), **_sizes(sheet)}],
        "merges": [_grid_range(str(merged), properties) for merged in sheet.merged_cells.ranges],
    }
    if sheet.auto_filter.ref:
        result["basicFilter"] = {"range": _grid_range(sheet.auto_filter.ref, properties)}
    return result


def _rows(sheet: Worksheet, ids: dict[str, int]) -> list[Json]:
    known: dict[tuple[Any, ...], Json] = {}
    choices = _choices(sheet)
    rows = []
    for line in sheet.iter_rows():
        values = []
        for cell in line:
            data = cell_of(cell.value, cell.number_format)
            look = xlsx_looks.format_of(cell, known) if cell.has_style else {}
            if look:
                number = data.get("userEnteredFormat", {})
                data["userEnteredFormat"] = {**look, **number}
            if link := _link(cell, ids):
                form = data.setdefault("userEnteredFormat", {})
                data["userEnteredFormat"] = {
                    **form,
                    "textFormat": {**form.get("textFormat", {}), "link": {"uri": link}},
                }
            if cell.comment is not None:
                data["note"] = cell.comment.text
            if (place := (cell.row, cell.column)) in choices:
                data["dataValidation"] = choices[place]
            values.append(data)
        rows.append({"values": values})
    return rows


def _link(cell: Any, ids: dict[str, int]) -> str | None:
    """Return the link of a cell; one within the workbook as Google writes it: #gid=...&range=..."""
    link = getattr(cell, "hyperlink", None)
    if link is None:
        return None
    if link.target:
        return str(link.target)
    name, _, place = str(link.location or "").rpartition("!")
    sheet_id = ids.get(name.strip("'").replace("''", "'"))
    return None if sheet_id is None else f"#gid={sheet_id}&range={place.replace('$', '')}"


def _choices(sheet: Worksheet) -> dict[tuple[int, int], Json]:
    """Return the data validation of each cell (row and column from 1) that has a list to choose from."""
    found: dict[tuple[int, int], Json] = {}
    for one in sheet.data_validations.dataValidation:
        if one.type != "list" or not one.formula1:
            continue
        formula = str(one.formula1)
        if formula.startswith('"'):
            kind, texts = "ONE_OF_LIST", formula.strip('"').split(",")
        else:
            kind, texts = "ONE_OF_RANGE", [f"={formula.lstrip('=')}"]
        rule = {
            "condition": {"type": kind, "values": [{"userEnteredValue": text} for text in texts]},
            "strict": one.errorStyle in (None, "stop") and bool(one.showErrorMessage),
            "showCustomUi": True,
        }
        for area in one.sqref.ranges:
            for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1):
                for column in range(area.min_col, area.max_col + 1):
                    found[row, column] = rule
    return found


def _sizes(sheet: Worksheet) -> Json:
    """Return rowMetadata and columnMetadata, up to the last row and column whose size or hiding was set."""
    rows: dict[int, Json] = {}
    for number, row in sheet.row_dimensions.items():
        rows[number] = _dimension(row.hidden, row.height and round(row.height * 96 / 72))
    columns: dict[int, Json] = {}
    for group in sheet.column_dimensions.values():
        width = round(group.width * 7 + 5) if group.customWidth else None
        for number in range(group.min or group.index_number, (group.max or group.index_number) + 1):
            columns[number] = _dimension(group.hidden, width)
    return {"rowMetadata": _listed(rows), "columnMetadata": _listed(columns)}


def _dimension(hidden: bool, pixels: int | None) -> Json:
    return {**({"hiddenByUser": True} if hidden else {}), **({"pixelSize": pixels} if pixels else {})}


def _listed(found: dict[int, Json]) -> list[Json]:
    last = max((number for number, piece in found.items() if piece), default=0)
    return [found.get(number, {}) for number in range(1, last + 1)]


def _grid_range(text: str, of_tab: Json) -> Json:
    left, top, right, bottom = range_boundaries(text)
    return {
        "sheetId": of_tab["sheetId"],
        "startRowIndex": top - 1,
        "endRowIndex": bottom,
        "startColumnIndex": left - 1,
        "endColumnIndex": right,
    }
