"""The Calendar tab: first and last day, closures, short days, ESY windows, terms."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd

from sheets_sync.config import Names
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.dates import SchoolYear, read_span
from sheets_sync.intake.names import name_key
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.shared_columns import NEVER, numbers, order_of, read_times
from sheets_sync.intake.tab_rows import Flags, Readings, TabRows
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import CALENDAR, DATE, table

KINDS = {
    "first day": ("first day of school", "school begins", "school starts", "first student day"),
    "last day": ("last day of school", "school ends", "last student day"),
    "no school": (
        *("closed", "school closed", "closure", "holiday", "holidays", "no students", "day off", "break"),
        *("vacation", "recess", "snow day", "noschool", "teacher workday", "pd day"),
    ),
    "early release": ("early dismissal", "half day", "minimum day", "early out"),
    "late start": ("delayed opening", "two-hour delay", "2-hour delay", "delay", "delayed start"),
    "esy": ("extended school year", "esy window", "summer esy"),
    "quarter": (),
    "trimester": (),
    "semester": (),
    "term": (),
    "grading_period": ("grading period", "marking period", "nine weeks", "nine-week"),
    "cycle_day": ("cycle day", "day of cycle", "rotation day"),
}
"""What a Calendar row can be, and other words for it."""

_KIND_OF = {name_key(word): kind for kind, words in KINDS.items() for word in (kind, *words)}
_NUMBERED = re.compile(r"^(quarter|trimester|semester|term|grading period|marking period)\s*#?\s*\d$")
_SHORT = ("early release", "late start")


def usual_school_year(today: date) -> SchoolYear:
    """Return the school year around today, July to June: for dates without a year, and no Calendar."""
    first = today.year if today.month >= 7 else today.year - 1
    return SchoolYear(date(first, 7, 1), date(first + 1, 6, 30))


def read_calendar(rows: TabRows, names: Names, today: date, found: ProblemList) -> pd.DataFrame:
    """Make the table CALENDAR. A row whose date or kind cannot be read is left out and reported."""
    kinds = rows.column("Kind").read(lambda cell: _read_kind(text_of(cell)))
    column = rows.column("Date")
    spans = column.read(lambda cell: read_span(cell, year=usual_school_year(today), order=order_of(column)))
    found.readings(rows, kinds)
    found.readings(rows, spans)
    _report_blanks(rows, found)
    start = spans.each(lambda span: np.datetime64(span[0], "s"), NEVER, DATE)
    end, bad_end = _ends(rows, spans, today, found)
    kind = kinds.each(str, "", "object")
    times = read_times(rows, "Time")
    found.readings(rows, times, Severity.QUESTION)
    good = ~np.isnat(start) & (kind != "") & ~bad_end & ~_bad_cycle_day(rows, kind, found)
    _ask(rows, kind, start, end, times, found)
    calendar = table(
        CALENDAR,
        {
            "row": rows.rows[good],
            "date": start[good],
            "to": end[good],
            "kind": kind[good],
            "time": numbers(times)[good],
            "label": np.array(rows.column("Label").texts(), dtype=object)[good],
        },
    )
    return calendar.reset_index(drop=True)


def school_year(calendar: pd.DataFrame | None, today: date) -> SchoolYear:
    """Return the school year of the Calendar's first and last day; without them the one around today."""
    usual = usual_school_year(today)
    if calendar is None:
        return usual
    first = calendar.loc[calendar["kind"] == "first day", "date"].min()
    last = calendar.loc[calendar["kind"] == "last day", "date"].max()
    if pd.isna(first) and pd.isna(last):
        return usual
    begins = first.date() if not pd.isna(first) else date(last.year - 1, 7, 1)
    ends = last.date() if not pd.isna(last) else date(begins.year + (begins.month >= 7), 6, 30)
    return SchoolYear(begins, ends) if begins <= ends else usual


def no_calendar(name: str = "Calendar", sheet: Sheet | None = None) -> Problem:
    """Say what it means that there is no Calendar, or an empty one."""
    return Problem(
        Severity.QUESTION,
        name if sheet is None else sheet.name,
        "",
        "",
        "There is no Calendar: every school day is taken as open, from the earliest date in the sheets on.",
        'Add a tab "Calendar" with Date, To, Kind, Time and Label: first and last day, days without school.',
    )


def _read_kind(text: str) -> Reading[str]:
    key = " ".join(name_key(text).split())
    kind = _KIND_OF.get(key)
    if kind is None and (numbered := _NUMBERED.match(key)):
        kind = _KIND_OF[name_key(numbered[1])]
    if kind is not None:
        return Reading(kind)
    days = "First day, Last day, No school, Early release, Late start, ESY"
    terms = "Quarter, Trimester, Semester, Term, Grading period, Cycle day"
    return Reading(
        None,
        "This is no kind of day that the Calendar knows: the row is not counted.",
        f"Write one of {days}, {terms}.",
    )


def _report_blanks(rows: TabRows, found: ProblemList) -> None:
    for name in ("Date", "Kind"):
        column = rows.column(name)
        remedy = f"Write the {name.lower()}, or clear the row."
        found.at_rows(Severity.ERROR, rows, column, column.blank(), f"{name} is blank.", remedy)


def _ends(
    rows: TabRows, spans: Readings[tuple[date, date]], today: date, found: ProblemList
) -> tuple[np.ndarray, Flags]:
    """Return each row's last day, and which rows end before they begin or at a date that cannot be read."""
    column = rows.column("To")
    ends = column.read(lambda cell: read_span(cell, year=usual_school_year(today), order=order_of(column)))
    found.readings(rows, ends)
    start = spans.each(lambda span: np.datetime64(span[0], "s"), NEVER, DATE)
    own = spans.each(lambda span: np.datetime64(span[1], "s"), NEVER, DATE)
    to = ends.each(lambda span: np.datetime64(span[1], "s"), NEVER, DATE)
    end = np.where(np.isnat(to), own, to)
    backwards = end < start
    problem = "To is before Date: the row is not counted."
    found.at_rows(Severity.ERROR, rows, column, backwards, problem, "Mend the one that is wrong.")
    return end, backwards | ends.unread()


def _bad_cycle_day(rows: TabRows, kind: np.ndarray, found: ProblemList) -> Flags:
    label = rows.column("Label")
    bad: Flags = (kind == "cycle_day") & ~label.where(lambda cell: bool(re.search(r"\d", text_of(cell))))
    problem = "A cycle day needs its number in Label: the row is not counted."
    found.at_rows(Severity.ERROR, rows, label, bad, problem, 'Write the number, like "3".')
    return bad


def _ask(
    rows: TabRows,
    kind: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    times: Readings[int],
    found: ProblemList,
) -> None:
    """Ask about what can be read but can hardly be meant."""
    no_time = np.isin(kind, _SHORT) & rows.column("Time").blank()
    found.at_rows(
        Severity.QUESTION,
        rows,
        rows.column("Time"),
        no_time,
        "Without the time of dismissal or of opening a short day changes no session.",
        'Write the time, like "12:30 PM".',
    )
    one_day = (kind == "esy") & (start == end)
    found.at_rows(
        Severity.QUESTION,
        rows,
        rows.column("To"),
        one_day,
        "This ESY window is one day long.",
        "Write its last day into To.",
    )
    for once in ("first day", "last day"):
        places = np.flatnonzero(kind == once)
        if len(places) > 1:
            again = np.zeros(len(rows), dtype=bool)
            again[places[1:]] = True
            problem = f"The Calendar has more than one {once}."
            found.at_rows(Severity.QUESTION, rows, rows.column("Kind"), again, problem, "Keep one.")
