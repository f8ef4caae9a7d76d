"""uncovered: sessions of the next 10 school days that nobody is there to give (mail.md).

The provider of a session is that of its Schedule row, else that of its line. Nobody is there if the Staff tab
says that the provider is away, if the cell says that the position is vacant, or if both cells are blank in a
workbook that names providers elsewhere: where no row of the Schedule and the grid names any, none is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from sheets_sync.findings.cover import Cover, cover
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import GridLine, Scene, is_school_day, records, text, to_day
from sheets_sync.findings.people import People
from sheets_sync.findings.words import clock_span, joined, weekday_words
from sheets_sync.ledger.planned import planned
from sheets_sync.vacant import is_named

SCHOOL_DAYS = 10
LONGEST_BREAK = 120
"""Days in which the next school days are looked for."""

MOST_NAMES = 4

REMEDY = (
    "Arrange who gives it, and log that session under that person's name. For longer: in the Service Grid and"
    " the Schedule, end the row and add one with the new provider from that day on."
)
"""What the counting understands: a row for one day more beside the weekly one would be a session too many."""


class Session(NamedTuple):
    """A session to come, of the line at `line`."""

    line: int
    day: date
    start: int
    minutes: int
    provider: str
    cell: str


def uncovered(scene: Scene, people: People) -> Iterator[Finding]:
    """Yield a finding for each line, provider and day with sessions that nobody is there to give.

    Today is the first of the ten days. A session that has an entry already, or beside which another row of
    the same time names somebody who is there, is covered.
    """
    here = cover(scene.ledger, people)
    sessions = _sessions(scene, _next_school_days(scene))
    covered = {_time(scene, one) for one in sessions if here.is_there(one.provider, one.day)}
    together: dict[tuple[date, int, str], list[Session]] = {}
    for one in sessions:
        if _time(scene, one) not in covered and (one.provider or here.names_any):
            provider = one.provider if is_named(one.provider) else ""
            together.setdefault((one.day, one.line, provider), []).append(one)
    for (day, line, provider), those in sorted(together.items()):
        yield _finding(scene.lines[line], day, provider, those, here)


def _next_school_days(scene: Scene) -> list[date]:
    days = (scene.today + timedelta(days=number) for number in range(LONGEST_BREAK))
    return [day for day in days if is_school_day(scene.ledger.calendar, day)][:SCHOOL_DAYS]


def _time(scene: Scene, one: Session) -> tuple[str, str, date, int]:
    line = scene.lines[one.line]
    return line.student, line.service, one.day, one.start


def _sessions(scene: Scene, days: Sequence[date]) -> list[Session]:
    """Return the sessions of these days that belong to a line in force, in order of time."""
    if not days:
        return []
    ledger = scene.ledger
    rows = records(ledger.tables.schedule)
    serves: dict[int, list[int]] = {}
    for line, row in zip(ledger.served["line"].tolist(), ledger.served["schedule"].tolist(), strict=True):
        serves.setdefault(row, []).append(line)
    dated = planned(ledger.tables, ledger.calendar, days[0], days[-1])
    found = []
    for position, moment in zip(dated["schedule"].tolist(), dated["date"], strict=True):
        row, day = rows[position], moment.date()
        line = _line_of(scene, serves.get(position, ()), day, text(row["provider"]))
        if line is None or row["makeup"]:
            continue
        provider = text(row["provider"]) or line.provider
        cell = ledger.tables.at("Schedule", row["row"])
        found.append(Session(line.position, day, row["start"], row["minutes"], provider, cell))
    return sorted(_without_logged(scene, found))


def _line_of(scene: Scene, lines: Sequence[int], day: date, provider: str) -> GridLine | None:
    """Return the line in force that the row serves; of several the provider's own, then the first."""
    ends = scene.ledger.line_records
    in_force = [
        scene.lines[line]
        for line in lines
        if (to_day(ends[line]["start"]) or day) <= day <= (to_day(ends[line]["end"]) or day)
    ]
    return min(in_force, key=lambda line: (line.provider != provider, line.position), default=None)


def _without_logged(scene: Scene, sessions: Sequence[Session]) -> Iterator[Session]:
    """Yield the sessions without an entry. One with the time of another session is that one's alone."""
    log = scene.ledger.tables.log
    recent = log[log["date"] >= pd.Timestamp(scene.today)] if len(log) else log
    logged: dict[tuple[str, str, date], set[int]] = {}
    for row in records(recent):
        logged.setdefault((row["student"], row["service"], row["date"].date()), set()).add(row["start"])
    planned_at: dict[tuple[str, str, date], set[int]] = {}
    for one in sessions:
        planned_at.setdefault(_time(scene, one)[:3], set()).add(one.start)
    for one in sessions:
        course_day = _time(scene, one)[:3]
        others = planned_at[course_day] - {one.start, -1}
        if logged.get(course_day, set()) <= others:
            yield one


def _finding(line: GridLine, day: date, provider: str, those: Sequence[Session], here: Cover) -> Finding:
    times = joined([clock_span(one.start, one.minutes) for one in those if one.start >= 0])
    why = here.why_away(provider, day) if provider else "no provider is named"
    others = here.others(line.service, provider, day)
    return Finding(
        kind=Kind.UNCOVERED,
        student=line.student,
        service=line.service,
        line=line.key,
        provider=provider,
        date=day,
        minutes=sum(one.minutes for one in those),
        text=f"{weekday_words(day)}{f' {times}' if times else ''}: {why}. {_who_else(others, line.service)}",
        remedy=REMEDY,
        reason=why,
        dates=(day,),
        cells=tuple(dict.fromkeys(one.cell for one in those)),
        providers=tuple(filter(is_named, [provider or line.provider])),
        position=line.position,
    )


def _who_else(names: Sequence[str], service: str) -> str:
    if not names:
        return f"Nobody else on the Staff tab or in the Schedule gives {service}."
    more = [f"{len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
    return f"{service} is also given by {joined([*names[:MOST_NAMES], *more])}."
