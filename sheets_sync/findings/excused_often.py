"""excused-often: a quarter or more of a line's sessions excused by a word of its provider alone (mail.md).

Three categories excuse a session because somebody says so: agreed day off, school closed, team decision. Any
of them is in order; many of them are a service that is not given, and that no figure shows as behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import RECENT_DAYS, GridLine, Scene, records
from sheets_sync.findings.words import count, days_words, joined
from sheets_sync.tables import CATEGORY_WORDS, Category, Tables

A_QUARTER = 4
AT_LEAST = 2
"""Sessions. Of a line with four a month one is a quarter: a single snow day is no habit."""

BY_A_WORD = frozenset({Category.AGREED_DAY_OFF, Category.SCHOOL_CLOSED, Category.TEAM_DECISION})
EXCUSED = frozenset({"excused", "none"})
"""Accounts in which an excused session stands; "none" where its period had no room for it."""


@dataclass
class _Sessions:
    """A line's sessions in the last 20 open days: `every` by date and row, `excused` with the word."""

    every: set[tuple[date, int]] = field(default_factory=set)
    excused: dict[tuple[date, int], Category] = field(default_factory=dict)
    cells: list[str] = field(default_factory=list)


def excused_often(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for each line with a quarter or more, and at least two, of its sessions so excused.

    Counted are scheduled sessions of the last 20 open days before today, the three words together; one that
    was made up afterwards is given. Days that the Calendar has closed hold no session. A line that is over
    is not looked at: there is nothing to change in it.
    """
    for position, sessions in sorted(_recent(scene).items()):
        line = scene.lines[position]
        often = len(sessions.excused) >= AT_LEAST and len(sessions.excused) * A_QUARTER >= len(sessions.every)
        if often and not line.over:
            yield _finding(line, sessions)


def _recent(scene: Scene) -> dict[int, _Sessions]:
    ledger = scene.ledger
    since = pd.Timestamp(scene.recently)
    held = ledger.sessions[ledger.sessions["schedule_row"] > 0]
    day = held["makeup_of"].fillna(held["date"])
    held = held.assign(date=day)[(day >= since) & (day < pd.Timestamp(ledger.today))]
    found: dict[int, _Sessions] = {}
    for row in records(held[["line", "date", "schedule_row", "account", "category", "log_rows"]]):
        _add(found.setdefault(row["line"], _Sessions()), row, ledger.tables)
    return found


def _add(sessions: _Sessions, row: dict[str, Any], tables: Tables) -> None:
    session = (row["date"].date(), int(row["schedule_row"]))
    sessions.every.add(session)
    if row["account"] in EXCUSED and row["category"] in BY_A_WORD:
        sessions.excused[session] = Category(row["category"])
        sessions.cells += [tables.at("Service Log", log_row) for log_row in row["log_rows"]]


def _finding(line: GridLine, sessions: _Sessions) -> Finding:
    words = Counter(sessions.excused.values()).most_common()
    said = joined([f"{CATEGORY_WORDS[word]} ({number})" for word, number in words])
    days = tuple(sorted({session[0] for session in sessions.excused}))
    return Finding(
        kind=Kind.EXCUSED_OFTEN,
        student=line.student,
        service=line.service,
        line=line.key,
        provider=line.provider,
        date=days[0],
        minutes=0,
        text=(
            f"{len(sessions.excused)} of {count(len(sessions.every), 'session')} in the last {RECENT_DAYS}"
            f" school days are excused: {said}. {days_words(days)}."
        ),
        remedy="Ask why, and whether these sessions should be given after all.",
        dates=days,
        cells=tuple(dict.fromkeys(sessions.cells)),
        providers=(line.provider,) if line.provider else (),
        position=line.position,
    )
