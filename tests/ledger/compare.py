"""Count a school with the product and with the reference; say where they differ; shrink what differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sheets_sync.ledger import ACCOUNTS, Rules, count
from tests.ledger.random_school import RandomSchool
from tests.reference.count import CountedLine, reference_count

FIGURES = ("required", *ACCOUNTS, "behind", "extra")


def differences(school: RandomSchool) -> list[str]:
    """Every figure, status and period on which the product and the reference disagree."""
    tables = school.tables()
    ledger = count(tables, school.rules, school.today)
    reference = reference_count(tables, school.rules, school.today)
    periods = ledger.periods.to_dict("records")
    found = []
    for at, (line, expected) in enumerate(zip(ledger.lines.to_dict("records"), reference, strict=True)):
        own = [period for period in periods if period["line"] == at]
        found += [f"line {at} ({line['period']}): {text}" for text in line_differences(line, expected)]
        found += [f"line {at} ({line['period']}): {text}" for text in period_differences(own, expected)]
    return found


def line_differences(line: dict, expected: CountedLine) -> list[str]:
    found = []
    if str(line["status"]) != expected.status:
        found.append(f"status: {line['status']}, reference {expected.status}")
    if expected.figures is None:
        return found
    for name in FIGURES:
        if line[name] != expected.figures[name]:
            found.append(f"{name}: {line[name]}, reference {expected.figures[name]}")
    if bool(line["watch"]) != expected.watch:
        found.append(f"watch: {line['watch']}, reference {expected.watch}")
    percent = (
        None if line["percent"] is None or line["percent"] != line["percent"] else float(line["percent"])
    )
    blank = (percent is None, expected.percent is None)
    if blank[0] != blank[1] or (percent is not None and abs(percent - (expected.percent or 0)) > 0.051):
        found.append(f"percent: {percent}, reference {expected.percent}")
    return found


def period_differences(own: list[dict], expected: CountedLine) -> list[str]:
    """Periods by their first day (an ESY line beside its ordinary one may have two of one day)."""
    if expected.figures is None:
        return []
    product: dict[date, Counter[str]] = defaultdict(Counter)
    reference: dict[date, Counter[str]] = defaultdict(Counter)
    for period in own:
        product[period["start"].date()].update({name: int(period[name]) for name in ("required", *ACCOUNTS)})
    for counted in expected.periods:
        reference[counted.start].update({"required": counted.required, **counted.accounts})
    return [
        f"period {start}: {name} {product[start][name]}, reference {reference[start][name]}"
        for start in sorted({*product, *reference})
        for name in ("required", *ACCOUNTS)
        if product[start][name] != reference[start][name]
    ]


def shrink(school: RandomSchool, fails: Callable[[RandomSchool], bool]) -> RandomSchool:
    """Drop rows while the school still fails; then blank what can be blank."""
    smaller = True
    while smaller:
        smaller = False
        for name in ("log", "attendance", "schedule", "lines", "calendar"):
            records = school.tabs[name]
            if not records:
                continue
            size = len(records)
            while size:
                at = 0
                while at < len(school.tabs[name] or []):
                    now = school.tabs[name] or []
                    dropped = now[at : at + size]
                    if any(record.get("kind") in ("first day", "last day") for record in dropped):
                        at += size
                        continue
                    kept = now[:at] + now[at + size :]
                    attempt = RandomSchool(
                        {**school.tabs, name: kept}, school.rules, school.today, school.seed
                    )
                    if fails(attempt):
                        school, smaller = attempt, True
                    else:
                        at += size
                size //= 2
    return plainest(school, fails)


def plainest(school: RandomSchool, fails: Callable[[RandomSchool], bool]) -> RandomSchool:
    """Default choices, and only the students that still have a line."""
    named = {line["student"] for line in school.tabs["lines"] or []}
    students = [record for record in school.tabs["students"] or [] if record["student"] in named]
    school = RandomSchool({**school.tabs, "students": students}, school.rules, school.today, school.seed)
    for name in ("closures", "short_days", "min_behind", "log_grace_days", "report_from"):
        rules = replace(school.rules, **{name: getattr(Rules(), name)})
        attempt = RandomSchool(school.tabs, rules, school.today, school.seed)
        if fails(attempt):
            school = attempt
    return school


def describe(school: RandomSchool) -> str:
    """The school in a few lines, to read."""
    lines = [f"seed {school.seed} today {school.today:%a} {school.today} {school.rules}"]
    for name, records in school.tabs.items():
        for record in records or []:
            shown = {key: value for key, value in record.items() if shown_value(key, value)}
            texts = (
                f"{key}={value:%a %Y-%m-%d}" if hasattr(value, "weekday") else f"{key}={value}"
                for key, value in shown.items()
            )
            lines.append(f"  {name}: " + " ".join(texts))
    if school.tabs.get("calendar") is None:
        lines.append("  no calendar")
    return "\n".join(lines)


def shown_value(key: str, value: object) -> bool:
    return value not in ("", None, 0) or (key in ("category", "minutes") and value == 0)
