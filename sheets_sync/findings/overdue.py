"""make-up-overdue: a session owed for more than `make_up_days` (mail.md).

The case manager hears of it; where it stays open for `escalate_days` without a change, then the supervisor,
as of whatever is escalated (findings/alerts).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import GridLine, Scene, records, text
from sheets_sync.findings.missed import owed_sessions
from sheets_sync.findings.words import days_words


@dataclass
class _Owed:
    minutes: int = 0
    days: set[date] = field(default_factory=set)
    cells: list[str] = field(default_factory=list)


def overdue(scene: Scene, make_up_days: int) -> Iterator[Finding]:
    """Yield one finding for each line and provider with sessions owed for more than `make_up_days` days.

    The days are those of the calendar on the wall, from the session on. What is not worth a mail as missed
    (`min_behind`) is none here.
    """
    tables = scene.ledger.tables
    found: dict[tuple[int, str], _Owed] = {}
    for row in records(owed_sessions(scene)):
        line, day = scene.lines[row["line"]], row["date"].date()
        if line.behind < scene.rules.min_behind or (scene.today - day).days <= make_up_days:
            continue
        owed = found.setdefault((line.position, text(row["provider"]) or line.provider), _Owed())
        owed.minutes += row["minutes"]
        owed.days.add(day)
        owed.cells += [tables.at("Service Log", log_row) for log_row in row["log_rows"]]
    for (position, provider), owed in sorted(found.items()):
        yield _finding(scene.lines[position], provider, owed, make_up_days)


def _finding(line: GridLine, provider: str, owed: _Owed, make_up_days: int) -> Finding:
    days = tuple(sorted(owed.days))
    who = f" ({provider})" if provider else ""
    return Finding(
        kind=Kind.MAKE_UP_OVERDUE,
        student=line.student,
        service=line.service,
        line=line.key,
        provider=provider,
        date=days[0],
        minutes=owed.minutes,
        text=f"{days_words(days)}: {owed.minutes} min owed for more than {make_up_days} days{who}.",
        remedy="Set a date for the make-up, or log as team decision what the team decided instead.",
        dates=days,
        cells=tuple(dict.fromkeys(owed.cells)),
        providers=(provider,) if provider else (),
        position=line.position,
    )
