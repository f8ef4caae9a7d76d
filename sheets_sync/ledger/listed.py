"""What the count lists on Data Problems: entries that count nowhere, odd minutes, lines side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sheets_sync.ledger.entries import Outcome, is_given
from sheets_sync.ledger.notices import doubles_to_tell, last_day, log_cell, what_two_say
from sheets_sync.ledger.stages import Count
from sheets_sync.problems import Problem, Severity, a1, record_place, sheet_of
from sheets_sync.tables import Category

TOO_LONG = "This is more than twice the session's length; it is counted as written."
_NAMED = 5
"""So many cells of one cause are named one by one."""
NO_LENGTH = "A session without minutes, and the grid names no session length: it is counted as 0."


def problems(work: Count) -> tuple[Problem, ...]:
    return (
        *_left_out(work),
        *_team_and_late(work),
        *_missed_nothing(work),
        *_missed_of_no_line(work),
        *_of_one_session(work),
        *_minutes(work),
        *_closed_on_open_days(work),
        *_side_by_side(work),
        *_cannot_be_counted(work),
    )


def _log_problem(
    work: Count,
    position: int,
    severity: Severity,
    problem: str,
    remedy: str,
    value: str = "",
    column: str = "Date",
) -> Problem:
    """Tell of an entry at the cell of the column that is to be mended."""
    shown = value or str(work.log_dates[position].astype("datetime64[D]"))
    row = int(work.log_rows[position])
    tab, cell = work.tables.tab("Service Log", row), work.tables.cell("Service Log", column, row)
    return Problem(severity, tab, cell, shown, problem, remedy)


def _left_out(work: Count) -> list[Problem]:
    out = [
        _log_problem(
            work,
            p,
            Severity.NOTE,
            "This entry is dated after today and is not counted yet.",
            "Check the date.",
        )
        for p in work.log.after_today.tolist()
    ]
    out += [
        _log_problem(
            work,
            p,
            Severity.ERROR,
            "This entry lies outside the school year and the ESY windows and is not counted.",
            "Check the date, or the First day, Last day and ESY rows of the Calendar.",
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
            "This team decision does not say what was decided; the session stays as it was.",
            "Write in Notes or Reason what the team decided.",
            "team decision",
            "Status",
        )
        for p in work.log.undecided.tolist()
    ]
    doubles = doubles_to_tell(work) if len(work.log.no_minutes) else []
    beside = {int(work.entries.log[e]) for pair in doubles for e in pair[:2]}
    for p in work.log.no_minutes.tolist():
        what = "another entry of this session counts" if p in beside else "the session stays not logged"
        text = f'This entry says "late or left early" and no minutes; {what}.'
        remedy = "Write in Minutes how long the session was."
        out.append(_log_problem(work, p, Severity.ERROR, text, remedy, "late or left early", "Minutes"))
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
            "This entry says that a session was missed, on a day with nothing scheduled; it counts nowhere.",
            "Check the date and the Schedule.",
        )
        for e in own
    ]


def _missed_of_no_line(work: Count) -> list[Problem]:
    """Entries that somebody owes, of a service that no line of the student is of: one a student and service.
    What was given so is an extra service (notices.py)."""
    entries = work.entries
    own = (entries.course < 0) & (entries.student >= 0) & (entries.outcome == Outcome.OWED)
    own = np.flatnonzero(own)
    own = own[entries.day[own] <= last_day(work, entries.student[own])]
    log = work.tables.log.iloc[entries.log[own]]
    found: dict[tuple[str, str], list[int]] = {}
    for position, student, service in zip(
        entries.log[own].tolist(), log["student"], log["service"], strict=True
    ):
        found.setdefault((student, service), []).append(position)
    return [
        _log_problem(
            work,
            held[0],
            Severity.NOTE,
            f"A missed session of {service}, which is on no line of the student in the Service Grid:"
            f" it counts nowhere.{f' ({len(held)} entries)' if held[1:] else ''}",
            "If the student has this service, write it into the Service Grid; else check the service.",
        )
        for (_, service), held in found.items()
    ]


def _of_one_session(work: Count) -> list[Problem]:
    """Two entries of one session, at the first of both (counting.md, "Log": reported with both cells)."""
    out = []
    no_minutes = set(work.log.no_minutes.tolist())
    for first, second, same in doubles_to_tell(work):
        says, other = what_two_say(work, first, second, same=same)
        if same:
            text = f"This session stands at {log_cell(work, second)} too: it is counted once."
            remedy = "Remove one of the two entries, or give each its start time."
        else:
            counts = "What is less favourable to the school counts"
            if any(int(work.entries.log[e]) in no_minutes for e in (first, second)):
                counts = "The one that says how long it was counts"
            text = (
                f'Two entries of one session disagree: this says "{says}", {log_cell(work, second)} says '
                f'"{other}". {counts}.'
            )
            remedy = "Agree on what happened, and mend the entry that is wrong."
        severity = Severity.NOTE if same else Severity.QUESTION
        out.append(_log_problem(work, int(work.entries.log[first]), severity, text, remedy, says, "Status"))
    return out


def _minutes(work: Count) -> list[Problem]:
    """Minutes on a missed session, very long sessions, and sessions whose length nobody says: what is no
    error in one problem a cause."""
    entries, occurrences, matched = work.entries, work.occurrences, work.matched
    out = []
    told = (entries.minutes > 0)[matched.entry] if len(entries) else matched.entry >= 0
    held = np.flatnonzero((matched.entry >= 0) & told)
    held = held[entries.minutes[matched.entry[held]] != occurrences.minutes[held]]
    entry, planned = matched.entry[held], occurrences.minutes[held]
    odd = np.isin(matched.outcome[held], (Outcome.EXCUSED, Outcome.OWED))
    text = "Minutes on a session that was missed are not counted."
    remedy = "If it was given, change the status."
    out += _minutes_of_all(work, entry[odd].tolist(), Severity.NOTE, text, remedy)
    given = is_given(matched.outcome[held])
    too_long = entry[given & (matched.minutes[held] > 2 * planned)].tolist()
    length = work.lines.minutes[work.off_strand] if len(work.lines) else work.off_strand
    long = (work.off_strand >= 0) & (length > 0) & (entries.minutes[work.off_schedule] > 2 * length)
    makeups = [one for one in work.pooled.makeups if one.minutes > 2 * work.lines.minutes[one.strand] > 0]
    too_long += [*work.off_schedule[long].tolist(), *(one.entry for one in makeups)]
    out += _minutes_of_all(work, too_long, Severity.QUESTION, TOO_LONG, "Check the minutes.")
    for e in (one.entry for one in work.pooled.makeups if one.minutes == 0 > entries.minutes[one.entry]):
        out.append(_minutes_problem(work, e, Severity.ERROR, NO_LENGTH, "Write the minutes."))
    blank = (work.off_strand >= 0) & (entries.minutes[work.off_schedule] < 0)
    for e, strand in zip(work.off_schedule[blank].tolist(), work.off_strand[blank].tolist(), strict=True):
        if work.lines.minutes[strand] == 0:
            out.append(_minutes_problem(work, e, Severity.ERROR, NO_LENGTH, "Write the minutes."))
    return out


def _minutes_of_all(
    work: Count, entries: list[int], severity: Severity, problem: str, remedy: str
) -> list[Problem]:
    """Tell of these entries at the first of each sheet, and which they are: all of few, the last of many."""
    by_tab: dict[str, list[Problem]] = {}
    for e in sorted(entries, key=lambda e: int(work.log_rows[work.entries.log[e]])):
        one = _minutes_problem(work, e, severity, problem, remedy)
        by_tab.setdefault(one.tab, []).append(one)
    return [_as_one(alike) for alike in by_tab.values()]


def _as_one(alike: list[Problem]) -> Problem:
    cells = list(dict.fromkeys(one.cell for one in alike))
    if len(cells) == 1:
        return alike[0]
    which = f": {', '.join(cells)}" if len(cells) <= _NAMED else f", the last is {cells[-1]}"
    return replace(alike[0], problem=f"{alike[0].problem} ({len(cells)} cells{which})")


def _minutes_problem(work: Count, entry: int, severity: Severity, problem: str, remedy: str) -> Problem:
    minutes = int(work.entries.minutes[entry])
    value = f"{minutes} min" if minutes >= 0 else "(blank)"
    return _log_problem(work, int(work.entries.log[entry]), severity, problem, remedy, value, "Minutes")


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
            "The log says that school was closed, the Calendar has the day open.",
            'Add the day to the Calendar as "No school".',
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
                        work.tables.tab("Service Grid", rows[1]),
                        a1(rows[1]),
                        str(grid["service"].iat[int(lines.line[s])]),
                        f"This line and {_other_line(work, *rows)} are the same service and group,"
                        " side by side.",
                        "Has the older one ended? Then give it an End date.",
                    )
                )
        kept.setdefault(key, []).append(s)
    return out


def _other_line(work: Count, other: int, this: int) -> str:
    one_sheet = sheet_of(other) == sheet_of(this)
    return record_place(other) if one_sheet else work.tables.at("Service Grid", other)


def _cannot_be_counted(work: Count) -> list[Problem]:
    """Lines that the count itself could not count: a term that the Calendar does not name."""
    grid = work.tables.lines
    rows = grid["row"].to_numpy(np.int64)
    return [
        Problem(
            Severity.ERROR,
            work.tables.tab("Service Grid", int(rows[i])),
            work.tables.cell("Service Grid", "Frequency", int(rows[i])),
            str(grid["frequency_text"].iat[i]),
            f"This line cannot be counted: {reason}.",
            "Add rows of that kind to the Calendar, or change the frequency.",
        )
        for i, reason in enumerate(work.lines.reasons)
        if reason and not grid["reason"].iat[i]
    ]
