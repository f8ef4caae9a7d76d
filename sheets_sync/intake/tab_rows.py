"""The rows of one tab below its header, as columns in which each distinct cell stands once.

A log of 20,000 rows holds a few hundred different dates, names and codes. So a column is kept as its distinct
cells and, for each row, the position of its cell among them: what people typed is read once, and a column of
results is made by looking up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from sheets_sync.intake.calendar_beside import ask_beside_kind
from sheets_sync.intake.cells import is_blank, shows_error, text_of
from sheets_sync.intake.columns_that_take_back import ask_of_columns
from sheets_sync.intake.header_row import Header, find_header
from sheets_sync.intake.layouts.listed import Listed, Placed
from sheets_sync.intake.measured_columns import measured_columns
from sheets_sync.intake.name_parts import whole_column, whole_names
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.staff_away import ask_of_staff
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.problems import COLUMN_BIT, Problem, Severity, a1, sheet_of

Value = TypeVar("Value")
ABSENT_REMEDY = "See that it is there, shared, and as it was. The lines that need it stay as they were."
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """`cells` are the distinct cells, `codes` the position of each row's cell among them.

    `position` is the 0-based column in the sheet, -1 where the tab has no such column. `blanks` tells of each
    distinct cell whether nothing stands in it. `places` are the numbers of the cells (problems.cell_number)
    where they do not stand in the rows' own, as in a grid: the date above, the student on the left.
    """

    name: str
    position: int
    cells: tuple[CellValue, ...]
    codes: Ints
    blanks: Flags
    places: Ints | None = None

    def blank(self) -> Flags:
        """Tell for each row whether nothing stands in its cell."""
        return self.blanks[self.codes]

    def where(self, holds: Callable[[CellValue], bool], among: Flags | None = None) -> Flags:
        """Tell for each row whether something holds of its cell; only what stands in the rows `among` is
        looked at, and it holds in no other."""
        if among is None:
            return np.array([holds(cell) for cell in self.cells], dtype=bool)[self.codes]
        wanted = self.standing_in(among)
        held = [number in wanted and holds(cell) for number, cell in enumerate(self.cells)]
        return np.array(held, dtype=bool)[self.codes] & among

    def standing_in(self, rows: Flags) -> frozenset[int]:
        """Return the positions in `cells` of what stands in these rows."""
        return frozenset(self.codes[rows].tolist())

    def texts(self) -> list[str]:
        """Return each row's cell as text; an error cell ("#REF!") is blank."""
        texts = ["" if isinstance(cell, ErrorValue) else text_of(cell) for cell in self.cells]
        return [texts[code] for code in self.codes.tolist()]

    def read(self, reader: Callable[[CellValue], Reading[Value]]) -> Readings[Value]:
        """Read each distinct cell once. A blank gives no reading, an error cell one that says so."""
        return Readings(
            self,
            tuple(
                None
                if is_blank(cell)
                else shows_error(cell)
                if isinstance(cell, ErrorValue)
                else reader(cell)
                for cell in self.cells
            ),
        )

    def at(self, keep: npt.NDArray[np.generic]) -> Column:
        """Return these rows of the column: a mask, or positions."""
        places = None if self.places is None else self.places[keep]
        return Column(self.name, self.position, self.cells, self.codes[keep], self.blanks, places)


@dataclass(frozen=True)
class Readings(Generic[Value]):
    """What came of reading a column: `found` goes with `column.cells`; None for a blank."""

    column: Column
    found: tuple[Reading[Value] | None, ...]

    def at(self, keep: npt.NDArray[np.generic]) -> Readings[Value]:
        """Return the readings of these rows: a mask, or positions."""
        return Readings(self.column.at(keep), self.found)

    def values(self, blank: Value) -> list[Value]:
        """Return the value of each distinct cell, `blank` where there is none."""
        return [blank if r is None or r.value is None else r.value for r in self.found]

    def of_rows(self) -> list[Value | None]:
        """Return each row's value, None where there is none."""
        values = [None if r is None else r.value for r in self.found]
        return [values[code] for code in self.column.codes.tolist()]

    def each(self, pick: Callable[[Value], object], blank: object, dtype: str) -> npt.NDArray[Any]:
        """Return an array with what `pick` takes of each row's value, `blank` where there is none."""
        picked = [blank if r is None or r.value is None else pick(r.value) for r in self.found]
        return _array(picked, dtype)[self.column.codes]

    def unread(self) -> Flags:
        """Tell for each row whether something stands there that could not be read."""
        unread = [r is not None and r.value is None for r in self.found]
        return np.array(unread, dtype=bool)[self.column.codes]

    def absent(self) -> Flags:
        """Tell for each row whether there is no value: a blank, or unread."""
        return np.array([r is None or r.value is None for r in self.found], dtype=bool)[self.column.codes]


def _array(values: Sequence[object], dtype: str) -> npt.NDArray[Any]:
    if dtype != "object":
        return np.array(values, dtype=dtype)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


@dataclass(frozen=True)
class TabRows:
    """The data rows of a tab. `rows` are 1-based rows of the sheet, in its order; of a grid, the numbers of
    cells (problems.cell_number). `codes` is the key of codes on the tab itself; `taken_for` says what layout
    it was taken for, "" for a list, whose 1-based `header` row is told. `charts` are the tables of which
    the rows were joined (caseload_charts.py): then the numbers of rows and cells say on which of the sheets
    they stand (problems.on_sheet), and `further` are those sheets but the first. `used` are the 0-based
    columns of which a list was read, those too that are read as one with another.

    Left out are blank rows (nothing in any column that is used), and headers repeated inside the data.
    """

    tab: str
    sheet: Sheet
    rows: Ints
    columns: Mapping[str, Column]
    problems: tuple[Problem, ...] = field(default=())
    codes: Mapping[str, str] = field(default_factory=dict)
    taken_for: str = ""
    header: int = 0
    charts: tuple[TabRows, ...] = ()
    further: tuple[Sheet, ...] = ()
    used: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Column:
        """Return a column; one that the tab does not have is blank in every row."""
        return self.columns.get(name) or _constant(name, -1, None, len(self.rows))

    def at(self, keep: npt.NDArray[np.generic]) -> TabRows:
        """Return these rows: a mask, or positions (a row may be taken several times)."""
        columns = {name: column.at(keep) for name, column in self.columns.items()}
        return replace(self, rows=self.rows[keep], columns=columns)

    def address(self, at: int, column: Column) -> str:
        """Return the cell of a column in the row at this position: "F99"; the row's first without one."""
        return self.place(at, column)[1]

    def place(self, at: int, column: Column) -> tuple[str, str]:
        """Return the name of the sheet on which that cell stands, and its address."""
        number = int(self.rows[at] if column.places is None else column.places[at])
        sheet = (self.sheet, *self.further)[sheet_of(number)]
        return sheet.name, a1(number, max(column.position, 0))


def read_rows(
    sheet: Sheet, tab: str, configured: Mapping[str, str], given: Mapping[str, str] | None = None
) -> TabRows:
    """Read the rows below the header of a tab. Raises CannotCount where there is none to be found.

    `given` says by canonical column what holds of every row where the tab has no such column.
    """
    said = given or {}
    header = find_header(sheet, tab, configured, said)
    data = sheet.rows[header.row :]
    ragged = len({len(row) for row in data}) > 1
    columns = {
        name: _column(name, place, _cells(data, place, ragged)) for name, place in header.columns.items()
    }
    columns |= {
        name: _column(name, place, cells)
        for name, place, cells in measured_columns(
            header.columns, header.totals, lambda at: _cells(data, at, ragged)
        )
    }
    if NAME_PARTS[0] in header.columns:
        parts = [_cells(data, header.columns[part], ragged) for part in NAME_PARTS]
        whole = whole_column(tab)
        columns[whole] = _column(whole, header.columns[whole], whole_names(*parts))
        columns = {name: column for name, column in columns.items() if name not in NAME_PARTS}
    numbers = np.arange(header.row + 1, header.row + 1 + len(data), dtype=np.int64)
    used = frozenset((*header.columns.values(), *header.totals))
    rows = TabRows(tab, sheet, numbers, columns, header.problems, header=header.row, used=used)
    left_out = _blank_rows(rows) | _repeated_headers(rows, header)
    rows = rows.at(~left_out) if left_out.any() else rows
    asked = ask_of_columns(sheet, tab, header.row, header.columns, rows.rows.tolist())
    if tab == "Staff":
        asked = ask_of_staff(sheet, header.row, header.columns, rows.rows.tolist())
    if tab == "Calendar":
        asked = ask_beside_kind(sheet, header.row, header.columns, rows.rows.tolist())
    rows = replace(rows, problems=(*rows.problems, *asked))
    rows = _with_period(rows, header.period) if header.period else rows
    more = {name: _constant(name, -1, text, len(rows)) for name, text in said.items()}
    return replace(rows, columns={**more, **rows.columns})


def absent_rows(sheet: Sheet, tab: str, why: str) -> TabRows:
    """Return the rows of a sheet of another workbook that could not be read: none."""
    problem = Problem(Severity.ERROR, sheet.name, "", "", f"This could not be read. {why}", ABSENT_REMEDY)
    return TabRows(tab, replace(sheet, rows=(), absent=why), np.array([], dtype=np.int64), {}, (problem,))


def rows_of_grid(sheet: Sheet, tab: str, listed: Listed) -> TabRows:
    """Return the records of a grid as the rows of a list."""
    names = dict.fromkeys(name for record in listed.records for name in record)
    return TabRows(
        tab,
        sheet,
        _cell_numbers([record[listed.own] for record in listed.records]),
        {name: _gathered(name, listed) for name in (*names, listed.own)},
        listed.problems,
        listed.codes,
        f"{listed.layout}: {listed.seen}",
    )


def _cell_numbers(placed: Sequence[Placed]) -> Ints:
    """Return the number (problems.cell_number) of each cell."""
    rows, columns = (np.array([cell[part] for cell in placed], dtype=np.int64) for part in (1, 2))
    return (columns + 1) << COLUMN_BIT | rows


def _gathered(name: str, listed: Listed) -> Column:
    """Return one column of the list. A record that has none of it is blank there, at its own cell."""
    blank = [(None, *record[listed.own][1:]) for record in listed.records]
    placed = [record.get(name, nothing) for record, nothing in zip(listed.records, blank, strict=True)]
    column = _column(name, 0, [cell for cell, _, _ in placed])
    return replace(column, places=_cell_numbers(placed))


def _with_period(rows: TabRows, period: str) -> TabRows:
    """Add the column Per that the header of the sessions stands for ("Sessions per week")."""
    named = rows.columns.get("Sessions") or rows.columns["Frequency"]
    per = _constant("Per", named.position, period, len(rows))
    return replace(rows, columns={**rows.columns, "Per": per})


def _cells(data: Sequence[Sequence[CellValue]], place: int, ragged: bool) -> list[CellValue]:
    if ragged:
        return [row[place] if place < len(row) else None for row in data]
    if data and place >= len(data[0]):
        return [None] * len(data)
    return list(map(itemgetter(place), data))


def _constant(name: str, position: int, cell: CellValue, length: int) -> Column:
    codes = np.zeros(length, dtype=np.int64)
    return Column(name, position, (cell,), codes, np.array([is_blank(cell)]))


def column_of(name: str, position: int, cells: Sequence[CellValue], places: Ints | None = None) -> Column:
    """Make a column of each row's cell."""
    return replace(_column(name, position, cells), places=places)


def _column(name: str, position: int, cells: Sequence[CellValue]) -> Column:
    """Find the distinct cells and each row's among them. True is not 1.0 here, though Python says so."""
    keys: Sequence[Any] = cells
    if bool in set(map(type, cells)):
        keys = list(zip(map(type, cells), cells, strict=True))
    first = dict.fromkeys(keys)
    number = {key: n for n, key in enumerate(first)}
    codes = np.fromiter(map(number.__getitem__, keys), dtype=np.int64, count=len(cells))
    distinct = (tuple(first) if keys is cells else tuple(key[1] for key in first)) or (None,)
    return Column(name, position, distinct, codes, np.array([is_blank(cell) for cell in distinct]))


def _blank_rows(rows: TabRows) -> Flags:
    blank = np.ones(len(rows), dtype=bool)
    for column in rows.columns.values():
        blank &= column.blank()
    return blank


def _repeated_headers(rows: TabRows, header: Header) -> Flags:
    """Tell which rows say the headers once more: two columns or more, and nothing that is none."""
    says = np.zeros(len(rows), dtype=np.int64)
    filled = np.zeros(len(rows), dtype=np.int64)
    for name, column in rows.columns.items():
        if name not in header.texts:
            continue
        says += column.where(partial(_says, header.texts[name].casefold()))
        filled += ~column.blank()
    repeated: Flags = (says >= 1) & (says == filled) & (says >= min(2, len(rows.columns)))
    return repeated


def _says(header: str, cell: CellValue) -> bool:
    return isinstance(cell, str) and cell.strip().casefold() == header
