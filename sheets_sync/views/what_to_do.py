"""What to do about a line, in plain sentences: the cause that still runs first (workbook.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from string import ascii_uppercase
from typing import Any

from sheets_sync.findings.grid_lines import ARRANGED_PERIODS, school_days_between
from sheets_sync.findings.missed import why_owed
from sheets_sync.findings.words import count, day_words, sentence
from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.ledger.rules import Rules
from sheets_sync.tables import Category
from sheets_sync.views.line_rows import LineRows, Period, Session, line_rows
from sheets_sync.views.wording import (
    amount_words,
    each_words,
    listed,
    long_day,
    period_label,
    period_labels,
    to_day,
)

MOST_DATES = 6
MOST_EXTRA = 3
WATCH_DAYS = 20
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Line:
    """One line with everything that the sentences about it are made from."""

    row: Mapping[Any, Any]
    rows: LineRows
    at: int
    served: bool
    ledger: Ledger
    rules: Rules

    @property
    def status(self) -> Status:
        return Status(self.row["status"])

    @property
    def over(self) -> bool:
        return bool(self.row["over"])

    @property
    def period(self) -> str:
        return str(self.row["period"])

    def figure(self, name: str) -> int:
        return int(self.row[name])

    def sessions(self, account: str) -> Sequence[Session]:
        return [one for one in self.rows.sessions.get((self.at, account), ()) if one.minutes > 0]

    @property
    def periods(self) -> Sequence[Period]:
        return self.rows.periods.get(self.at, ())

    @property
    def judged(self) -> Period | None:
        """The period in progress, or where it asks for nothing the last that asked for something."""
        return next((one for one in reversed(self.periods) if one.required > 0), None)


def what_to_do(ledger: Ledger, rules: Rules | None = None, rows: LineRows | None = None) -> tuple[str, ...]:
    """Return one text a line, in the order of `ledger.lines`; "" where nothing is to do.

    `rules` are those by which it was counted (the grace days before a session is asked for). No text names
    the student.
    """
    taken = rows or line_rows(ledger)
    chosen = rules or Rules()
    served = set(ledger.served["line"].tolist())
    lines = ledger.line_records
    return tuple(
        " ".join(_sentences(_Line(row, taken, at, at in served, ledger, chosen)))
        for at, row in enumerate(lines)
    )


def _sentences(line: _Line) -> Iterator[str]:
    causes = BY_STATUS.get(line.status, CAUSES)
    for cause in causes:
        yield from cause(line)


def _check_data(line: _Line) -> Iterator[str]:
    yield sentence(line.row["reason"] or "The line cannot be counted")
    tab, _, cell = str(line.row["cell"]).rpartition("!")
    yield f"Nothing is counted until {tab.strip()} row {cell.lstrip(ascii_uppercase)} is mended."


def _as_needed(line: _Line) -> Iterator[str]:
    if extra := line.figure("extra"):
        yield f"Given as needed: {extra} min so far."


def _not_started(line: _Line) -> Iterator[str]:
    start = to_day(line.row["start"])
    if start and start > line.ledger.today:
        yield f"Starts {long_day(start)}."


def _ended(line: _Line) -> Iterator[str]:
    if end := to_day(line.row["end"]):
        yield f"Ended {long_day(end)}."


def _schedule(line: _Line) -> Iterator[str]:
    """Say what the schedule lacks in the period that is judged."""
    judged = line.judged
    if line.over or judged is None or judged.not_scheduled <= 0:
        return
    if judged.ended and line.status not in (Status.NOT_SCHEDULED, Status.PARTLY_SCHEDULED):
        return
    row = line.row
    frequency = (int(row["sessions"]), int(row["minutes"]), int(row["total"]), line.period, int(row["n"]))
    if not line.served and (row["group"] == "consultation" or line.period in ARRANGED_PERIODS):
        if not judged.ended:
            yield _arrange(line, judged)
    elif line.status is Status.NOT_SCHEDULED:
        yield f"Schedule {amount_words(*frequency)}: none is on the schedule."
    else:
        yield _add(line, judged)


def _unread(line: _Line) -> Iterator[str]:
    """Say that the student stands on the Schedule where nothing could be read."""
    cell = line.ledger.tables.unread_sessions.get(str(line.row["student"]))
    if cell and line.status in (Status.NOT_SCHEDULED, Status.PARTLY_SCHEDULED):
        yield f"A cell of the Schedule that names the student could not be read: see Data Problems ({cell})."


def _arrange(line: _Line, period: Period) -> str:
    given = period.delivered + period.made_up
    left = period.upcoming + period.not_scheduled
    end = min(period.end, to_day(line.row["end"]) or period.end)
    end = max(line.ledger.today, line.ledger.calendar.nth_open_day_back(end + ONE_DAY, 1))
    return f"Arrange {left} min by {day_words(end)}: {given or 'none'} of {period.required} given so far."


def _add(line: _Line, period: Period) -> str:
    """Count in sessions where they come out even, in minutes otherwise."""
    minutes, planned = int(line.row["minutes"]), period.scheduled + period.shut
    each = each_words("week" if line.period == "day" else line.period, int(line.row["n"]))
    missing = period.full - planned
    if missing <= 0:
        when = period_label(line.period, period.start, period.end)
        return f"Add {period.not_scheduled} min in this period ({when})."
    if minutes and missing % minutes == 0 and planned % minutes == 0:
        there, whole = planned // minutes, period.full // minutes
        verb = "is" if there == 1 else "are"
        return f"Add {missing // minutes} x {minutes} {each}: only {there} of {whole} {verb} scheduled."
    return f"Add {missing} min {each}: only {planned} of {period.full} min are scheduled."


def _make_up(line: _Line) -> Iterator[str]:
    behind = line.figure("behind")
    if behind <= 0:
        return
    owed = line.sessions("owed")
    lost = [one for one in line.periods if one.ended and one.not_scheduled > 0]
    never = sum(one.not_scheduled for one in lost)
    parts = [_owed_words(owed)] if owed else []
    if never:
        when = period_labels(line.period, [(one.start, one.end) for one in lost])
        amount = f"{never} min " if owed else ""
        parts.append(f"{amount}never scheduled ({when})")
    verb = "Make up" if behind >= line.rules.min_behind else "Only"
    tail = "" if behind >= line.rules.min_behind else " behind, too few to report"
    yield f"{verb} {behind} min{tail}: {'; '.join(parts)}." if parts else f"{verb} {behind} min{tail}."


def _owed_words(sessions: Sequence[Session]) -> str:
    """Return "Nov 4, Nov 6 (provider absent), Nov 12 (field trip)"; minutes where they are not all alike."""
    plain = len({one.minutes for one in sessions}) == 1
    groups: dict[str, list[str]] = defaultdict(list)
    for one in sessions[:MOST_DATES]:
        groups[why_owed(one.category, one.reason, one.note)].append(
            ("" if plain else f"{one.minutes} min of ") + day_words(one.date)
        )
    words = ", ".join(f"{', '.join(days)} ({why})" for why, days in groups.items())
    more = len(sessions) - MOST_DATES
    return f"{words} ... and {more} more" if more > 0 else words


def _log(line: _Line) -> Iterator[str]:
    """Ask for the entries of sessions past the grace days, and for an ended period's consultations."""
    late = [one for one in line.sessions("not_logged") if line.over or _is_late(line, one.date)]
    if silent := [one for one in late if not one.log_rows]:
        yield f"Log {_days_of(silent)}: no entry yet ({sum(one.minutes for one in silent)} min)."
    if unclear := [one for one in late if one.log_rows]:
        minutes = sum(one.minutes for one in unclear)
        yield f"Mend the entry of {_days_of(unclear)}: it cannot be counted ({minutes} min)."
    if line.row["group"] == "consultation":
        held = sum(one.minutes for one in line.sessions("not_logged"))
        ended = [one for one in line.periods if one.ended and one.not_logged > 0]
        rest = sum(one.not_logged for one in ended) - held
        if rest > 0:
            when = period_labels(line.period, [(one.start, one.end) for one in ended])
            yield f"Log {rest} min of consultation: {when}."


def _days_of(sessions: Sequence[Session]) -> str:
    return listed(list(dict.fromkeys(day_words(one.date) for one in sessions)), MOST_DATES)


def _is_late(line: _Line, day: date) -> bool:
    return school_days_between(line.ledger.calendar, day, line.ledger.today) > line.rules.log_grace_days


def _differs(line: _Line) -> Iterator[str]:
    """A line that lacks sessions differs in their count by that alone: it is said once."""
    judged = line.judged
    if line.over or not line.row["differs"] or (judged and judged.not_scheduled > 0):
        return
    yield sentence("Check the schedule: " + "; ".join(line.row["differs"]))


def _extra(line: _Line) -> Iterator[str]:
    """Ask about extra minutes that follow a missed session, as far as it is not covered: they may be a
    make-up."""
    owed = line.sessions("owed")
    given = [one for one in line.sessions("extra") if one.category != Category.MAKE_UP]
    for_date: dict[date, list[Session]] = defaultdict(list)
    left = {other.date: other.minutes for other in owed}
    for one in given:
        missed = next((day for day, minutes in left.items() if day < one.date and minutes > 0), None)
        if missed:
            for_date[missed].append(one)
            left[missed] -= one.minutes
    for missed_on, those in list(for_date.items())[:MOST_EXTRA]:
        days = listed([day_words(one.date) for one in those], MOST_DATES)
        minutes, repaired = sum(one.minutes for one in those), day_words(missed_on)
        yield f"{minutes} min extra on {days}: if they make up {repaired}, write make-up as the status."


def _watch(line: _Line) -> Iterator[str]:
    if not line.row["watch"]:
        return
    missed, refused = int(line.row["missed_watch"]), int(line.row["refused_watch"])
    words = f"The student missed {count(missed, 'session')} in the last {WATCH_DAYS} school days"
    if refused:
        words += f", {refused if refused < missed else 'all'} refused"
    yield f"{words}: time to ask why."


Cause = Callable[[_Line], Iterator[str]]

CAUSES: Sequence[Cause] = (_schedule, _unread, _make_up, _log, _differs, _extra, _watch)
BY_STATUS: Mapping[Status, Sequence[Cause]] = {
    Status.CHECK_DATA: (_check_data,),
    Status.AS_NEEDED: (_as_needed,),
    Status.NOT_STARTED: (_not_started,),
    Status.ENDED: (_ended, _make_up),
}
