"""schedule-changed: a session added, moved, dropped or given to someone else since the last trusted run.

Compared are the sessions to come, by day, time, length and provider (schedule_diff): from today on, in a run
of the same day from the date on the wall on, which from noon on is the day before. Another room, note or
group is none, nor is a row that cannot be read tonight, a make-up, or the schedule of a student who is no
longer on the Caseload: that is unknown, or told as something else. It is told to the old and the new
provider, to the paras who are with the student at that time, to the teacher and to the case manager.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from sheets_sync.counted import Counted, CountedSession, Course
from sheets_sync.findings.counting_again import schedule_table
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import GridLine, Scene, to_day
from sheets_sync.findings.paras import paras_beside
from sheets_sync.findings.people import People
from sheets_sync.findings.schedule_diff import Change, Dated, changes
from sheets_sync.findings.words import joined
from sheets_sync.ledger.planned import planned

LONGEST = timedelta(days=400)
"""How far ahead sessions are compared: to the end of the school year, whatever day it is."""

REMEDY = "Take note of it; if it is an error, correct the Schedule."


def schedule_changed(
    scene: Scene, before: Counted, now: Counted, people: People, first: date
) -> Iterator[Finding]:
    """Yield a finding for each line and provider with sessions changed from `first` on; nothing on a first
    run."""
    if before.on is None:
        return
    old, new = _by_course(before.schedule), _by_course(now.schedule)
    differ = [
        course
        for course in dict.fromkeys([*old, *new])
        if course[0] in people.case_managers and _meaning(old.get(course)) != _meaning(new.get(course))
    ]
    if not differ:
        return
    students = {student for student, _ in differ}
    planned_old = _planned(scene, [row for row in before.schedule if row.student in students], first)
    planned_new = _planned(scene, [row for row in now.schedule if row.student in students], first)
    soon = {first, scene.ledger.calendar.next_open_day(first) or first}
    for course in differ:
        was, now_is = (_only(plan, course) for plan in (planned_old, planned_new))
        for together in _by_provider(changes(was, now_is)):
            yield _finding(scene, course, together, planned_new, people, soon)


def _by_course(rows: Iterable[CountedSession]) -> dict[Course, list[CountedSession]]:
    found: dict[Course, list[CountedSession]] = {}
    for row in rows:
        if not row.makeup:
            found.setdefault((row.student, row.service), []).append(row)
    return found


def _meaning(rows: Sequence[CountedSession] | None) -> frozenset[CountedSession]:
    return frozenset(replace(row, row=0, provider=row.provider.casefold()) for row in rows or ())


def _planned(scene: Scene, rows: Sequence[CountedSession], first: date) -> Dated:
    """Return the dates of the sessions of these rows, from `first` until the student leaves."""
    ledger = scene.ledger
    tables = replace(ledger.tables, schedule=schedule_table(rows))
    dated = planned(tables, ledger.calendar, first, first + LONGEST)
    students = ledger.tables.students
    leaving = dict(zip(students["student"], map(to_day, students["exit"]), strict=True))
    found: dict[CountedSession, list[date]] = {row: [] for row in rows if not row.makeup}
    for position, moment in zip(dated["schedule"].tolist(), dated["date"], strict=True):
        row, day = rows[position], moment.date()
        last = leaving.get(row.student)
        if row in found and (last is None or day <= last):
            found[row].append(day)
    return found


def _only(plan: Dated, course: Course) -> Dated:
    return {row: days for row, days in plan.items() if (row.student, row.service) == course}


def _by_provider(found: Sequence[Change]) -> Iterable[list[Change]]:
    """Put together what one provider has to give in another way: it is one finding."""
    together: dict[str, list[Change]] = {}
    for change in found:
        together.setdefault(change.parts[-1].provider.casefold(), []).append(change)
    return together.values()


def _finding(
    scene: Scene,
    course: Course,
    together: Sequence[Change],
    plan: Mapping[CountedSession, Sequence[date]],
    people: People,
    soon: Set[date],
) -> Finding:
    """`soon`: today and the next school day, as on a Friday a change of Monday cannot wait for the night."""
    parts = [part for change in together for part in change.parts]
    days = {day for part in parts for day in part.dates}
    line = _line(scene, course, together[0])
    names = [part.provider for change in together for part in reversed(change.parts) if part.provider]
    paras = paras_beside(parts, course[0], plan, people)
    providers = tuple({name.casefold(): name for name in reversed([*names, *paras])}.values())[::-1]
    return Finding(
        kind=Kind.SCHEDULE_CHANGED,
        student=course[0],
        service=course[1],
        line=line.key if line else "",
        provider=together[0].parts[-1].provider,
        date=scene.today,
        minutes=sum(change.parts[-1].row.minutes for change in together),
        text=f"{joined([change.words for change in together])}.",
        remedy=REMEDY,
        cells=tuple(_cells(scene, together)),
        providers=providers,
        position=line.position if line else -1,
        urgent=not days.isdisjoint(soon),
    )


def _cells(scene: Scene, together: Sequence[Change]) -> Iterator[str]:
    tables = scene.ledger.tables
    rows = {row.row for change in together if change.new for row in change.new.rows}
    yield from (tables.at("Schedule", row) for row in sorted(rows))


def _line(scene: Scene, course: Course, change: Change) -> GridLine | None:
    """Return the line of the grid that has, or would have, the session: of its group and provider first."""
    row = change.parts[-1].row
    own = [line for line in scene.lines if (line.student, line.service) == course]

    def rank(line: GridLine) -> tuple[bool, bool, bool, int]:
        return line.over, line.group != row.group, line.provider != row.provider, line.position

    return min(own, key=rank, default=None)
