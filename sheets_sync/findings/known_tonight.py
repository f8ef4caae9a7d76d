"""The last count and tonight's made comparable: renamed lines by their new names, unread rows as they stood.

What cannot be read tonight is unknown: it has neither changed nor gone, and is remembered as it was. So is
all of a student who vanished from the Caseload.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from sheets_sync.counted import Counted, CountedDay, CountedEntries, CountedLine, CountedSession, Course
from sheets_sync.findings.entry_text import day_of, is_unknown
from sheets_sync.findings.row_places import places
from sheets_sync.findings.unread import unread_rows
from sheets_sync.ledger.calendars import SchoolCalendar
from sheets_sync.tables import Tables

Named = TypeVar("Named", CountedLine, CountedSession, CountedEntries)
Content = TypeVar("Content", bound=Hashable)


class _Entry(NamedTuple):
    """One entry of CountedEntries."""

    student: str
    service: str
    text: str
    row: int


def comparable(before: Counted, now: Counted, calendar: SchoolCalendar) -> Counted:
    """Return the last count as tonight's can be compared with it; an empty one where it cannot.

    So it is in a school year that had not begun then: while its sheets are made, and when last year's go,
    everything changes and nothing of it is news.
    """
    if before.on is None or before.on < calendar.day(calendar.first):
        return Counted()
    return renamed(before, now)


def renamed(before: Counted, now: Counted) -> Counted:
    """Return the last count with tonight's names: a line that kept its key has another student or service.

    Only where nothing goes by the old name any more: a grid that alone was changed is a change.
    """
    tonight = {line.key: (line.student, line.service) for line in now.lines}
    still = {(line.student, line.service) for line in now.lines}
    still |= {(row.student, row.service) for row in now.schedule}
    still |= {(one.student, one.service) for one in now.log}
    names: dict[Course, Course] = {}
    for line in before.lines:
        old, new = (line.student, line.service), tonight.get(line.key)
        if new and new != old and old not in still:
            names[old] = new
    if not names:
        return before
    return replace(
        before,
        lines=tuple(_with(one, names) for one in before.lines),
        schedule=tuple(_with(one, names) for one in before.schedule),
        log=_together(_entries_of(_with(one, names) for one in before.log)),
    )


def _with(one: Named, names: Mapping[Course, Course]) -> Named:
    old = (one.student, one.service)
    student, service = names.get(old, old)
    return replace(one, student=student, service=service)


def with_unread(
    before: Counted, now: Counted, tables: Tables, removed: Collection[str] = frozenset()
) -> Counted:
    """Return tonight's count with what stood in rows that cannot be read, under their rows of tonight.

    A student who is not on the Caseload tonight is unknown, with all that was counted, as long as a line of
    the grid still stands there or was `removed` lately (students' names). Row 0: it stands nowhere.
    """
    vanished = {line.student for line in before.lines} - set(tables.students["student"])
    vanished &= {line.student for line in now.lines if line.reason} | set(removed)
    return replace(
        now,
        lines=_lines(before, now, vanished),
        schedule=_schedule(before, now, tables, vanished),
        log=_log(before, now, tables, vanished),
        calendar=_calendar(before, now, tables),
    )


def _lines(before: Counted, now: Counted, vanished: Collection[str]) -> tuple[CountedLine, ...]:
    old = {line.key: line for line in before.lines if not line.reason}
    there = {line.key for line in now.lines}
    gone = [line for line in before.lines if line.student in vanished and line.key not in there]
    return (*(old.get(line.key, line) if line.reason else line for line in now.lines), *gone)


def _schedule(
    before: Counted, now: Counted, tables: Tables, vanished: Collection[str]
) -> tuple[CountedSession, ...]:
    unread = unread_rows(tables, "Schedule", tables.schedule)
    if not unread and not vanished:
        return now.schedule
    old, new = (_by_row((row.row, replace(row, row=0)) for row in one.schedule) for one in (before, now))
    first = {row.row for row in before.schedule if row.student in vanished}
    where = places(old, new, unread, lambda row: (row.student, row.service, row.start), first)
    there = {(row.row, row.student) for row in now.schedule}
    kept = [
        replace(row, row=where.get(row.row, 0))
        for row in before.schedule
        if row.student in vanished or (row.row in where and (where[row.row], row.student) not in there)
    ]
    return (*now.schedule, *kept)


def _log(
    before: Counted, now: Counted, tables: Tables, vanished: Collection[str]
) -> tuple[CountedEntries, ...]:
    """Return the entries; one of which status or minutes cannot be read is the one that stood there."""
    unread = unread_rows(tables, "Service Log", tables.log)
    if not unread and not vanished:
        return now.log
    was, tonight = _entries_of(before.log), _entries_of(now.log)
    read = [one for one in tonight if one.row not in unread or not is_unknown(one.text)]
    half = [one for one in tonight if one.row in unread and is_unknown(one.text)]
    old, new = (_by_row((one.row, one[:3]) for one in those) for those in (was, read))
    first = {one.row for one in was if one.student in vanished}
    where = places(old, new, unread, lambda one: (*one[:2], day_of(one[2])), first)
    there = {(one.row, one.student) for one in read}
    kept = [
        one._replace(row=where.get(one.row, 0))
        for one in was
        if one.student in vanished or (one.row in where and (where[one.row], one.student) not in there)
    ]
    stood = {(one.row, one.student) for one in kept}
    return _together([*read, *(one for one in half if (one.row, one.student) not in stood), *kept])


def _calendar(before: Counted, now: Counted, tables: Tables) -> tuple[CountedDay, ...]:
    """Return the days in the order of the sheet; of the last count that alone is known, not the rows."""
    if tables.calendar is None:
        return now.calendar
    unread = unread_rows(tables, "Calendar", tables.calendar)
    tonight = [*zip(tables.calendar["row"].tolist(), now.calendar, strict=True)]
    old, new = (
        _by_row((row, replace(one, label="")) for row, one in days)
        for days in (enumerate(before.calendar, start=1), tonight)
    )
    where = places(old, new, unread, lambda one: one.date)
    kept = [(where[row], one) for row, one in enumerate(before.calendar, start=1) if row in where]
    return tuple(one for _, one in sorted([*tonight, *kept], key=lambda day: day[0]))


def _by_row(contents: Iterable[tuple[int, Content]]) -> dict[int, list[Content]]:
    """Put together what stands in one row; what stands nowhere (row 0) is left out."""
    found: dict[int, list[Content]] = {}
    for row, content in contents:
        if row:
            found.setdefault(row, []).append(content)
    return found


def _entries_of(log: Iterable[CountedEntries]) -> list[_Entry]:
    return [
        _Entry(one.student, one.service, text, int(row))
        for one in log
        for text, row in zip(one.entries.split("\n"), one.rows.split(), strict=True)
    ]


def _together(entries: Iterable[_Entry]) -> tuple[CountedEntries, ...]:
    """Put the entries of one student and service together, in order."""
    found: dict[Course, list[_Entry]] = {}
    for one in entries:
        found.setdefault((one.student, one.service), []).append(one)
    return tuple(
        CountedEntries(
            *course,
            "\n".join(one.text for one in sorted(those)),
            " ".join(str(one.row) for one in sorted(those)),
        )
        for course, those in found.items()
    )
