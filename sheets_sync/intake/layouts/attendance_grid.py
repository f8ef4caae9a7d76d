"""The attendance grid: students (and services) down, dates across, a code or minutes in each cell.

An SLP's roster on which each day is clicked (voices.md), or a school's marks of who was absent. What stands
below a date beside a student is one entry of the Service Log, or of the Attendance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.intake.attendance import attendance_kind
from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.hidden_and_merged import merged_ranges
from sheets_sync.intake.layouts.date_blocks import Block, find_blocks, left_unread
from sheets_sync.intake.layouts.date_rows import where_dates_go_back
from sheets_sync.intake.layouts.day_cells import DayReader
from sheets_sync.intake.layouts.day_columns import Columns, parted_columns, plain_columns
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.key_of_codes import (
    category_words,
    lines_alone,
    not_understood,
    read_key,
    texts_at,
    together,
)
from sheets_sync.intake.layouts.key_pairs import Means, says_what_a_code_means
from sheets_sync.intake.layouts.key_tables import key_tables, without
from sheets_sync.intake.layouts.listed import Listed, Placed
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.student_rows import Of, StudentRows, find_student_rows
from sheets_sync.intake.layouts.title import service_of_the_tab, title_not_understood
from sheets_sync.intake.names import name_key
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity

_OF_ABSENCE = re.compile(
    r"\b(?:absen\w*|miss(?:ed|es|ing)|no[\s-]?shows?|cancel\w*|refus\w*)\b", re.IGNORECASE
)
_OF_PRESENCE = re.compile(r"\b(?:attend\w*|present\w*|here)\b", re.IGNORECASE)
_TIMED = re.compile(
    r"(?P<kind>[^\d@]*[^\W\d])\s*@?\s*(?P<time>\d{1,2}[:.]?\d{2}\s*(?:[ap]\.?m?\.?)?)", re.IGNORECASE
)
_DATE_WRONG = "This date stands over two columns: what stands below them is not read."
_OF_WHICH_DAYS = (
    'Write its month or week above it, like "October 2025" or "Week of 10/6", or its dates in full, or give '
    "it a tab of its own."
)
_UNTOLD = "It is not told of what service the entries below this are: they are not read."
_MAYBE = (
    "This is nobody on the Caseload: it is taken for a student, and what is below it for the same service."
)
_NAME_THE_SERVICE = (
    'If it is a heading, write the service, like "Speech", or put what is not of the Service Grid on a tab '
    "of its own; if it is a student, write the name as on the Caseload."
)
_HEADER_WRONG = "What this column below a date holds is not known: it is not read."

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
    every = range(1, len(sheet.rows) + 1)
    in_columns = key_tables(sheet, every, kind.means)
    sheet = without(sheet, {place for table in in_columns for place in table.cells})
    blocks = find_blocks(sheet, tab, configured, known)
    if not blocks:
        return None
    lines = {place for place in lines_alone(sheet, every, kind.means) if place[0] > blocks[0].dates.row}
    with_lines, sheet = sheet, without(sheet, lines)
    tables = _tables(sheet, blocks, known, needs_service="Service" in COLUMNS[tab])
    inside = {row for table in tables for row in range(table.block.dates.top, table.students.last + 1)}
    inside -= {row for row, _ in lines}
    beyond = max(block.dates.last + block.dates.step for block in blocks)
    headers = [block.dates.row for block in blocks]
    texts = list(texts_at(with_lines, every, headers, inside, beyond))
    key = read_key(with_lines, in_columns, texts, kind.means, inside=inside)
    codes = together(codes_of_workbook, key.codes)
    doubts = Doubts(sheet)
    titles = [sheet.name, *_texts(sheet, range(1, blocks[0].dates.row))]
    problems: list[Problem] = [*key.problems]
    records: list[Mapping[str, Placed]] = []
    days: set[object] = set()
    reader = DayReader(doubts, kind.own, kind.ticked(titles), frozenset())
    for table in tables:
        columns = _columns(sheet, table.block, kind, codes)
        days |= {day.day for day in columns.days}
        _report(doubts, table, columns)
        records += _records(sheet, table, columns, _at_merged(reader, columns))
        read = {place for day in columns.days for place in day.places}
        problems += left_unread(sheet, table.block, {*read, *columns.unknown, *columns.twice}, _says(codes))
    if not records:
        return None
    used = (record[kind.own][0] for record in records)
    problems += not_understood(with_lines, texts, codes, used, kind.means)
    students = len({name_key(name) for name in {str(record["Student"][0]) for record in records}})
    seen = f"{students} student{'' if students == 1 else 's'} down, {len(days)} dates across"
    seen += f" in {len(tables)} tables" if len(tables) > 1 else ""
    return Listed(
        "an attendance grid", seen, kind.own, tuple(records), codes, (*problems, *doubts.problems())
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


def _first_filled(sheet: Sheet, row: int) -> int:
    return next(place for place, cell in enumerate(sheet.rows[row - 1]) if not is_blank(cell))


def _texts(sheet: Sheet, rows: range) -> list[str]:
    cells = (cell for row in rows for cell in sheet.rows[row - 1])
    return [cell for cell in cells if isinstance(cell, str) and not says_what_a_code_means(cell)]


def _columns(sheet: Sheet, block: Block, kind: _Kind, codes: Mapping[str, str]) -> Columns:
    if block.below is None:
        return plain_columns(block.dates, kind.own)
    over = sheet.rows[block.dates.row - 1][: block.width]
    below = sheet.rows[block.below - 1][: block.width]
    says = _says(codes)
    is_status = says if kind.own == "Status" else (lambda text: kind.means(text) is not None or text in codes)
    return parted_columns(block.dates, over, below, kind.own, is_status)


def _says(codes: Mapping[str, str]) -> Callable[[CellValue], bool]:
    return lambda cell: isinstance(cell, str | float | int) and read_code(cell, codes=codes).value is not None


def _report(doubts: Doubts, table: _Table, columns: Columns) -> None:
    dates = table.block.dates
    for place in columns.twice:
        doubts.at(dates.row, place, _DATE_WRONG, "Mend the date that is wrong.")
    for place in columns.unknown:
        remedy = 'Call it "Code", "Min", "Notes", or by what a tick in it means, the same below each date.'
        doubts.at(table.block.below or dates.row, place, _HEADER_WRONG, remedy)
    back = where_dates_go_back(dates)
    if back is not None:
        problem = "The dates go back here: is this the date that is meant?"
        doubts.at(dates.row, back, problem, "Mend the date that is wrong.", Severity.QUESTION)
    if table.students.other is not None:
        problem = (
            "A second table begins here, and its days are not told: it and what is below it are not read."
        )
        place = _first_filled(doubts.sheet, table.students.other)
        doubts.at(table.students.other, place, problem, _OF_WHICH_DAYS)
    for row, place in table.students.untold:
        doubts.at(row, place, _UNTOLD, _NAME_THE_SERVICE)
    for row, place in table.students.maybe:
        doubts.at(row, place, _MAYBE, _NAME_THE_SERVICE, Severity.QUESTION)
    for row, place in table.students.nobodys:
        problem = "No student stands on the left of this: it is not read."
        doubts.at(row, place, problem, 'Write the name as on the Caseload, or "Total".')


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
                service = {"Service": _service(table, day.service)} if day.service else {}
                yield {**row.beside, **service, "Date": placed, **_with_time(entry, reader.own)}


def _service(table: _Table, named: tuple[str, int]) -> Placed:
    return (named[0], table.block.below or table.block.dates.row, named[1])


def _with_time(entry: Mapping[str, Placed], own: str) -> Mapping[str, Placed]:
    """Part the time of an attendance from its mark: "tardy 9:15"."""
    cell, row, place = entry[own]
    timed = _TIMED.fullmatch(cell.strip()) if own == "Attendance" and isinstance(cell, str) else None
    if timed is None or "Time" in entry:
        return entry
    return {**entry, own: (timed["kind"].strip(), row, place), "Time": (timed["time"].strip(), row, place)}
