"""Whom the cells of a Schedule name that could not be read: of these students nobody can say that none of
their sessions is on the schedule."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from string import ascii_uppercase

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.students_among_words import students_among_words
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1, column_number, is_cell, sheet_row
from sheets_sync.tables import Tables

_CELL = lazy_regex(r"([A-Z]+)([0-9]+)")


def unread_sessions(
    tables: Tables, schedules: Sequence[TabRows], found: ProblemList, known: PeopleKnown
) -> Mapping[str, str]:
    """Return the first cell of an error on the Schedule that names each student: {"Ana R.": "Schedule!C5"}.

    In a list it is the row that names somebody, in a grid the cell. A student of whom something was read in
    the same row or cell is not meant: the error is of another. A sheet whose name may be a child's is
    called "Schedule" (SheetRead.outside).
    """
    lists = {rows.sheet.name: rows for rows in schedules if not rows.taken_for}
    sheets = {sheet.name: sheet for rows in schedules for sheet in (rows.sheet, *rows.further)}
    outside = {sheet.name for sheet in tables.sheets_of("Schedule") if sheet.outside}
    read = _read_from(tables)
    cells: dict[str, str] = {}
    for problem in found.problems:
        if problem.severity is not Severity.ERROR or problem.tab not in sheets:
            continue
        tab = "Schedule" if problem.tab in outside else problem.tab
        for cell in found.cells(problem):
            for name in _named(problem, cell, sheets[problem.tab], lists.get(problem.tab), known):
                if not {(name, cell), (name, cell.lstrip(ascii_uppercase))} & read:
                    cells.setdefault(name, f"{tab}!{cell}")
    return cells


def _read_from(tables: Tables) -> set[tuple[str, str]]:
    """Return of whom a session was read, and from which row ("5") or cell ("C5")."""
    students, rows = (tables.schedule[column].tolist() for column in ("student", "row"))
    return {
        (name, a1(row) if is_cell(row) else str(sheet_row(row)))
        for name, row in zip(students, rows, strict=True)
    }


def _named(
    problem: Problem, cell: str, sheet: Sheet, listed: TabRows | None, known: PeopleKnown
) -> Collection[str]:
    """Return the students whom a cell names: what the problem shows of it, where that names somebody."""
    texts = (students_among_words(text, known).students for text in _texts(problem, cell, sheet, listed))
    return next(filter(None, texts), ())


def _texts(problem: Problem, cell: str, sheet: Sheet, listed: TabRows | None) -> Iterator[str]:
    """Yield what may say whose cell it is."""
    place = _CELL.fullmatch(cell)
    if place is None:
        return
    row = sheet.rows[int(place[2]) - 1] if int(place[2]) <= len(sheet.rows) else ()
    if listed is not None:
        column = listed.column("Student").position
        yield text_of(row[column]) if 0 <= column < len(row) else ""
        return
    if cell == problem.cell:
        yield problem.value
    column = column_number(place[1])
    yield text_of(row[column]) if column < len(row) else ""
