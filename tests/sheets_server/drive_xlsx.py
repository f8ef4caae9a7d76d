"""A spreadsheet as an Excel file: values, formulas, formats, merges, sizes and notes."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets_server import effective
from tests.sheets_server.model import Json, Place, Sheet, Spreadsheet

_PIXELS_A_CHARACTER = 7
_POINTS_A_PIXEL = 0.75


def xlsx(book: Spreadsheet) -> bytes:
    """Return the content of an .xlsx file with every tab."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets:
        _sheet(book, sheet, workbook.create_sheet(sheet.title[:31]))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _sheet(book: Spreadsheet, sheet: Sheet, made: Worksheet) -> None:
    for place in sheet.cells:
        _cell(book, sheet, place, made.cell(place[0] + 1, place[1] + 1))
    for merge in sheet.merges:
        area = sheet.area(merge)
        made.merge_cells(None, area.top + 1, area.left + 1, area.bottom, area.right)
    grid = sheet.properties.get("gridProperties", {})
    frozen = made.cell(grid.get("frozenRowCount", 0) + 1, grid.get("frozenColumnCount", 0) + 1)
    made.freeze_panes = None if frozen.coordinate == "A1" else frozen.coordinate
    made.sheet_state = "hidden" if sheet.properties.get("hidden") else "visible"
    for index, properties in sheet.rows.items():
        made.row_dimensions[index + 1].hidden = bool(properties.get("hiddenByUser"))
        if "pixelSize" in properties:
            made.row_dimensions[index + 1].height = properties["pixelSize"] * _POINTS_A_PIXEL
    for index, properties in sheet.columns.items():
        letter = get_column_letter(index + 1)
        made.column_dimensions[letter].hidden = bool(properties.get("hiddenByUser"))
        if "pixelSize" in properties:
            made.column_dimensions[letter].width = properties["pixelSize"] / _PIXELS_A_CHARACTER


def _cell(book: Spreadsheet, sheet: Sheet, place: Place, made: Cell) -> None:
    cell = sheet.cells[place]
    form = effective.effective_format(book, sheet, place)
    made.value = _value(cell.get("userEnteredValue", {}))
    if isinstance(made.value, str) and "formulaValue" not in cell["userEnteredValue"]:
        made.data_type = "s"
    pattern = form.get("numberFormat", {}).get("pattern")
    if pattern:
        made.number_format = pattern
    text = form.get("textFormat", {})
    made.font = Font(
        bold=text.get("bold", False),
        italic=text.get("italic", False),
        strike=text.get("strikethrough", False),
        underline="single" if text.get("underline") else None,
        color=_argb(text.get("foregroundColor", {})),
    )
    background = cell.get("userEnteredFormat", {}).get("backgroundColor")
    if background is not None:
        made.fill = PatternFill("solid", fgColor=_argb(background))
    if "note" in cell:
        made.comment = Comment(cell["note"], "")


def _value(entered: Json) -> Any:
    """Return what stands in the cell: dates stay numbers, which their number format shows as dates."""
    if "errorValue" in entered:
        return None
    return next(iter(entered.values()), None)


def _argb(colour: Json) -> str:
    parts = (round(255 * colour.get(name, 0)) for name in ("red", "green", "blue"))
    return "FF" + "".join(f"{part:02X}" for part in parts)
