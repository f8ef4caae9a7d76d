"""What was seen while counting: notices that findings tell of, and problems of the sheets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sheets_sync.ledger.attendance import absent_on
from sheets_sync.ledger.available import LOOK_AHEAD
from sheets_sync.ledger.calendars import Ints
from sheets_sync.ledger.entries import Outcome
from sheets_sync.ledger.result import Notice
from sheets_sync.ledger.stages import Count
from sheets_sync.problems import Problem, Severity
from sheets_sync.tables import CATEGORY_WORDS, Category

GIVEN = (Outcome.DELIVERED, Outcome.LATE)
TOO_LONG = "more than twice the session's length; it is counted as written"
NO_LENGTH = "a session without minutes, and the grid names no session length: counted as 0"


def notices(work: Count) -> tuple[Notice, ...]:
    return (*_extra_sessions(work), *_extra_entries(work), *_doubles(work), *_absent_but_delivered(work))


def _extra_sessions(work: Count) -> list[Notice]:
    """Sessions of the Schedule, in the reporting window or the next seven days, that belong to no line."""
    calendar, rows = work.calendar, work.rows
    row, day = work.unassigned
    open_ = np.where(rows.esy[row], calendar.esy_open[day], calendar.open[day])
    left = day > _exit(work, rows.student[row])
    own = np.flatnonzero(open_ & ~left & (day <= calendar.today + LOOK_AHEAD))
    first = np.full(len(rows), calendar.size)
    np.minimum.at(first, row[own], day[own])
    concerned = np.flatnonzero(first < calendar.size)
    table, tab = work.tables.schedule.iloc[concerned], work.tables.tab("Schedule")
    return [
        Notice(
            kind="extra-service",
            student=student,
            service=service,
            line=-1,
            date=calendar.day(int(first[r])),
            minutes=int(rows.minutes[r]),
            cells=(f"{tab}!A{sheet_row}",),
            providers=_one_provider(work, int(rows.provider[r])),
            text=f"{service} is scheduled and stands on no line of the grid in force",
        )
        for r, student, service, sheet_row in zip(
            concerned.tolist(), table["student"], table["service"], table["row"], strict=True
        )
    ]


def _exit(work: Count, students: Ints) -> Ints:
    exits = work.lines.student_exit
    return np.where(students >= 0, exits[students], work.calendar.size)


def _extra_entries(work: Count) -> list[Notice]:
    """Delivered entries that belong to no line: one notice a student, service and provider."""
    entries = work.entries
    nowhere = np.flatnonzero((entries.course < 0) & np.isin(entries.outcome, GIVEN))
    off = work.off_schedule[work.off_strand < 0] if len(work.off_schedule) else nowhere[:0]
    own = np.concatenate((nowhere, off))
    own = own[entries.day[own] <= _exit(work, entries.student[own])]
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
            cells=tuple(_cell(work, e) for e in held[:5]),
            providers=_one_provider(work, provider),
            text=f"{service} was given {len(held)} times and stands on no line of the grid in force",
        )
        for (student, service, provider), held in found.items()
    ]


def _cell(work: Count, entry: int) -> str:
    return f"{work.tables.tab('Service Log')}!A{work.log_rows[work.entries.log[entry]]}"


def _one_provider(work: Count, number: int) -> tuple[str, ...]:
    return (work.index.providers[number],) if number >= 0 else ()


def _doubles(work: Count) -> list[Notice]:
    entries, log = work.entries, work.tables.log
    found = [(one.first, one.second, one.same) for one in work.matched.doubles]
    found += [(first, second, True) for first, second in work.pooled.twice]
    line_of = _lines_of_entries(work, [entry for pair in found for entry in pair[:2]])
    out = []
    for first, second, same in found:
        position = int(entries.log[first])
        words = [CATEGORY_WORDS[Category(int(entries.category[e]))] for e in (first, second)]
        text = f"logged twice as {words[0]}" if same else f"one entry says {words[0]}, another {words[1]}"
        out.append(
            Notice(
                kind="logged-twice" if same else "logs-disagree",
                student=str(log["student"].iat[position]),
                service=str(log["service"].iat[position]),
                line=line_of.get(first, line_of.get(second, -1)),
                date=work.calendar.day(int(entries.day[first])),
                minutes=max(int(entries.minutes[first]), 0),
                cells=(_cell(work, first), _cell(work, second)),
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


def _lines_of_entries(work: Count, entries: Sequence[int] | Ints) -> dict[int, int]:
    """The line of each entry that stands in a session."""
    own = np.flatnonzero(np.isin(work.pieces.entry, entries))
    lines = work.lines.line[work.pieces.strand[own]]
    return dict(zip(work.pieces.entry[own].tolist(), lines.tolist(), strict=True))


def _absent_but_delivered(work: Count) -> list[Notice]:
    """A delivered entry on a day on which the Attendance tab has the student absent."""
    entries = work.entries
    given = np.flatnonzero(np.isin(entries.outcome, GIVEN))
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
            cells=(_cell(work, entry),),
            providers=_one_provider(work, int(entries.provider[entry])),
            text="the Attendance tab says absent, the log says delivered",
        )
        for entry, student, service in zip(held.tolist(), log["student"], log["service"], strict=True)
    ]


def problems(work: Count) -> tuple[Problem, ...]:
    return (
        *_left_out(work),
        *_team_and_late(work),
        *_missed_nothing(work),
        *_minutes(work),
        *_closed_on_open_days(work),
        *_side_by_side(work),
        *_cannot_be_counted(work),
    )


def _log_problem(
    work: Count, position: int, severity: Severity, problem: str, remedy: str, value: str = ""
) -> Problem:
    shown = value or str(work.log_dates[position].astype("datetime64[D]"))
    cell = f"A{work.log_rows[position]}"
    return Problem(severity, work.tables.tab("Service Log"), cell, shown, problem, remedy)


def _left_out(work: Count) -> list[Problem]:
    out = [
        _log_problem(
            work, p, Severity.NOTE, "this entry is dated after today and is not counted yet", "check the date"
        )
        for p in work.log.after_today.tolist()
    ]
    out += [
        _log_problem(
            work,
            p,
            Severity.ERROR,
            "this entry lies outside the school year and the ESY windows and is not counted",
            "check the date, or the First day, Last day and ESY rows of the Calendar",
        )
        for p in work.log.outside.tolist()
    ]
    return out


def _team_and_late(work: Count) -> list[Problem]:
    out = [
        _log_problem(
            work,
            p,
            Severity.ERROR,
            "a team decision that does not say what was decided; the session stays as it was",
            "write in Notes or Reason what the team decided",
            "team decision",
        )
        for p in work.log.undecided.tolist()
    ]
    out += [
        _log_problem(
            work,
            p,
            Severity.ERROR,
            "late or left early without minutes; the session stays not logged",
            "write in Minutes how long the session was",
            "late or left early",
        )
        for p in work.log.no_minutes.tolist()
    ]
    return out


def _missed_nothing(work: Count) -> list[Problem]:
    """An entry that somebody owes, on a day on which nothing was scheduled."""
    entries = work.entries
    own = [e for e in sorted(work.matched.missed_nothing) if entries.outcome[e] == Outcome.OWED]
    return [
        _log_problem(
            work,
            int(entries.log[e]),
            Severity.NOTE,
            "says that a session was missed on a day with nothing scheduled; it counts nowhere",
            "check the date and the Schedule",
        )
        for e in own
    ]


def _minutes(work: Count) -> list[Problem]:
    """Minutes on a missed session, very long sessions, and sessions whose length nobody says."""
    entries, occurrences, matched = work.entries, work.occurrences, work.matched
    out = []
    held = np.flatnonzero(matched.entry >= 0)
    entry = matched.entry[held]
    minutes, planned = entries.minutes[entry], occurrences.minutes[held]
    missed = np.isin(matched.outcome[held], (Outcome.EXCUSED, Outcome.OWED))
    odd = missed & (minutes > 0) & (minutes != planned)
    for e in entry[odd].tolist():
        text = "minutes on a session that was missed are not counted"
        out.append(_minutes_problem(work, e, Severity.NOTE, text, "if it was given, change the status"))
    given = np.isin(matched.outcome[held], GIVEN)
    for e in entry[given & (matched.minutes[held] > 2 * planned)].tolist():
        out.append(_minutes_problem(work, e, Severity.QUESTION, TOO_LONG, "check the minutes"))
    length = work.lines.minutes[work.off_strand] if len(work.lines) else work.off_strand
    long = (work.off_strand >= 0) & (length > 0) & (entries.minutes[work.off_schedule] > 2 * length)
    makeups = [one for one in work.pooled.makeups if one.minutes > 2 * work.lines.minutes[one.strand] > 0]
    for e in (*work.off_schedule[long].tolist(), *(one.entry for one in makeups)):
        out.append(_minutes_problem(work, e, Severity.QUESTION, TOO_LONG, "check the minutes"))
    for e in (one.entry for one in work.pooled.makeups if one.minutes == 0 > entries.minutes[one.entry]):
        out.append(_minutes_problem(work, e, Severity.ERROR, NO_LENGTH, "write the minutes"))
    blank = (work.off_strand >= 0) & (entries.minutes[work.off_schedule] < 0)
    for e, strand in zip(work.off_schedule[blank].tolist(), work.off_strand[blank].tolist(), strict=True):
        if work.lines.minutes[strand] == 0:
            out.append(_minutes_problem(work, e, Severity.ERROR, NO_LENGTH, "write the minutes"))
    return out


def _minutes_problem(work: Count, entry: int, severity: Severity, problem: str, remedy: str) -> Problem:
    minutes = int(work.entries.minutes[entry])
    value = f"{minutes} min" if minutes >= 0 else "(blank)"
    return _log_problem(work, int(work.entries.log[entry]), severity, problem, remedy, value)


def _closed_on_open_days(work: Count) -> list[Problem]:
    """School closed in the log where the Calendar has the day open: one row a date."""
    entries, calendar = work.entries, work.calendar
    own = np.flatnonzero((entries.category == Category.SCHOOL_CLOSED) & calendar.open[entries.day])
    first: dict[int, int] = {}
    for e in own.tolist():
        first.setdefault(int(entries.day[e]), e)
    return [
        _log_problem(
            work,
            int(entries.log[e]),
            Severity.QUESTION,
            "the log says that school was closed, the Calendar has the day open",
            'add the day to the Calendar as "No school"',
        )
        for _, e in sorted(first.items())
    ]


def _side_by_side(work: Count) -> list[Problem]:
    """Two lines of one student, service and group in force together for more than a day."""
    lines, grid = work.lines, work.tables.lines
    kept: dict[tuple[int, int, bool], list[int]] = {}
    sheet_row = grid["row"].to_numpy(np.int64)
    out = []
    several = np.bincount(lines.course[lines.course >= 0], minlength=1) > 1
    for s in np.flatnonzero(lines.counted & (lines.course >= 0) & several[lines.course]).tolist():
        key = (int(lines.course[s]), int(lines.group[s]), bool(lines.esy[s]))
        for other in kept.get(key, []):
            overlap = min(lines.own_end[s], lines.own_end[other]) - max(
                lines.own_start[s], lines.own_start[other]
            )
            if overlap >= 1 and lines.line[s] != lines.line[other]:
                rows = sorted(int(sheet_row[lines.line[x]]) for x in (s, other))
                out.append(
                    Problem(
                        Severity.QUESTION,
                        work.tables.tab("Service Grid"),
                        f"A{rows[1]}",
                        str(grid["service"].iat[int(lines.line[s])]),
                        f"this line and row {rows[0]} are the same service and group, side by side",
                        "has the older one ended? Then give it an End date",
                    )
                )
        kept.setdefault(key, []).append(s)
    return out


def _cannot_be_counted(work: Count) -> list[Problem]:
    """Lines that the count itself could not count: a term that the Calendar does not name."""
    grid = work.tables.lines
    return [
        Problem(
            Severity.ERROR,
            work.tables.tab("Service Grid"),
            f"A{grid['row'].iat[i]}",
            str(grid["frequency_text"].iat[i]),
            f"this line cannot be counted: {reason}",
            "add rows of that kind to the Calendar, or change the frequency",
        )
        for i, reason in enumerate(work.lines.reasons)
        if reason and not grid["reason"].iat[i]
    ]
