"""A text of comma-separated values uploaded over a spreadsheet (gspread's import_csv)."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from tests.sheets_server import effective, new_books
from tests.sheets_server.model import Json, Spreadsheet


def imported(book: Spreadsheet, content: bytes) -> Spreadsheet:
    """Return the spreadsheet with one tab alone, which holds the values as if they had been typed."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"))))
    new = new_books.blank(book.id, book.title)
    sheet = new.sheets[0]
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            if text:
                sheet.cells[row, column] = effective.typed_in(text, new, {})
    sheet.properties = {**sheet.properties, "gridProperties": _grid(sheet.properties, rows)}
    return replace(book, sheets=[sheet], named_ranges={}, developer_metadata={})


def _grid(properties: Json, rows: list[list[str]]) -> Json:
    grid = properties["gridProperties"]
    return {
        **grid,
        "rowCount": max(grid["rowCount"], len(rows)),
        "columnCount": max(grid["columnCount"], *map(len, rows), 1),
    }
