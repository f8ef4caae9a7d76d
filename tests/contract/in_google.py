"""The house "google": spreadsheets in the test server, edited as people in their browsers would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl.utils import column_index_from_string, coordinate_to_tuple, get_column_letter

from tests.contract import seen_in_google
from tests.contract.houses import Book, House, Rows, take_along
from tests.contract.seen import SeenTab, Value
from tests.sheets_server.drive_xlsx import xlsx
from tests.sheets_server.model import Json, Sheet, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.registry import REQUESTS
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.xlsx_values import cell_of


class GoogleBook(Book):
    def __init__(self, folder: Path, server: SheetsServer, book_id: str) -> None:
        self.server = server
        self.id = book_id
        key = server.key_file(folder)
        google = f'[google]\nendpoint = "{server.url}"\ncredentials = "{key.name}"\n'
        super().__init__(folder, f"https://docs.google.com/spreadsheets/d/{book_id}/edit", google)

    @property
    def now(self) -> Spreadsheet:
        """The spreadsheet as it stands in the server."""
        return self.server.book(self.id)

    def titles(self) -> list[str]:
        return [sheet.title for sheet in self.now.sheets]

    def see(self, title: str) -> SeenTab:
        return seen_in_google.see(self.now, title)

    def kept(self, but: Sequence[str] = ()) -> Mapping[str, object]:
        """Every tab with all that the server keeps of it, and what belongs to no tab."""
        book = self.now.snapshot()
        tabs = {f"tab {one.title}": one for one in book.sheets if one.title not in but}
        return {**tabs, "beside the tabs": replace(book, sheets=[], modified="")}

    def download(self, file: Path) -> Path:
        file.write_bytes(xlsx(self.now))
        return file

    def type_all(self, title: str, typed: Mapping[str, Value]) -> None:
        def edit(book: Spreadsheet) -> None:
            for cell, value in typed.items():
                _type(_found(book, title), cell, value)

        self.server.staff.do(self.id, edit)

    def check(self, title: str, cell: str) -> None:
        self.type(title, cell, True)

    def sort(self, title: str, column: str, first: int, *, descending: bool = False) -> None:
        order = "DESCENDING" if descending else "ASCENDING"
        spec = {"dimensionIndex": column_index_from_string(column) - 1, "sortOrder": order}
        where = {"sheetId": self.sheet(title).id, "startRowIndex": first - 1}
        self._ask("sortRange", {"range": where, "sortSpecs": [spec]})

    def insert_rows(self, title: str, before: int, count: int = 1) -> None:
        self._insert(title, "ROWS", before - 1, count)

    def delete_rows(self, title: str, first: int, count: int = 1) -> None:
        self._ask("deleteDimension", {"range": self._span(title, "ROWS", first - 1, count)})

    def insert_columns(self, title: str, before: str, count: int = 1) -> None:
        self._insert(title, "COLUMNS", column_index_from_string(before) - 1, count)

    def delete_columns(self, title: str, first: str, count: int = 1) -> None:
        at = column_index_from_string(first) - 1
        self._ask("deleteDimension", {"range": self._span(title, "COLUMNS", at, count)})

    def rename(self, title: str, to: str) -> None:
        self._properties(title, {"title": to})

    def move(self, title: str, to: int) -> None:
        at = self.titles().index(title)
        self._properties(title, {"index": to + 1 if to > at else to})

    def delete(self, title: str) -> None:
        self._ask("deleteSheet", {"sheetId": self.sheet(title).id})

    def copy(self, title: str) -> str:
        before = set(self.titles())
        self._ask("duplicateSheet", {"sourceSheetId": self.sheet(title).id})
        return (set(self.titles()) - before).pop()

    def add(self, title: str, rows: Rows) -> None:
        self._ask("addSheet", {"properties": {"title": title}})
        self.type_all(
            title,
            {
                f"{get_column_letter(right)}{down}": value
                for down, row in enumerate(rows, 1)
                for right, value in enumerate(row, 1)
            },
        )

    def paint(self, title: str, cell: str, fill: str) -> None:
        row, column = coordinate_to_tuple(cell)
        where = {
            "sheetId": self.sheet(title).id,
            "startRowIndex": row - 1,
            "endRowIndex": row,
            "startColumnIndex": column - 1,
            "endColumnIndex": column,
        }
        parts = zip(("red", "green", "blue"), (fill[0:2], fill[2:4], fill[4:6]), strict=True)
        colour = {"rgbColor": {name: int(part, 16) / 255 for name, part in parts}}
        request = {"range": where, "cell": {"userEnteredFormat": {"backgroundColorStyle": colour}}}
        self._ask("repeatCell", {**request, "fields": "userEnteredFormat.backgroundColorStyle"})

    def unmerge(self, title: str) -> None:
        self._ask("unmergeCells", {"range": {"sheetId": self.sheet(title).id}})

    def filter(self, title: str, header: int, column: str, hidden: str) -> None:
        at = column_index_from_string(column) - 1
        spec = {"columnIndex": at, "filterCriteria": {"hiddenValues": [hidden]}}
        where = {"sheetId": self.sheet(title).id, "startRowIndex": header - 1}
        self._ask("setBasicFilter", {"filter": {"range": where, "filterSpecs": [spec]}})

    def hide_rows(self, title: str, first: int, count: int = 1) -> None:
        request = {"range": self._span(title, "ROWS", first - 1, count), "properties": {"hiddenByUser": True}}
        self._ask("updateDimensionProperties", {**request, "fields": "hiddenByUser"})

    def sheet(self, title: str) -> Sheet:
        """Return a tab as the server keeps it."""
        return _found(self.now, title)

    def _ask(self, name: str, request: Json) -> None:
        """Let staff do what the menu does for this request."""
        self.server.staff.do(self.id, lambda book: REQUESTS[name](book, request, Context()))

    def _insert(self, title: str, dimension: str, at: int, count: int) -> None:
        request = {"range": self._span(title, dimension, at, count), "inheritFromBefore": at > 0}
        self._ask("insertDimension", request)

    def _span(self, title: str, dimension: str, at: int, count: int) -> Json:
        where = {"sheetId": self.sheet(title).id, "dimension": dimension}
        return {**where, "startIndex": at, "endIndex": at + count}

    def _properties(self, title: str, new: Json) -> None:
        properties = {"sheetId": self.sheet(title).id, **new}
        self._ask("updateSheetProperties", {"properties": properties, "fields": ",".join(new)})


class GoogleHouse(House):
    name = "google"

    def __init__(self, folder: Path, server: SheetsServer) -> None:
        self._folder = folder
        self.server = server

    def make(self, tabs: Mapping[str, Rows], title: str = "Services") -> GoogleBook:
        sheets = [
            {
                "properties": {"sheetId": number, "title": name},
                "data": [{"rowData": [{"values": [_cell(value) for value in row]} for row in rows]}],
            }
            for number, (name, rows) in enumerate(tabs.items(), 1)
        ]
        properties = {"title": f"{title}.xlsx", "timeZone": "America/New_York"}
        return self._book(self.server.load({"properties": properties, "sheets": sheets}).id)

    def load(self, file: Path) -> GoogleBook:
        return self._book(self.server.load(file, title=file.name).id)

    def copy(self, book: Book) -> GoogleBook:
        assert isinstance(book, GoogleBook)
        copied = replace(book.now.copy(), id=self.server.new_id())
        self.server.keep(copied)
        return self._book(copied.id)

    def again(self, book: Book) -> GoogleBook:
        assert isinstance(book, GoogleBook)
        self.server.keep(book.now.copy())
        same = self._book(book.id)
        take_along(book, same.folder)
        return same

    def _book(self, book_id: str) -> GoogleBook:
        folder = self._folder / book_id
        folder.mkdir()
        return GoogleBook(folder, self.server, book_id)


def _found(book: Spreadsheet, title: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.title == title)


def _type(sheet: Sheet, cell: str, value: Value) -> None:
    row, column = coordinate_to_tuple(cell)
    assert row <= sheet.row_count, "nobody types below the last row"
    assert column <= sheet.column_count, "nor right of the last column"
    kept = dict(sheet.cells.get((row - 1, column - 1), {}))
    kept.pop("userEnteredValue", None)
    new = _cell(value)
    form = {**kept.get("userEnteredFormat", {}), **new.get("userEnteredFormat", {})}
    sheet.cells[row - 1, column - 1] = {**kept, **new, **({"userEnteredFormat": form} if form else {})}


def _cell(value: Value) -> Json:
    return (
        {"userEnteredValue": {"stringValue": value}} if isinstance(value, str) and value else cell_of(value)
    )
