"""The sessions that a plan book of weeks would have had on the days on which the Calendar closes the school.

Each of its sessions is one of that day alone, so none stands on a closed day: nothing would say that the
session was to be then, and it would be asked for as one that was never scheduled. What counting.md asks for,
the patterns of the rows on days that are not open, a book shows in its other weeks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from sheets_sync.intake.calendar_kinds import NO_SCHOOL
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.intake.layouts.plan_book_grid import LAYOUT
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.problems import Problem, Severity, a1, sheet_of

_WEEK = timedelta(days=7)
_MOST_NAMED = 8
_TAKEN = (
    "School is closed on {days}. What the plan book would have there is taken from the same weekday of the"
    " nearest week."
)
_NOT_KNOWN = (
    "School is closed on {days}, and the plan book has other days for this student before and after it: what"
    " would have been there is not known, and nothing is taken for it."
)
_WRITE_IT = "Write the student into the day on which school is closed, if the session would have been then."
_IF_RIGHT = "Nothing, if that is right."

Span = tuple[date, date]
Course = tuple[int, int]
"""The codes of a student and a service."""


def with_closed_days(
    schedule: pd.DataFrame, sheets: Sequence[TabRows], calendar: pd.DataFrame | None, context: Context
) -> pd.DataFrame:
    """Return the Schedule with the sessions that its plan books would have had on closed days, each with the
    `row` of the cell from which it is taken; a note for each book says of which days.

    On a closed day inside the weeks of a book these are the sessions of the same weekday of the nearest week
    of the book in which that day was open: of one before, else of one after for those who are in the book by
    then. What the book has on the closed day itself is not doubled.
    """
    books = {number for number, rows in enumerate(sheets) if rows.taken_for.startswith(LAYOUT)}
    if calendar is None or not books:
        return schedule
    days = _Days.of(calendar, context.school_year)
    own = np.array([sheet_of(row) in books for row in schedule["row"].tolist()], dtype=bool)
    of_one_day = (schedule["from"] == schedule["to"]).to_numpy(bool) & ~schedule["makeup"].to_numpy(bool)
    taken: list[int] = []
    dates: list[date] = []
    for book in _books(schedule[own & of_one_day]):
        found = list(book.would_have(days))
        added = [(at, day) for at, day, surely in found if surely]
        doubts = [(at, day) for at, day, surely in found if not surely]
        if doubts:
            context.found.problems.append(_question(schedule, doubts, sheets))
        if added:
            taken += [at for at, _ in added]
            dates += [day for _, day in added]
            context.found.problems.append(_note(schedule, added, sheets))
    if not taken:
        return schedule
    more = schedule.iloc[taken].copy()
    more["from"] = more["to"] = np.array(dates, dtype="datetime64[s]")
    return pd.concat([schedule, more], ignore_index=True)


@dataclass(frozen=True)
class _Days:
    """Which days the Calendar closes: in an ESY window those alone of a row that lies wholly inside it."""

    year: SchoolYear
    closings: tuple[Span, ...]
    windows: tuple[Span, ...]

    @classmethod
    def of(cls, calendar: pd.DataFrame, year: SchoolYear) -> _Days:
        spans = [
            (kind, (first.date(), last.date() if last is not pd.NaT else first.date()))
            for kind, first, last in zip(calendar["kind"], calendar["date"], calendar["to"], strict=True)
        ]
        closings = tuple(span for kind, span in spans if kind == NO_SCHOOL)
        return cls(year, closings, tuple(span for kind, span in spans if kind == "esy"))

    @cached_property
    def closed(self) -> Collection[date]:
        return {
            day
            for first, last in self.closings
            for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
            if self._counts(day) and ((window := self.window(day)) is None or _inside((first, last), window))
        }

    def window(self, day: date) -> Span | None:
        return next((window for window in self.windows if _inside((day, day), window)), None)

    def is_open(self, day: date) -> bool:
        return self._counts(day) and day not in self.closed

    def _counts(self, day: date) -> bool:
        return self.year.first <= day <= self.year.last


def _inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


@dataclass(frozen=True)
class _Book:
    """The sessions of a book by their date: of each student and service the positions in the Schedule."""

    sessions: Mapping[date, Mapping[Course, Sequence[int]]]

    @cached_property
    def weeks(self) -> Sequence[date]:
        """The Mondays of the weeks in which it has a session."""
        return sorted({_monday(day) for day in self.sessions})

    @cached_property
    def begins(self) -> Mapping[Course, date]:
        found: dict[Course, date] = {}
        for day in sorted(self.sessions):
            for course in self.sessions[day]:
                found.setdefault(course, day)
        return found

    def would_have(self, days: _Days) -> Iterator[tuple[int, date, bool]]:
        """Yield the sessions that are lacking on closed days: from which each is taken, the day, and whether
        that is sure."""
        for day in sorted(days.closed):
            if self.weeks[0] <= _monday(day) <= self.weeks[-1]:
                yield from self._lacking(day, days)

    def _lacking(self, day: date, days: _Days) -> Iterator[tuple[int, date, bool]]:
        week = [_monday(day) + timedelta(n) for n in range(7)]
        nearest = [self._nearest(one, days) for one in week]
        there = [n for n, one in enumerate(week) if self._is_alike(one, day, days)]
        here = self.sessions.get(day, {})
        then = [self.sessions.get(one, {}) if one else {} for one in nearest[day.weekday()]]
        for course in dict.fromkeys((*then[0], *then[1])):
            if course in here or self.begins[course] >= _monday(day) + _WEEK:
                continue
            which = self._which(course, day, nearest, there)
            if which is None:
                yield (then[0].get(course) or then[1][course])[0], day, False
            else:
                yield from ((at, day, True) for at in then[which].get(course, ()))

    def _which(
        self, course: Course, day: date, nearest: Sequence[Sequence[date | None]], there: Sequence[int]
    ) -> int | None:
        """Return which holds of a course in the week of a closed day: 0 for the days that it has before, 1
        for those after; None where that cannot be told. `nearest` are these days, `there` the weekdays on
        which school was open in that week."""
        at = day.weekday()
        if None in nearest[at]:
            return 0 if nearest[at][0] else 1
        had = [[self._has(course, one[side]) for one in nearest] for side in (0, 1)]
        if had[0][at] == had[1][at] or not there:
            return 0
        here = [self._has(course, _monday(day) + timedelta(n)) for n in range(7)]
        fits = [all(here[n] == days[n] for n in there) for days in had]
        if fits[0]:
            return 0 if had[0][at] or not fits[1] else None
        return 1 if fits[1] else None

    def _has(self, course: Course, day: date | None) -> bool:
        return day is not None and course in self.sessions.get(day, {})

    def _nearest(self, day: date, days: _Days) -> tuple[date | None, date | None]:
        """Return the nearest such weekday before a day, and after it, on which school was open."""
        alike = [week + timedelta(days=day.weekday()) for week in self.weeks]
        fit = [one for one in alike if self._is_alike(one, day, days)]
        before, after = [one for one in fit if one < day], [one for one in fit if one > day]
        return (before[-1] if before else None), next(iter(after), None)

    def _is_alike(self, other: date, day: date, days: _Days) -> bool:
        return days.is_open(other) and days.window(other) == days.window(day)


def _books(schedule: pd.DataFrame) -> Iterator[_Book]:
    """Yield the books: sheets of which no two have the same week are one, else those of one provider are."""
    sheets = [sheet_of(row) for row in schedule["row"].tolist()]
    dates = [day.date() for day in schedule["from"]]
    weeks = Counter(week for _, week in {*zip(sheets, map(_monday, dates), strict=True)})
    by_sheet: dict[int, Counter[int]] = {}
    for sheet, provider in zip(sheets, schedule["provider"].cat.codes.tolist(), strict=True):
        by_sheet.setdefault(sheet, Counter())[provider] += 1
    several = any(count > 1 for count in weeks.values())
    whose = {sheet: found.most_common(1)[0][0] if several else 0 for sheet, found in by_sheet.items()}
    courses = zip(*(schedule[name].cat.codes.tolist() for name in ("student", "service")), strict=True)
    books: dict[int, dict[date, dict[Course, list[int]]]] = {}
    for sheet, day, at, course in zip(sheets, dates, schedule.index.tolist(), courses, strict=True):
        sessions = books.setdefault(whose[sheet], {})
        sessions.setdefault(day, {}).setdefault(course, []).append(at)
    yield from map(_Book, books.values())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _note(schedule: pd.DataFrame, added: Sequence[tuple[int, date]], sheets: Sequence[TabRows]) -> Problem:
    row = int(schedule["row"].iloc[added[0][0]])
    problem = _TAKEN.format(days=_named(list(dict.fromkeys(day for _, day in added))))
    return Problem(Severity.NOTE, sheets[sheet_of(row)].sheet.name, a1(row), "", problem, _IF_RIGHT)


def _question(
    schedule: pd.DataFrame, doubts: Sequence[tuple[int, date]], sheets: Sequence[TabRows]
) -> Problem:
    row = int(schedule["row"].iloc[doubts[0][0]])
    problem = _NOT_KNOWN.format(days=_named(list(dict.fromkeys(day for _, day in doubts))))
    return Problem(Severity.QUESTION, sheets[sheet_of(row)].sheet.name, a1(row), "", problem, _WRITE_IT)


def _named(days: Sequence[date]) -> str:
    """Write "10/13 and 11/11"; of many the first."""
    said = [f"{day.month}/{day.day}" for day in days[:_MOST_NAMED]]
    if len(days) > _MOST_NAMED:
        return f"{', '.join(said)} and {len(days) - _MOST_NAMED} more days"
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
