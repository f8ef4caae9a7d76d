"""The note on each figure: how it came about, so that it can be checked against a planner (workbook.md).

What is too long for a note stands in `sheets-sync explain`, which shows every session with its cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sheets_sync.findings.words import count, day_words
from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.problems import a1, sheet_row
from sheets_sync.tables import Tables
from sheets_sync.views.line_rows import LineRows, NotAsked, Period, Session
from sheets_sync.views.period_words import arithmetic
from sheets_sync.views.wording import period_label

MOST_LETTERS = 900
MOST_DATES = 24
MOST_ODD_PERIODS = 3
MOST_CELLS = 4

WORDS = {
    "delivered": "delivered",
    "upcoming": "to come",
    "owed": "owed and not made up yet",
    "not_logged": "without an entry in the log",
    "excused": "excused: nobody owes them",
}


@dataclass(frozen=True)
class _Line:
    at: int
    row: Mapping[Any, Any]
    rows: LineRows
    tables: Tables

    def figure(self, name: str) -> int:
        return int(self.row[name])

    def sessions(self, account: str) -> Sequence[Session]:
        return [one for one in self.rows.sessions.get((self.at, account), ()) if one.minutes > 0]

    @property
    def periods(self) -> Sequence[Period]:
        return self.rows.periods.get(self.at, ())

    def label(self, period: Period) -> str:
        return period_label(str(self.row["period"]), period.start, period.end)


def figure_notes(ledger: Ledger, rows: LineRows) -> tuple[Mapping[str, str], ...]:
    """Return a note for each figure ("owed") of each line, in the order of `ledger.lines`.

    A line that could not be counted has none; one that is held has those of its row as it was (frozen.py).
    """
    return tuple(
        {name: _capped(list(write(_Line(at, row, rows, ledger.tables)))) for name, write in NOTES.items()}
        if row["status"] != Status.CHECK_DATA and not row["held"]
        else {}
        for at, row in enumerate(ledger.line_records)
    )


def _capped(lines: Sequence[str]) -> str:
    kept: list[str] = []
    length = 0
    for at, line in enumerate(lines):
        length += len(line) + 1
        if length > MOST_LETTERS - 60:
            return "\n".join([*kept, f"... and {len(lines) - at} more lines: see sheets-sync explain"])
        kept.append(line)
    return "\n".join(kept)


def _account(name: str) -> Callable[[_Line], Iterator[str]]:
    def write(line: _Line) -> Iterator[str]:
        minutes = line.figure(name)
        if not minutes:
            yield f"0 min {WORDS[name]}."
            return
        sessions = line.sessions(name)
        held = sum(one.minutes for one in sessions)
        yield f"{minutes} min {WORDS[name]}" + (f", {count(len(sessions), 'session')}:" if sessions else ":")
        yield from _sessions(sessions, line.tables if name in ("owed", "excused") else None)
        if minutes > held:
            yield from _without_session(line, name, minutes - held)

    return write


def _delivered(line: _Line) -> Iterator[str]:
    yield from _account("delivered")(line)
    if extra := line.figure("extra"):
        yield f"Beside that {extra} min extra: given, but not required, so they stand in no figure."


def _sessions(sessions: Sequence[Session], tables: Tables | None) -> Iterator[str]:
    """One line for each reason and length: "provider absent, 30 min: Nov 4, 11 (Service Log rows 31, 38)"."""
    alike: dict[tuple[str, int], list[Session]] = defaultdict(list)
    for one in sessions:
        reason = "" if one.reason == "delivered" else one.reason
        alike[reason or one.note, one.minutes].append(one)
    for (reason, minutes), those in alike.items():
        each = f"{minutes} min each" if len(those) > 1 else f"{minutes} min"
        words = f"{reason}, {each}" if reason else each
        yield f"{words}: {dates_words([one.date for one in those])}{_cells(those, tables)}"


def _cells(sessions: Sequence[Session], tables: Tables | None) -> str:
    found = list(dict.fromkeys(row for one in sessions for row in one.log_rows[:1]))
    if tables is None or not found or len(found) > MOST_CELLS:
        return ""
    sheets: dict[str, list[int]] = {}
    for number in found:
        sheets.setdefault(tables.tab("Service Log", number), []).append(number)
    return f" ({'; '.join(f'{tab} {_rows(numbers)}' for tab, numbers in sheets.items())})"


def _rows(numbers: Sequence[int]) -> str:
    """Say which rows of a list these are, or which cells of a grid."""
    rows = list(map(sheet_row, numbers))
    if any(a1(number) != f"A{row}" for number, row in zip(numbers, rows, strict=True)):
        return ", ".join(map(a1, numbers))
    return f"{'row' if len(rows) == 1 else 'rows'} {', '.join(map(str, rows))}"


def dates_words(days: Sequence[date]) -> str:
    """Return dates by month, "Sep 3, 5, 8; Oct 1"; of very many the latest and how many are earlier."""
    shown = days[-MOST_DATES:]
    months = groupby(shown, key=lambda day: (day.year, day.month))
    words = "; ".join(
        ", ".join([day_words(first), *(str(day.day) for day in rest)]) for _, (first, *rest) in months
    )
    earlier = len(days) - len(shown)
    return f"{earlier} earlier, {words}" if earlier else words


def _without_session(line: _Line, name: str, minutes: int) -> Iterator[str]:
    """Minutes that no session on the schedule stands for: they are arranged as they come."""
    if name == "upcoming":
        yield f"{minutes} min to be arranged"
        return
    listed = [(one, getattr(one, name)) for one in line.periods if getattr(one, name) > 0]
    yield f"{minutes} min with no session on the schedule"
    yield from (f"{line.label(one)}: {held} min" for one, held in listed[-MOST_DATES:])


def _made_up(line: _Line) -> Iterator[str]:
    sessions = line.sessions("made_up")
    yield f"{line.figure('made_up')} min made up" + (":" if sessions else ".")
    for one in sessions:
        of = f" for {day_words(one.makeup_of)}" if one.makeup_of else ""
        yield f"{day_words(one.date)}: {one.minutes} min{of}{_cells([one], line.tables)}"


def _not_scheduled(line: _Line) -> Iterator[str]:
    found = [one for one in line.periods if one.not_scheduled > 0]
    words = "are on no schedule:" if found else "are missing from the schedule."
    yield f"{line.figure('not_scheduled')} min {words}"
    for one in reversed(found):
        progress = "" if one.ended else ", in progress"
        yield f"{line.label(one)}{progress}: {one.not_scheduled} of {one.required} min"


def _required(line: _Line) -> Iterator[str]:
    asked = [one for one in line.periods if one.required > 0]
    yield f"{line.figure('required')} min asked for to date, the period in progress included."
    if whole := [one for one in asked if one.required == one.full]:
        yield f"{len(whole)} x {whole[-1].full} min in full."
    if asked:
        yield f"On open days {sum(one.scheduled for one in asked)} min are scheduled."
    odd = [one for one in asked if one.required != one.full]
    for one in odd[: -MOST_ODD_PERIODS - 1 : -1]:
        scheduled = f"asked for {one.required} of {one.full}: what is scheduled on open days"
        yield f"{line.label(one)}: {arithmetic(one._asdict()) or scheduled}"
    if len(odd) > MOST_ODD_PERIODS:
        rest = odd[:-MOST_ODD_PERIODS]
        yield f"{len(rest)} earlier in part: {sum(one.required for one in rest)} min"
    if nothing := len(line.periods) - len(asked):
        yield f"{nothing} that ask for nothing: no session could be in them."
    yield from _not_asked(line)


def _not_asked(line: _Line) -> Iterator[str]:
    days = line.rows.not_asked.get(line.at, ())
    minutes = line.figure("not_asked")
    if not minutes and not days:
        yield "Nothing was left out: no closed day fell on a session."
        return
    yield f"Not asked for: {minutes} min." + (" No session could be on" if days else "")
    reasons: dict[str, list[NotAsked]] = defaultdict(list)
    for one in days:
        reasons[one.why].append(one)
    for why, those in reasons.items():
        yield f"{dates_words([one.date for one in those])} ({why})"


def _behind(line: _Line) -> Iterator[str]:
    lost = sum(one.not_scheduled for one in line.periods if one.ended)
    yield f"{line.figure('behind')} min behind:"
    yield f"{line.figure('owed')} owed + {lost} never scheduled in periods that have ended."
    if not_logged := line.figure("not_logged"):
        yield f"{not_logged} min without an entry are not in it yet."


def _percent(line: _Line) -> Iterator[str]:
    running = sum(one.not_scheduled for one in line.periods if not one.ended)
    given = line.figure("delivered") + line.figure("made_up")
    excused, upcoming = line.figure("excused"), line.figure("upcoming")
    due = line.figure("required") - excused - upcoming - running
    yield f"{given} of {due} min" + ("." if due > 0 else ": nothing was due yet.")
    yield f"Given: {line.figure('delivered')} delivered + {line.figure('made_up')} made up."
    yield (
        f"Due: {line.figure('required')} required - {excused} excused - {upcoming} to come"
        f" - {running} not scheduled in the period in progress."
    )


NOTES: Mapping[str, Callable[[_Line], Iterator[str]]] = {
    "behind": _behind,
    "required": _required,
    "delivered": _delivered,
    "made_up": _made_up,
    "upcoming": _account("upcoming"),
    "owed": _account("owed"),
    "not_logged": _account("not_logged"),
    "excused": _account("excused"),
    "not_scheduled": _not_scheduled,
    "percent": _percent,
}
"""By the column of Ledger.lines that the figure stands in."""
