"""missed: a session that the school owes, by date, reason and minutes (mail.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import GridLine, Scene, records, text
from sheets_sync.findings.words import day_words
from sheets_sync.tables import Category

SHORT = "shorter than planned"
LONG_SUSPENDED = "suspended, after the 10th day"


@dataclass
class _Day:
    minutes: int = 0
    reasons: set[str] = field(default_factory=set)
    cells: list[str] = field(default_factory=list)


def missed(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for each line, day and provider with owed minutes that were not made up.

    A line that is behind by less than `min_behind` owes nothing that anybody has to hear of.
    """
    tables = scene.ledger.tables
    days: dict[tuple[int, date, str], _Day] = {}
    for row in records(owed_sessions(scene)):
        line = scene.lines[row["line"]]
        if line.behind < scene.rules.min_behind:
            continue
        provider = text(row["provider"]) or line.provider
        day = days.setdefault((line.position, row["date"].date(), provider), _Day())
        day.minutes += row["minutes"]
        day.reasons.add(why_owed(row["category"], text(row["reason"]), text(row["note"])))
        day.cells += [tables.at("Service Log", log_row) for log_row in row["log_rows"]]
    for (position, when, provider), day in sorted(days.items()):
        yield _finding(scene.lines[position], when, provider, day)


def owed_sessions(scene: Scene) -> pd.DataFrame:
    """Return the rows of Ledger.sessions with minutes that the school owes and nobody has made up."""
    sessions = scene.ledger.sessions
    return sessions[(sessions["account"] == "owed") & (sessions["minutes"] > 0)]


def why_owed(category: int, reason: str, note: str) -> str:
    """Return why the school owes a session: by its entry (`reason`), or without one (`note`)."""
    if category in (Category.DELIVERED, Category.LATE):
        return SHORT
    if category == Category.SUSPENDED:
        return LONG_SUSPENDED
    return reason or (f"{note}, no entry" if note else "not given")


def _finding(line: GridLine, when: date, provider: str, day: _Day) -> Finding:
    reason = " / ".join(sorted(day.reasons))
    return Finding(
        kind=Kind.MISSED,
        student=line.student,
        service=line.service,
        line=line.key,
        provider=provider,
        date=when,
        minutes=day.minutes,
        text=f"{day_words(when)}: {day.minutes} min, {reason}.",
        remedy=f'Give {day.minutes} min and log them as make-up, with {when:%m/%d/%Y} under "Make-up for".',
        reason=reason,
        dates=(when,),
        cells=tuple(dict.fromkeys(day.cells)),
        providers=(provider,) if provider else (),
        position=line.position,
    )
