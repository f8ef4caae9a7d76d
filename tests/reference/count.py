"""All of counting.md in its order: the reference that the product's ledger is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sheets_sync.ledger.rules import Rules
from sheets_sync.tables import Tables
from tests.reference.accounts import fill_part
from tests.reference.calendars import Calendar
from tests.reference.entries import counted_entries, suspended_dates
from tests.reference.makeups import mark_owed, pool, spend, spend_decisions
from tests.reference.matching import Matching
from tests.reference.occurrences import Occurrences
from tests.reference.parts import check_data, parts_of
from tests.reference.periods import make_periods
from tests.reference.records import School, school_of
from tests.reference.requirement import RowsOfALine, measure
from tests.reference.status import Judged, status_of, watched

ACCOUNTS = ("delivered", "made_up", "upcoming", "owed", "not_logged", "excused", "not_scheduled")
FIGURES = ("required", *ACCOUNTS, "behind", "extra")


@dataclass
class CountedPeriod:
    start: date
    end: date
    required: int
    accounts: dict[str, int]
    extra: int
    ended: bool


@dataclass
class CountedLine:
    """`figures` is None for a line that cannot be counted."""

    row: int
    status: str
    figures: dict[str, int] | None
    percent: float | None = None
    watch: bool = False
    periods: list[CountedPeriod] = field(default_factory=list)


def reference_count(tables: Tables, rules: Rules, today: date) -> list[CountedLine]:
    return count_school(school_of(tables, rules, today))


def count_school(school: School) -> list[CountedLine]:
    """Count every line of the grid, in its order."""
    calendar = Calendar(school)
    parts = parts_of(school, calendar)
    for part in parts:
        if not check_data(part.line, school, calendar):
            make_periods(part, school, calendar)
    occurrences = Occurrences(school, calendar, parts)
    suspended = suspended_dates(school, calendar)
    matching = Matching(school, occurrences, counted_entries(school, calendar, occurrences), suspended)
    makeups = pool(matching.result, school, occurrences, parts)
    mark_owed(makeups, occurrences)
    extra = dict.fromkeys(school.lines, 0)
    rows = {part: RowsOfALine(part, school, calendar, occurrences) for part in parts}
    for part in parts:
        for period in part.periods:
            measure(period, rows[part], school)
        extra[part.line] += fill_part(part, rows[part], matching.result, school, suspended)
    spend_decisions(matching.result)
    for makeup in makeups:
        extra[makeup.part.line] += spend(makeup, parts, school)
    counted = []
    for line in school.lines:
        own = [part for part in parts if part.line is line]
        if check_data(line, school, calendar):
            counted.append(CountedLine(line.row, "CHECK DATA", None))
            continue
        sessions = [o for part in own for o in occurrences.of(part) if not o.as_makeup]
        judged = Judged(line, own, {}, sessions, school, calendar)
        counted.append(result(judged, extra[line]))
    return counted


def result(judged: Judged, extra: int) -> CountedLine:
    periods = judged.periods
    figures = {account: judged.total(account) for account in ACCOUNTS}
    figures["required"] = sum(period.required for period in periods)
    figures["behind"] = judged.behind
    figures["extra"] = extra + sum(period.extra for period in periods)
    return CountedLine(
        row=judged.line.row,
        status=status_of(judged),
        figures=figures,
        percent=percent(judged, figures),
        watch=watched(judged),
        periods=[
            CountedPeriod(p.start, p.end, p.required, dict(p.accounts), p.extra, p.ended(judged.today))
            for p in sorted(periods, key=lambda p: p.start)
            if p.available
        ],
    )


def percent(judged: Judged, figures: dict[str, int]) -> float | None:
    """(delivered + made up) / (required - excused - upcoming - not scheduled of the period in progress)."""
    in_progress = sum(
        period.accounts["not_scheduled"] for period in judged.periods if not period.ended(judged.today)
    )
    divisor = figures["required"] - figures["excused"] - figures["upcoming"] - in_progress
    if divisor <= 0:
        return None
    return 100 * (figures["delivered"] + figures["made_up"]) / divisor
