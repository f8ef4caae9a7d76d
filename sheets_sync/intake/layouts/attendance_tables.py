"""Takes a tab with dates across apart: its tables, their students, and the key of its codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.intake.layouts.date_blocks import Block, find_blocks
from sheets_sync.intake.layouts.key_meanings import attendance_words, category_words
from sheets_sync.intake.layouts.key_of_codes import (
    Key,
    lines_alone,
    read_key,
    texts_at,
    together,
)
from sheets_sync.intake.layouts.key_pairs import Means, Place, says_what_a_code_means
from sheets_sync.intake.layouts.key_tables import key_tables, without
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.student_rows import Of, StudentRows, find_student_rows
from sheets_sync.intake.layouts.title import service_of_the_tab, title_not_understood
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet

_OF_ABSENCE = lazy_regex(
    r"\b(?:absen\w*|miss(?:ed|es|ing)|no[\s-]?shows?|cancel\w*|refus\w*)\b", re.IGNORECASE
)
_OF_PRESENCE = lazy_regex(r"\b(?:attend\w*|present\w*|here)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
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


KINDS = {
    "Service Log": Kind("Service Log", "Status", category_words, _given),
    "Attendance": Kind("Attendance", "Attendance", attendance_words, _absent),
}


@dataclass(frozen=True)
class Table:
    block: Block
    students: StudentRows


@dataclass(frozen=True)
class LaidOut:
    """A tab apart: its tables without the key, the `texts` around them, and what the codes mean.

    `with_lines` is the sheet before lines that stand alone, which may be a key, were taken out.
    """

    sheet: Sheet
    with_lines: Sheet
    blocks: Sequence[Block]
    tables: Sequence[Table]
    texts: Collection[Place]
    key: Key
    codes: Mapping[str, str]


def lay_out(
    sheet: Sheet,
    kind: Kind,
    configured: Mapping[str, str],
    known: PeopleKnown,
    codes_of_workbook: Mapping[str, str],
) -> LaidOut | None:
    """Return a tab apart, None where it has no dates across; the arguments are read_attendance_grid's."""
    every = range(1, len(sheet.rows) + 1)
    in_columns = key_tables(sheet, every, kind.means)
    sheet = without(sheet, {place for table in in_columns for place in table.cells})
    blocks = find_blocks(sheet, kind.tab, configured, known)
    if not blocks:
        return None
    lines = {place for place in lines_alone(sheet, every, kind.means) if place[0] > blocks[0].dates.row}
    with_lines, sheet = sheet, without(sheet, lines)
    tables = _tables(sheet, blocks, known, needs_service="Service" in COLUMNS[kind.tab])
    inside = {row for table in tables for row in range(table.block.dates.row, table.students.last + 1)}
    inside -= {row for row, _ in lines}
    beyond = max(block.dates.last + block.dates.step for block in blocks)
    headers = [block.dates.row for block in blocks]
    texts = list(texts_at(with_lines, every, headers, inside, beyond))
    key = read_key(with_lines, in_columns, texts, kind.means, inside=inside)
    sheet = without(sheet, {place for place in key.cells if place[0] >= blocks[0].dates.row})
    codes = together(codes_of_workbook, key.codes)
    return LaidOut(sheet, with_lines, blocks, tables, texts, key, codes)


def title_rows(tables: Sequence[Table]) -> list[list[int]]:
    """Return for each table the rows (1-based) with its titles: those above the first, and its own."""
    above = range(1, tables[0].block.dates.row)
    ends = [0, *(table.students.last for table in tables)]
    return [
        sorted({*above, *range(last + 1, table.block.dates.row)})
        for table, last in zip(tables, ends, strict=False)
    ]


def _tables(sheet: Sheet, blocks: Sequence[Block], known: PeopleKnown, *, needs_service: bool) -> list[Table]:
    """Return each block with its students; its title is what stands between the block above and its dates."""
    tables: list[Table] = []
    above = range(1, blocks[0].dates.row)
    for block in blocks:
        own = range(tables[-1].students.last + 1, block.dates.row) if tables else above
        untold = title_not_understood(sheet, own, block.dates.top, known) if tables else None
        title = None if untold else service_of_the_tab(sheet, [own, above])
        tables.append(Table(block, find_student_rows(sheet, block, Of(title, untold, needs_service), known)))
    return tables


def texts_of(sheet: Sheet, rows: range) -> list[str]:
    """Return the texts of these rows that are no key of codes."""
    cells = (cell for row in rows for cell in sheet.rows[row - 1])
    return [cell for cell in cells if isinstance(cell, str) and not says_what_a_code_means(cell)]
