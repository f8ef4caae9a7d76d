"""Which entry tells of which session (counting.md, "Log").

Nearly every student and service has one session and one entry on a date: these are matched at once, as
arrays. Dates with more go through `cells.py`, one by one, by the rules in full.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sheets_sync.ledger.calendars import Bools, Ints
from sheets_sync.ledger.cells import Cell, CellEntry, CellSession, match_cell
from sheets_sync.ledger.entries import Entries, Outcome
from sheets_sync.ledger.lines import Lines
from sheets_sync.tables import Category


@dataclass(frozen=True, eq=False)
class Occurrences:
    """Sessions on available days that belong to a line. `row` is the position in tables.schedule; `group` is
    that of the row, or of its line where the row names none; `late` means that the day's early release or
    late start cuts into it; `span` is the period."""

    row: Ints
    strand: Ints
    course: Ints
    student: Ints
    day: Ints
    start: Ints
    minutes: Ints
    group: Ints
    short_day: Bools
    span: Ints

    def __len__(self) -> int:
        return len(self.row)


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


def match(occurrences: Occurrences, entries: Entries, lines: Lines, courses: int, size: int) -> Matched:
    """Match entries to occurrences of the same student, service and date. Make-ups are never matched."""
    matched = Matched(
        entry=np.full(len(occurrences), -1, dtype=np.int64),
        outcome=np.zeros(len(occurrences), dtype=np.int64),
        minutes=np.full(len(occurrences), -1, dtype=np.int64),
    )
    own = np.flatnonzero((entries.category != Category.MAKE_UP) & (entries.course >= 0))
    cell_o = occurrences.course * size + occurrences.day
    cell_e = entries.course[own] * size + entries.day[own]
    slot_o, slot_e, hard = _slots(occurrences, entries, own, cell_o, cell_e, courses * size)
    session = slot_o[cell_e]
    easy = ~hard[cell_e]
    paired = easy & (session >= 0)
    matched.entry[session[paired]] = own[paired]
    matched.outcome[session[paired]] = entries.outcome[own[paired]]
    matched.minutes[session[paired]] = entries.minutes[own[paired]]
    alone = own[easy & (session < 0)]
    delivered = np.isin(entries.outcome[alone], (Outcome.DELIVERED, Outcome.LATE))
    matched.off_schedule.extend(alone[delivered].tolist())
    matched.missed_nothing.extend(alone[~delivered].tolist())
    _match_hard_cells(occurrences, entries, lines, matched, own[~easy], cell_o, hard, size)
    return matched


def _slots(
    occurrences: Occurrences, entries: Entries, own: Ints, cell_o: Ints, cell_e: Ints, cells: int
) -> tuple[Ints, Ints, Bools]:
    """Give each cell (course and day) its session and its entry, and tell which cells are hard:
    several of either, a team decision, or an entry that names another group."""
    slot_o, slot_e = np.full(cells, -1, dtype=np.int32), np.full(cells, -1, dtype=np.int32)
    slot_o[cell_o] = np.arange(len(cell_o))
    slot_e[cell_e] = np.arange(len(cell_e))
    hard = np.zeros(cells, dtype=bool)
    hard[cell_o[slot_o[cell_o] != np.arange(len(cell_o))]] = True
    hard[cell_e[slot_e[cell_e] != np.arange(len(cell_e))]] = True
    hard[cell_e[entries.outcome[own] == Outcome.TEAM_DECISION]] = True
    session = slot_o[cell_e]
    group = entries.group[own]
    if len(occurrences):
        other = (session >= 0) & (group >= 0) & (occurrences.group[session] != group)
        hard[cell_e[other]] = True
    return slot_o, slot_e, hard


def _match_hard_cells(
    occurrences: Occurrences,
    entries: Entries,
    lines: Lines,
    matched: Matched,
    left: Ints,
    cell_o: Ints,
    hard: Bools,
    size: int,
) -> None:
    cells: dict[int, Cell] = {}
    sessions = np.flatnonzero(hard[cell_o])
    for o, cell, start, minutes, group in zip(
        sessions.tolist(),
        cell_o[sessions].tolist(),
        occurrences.start[sessions].tolist(),
        occurrences.minutes[sessions].tolist(),
        occurrences.group[sessions].tolist(),
        strict=True,
    ):
        cells.setdefault(cell, Cell()).sessions.append(CellSession(o, start, minutes, group))
    for e, cell, start, minutes, group, outcome, category in zip(
        left.tolist(),
        (entries.course[left] * size + entries.day[left]).tolist(),
        entries.start[left].tolist(),
        entries.minutes[left].tolist(),
        entries.group[left].tolist(),
        entries.outcome[left].tolist(),
        entries.category[left].tolist(),
        strict=True,
    ):
        entry = CellEntry(e, start, minutes, group, outcome, category)
        cells.setdefault(cell, Cell()).entries.append(entry)
    active = _ActiveGroups(lines)
    for number, cell in cells.items():
        if cell.entries:
            course, day = divmod(number, size)
            result = match_cell(cell, active.lengths(course, day))
            _record(result, matched)


def _record(result: object, matched: Matched) -> None:
    for session, kept, others in result.sessions:  # type: ignore[attr-defined]
        matched.entry[session] = kept.entry
        matched.outcome[session] = kept.outcome
        matched.minutes[session] = kept.minutes
        if others:
            matched.more[session] = others
    for kept in result.off_schedule:  # type: ignore[attr-defined]
        matched.off_schedule.append(kept.entry)
        matched.off_minutes[kept.entry] = kept.minutes
    matched.pooled.extend(result.pooled)  # type: ignore[attr-defined]
    matched.missed_nothing.extend(result.missed_nothing)  # type: ignore[attr-defined]
    matched.doubles.extend(Double(a, b, same) for a, b, same in result.doubles)  # type: ignore[attr-defined]


class _ActiveGroups:
    """Session lengths of a course's lines that are active on a day, by group (-1 for no group)."""

    def __init__(self, lines: Lines) -> None:
        self._by_course: dict[int, list[tuple[int, int, int, int]]] = {}
        for course, start, end, group, minutes in zip(
            lines.course.tolist(),
            lines.start.tolist(),
            lines.end.tolist(),
            lines.group.tolist(),
            lines.minutes.tolist(),
            strict=True,
        ):
            self._by_course.setdefault(course, []).append((start, end, group, minutes))

    def lengths(self, course: int, day: int) -> dict[int, int]:
        return {
            group: minutes
            for start, end, group, minutes in self._by_course.get(course, ())
            if start <= day <= end
        }
