"""What a cell shows: its value, its text and its format, as Google works them out."""

from __future__ import annotations

from datetime import datetime

from tests.sheets_server.model import Json, Place, Sheet, Spreadsheet


def effective_value(book: Spreadsheet, sheet: Sheet, place: Place) -> Json | None:
    """Return the cell's ExtendedValue, formulas worked out, errors as errorValue; None where it is blank."""
    value = sheet.cells.get(place, {}).get("userEnteredValue")
    return value if value else None


def formatted_value(book: Spreadsheet, sheet: Sheet, place: Place) -> str | None:
    """Return what people see in the cell; None where it is blank."""
    value = effective_value(book, sheet, place)
    return None if value is None else str(next(iter(value.values())))


def effective_format(book: Spreadsheet, sheet: Sheet, place: Place) -> Json:
    """Return the CellFormat in force: the spreadsheet's default with the cell's own over it."""
    return {**book.properties.get("defaultFormat", {}), **sheet.cells.get(place, {}).get("userEnteredFormat", {})}


def hyperlink(book: Spreadsheet, sheet: Sheet, place: Place) -> str | None:
    """Return the link of the whole cell: of HYPERLINK(), or of its text format."""
    link = sheet.cells.get(place, {}).get("userEnteredFormat", {}).get("textFormat", {}).get("link", {})
    return link.get("uri")


def typed_in(text: str, book: Spreadsheet, cell: Json) -> Json:
    """Return the cell after a person types `text` into it (USER_ENTERED): its value, and the number format
    that Google sets for it where the cell has none. "" clears the value and leaves the rest."""
    value = {k: v for k, v in cell.items() if k != "userEnteredValue"}
    return {**value, "userEnteredValue": {"stringValue": text}} if text else value


def set_now(now: datetime | None) -> None:
    """Set the clock of TODAY() and NOW() (naive, in the spreadsheet's zone); None: the real one."""
