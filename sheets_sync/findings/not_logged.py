"""not-logged: sessions without an entry past the grace days; "please log", not "missed" (mail.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import GridLine, Scene, records, school_days_between, text
from sheets_sync.findings.words import day_words, days_words


def not_logged(scene: Scene) -> Iterator[Finding]:
    """Yield one finding for each line and provider with sessions past the grace days.

    On a line that is over no days of grace are left. What a consultation line lacks in an ended period has
    no session of its own: it counts from the period's end.
    """
    waiting: dict[tuple[int, str], list[tuple[date, int, str]]] = {}
    for position, provider, day, minutes, words in [*_sessions(scene), *_consultations(scene)]:
        line = scene.lines[position]
        if line.over or _waited(scene, day) > scene.rules.log_grace_days:
            waiting.setdefault((position, provider or line.provider), []).append((day, minutes, words))
    for (position, provider), entries in sorted(waiting.items()):
        yield _finding(scene, scene.lines[position], provider, sorted(entries))


Waiting = tuple[int, str, date, int, str]


def _sessions(scene: Scene) -> Iterator[Waiting]:
    sessions = scene.ledger.sessions
    found = sessions[(sessions["account"] == "not_logged") & (sessions["minutes"] > 0)]
    for row in records(found):
        yield row["line"], text(row["provider"]), row["date"].date(), row["minutes"], ""


def _consultations(scene: Scene) -> Iterator[Waiting]:
    sessions, periods = scene.ledger.sessions, scene.ledger.periods
    listed = sessions[sessions["account"] == "not_logged"].groupby("period")["minutes"].sum().to_dict()
    ended = periods[periods["ended"].astype(bool) & (periods["not_logged"] > 0)]
    for position, row in zip(ended.index, records(ended), strict=True):
        rest = int(row["not_logged"]) - int(listed.get(position, 0))
        if scene.lines[row["line"]].group == "consultation" and rest > 0:
            start, end = row["start"].date(), row["end"].date()
            yield row["line"], "", end, rest, f"{day_words(start)} to {day_words(end)}"


def _waited(scene: Scene, day: date) -> int:
    return school_days_between(scene.ledger.calendar, day, scene.today)


def _finding(scene: Scene, line: GridLine, provider: str, entries: list[tuple[date, int, str]]) -> Finding:
    dates = tuple(day for day, _, _ in entries)
    minutes = sum(minutes for _, minutes, _ in entries)
    spans = [words for _, _, words in entries if words]
    when = _spans_words(spans) if spans else days_words(dates)
    who = f" ({provider})" if provider else ""
    return Finding(
        kind=Kind.NOT_LOGGED,
        student=line.student,
        service=line.service,
        line=line.key,
        provider=provider,
        date=dates[0],
        minutes=minutes,
        text=f"{when}: {minutes} min without an entry in the Service Log{who}.",
        remedy="Log what was given, or the reason why not.",
        dates=dates,
        cells=(line.cell,),
        providers=(provider,) if provider else (),
        position=line.position,
        waited=_waited(scene, dates[0]),
        due=_due(scene, dates[0]),
    )


def _spans_words(spans: list[str]) -> str:
    """Return "Oct 1 to Oct 31"; of several periods how many, from the first day to the last."""
    if len(spans) == 1:
        return spans[0]
    return f"{len(spans)} periods, {spans[0].split(' to ')[0]} to {spans[-1].split(' to ')[1]}"


def _due(scene: Scene, day: date) -> date:
    """Return the first day on which more open days than the grace lie between it and `day`."""
    due = day
    for _ in range(scene.rules.log_grace_days + 2):
        due = scene.ledger.calendar.next_open_day(due) or scene.today
    return min(due, scene.today)
