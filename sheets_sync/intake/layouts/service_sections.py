"""A list without a column Service, in which "SPEECH" and "OT" stand alone above their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.dated_rows import is_a_day
from sheets_sync.intake.layouts.header_words import is_weekday
from sheets_sync.intake.layouts.named_sections import Section, alone_in_rows, in_sections, is_total
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.section_headings import read_heading
from sheets_sync.intake.layouts.service_above import services_above
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.services import CONSULTATION, known_service
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import CannotCount

Given = Mapping[str, str]
_WAY = lazy_regex(
    r"\b(?:individual|indiv|ind|1:1|groups?|grp|consult(?:ation|ative|s)?|indirect)\b", re.IGNORECASE
)
"""How a service is given; "Gr 3" and "Small Elementary" in a heading are none of it."""
_OF_ROWS = ("Student", "Date", "Days")
_BREAK = lazy_regex(r"(?:lunch|recess|break|snack|plan(?:ning)?|prep)(?: (?:time|period))?", re.IGNORECASE)
"""Below these what was above goes on; below "Evaluations" it does not."""
_PLACE = lazy_regex(
    r"\W*(?:the |(?:mrs?|ms|miss|dr)\.? [\w'-]+ )?"
    r"(?:(?:resource|res|rr)(?: (?:room|rm|class|classroom))?|(?:learning )?(?:resource )?center|lrc"
    r"|(?:self[- ]contained|special day|sdc|rsp|ecse|inclusion|life skills)(?: (?:class|classroom|room))?)"
    r"(?: ?\([^)]*\))?\W*",
    re.IGNORECASE,
)
"""Services that are called as the room is: in a list of one other service, where no heading is of a service,
they say where it is given."""
_TABS = ("Schedule", "Service Log", "Service Grid")


def read_service_sections(
    tab: str, given: Given, known: PeopleKnown, read: Callable[[Given], TabRows]
) -> TabRows | None:
    """Return the rows of a list that lacks a column Service and of which headings say it, None where none
    does."""
    if tab not in _TABS or "Service" in given:
        return None
    try:
        rows = read({**given, "Service": ""})
    except CannotCount:
        return None
    return with_service_sections(rows, given, known)


def with_service_sections(rows: TabRows, given: Given, known: PeopleKnown) -> TabRows | None:
    """Return the rows of a list as its headings say the service, None where none does.

    Below a heading that is not understood, and above the first, rows are of no service. Where a title or the
    tab's name says one service, rows are of that but below a heading of another: those are of none.
    """
    if rows.tab not in _TABS or rows.column("Service").position >= 0 or not rows.header:
        return None
    titled = _titled(rows, given)
    sections = [*_sections(rows, known, titled)]
    first = next((one for one in sections if one.cell), None)
    if len(titled) == 1 and sections:
        first = Section(rows.header, sections[0].place, next(iter(titled)))
        sections = [first, *sections]
    return None if first is None else in_sections(rows, "Service", sections, first)


def _titled(rows: TabRows, given: Given) -> frozenset[str]:
    if "Service" in given:
        return frozenset((known_service(given["Service"]) or given["Service"],))
    return frozenset(services_above(rows))


def _sections(rows: TabRows, known: PeopleKnown, titled: Collection[str]) -> Iterator[Section]:
    """Yield the headings: each with its service, None for one that is not understood, or that is none of
    those in the title. A day alone ends what stands below it, where services stand below days. "Group" below
    "Speech" is how that is given; of which service "Consult" there is is not told."""
    there = {column.position for column in rows.columns.values() if column.position >= 0}
    alone = [one for one in alone_in_rows(rows) if _may_head(one, rows, there)]
    days = [one.row for one in alone if is_a_day(one.cell) or is_weekday(one.cell)]
    services = [one for one in alone if read_heading(text_of(one.cell), known).service]
    below_days = bool(days and services and days[0] < services[0].row)
    of_places = len(titled) == 1 and all(_PLACE.fullmatch(plain(text_of(one.cell))) for one in services)
    of_places &= "Resource" not in titled
    above: str | None = None
    for one in alone:
        if one.row in days:
            if below_days:
                yield Section(one.row, one.place, None)
            continue
        text = text_of(one.cell)
        heading = read_heading(text, known)
        if of_places and heading.service and _PLACE.fullmatch(plain(text)):
            continue
        if heading.service:
            is_told = heading.service in titled if titled else not (above and heading.service == CONSULTATION)
            above = heading.service if is_told else None
            yield Section(one.row, one.place, _as_given(above, text) if above else None)
        elif above and heading.understood and _ways_in(text):
            yield Section(one.row, one.place, _as_given(above, text))
        elif not titled and not heading.understood and not _is_a_student(text, known):
            yield Section(one.row, one.place, None)


def _may_head(one: Section, rows: TabRows, there: Collection[int]) -> bool:
    """Tell whether a cell may be a heading: on the left, where students or days stand, or in no column that
    is used. In another a remark stands alone."""
    text = text_of(one.cell).strip()
    if is_total(one.cell) or _BREAK.fullmatch(text) or not text:
        return False
    own = {rows.column(name).position for name in _OF_ROWS}
    return one.place not in there or one.place in own or one.place == min(there)


def _as_given(service: str, heading: str) -> str:
    """Return a service as its own column says it with how it is given: "Speech therapy - consultation" of
    "SLP consult". Of a heading that names several ways each row may be any."""
    ways = _ways_in(heading)
    return f"{service} - {next(iter(ways))}" if len(ways) == 1 else service


def _ways_in(heading: str) -> frozenset[str]:
    words = (word.casefold() for word in _WAY.findall(plain(heading[:LONGEST])))
    return frozenset(meanings("groups")[word] for word in words)


def _is_a_student(text: str, known: PeopleKnown) -> bool:
    return known.students.find(name_words(text)) is not None
