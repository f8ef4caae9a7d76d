"""The attendance grid: students (and services) down, dates across, a code or minutes in each cell.

An SLP's roster on which each day is clicked (voices.md), or a school's marks of who was absent. What stands
below a date beside a student is one entry of the Service Log, or of the Attendance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from sheets_sync.intake.codes import read_code
from sheets_sync.intake.layouts.attendance_problems import report, report_above
from sheets_sync.intake.layouts.attendance_tables import (
    KINDS,
    Kind,
    LaidOut,
    Table,
    lay_out,
    texts_of,
    title_rows,
)
from sheets_sync.intake.layouts.beside_marks import ask_beside_marks, with_lengths
from sheets_sync.intake.layouts.date_blocks import DELIVERED, Block, left_unread
from sheets_sync.intake.layouts.date_rows import two_months_untold
from sheets_sync.intake.layouts.day_cells import DayReader
from sheets_sync.intake.layouts.day_columns import (
    Columns,
    DayColumns,
    columns_among,
    parted_columns,
    plain_columns,
)
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.key_of_codes import not_understood, together
from sheets_sync.intake.layouts.listed import Listed, Placed
from sheets_sync.intake.layouts.marked_cell import SIGNS, TICKS
from sheets_sync.intake.layouts.not_begun import is_not_begun
from sheets_sync.intake.layouts.not_entries import NoEntries, another_month_than_the_tab, why_no_entries
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.titles_that_deny import ask_about_titles, titles_of, why_not_given
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.intake.names import name_key
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, a1

_TIMED = lazy_regex(
    r"(?P<kind>[^\d@]*[^\W\d])\s*@?\s*(?P<time>\d{1,2}[:.]?\d{2}\s*(?:[ap]\.?m?\.?)?)", re.IGNORECASE
)

NO_CODES: Mapping[str, str] = {}


def read_attendance_grid(
    sheet: Sheet,
    tab: str,
    configured: Mapping[str, str],
    known: PeopleKnown,
    codes_of_workbook: Mapping[str, str] = NO_CODES,
) -> Listed | None:
    """Return the entries of an attendance grid, None where the tab is none.

    `configured` maps canonical columns to headers here ([columns.TAB]), `codes_of_workbook` is the key on a
    tab of its own: the grid's goes before it. Where no column names the service it is that of the heading
    above ("OT"), else the one that the titles or the tab's name speak of. A ticked box is a session that was
    given, one that is not ticked is as blank. What is beside no student is reported.
    """
    kind = KINDS[tab]
    laid = lay_out(sheet, kind, configured, known, codes_of_workbook)
    if laid is None:
        if (cell := two_months_untold(sheet)) is not None:
            raise _of_which_month(sheet, a1(*cell))
        return None
    doubts = Doubts(laid.sheet)
    refused = _refused(laid.sheet, laid.tables, kind, known)
    found = _entries(laid, refused, kind, known, doubts)
    if not found.records:
        if any(refused) or any(one.students.untold or one.students.of_a_kind for one in laid.tables):
            said = doubts.problems()
            raise _is_none(laid.sheet, next((one for one in said if one.severity is Severity.ERROR), said[0]))
        tables = [(one.block, one.students) for one in laid.tables]
        if found.problems or not is_not_begun(laid.sheet, tables, known):
            return None
    used = (record[kind.own][0] for record in found.records)
    unknown = not_understood(laid.with_lines, laid.texts, laid.codes, used, kind.means)
    _ask_about_the_month(doubts, laid.blocks, known)
    report_above(doubts, laid.blocks[0], known)
    return Listed(
        "an attendance grid",
        _seen(found, laid.tables),
        kind.own,
        tuple(found.records),
        together(_ticks(laid, kind), laid.codes),
        (*laid.key.problems, *found.problems, *unknown, *doubts.problems()),
    )


@dataclass
class _Entries:
    """What is read of the tables one after another."""

    records: list[Mapping[str, Placed]] = field(default_factory=list)
    days: set[object] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def _entries(
    laid: LaidOut, refused: Sequence[NoEntries | None], kind: Kind, known: PeopleKnown, doubts: Doubts
) -> _Entries:
    """Read the tables that are not `refused`; why the others are goes to the doubts."""
    sheet, codes, found = laid.sheet, laid.codes, _Entries()
    titles = [sheet.name, *texts_of(sheet, range(1, laid.blocks[0].dates.row))]
    signs, numbers = frozenset(_ticks(laid, kind)), frozenset(filter(str.isdigit, codes))
    reader = DayReader(doubts, kind.own, kind.ticked(titles), signs=signs, numbers=numbers)
    for table, why, rows in zip(laid.tables, refused, title_rows(laid.tables), strict=True):
        if why is not None:
            doubts.at(why.row, why.place, why.problem, why.remedy)
            continue
        columns = _columns(sheet, table.block, kind, codes, known)
        found.days |= {day.day for day in columns.days}
        report(doubts, table.block, table.students, columns)
        if kind.own == "Status":
            ask_about_titles(doubts, table.block, titles_of(sheet, rows))
        records = list(_records(sheet, table, columns, _at_merged(reader, columns)))
        read = {place for day in columns.days for place in day.places}
        if kind.own == "Status":
            says = together(_ticks(laid, kind), codes)
            records = list(with_lengths(sheet, table.block, records, kind.own, says))
            ask_beside_marks(doubts, table.block, read, records, kind.own, says)
        found.records += records
        rest = {*read, *columns.unknown, *columns.twice}
        found.problems += left_unread(sheet, table.block, rest, _says(codes))
    return found


def _seen(found: _Entries, tables: Sequence[Table]) -> str:
    """Say how much is in it: "12 students down, 60 dates across"."""
    beside = found.records or [row.beside for table in tables for row in table.students.rows]
    students = len({name_key(name) for name in {str(one["Student"][0]) for one in beside}})
    across = f"{len(found.days)} dates across" + (f" in {len(tables)} tables" if len(tables) > 1 else "")
    return f"{students} student{'' if students == 1 else 's'} down, {across}"


def _refused(sheet: Sheet, tables: Sequence[Table], kind: Kind, known: PeopleKnown) -> list[NoEntries | None]:
    """Return for each table why it is taken for none of entries, None where it may be one."""
    blocks = [table.block for table in tables]
    other = another_month_than_the_tab(sheet, blocks, known)
    if other is not None and other[1]:
        problem = f"The tab is called {other[0]}, and these days are another month's: none of them is read."
        remedy = "Mend the month above the days, or the name of the tab."
        return [NoEntries(block.dates.top, block.dates.first, problem, remedy) for block in blocks]
    found = []
    for table, rows in zip(tables, title_rows(tables), strict=True):
        why = why_no_entries(sheet, table.block, rows, kind.own)
        if why is None and kind.own == "Status":
            why = why_not_given(sheet, table.block, titles_of(sheet, rows))
        found.append(why)
    return found


def _is_none(sheet: Sheet, why: Problem) -> CannotCount:
    said = why.problem[0].lower() + why.problem[1:].rstrip(".")
    return CannotCount(
        f'the tab "{sheet.name}" has dates across, and no entry that can be read: {why.cell}: {said}',
        why.remedy,
    )


def _of_which_month(sheet: Sheet, cell: str) -> CannotCount:
    return CannotCount(
        f'the tab "{sheet.name}" has two months in {cell}, and of which the days below it are is not told',
        "write one month over the first of its days, and the other over the first of its own",
    )


def _ask_about_the_month(doubts: Doubts, blocks: Sequence[Block], known: PeopleKnown) -> None:
    other = another_month_than_the_tab(doubts.sheet, blocks, known)
    if other is not None:
        problem = f"The tab is called {other[0]}, and none of its dates is in that month: are they right?"
        first = blocks[0].dates
        doubts.at(
            first.row, first.first, problem, "Mend the dates, or the name of the tab.", Severity.QUESTION
        )


def _columns(sheet: Sheet, block: Block, kind: Kind, codes: Mapping[str, str], known: PeopleKnown) -> Columns:
    over = sheet.rows[block.dates.row - 1][: block.width]
    if block.below is None:
        return columns_among(block.dates, over, kind.own) or plain_columns(block.dates, kind.own)
    below = sheet.rows[block.below - 1][: block.width]
    says = _says(codes)
    is_status = says if kind.own == "Status" else (lambda text: kind.means(text) is not None or text in codes)
    provider = partial(_provider, known)
    return parted_columns(block.dates, over, below, kind.own, is_status, provider)


def _provider(known: PeopleKnown, text: str) -> str | None:
    words = name_words(text)
    return known.providers.spoken.get(words) or known.providers.short.get(words)


def _says(codes: Mapping[str, str]) -> Callable[[CellValue], bool]:
    return lambda cell: isinstance(cell, str | float | int) and read_code(cell, codes=codes).value is not None


def _ticks(laid: LaidOut, kind: Kind) -> Mapping[str, str]:
    """Return what a tick that is typed ("✓") means where no key of the grid says so: given, as in a box."""
    titles = [laid.sheet.name, *texts_of(laid.sheet, range(1, laid.blocks[0].dates.row))]
    if kind.own != "Status" or kind.ticked(titles) is None or any(map(TICKS.match, laid.codes)):
        return NO_CODES
    return dict.fromkeys(SIGNS, DELIVERED)


def _at_merged(reader: DayReader, columns: Columns) -> DayReader:
    """Return the reader that knows of the cells merged over several rows, or over columns of two days."""
    day_at = {place: number for number, day in enumerate(columns.days) for place in day.places}
    merged = {
        (top, left)
        for top, left, bottom, right in merged_ranges(reader.doubts.sheet)
        if bottom > top or len({day_at.get(place) for place in range(left, right + 1)}) > 1
    }
    return replace(reader, merged=frozenset(merged))


def _records(
    sheet: Sheet, table: Table, columns: Columns, reader: DayReader
) -> Iterator[Mapping[str, Placed]]:
    header = table.block.dates.row
    dates: list[Placed] = [(day.day, header, day.place) for day in columns.days]
    for row in table.students.rows:
        for day, placed in zip(columns.days, dates, strict=True):
            entry = reader.read(row.row, day)
            if entry is not None:
                yield {**row.beside, **_said(table, day), "Date": placed, **_with_time(entry, reader.own)}


def _said(table: Table, day: DayColumns) -> Mapping[str, Placed]:
    """Return what the header below a date says of the entries below it."""
    if day.said is None:
        return {}
    name, text, place = day.said
    return {name: (text, table.block.below or table.block.dates.row, place)}


def _with_time(entry: Mapping[str, Placed], own: str) -> Mapping[str, Placed]:
    """Part the time of an attendance from its mark: "tardy 9:15"."""
    cell, row, place = entry[own]
    timed = _TIMED.fullmatch(cell.strip()) if own == "Attendance" and isinstance(cell, str) else None
    if timed is None or "Time" in entry:
        return entry
    return {**entry, own: (timed["kind"].strip(), row, place), "Time": (timed["time"].strip(), row, place)}
