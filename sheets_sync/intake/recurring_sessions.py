"""Days, Start, End and Minutes of a Schedule row: on which days, when and how long."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from sheets_sync.intake.bell_schedule import Bells
from sheets_sync.intake.cells import is_blank, shows_error, text_of
from sheets_sync.intake.clock import read_time, read_time_range
from sheets_sync.intake.context import Context
from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.rules_in_period import are_periods, is_period, rules_in_period
from sheets_sync.intake.sessions import Rule, read_schedule
from sheets_sync.intake.shared_columns import note_afternoons, read_length, report_blank
from sheets_sync.intake.tab_rows import Column, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, ErrorValue
from sheets_sync.problems import Severity

_WRITES_THURSDAY = lazy_regex(
    r"(?<![a-z])(?:m|tu?|w|f)*(?:th(?:u|ur|urs|ursdays?)?|r)f?(?![a-z])", re.IGNORECASE
)
"""A Thursday in a cell of days: where a sheet writes it, its T alone is a Tuesday."""

_WHOLE_DAY = lazy_regex(r"\b(?:full|all|whole|entire)[\s-]?(?:school[\s-])?day\b", re.IGNORECASE)

_COLUMNS = ("Days", "Start", "End", "Minutes")


@dataclass(frozen=True)
class Session:
    """One rule of a row. `start` is in minutes after midnight, -1 for none; `minutes` is its length."""

    rule: Rule
    start: int
    minutes: int


@dataclass(frozen=True)
class _Issue:
    severity: Severity
    column: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class _Clock:
    """Start and End of a row, -1 where blank or not to be read."""

    start: int
    end: int


def read_sessions(rows: TabRows, context: Context) -> list[tuple[Session, ...]]:
    """Read each row's sessions, none where they cannot be told; report why, once for each set of cells."""
    columns = {name: rows.column(name) for name in _COLUMNS}
    tuesday = any(_WRITES_THURSDAY.search(text_of(cell)) for cell in columns["Days"].cells)
    combinations = list(zip(*(column.codes.tolist() for column in columns.values()), strict=True))
    places: dict[tuple[int, ...], list[int]] = {}
    for position, combination in enumerate(combinations):
        places.setdefault(combination, []).append(position)
    periods = [text_of(cell) for cell in columns["Start"].cells if is_period(cell)]
    numbered = any(char.isdigit() for text in periods for char in text)
    read: dict[tuple[int, ...], tuple[Session, ...]] = {}
    for combination, positions in places.items():
        cells = {name: columns[name].cells[code] for name, code in zip(_COLUMNS, combination, strict=True)}
        issues: list[_Issue] = []
        in_periods = is_period(cells["Start"]) or (numbered and are_periods(cells["Start"]))
        read[combination] = _read_row(cells, tuesday, in_periods, context, issues)
        _report(rows, columns, positions, issues, context)
    note_afternoons(rows, ["Start", "End"], context.found)
    days = columns["Days"]
    report_blank(context, rows, days, days.blank(), "Days is blank.", 'Write the days, like "Mon, Wed".')
    return [read[combination] for combination in combinations]


def _report(
    rows: TabRows, columns: dict[str, Column], positions: list[int], issues: list[_Issue], context: Context
) -> None:
    where = np.zeros(len(rows), dtype=bool)
    where[positions] = True
    for issue in issues:
        lacks_minutes = issue.column == "Minutes" and columns["Minutes"].position < 0
        instead = "End" if columns["End"].position >= 0 else "Days"
        column = columns[instead if lacks_minutes else issue.column]
        context.found.at_rows(issue.severity, rows, column, where, issue.problem, issue.remedy)


def _read_row(
    cells: dict[str, CellValue], tuesday: bool, in_periods: bool, context: Context, issues: list[_Issue]
) -> tuple[Session, ...]:
    if is_blank(cells["Days"]):
        return ()
    rules = _rules(cells["Days"], tuesday, issues)
    if in_periods and is_blank(cells["End"]):
        return _in_period(rules, cells, context.bells, issues)
    clock = _clock(cells, issues)
    length = _length(cells, clock, context.school_minutes, issues)
    if rules is None or clock is None or length is None:
        return ()
    sessions = tuple(_session(rule, clock, length, issues) for rule in rules)
    if all(session.minutes > 0 for session in sessions):
        return sessions
    issues.append(
        _Issue(
            Severity.ERROR,
            "Minutes",
            "How long the session is cannot be told: the row yields no session.",
            "Write when it ends into End, or how long it is into Minutes.",
        )
    )
    return ()


def _in_period(
    rules: tuple[Rule, ...] | None, cells: dict[str, CellValue], bells: Bells, issues: list[_Issue]
) -> tuple[Session, ...]:
    """Read a row whose Start is a period ("Period 3"): the bell schedule says when it is on each of the days.

    Minutes that are stated are the session's, which need not fill the period.
    """
    stated = 0 if is_blank(cells["Minutes"]) else _length(cells, None, None, issues)
    if rules is None or stated is None:
        return ()
    if any(rule.start is not None for rule in rules):
        problem = "Days names a time, and Start a period: the row yields no session."
        issues.append(_Issue(Severity.ERROR, "Days", problem, "Write one of them."))
        return ()
    reading = rules_in_period(rules, text_of(cells["Start"]), bells)
    if reading.value is None:
        problem = f"{reading.problem} The row yields no session."
        issues.append(_Issue(Severity.ERROR, "Start", problem, reading.remedy))
        return ()
    if stated > min(end - start for _, start, end in reading.value):
        problem = "The period is shorter than this; these minutes were taken."
        issues.append(_Issue(Severity.QUESTION, "Minutes", problem, "Mend the one that is wrong."))
    return tuple(Session(rule, start, stated or end - start) for rule, start, end in reading.value)


def _session(rule: Rule, clock: _Clock, length: int, issues: list[_Issue]) -> Session:
    """Put the row's columns and the times in its Days cell together; the columns go first."""
    of_rule = -1 if rule.start is None else rule.start
    start = clock.start if clock.start >= 0 else of_rule
    if clock.start >= 0 and of_rule not in (-1, clock.start):
        issues.append(
            _Issue(
                Severity.QUESTION,
                "Days",
                "Days and Start name different times; Start was taken.",
                "Write each time into a row of its own.",
            )
        )
    if length:
        return Session(rule, start, length)
    end = clock.end if clock.end >= 0 else (-1 if rule.end is None else rule.end)
    return Session(rule, start, max(end - start, 0) if start >= 0 and end >= 0 else 0)


def _rules(cell: CellValue, tuesday: bool, issues: list[_Issue]) -> tuple[Rule, ...] | None:
    if isinstance(cell, ErrorValue):
        reading: Reading[tuple[Rule, ...]] = shows_error(cell)
    else:
        reading = read_schedule(text_of(cell), tuesday)
    if reading.value and not all(rule.weekdays or rule.cycle_days for rule in reading.value):
        reading = Reading(None, "This names no day of the week.", 'Write the days, like "Mon, Wed".')
    _note(reading, "Days", issues)
    return reading.value


def _clock(cells: dict[str, CellValue], issues: list[_Issue]) -> _Clock | None:
    """Read Start and End; a range in Start ("9:00-9:30") is both. None where they contradict each other."""
    start, end = cells["Start"], cells["End"]
    if isinstance(start, str) and is_blank(end) and (both := read_time_range(start)).value is not None:
        first, last = both.value
        return _Clock(first, -1 if last is None else last)
    clock = _Clock(_time(start, "Start", issues), _time(end, "End", issues))
    if 0 <= clock.end <= clock.start:
        remedy = 'Write am or pm with both, like "1:15 PM".'
        issues.append(_Issue(Severity.ERROR, "End", "End is not after Start.", remedy))
        return None
    return clock


def _time(cell: CellValue, column: str, issues: list[_Issue]) -> int:
    if is_blank(cell) or _is_whole_day(cell):
        return -1
    reading: Reading[int] = shows_error(cell) if isinstance(cell, ErrorValue) else read_time(cell)
    _note(reading, column, issues, Severity.QUESTION)
    return -1 if reading.value is None else reading.value


def _length(
    cells: dict[str, CellValue], clock: _Clock | None, school_minutes: int | None, issues: list[_Issue]
) -> int | None:
    """Return the length that the row's columns state, 0 if they state none, None if it cannot be read."""
    between = clock.end - clock.start if clock and clock.start >= 0 and clock.end >= 0 else 0
    cell = cells["Minutes"]
    if not between and any(map(_is_whole_day, cells.values())) and (is_blank(cell) or _is_whole_day(cell)):
        return _whole_day(school_minutes, issues)
    if is_blank(cell) or _is_whole_day(cell):
        return between
    reading: Reading[int] = shows_error(cell) if isinstance(cell, ErrorValue) else read_length(cell)
    _note(reading, "Minutes", issues, Severity.QUESTION if between else Severity.ERROR)
    if reading.value is None:
        return between or None
    if between and reading.value != between:
        problem = f"From Start to End it is {between} minutes; they were taken."
        issues.append(_Issue(Severity.QUESTION, "Minutes", problem, "Make the three agree."))
    return between or reading.value


def _whole_day(school_minutes: int | None, issues: list[_Issue]) -> int | None:
    if school_minutes is None:
        problem = "How long a full day is, is not known: the row yields no session."
        remedy = "Write [school] school_minutes into the configuration, or Start and End here."
        issues.append(_Issue(Severity.ERROR, "Days", problem, remedy))
    return school_minutes


def _is_whole_day(cell: CellValue) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST and _WHOLE_DAY.search(cell) is not None


def _note(
    reading: Reading[object] | Reading[int] | Reading[tuple[Rule, ...]],
    column: str,
    issues: list[_Issue],
    unread: Severity = Severity.ERROR,
) -> None:
    if reading.problem:
        severity = unread if reading.value is None else Severity.QUESTION
        issues.append(_Issue(severity, column, reading.problem, reading.remedy))
