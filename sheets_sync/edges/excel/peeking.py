"""A small look at a workbook file: what is ticked on our tab, and whether some tabs changed.

While a file's time and size stay the same it is not read again. A file that is open, or is being saved, tells
nothing: a run could not write it now.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from sheets_sync.boxes import TOP_ROWS
from sheets_sync.edges.excel.blocked import why_blocked
from sheets_sync.edges.excel.book import Book
from sheets_sync.edges.excel.opening import read_file
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.reading import read_sheets
from sheets_sync.edges.excel.replace import refuse_if_open
from sheets_sync.edges.excel.sibling import sibling_of
from sheets_sync.peeking import NOTHING_SEEN, peek_of
from sheets_sync.ports import CellValue, Peek, Sheet
from sheets_sync.problems import SheetsSyncError

Stamp = tuple[object, ...]
Rows = Sequence[Sequence[CellValue]]


class FilePeeker:
    """Looks at one workbook file, and at the sibling in which our tabs may be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[Stamp, Peek] | None = None

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        """Return what is seen; nothing of a file that cannot be read now."""
        with contextlib.suppress(SheetsSyncError, OSError, RuntimeError):
            return self._peek(tabs)
        return NOTHING_SEEN

    def _peek(self, tabs: Sequence[str]) -> Peek:
        file = self._path.resolve()
        beside = sibling_of(file)
        for one in (file, beside):
            refuse_if_open(one)
        stamp = (tuple(tabs), _stamp(file), _stamp(beside))
        if self._seen is None or self._seen[0] != stamp:
            self._seen = stamp, _look(file, beside, tabs)
        return self._seen[1]


def _stamp(file: Path) -> Stamp:
    if not file.exists():
        return ()
    facts = file.stat()
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def _look(file: Path, beside: Path, tabs: Sequence[str]) -> Peek:
    package, book, data = _opened(file)
    sheets, _ = read_sheets(package, book, data, only=tabs)
    named = {name: next((one.rows for one in sheets if one.name == name), None) for name in tabs}
    top = _top(sheets)
    if beside.exists() and (not top or why_blocked(package, book)):
        package, book, data = _opened(beside)
        top = _top(read_sheets(package, book, data, only=())[0])
    return peek_of(top, named)


def _opened(file: Path) -> tuple[Package, Book, bytes]:
    data = read_file(file)
    package = Package(data, file.name)
    return package, Book(package), data


def _top(sheets: Iterable[Sheet]) -> Rows:
    ours = next((one for one in sheets if one.mark == "compliance"), None)
    return ours.rows[:TOP_ROWS] if ours else ()
