"""The last count and tonight's made comparable: renamed lines by their new names, unread rows as they stood.

What cannot be read tonight is unknown: it has neither changed nor gone, and is remembered as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from sheets_sync.counted import Counted, CountedEntries, CountedLine, CountedSession, Course
from sheets_sync.findings.unread import unread_rows
from sheets_sync.ledger.calendars import SchoolCalendar
from sheets_sync.tables import Tables

Named = TypeVar("Named", CountedLine, CountedSession, CountedEntries)


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
        log=_merged(_with(one, names) for one in before.log),
    )


def _with(one: Named, names: Mapping[Course, Course]) -> Named:
    old = (one.student, one.service)
    student, service = names.get(old, old)
    return replace(one, student=student, service=service)


def with_unread(before: Counted, now: Counted, tables: Tables) -> Counted:
    """Return tonight's count with what stood in rows that cannot be read tonight.

    A row is known again by its number on the sheet. A student who left the Caseload takes all along.
    """
    students = frozenset(tables.students["student"])
    old_lines = {line.key: line for line in before.lines if not line.reason}
    unread = unread_rows(tables, "Schedule", tables.schedule)
    there = {(row.row, row.student) for row in now.schedule}
    sessions = [
        row
        for row in before.schedule
        if row.row in unread and row.student in students and (row.row, row.student) not in there
    ]
    return replace(
        now,
        lines=tuple(old_lines.get(line.key, line) if line.reason else line for line in now.lines),
        schedule=(*now.schedule, *sessions),
        log=_with_unread_entries(before, now, unread_rows(tables, "Service Log", tables.log), students),
    )


def _with_unread_entries(
    before: Counted, now: Counted, unread: Collection[int], students: Collection[str]
) -> tuple[CountedEntries, ...]:
    if not unread:
        return now.log
    there = {(one.student, row) for one in now.log for row in one.rows.split()}
    kept = []
    for one in before.log:
        own = zip(one.entries.split("\n"), one.rows.split(), strict=True)
        lost = [(entry, row) for entry, row in own if int(row) in unread and (one.student, row) not in there]
        if lost and one.student in students:
            kept.append(_entries(one, lost))
    return _merged((*now.log, *kept)) if kept else now.log


def _merged(log: Iterable[CountedEntries]) -> tuple[CountedEntries, ...]:
    """Put entries of the same student and service together again, in order."""
    found: dict[Course, list[CountedEntries]] = {}
    for one in log:
        found.setdefault((one.student, one.service), []).append(one)
    return tuple(
        those[0]
        if len(those) == 1
        else _entries(
            those[0],
            [pair for one in those for pair in zip(one.entries.split("\n"), one.rows.split(), strict=True)],
        )
        for those in found.values()
    )


def _entries(of: CountedEntries, pairs: Iterable[tuple[str, str]]) -> CountedEntries:
    own = sorted(pairs)
    texts, rows = [entry for entry, _ in own], [row for _, row in own]
    return replace(of, entries="\n".join(texts), rows=" ".join(rows))
