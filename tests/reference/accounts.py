"""The seven accounts of a line's period, filled in their order."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from sheets_sync.tables import Category
from tests.reference.entries import suspension_is_owed, unreadable
from tests.reference.matching import Matched
from tests.reference.occurrences import Occurrence
from tests.reference.parts import ARRANGED_PERIODS, Part
from tests.reference.periods import Period, period_of
from tests.reference.records import School
from tests.reference.requirement import RowsOfALine, half_up

ORDER = ("delivered", "upcoming", "owed", "not_logged", "excused")
OWED = {Category.PROVIDER_ABSENT, Category.SCHOOL_ACTIVITY}


def what_became_of(o: Occurrence, school: School, suspended: dict[str, list[date]]) -> list[tuple[str, int]]:
    """The accounts in which one available session stands, before they are filled."""
    if o.entry is None:
        return [(without_entry(o, school), o.minutes)]
    if unreadable(o.entry):
        return [("not_logged" if o.date < school.today else "upcoming", o.minutes)]
    category = o.entry.category
    if category in (Category.DELIVERED, Category.LATE):
        minutes = o.minutes if o.entry.minutes < 0 else o.entry.minutes
        short = max(0, o.minutes - minutes)
        return [("delivered", minutes), ("excused" if category is Category.LATE else "owed", short)]
    if category in OWED:
        return [("owed", o.minutes)]
    if category is Category.SUSPENDED and suspension_is_owed(o.entry, suspended):
        return [("owed", o.minutes)]
    return [("excused", o.minutes)]


def without_entry(o: Occurrence, school: School) -> str:
    if o.owed_by_makeup:
        return "owed"
    if (o.part.line.student, o.date) in school.absent and o.date <= school.today and not o.short_day:
        return "excused"
    if o.date >= school.today:
        return "upcoming"
    return "owed" if o.short_day else "not_logged"


def gather(
    period: Period,
    own: list[Occurrence],
    matched: Matched,
    school: School,
    suspended: dict[str, list[date]],
) -> Counter[str]:
    """Minutes of each account that the period's sessions and entries bring, whatever is required."""
    gathered: Counter[str] = Counter()
    for o in own:
        if not period.holds(o.date) or o.as_makeup:
            continue
        if o.available:
            for account, minutes in what_became_of(o, school, suspended):
                gathered[account] += minutes
        elif o.closed and school.rules.closures == "owe":
            gathered["upcoming" if o.date >= school.today else "owed"] += o.minutes
    for session in matched.off_schedule:
        if session.part is period.part and period.holds(session.entry.date):
            gathered["delivered"] += session.minutes
    return gathered


def fill(period: Period, gathered: Counter[str]) -> None:
    """Delivered, upcoming, owed, not logged, excused: each takes what is still open."""
    still_open = period.required
    period.accounts = dict.fromkeys((*ORDER, "made_up", "not_scheduled"), 0)
    for account in ORDER:
        taken = min(still_open, gathered[account])
        period.accounts[account] = taken
        still_open -= taken
    period.accounts["not_scheduled"] = still_open
    period.extra = gathered["delivered"] - period.accounts["delivered"]


def required_after_exit(period: Period, delivered: int, school: School) -> None:
    """Once: after an exit, what was delivered."""
    leaves = school.exits.get(period.part.line.student)
    cut = leaves is not None and leaves < (period.part.line.end or period.end)
    if period.part.line.period == "once" and cut and leaves < school.today:
        period.required = min(period.required, delivered)


def arranged_as_it_comes(part: Part, rows: RowsOfALine) -> bool:
    """A consultation line, or one per year, once or term, without any Schedule row."""
    kind = part.line.group == "consultation" or part.line.period in ARRANGED_PERIODS
    return kind and not rows.serving and not rows.would


def arrange(period: Period, school: School) -> None:
    """In progress: upcoming as far as twice the even pace still reaches; ended: see the page."""
    rest = period.accounts["not_scheduled"]
    if period.ended(school.today):
        if period.part.line.group == "consultation":
            period.accounts["not_logged"] += rest
            period.accounts["not_scheduled"] = 0
        return
    if not period.available:
        return
    left = sum(day >= school.today for day in period.available)
    reach = half_up(Fraction(2 * period.required * left, len(period.available)))
    upcoming = min(rest, reach)
    period.accounts["upcoming"] += upcoming
    period.accounts["not_scheduled"] -= upcoming


def fill_part(
    part: Part,
    rows: RowsOfALine,
    matched: Matched,
    school: School,
    suspended: dict[str, list[date]],
) -> int:
    """Fill every period; return delivered minutes dated in none of them, which are extra."""
    own = rows.occurrences.of(part)
    for period in part.periods:
        gathered = gather(period, own, matched, school, suspended)
        required_after_exit(period, gathered["delivered"], school)
        fill(period, gathered)
        if arranged_as_it_comes(part, rows):
            arrange(period, school)
    outside = [o for o in own if o.available and period_of(part, o.date) is None]
    lost = sum(
        minutes
        for o in outside
        for account, minutes in what_became_of(o, school, suspended)
        if account == "delivered"
    )
    return lost + sum(
        session.minutes
        for session in matched.off_schedule
        if session.part is part and period_of(part, session.entry.date) is None
    )
