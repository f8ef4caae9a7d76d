"""The sheets of an .xlsx as values: python-calamine for the cells, a scan of the XML for the rest."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from sheets_sync.edges.excel.book import Book, BookSheet, reference_to
from sheets_sync.edges.excel.no_dates import is_panic, with_plain_numbers, without_rust_traces
from sheets_sync.edges.excel.notes import noted_cells
from sheets_sync.edges.excel.number_formats import odd_formats, shown
from sheets_sync.edges.excel.opening import damaged
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.relations import relations_of
from sheets_sync.edges.excel.scan import CHUNK, Scan, scan_sheet
from sheets_sync.edges.excel.strikes import striking_formats
from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.problems import WrongUse, a1
from sheets_sync.shown_numbers import means_text

LARGEST_AREA = 17_000_000
"""Cells between A1 and the last one that holds something: all rows of 16 columns. calamine keeps 32 bytes
for each, whether anything stands there or not."""

_LETTERS = 26
"""Of the columns A to Z it is not counted how many hold something."""

_READ_BY_CALAMINE = ("sharedStrings", "styles", "theme")


def read_sheets(
    package: Package, book: Book, data: bytes, only: Collection[str] | None = None
) -> tuple[list[Sheet], bool]:
    """Read every worksheet of the workbook, in order, hidden ones too; chart sheets are left out.

    `only`: no others than the tabs of these names, and those with our mark.

    Cached values of formulas are read. Text is text, numbers are floats, dates, times and lengths of time
    are rounded to whole seconds (Excel keeps them as fractions of a day). The second value says whether a
    formula of another tab refers to one of ours. Raises WrongUse.
    """
    if not book.sheets:
        raise damaged(package.file_name, "it lists no tabs")
    formats = odd_formats(package, book)
    scans = _scan(package, book, formats, only)
    for kind in _READ_BY_CALAMINE:
        part = book.part_of_kind(kind)
        if part is not None and part in package:
            for _ in package.chunks(part, CHUNK):
                pass  # checks that it is as long as it claims: calamine would believe any length
    try:
        sheets = [
            _as_people_see_it(_with_notes(package, of, sheet), scan, formats)
            for (of, scan), sheet in zip(scans, _sheets(package, scans, data), strict=True)
        ]
    except (CalamineError, UnicodeError, ValueError, OSError) as error:
        raise damaged(package.file_name, _first_words(error)) from None
    except BaseException as error:
        if not is_panic(error):
            raise
        raise damaged(package.file_name, "a sheet cannot be understood") from None
    return sheets, any(scan.refers for sheet, scan in scans if sheet.mark is None)


def _sheets(package: Package, scans: Sequence[tuple[BookSheet, Scan]], data: bytes) -> list[Sheet]:
    try:
        with without_rust_traces():
            return _read(scans, data)
    except BaseException as error:
        if not is_panic(error) or not package.spliceable:
            raise
    with without_rust_traces():
        return _read(scans, with_plain_numbers(package, [sheet.part for sheet, _ in scans]))


def _read(scans: Sequence[tuple[BookSheet, Scan]], data: bytes) -> list[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        return [
            _sheet(sheet, scan, workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
            for sheet, scan in scans
        ]


def _scan(
    package: Package, book: Book, formats: Mapping[int, str], only: Collection[str] | None
) -> list[tuple[BookSheet, Scan]]:
    ours = [sheet.name for sheet in book.sheets if sheet.mark]
    striking = striking_formats(package, book)
    scans = []
    for sheet in book.sheets:
        if sheet.kind != "worksheet" or not (only is None or sheet.mark or sheet.name in only):
            continue
        scan = scan_sheet(package.chunks(sheet.part, CHUNK), ours, formats, () if sheet.mark else striking)
        if scan.rows * scan.columns > LARGEST_AREA:
            last = a1(scan.rows, scan.columns - 1)
            raise WrongUse(
                f'The tab "{sheet.name}" of {package.file_name} reaches to {last}.',
                "Something stands far from everything else: go there with Ctrl+End, delete the rows below "
                "and the columns to the right of the data, and save.",
            )
        scans.append((sheet, scan))
    return scans


def _sheet(sheet: BookSheet, scan: Scan, cells: Sequence[Sequence[object]]) -> Sheet:
    rows: list[Sequence[CellValue]] = [_values(row) for row in cells]
    for (row, column), text in scan.errors.items():
        while len(rows) < row:
            rows.append(_BLANK)
        values = [*rows[row - 1], *[None] * (column + 1 - len(rows[row - 1]))]
        values[column] = ErrorValue(text)
        rows[row - 1] = values
    while rows and rows[-1] is _BLANK:
        rows.pop()
    return Sheet(
        name=sheet.name,
        rows=rows,
        mark=sheet.mark,
        merged=tuple(scan.merged),
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_columns=frozenset(
            column
            for hidden in scan.hidden_columns
            for column in range(hidden.start, min(hidden.stop, max(scan.columns, _LETTERS)))
        ),
        struck=frozenset(scan.struck),
        is_hidden=sheet.is_hidden,
        link=f"#{reference_to(sheet.name, '')}",
    )


def _with_notes(package: Package, of: BookSheet, sheet: Sheet) -> Sheet:
    """Return the sheet with the places of its notes (and of what newer Excels call comments)."""
    if sheet.mark:
        return sheet
    parts = [one.part for one in relations_of(package, of.part) if one.kind == "comments"]
    noted = [noted_cells(package.read(part)) for part in parts if part in package]
    return replace(sheet, noted=frozenset().union(*noted)) if noted else sheet


def _as_people_see_it(sheet: Sheet, scan: Scan, formats: Mapping[int, str]) -> Sheet:
    """Return the sheet with text for numbers that are shown as something else ("0012")."""
    if not scan.styled:
        return sheet
    rows = list(sheet.rows)
    for (row, column), number in scan.styled.items():
        values = list(rows[row - 1]) if row <= len(rows) else []
        value = values[column] if column < len(values) else None
        text = shown(value, formats[number]) if isinstance(value, float) else None
        if text is not None and means_text(text):
            values[column] = text
            rows[row - 1] = values
    return replace(sheet, rows=rows)


def _values(row: Sequence[object]) -> Sequence[CellValue]:
    if row.count("") == len(row):
        return _BLANK
    return [
        None if value == "" else value if type(value) not in _FRACTIONS else _whole_seconds(value)  # type: ignore[misc]
        for value in row
    ]


_BLANK: Sequence[CellValue] = ()
_FRACTIONS = frozenset({datetime, time, timedelta, int})


def _whole_seconds(value: object) -> CellValue:
    if isinstance(value, datetime):
        if not value.microsecond:
            return value
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    if isinstance(value, timedelta):
        return timedelta(seconds=round(value.total_seconds()))
    if isinstance(value, time):
        if not value.microsecond:
            return value
        if value.microsecond < 500_000:
            return value.replace(microsecond=0)
        later = datetime.combine(date(2000, 1, 1), value) + timedelta(microseconds=500_000)
        return value.replace(microsecond=0) if later.day != 1 else later.time().replace(microsecond=0)
    return float(value)  # type: ignore[arg-type]


def _first_words(error: BaseException) -> str:
    """Return what calamine says up to where it may quote a cell: the sentence goes to standard error."""
    words = re.split(r"[:\"\n]", str(error), maxsplit=1)[0].strip().rstrip(".")
    return words[:200] or "a sheet cannot be understood"
