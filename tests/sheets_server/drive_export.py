"""files.export: a spreadsheet in other formats, as far as a program looks into them.

Text formats have the first tab alone, as Google's do; the others have every tab that is not hidden.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from html import escape

from tests.sheets_server import effective
from tests.sheets_server.drive_errors import DriveError
from tests.sheets_server.drive_ods import ods
from tests.sheets_server.drive_pdf import pdf
from tests.sheets_server.drive_xlsx import xlsx
from tests.sheets_server.model import Sheet, Spreadsheet

ShownTabs = list[tuple[str, list[list[str]]]]
"""(title, rows of what people see) of each tab."""


def exported(book: Spreadsheet, mime_type: str) -> bytes:
    """Return the content of the file. Raises DriveError for what Google does not export, or not to this."""
    if book.kind != "spreadsheet":
        raise DriveError(403, "fileNotExportable", "Export only supports Docs Editors files.")
    if mime_type not in _FORMATS:
        said = "The requested conversion is not supported."
        raise DriveError(400, "badRequest", said, "convertTo")
    with effective.settled(book):
        return _FORMATS[mime_type](book)


def shown(book: Spreadsheet, sheet: Sheet) -> list[list[str]]:
    """Return what people see in a tab: rows of equal length, what is blank at the ends left out."""
    texts = {place: effective.formatted_value(book, sheet, place) for place in sheet.cells}
    places = [place for place, text in texts.items() if text is not None]
    rows = max((row for row, _ in places), default=-1) + 1
    columns = max((column for _, column in places), default=-1) + 1
    return [[texts.get((row, column)) or "" for column in range(columns)] for row in range(rows)]


def _tabs(book: Spreadsheet) -> ShownTabs:
    visible = [sheet for sheet in book.sheets if not sheet.properties.get("hidden")]
    return [(sheet.title, shown(book, sheet)) for sheet in visible]


def _csv(book: Spreadsheet) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(_tabs(book)[0][1])
    return text.getvalue().removesuffix("\r\n").encode()


def _tsv(book: Spreadsheet) -> bytes:
    """Tabs and line breaks in a cell become spaces: there is no quoting."""
    rows = _tabs(book)[0][1]
    return "\r\n".join(
        "\t".join(" ".join(text.splitlines()).replace("\t", " ") for text in row) for row in rows
    ).encode()


def _zipped_html(book: Spreadsheet) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for title, rows in _tabs(book):
            cells = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in rows)
            table = "".join(f"<tr>{row}</tr>" for row in cells)
            page = f'<meta charset="utf-8"><title>{escape(title)}</title><table>{table}</table>'
            package.writestr(f"{title.replace('/', '_')}.html", page)
    return content.getvalue()


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS: dict[str, Callable[[Spreadsheet], bytes]] = {
    "text/csv": _csv,
    "text/tab-separated-values": _tsv,
    "application/zip": _zipped_html,
    "application/pdf": lambda book: pdf(_tabs(book)),
    _SHEET: xlsx,
    "application/vnd.oasis.opendocument.spreadsheet": lambda book: ods(_tabs(book)),
    "application/x-vnd.oasis.opendocument.spreadsheet": lambda book: ods(_tabs(book)),
}
