"""What was seen while counting, for findings to tell of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sheets_sync.ledger.agreement import to_report
from sheets_sync.ledger.attendance import absent_on
from sheets_sync.ledger.available import LOOK_AHEAD
from sheets_sync.ledger.calendars import Ints
from sheets_sync.ledger.entries import is_given
from sheets_sync.ledger.result import Notice
from sheets_sync.ledger.stages import Count
from sheets_sync.tables import CATEGORY_WORDS, Category


def notices(work: Count) -> tuple[Notice, ...]:
    return (*_extra_sessions(work), *_extra_entries(work), *_doubles(work), *_absent_but_delivered(work))


def _extra_sessions(work: Count) -> list[Notice]:
    """Sessions of the Schedule, in the reporting window or the next seven days, that belong to no line."""
    calendar, rows = work.calendar, work.rows
    row, day = work.unassigned
    open_ = np.where(rows.esy[row], calendar.esy_open[day], calendar.open[day])
    left = day > last_day(work, rows.student[row])
    own = np.flatnonzero(open_ & ~left & (day <= calendar.today + LOOK_AHEAD))
    first = np.full(len(rows), calendar.size)
    np.minimum.at(first, row[own], day[own])
    concerned = np.flatnonzero(first < calendar.size)
    table = work.tables.schedule.iloc[concerned]
    return [
        Notice(
            kind="extra-service",
            student=student,
            service=service,
            line=-1,
            date=calendar.day(int(first[r])),
            minutes=int(rows.minutes[r]),
            cells=(work.tables.at("Schedule", sheet_row),),
            providers=_one_provider(work, int(rows.provider[r])),
            text="scheduled",
        )
        for r, student, service, sheet_row in zip(
            concerned.tolist(), table["student"], table["service"], table["row"], strict=True
        )
    ]


def last_day(work: Count, students: Ints) -> Ints:
    """Return the day on which each of these students left, far beyond the last where none did."""
    exits = work.lines.student_exit
    return np.where(students >= 0, exits[students], work.calendar.size)


def _extra_entries(work: Count) -> list[Notice]:
    """Delivered entries that belong to no line: one notice a student, service and provider."""
    entries = work.entries
    nowhere = np.flatnonzero((entries.course < 0) & is_given(entries.outcome))
    off = work.off_schedule[work.off_strand < 0] if len(work.off_schedule) else nowhere[:0]
    own = np.concatenate((nowhere, off))
    own = own[entries.day[own] <= last_day(work, entries.student[own])]
    own = np.sort(own)
    found: dict[tuple[str, str, int], list[int]] = {}
    log = work.tables.log.iloc[entries.log[own]]
    for e, student, service, provider in zip(
        own.tolist(), log["student"], log["service"], entries.provider[own].tolist(), strict=True
    ):
        found.setdefault((student, service, provider), []).append(e)
    return [
        Notice(
            kind="extra-service",
            student=student,
            service=service,
            line=-1,
            date=work.calendar.day(min(int(entries.day[e]) for e in held)),
            minutes=sum(max(int(entries.minutes[e]), 0) for e in held),
            cells=tuple(log_cell(work, e) for e in held[:5]),
            providers=_one_provider(work, provider),
            text=f"given {_times(len(held))}",
        )
        for (student, service, provider), held in found.items()
    ]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def log_cell(work: Count, entry: int) -> str:
    return work.tables.at("Service Log", int(work.log_rows[work.entries.log[entry]]))


def _one_provider(work: Count, number: int) -> tuple[str, ...]:
    return (work.index.providers[number],) if number >= 0 else ()


def doubles_to_tell(work: Count) -> list[tuple[int, int, bool]]:
    """Return two entries of one session, and whether they say the same. One whose code is unknown disagrees
    with nobody: Data Problems has it."""
    unknown = work.entries.category == Category.UNKNOWN
    found = ((one.first, one.second, one.same) for one in to_report(work))
    return [pair for pair in found if not unknown[list(pair[:2])].any()]


def _doubles(work: Count) -> list[Notice]:
    entries = work.entries
    found = doubles_to_tell(work)
    line_of = _lines_of_entries(work, [entry for pair in found for entry in pair[:2]])
    log = work.tables.log.iloc[entries.log[[first for first, _, _ in found]]]
    out = []
    for (first, second, same), student, service in zip(found, log["student"], log["service"], strict=True):
        words = what_two_say(work, first, second, same=same)
        text = f"logged twice as {words[0]}" if same else f"one entry says {words[0]}, another {words[1]}"
        out.append(
            Notice(
                kind="logged-twice" if same else "logs-disagree",
                student=student,
                service=service,
                line=line_of.get(first, line_of.get(second, -1)),
                date=work.calendar.day(int(entries.day[first])),
                minutes=max(int(entries.minutes[first]), 0),
                cells=(log_cell(work, first), log_cell(work, second)),
                providers=tuple(
                    dict.fromkeys(
                        work.index.providers[entries.provider[e]]
                        for e in (first, second)
                        if entries.provider[e] >= 0
                    )
                ),
                text=text,
            )
        )
    return out


def what_two_say(work: Count, first: int, second: int, *, same: bool) -> list[str]:
    """Return what each of two entries says; its minutes where it is these that differ."""
    entries, pair = work.entries, (first, second)
    words = [CATEGORY_WORDS[Category(int(entries.category[e]))] for e in pair]
    if same or words[0] != words[1]:
        return words
    minutes = [int(entries.minutes[e]) for e in pair]
    told = (f"{one} min" if one >= 0 else "no minutes" for one in minutes)
    return [f"{word}, {of}" for word, of in zip(words, told, strict=True)]


def _lines_of_entries(work: Count, entries: Sequence[int] | Ints) -> dict[int, int]:
    """The line of each entry that stands in a session."""
    own = np.flatnonzero(np.isin(work.pieces.entry, entries))
    lines = work.lines.line[work.pieces.strand[own]]
    return dict(zip(work.pieces.entry[own].tolist(), lines.tolist(), strict=True))


def _absent_but_delivered(work: Count) -> list[Notice]:
    """A delivered entry on a day on which the Attendance tab has the student absent."""
    entries = work.entries
    given = np.flatnonzero(is_given(entries.outcome))
    held = given[
        absent_on(work.tables, work.index, entries.student[given], entries.day[given], work.calendar)
    ]
    line_of = _lines_of_entries(work, held)
    log = work.tables.log.iloc[entries.log[held]]
    return [
        Notice(
            kind="absent-but-delivered",
            student=student,
            service=service,
            line=line_of.get(entry, -1),
            date=work.calendar.day(int(entries.day[entry])),
            minutes=max(int(entries.minutes[entry]), 0),
            cells=(log_cell(work, entry),),
            providers=_one_provider(work, int(entries.provider[entry])),
            text="the Attendance tab says absent, the log says delivered",
        )
        for entry, student, service in zip(held.tolist(), log["student"], log["service"], strict=True)
    ]
