"""A Caseload that is kept in several charts: one below or beside the other on its tab, or on two tabs.

Here the tables of a tab are told apart, and tabs that are charts of the same students are known as such;
caseload_charts.py joins them by student.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from sheets_sync.intake import vocabulary
from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.header_row import meaning_of_headers
from sheets_sync.intake.names import name_key
from sheets_sync.intake.said_once import read_list_rows
from sheets_sync.intake.services import known_service
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount

TAB = "Caseload"
WHOSE = frozenset(("Student", "Student ID", "Grade", "Also called", *NAME_PARTS))
"""The columns that say who a student is: they may stand in every chart."""

_NAMES = ("Student", *NAME_PARTS)
_SHORT = 2
Cells = Sequence[CellValue]
Meaning = Callable[[str], str | None]


def split_charts(sheet: Sheet, configured: Mapping[str, str]) -> tuple[Sheet, ...]:
    """Return each table of a Caseload as a sheet on which nothing else stands, every cell in its place.

    Where it is not clear which column belongs to which table, the sheet is left whole.
    """
    meaning = meaning_of_headers(TAB, configured)
    parts = _one_below_another(sheet, meaning, _may_head_students(configured))
    charts = [chart for part in parts for chart in _side_by_side(part, meaning)]
    return tuple(charts) if len(charts) > 1 else (sheet,)


def are_charts(sheets: Sequence[Sheet], configured: Mapping[str, str]) -> bool:
    """Tell whether tabs say different things of the same students: no field stands on two of them, and at
    least half of the students of each are on the first."""
    try:
        read = [
            read_list_rows(one, TAB, configured)
            for sheet in sheets
            for one in split_charts(sheet, configured)
        ]
    except CannotCount:
        return False
    fields = [name for chart in read for name in chart.columns if name not in WHOSE]
    first, *others = map(_students, read)
    return len(set(fields)) == len(fields) and all(
        2 * len(first & other) >= max(len(first), len(other), 1) for other in others
    )


def _students(chart: TabRows) -> frozenset[str]:
    return frozenset(name_key(name) for name in chart.column("Student").texts() if name)


def _one_below_another(sheet: Sheet, meaning: Meaning, may_be: Callable[[Cells], bool]) -> Iterator[Sheet]:
    """Yield the tables from each header, which may stand in two rows, down to the title of the next."""
    headers = [row for row, cells in enumerate(sheet.rows) if may_be(cells) and _is_header(cells, meaning)]
    headers = [row for row in headers if row - 1 not in headers]
    starts = [row for row in headers if not _says_again(sheet.rows[row], sheet.rows[headers[0]])]
    first = 0
    for start in starts:
        yield _only(sheet, rows=range(first, _title_above(sheet, start)))
        first = start
    yield _only(sheet, rows=range(first, len(sheet.rows))) if starts else sheet


def _may_head_students(configured: Mapping[str, str]) -> Callable[[Cells], bool]:
    """Return what tells whether a row has a word of a header of students: a quick look at thousands of rows,
    of which each header would have to be read."""
    own = [re.escape(text.casefold()) for text in configured.values() if text]
    words = re.compile("|".join([*map(re.escape, sorted(_words_for_students())), *own]))

    def may_be(cells: Cells) -> bool:
        return any(isinstance(cell, str) and words.search(cell.casefold()) for cell in cells)

    return may_be


@cache
def _words_for_students() -> frozenset[str]:
    named = (
        word
        for _, name, *also in vocabulary.rows("headers")
        if name in _NAMES
        for text in also
        for word in text.split()
    )
    shapes = (
        word
        for _, name, needed, *_ in vocabulary.rows("header_shapes")
        if name in _NAMES
        for word in needed.split("|")
    )
    return frozenset(word for word in (*named, *shapes, "student") if len(word) > _SHORT and word.isalpha())


def _is_header(cells: Cells, meaning: Meaning) -> bool:
    """Tell whether a row has nothing but texts, two or more, of which half are headers or services, and one
    is Student."""
    texts = [cell for cell in cells if not is_blank(cell)]
    if len(texts) < 2 or not all(isinstance(cell, str) for cell in texts):
        return False
    meant = [meaning(str(cell)) or known_service(str(cell)) for cell in texts]
    return bool(_student_places(meant)) and 2 * sum(name is not None for name in meant) >= len(texts)


def _student_places(meant: Sequence[str | None]) -> list[int]:
    """Return the 0-based columns that hold students: of names in two columns the first of both."""
    whole = [place for place, name in enumerate(meant) if name == "Student"]
    parts = [place for place, name in enumerate(meant) if name in NAME_PARTS]
    return whole or (parts[::2] if len(parts) % 2 == 0 else [])


def _says_again(cells: Cells, header: Cells) -> bool:
    """Tell whether a row repeats the header: the same text wherever something stands."""
    return all(
        place < len(header) and _key(cell) == _key(header[place])
        for place, cell in enumerate(cells)
        if not is_blank(cell)
    )


def _key(cell: CellValue) -> str:
    return name_key(cell) if isinstance(cell, str) else ""


def _title_above(sheet: Sheet, header: int) -> int:
    """Return where a table ends above the next one's header: a text alone below a blank row is its title."""
    filled = [sum(not is_blank(cell) for cell in cells) for cells in sheet.rows[:header]]
    return header - 1 if header > 1 and filled[-1] == 1 and not filled[-2] else header


def _side_by_side(sheet: Sheet, meaning: Meaning) -> Iterator[Sheet]:
    """Yield the tables beside each other, each with its own column of students."""
    header = next((cells for cells in sheet.rows if _is_header(cells, meaning)), ())
    students = _student_places([meaning(cell) if isinstance(cell, str) else None for cell in header])
    starts = _starts(sheet, header, students) if len(students) > 1 else None
    if starts is None:
        yield sheet
        return
    ends = [*starts[1:], max(map(len, sheet.rows))]
    for start, end in zip(starts, ends, strict=True):
        yield _only(sheet, columns=range(start, end))


def _starts(sheet: Sheet, header: Cells, students: Sequence[int]) -> list[int] | None:
    """Return the 0-based column in which each table begins, None where that is not clear.

    What stands before the first table's students stands before those of the others too, or nothing does; or
    an empty column parts them.
    """
    used = [place for place, cell in enumerate(header) if not is_blank(cell)]
    before = students[0] - used[0]
    prefix = [_key(cell) for cell in header[used[0] : students[0]]]
    if all([_key(cell) for cell in header[at - before : at]] == prefix for at in students[1:]):
        return [used[0], *(at - before for at in students[1:])]
    starts = [used[0]]
    for left, right in pairwise(students):
        gaps = [place for place in range(left + 1, right) if _is_empty(sheet, place)]
        if not gaps or gaps != list(range(gaps[0], gaps[-1] + 1)):
            return None
        starts.append(gaps[-1] + 1)
    return starts


def _is_empty(sheet: Sheet, place: int) -> bool:
    return all(place >= len(cells) or is_blank(cells[place]) for cells in sheet.rows)


def _only(sheet: Sheet, rows: range | None = None, columns: range | None = None) -> Sheet:
    """Return the sheet with nothing but these rows and columns on it (0-based)."""
    kept: list[Cells] = []
    for row, cells in enumerate(sheet.rows[: rows.stop] if rows else sheet.rows):
        if rows and row < rows.start:
            kept.append(())
        elif columns:
            kept.append([*[None] * columns.start, *cells[columns.start : columns.stop]])
        else:
            kept.append(cells)
    return replace(sheet, rows=kept)
