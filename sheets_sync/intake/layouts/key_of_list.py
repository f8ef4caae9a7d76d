"""The key of codes of a log or an attendance that is kept as a list: above it, beside it, or at its foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheets_sync.intake.layouts.key_meanings import attendance_words, category_words
from sheets_sync.intake.layouts.key_of_codes import (
    lines_alone,
    not_understood,
    read_key,
    texts_at,
    together,
)
from sheets_sync.intake.layouts.key_pairs import Means
from sheets_sync.intake.layouts.key_tables import key_tables, without
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.said_once import read_list_rows
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.ports import Sheet

NEAR_THE_ENDS = 60
"""A key is looked for in so many rows at the head of a list, and at its foot: a log may have a million."""

KEYED: Mapping[str, tuple[str, Means]] = {
    "Service Log": ("Status", category_words),
    "Attendance": ("Attendance", attendance_words),
}
"""The tabs that have codes -> their column, and what says what a word of the key means."""

NO_CODES: Mapping[str, str] = {}
_NOBODY = PeopleKnown()


def read_keyed_rows(
    sheet: Sheet,
    tab: str,
    configured: Mapping[str, str],
    given: Mapping[str, str] | None = None,
    codes: Mapping[str, str] = NO_CODES,
    known: PeopleKnown = _NOBODY,
) -> TabRows:
    """Read the rows of a list as `read_list_rows` does, and the key that stands around them.

    `codes` is the key on a tab of its own: the list's goes before it; `known` is who gives what. In
    the columns of the list nothing is a key but a row at its foot that holds nothing else.
    """
    column, means = KEYED[tab]
    ends = _ends(sheet)
    in_columns = key_tables(sheet, ends, means)
    places = {place for table in in_columns for place in table.cells}
    alone = set(lines_alone(sheet, ends, means))
    shown = without(sheet, places | alone)
    rows = read_list_rows(shown, tab, configured, given, known)
    beyond = 1 + max((one.position for one in rows.columns.values()), default=-1)
    inside = {row for row in ends if row >= rows.header} - {row for row, _ in alone}
    texts = [*alone, *texts_at(shown, ends, [rows.header], inside, beyond)]
    key = read_key(sheet, in_columns, texts, means, inside=inside)
    told = together(codes, key.codes)
    asked = not_understood(sheet, texts, told, rows.column(column).cells, means)
    return replace(rows, sheet=sheet, codes=told, problems=(*rows.problems, *key.problems, *asked))


def _ends(sheet: Sheet) -> list[int]:
    """Return the rows (1-based) at the head and at the foot."""
    last = len(sheet.rows)
    return sorted({*range(1, min(NEAR_THE_ENDS, last) + 1), *range(max(1, last - NEAR_THE_ENDS), last + 1)})
