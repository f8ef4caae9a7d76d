"""Kept sheets of other workbooks without one student, for `sheets-sync purge --student`. Pure.

Whose row it is is found by reading the sheet, as a run does: a first and a last name in two columns, "Ruiz,
Ana" and "Ana R." are found as "Ana Ruiz" is. What is hers is blanked where it stands, so that everything else
keeps its row. A sheet in which she is found all the same, or that cannot be read, goes whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.config import Config
from sheets_sync.intake.caseload import other_names
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.names import name_key
from sheets_sync.intake.roster import make_roster
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.intake.workbook import open_tabs
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.problems import COLUMN_BIT, is_cell, row_on_sheet, sheet_row

Cell = tuple[int, int]
"""A 1-based row and a 0-based column."""
Known = Mapping[str, str]
"""All students who are remembered -> Student ID, "" for none."""
_SEVERAL = lazy_regex(r"\s*(?:\n|;|&|\band\b)\s*")
_WORD = lazy_regex(r"\w+")


def without_student(
    kept: Sequence[Sheet], student: str, known: Known, config: Config, today: date
) -> list[Sheet | None]:
    """Return what each of the sheets is without the student, None where it has to go whole."""
    kept = [_with_others_alone(sheet, student, known) for sheet in kept]
    found = _cells_of(kept, student, known, config, today)
    left = [
        None if cells is None else _blanked(sheet, cells) for sheet, cells in zip(kept, found, strict=True)
    ]
    there = [sheet for sheet in left if sheet is not None]
    again = iter(_cells_of(there, student, known, config, today))
    return [sheet if sheet is not None and next(again) == set() else None for sheet in left]


def _with_others_alone(sheet: Sheet, student: str, known: Known) -> Sheet:
    """Return the sheet without the student in cells that name several: the row is the others' too."""
    hers, others = _words(student), [(name, _words(name)) for name in known if name != student]

    def without(cell: CellValue) -> CellValue:
        if not isinstance(cell, str) or not _names(cell, student, hers):
            return cell
        left = [piece for piece in _SEVERAL.split(cell) if not _names(piece, student, hers)]
        named = all(any(_names(piece, *other) for other in others) for piece in left)
        return "\n".join(left) if left and named else cell

    return replace(sheet, rows=tuple(tuple(map(without, row)) for row in sheet.rows))


def _cells_of(
    kept: Sequence[Sheet], student: str, known: Known, config: Config, today: date
) -> list[set[Cell] | None]:
    """Return for each sheet what is to be blanked, None where it cannot be read as what it is."""
    everybody = (("Student", "Student ID"), *known.items())
    names = replace(config.names, tabs={})
    ours = (config.compliance.tab, config.compliance.problems_tab)
    snapshot = Snapshot((Sheet("Caseload", everybody), *kept))
    opened = open_tabs(snapshot, names, today=today, school_minutes=config.school_minutes, ours=ours)
    tables = [
        one for tab in opened.tabs.values() for rows in tab for one in rows.charts or (rows,) if len(one)
    ]
    stopped = {(sheet.name, sheet.as_tab) for _, sheet, _ in opened.stops}
    is_hers = _is_hers(student, known, names.aliases, ())
    own = [one for one in tables if one.tab == "Caseload" and one.sheet.as_tab]
    also = [name for one in own for at in _rows_of(one, is_hers) for name in _also_called(one, at)]
    is_hers = _is_hers(student, known, names.aliases, also)
    return [
        None
        if (sheet.name, sheet.as_tab) in stopped
        else _cells_on(sheet, [one for one in tables if one.sheet.name == sheet.name], student, is_hers)
        for sheet in kept
    ]


IsHers = Callable[[str, str, str], bool]
"""Tells of a name, a Student ID and a grade in one row whether they are the student's, or may be."""


def _is_hers(student: str, known: Known, aliases: Mapping[str, str], also: Iterable[str]) -> IsHers:
    named = list(known)
    others = [tuple(also) if name == student else () for name in named]
    roster = make_roster(named, [known[name] for name in named], aliases, also_called=others)

    def is_hers(name: str, student_id: str, grade: str) -> bool:
        match = roster.find(name, student_id, grade)
        of_code = named[match.code] if match.code >= 0 else ""
        return student in (of_code, *match.candidates)

    return is_hers


def _rows_of(rows: TabRows, is_hers: IsHers) -> Iterator[int]:
    """Yield the positions of the rows that are the student's."""
    columns = (rows.column(name).texts() for name in ("Student", "Student ID", "Grade"))
    for at, (name, student_id, grade) in enumerate(zip(*columns, strict=True)):
        if name and is_hers(name, student_id, grade):
            yield at


def _also_called(rows: TabRows, at: int) -> tuple[str, ...]:
    return other_names(rows.column("Also called").texts()[at])


def _cells_on(sheet: Sheet, tables: Sequence[TabRows], student: str, is_hers: IsHers) -> set[Cell]:
    """Return the student's rows of a list, her cells of a grid, and what names her elsewhere."""
    found: set[Cell] = set()
    header = max((rows.header for rows in tables), default=0)
    for rows in tables:
        hers = set(_rows_of(rows, is_hers))
        of_others = {place for at in range(len(rows)) if at not in hers for place in _places(rows, at)}
        found |= {place for at in hers for place in _places(rows, at)} - of_others
    words = _words(student)
    is_list = sheet.as_tab != "Staff" and not any(rows.taken_for for rows in tables)
    for row, cells in enumerate(sheet.rows, start=1):
        named = [(row, at) for at, cell in enumerate(cells) if _names(cell, student, words)]
        if named and is_list and row > header:
            found |= {(row, at) for at in range(len(cells))}
        found |= set(named)
    return {(row, at) for row, at in found if not _blank(sheet, row, at)}


def _places(rows: TabRows, at: int) -> Iterator[Cell]:
    number = int(rows.rows[at])
    if not is_cell(number):
        row = sheet_row(number)
        yield from ((row, column) for column in range(len(rows.sheet.rows[row - 1])))
        return
    for column in rows.columns.values():
        place = row_on_sheet(number if column.places is None else int(column.places[at]))
        yield sheet_row(place), (place >> COLUMN_BIT) - 1


def _blank(sheet: Sheet, row: int, at: int) -> bool:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    return at >= len(cells) or cells[at] is None


def _names(cell: CellValue, student: str, words: frozenset[str]) -> bool:
    """Tell whether a cell has every word of the name, in whatever order; of a single word, that alone."""
    if not isinstance(cell, str):
        return False
    return words <= _words(cell) if len(words) > 1 else name_key(text_of(cell)) == name_key(student)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name_key(text)))


def _blanked(sheet: Sheet, cells: set[Cell]) -> Sheet:
    rows = (
        tuple(None if (row, at) in cells else cell for at, cell in enumerate(own))
        for row, own in enumerate(sheet.rows, start=1)
    )
    return replace(sheet, rows=tuple(rows), noted=sheet.noted - cells, struck=sheet.struck - cells)
