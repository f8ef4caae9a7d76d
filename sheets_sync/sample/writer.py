"""Writes a new workbook of the tabs that staff keep, as a person would have set it up.

openpyxl is right here and nowhere else: the file is new, so there is nothing in it that could be lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sheets_sync.sample.staff_tabs import (
    ALIGNED,
    HEADER_HEIGHT,
    STAFF_TABS,
    Column,
    Kind,
    StaffTab,
    Typed,
    TypedRow,
)

FORMATS: Mapping[Kind, str] = {
    "text": "General",
    "date": "m/d/yyyy",
    "time": "h:mm AM/PM",
    "number": "General",
}
LINE = Side(style="thin", color="D0D5DA")


def write_staff_workbook(
    path: Path, tabs: Mapping[str, Sequence[TypedRow]], *, made_on: date | None = None, title: str = ""
) -> None:
    """Write a workbook of the staff's tabs in their order, with these rows; a tab without rows is empty.

    `made_on` is kept in the file (`sheets_sync.sample.made_on` reads it). Raises OSError.
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.title = title
    book.properties.creator = "sheets_sync"
    if made_on is not None:
        book.custom_doc_props.append(StringProperty(name="sheets_sync_made_on", value=made_on.isoformat()))
        book.properties.created = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001 - a local date
    for tab in STAFF_TABS:
        _write_tab(book.create_sheet(tab.name), tab, tabs.get(tab.name, ()))
    book.save(path)


def _write_tab(sheet: Worksheet, tab: StaffTab, rows: Sequence[TypedRow]) -> None:
    unknown = {name for row in rows for name in row} - {column.header for column in tab.columns}
    if unknown:
        raise ValueError(f"{tab.name} has no column {sorted(unknown)}")
    for at, column in enumerate(tab.columns, start=1):
        _write_header(sheet, at, column, tab.colour)
        for down, row in enumerate(rows, start=2):
            _write_cell(sheet, down, at, row.get(column.header), column.kind)
        _offer_choices(sheet, at, column, tab.room)
    sheet.freeze_panes = sheet.cell(2, tab.frozen + 1).coordinate
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(tab.columns))}{max(len(rows) + 1, 2)}"
    sheet.row_dimensions[1].height = HEADER_HEIGHT
    sheet.sheet_properties.tabColor = tab.colour
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _write_header(sheet: Worksheet, at: int, column: Column, colour: str) -> None:
    cell = sheet.cell(1, at, column.header)
    cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", start_color=colour)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = Border(bottom=Side(style="medium", color="3A4550"))
    sheet.column_dimensions[get_column_letter(at)].width = column.width
    if column.note:
        cell.comment = Comment(
            column.note, "sheets_sync", width=280, height=20 + 20 * (1 + len(column.note) // 38)
        )


def _write_cell(sheet: Worksheet, row: int, at: int, value: Typed, kind: Kind) -> None:
    cell = sheet.cell(row, at)
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
    else:
        cell.value = value
    if value is not None and not isinstance(value, str):
        cell.number_format = FORMATS[kind]
    cell.alignment = Alignment(vertical="top", wrap_text=kind == "text", horizontal=ALIGNED.get(kind))
    cell.border = Border(bottom=LINE)


def _offer_choices(sheet: Worksheet, at: int, column: Column, room: int) -> None:
    """Add the dropdown of a column. It offers and does not forbid: a district's own code can be typed."""
    if column.choices_from is not None:
        source = _column_range(*column.choices_from)
    elif column.choices:
        source = '"' + ",".join(column.choices) + '"'
    else:
        return
    choices = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(at)
    choices.add(f"{letter}2:{letter}{room}")
    sheet.add_data_validation(choices)


def _column_range(tab_name: str, header: str) -> str:
    tab = next(tab for tab in STAFF_TABS if tab.name == tab_name)
    letter = get_column_letter([column.header for column in tab.columns].index(header) + 1)
    return f"'{tab.name}'!${letter}$2:${letter}${tab.room}"
