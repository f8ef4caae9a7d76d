"""mail.md, "Alerts", read a second time: plain and slow, to hold the product against.

It keeps a diary of all nights and of all that was said, and answers every question by reading the diary
from its first page: when was it first found, what was this address told last, since when does this date
stand under "Snooze until". It shares no code with sheets_sync/findings/alerts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.roles import Role
from tests.findings.histories import (
    CRUZ,
    DIAZ,
    ESCALATE_DAYS,
    LINES,
    MOST_IN_A_STORM,
    MOST_NEW,
    REPEAT_DAYS,
    SNOOZE_MAX_DAYS,
    Night,
    name_of,
    school_days,
)

Name = tuple[str, str]
DAY = timedelta(days=1)
GRAVEST_FIRST = list(Kind)
ENDS = ("resolved", "not to be told")
OF_THIS_WEEK = (Kind.UNSCHEDULED, Kind.UNDER_SCHEDULED)
OPEN_WORDS = ("new", "worse", "still open", "escalated", "baseline")


@dataclass(frozen=True)
class Said:
    """A line of the diary. "baseline": nothing was said, as it was there on the first night."""

    night: int
    today: date
    to: str
    name: Name
    reason: str
    minutes: int = 0
    sessions: int = 0
    latest: date | None = None


@dataclass(frozen=True)
class Could:
    """What could be said tonight, with the finding if it is open."""

    to: str
    name: Name
    reason: str
    finding: Finding | None


@dataclass
class Result:
    """What a night comes to: (to, reason, name) of all that is said, and by address what is held."""

    said: set[tuple[str, str, Name]] = field(default_factory=set)
    held: dict[str, int] = field(default_factory=dict)
    summaries: frozenset[str] = frozenset()


@dataclass
class Diary:
    nights: list[Night] = field(default_factory=list)
    found: list[dict[Name, Finding]] = field(default_factory=list)
    lines: dict[Name, str] = field(default_factory=dict)
    said: dict[Name, dict[str, list[Said]]] = field(default_factory=dict)
    mailed: set[tuple[str, date]] = field(default_factory=set)
    summarised: bool = False
    pending: dict[Name, tuple[int, Finding]] = field(default_factory=dict)

    def night(self, tonight: Night) -> Result:
        self.nights.append(tonight)
        self.found.append(
            {
                name_of(one): one
                for one in tonight.findings
                if one.line not in tonight.unread or one.kind is Kind.SCHEDULE_CHANGED
            }
        )
        self.lines |= {name: one.line for name, one in self.found[-1].items()}
        ordinary = school_days(tonight.today, tonight.today) == 1 and not tonight.same_day
        first = not self.summarised
        could = [one for one in self.everything(first) if not self.is_snoozed(one) and not self.can_wait(one)]
        leaves = [one for one in could if self.may_leave(one)]
        told, held = (leaves, []) if first else self.calm(leaves)
        for one in told:
            self.write(one.to, one.name, one.reason, one.finding)
        if ordinary:
            self.write_silently(first)
            self.forget_events(told)
        summaries = frozenset({CRUZ, DIAZ}) if first and ordinary else frozenset()
        self.summarised |= ordinary
        for to in ({one.to for one in told} | summaries) if not tonight.same_day else ():
            self.mailed.add((to, tonight.today))
        return Result(
            said={(one.to, one.reason, one.name) for one in told},
            held={
                to: len({self.thing(one) for one in held if one.to == to})
                for to in {one.to for one in held} & ({one.to for one in told} | summaries)
            },
            summaries=summaries,
        )

    # What could be said.

    def everything(self, first: bool) -> Iterator[Could]:
        tonight = self.nights[-1]
        found = self.found[-1]
        for name in self.said.keys() | found.keys():
            if name[1] == "":
                yield from self.of_one(name, found.get(name), first)
        if first:
            return
        for name, one in found.items():
            if one.kind is Kind.SCHEDULE_CHANGED:
                self.pending[name] = (len(self.nights), one)
        for name, (since, event) in self.pending.items():
            for to, _ in tonight.receivers(event):
                if not self.told_to(to, name, since):
                    yield Could(to, name, "new", event)

    def of_one(self, name: Name, finding: Finding | None, first: bool) -> Iterator[Could]:
        tonight = self.nights[-1]
        begun, gone = self.episode(name)
        if finding is None:
            for to in self.said.get(name, {}) if not self.has_passed(name) else ():
                if gone and self.believes_open(to, name, begun) and to not in tonight.gone:
                    yield Could(to, name, "resolved", None)
            return
        receivers = tonight.receivers(finding)
        for to, role in receivers:
            if not (first and role is not Role.CASE_MANAGER):
                reason = self.reason(to, role, name, finding, begun)
                if reason:
                    yield Could(to, name, reason, finding)
        if not first and not finding.quiet and finding.kind is not Kind.WATCH:
            yield from self.to_supervisors(name, finding, begun, dict(receivers))

    def to_supervisors(
        self, name: Name, finding: Finding, begun: int, receivers: dict[str, Role]
    ) -> Iterator[Could]:
        tonight = self.nights[-1]
        days = tonight.today - self.unchanged_since(name, finding, begun)
        for to in tonight.supervisors(finding):
            mine = self.told_to(to, name, begun)
            if to not in receivers and mine and mine[-1].reason in ENDS:
                yield Could(to, name, "still open", finding)
            elif to not in receivers and not mine and days >= timedelta(days=ESCALATE_DAYS):
                yield Could(to, name, "escalated", finding)

    def reason(self, to: str, role: Role, name: Name, finding: Finding, begun: int) -> str:
        last = self.last(to, name, begun)
        if last is None:
            return "new"
        if finding.kind is not Kind.EXTRA_SERVICE:
            if finding.kind not in OF_THIS_WEEK and finding.minutes - last.minutes >= 30:
                return "worse"
            if self.sessions(finding) > last.sessions:
                return "worse"
            if finding.dates and last.latest and finding.dates[-1] > last.latest:
                return "worse"
        if not self.believes_open(to, name, begun) and self.told_to(to, name, begun)[-1].reason in ENDS:
            return "still open"
        if finding.kind is Kind.MISSED and role is Role.PROVIDER:
            return ""
        week = timedelta(days=REPEAT_DAYS)
        return "still open" if self.nights[-1].today - last.today >= week else ""

    # What of it leaves.

    def is_snoozed(self, one: Could) -> bool:
        if one.finding is None or one.reason == "escalated" or one.name[1]:
            return False
        tonight, line = self.nights[-1], one.finding.line
        until = tonight.snoozes.get(line)
        if until is None:
            return False
        seen = last = tonight.today
        begun = False
        for night in self.nights:
            typed = night.snoozes.get(line)
            if typed == until:
                seen, last, begun = (seen if begun else night.today), night.today, True
            elif typed is not None or night.today - last > timedelta(days=7):
                begun = False
        end = min(until, seen + timedelta(days=SNOOZE_MAX_DAYS))
        further = one.reason == "worse" and one.finding.kind is Kind.MISSED
        was_open = self.nights[self.episode(one.name)[0] - 1].today < seen
        return tonight.today < end and was_open and not further

    def can_wait(self, one: Could) -> bool:
        """A day of an absence of which this address was told something within the week, and that is far."""
        if one.reason != "new" or not one.finding or one.finding.kind is not Kind.UNCOVERED:
            return False
        today = self.nights[-1].today
        assert one.finding.date
        if school_days(today, one.finding.date) <= 5:
            return False
        return any(
            said.reason in OPEN_WORDS and today - said.today < timedelta(days=REPEAT_DAYS)
            for name, by_address in self.said.items()
            if json.loads(name[0])[0] == Kind.UNCOVERED
            for said in by_address.get(one.to, ())
        )

    def may_leave(self, one: Could) -> bool:
        tonight = self.nights[-1]
        if tonight.same_day:
            if one.reason != "new" or one.finding is None or not self.is_urgent(one.finding):
                return False
            tomorrow = tonight.today + DAY
            is_before = tomorrow in one.finding.dates and school_days(tomorrow, tomorrow) == 1
            return school_days(tonight.today, tonight.today) == 1 or is_before
        if school_days(tonight.today, tonight.today) == 0:
            return False
        return (one.to, tonight.today) not in self.mailed

    def calm(self, leaves: list[Could]) -> tuple[list[Could], list[Could]]:
        """Part what is told from what is held."""
        fresh = [one for one in leaves if one.reason in ("new", "worse", "escalated")]
        lines = {one.finding.line for one in fresh if one.finding}
        most = MOST_IN_A_STORM if len(lines) >= 10 and len(lines) > len(LINES) / 2 else MOST_NEW
        told = [one for one in leaves if one not in fresh]
        held = []
        for to in {one.to for one in fresh}:
            things: dict[object, list[Could]] = {}
            for one in fresh:
                if one.to == to:
                    things.setdefault(self.thing(one), []).append(one)
            for place, thing in enumerate(sorted(things.values(), key=self.gravity)):
                (told if place < most else held).extend(thing)
        return told, held

    def thing(self, one: Could) -> object:
        assert one.finding
        if one.finding.kind in (Kind.MISSED, Kind.NOT_LOGGED, Kind.UNCOVERED):
            return one.reason, one.finding.kind, one.finding.provider
        return one.reason, one.name[0]

    def gravity(self, thing: list[Could]) -> tuple[int, int, int, str]:
        findings = [one.finding for one in thing if one.finding]
        return (
            0 if any(self.is_urgent(one) for one in findings) else 1,
            min(GRAVEST_FIRST.index(one.kind) for one in findings),
            -sum(one.minutes for one in findings),
            min(one.fingerprint for one in findings),
        )

    def is_urgent(self, finding: Finding) -> bool:
        return finding.urgent and finding.dates[-1] >= self.nights[-1].today

    # What is written down.

    def write(self, to: str, name: Name, reason: str, finding: Finding | None) -> None:
        number, today = len(self.nights), self.nights[-1].today
        line = Said(number, today, to, name, reason)
        if finding:
            latest = finding.dates[-1] if finding.dates else None
            line = Said(number, today, to, name, reason, finding.minutes, self.sessions(finding), latest)
        self.said.setdefault(name, {}).setdefault(to, []).append(line)

    def write_silently(self, first: bool) -> None:
        tonight = self.nights[-1]
        for finding in self.found[-1].values() if first else ():
            for to, role in tonight.receivers(finding):
                if role is Role.PROVIDER and finding.kind is not Kind.SCHEDULE_CHANGED:
                    self.write(to, name_of(finding), "baseline", finding)
        for name, by_address in self.said.items():
            begun, gone = self.episode(name)
            for to in by_address if gone and not name[1] else ():
                if not self.believes_open(to, name, begun):
                    continue
                if to in tonight.gone or self.has_passed(name):
                    self.write(to, name, "not to be told", None)

    def forget_events(self, told: list[Could]) -> None:
        """An event that everybody who may hear of it has heard of is over."""
        tonight = self.nights[-1]
        for name, (since, event) in list(self.pending.items()):
            if all(self.told_to(to, name, since) for to, _ in tonight.receivers(event)):
                del self.pending[name]

    # What the diary says.

    def episode(self, name: Name) -> tuple[int, date | None]:
        """Return with which night (from 1) it began, and since which day it is gone, None if it is not."""
        begun, gone = 0, None
        for number, night in enumerate(self.nights, start=1):
            if name in self.found[number - 1]:
                if not begun or (gone and school_days(gone + DAY, night.today) > 3):
                    begun = number
                gone = None
            elif begun and gone is None and self.lines[name] not in night.unknown | night.unread:
                gone = night.today
        return begun, gone

    def has_passed(self, name: Name) -> bool:
        """A day on which nobody was there is over when it is over; nobody is told that it was settled."""
        kind, *_, day = json.loads(name[0])
        return bool(kind == Kind.UNCOVERED and date.fromisoformat(day) < self.nights[-1].today)

    def told_to(self, to: str, name: Name, begun: int) -> list[Said]:
        """Return what this address was told of it, or not told by intent, since a night."""
        return [one for one in self.said.get(name, {}).get(to, ()) if one.night >= begun]

    def last(self, to: str, name: Name, begun: int) -> Said | None:
        """Return what this address was told last of this being open."""
        mine = self.told_to(to, name, begun)
        return next((one for one in reversed(mine) if one.reason in OPEN_WORDS), None)

    def believes_open(self, to: str, name: Name, begun: int) -> bool:
        mine = self.told_to(to, name, begun)
        return bool(mine) and mine[-1].reason in ("new", "worse", "still open", "escalated")

    def unchanged_since(self, name: Name, finding: Finding, begun: int) -> date:
        since = self.nights[begun - 1].today
        if finding.due:
            return max(since, finding.due)
        before = None
        for night, found in zip(self.nights[begun - 1 :], self.found[begun - 1 :], strict=True):
            one = found.get(name)
            if one and before and (one.quiet or self.is_better(one, before)):
                since = night.today
            before = one or before
        return since

    def is_better(self, one: Finding, before: Finding) -> bool:
        less = one.kind not in OF_THIS_WEEK and one.minutes <= before.minutes - 30
        return less or self.sessions(one) < self.sessions(before)

    def sessions(self, finding: Finding) -> int:
        counted = finding.kind in (Kind.WATCH, Kind.UNDER_SCHEDULED)
        return finding.sessions if counted else len(finding.dates)
