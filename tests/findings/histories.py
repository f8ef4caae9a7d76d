"""Random histories of a workbook: what each night finds, who may hear of it, what staff snoozed.

Twelve lines of one school, a case manager for each half, two providers, one supervisor. A history has
weekends, holidays, second runs on a date, runs of the same day, nights that nobody ran and nights on which
everything turns red.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from sheets_sync.findings.alerts import Circumstances, Decision, decide
from sheets_sync.findings.finding import EVENTS, Finding, Kind
from sheets_sync.findings.receivers import Receiver
from sheets_sync.findings.roles import Role
from sheets_sync.state import Told

FIRST_NIGHT = date(2025, 9, 1)
HOLIDAYS = frozenset({date(2025, 9, 1), date(2025, 10, 13), *(date(2025, 11, day) for day in (26, 27, 28))})
CRUZ, DIAZ = "cruz@school.example", "diaz@school.example"
LEE, ODO, HEAD = "lee@school.example", "odo@school.example", "head@school.example"
PROVIDERS = {"Ms. Lee": LEE, "Mr. Odo": ODO}
LINES = tuple("abcdefghijkl")
REPEAT_DAYS, ESCALATE_DAYS, SNOOZE_MAX_DAYS = 7, 14, 20
MOST_NEW, MOST_IN_A_STORM = 4, 2
KINDS = (
    Kind.MISSED,
    Kind.MISSED,
    Kind.UNSCHEDULED,
    Kind.UNDER_SCHEDULED,
    Kind.MAKE_UP_OVERDUE,
    Kind.NOT_LOGGED,
    Kind.NOT_LOGGED,
    Kind.EXTRA_SERVICE,
    Kind.WATCH,
)
COUNTED = frozenset({Kind.WATCH, Kind.UNDER_SCHEDULED})
TO_PROVIDERS = frozenset({Kind.MISSED, Kind.UNSCHEDULED, Kind.NOT_LOGGED, Kind.SCHEDULE_CHANGED})


def school_days(first: date, last: date) -> int:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)


def provider_of(line: str) -> str:
    return "Ms. Lee" if line in "abcdefgh" else "Mr. Odo"


def manager_of(line: str) -> str:
    return CRUZ if line in "abcdef" else DIAZ


@dataclass(frozen=True)
class Night:
    """One run. `away`: providers who hear of nothing tonight; `gone`: addresses that may hear of nothing."""

    today: date
    findings: tuple[Finding, ...]
    snoozes: Mapping[str, date] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    same_day: bool = False
    unread: frozenset[str] = frozenset()

    def receivers(self, finding: Finding) -> list[tuple[str, Role]]:
        if finding.quiet:
            return []
        found = [(manager_of(finding.line), Role.CASE_MANAGER)]
        if finding.kind in TO_PROVIDERS and finding.provider not in self.away:
            found.append((PROVIDERS[finding.provider], Role.PROVIDER))
        return [(to, role) for to, role in found if to not in self.gone]

    def supervisors(self, finding: Finding) -> list[str]:
        return [HEAD] if finding.provider == "Ms. Lee" and HEAD not in self.gone else []

    def circumstances(self) -> Circumstances:
        roles = {CRUZ: Role.CASE_MANAGER, DIAZ: Role.CASE_MANAGER, HEAD: Role.SUPERVISOR}
        return Circumstances(
            receivers=lambda finding: [Receiver(to, role) for to, role in self.receivers(finding)],
            part=lambda to, student: None if to in self.gone else roles.get(to, Role.PROVIDER),
            is_known=lambda alert: alert.line not in self.unknown | self.unread,
            is_explained=lambda finding: finding.line in self.unread,
            school_days=school_days,
            case_managers=[CRUZ, DIAZ],
            repeat_days=REPEAT_DAYS,
            supervisors=self.supervisors,
            escalate_days=ESCALATE_DAYS,
            snoozes=self.snoozes,
            snooze_max_days=SNOOZE_MAX_DAYS,
            lines=len(LINES),
            same_day=self.same_day,
            most_new=MOST_NEW,
            most_in_a_storm=MOST_IN_A_STORM,
        )


def played(nights: Sequence[Night]) -> Iterator[Decision]:
    """Yield what the product decides, night after night."""
    told = Told()
    for night in nights:
        decision = decide(night.findings, told, night.today, night.circumstances())
        told = decision.told
        yield decision


def history(seed: int, length: int = 30) -> list[Night]:
    """Return the nights of a random history; the same seed is the same history."""
    rng = Random(seed)
    today = FIRST_NIGHT + timedelta(days=rng.randrange(7))
    slots = [_slot(rng, line) for line in LINES for _ in range(rng.choice((1, 1, 2)))]
    present = {slot.fingerprint: slot for slot in slots if rng.random() < 0.3}
    snoozes: dict[str, date] = {}
    nights: list[Night] = []
    away_from = FIRST_NIGHT + timedelta(days=rng.randrange(60))
    away_to = away_from + timedelta(days=rng.choice((0, 3, 40)))
    for _ in range(length):
        found = (*present.values(), *_uncovered(today, away_from, away_to))
        nights.append(_night(rng, today, found, dict(snoozes)))
        today += timedelta(days=rng.choice((0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 8)))
        _go_on(rng, slots, present, today)
        _type_snoozes(rng, snoozes, today)
    return nights


def _night(rng: Random, today: date, found: tuple[Finding, ...], snoozes: dict[str, date]) -> Night:
    same_day = rng.random() < 0.12
    events = [_event(rng, today) for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))]
    unknown = frozenset(rng.sample(LINES, rng.choice((0, 0, 0, 1, 6))))
    return Night(
        today=today,
        findings=(*(one for one in found if one.line not in unknown), *_different(events)),
        snoozes={line: until for line, until in snoozes.items() if rng.random() > 0.1},
        unknown=unknown,
        away=frozenset({"Mr. Odo"}) if rng.random() < 0.2 else frozenset(),
        gone=frozenset({rng.choice((DIAZ, LEE, HEAD))}) if rng.random() < 0.08 else frozenset(),
        same_day=same_day,
        unread=frozenset(rng.sample(LINES, rng.choice((0, 0, 0, 0, 1, 3)))),
    )


def _uncovered(today: date, away_from: date, away_to: date) -> Iterator[Finding]:
    """Yield the days on which nobody gives line l, within ten school days."""
    for number in range(30):
        day = today + timedelta(days=number)
        is_ahead = school_days(day, day) and school_days(today, day) <= 10
        if is_ahead and away_from <= day <= away_to:
            yield Finding(
                Kind.UNCOVERED,
                "student l",
                "Speech therapy",
                "l",
                "Mr. Odo",
                day,
                30,
                "words",
                dates=(day,),
                providers=("Mr. Odo",),
            )


def _slot(rng: Random, line: str) -> Finding:
    kind = rng.choice(KINDS)
    day = (
        FIRST_NIGHT - timedelta(days=rng.randrange(1, 5)) if kind in (Kind.MISSED, Kind.NOT_LOGGED) else None
    )
    return Finding(
        kind,
        f"student {line}",
        "Speech therapy",
        line,
        provider_of(line),
        day,
        rng.choice((30, 60, 90)),
        "words",
        reason="provider absent" if kind is Kind.MISSED else "",
        dates=(day,) if day else (),
        providers=(provider_of(line),),
        sessions=3 if kind in COUNTED else 0,
        quiet=kind is Kind.UNSCHEDULED and rng.random() < 0.3,
    )


def _go_on(rng: Random, slots: Sequence[Finding], present: dict[str, Finding], today: date) -> None:
    """Let things open, end, get better and worse; now and then everything turns red, or green."""
    weather = rng.random()
    for slot in slots:
        there = slot.fingerprint in present
        opens = weather < 0.05 or rng.random() < 0.08
        ends = weather > 0.97 or rng.random() < 0.06
        if not there and opens:
            present[slot.fingerprint] = slot
        elif there and ends:
            del present[slot.fingerprint]
        elif there and rng.random() < 0.15:
            present[slot.fingerprint] = _moved(rng, present[slot.fingerprint], today)


def _moved(rng: Random, finding: Finding, today: date) -> Finding:
    minutes = max(10, finding.minutes + rng.choice((-30, -10, 10, 20, 30, 60)))
    if finding.kind is Kind.NOT_LOGGED:
        later = today - timedelta(days=rng.randrange(4, 8))
        dates = tuple(sorted({*finding.dates[rng.choice((0, 0, 1)) :], later}))
        return replace(
            finding, minutes=30 * len(dates), dates=dates, due=dates[0] + timedelta(days=rng.choice((4, 9)))
        )
    sessions = max(3, finding.sessions + rng.choice((-1, 1))) if finding.kind in COUNTED else 0
    return replace(finding, minutes=minutes, sessions=sessions, quiet=finding.quiet and rng.random() < 0.5)


def _event(rng: Random, today: date) -> Finding:
    line = rng.choice(LINES)
    day = today + timedelta(days=rng.randrange(4))
    return Finding(
        Kind.SCHEDULE_CHANGED,
        f"student {line}",
        "Speech therapy",
        line,
        provider_of(line),
        day,
        30,
        rng.choice(("moved to 9:00", "moved to 10:00")),
        dates=(day,),
        providers=(provider_of(line),),
        urgent=(day - today).days < 2,
    )


def _different(events: Sequence[Finding]) -> list[Finding]:
    return list({(event.fingerprint, event.text): event for event in events}.values())


def _type_snoozes(rng: Random, snoozes: dict[str, date], today: date) -> None:
    for line in LINES:
        chance = rng.random()
        if chance < 0.03:
            snoozes[line] = today + timedelta(days=rng.choice((-1, 3, 8, 15, 25, 60)))
        elif chance < 0.04:
            snoozes.pop(line, None)


def name_of(finding: Finding) -> tuple[str, str]:
    """Return what tells one thing from another in a history: of events, also their words."""
    return finding.fingerprint, finding.text if finding.kind in EVENTS else ""
