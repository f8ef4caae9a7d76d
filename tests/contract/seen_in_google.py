"""A tab of a spreadsheet, as it stands in the test server."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from openpyxl.utils import get_column_letter

from tests.contract.seen import Cell, Look, SeenTab, Value
from tests.sheets_server.model import Json, Sheet, Spreadsheet

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as all dates of a workbook
TEXT = ("@", "0;-0;0;@")
"""Patterns that leave text and whole numbers as they are."""

UPRIGHT = {"TOP": "top", "MIDDLE": "center", "BOTTOM": "bottom"}


def see(book: Spreadsheet, title: str) -> SeenTab:
    """Return the tab of this title; what its formulas show is not worked out."""
    sheet = next(one for one in book.sheets if one.title == title)
    titles = {str(one.id): one.title for one in book.sheets}
    grid = sheet.properties["gridProperties"]
    return SeenTab(
        title=sheet.title,
        cells={(row + 1, column + 1): _cell(cell, titles) for (row, column), cell in sheet.cells.items()},
        merged=frozenset(a1(sheet, merge) for merge in sheet.merges),
        frozen=(grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0)),
        hidden_columns=_hidden(sheet.columns),
        hidden_rows=_hidden(sheet.rows),
        widths=_pixels(sheet.columns),
        heights=_pixels(sheet.rows),
        filter=a1(sheet, sheet.basic_filter["range"]) if sheet.basic_filter else "",
        tongue=rgb(sheet.properties.get("tabColorStyle")),
        gridlines=not grid.get("hideGridlines", False),
    )


def a1(sheet: Sheet, grid_range: Json) -> str:
    """Return a GridRange as A1."""
    area = sheet.area(grid_range)
    first = f"{get_column_letter(area.left + 1)}{area.top + 1}"
    return f"{first}:{get_column_letter(area.right)}{area.bottom}"


def rgb(style: Json | None) -> str:
    """Return a ColorStyle as hex RGB; "" where it is none, or a colour of the theme."""
    if not style or "rgbColor" not in style:
        return ""
    parts = (style["rgbColor"].get(part, 0) for part in ("red", "green", "blue"))
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _hidden(dimensions: dict[int, Json]) -> frozenset[int]:
    hiding = ("hiddenByUser", "hiddenByFilter")
    return frozenset(at + 1 for at, one in dimensions.items() if any(one.get(name) for name in hiding))


def _pixels(dimensions: dict[int, Json]) -> dict[int, int]:
    return {at + 1: int(one["pixelSize"]) for at, one in dimensions.items() if one.get("pixelSize")}


def _cell(cell: Json, titles: dict[str, str]) -> Cell:
    form = cell.get("userEnteredFormat", {})
    value = _value(cell.get("userEnteredValue", {}), form.get("numberFormat", {}))
    box = cell.get("dataValidation", {}).get("condition") == {"type": "BOOLEAN"}
    return Cell(
        value=("☑" if value is True else "☐") if box else value,
        box=box,
        formula=_formula(cell.get("userEnteredValue", {}).get("formulaValue", "")),
        note=cell.get("note", ""),
        link=_link(form.get("textFormat", {}).get("link", {}).get("uri", ""), titles),
        look=_look(form),
    )


def _formula(text: str) -> str:
    """Return a formula as it stands in a file: Google takes semicolons in every language, commas in some."""
    return text.removeprefix("=").replace(";", ",")


def _value(entered: Json, number_format: Json) -> Value:
    number = entered.get("numberValue")
    if number is not None:
        if number_format.get("type") in ("DATE", "DATE_TIME"):
            moment = EPOCH + timedelta(days=number)
            return moment.date() if number == int(number) else moment
        return float(number)
    if "errorValue" in entered:
        return f"#{entered['errorValue']['type']}"
    found: Any = entered.get("stringValue", entered.get("boolValue"))
    return found  # type: ignore[no-any-return]


def _link(uri: str, titles: dict[str, str]) -> str:
    if not uri.startswith("#gid="):
        return uri
    sheet_id, _, place = uri.removeprefix("#gid=").partition("&range=")
    return f"{titles.get(sheet_id, '(no such tab)')}!{place}"


def _look(form: Json) -> Look:
    text = form.get("textFormat", {})
    pattern = form.get("numberFormat", {}).get("pattern", "")
    return Look(
        fill=rgb(form.get("backgroundColorStyle")),
        ink=rgb(text.get("foregroundColorStyle")),
        bold=bool(text.get("bold")),
        italic=bool(text.get("italic")),
        underline=bool(text.get("underline")),
        size=text.get("fontSize", 0),
        number_format="" if pattern in TEXT else pattern,
        across=form.get("horizontalAlignment", "").lower(),
        upright=UPRIGHT.get(form.get("verticalAlignment", ""), ""),
        wrap=form.get("wrapStrategy") == "WRAP",
        border=bool(form.get("borders")),
    )
