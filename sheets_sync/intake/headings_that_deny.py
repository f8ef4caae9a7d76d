"""Headings among the rows of a list that say that what stands below them does not count, or is another's.

"Declined services", "Not delivered", "2024-25", "OT" above a row of Speech (spec: workbook.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import SchoolYear, read_date
from sheets_sync.intake.layouts.title_text import CONSULTATION, DATE, FROM_WHEN, NOT_NOW, OTHER_WORK
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.services import known_service
from sheets_sync.intake.tab_rows import Flags, TabRows
from sheets_sync.intake.years_named import counts_before
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity
from sheets_sync.tables import Category

_NOT_GIVEN = lazy_regex(
    r"\b(?:declin\w+|refus\w+|private(?! school)|planned|upcoming|projected|future|drafts?|absen\w+"
    r"|no[- ]?shows?|missed|discontinued|void|deleted|former|transferred|moved|expired|rejected|revoked"
    r"|(?:to be|being|be) made[- ]up|owed|parent[- ]paid|ineligible|dnq|(?:does|did) not qualify"
    r"|not (?:on|my|mine|delivered|held|given|seen|provided|served|started|yet|done|counted|scheduled"
    r"|eligible|qualified|approved|signed|consented|current|active|in effect))\b",
    re.IGNORECASE,
)
_TWO_YEARS = lazy_regex(r"(?<![\d/-])(?:20)?([2-9]\d)\s?[-/]\s?(?:20)?([2-9]\d)(?![\d/-])")
_ONE_YEAR = lazy_regex(
    rf"(?:^|\b{MONTH}\.?,?\s|\d/"
    r"|\b(?:fall|spring|summer|winter|sy|year)\s)(20\d\d)(?=$|\W)",
    re.IGNORECASE,
)
_OF_THE_PAPER = lazy_regex(
    rf"\b(?:updated|printed|generated|exported|revised|modified|created|run|report date|date)"
    rf"\W*(?:on\s)?{DATE}",
    re.IGNORECASE,
)
_DATED = lazy_regex(DATE, re.IGNORECASE)
_SINCE = lazy_regex(
    r"\b(?:effective|starting|starts?|begins?|beginning|since|from|as of)\W*(?:(?:on|as of)\s)?(?:the\s)?"
    rf"(?P<day>{DATE})(?!\s*(?:-|–|to\b|thru\b|through\b|until\b))",
    re.IGNORECASE,
)
_NEWER = lazy_regex(r"\b(?:new|amend\w*|revis\w+|chang\w+)\b", re.IGNORECASE)
_A_PLACE = lazy_regex(r"(?:resource|learning) (?:room|center)|self[- ]contained", re.IGNORECASE)
"""A heading that names a service and a room in which others are given too."""
_OWN_DATES = {"Service Grid": ("Start date", "End date"), "Schedule": ("From", "To")}
_REMEDIES = {
    "Service Grid": "Give such lines an end date, or keep them on another tab.",
    "Schedule": "Give such rows a To date, or keep them on another tab.",
    "Service Log": "Write into each row what became of the session, or keep such rows on another tab.",
}


def denies(text: str, year: SchoolYear) -> bool:
    """Tell whether a heading says that what is below it is not given, or is of another school year."""
    typed = plain(text[:LONGEST])
    return bool(NOT_NOW.search(typed) or _NOT_GIVEN.search(typed)) or is_of_another_year(typed, year)


def is_of_other_work(rows: TabRows, text: str) -> bool:
    """Tell whether a heading or a title says that the rows are of other work than services.

    Rows that all say in Group what they are may be below one of consultation.
    """
    typed = plain(text[:LONGEST])
    unsaid = CONSULTATION.search(typed) is not None and bool(rows.column("Group").blank().any())
    return unsaid or bool(OTHER_WORK.search(typed))


def names_a_span(rows: TabRows, text: str, year: SchoolYear) -> bool:
    """Tell whether a heading or a title may say from or until when its rows hold, and one has no date of its
    own. "Service minutes from IEPs" names no day: of the Service Grid a date must stand there. That rows
    hold from the first day of school on, or from before it, takes nothing back."""
    if rows.tab not in _OWN_DATES:
        return False
    typed = _SINCE.sub(
        lambda found: " " if _is_no_later(found["day"], year) else found[0], plain(text[:LONGEST])
    )
    blank = np.logical_and.reduce([rows.column(name).blank() for name in _OWN_DATES[rows.tab]])
    dated = bool(_DATED.search(_OF_THE_PAPER.sub(" ", typed)))
    begins = bool(FROM_WHEN.search(typed))
    says_so = dated or begins if rows.tab == "Schedule" else dated and (begins or bool(_NEWER.search(typed)))
    return says_so and bool(blank.any())


def _is_no_later(day: str, year: SchoolYear) -> bool:
    """Tell whether a date is not after the first day of school."""
    found = read_date(day, year=year).value
    return found is not None and found <= year.first


def is_of_another_year(text: str, year: SchoolYear) -> bool:
    """Tell whether a text names a school year, or a month with its year, that is not this one."""
    firsts = [int(found[1]) for found in _TWO_YEARS.finditer(text) if _follow(found)]
    if firsts:
        return 2000 + firsts[0] != year.first.year
    return any(not year.first.year <= int(found[1]) <= year.last.year for found in _ONE_YEAR.finditer(text))


def _follow(years: re.Match[str]) -> bool:
    return int(years[2]) == int(years[1]) + 1 and not counts_before(years)


def ask_below(rows: TabRows, heading: Flags, context: Context) -> None:
    """Ask about each heading that may take back the rows below it, down to the next; they are counted."""
    denying, other, work, dated = (np.zeros(len(rows), dtype=bool) for _ in range(4))
    texts = _texts(rows)
    counted = may_count(rows, context)
    services = _services(rows)
    for at, below in _sections(heading):
        another_year = is_of_another_year(plain(texts[at][:LONGEST]), context.school_year)
        own = rows.at(np.arange(below.start, below.stop))
        denying[at] = denies(texts[at], context.school_year) and bool(another_year or counted[below].any())
        of_work = not denies(texts[at], context.school_year) and is_of_other_work(own, texts[at])
        work[at] = of_work and bool(counted[below].any())
        dated[at] = rows.tab == "Service Grid" and names_a_span(own, texts[at], context.school_year)
        service = known_service(texts[at])
        a_place = _A_PLACE.fullmatch(plain(texts[at][:LONGEST]).strip()) is not None
        other[at] = (
            bool(service) and not a_place and any(named not in (None, service) for named in services[below])
        )
    _ask(rows, denying & (rows.tab != "Schedule"), "may say that the rows below it do not count", context)
    _ask(rows, work, "may say that the rows below it are of other work than services", context)
    of_a_span = "may say from or until when the rows below it hold"
    _ask(rows, dated & ~(denying | work), of_a_span, context)
    _ask(rows, other, "names another service than a row below it", context)


def _ask(rows: TabRows, where: Flags, what: str, context: Context) -> None:
    student = rows.column("Student")
    for column, here in ((student, where & ~student.blank()), (rows.column("Date"), where & student.blank())):
        problem = f"This heading {what}: they are counted."
        context.found.at_rows(Severity.QUESTION, rows, column, here, problem, _REMEDIES[rows.tab])


def _sections(heading: Flags) -> Iterator[tuple[int, slice]]:
    """Yield each heading that has rows below it, and these rows."""
    places = [*np.flatnonzero(heading).tolist(), len(heading)]
    for at, end in pairwise(places):
        if end > at + 1:
            yield at, slice(at + 1, end)


def _texts(rows: TabRows) -> list[str]:
    students, dates = rows.column("Student").texts(), rows.column("Date").texts()
    return [student or day for student, day in zip(students, dates, strict=True)]


def may_count(rows: TabRows, context: Context) -> Flags:
    """Tell which rows would count as given whatever stands above them; of plans and lines each does."""
    if rows.tab != "Service Log":
        return np.ones(len(rows), dtype=bool)

    def is_given(cell: CellValue) -> bool:
        code = read_code(cell, codes=context.names.codes, year=context.school_year).value
        return code is not None and code.category in (Category.DELIVERED, Category.LATE)

    return rows.column("Status").where(is_given)


def _services(rows: TabRows) -> list[str | None]:
    column = rows.column("Service")
    known = [known_service(text_of(cell)) for cell in column.cells]
    return [known[code] for code in column.codes.tolist()]
