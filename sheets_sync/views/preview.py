"""What each tab was taken for, and how its cells were read: by the very reading that a run counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sheets_sync.intake.cells import is_blank, shown
from sheets_sync.intake.layouts.key_tab import read_key_tabs
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.tab_rows import Column, TabRows
from sheets_sync.intake.workbook import Opened, Read
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1, column_number, on_sheet, sheet_row
from sheets_sync.tables import Tables
from sheets_sync.views.reading_words import Record, cell_words, record_words


@dataclass(frozen=True, slots=True)
class CellSeen:
    """`reading` is "" where nothing was read, or the row is not counted. `column` is "" in a grid."""

    cell: str
    column: str
    stands: str
    reading: str
    problem: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column that was understood; `cell` is its header, "" where something else says it of all rows.

    `filled` counts the rows in which something stands there.
    """

    name: str
    cell: str
    header: str
    filled: int = 0


@dataclass(frozen=True)
class TabSeen:
    """A sheet as it was read: `tab` is the canonical one, `layout` what it was taken for.

    `cells` are those of the first rows, `rows` counts all and `shown` these. `left_alone` are headers that
    are not known. `problems` are all of the sheet. `is_chart`: it is joined with another by student.
    `absent` says why it could not be read: then it is shown as it stood at the last good run.
    """

    name: str
    tab: str
    layout: str
    rows: int = 0
    shown: int = 0
    columns: tuple[ColumnSeen, ...] = ()
    cells: tuple[CellSeen, ...] = ()
    left_alone: tuple[ColumnSeen, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_chart: bool = False
    absent: str = ""


def tabs_seen(opened: Opened, read: Read | None, most: int) -> list[TabSeen]:
    """Return the tabs that are read, each with its first rows; without `read` their columns alone."""
    tabs = opened.tabs if read is None else read.tabs
    every = [
        (tab, number, rows)
        for tab, sheets in tabs.items()
        for number, rows in enumerate(sheets)
        if not rows.sheet.is_unread
    ]
    found = opened.context.found
    seen = [(one, rows) for tab, number, rows in every for one in _tabs_seen(tab, rows, number, read, most)]
    last = {one.name: place for place, (one, _) in enumerate(seen)}
    told = []
    for place, (one, rows) in enumerate(seen):
        known = {a1(row) for row in rows.rows.tolist()} if rows.taken_for else set()
        sheet = next((own for own in (rows.sheet, *rows.further) if own.name == one.name), rows.sheet)
        told.append(_with_problems(one, found, known, rest=last[one.name] == place, sheet=sheet))
    others = [one for one in (_bells_seen(opened), *_keys_seen(opened)) if one is not None]
    return [*told, *(_with_problems(one, found, set(), rest=True) for one in others)]


def _tabs_seen(tab: str, rows: TabRows, number: int, read: Read | None, most: int) -> Iterator[TabSeen]:
    """Yield the sheet of these rows; where they were joined of charts, each sheet that has one."""
    first = rows.at(np.arange(min(most, len(rows))))
    cells = [*_cells(tab, first, _records(read.tables, tab, first, number))] if read is not None else []
    for sheet in (rows.sheet, *rows.further):
        charts = [chart for chart in rows.charts or (rows,) if chart.sheet.name == sheet.name]
        yield TabSeen(
            sheet.name,
            tab,
            _taken_for(rows),
            len(rows),
            len(first) if read is not None else 0,
            tuple(column for chart in charts for column in _columns(chart)),
            tuple(cell for name, cell in cells if name == sheet.name),
            tuple(_left_alone(charts)),
            is_chart=bool(rows.charts) and tab == "Caseload",
            absent=sheet.absent,
        )


def _taken_for(rows: TabRows) -> str:
    if rows.charts and rows.tab != "Caseload":
        return f"one of {len(rows.charts)} lists, read as one"
    if rows.charts:
        return f"one of {len(rows.charts)} charts, joined by student"
    return rows.taken_for or "a list"


def _bells_seen(opened: Opened) -> TabSeen | None:
    if opened.found.bells is None:
        return None
    times = len(opened.context.bells.times)
    return TabSeen(opened.found.bells.name, "Bell Schedule", f"a bell schedule: {times} periods")


def _keys_seen(opened: Opened) -> Iterator[TabSeen]:
    for sheet in opened.found.keys:
        codes, _ = read_key_tabs([sheet])
        number = len({code for known in codes.values() for code in known})
        yield TabSeen(sheet.name, "Service Log", f"a key of codes: {number} code{'' if number == 1 else 's'}")


def _columns(rows: TabRows) -> Iterator[ColumnSeen]:
    if rows.taken_for:
        return
    for name, column in sorted(rows.columns.items(), key=lambda one: one[1].position):
        if column.position < 0:
            yield ColumnSeen(name, "", shown(column.cells[0]), len(rows))
        else:
            header = _header(rows.sheet, rows.header, column.position, name)
            yield replace(header, filled=int((~column.blank()).sum()))


def _left_alone(charts: Sequence[TabRows]) -> Iterator[ColumnSeen]:
    """Yield the headers of one sheet that are in no table which is read."""
    used = {(chart.header, column.position) for chart in charts for column in chart.columns.values()}
    used |= {(chart.header, place) for chart in charts for place in chart.used}
    for chart in charts:
        for place, cell in enumerate(chart.sheet.rows[chart.header - 1] if chart.header else ()):
            if (chart.header, place) not in used and not is_blank(cell):
                used.add((chart.header, place))
                yield _header(chart.sheet, chart.header, place, "")


def _header(sheet: Sheet, row: int, place: int, name: str) -> ColumnSeen:
    return ColumnSeen(name, a1(row, place), shown(sheet.rows[row - 1][place]))


_TABLES = {
    "Caseload": "students",
    "Service Grid": "lines",
    "Schedule": "schedule",
    "Service Log": "log",
    "Calendar": "calendar",
    "Attendance": "attendance",
    "Staff": "staff",
}


def _records(tables: Tables, tab: str, rows: TabRows, number: int) -> dict[int, list[Record]]:
    """Return the records that came of these rows of one of a tab's sheets, by their rows on it."""
    frame: pd.DataFrame | None = getattr(tables, _TABLES[tab])
    found: dict[int, list[Record]] = defaultdict(list)
    if frame is None:
        return found
    wanted = [on_sheet(row, number) for row in rows.rows.tolist()]
    for record in frame[frame["row"].isin(wanted)].to_dict("records"):
        found[int(record["row"]) ^ on_sheet(0, number)].append(record)
    return found


def _cells(
    tab: str, rows: TabRows, records: Mapping[int, Sequence[Record]]
) -> Iterator[tuple[str, CellSeen]]:
    """Yield each cell with the name of the sheet on which it stands."""
    for at, number in enumerate(rows.rows.tolist()):
        of_row = records.get(number, ())
        if rows.taken_for and not _lies_in_one_row(rows, at):
            cell = a1(number)
            yield (
                rows.sheet.name,
                CellSeen(cell, "", _stands(rows.sheet, cell), record_words(tab, of_row)),
            )
        else:
            yield from _cells_of_row(tab, rows, at, of_row)


def _lies_in_one_row(rows: TabRows, at: int) -> bool:
    own = sheet_row(int(rows.rows[at]))
    filled = (column for column in rows.columns.values() if not is_blank(_cell(column, at)))
    return all(column.places is None or sheet_row(int(column.places[at])) == own for column in filled)


def _cells_of_row(
    tab: str, rows: TabRows, at: int, records: Sequence[Record]
) -> Iterator[tuple[str, CellSeen]]:
    there = {
        name: column
        for name, column in rows.columns.items()
        if column.position >= 0 and not is_blank(_cell(column, at))
    }
    for name, column in there.items():
        stands = shown(_cell(column, at))
        words = cell_words(tab, name, records, there) if records else ""
        sheet, cell = rows.place(at, column)
        yield sheet, CellSeen(cell, name, stands, stands if words is None else words)


def _cell(column: Column, at: int) -> CellValue:
    return column.cells[int(column.codes[at])]


def _stands(sheet: Sheet, cell: str) -> str:
    row, place = _place(cell)
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()
    return shown(cells[place]) if place < len(cells) else ""


def _place(cell: str) -> tuple[int, int]:
    """Return the 1-based row and the 0-based column of an address, by which cells are sorted."""
    parts = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    return (int(parts[2]), column_number(parts[1])) if parts else (0, 0)


def _with_problems(
    seen: TabSeen, found: ProblemList, known: Collection[str], *, rest: bool, sheet: Sheet | None = None
) -> TabSeen:
    """Add to each cell what is wrong there; `rest`: also the cells that are no record's (`known` are), as far
    as the rows that are shown go."""
    own = [problem for problem in found.problems if problem.tab == seen.name]
    at: dict[str, list[Problem]] = defaultdict(list)
    for problem in own:
        for cell in found.cells(problem):
            at[cell].append(problem)
    cells = {(cell.cell, cell.column): _asked(cell, at.get(cell.cell, ())) for cell in seen.cells}
    shown_cells = {cell for cell, _ in cells}
    last = max((_place(cell)[0] for cell in shown_cells), default=0)
    everything = seen.shown == seen.rows
    more = [
        _asked(CellSeen(cell, "", _stands(sheet, cell) if sheet else of_cell[0].value, ""), of_cell)
        for cell, of_cell in at.items()
        if rest and cell and cell not in {*shown_cells, *known} and (everything or _place(cell)[0] <= last)
    ]
    in_order = sorted([*cells.values(), *more], key=lambda one: _place(one.cell))
    return replace(seen, cells=tuple(in_order), problems=tuple(own) if rest else ())


def _asked(seen: CellSeen, problems: Sequence[Problem]) -> CellSeen:
    if not problems:
        return seen
    gravest = min((problem.severity for problem in problems), key=list(Severity).index)
    said = dict.fromkeys(problem.problem for problem in problems)
    return replace(seen, problem=" ".join(said), severity=gravest)
