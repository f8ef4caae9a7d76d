"""A finding: what a run saw that somebody should be told about (mail.md, "Findings")."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

Thing = TypeVar("Thing")


class Kind(StrEnum):
    """The kinds of parts 1 and 3, the gravest first: in this order they stand in a mail's subject."""

    MISSED = "missed"
    MAKE_UP_OVERDUE = "make-up-overdue"
    UNCOVERED = "uncovered"
    RECORD_CHANGED = "record-changed"
    UNSCHEDULED = "unscheduled"
    UNDER_SCHEDULED = "under-scheduled"
    SCHEDULE_CHANGED = "schedule-changed"
    NOT_LOGGED = "not-logged"
    LOGS_DISAGREE = "logs-disagree"
    LOGGED_TWICE = "logged-twice"
    SCHEDULE_DIFFERS = "schedule-differs"
    EXTRA_SERVICE = "extra-service"
    EXCUSED_OFTEN = "excused-often"
    WATCH = "watch"
    DATA_PROBLEM = "data-problem"


EVENTS = frozenset({Kind.SCHEDULE_CHANGED, Kind.RECORD_CHANGED})
"""Kinds that are found on one night alone: something happened, and is not open or over afterwards."""

PASSING = frozenset({Kind.UNCOVERED})
"""Kinds about a day to come: once it is past they are over, and nobody is told that they are settled."""

DATED = frozenset({Kind.MISSED, Kind.LOGS_DISAGREE, Kind.UNCOVERED}) | EVENTS
"""Kinds of which two dates are two findings; of the others, all dates are one."""


@dataclass(frozen=True)
class Finding:
    """One finding.

    `line` is the line's key, "" if none; `position` is its row in `Ledger.lines`, -1 if none. `date` is the
    oldest of `dates`. `text` says what was found and `remedy` what would settle it, both in plain sentences
    without the student's name; `reason` is why a session was missed. `cells` are like "Service Log!A31".
    `providers` are all who have a part in it, `provider` the first of them. `quiet`: shown, not yet mailed.
    `waited` is, for not-logged, the open days between the oldest session and today, and `due` the day on
    which the grace days were over. A data-problem has `tab`, `column` and `value` (what stands there), and
    `students`: those of its row, none where nobody knows; `for_administrator`: no case manager could be told.
    `urgent`: a change that touches a session of today or tomorrow. `sessions`: how many it is about, where it
    has no `dates` of them. `known_by` stands for the text of a data-problem in its fingerprint, where that
    changes from night to night.
    """

    kind: Kind
    student: str
    service: str
    line: str
    provider: str
    date: dt.date | None
    minutes: int
    text: str
    remedy: str = ""
    reason: str = ""
    dates: tuple[dt.date, ...] = ()
    cells: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    position: int = -1
    quiet: bool = False
    waited: int = 0
    due: dt.date | None = None
    tab: str = ""
    column: str = ""
    value: str = ""
    students: tuple[str, ...] = ()
    for_administrator: bool = False
    urgent: bool = False
    sessions: int = 0
    known_by: str = ""

    @cached_property
    def fingerprint(self) -> str:
        """What makes it the same finding tomorrow (mail.md): never a row number, never a period.

        Where there is no line, the service stands in its place: two extra services are two findings.
        """
        if self.kind is Kind.DATA_PROBLEM:
            about = self.known_by or self.value or self.text
            return json.dumps([self.kind, self.tab, self.column, about], ensure_ascii=False)
        about = self.line or self.service
        return fingerprint_of(self.kind, self.student, about, self.provider, self.date)

    def with_other(self, other: Finding) -> Finding:
        """Return one finding of two that have one fingerprint: nothing that either says is dropped."""
        students = _each(self.students + other.students) if self.students and other.students else ()
        return replace(
            self,
            date=min((day for day in (self.date, other.date) if day), default=None),
            minutes=self.minutes + other.minutes,
            text=" ".join(_each((self.text, other.text))),
            remedy=" ".join(_each((self.remedy, other.remedy))),
            dates=tuple(sorted({*self.dates, *other.dates})),
            cells=_each(self.cells + other.cells),
            providers=_each(self.providers + other.providers),
            quiet=self.quiet and other.quiet,
            waited=max(self.waited, other.waited),
            due=min((day for day in (self.due, other.due) if day), default=None),
            students=students,
            for_administrator=self.for_administrator and other.for_administrator,
            urgent=self.urgent or other.urgent,
            sessions=self.sessions + other.sessions,
        )


def fingerprint_of(kind: str, student: str, about: str, provider: str, day: dt.date | None) -> str:
    """Return the fingerprint of what is found of a student; `about` is the line, or a service without one."""
    parts = [kind, student, about, provider]
    if kind in DATED and day is not None:
        parts.append(day.isoformat())
    return json.dumps(parts, ensure_ascii=False)


def place_of_problem(fingerprint: str) -> tuple[str, str]:
    """Return tab and column out of the fingerprint of a data-problem; ("", "") of any other."""
    kind, *parts = json.loads(fingerprint)
    return (parts[0], parts[1]) if kind == Kind.DATA_PROBLEM else ("", "")


def _each(things: Iterable[Thing]) -> tuple[Thing, ...]:
    return tuple(dict.fromkeys(things))
