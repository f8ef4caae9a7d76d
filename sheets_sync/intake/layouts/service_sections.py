"""A list without a column Service, in which "SPEECH" and "OT" stand alone above their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from sheets_sync.intake.dated_rows import is_a_day
from sheets_sync.intake.layouts.named_sections import Section, alone_in_rows, in_sections, is_total
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.section_headings import read_heading
from sheets_sync.intake.layouts.service_above import services_above
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.problems import CannotCount

Given = Mapping[str, str]
_BREAK = re.compile(r"(?:lunch|recess|break|snack|plan(?:ning)?|prep)(?: (?:time|period))?", re.IGNORECASE)
"""Below these what was above goes on; below "Evaluations" it does not."""
_TABS = ("Schedule", "Service Log", "Service Grid")
_OF_ROWS = ("Student", "Date", "Days")
"""Columns in which a heading may stand; in another in use a remark does."""


def read_service_sections(
    tab: str, given: Given, known: PeopleKnown, read: Callable[[Given], TabRows]
) -> TabRows | None:
    """Return the rows of a list of which headings say the service, None where none does, or where a title
    names others. Below a heading that is not understood, and above the first, rows are of no service."""
    if tab not in _TABS or "Service" in given:
        return None
    try:
        rows = read({**given, "Service": ""})
    except CannotCount:
        return None
    if rows.column("Service").position >= 0 or not rows.header:
        return None
    sections = [*_sections(rows, known, services_above(rows))]
    first = next((one for one in sections if one.cell), None)
    return None if first is None else in_sections(rows, "Service", sections, first)


def _sections(rows: TabRows, known: PeopleKnown, titled: Collection[str]) -> Iterator[Section]:
    """Yield the headings: each with its service, None for one that is not understood, or that is none of
    those in the title."""
    used = {column.position for name, column in rows.columns.items() if name not in _OF_ROWS}
    for one in alone_in_rows(rows.sheet, rows.header):
        text = one.cell
        if (
            one.place in used
            or not isinstance(text, str)
            or is_a_day(text)
            or is_total(text)
            or _BREAK.fullmatch(text.strip())
        ):
            continue
        heading = read_heading(text, known)
        if heading.service:
            is_told = not titled or heading.service in titled
            yield Section(one.row, one.place, heading.service if is_told else None)
        elif not heading.understood and not _is_a_student(text, known):
            yield Section(one.row, one.place, None)


def _is_a_student(text: str, known: PeopleKnown) -> bool:
    return known.students.find(name_words(text)) is not None
