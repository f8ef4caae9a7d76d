"""ExcelWorkbook: the port `Workbook` for an .xlsx or .xlsm file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sheets_sync.edges.excel.book import Book
from sheets_sync.edges.excel.opening import read_file
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.reading import read_sheets
from sheets_sync.ports import Snapshot
from sheets_sync.views.tab import Tab


class ExcelWorkbook:
    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return self.path.name

    def read(self) -> Snapshot:
        data = read_file(self.path)
        package = Package(data, self.name)
        book = Book(package)
        sheets, refers = read_sheets(package, book, data)
        return Snapshot(sheets=tuple(sheets), token=data)

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        return 0
