"""What guards need to know of the tabs as they were read: rows, cells, what could not be read."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sheets_sync.guarded import SeenColumn, SeenTab
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.names import name_key
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.tab_rows import Column, TabRows
from sheets_sync.ports import CellValue, ErrorValue
from sheets_sync.problems import on_sheet

MARK = np.uint16
MOST_MARKS = 65_535


def seen_tabs(tabs: Mapping[str, Sequence[TabRows]], found: ProblemList) -> tuple[SeenTab, ...]:
    """Return each tab as guards compare it, sheet by sheet; `found` is what its rows were read with."""
    return tuple(
        _seen(tab, rows, found, number, source_of(rows, sheets))
        for tab, sheets in tabs.items()
        for number, rows in enumerate(sheets)
        if not rows.sheet.is_unread
    )


def source_of(rows: TabRows, sheets: Sequence[TabRows]) -> str:
    """Return what tells a sheet from the others that are read as the same tab, "" for the only one.

    A name may be a child's: a number stands for it.
    """
    return sheet_source(rows.sheet.name) if len(sheets) > 1 or rows.sheet.as_tab else ""


def sheet_source(name: str) -> str:
    """Return what tells a sheet from others by its name (SheetRead.source)."""
    return f"{number_of(name):08x}"


def number_of(text: str) -> int:
    """Return a number that stands for a text, the same in every run; 0 for a blank."""
    return zlib.crc32(name_key(text).encode("utf-8", "surrogatepass")) if text else 0


def _seen(tab: str, rows: TabRows, found: ProblemList, number: int, source: str) -> SeenTab:
    bad = {
        name: found.unreadable.get((rows.sheet.name, name), set()) | _errors(rows, column)
        for name, column in rows.columns.items()
    }
    everyone, strangers, strange_rows = found.names.get(rows.sheet.name, (0, frozenset(), 0))
    return SeenTab(
        tab=tab,
        rows=len(rows),
        columns=tuple(
            SeenColumn(
                name=name,
                marks=_marks(column).tobytes(),
                filled=int((~column.blank()).sum()),
                unreadable=len(bad[name]),
            )
            for name, column in rows.columns.items()
        ),
        unreadable=len(set().union(*bad.values())),
        known=everyone - len(strangers),
        unknown=tuple(sorted(map(number_of, strangers))),
        strange_rows=strange_rows,
        source=source,
        numbers=tuple((rows.rows | on_sheet(0, number)).tolist()),
    )


def _errors(rows: TabRows, column: Column) -> set[int]:
    """Return the rows of the sheet in which the column shows an error ("#REF!")."""
    if not any(isinstance(cell, ErrorValue) for cell in column.cells):
        return set()
    return set(rows.rows[column.where(lambda cell: isinstance(cell, ErrorValue))].tolist())


def _marks(column: Column) -> npt.NDArray[np.uint16]:
    return np.array([_mark(cell) for cell in column.cells], dtype=MARK)[column.codes]


def _mark(cell: CellValue) -> int:
    text = text_of(cell)
    return 1 + zlib.crc32(text.encode("utf-8", "surrogatepass")) % MOST_MARKS if text else 0
