"""The house "excel": workbooks as files, edited as Excel and people in it would leave them."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from tests.contract import excel_rows, seen_in_excel
from tests.contract.houses import Book, House, Rows, take_along
from tests.contract.seen import SeenTab, Value


class ExcelBook(Book):
    def __init__(self, folder: Path, file: Path) -> None:
        self.file = file
        self._sitting: openpyxl.Workbook | None = None
        super().__init__(folder, str(file))

    def titles(self) -> list[str]:
        if self._sitting is not None:
            return self._sitting.sheetnames
        return openpyxl.load_workbook(self.file, read_only=True).sheetnames

    def see(self, title: str) -> SeenTab:
        return seen_in_excel.see(self.file, title)

    def kept(self, but: Sequence[str] = ()) -> Mapping[str, object]:
        """Every part of the file but those of the tabs, and but the lists in which our tabs are entered."""
        with zipfile.ZipFile(self.file) as archive:
            parts: dict[str, object] = {name: archive.read(name) for name in archive.namelist()}
        left_out = {name for title in but for name in self._parts(title)}
        if but:
            left_out |= LISTS
        return {name: part for name, part in parts.items() if name not in left_out}

    def download(self, file: Path) -> Path:
        return Path(shutil.copyfile(self.file, file))

    def type_all(self, title: str, typed: Mapping[str, Value]) -> None:
        with self._tab(title) as sheet:
            for cell, value in typed.items():
                _type(sheet, cell, value)

    def check(self, title: str, cell: str) -> None:
        self.type(title, cell, "☑")

    def sort(self, title: str, column: str, first: int, *, descending: bool = False) -> None:
        with self._tab(title) as sheet:
            excel_rows.sort(sheet, first, column_index_from_string(column), descending=descending)

    def insert_rows(self, title: str, before: int, count: int = 1) -> None:
        self._shift(title, "rows", excel_rows.inserted(before, count))

    def delete_rows(self, title: str, first: int, count: int = 1) -> None:
        self._shift(title, "rows", excel_rows.deleted(first, count))

    def insert_columns(self, title: str, before: str, count: int = 1) -> None:
        self._shift(title, "columns", excel_rows.inserted(column_index_from_string(before), count))

    def delete_columns(self, title: str, first: str, count: int = 1) -> None:
        self._shift(title, "columns", excel_rows.deleted(column_index_from_string(first), count))

    def rename(self, title: str, to: str) -> None:
        with self._open() as book:
            book[title].title = to
            for name in book.defined_names.values():
                name.value = name.value.replace(_quoted(title), _quoted(to))

    def move(self, title: str, to: int) -> None:
        with self._open() as book:
            book.move_sheet(title, to - book.sheetnames.index(title))

    def delete(self, title: str) -> None:
        with self._open() as book:
            del book[title]
            for name in book.defined_names.values():
                name.value = name.value.replace(f"{_quoted(title)}!", "#REF!")

    def copy(self, title: str) -> str:
        with self._open() as book:
            copied = book.copy_worksheet(book[title])
            copied.title = f"{title} (2)"
            copied.sheet_properties.codeName = None
            return str(copied.title)

    def add(self, title: str, rows: Rows) -> None:
        with self._open() as book:
            _fill(book.create_sheet(title), rows)

    def paint(self, title: str, cell: str, fill: str) -> None:
        with self._tab(title) as sheet:
            sheet[cell].fill = PatternFill("solid", start_color=f"FF{fill}")

    def unmerge(self, title: str) -> None:
        with self._tab(title) as sheet:
            for merged in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(merged))

    def filter(self, title: str, header: int, column: str, hidden: str) -> None:
        with self._tab(title) as sheet:
            at = column_index_from_string(column)
            shown = {str(sheet.cell(row, at).value) for row in range(header + 1, sheet.max_row + 1)} - {
                hidden
            }
            sheet.auto_filter.ref = f"A{header}:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
            sheet.auto_filter.add_filter_column(at - 1, sorted(shown))
            for row in range(header + 1, sheet.max_row + 1):
                sheet.row_dimensions[row].hidden = sheet.cell(row, at).value == hidden

    def hide_rows(self, title: str, first: int, count: int = 1) -> None:
        with self._tab(title) as sheet:
            for row in range(first, first + count):
                sheet.row_dimensions[row].hidden = True

    @contextmanager
    def at_one_sitting(self) -> Iterator[None]:
        with self._open() as self._sitting:
            yield
        self._sitting = None

    @contextmanager
    def _open(self) -> Iterator[openpyxl.Workbook]:
        if self._sitting is not None:
            yield self._sitting
            return
        book = openpyxl.load_workbook(self.file)
        yield book
        book.save(self.file)

    @contextmanager
    def _tab(self, title: str) -> Iterator[Worksheet]:
        with self._open() as book:
            yield book[title]

    def _shift(self, title: str, axis: excel_rows.Axis, to: excel_rows.Shift) -> None:
        with self._tab(title) as sheet:
            excel_rows.shift(sheet, axis, to)

    def _parts(self, title: str) -> set[str]:
        """Return the parts of one tab: its own, and those to which it alone leads."""
        from sheets_sync.edges.excel.book import Book as Listed
        from sheets_sync.edges.excel.package import Package
        from sheets_sync.edges.excel.relations import relations_of

        package = Package(self.file.read_bytes(), self.file.name)
        part = next((one.part for one in Listed(package).sheets if one.name == title), None)
        if part is None:
            return set()
        folder, _, name = part.rpartition("/")
        return {part, f"{folder}/_rels/{name}.rels", *(one.part for one in relations_of(package, part))}


LISTS = frozenset({"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"})
"""Parts in which every tab has its line; that other lines stay is shown in tests/edges/excel."""


class ExcelHouse(House):
    name = "excel"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, tabs: Mapping[str, Rows], title: str = "Services") -> ExcelBook:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in tabs.items():
            _fill(book.create_sheet(name), rows)
        folder = self._new_folder()
        book.save(folder / f"{title}.xlsx")
        return ExcelBook(folder, folder / f"{title}.xlsx")

    def load(self, file: Path) -> ExcelBook:
        folder = self._new_folder()
        return ExcelBook(folder, Path(shutil.copyfile(file, folder / file.name)))

    def copy(self, book: Book) -> ExcelBook:
        assert isinstance(book, ExcelBook)
        return self.load(book.file)

    def again(self, book: Book) -> ExcelBook:
        assert isinstance(book, ExcelBook)
        same = self.load(book.file)
        take_along(book, same.folder)
        with closing(sqlite3.connect(same.folder / "state.sqlite")) as state, state:
            state.execute("UPDATE fact SET value = ? WHERE value = ?", [str(same.file), str(book.file)])
        return same

    def _new_folder(self) -> Path:
        folder = self._folder / f"excel-{len(list(self._folder.iterdir()))}"
        folder.mkdir()
        return folder


def _fill(sheet: Worksheet, rows: Rows) -> None:
    for down, row in enumerate(rows, 1):
        for right, value in enumerate(row, 1):
            _type(sheet, sheet.cell(down, right).coordinate, value)


def _type(sheet: Worksheet, cell: str, value: Value) -> None:
    target = sheet[cell]
    target.value = _NOT_IN_XML.sub(_escaped, value) if isinstance(value, str) else value
    if isinstance(value, str):
        target.data_type = "s"
    elif isinstance(value, date):
        target.number_format = "m/d/yyyy"


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")


def _escaped(found: re.Match[str]) -> str:
    """Excel keeps in this form what XML cannot hold, and what would be taken for such a form."""
    return f"_x{ord(found[0]):04X}_"


def _quoted(title: str) -> str:
    doubled = title.replace("'", "''")
    return f"'{doubled}'"
