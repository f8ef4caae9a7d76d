"""What is put into one cell: the fields of a mask, as Google keeps them."""

from __future__ import annotations

from collections.abc import Callable

from tests.sheets_server.field_mask import Mask
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests import cell_formats, colours
from tests.sheets_server.requests.refused import Refused

MOST_CHARACTERS = 50_000
KEPT = (
    "userEnteredValue",
    "userEnteredFormat",
    "note",
    "dataValidation",
    "textFormatRuns",
    "pivotTable",
    "chipRuns",
    "dataSourceTable",
    "dataSourceFormula",
)
"""The fields of a CellData that can be written; the others are worked out."""

Write = Callable[[Json], Json]
"""What makes the new cell of the old one."""


def writer(message: Json, fields: Mask, book: Spreadsheet) -> Write:
    """Return what writes the fields of a mask into a cell. Raises Refused where the text is too long."""
    new = prepared(message, book)
    link = _sets_link(new, fields)
    value = fields.of("userEnteredValue") is not None
    runs = fields.of("textFormatRuns") is not None

    def write(old: Json) -> Json:
        cell = fields.merge(old, new)
        if value and not runs:
            cell.pop("textFormatRuns", None)
            cell.pop("chipRuns", None)
        if link:
            cell = _with_link_format(cell, fields)
        return cleaned(cell)

    return write


def prepared(message: Json, book: Spreadsheet) -> Json:
    """Return a CellData in the form in which it is kept: what can be written, colours both ways."""
    new: Json = {name: colours.stored(message[name], book) for name in KEPT if name in message}
    value = new.get("userEnteredValue")
    if not value or value.get("stringValue") == "" or value.get("formulaValue") == "":
        new.pop("userEnteredValue", None)
    else:
        for text in (value.get("stringValue"), value.get("formulaValue")):
            must_fit(text or "")
    return new


def must_fit(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            f"Your input contains more than the maximum of {MOST_CHARACTERS} characters in a single cell."
        )


def cleaned(cell: Json) -> Json:
    """Return a cell without fields in which nothing stands."""
    kept = {name: value for name, value in cell.items() if value not in (None, "", {}, [])}
    if "userEnteredFormat" in kept:
        kept["userEnteredFormat"] = cell_formats.kept(kept["userEnteredFormat"])
        if not kept["userEnteredFormat"]:
            del kept["userEnteredFormat"]
    return kept


def _sets_link(new: Json, fields: Mask) -> bool:
    link = new.get("userEnteredFormat", {}).get("textFormat", {}).get("link")
    return bool(link) and "userEnteredFormat.textFormat.link" in fields


def _with_link_format(cell: Json, fields: Mask) -> Json:
    """Google makes a link blue and underlined where the same request says nothing else of that."""
    text = dict(cell["userEnteredFormat"]["textFormat"])
    if "userEnteredFormat.textFormat.underline" not in fields or "underline" not in text:
        text["underline"] = True
    if "userEnteredFormat.textFormat.foregroundColor" not in fields or "foregroundColor" not in text:
        text["foregroundColor"] = colours.THEME["LINK"]
        text["foregroundColorStyle"] = {"themeColor": "LINK"}
    return {**cell, "userEnteredFormat": {**cell["userEnteredFormat"], "textFormat": text}}
