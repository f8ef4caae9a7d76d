"""Which entry tells of which session (counting.md, "Log").

Nearly every student and service has one session and one entry on a date: these are matched at once, as
arrays. Dates with more go through `cells.py`, one by one, by the rules in full.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.cells import Cell, CellEntry, CellResult, CellSession, match_cell
from sheets_sync.ledger.entries import Entries, Outcome, is_given
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.occurrences import Occurrences
from sheets_sync.ledger.two_by_two import settled_pairs
from sheets_sync.tables import Category


@dataclass(frozen=True, eq=False)
class Double:
    """Two entries of what can only be one session; positions in Entries. `same`: logged twice."""

    first: int
    second: int
    same: bool


@dataclass(eq=False)
class Matched:
    """What the log says of each occurrence: `entry` (position in Entries, -1 none), `outcome`, `minutes`
    (delivered minutes as given, -1 blank). `more` lists further entries of one session.

    `off_schedule` are delivered entries without a session (position, minutes or -1). `pooled` are team
    decisions on a date without a session. `missed_nothing` are missed entries on a day with nothing to miss.
    """

    entry: Ints
    outcome: Ints
    minutes: Ints
    more: dict[int, list[int]] = field(default_factory=dict)
    off_schedule: list[int] = field(default_factory=list)
    off_minutes: dict[int, int] = field(default_factory=dict)
    pooled: list[int] = field(default_factory=list)
    missed_nothing: list[int] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)


def match(
    occurrences: Occurrences, entries: Entries, lines: Lines, courses: int, calendar: SchoolCalendar
) -> Matched:
    """Match entries to occurrences of the same student, service and date. Make-ups are never matched, and
    occurrences on closed days have no entry.

    A cell is a course on a day of the reporting window: course x days of the window + day.
    """
    first, size = calendar.window_start, max(calendar.today - calendar.window_start + 1, 1)
    matched = Matched(
        entry=np.full(len(occurrences), -1, dtype=np.int64),
        outcome=np.zeros(len(occurrences), dtype=np.int64),
        minutes=np.full(len(occurrences), -1, dtype=np.int64),
    )
    own = np.flatnonzero((entries.category != Category.MAKE_UP) & (entries.course >= 0))
    held = np.flatnonzero(~occurrences.on_closed_day & (occurrences.day <= calendar.today))
    cell_o = occurrences.course[held] * size + occurrences.day[held] - first
    cell_e = entries.course[own] * size + entries.day[own] - first
    slot_o, hard = _slots(occurrences, entries, held, own, cell_o, cell_e, courses * size)
    session = slot_o[cell_e]
    easy = ~hard[cell_e]
    paired = easy & (session >= 0)
    _give(matched, entries, session[paired], own[paired])
    alone = own[easy & (session < 0)]
    delivered = is_given(entries.outcome[alone])
    decided = entries.outcome[alone] == Outcome.TEAM_DECISION
    matched.off_schedule.extend(alone[delivered].tolist())
    matched.pooled.extend(alone[decided].tolist())
    matched.missed_nothing.extend(alone[~delivered & ~decided].tolist())
    told = np.zeros(len(hard), dtype=bool)
    told[cell_e] = hard[cell_e]
    sessions, left = held[told[cell_o]], own[~easy]
    settled = settled_pairs(occurrences, entries, sessions, left, calendar.size)
    _give(matched, entries, *settled)
    sessions = sessions[matched.entry[sessions] < 0]
    left = left[~np.isin(left, settled[1], assume_unique=True)]
    cells = _hard_cells(occurrences, entries, lines, sessions, left)
    active = _ActiveGroups(lines, np.unique([course for course, _ in cells]))
    for (course, day), cell in cells.items():
        if cell.entries:
            _record(match_cell(cell, active.lengths(course, day)), matched)
    return matched


def _give(matched: Matched, entries: Entries, session: Ints, entry: Ints) -> None:
    """Let each session have the entry beside it; a team decision excuses it."""
    outcome = entries.outcome[entry]
    matched.entry[session] = entry
    matched.outcome[session] = np.where(outcome == Outcome.TEAM_DECISION, Outcome.EXCUSED, outcome)
    matched.minutes[session] = entries.minutes[entry]


def _slots(
    occurrences: Occurrences,
    entries: Entries,
    held: Ints,
    own: Ints,
    cell_o: Ints,
    cell_e: Ints,
    cells: int,
) -> tuple[npt.NDArray[np.int32], Bools]:
    """Give each cell (course and day) its session, and tell which cells are hard: several sessions or
    entries, or an entry that names another group."""
    slot_o, slot_e = np.full(cells, -1, dtype=np.int32), np.full(cells, -1, dtype=np.int32)
    slot_o[cell_o] = held
    slot_e[cell_e] = own
    hard = np.zeros(cells, dtype=bool)
    hard[cell_o[slot_o[cell_o] != held]] = True
    hard[cell_e[slot_e[cell_e] != own]] = True
    if len(occurrences):
        session, group = slot_o[cell_e], entries.group[own]
        planned = occurrences.group[session]
        other = (session >= 0) & (group >= 0) & (planned >= 0) & (planned != group)
        hard[cell_e[other]] = True
    return slot_o, hard


def _hard_cells(
    occurrences: Occurrences, entries: Entries, lines: Lines, sessions: Ints, left: Ints
) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    for o, course, day, start, minutes, group, line_group in zip(
        sessions.tolist(),
        occurrences.course[sessions].tolist(),
        occurrences.day[sessions].tolist(),
        occurrences.start[sessions].tolist(),
        occurrences.minutes[sessions].tolist(),
        occurrences.group[sessions].tolist(),
        lines.group[occurrences.strand[sessions]].tolist(),
        strict=True,
    ):
        cell = cells.setdefault((course, day), Cell())
        cell.sessions.append(CellSession(o, start, minutes, group, line_group))
    for e, course, day, start, minutes, group, outcome, category in zip(
        left.tolist(),
        entries.course[left].tolist(),
        entries.day[left].tolist(),
        entries.start[left].tolist(),
        entries.minutes[left].tolist(),
        entries.group[left].tolist(),
        entries.outcome[left].tolist(),
        entries.category[left].tolist(),
        strict=True,
    ):
        cell = cells.setdefault((course, day), Cell())
        cell.entries.append(CellEntry(e, start, minutes, group, outcome, category))
    return cells


def _record(result: CellResult, matched: Matched) -> None:
    for session, kept, others in result.sessions:
        matched.entry[session] = kept.entry
        matched.outcome[session] = kept.outcome
        matched.minutes[session] = kept.minutes
        if others:
            matched.more[session] = others
    for kept in result.off_schedule:
        matched.off_schedule.append(kept.entry)
        matched.off_minutes[kept.entry] = kept.minutes
    matched.pooled.extend(result.pooled)
    matched.missed_nothing.extend(result.missed_nothing)
    matched.doubles.extend(Double(a, b, same) for a, b, same in result.doubles)


class _ActiveGroups:
    """Session lengths of a course's lines that are active on a day, by group (-1 for no group)."""

    def __init__(self, lines: Lines, courses: Ints) -> None:
        own = np.isin(lines.course, courses)
        self._by_course: dict[int, list[tuple[int, int, int, int]]] = {}
        for course, start, end, group, minutes in zip(
            lines.course[own].tolist(),
            lines.start[own].tolist(),
            lines.end[own].tolist(),
            lines.group[own].tolist(),
            lines.minutes[own].tolist(),
            strict=True,
        ):
            self._by_course.setdefault(course, []).append((start, end, group, minutes))

    def lengths(self, course: int, day: int) -> dict[int, int]:
        return {
            group: minutes
            for start, end, group, minutes in self._by_course.get(course, ())
            if start <= day <= end
        }
