"""The Calendar tab: first and last day, closures, short days, ESY windows, terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sheets_sync.intake.calendar_closings import may_close
from sheets_sync.intake.calendar_kinds import SHORT, Kind, read_kind
from sheets_sync.intake.cells import shown, text_of
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.intake.dates_in_kinds import last_day_in, names_dates
from sheets_sync.intake.days_of_school import days_of_school
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.rotation_days import cycle_labels
from sheets_sync.intake.rotation_names import rotation_days
from sheets_sync.intake.shared_columns import NEVER, note_afternoons, numbers, read_spans, read_times
from sheets_sync.intake.tab_rows import Flags, Readings, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.problems import Problem, Severity, sheet_of
from sheets_sync.tables import CALENDAR, DATE, table

_BREAK = lazy_regex(r"\b(?:break|recess|vacation|holidays|weeks?|[2-9] days)\b(?! day)")
_HALF_YEAR = np.timedelta64(182, "D")
_LONGEST = np.timedelta64(300, "D")
"""No break, term or window is longer. A wrong year in To would close the school for good, in silence."""


def usual_school_year(today: date) -> SchoolYear:
    """Return the school year around today, July to June: for dates without a year, and no Calendar."""
    first = today.year if today.month >= 7 else today.year - 1
    return SchoolYear(date(first, 7, 1), date(first + 1, 6, 30))


def read_calendar(rows: TabRows, today: date, found: ProblemList) -> pd.DataFrame:
    """Make the table CALENDAR. A row whose date or kind cannot be read is left out and reported."""
    rows = days_of_school(rows, found)
    rotation = rotation_days(rows.column("Kind").texts())
    kinds = rows.column("Kind").read(
        lambda cell: Reading(Kind("cycle_day")) if text_of(cell) in rotation else read_kind(text_of(cell))
    )
    year = _year_from_first_day(rows, kinds, today)
    spans = read_spans(rows, "Date", year)
    _report_kinds(rows, kinds, found)
    found.readings(rows, spans)
    _report_blanks(rows, found)
    start = spans.each(lambda span: np.datetime64(span[0], "s"), NEVER, DATE)
    end, bad_end = _ends(rows, spans, year, found)
    end, bad_words = _ends_in_words(rows, start, end, year, found)
    bad_end |= bad_words
    kind = kinds.each(lambda kind: kind.kind, "", "object")
    times = read_times(rows, "Time")
    found.readings(rows, times, Severity.QUESTION)
    note_afternoons(rows, ["Time"], found)
    labels = cycle_labels(rows, kind)
    good = ~np.isnat(start) & (kind != "") & ~bad_end & ~_bad_cycle_day(rows, kind, labels, found)
    of_kind = kinds.each(lambda kind: kind.time, -1, "int64").astype(np.int64)
    _ask(rows, np.where(bad_words, "", kind), start, end, of_kind, found)
    calendar = table(
        CALENDAR,
        {
            "row": rows.rows[good],
            "date": start[good],
            "to": end[good],
            "kind": kind[good],
            "time": np.where(times.column.blank(), of_kind, numbers(times))[good],
            "label": labels[good],
        },
    )
    return calendar.reset_index(drop=True)


def _year_from_first_day(rows: TabRows, kinds: Readings[Kind], today: date) -> SchoolYear:
    """Return the twelve months from the first day of school: ESY in July comes after a school year."""
    usual = usual_school_year(today)
    first_day = rows.at(kinds.each(lambda kind: kind.kind, "", "object") == "first day")
    spans = read_spans(first_day, "Date", usual).of_rows()
    first = _begun_last([span[0] for span in spans if span is not None], today)
    return usual if first is None else SchoolYear(first, first + timedelta(days=364))


def _begun_last(firsts: Sequence[date], today: date) -> date | None:
    """Return the first day of the school year that has begun last; if none has, the first of all."""
    begun = [day for day in firsts if day <= today]
    return max(begun) if begun else min(firsts, default=None)


def school_year(calendar: pd.DataFrame | None, today: date) -> SchoolYear:
    """Return the school year of the Calendar, its ESY windows included; the one around today without any."""
    usual = usual_school_year(today)
    if calendar is None:
        return usual
    begins = _begun_last(_days(calendar, "first day", "date"), today)
    lasts = [day for day in _days(calendar, "last day", "date") if begins is None or day > begins]
    if begins is None and not lasts:
        return usual
    begins = begins or date(min(lasts).year - 1, 7, 1)
    ends = min(lasts, default=date(begins.year + (begins.month >= 7), 6, 30))
    summers = [day for day in _days(calendar, "esy", "to") if ends < day <= begins + timedelta(days=364)]
    return SchoolYear(begins, max([ends, *summers]))


def _days(calendar: pd.DataFrame, kind: str, column: str) -> list[date]:
    return [day.date() for day in calendar.loc[calendar["kind"] == kind, column]]


def no_calendar(empty: Sheet | None = None) -> Problem:
    """Say what it means that there is no Calendar, or an empty one."""
    why = "There is no Calendar" if empty is None else "The Calendar is empty"
    return Problem(
        Severity.QUESTION,
        "Calendar" if empty is None else empty.name,
        "",
        "",
        f"{why}: every school day is taken as open, from the earliest date in the sheets on.",
        'Make a tab "Calendar" with Date, To, Kind, Time and Label: first and last day, days without school.',
    )


_EVENT = (
    "This is read as an event that changes no session: the row is not counted.",
    'Nothing, if that is right; else write "No school", or what else the day is.',
)
_DOUBTS = {
    "holiday": (
        "This is the name of a holiday alone: it is counted as a day without school.",
        'Write "No school"; take the row out where there is school.',
    ),
    "staff": (
        "This is time for the staff: it is counted as a day without school.",
        'Write "No school", or "Early release" with its time.',
    ),
    "short": (
        "This is read as the first or last day alone, and not as a short day.",
        'Give the short day a row of its own: "Early release" with its time.',
    ),
    "at home": (
        "This may be a day of school at home: it is counted as a day without school.",
        'Write "No school"; take the row out where services were given.',
    ),
    "tentative": ("This may still change: it is counted as it stands.", "Write it again once it is certain."),
}


def _report_kinds(rows: TabRows, kinds: Readings[Kind], found: ProblemList) -> None:
    """Report what is no kind of day, and ask about what may be none: each cause once."""
    column, shows_error = kinds.column, kinds.column.where(lambda cell: isinstance(cell, ErrorValue))
    found.readings(rows, kinds, where=shows_error)
    unread = kinds.unread() & ~shows_error
    grave = unread & column.where(lambda cell: may_close(text_of(cell)))
    found.readings(rows, kinds, where=grave)
    unread &= ~grave
    nothing = read_kind("")
    found.at_rows(Severity.ERROR, rows, column, unread, nothing.problem or "", nothing.remedy)
    events = kinds.each(lambda kind: kind.kind == "", False, "bool")
    found.at_rows(Severity.NOTE, rows, column, events, *_EVENT)
    doubts = kinds.each(lambda kind: kind.doubt, "", "object")
    for doubt, (problem, remedy) in _DOUBTS.items():
        found.at_rows(Severity.QUESTION, rows, column, doubts == doubt, problem, remedy)


def _report_blanks(rows: TabRows, found: ProblemList) -> None:
    for name in ("Date", "Kind"):
        column = rows.column(name)
        remedy = f"Write the {name.lower()}, or clear the row."
        found.at_rows(Severity.ERROR, rows, column, column.blank(), f"{name} is blank.", remedy)


def _ends(
    rows: TabRows, spans: Readings[tuple[date, date]], year: SchoolYear, found: ProblemList
) -> tuple[np.ndarray, Flags]:
    """Return each row's last day, and which cannot be: before it begins, too late, unread."""
    column = rows.column("To")
    ends = read_spans(rows, "To", year)
    found.readings(rows, ends)
    start = spans.each(lambda span: np.datetime64(span[0], "s"), NEVER, DATE)
    own = spans.each(lambda span: np.datetime64(span[1], "s"), NEVER, DATE)
    to = ends.each(lambda span: np.datetime64(span[1], "s"), NEVER, DATE)
    end = np.where(np.isnat(to), own, to)
    backwards = end < start
    problem = "To is before Date: the row is not counted."
    found.at_rows(Severity.ERROR, rows, column, backwards, problem, "Mend the one that is wrong.")
    endless = end - start > _LONGEST
    problem = "Date and To are more than 300 days apart: the row is not counted."
    found.at_rows(Severity.ERROR, rows, column, endless, problem, "Mend the year of the one that is wrong.")
    return end, backwards | endless | ends.unread()


def _ends_in_words(
    rows: TabRows, start: np.ndarray, end: np.ndarray, year: SchoolYear, found: ProblemList
) -> tuple[np.ndarray, Flags]:
    """Return each row's last day with that which the words of its kind name ("Recess 11/26-11/28"), and
    which rows name other days."""
    column, ends, bad = rows.column("Kind"), end.copy(), np.zeros(len(rows), dtype=bool)
    problem, remedy = "", ""
    for at in np.flatnonzero(column.where(_names_dates) & ~np.isnat(start) & ~np.isnat(end)):
        text = text_of(column.cells[int(column.codes[at])])
        named = last_day_in(text, start[at].astype(object).date(), end[at].astype(object).date(), year)
        if named.value is not None:
            ends[at] = np.datetime64(named.value, "s")
        elif named.problem:
            bad[at], problem, remedy = True, named.problem, named.remedy
    found.at_rows(Severity.ERROR, rows, column, bad, problem, remedy)
    return ends, bad


def _names_dates(cell: CellValue) -> bool:
    kind = read_kind(text_of(cell)).value
    return kind is not None and bool(kind.kind) and names_dates(text_of(cell))


def _bad_cycle_day(rows: TabRows, kind: np.ndarray, labels: np.ndarray, found: ProblemList) -> Flags:
    numbered = np.array([bool(re.search(r"\d", label)) for label in labels], dtype=bool)
    bad: Flags = (kind == "cycle_day") & ~numbered
    problem = "A cycle day needs its number in Label: the row is not counted."
    found.at_rows(Severity.ERROR, rows, rows.column("Label"), bad, problem, 'Write the number, like "3".')
    return bad


def _says_break_once(rows: TabRows) -> Flags:
    """Tell which rows alone speak of a break: it may have days without a row of their own."""
    said = [
        f"{kind} {label}".casefold()
        for kind, label in zip(rows.column("Kind").texts(), rows.column("Label").texts(), strict=True)
    ]
    often = Counter(said)
    return np.array([bool(_BREAK.search(text)) and often[text] == 1 for text in said], dtype=bool)


def _ask(
    rows: TabRows,
    kind: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    of_kind: np.ndarray,
    found: ProblemList,
) -> None:
    """Ask about what can be read but can hardly be meant; two sheets may say the same."""
    no_time = np.isin(kind, SHORT) & rows.column("Time").blank() & (of_kind < 0)
    found.at_rows(
        Severity.QUESTION,
        rows,
        rows.column("Time"),
        no_time,
        "Without the time of dismissal or of opening a short day changes no session.",
        'Write the time, like "12:30 PM".',
        shown(rows.column("Kind").texts()[int(no_time.argmax())]) if no_time.any() else None,
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
    found.at_rows(
        Severity.QUESTION,
        rows,
        rows.column("To"),
        (kind == "no school") & (start == end) & _says_break_once(rows),
        "This break is one day long.",
        "Write its last day into To, if it is longer.",
    )
    sheets = [sheet_of(number) for number in rows.rows.tolist()]
    for once in ("first day", "last day"):
        places = np.flatnonzero((kind == once) & ~np.isnat(start))
        again = np.zeros(len(rows), dtype=bool)
        again[places] = [
            any(
                abs(start[place] - start[other]) < _HALF_YEAR
                and (start[place] != start[other] or sheets[place] == sheets[other])
                for other in places
                if other < place
            )
            for place in places
        ]
        problem = f"The Calendar has more than one {once} in a school year."
        found.at_rows(Severity.QUESTION, rows, rows.column("Kind"), again, problem, "Keep one.")
