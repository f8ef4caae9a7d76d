"""Columns that several tabs have: service, provider, group, dates, clock times, lengths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import numpy as np
import pandas as pd

from sheets_sync.intake.cells import shown, shows_error, text_of
from sheets_sync.intake.clock import is_at_night, read_duration, read_time
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import SchoolYear, column_order, read_date, read_span
from sheets_sync.intake.groups import read_group
from sheets_sync.intake.hidden_and_merged import hidden_by_merge
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.services import how_given, read_service
from sheets_sync.intake.tab_rows import Column, Flags, Ints, Readings, TabRows
from sheets_sync.ports import CellValue, ErrorValue
from sheets_sync.problems import COLUMN_BIT, ROW_BITS, Severity, is_cell, sheet_row
from sheets_sync.tables import DATE

GROUPS = ("individual", "group", "consultation")

_YEARS = range(1990, 2101)

Value = TypeVar("Value")

NEVER = np.datetime64("NaT", "s")


def report_blank(
    context: Context, rows: TabRows, column: Column, blank: Flags, problem: str, remedy: str
) -> None:
    """Report a required cell that is blank, apart where only a merge makes it so."""
    merged = blank & hidden_by_merge(rows, column)
    context.found.at_rows(Severity.ERROR, rows, column, blank & ~merged, problem, remedy)
    context.found.at_rows(
        Severity.ERROR,
        rows,
        column,
        merged,
        f"{problem} The cell is part of merged cells: only the first of them holds a value.",
        "Unmerge the cells and fill each.",
    )


def drop_ignored_services(rows: TabRows, context: Context) -> TabRows:
    """Leave out the rows of a service that [ignore] names, as typed or by its canonical name."""
    if not context.names.ignored_services:
        return rows
    services = _services(rows, context)
    ignored = [
        context.ignores_service(text_of(cell)) or context.ignores_service(name)
        for cell, name in zip(services.column.cells, services.values(""), strict=True)
    ]
    return rows.at(~np.array(ignored, dtype=bool)[services.column.codes])


def read_services(rows: TabRows, context: Context) -> Readings[str]:
    """Read the Service column to canonical names; report what cannot be read, and blanks."""
    services = _services(rows, context)
    column = services.column
    context.found.readings(rows, services)
    remedy = "Write the service as the Service Grid calls it."
    below = _below_headings(rows, column)
    problem = "The rows below this are of no service that is read: they are left out."
    heading = shown(_heading_of(rows, column, int(below.argmax()))) if below.any() else ""
    context.found.at_rows(Severity.ERROR, rows, column, below, problem, remedy, heading)
    report_blank(context, rows, column, column.blank() & ~below, "Service is blank.", remedy)
    return services


def _below_headings(rows: TabRows, column: Column) -> Flags:
    """Tell which rows of a list have a blank column that a heading above them would say."""
    if column.places is None or any(map(is_cell, rows.rows.tolist())):
        return np.zeros(len(rows), dtype=bool)
    above = (column.places & ROW_BITS) < (rows.rows & ROW_BITS)
    below: Flags = above & column.blank()
    return below


def _heading_of(rows: TabRows, column: Column, at: int) -> CellValue:
    number = 0 if column.places is None else int(column.places[at])
    cells = rows.sheet.rows[sheet_row(number) - 1] if sheet_row(number) <= len(rows.sheet.rows) else ()
    place = (number >> COLUMN_BIT) - 1
    return cells[place] if 0 <= place < len(cells) else None


def _services(rows: TabRows, context: Context) -> Readings[str]:
    names = context.names.services
    return rows.column("Service").read(lambda cell: read_service(text_of(cell), services=names))


def service_codes(services: Readings[str], context: Context) -> Ints:
    """Return each row's code in `Context.services`, -1 where there is none."""
    codes = [context.services.code(name) for name in services.values("")]
    return np.array(codes, dtype=np.int64)[services.column.codes]


def report_error_cells(rows: TabRows, context: Context, column: Column) -> None:
    """Report the cells of a column of plain text that show "#REF!" or the like; they are read as blank."""
    errors = tuple(shows_error(cell) if isinstance(cell, ErrorValue) else None for cell in column.cells)
    context.found.readings(rows, Readings(column, errors), Severity.QUESTION)


def read_groups(rows: TabRows, context: Context) -> Ints:
    """Read the Group column to positions in GROUPS, -1 for a blank; what cannot be read is asked about.

    Where it is blank, a service such as "Speech - Group" says it; where the two differ, Group goes first.
    """
    column = rows.column("Group")
    letters = _letters_of_groups(column)
    groups: Readings[str | None] = column.read(
        lambda cell: Reading("group") if text_of(cell) in letters else read_group(text_of(cell))
    )
    context.found.readings(rows, groups, Severity.QUESTION)
    problem = "These letters are taken for the names of groups: each is counted as group."
    remedy = 'Nothing, if that is right. Else write "individual", "group" or "consultation".'
    named = column.where(lambda cell: text_of(cell) in letters)
    context.found.at_rows(Severity.QUESTION, rows, column, named, problem, remedy)
    codes = _group_codes(groups)
    of_service = _group_codes(rows.column("Service").read(lambda cell: read_group(how_given(text_of(cell)))))
    differ = (codes >= 0) & (of_service >= 0) & (codes != of_service)
    problem = "Service and Group do not say the same: Group is counted."
    context.found.at_rows(
        Severity.QUESTION, rows, groups.column, differ, problem, "Mend the one that is wrong."
    )
    return np.where(codes >= 0, codes, of_service)


def _letters_of_groups(column: Column) -> frozenset[str]:
    """Return the letters that stand alone in a column in which groups are called A, B ...; "I" and "G", and
    "C" without an A or B, are kinds of groups."""
    texts = frozenset(text_of(cell) for cell in column.cells)
    return texts & frozenset("ABCDEF") if texts & frozenset("AB") else frozenset()


def _group_codes(groups: Readings[str | None]) -> Ints:
    codes = [GROUPS.index(group) if group in GROUPS else -1 for group in groups.values(None)]
    return np.array(codes, dtype=np.int64)[groups.column.codes]


def group_column(codes: Ints) -> pd.Categorical:
    """Return a column of groups."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(GROUPS, dtype=object))


def read_dates(rows: TabRows, name: str, year: SchoolYear) -> Readings[date]:
    """Read a column of single dates; one without a year takes the school year's."""
    column = rows.column(name)
    order = column_order(column.cells)
    return column.read(lambda cell: _in_our_time(read_date(cell, year=year, order=order), lambda day: day))


def read_spans(rows: TabRows, name: str, year: SchoolYear) -> Readings[tuple[date, date]]:
    """Read a column of dates and spans of dates ("11/3-11/7")."""
    column = rows.column(name)
    order = column_order(column.cells)
    return column.read(
        lambda cell: _in_our_time(read_span(cell, year=year, order=order), lambda span: span[1])
    )


def _in_our_time(reading: Reading[Value], day: Callable[[Value], date]) -> Reading[Value]:
    """Refuse a date that no school sheet can mean: a typing error, or a number that is shown as a date."""
    if reading.value is None or day(reading.value).year in _YEARS:
        return reading
    problem = f"The year {day(reading.value).year} cannot be meant."
    return Reading(None, problem, 'Write the date with its year, like "9/3/2025".')


def day_column(readings: Readings[date]) -> pd.Series:
    """Return a column of dates, NaT where there is none."""
    return pd.Series(readings.each(lambda day: np.datetime64(day, "s"), NEVER, DATE))


def read_times(rows: TabRows, name: str) -> Readings[int]:
    """Read a column of clock times to minutes after midnight."""
    return rows.column(name).read(read_time)


def note_afternoons(rows: TabRows, names: Sequence[str], found: ProblemList) -> None:
    """Note once that times stand in these columns as at night ("1:15 AM") and are read as after noon."""
    problem = "A spreadsheet takes this for the night: it is read as after noon."
    remedy = 'Nothing, if that is right. Else write the time with PM, like "1:15 PM".'
    for column in map(rows.column, names):
        at_night = column.where(is_at_night)
        if at_night.any():
            found.at_rows(Severity.NOTE, rows, column, at_night, problem, remedy)
            return


def read_lengths(rows: TabRows, name: str) -> Readings[int]:
    """Read a column of lengths to minutes; less than none and more than a day are no lengths."""
    return rows.column(name).read(read_length)


def read_length(cell: CellValue) -> Reading[int]:
    """Read one length to minutes, from none to a day."""
    reading = read_duration(cell)
    if reading.value is not None and not 0 <= reading.value <= 24 * 60:
        remedy = 'Write the minutes as a number from 0 to 1440, like "30".'
        return Reading(None, "This is no length of a session.", remedy)
    return reading


def numbers(readings: Readings[int], blank: int = -1) -> Ints:
    """Return each row's number, `blank` where there is none."""
    values: Callable[[int], object] = int
    return readings.each(values, blank, "int64").astype(np.int64)
