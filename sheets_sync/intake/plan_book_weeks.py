"""A plan book kept week by week (layouts/plan_book_grid.py), on one tab or with a tab for each week.

It is the Schedule and the Service Log where the workbook lacks one of them, or both. Beside another Schedule
it is read as a log alone: what is scheduled stands there already. Beside a log its marks are a second one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.config import Names
from sheets_sync.intake.bell_schedule import Bells
from sheets_sync.intake.header_row import find_header
from sheets_sync.intake.layouts.header_words import week_in_name
from sheets_sync.intake.layouts.listed import Listed
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.plan_book_grid import NO_MONDAY, ONE_DAY, Codes, read_plan_book
from sheets_sync.intake.layouts.reading import LAYOUTS, PLAN_BOOK, layout_of
from sheets_sync.intake.layouts.session_cell import read_session_line
from sheets_sync.intake.layouts.week_dates import week_number
from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.sheet_names import said_by
from sheets_sync.intake.tab_finder import FoundTabs
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.intake.years_named import of_another_year
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount, Problem, Severity

SCHEDULE, LOG = "Schedule", "Service Log"
_OF_ALL_WEEKS = (ONE_DAY, NO_MONDAY)
_DIGITS = lazy_regex(r"\d+")
_LIKE_THE_OTHERS = (
    "Keep it as the other weeks are kept, with the date of each day, or give it a name that says it is"
    " something else."
)


@dataclass(frozen=True)
class BookReader:
    """What it takes to know a plan book."""

    names: Names
    known: PeopleKnown
    bells: Bells
    codes: Codes
    today: date

    def read(self, sheet: Sheet) -> Listed | None:
        """Return the sessions of a sheet that may be a week of a plan book, or several."""
        layout = layout_of(self.names.layouts, sheet, SCHEDULE)
        if sheet.as_tab or layout not in ("", PLAN_BOOK):
            return None
        is_week = week_in_name(sheet.name) is not None  # "Week of 10-20" is no school year
        if not is_week and of_another_year(sheet.name, self.today):
            return None
        if any(self._is_a_list(sheet, tab) for tab in (SCHEDULE, LOG)):
            return None
        try:
            return read_plan_book(
                sheet, SCHEDULE, self.known, self.bells, (self.codes, self.names.codes), is_one=True
            )
        except CannotCount:
            return None

    def _is_a_list(self, sheet: Sheet, tab: str) -> bool:
        try:
            find_header(sheet, tab, self.names.columns.get(tab, {}), {})
        except CannotCount:
            return False
        return True


@dataclass(frozen=True)
class _Book:
    sheet: Sheet
    listed: Listed

    @property
    def weeks(self) -> frozenset[int | None]:
        return frozenset(week_number(record["Date"][0]) for record in self.listed.records)

    @property
    def marked(self) -> bool:
        return any("Status" in record for record in self.listed.records)


def add_plan_book_weeks(found: FoundTabs, reader: BookReader) -> FoundTabs:
    """Return what was found, with a plan book of weeks as the tab that is missing, and its marks as a log; of
    the tabs that are called like its weeks those that are not read are asked about."""
    added = _added(found, reader)
    return replace(added, problems=(*added.problems, *_weeks_left(added, reader)))


def _weeks_left(found: FoundTabs, reader: BookReader) -> Iterator[Problem]:
    weeks = {_DIGITS.sub("#", name.casefold()) for name in found.books if _DIGITS.search(name)}
    left = [
        sheet
        for sheet in found.others
        if _DIGITS.sub("#", sheet.name.casefold()) in weeks
        and not of_another_year(sheet.name, reader.today)
        and _names_a_student(sheet, reader.known)
    ]
    if left:
        names = ", ".join(f'"{sheet.name}"' for sheet in left)
        problem = f"Of the tabs that are called like the weeks of the plan book, these are not read: {names}."
        yield Problem(Severity.QUESTION, left[0].name, "", left[0].name, problem, _LIKE_THE_OTHERS)


def _names_a_student(sheet: Sheet, known: PeopleKnown) -> bool:
    """Tell whether a cell names one: weeks to come stand there with their days alone."""
    texts = {cell for cells in sheet.rows for cell in cells if isinstance(cell, str) and len(cell) <= LONGEST}
    return any(read_session_line(text, known.in_cells).students for text in texts)


def _added(found: FoundTabs, reader: BookReader) -> FoundTabs:
    names = reader.names
    free = [tab for tab in (SCHEDULE, LOG) if tab not in names.tabs]
    lacking = [tab for tab in free if tab in found.missing]
    schedules, logs = found.sheets.get(SCHEDULE, ()), found.sheets.get(LOG, ())
    own = _books(schedules, reader)
    if own:
        found = _with_weeks(found, own)
        return _with(found, LOG, _sheets(own) if LOG in lacking else _marked(own)) if LOG in free else found
    if not lacking:
        return found
    of_log = _books(logs, reader) if lacking == [SCHEDULE] else []
    if of_log and len(of_log) == len(logs):
        return _with(_with_weeks(found, of_log), SCHEDULE, _sheets(of_log))
    others = _books(found.others, reader)
    if not others:
        return found
    if not _are_one(others, reader):
        return _untold(found, lacking, _sheets(others))
    found = _with_weeks(found, others)
    if SCHEDULE in lacking:
        found = _with(found, SCHEDULE, _sheets(others))
    if LOG in lacking and SCHEDULE in lacking:
        return _with(found, LOG, _sheets(others))
    return _with(found, LOG, _marked(others)) if LOG in free else found


def noted_once(tabs: Mapping[str, tuple[TabRows, ...]]) -> dict[str, tuple[TabRows, ...]]:
    """Return the tabs with what is noted of all weeks at the first sheet alone: each week may be one."""
    first: dict[str, str] = {}
    for rows in (rows for sheets in tabs.values() for rows in sheets):
        for problem in rows.problems:
            if problem.problem in _OF_ALL_WEEKS:
                first.setdefault(problem.problem, rows.sheet.name)
    return {tab: tuple(_with_first_notes(rows, first) for rows in sheets) for tab, sheets in tabs.items()}


def _with_first_notes(rows: TabRows, first: Mapping[str, str]) -> TabRows:
    own = (one for one in rows.problems if first.get(one.problem, rows.sheet.name) == rows.sheet.name)
    return replace(rows, problems=tuple(own))


def _books(sheets: Iterable[Sheet], reader: BookReader) -> list[_Book]:
    """Return the sheets that are weeks of a plan book: together of two weeks at least, or with a mark."""
    books = [_Book(sheet, listed) for sheet in sheets if (listed := reader.read(sheet)) is not None]
    weeks = {week for book in books for week in book.weeks}
    return books if len(weeks) > 1 or any(book.marked for book in books) else []


def _are_one(books: Sequence[_Book], reader: BookReader) -> bool:
    """Tell whether no week stands on two of them, unless their names say whose each is."""
    said = [said_by(book.sheet.name, reader.known) for book in books]
    given = [tuple(one.given.items()) if one else () for one in said]
    named = all(given) and len(set(given)) == len(given)
    weeks = [week for book in books for week in book.weeks]
    return named or len(set(weeks)) == len(weeks)


def _sheets(books: Iterable[_Book]) -> tuple[Sheet, ...]:
    return tuple(book.sheet for book in books)


def _marked(books: Iterable[_Book]) -> tuple[Sheet, ...]:
    return tuple(book.sheet for book in books if book.marked)


def _with_weeks(found: FoundTabs, books: Iterable[_Book]) -> FoundTabs:
    """Remember the sheets that only the others tell to be weeks of a plan book."""
    names = {book.sheet.name for book in books if book.sheet.name not in LAYOUTS}
    return replace(found, books=found.books | names)


def _with(found: FoundTabs, tab: str, sheets: Sequence[Sheet]) -> FoundTabs:
    """Add sheets to a tab, behind those that it has."""
    there = found.sheets.get(tab, ())
    new = tuple(sheet for sheet in sheets if sheet not in there)
    if not new:
        return found
    read = _names(new)
    return replace(
        found,
        sheets={**found.sheets, tab: (*there, *new)},
        missing=tuple(one for one in found.missing if one != tab),
        others=tuple(sheet for sheet in found.others if sheet.name not in read),
        problems=tuple(one for one in found.problems if one.cell or one.tab not in read),
    )


def _untold(found: FoundTabs, lacking: Collection[str], sheets: tuple[Sheet, ...]) -> FoundTabs:
    """Say that each of these could be the tab that is missing: the same week stands on two."""
    missing = tuple(tab for tab in found.missing if tab not in lacking)
    return replace(found, missing=missing, untold={**found.untold, **dict.fromkeys(lacking, sheets)})


def _names(sheets: Iterable[Sheet]) -> set[str]:
    return {sheet.name for sheet in sheets}
