"""The attendance grid: students (and services) down, dates across, a code or minutes in each cell.

An SLP's roster on which each day is clicked (voices.md), or a school's marks of who was absent. What stands
below a date beside a student is one entry of the Service Log, or of the Attendance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from sheets_sync.intake.attendance import attendance_kind
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.hidden_and_merged import merged_ranges
from sheets_sync.intake.layouts.attendance_problems import report
from sheets_sync.intake.layouts.date_blocks import Block, find_blocks, left_unread
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
from sheets_sync.intake.layouts.key_of_codes import (
    Key,
    category_words,
    lines_alone,
    not_understood,
    read_key,
    texts_at,
    together,
)
from sheets_sync.intake.layouts.key_pairs import Means, says_what_a_code_means
from sheets_sync.intake.layouts.key_tables import Place, key_tables, without
from sheets_sync.intake.layouts.listed import Listed, Placed
from sheets_sync.intake.layouts.not_begun import is_not_begun
from sheets_sync.intake.layouts.not_entries import NoEntries, another_month_than_the_tab, why_no_entries
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.student_rows import Of, StudentRows, find_student_rows
from sheets_sync.intake.layouts.title import service_of_the_tab, title_not_understood
from sheets_sync.intake.layouts.titles_that_deny import ask_about_titles, titles_of, why_not_given
from sheets_sync.intake.names import name_key
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, a1

_OF_ABSENCE = re.compile(
    r"\b(?:absen\w*|miss(?:ed|es|ing)|no[\s-]?shows?|cancel\w*|refus\w*)\b", re.IGNORECASE
)
_OF_PRESENCE = re.compile(r"\b(?:attend\w*|present\w*|here)\b", re.IGNORECASE)
_TIMED = re.compile(
    r"(?P<kind>[^\d@]*[^\W\d])\s*@?\s*(?P<time>\d{1,2}[:.]?\d{2}\s*(?:[ap]\.?m?\.?)?)", re.IGNORECASE
)

NO_CODES: Mapping[str, str] = {}


@dataclass(frozen=True)
class _Kind:
    """What a grid is of: `own` is the column of its status, `means` says what a word of a key does."""

    tab: str
    own: str
    means: Means
    ticked: Callable[[Sequence[str]], str | None]


def _given(titles: Sequence[str]) -> str | None:
    """Say what a tick in a log means: given, unless a title speaks of absences."""
    return None if any(map(_OF_ABSENCE.search, titles)) else "Delivered"


def _absent(titles: Sequence[str]) -> str | None:
    """Say what a tick in an attendance means: absent where the titles speak of absences alone."""
    absence, presence = (any(map(words.search, titles)) for words in (_OF_ABSENCE, _OF_PRESENCE))
    return "absent" if absence and not presence else None


_KINDS = {
    "Service Log": _Kind("Service Log", "Status", category_words, _given),
    "Attendance": _Kind("Attendance", "Attendance", attendance_kind, _absent),
}


@dataclass(frozen=True)
class _Table:
    block: Block
    students: StudentRows


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
    kind = _KINDS[tab]
    laid = _laid_out(sheet, kind, configured, known, codes_of_workbook)
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
    return Listed(
        "an attendance grid",
        _seen(found, laid.tables),
        kind.own,
        tuple(found.records),
        laid.codes,
        (*laid.key.problems, *found.problems, *unknown, *doubts.problems()),
    )


@dataclass(frozen=True)
class _LaidOut:
    """A tab apart: its tables without the key, the `texts` around them, and what the codes mean.

    `with_lines` is the sheet before lines that stand alone, which may be a key, were taken out.
    """

    sheet: Sheet
    with_lines: Sheet
    blocks: Sequence[Block]
    tables: Sequence[_Table]
    texts: Collection[Place]
    key: Key
    codes: Mapping[str, str]


def _laid_out(
    sheet: Sheet,
    kind: _Kind,
    configured: Mapping[str, str],
    known: PeopleKnown,
    codes_of_workbook: Mapping[str, str],
) -> _LaidOut | None:
    every = range(1, len(sheet.rows) + 1)
    in_columns = key_tables(sheet, every, kind.means)
    sheet = without(sheet, {place for table in in_columns for place in table.cells})
    blocks = find_blocks(sheet, kind.tab, configured, known)
    if not blocks:
        return None
    lines = {place for place in lines_alone(sheet, every, kind.means) if place[0] > blocks[0].dates.row}
    with_lines, sheet = sheet, without(sheet, lines)
    tables = _tables(sheet, blocks, known, needs_service="Service" in COLUMNS[kind.tab])
    inside = {row for table in tables for row in range(table.block.dates.top, table.students.last + 1)}
    inside -= {row for row, _ in lines}
    beyond = max(block.dates.last + block.dates.step for block in blocks)
    headers = [block.dates.row for block in blocks]
    texts = list(texts_at(with_lines, every, headers, inside, beyond))
    key = read_key(with_lines, in_columns, texts, kind.means, inside=inside)
    sheet = without(sheet, {place for place in key.cells if place[0] >= blocks[0].dates.row})
    codes = together(codes_of_workbook, key.codes)
    return _LaidOut(sheet, with_lines, blocks, tables, texts, key, codes)


@dataclass
class _Entries:
    """What is read of the tables one after another."""

    records: list[Mapping[str, Placed]] = field(default_factory=list)
    days: set[object] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def _entries(
    laid: _LaidOut, refused: Sequence[NoEntries | None], kind: _Kind, known: PeopleKnown, doubts: Doubts
) -> _Entries:
    """Read the tables that are not `refused`; why the others are goes to the doubts."""
    sheet, codes, found = laid.sheet, laid.codes, _Entries()
    titles = [sheet.name, *_texts(sheet, range(1, laid.blocks[0].dates.row))]
    reader = DayReader(doubts, kind.own, kind.ticked(titles), frozenset())
    for table, why, rows in zip(laid.tables, refused, _title_rows(laid.tables), strict=True):
        if why is not None:
            doubts.at(why.row, why.place, why.problem, why.remedy)
            continue
        columns = _columns(sheet, table.block, kind, codes, known)
        found.days |= {day.day for day in columns.days}
        report(doubts, table.block, table.students, columns)
        if kind.own == "Status":
            ask_about_titles(doubts, table.block, titles_of(sheet, rows))
        found.records += _records(sheet, table, columns, _at_merged(reader, columns))
        read = {place for day in columns.days for place in day.places}
        rest = {*read, *columns.unknown, *columns.twice}
        found.problems += left_unread(sheet, table.block, rest, _says(codes))
    return found


def _seen(found: _Entries, tables: Sequence[_Table]) -> str:
    """Say how much is in it: "12 students down, 60 dates across"."""
    beside = found.records or [row.beside for table in tables for row in table.students.rows]
    students = len({name_key(name) for name in {str(one["Student"][0]) for one in beside}})
    across = f"{len(found.days)} dates across" + (f" in {len(tables)} tables" if len(tables) > 1 else "")
    return f"{students} student{'' if students == 1 else 's'} down, {across}"


def _refused(
    sheet: Sheet, tables: Sequence[_Table], kind: _Kind, known: PeopleKnown
) -> list[NoEntries | None]:
    """Return for each table why it is taken for none of entries, None where it may be one."""
    blocks = [table.block for table in tables]
    other = another_month_than_the_tab(sheet, blocks, known)
    if other is not None and other[1]:
        problem = f"The tab is called {other[0]}, and these days are another month's: none of them is read."
        remedy = "Mend the month above the days, or the name of the tab."
        return [NoEntries(block.dates.top, block.dates.first, problem, remedy) for block in blocks]
    found = []
    for table, rows in zip(tables, _title_rows(tables), strict=True):
        why = why_no_entries(sheet, table.block, rows, kind.own)
        if why is None and kind.own == "Status":
            why = why_not_given(sheet, table.block, titles_of(sheet, rows))
        found.append(why)
    return found


def _title_rows(tables: Sequence[_Table]) -> list[list[int]]:
    """Return for each table the rows (1-based) with its titles: those above the first, and its own."""
    above = range(1, tables[0].block.dates.row)
    ends = [0, *(table.students.last for table in tables)]
    return [
        sorted({*above, *range(last + 1, table.block.dates.row)})
        for table, last in zip(tables, ends, strict=False)
    ]


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


def _tables(
    sheet: Sheet, blocks: Sequence[Block], known: PeopleKnown, *, needs_service: bool
) -> list[_Table]:
    """Return each block with its students; its title is what stands between the block above and its dates."""
    tables: list[_Table] = []
    above = range(1, blocks[0].dates.row)
    for block in blocks:
        own = range(tables[-1].students.last + 1, block.dates.row) if tables else above
        untold = title_not_understood(sheet, own, block.dates.top, known) if tables else None
        title = None if untold else service_of_the_tab(sheet, [own, above])
        tables.append(_Table(block, find_student_rows(sheet, block, Of(title, untold, needs_service), known)))
    return tables


def _texts(sheet: Sheet, rows: range) -> list[str]:
    cells = (cell for row in rows for cell in sheet.rows[row - 1])
    return [cell for cell in cells if isinstance(cell, str) and not says_what_a_code_means(cell)]


def _columns(
    sheet: Sheet, block: Block, kind: _Kind, codes: Mapping[str, str], known: PeopleKnown
) -> Columns:
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


def _at_merged(reader: DayReader, columns: Columns) -> DayReader:
    """Return the reader that knows of the cells merged over several rows, or over columns of two days."""
    day_at = {place: number for number, day in enumerate(columns.days) for place in day.places}
    merged = {
        (top, left)
        for top, left, bottom, right in merged_ranges(reader.doubts.sheet)
        if bottom > top or len({day_at.get(place) for place in range(left, right + 1)}) > 1
    }
    return DayReader(reader.doubts, reader.own, reader.ticked, frozenset(merged))


def _records(
    sheet: Sheet, table: _Table, columns: Columns, reader: DayReader
) -> Iterator[Mapping[str, Placed]]:
    header = table.block.dates.row
    dates: list[Placed] = [(day.day, header, day.place) for day in columns.days]
    for row in table.students.rows:
        for day, placed in zip(columns.days, dates, strict=True):
            entry = reader.read(row.row, day)
            if entry is not None:
                yield {**row.beside, **_said(table, day), "Date": placed, **_with_time(entry, reader.own)}


def _said(table: _Table, day: DayColumns) -> Mapping[str, Placed]:
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
