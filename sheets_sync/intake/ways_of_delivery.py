"""Columns for the ways in which a service is given: "Individual | Group | Consult", with how often in each.

Each filled cell is a line of its own, of the group that its header says (workbook.md, "Service Grid").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sheets_sync.intake.cells import SAYS_NONE, is_blank, text_of
from sheets_sync.intake.header_measures import Measure, period_in, total_of, without_measure
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.line_frequency import read_line_frequency
from sheets_sync.intake.measured_columns import total_in_words
from sheets_sync.intake.plain import plain
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.intake.where_given import WHERE
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

_SETTING = lazy_regex(r"push(?:\s?in)?|pull(?:\s?out)?", re.IGNORECASE)
_DIRECT = lazy_regex(r"direct(?: services?)?", re.IGNORECASE)
_SESSIONS = frozenset(("session", "sessions", "therapy", "instruction"))
"""What says that a service is not given so."""


@dataclass(frozen=True)
class Way:
    """`column` is where the header's word belongs: Group, Setting, or "" for "Direct", which says neither."""

    column: str
    text: str
    measure: Measure


def way_of(header: CellValue) -> Way | None:
    """Return the way of delivery that a header says, with the unit of its numbers, None for any other."""
    if not isinstance(header, str):
        return None
    typed = plain(header)
    where = WHERE.search(typed)
    text, measured = without_measure(WHERE.sub(" ", typed))
    measure = total_of(measured) or Measure("", period_in(measured) or "")
    if _DIRECT.fullmatch(text):
        return Way("", text, measure)
    if where and not text:
        return Way("Setting", where[0], measure)
    if _SETTING.fullmatch(text):
        return Way("Setting", plain(header), measure)
    bare = " ".join(word for word in text.split() if word not in _SESSIONS)
    group = next((typed for typed in (bare, plain(header).casefold()) if typed in meanings("groups")), None)
    return Way("Group", group, measure) if group else None


def amount_of(cell: CellValue, way: Way) -> CellValue:
    """Return how often a cell says, with the unit of its header; None where nothing is given."""
    if is_blank(cell) or cell is False or text_of(cell).casefold() in SAYS_NONE:
        return None
    return total_in_words((cell,), (way.measure,))


def ways_across(sheet: Sheet, header: int) -> Mapping[int, Way]:
    """Return the columns of ways of delivery below a 1-based header row: 0-based column -> way. One of them
    holds a frequency at least, and so does one that is called as a column of its own is ("Group")."""
    headers = sheet.rows[header - 1]
    ways = {place: way for place, cell in enumerate(headers) if (way := way_of(cell))}
    sure = {place for place, way in ways.items() if _holds_one(sheet, header, place, way)}
    return {
        place: way
        for place, way in ways.items()
        if place in sure or (sure and not read_header(text_of(headers[place]), tab="Service Grid").value)
    }


def _holds_one(sheet: Sheet, header: int, place: int, way: Way) -> bool:
    cells = {cells[place] for cells in sheet.rows[header:] if place < len(cells)}
    return any(
        isinstance(typed := amount_of(cell, way), str)
        and any(map(str.isdigit, typed))
        and read_line_frequency(typed, None, None, None).value is not None
        for cell in cells
    )
