"""Numbers that are formatted as dates and are far beyond every date.

python-calamine panics on some of them (-1E+300), and Rust then prints a stack trace by itself. Where that
happens the sheet is read again with such cells as the plain numbers that they are; intake then reports the
one cell, and all others count.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator

from sheets_sync.edges.excel.package import Package

LAST_DAY = 2_958_465
"""The number of 9999-12-31, the last date that Excel knows."""

_CELL = re.compile(rb"<((?:[\w.-]+:)?)c\s([^>]*[^/>])>(.*?)</\1c>", re.DOTALL)
_STYLE = re.compile(rb"\bs=[\"']\d+[\"']")
_NUMBER = re.compile(rb"<(?:[\w.-]+:)?v[^>]*>\s*([^<\s]+)\s*<")


def with_plain_numbers(package: Package, parts: Iterable[str]) -> bytes:
    """Return a copy of the workbook, for reading alone, in which such cells have no format."""
    return package.rebuilt({part: _CELL.sub(_unformatted, package.read(part)) for part in parts})


def _unformatted(cell: re.Match[bytes]) -> bytes:
    value = _NUMBER.search(cell[3])
    try:
        beyond = value is not None and abs(float(value[1])) > LAST_DAY
    except ValueError:
        beyond = False
    if not beyond:
        return cell[0]
    start, end = cell.span(2)
    return cell[0][: start - cell.start()] + _STYLE.sub(b"", cell[2]) + cell[0][end - cell.start() :]


@contextlib.contextmanager
def without_rust_traces() -> Iterator[None]:
    """Keep what a panic prints off standard error; what else is printed meanwhile is passed on."""
    try:
        kept, heard = os.dup(2), tempfile.TemporaryFile()  # noqa: SIM115
    except OSError:  # no standard error, or nowhere to write: nobody would see it
        yield
        return
    panicked = False
    with heard:
        os.dup2(heard.fileno(), 2)
        try:
            yield
        except BaseException as error:
            panicked = is_panic(error)
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            if not panicked and heard.seek(0, os.SEEK_END):
                heard.seek(0)
                os.write(2, heard.read())


def is_panic(error: BaseException) -> bool:
    """Tell whether this is how Rust code says that it met the unforeseen."""
    return type(error).__name__ == "PanicException"
