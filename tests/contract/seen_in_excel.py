"""A tab of a workbook file, as openpyxl finds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.styles.colors import Color
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from tests.contract.seen import Cell, Look, SeenTab, Value

GENERAL = ("General", "@")


def see(path: Path, title: str) -> SeenTab:
    """Return the tab of this title; values of staff's formulas are not worked out."""
    return _tab(_book(path.read_bytes())[title])


@lru_cache(maxsize=1)
def _book(content: bytes) -> Workbook:
    """Read a file once for all its tabs."""
    return openpyxl.load_workbook(BytesIO(content))


def _tab(sheet: Worksheet) -> SeenTab:
    rows = sheet.row_dimensions
    columns = {
        number: group
        for group in sheet.column_dimensions.values()
        for number in range(group.min or group.index_number, (group.max or group.index_number) + 1)
    }
    boxes = {
        place
        for one in sheet.data_validations.dataValidation
        if (one.type, one.formula1, one.errorStyle or "stop") == ("list", '"☐,☑"', "stop")
        for area in one.sqref.ranges
        for place in area.cells
    }
    return SeenTab(
        title=sheet.title,
        cells={
            (cell.row, cell.column): replace(_cell(cell), box=(cell.row, cell.column) in boxes)
            for row in sheet.iter_rows()
            for cell in row
        },
        merged=frozenset(str(merged) for merged in sheet.merged_cells.ranges),
        frozen=_frozen(sheet),
        hidden_columns=frozenset(number for number, group in columns.items() if group.hidden),
        hidden_rows=frozenset(number for number, row in rows.items() if row.hidden),
        widths={number: round(group.width * 7 + 5) for number, group in columns.items() if group.customWidth},
        heights={number: round(row.height * 96 / 72) for number, row in rows.items() if row.height},
        filter=sheet.auto_filter.ref or "",
        tongue=_rgb(sheet.sheet_properties.tabColor),
        gridlines=sheet.sheet_view.showGridLines is not False,
    )


def _frozen(sheet: Worksheet) -> tuple[int, int]:
    pane = sheet.sheet_view.pane
    if pane is None or pane.state != "frozen":
        return 0, 0
    return int(pane.ySplit or 0), int(pane.xSplit or 0)


def _cell(cell: Any) -> Cell:
    formula = cell.value[1:] if cell.data_type == "f" else ""
    comment = getattr(cell, "comment", None)
    return Cell(
        value=None if formula else _value(cell.value),
        formula=formula,
        note=unescape(comment.text) if comment else "",
        link=_link(getattr(cell, "hyperlink", None)),
        look=_look(cell) if cell.has_style else Look(),
    )


def _value(value: Any) -> Value:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    assert value is None or isinstance(value, str | float | bool | date | datetime | time), type(value)
    return unescape(value) or None if isinstance(value, str) else value


def _link(link: Any) -> str:
    if link is None:
        return ""
    if link.target:
        return str(link.target)
    title, _, place = str(link.location).rpartition("!")
    return f"{title.strip(chr(39)).replace(chr(39) * 2, chr(39))}!{place.replace('$', '')}"


def _look(cell: Any) -> Look:
    font, alignment = cell.font, cell.alignment
    sides = {getattr(cell.border, side).style for side in ("left", "right", "top", "bottom")}
    return Look(
        fill=_rgb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else "",
        ink=_rgb(font.color),
        bold=bool(font.b),
        italic=bool(font.i),
        underline=bool(font.u),
        size=round(font.sz or 0),
        number_format="" if cell.number_format in GENERAL else cell.number_format,
        across=alignment.horizontal or "",
        upright=alignment.vertical or "",
        wrap=bool(alignment.wrap_text),
        border=sides != {None},
    )


def _rgb(colour: Color | None) -> str:
    return "" if colour is None or colour.type != "rgb" else str(colour.rgb)[-6:]
