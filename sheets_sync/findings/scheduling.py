"""unscheduled, under-scheduled, schedule-differs: what the schedule lacks against the grid (mail.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import ARRANGED_PERIODS, GridLine, Scene, records, school_days, text
from sheets_sync.findings.words import count, joined, sentence
from sheets_sync.ledger.result import Status
from sheets_sync.tables import Category

NEVER_JUDGED = frozenset({Status.CHECK_DATA, Status.AS_NEEDED, Status.NOT_STARTED})
USUAL_MINUTES = 30
EARLIER = "In earlier periods"
GIVE = "Give these minutes and log them as make-up."


def scheduling(scene: Scene, grace_days: int) -> Iterator[Finding]:
    """Yield what is not scheduled as the grid says, at most one of the first two kinds a line.

    These two are quiet until the `grace_days`-th open day of the year or the line, whichever is later.
    """
    open_minutes, lost_minutes = _not_scheduled(scene.ledger.periods)
    arranged = _arranged(scene)
    lacking = _lacking(scene.ledger.periods)
    in_log = _given_otherwise(scene)
    for line in scene.lines:
        if line.status in NEVER_JUDGED:
            continue
        open_now = 0 if line.over else open_minutes.get(line.position, 0)
        lost = lost_minutes.get(line.position, 0)
        if line.status is Status.NOT_SCHEDULED and line.position not in arranged:
            yield _finding(scene, line, Kind.UNSCHEDULED, open_now, _none_text(open_now, lost), grace_days)
        elif open_now or lost >= scene.rules.min_behind:
            words = _short_text(open_now, lost, line.position in arranged)
            short = open_now if line.position in arranged else lacking.get(line.position, 0)
            sessions = _sessions(scene, line, short) if open_now else 0
            finding = _finding(scene, line, Kind.UNDER_SCHEDULED, open_now or lost, words, grace_days)
            yield replace(finding, sessions=sessions)
        differs = [*_of_schedule(line, open_now), *filter(None, [in_log.get(line.position)])]
        if differs:
            yield _finding(scene, line, Kind.SCHEDULE_DIFFERS, 0, " ".join(map(sentence, differs)), 0)


def _not_scheduled(periods: pd.DataFrame) -> tuple[dict[int, int], dict[int, int]]:
    """Return by line what is not scheduled in the period that is judged, and in all that have ended.

    The period that is judged is the last that has begun and requires something (counting.md, "Status").
    """
    asked = periods[periods["required"] > 0]
    judged: dict[int, int] = {}
    lost: dict[int, int] = {}
    for row in records(asked[["line", "not_scheduled", "ended"]]):
        line, minutes, ended = row["line"], int(row["not_scheduled"]), bool(row["ended"])
        judged[line] = 0 if ended else minutes
        lost[line] = lost.get(line, 0) + (minutes if ended else 0)
    return judged, lost


def _lacking(periods: pd.DataFrame) -> dict[int, int]:
    """Return by line what the Schedule lacks of its last period, had nothing been closed in it."""
    asked = periods[periods["required"] > 0]
    rows = records(asked[["line", "full", "scheduled", "shut"]])
    return {row["line"]: max(int(row["full"] - row["scheduled"] - row["shut"]), 0) for row in rows}


def _sessions(scene: Scene, line: GridLine, minutes: int) -> int:
    """Return how many sessions these minutes are, a part of one as one."""
    return -(-minutes // (int(scene.ledger.line_records[line.position]["minutes"]) or USUAL_MINUTES))


def _arranged(scene: Scene) -> frozenset[int]:
    """Return the lines whose sessions are arranged as they come: nothing of the schedule serves them."""
    served = set(scene.ledger.served["line"].tolist())
    return frozenset(
        line.position
        for line in scene.lines
        if line.position not in served and (line.group == "consultation" or line.period in ARRANGED_PERIODS)
    )


def _none_text(open_now: int, lost: int) -> str:
    asked = f"; the grid asks for {open_now} min in this period" if open_now else ""
    earlier = f" {EARLIER} {lost} min were never scheduled." if lost else ""
    return f"No session is scheduled{asked}.{earlier}"


def _short_text(open_now: int, lost: int, arranged: bool) -> str:
    now = (
        f"{open_now} min of this period would stay open even at twice the usual pace."
        if arranged
        else f"{open_now} min of this period are not scheduled."
    )
    earlier = f"{EARLIER} {lost} min were never scheduled."
    return " ".join([now] * (open_now > 0) + [earlier] * (lost > 0))


def _of_schedule(line: GridLine, open_now: int) -> tuple[str, ...]:
    """A line that lacks sessions differs in their count by that alone: it is told once."""
    return () if line.over or open_now else line.differs


def _given_otherwise(scene: Scene) -> dict[int, str]:
    """Return by line how the log of the last 20 open days differs from it: in a group, or not in one."""
    ledger = scene.ledger
    sessions = ledger.sessions
    given = sessions[
        sessions["account"].isin(["delivered", "extra"])
        & (sessions["category"] == int(Category.DELIVERED))
        & (sessions["date"] >= pd.Timestamp(scene.recently))
    ]
    groups = dict(zip(ledger.tables.log["row"], ledger.tables.log["group"], strict=True))
    others: dict[int, set[str]] = {}
    dates: dict[int, set[object]] = {}
    for row in records(given):
        line = scene.lines[row["line"]]
        found = {text(groups.get(log_row)) for log_row in row["log_rows"]} - {"", line.group}
        if line.group and found and not line.over:
            others.setdefault(line.position, set()).update(found)
            dates.setdefault(line.position, set()).add(row["date"])
    return {
        position: (
            f"logged as {joined(sorted(found))} on {count(len(dates[position]), 'day')} of late,"
            f" the grid says {scene.lines[position].group}"
        )
        for position, found in others.items()
    }


def _finding(scene: Scene, line: GridLine, kind: Kind, minutes: int, words: str, grace_days: int) -> Finding:
    return Finding(
        kind=kind,
        student=line.student,
        service=line.service,
        line=line.key,
        provider=line.provider,
        date=None,
        minutes=minutes,
        text=words,
        remedy=GIVE if kind is Kind.UNDER_SCHEDULED and words.startswith(EARLIER) else REMEDIES[kind],
        cells=(line.cell,),
        providers=(line.provider,) if line.provider else (),
        position=line.position,
        quiet=_is_new(scene, line, grace_days),
    )


def _is_new(scene: Scene, line: GridLine, grace_days: int) -> bool:
    calendar = scene.ledger.calendar
    starts = [line.start] if line.start else []
    starts += [calendar.day(calendar.first)] if calendar.known else []
    return bool(starts) and school_days(calendar, max(starts), scene.today) < grace_days


REMEDIES = {
    Kind.UNSCHEDULED: "Add the sessions to the Schedule, or end the line in the Service Grid.",
    Kind.UNDER_SCHEDULED: "Add the sessions that are missing to the Schedule.",
    Kind.SCHEDULE_DIFFERS: "Change the Schedule, or the line in the Service Grid if the plan says otherwise.",
}
