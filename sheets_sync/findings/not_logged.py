"""not-logged: sessions without an entry past the grace days; "please log", not "missed" (mail.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.grid_lines import GridLine, Scene, records, school_days_between, text
from sheets_sync.findings.words import day_words, days_words


def not_logged(scene: Scene, is_in_doubt: Callable[[date], bool] = lambda day: False) -> Iterator[Finding]:
    """Yield one finding for each line and provider with sessions past the grace days.

    A line that is over has its days of grace too, though it has the status NOT LOGGED at once. What a
    consultation line lacks in an ended period has no session of its own: it counts from the period's end.
    Of a day `is_in_doubt` nobody knows whether there was school (unknown_tonight).
    """
    waiting: dict[tuple[int, str], list[Waiting]] = {}
    for position, provider, one in [*_sessions(scene), *_consultations(scene)]:
        line = scene.lines[position]
        if _waited(scene, one.day) > scene.rules.log_grace_days and not is_in_doubt(one.day):
            waiting.setdefault((position, provider or line.provider), []).append(one)
    for (position, provider), entries in sorted(waiting.items()):
        yield _finding(scene, scene.lines[position], provider, sorted(entries))


class Waiting(NamedTuple):
    """Minutes without an entry that counts: of a session, or of a period (`span`, "Oct 1 to Oct 31")."""

    day: date
    minutes: int
    span: str = ""
    unclear: bool = False
    """There is an entry, and it cannot be counted: an unknown code, a late arrival without minutes."""


def _sessions(scene: Scene) -> Iterator[tuple[int, str, Waiting]]:
    sessions = scene.ledger.sessions
    found = sessions[(sessions["account"] == "not_logged") & (sessions["minutes"] > 0)]
    for row in records(found):
        one = Waiting(row["date"].date(), row["minutes"], unclear=bool(row["log_rows"]))
        yield row["line"], text(row["provider"]), one


def _consultations(scene: Scene) -> Iterator[tuple[int, str, Waiting]]:
    sessions, periods = scene.ledger.sessions, scene.ledger.periods
    listed = sessions[sessions["account"] == "not_logged"].groupby("period")["minutes"].sum().to_dict()
    ended = periods[periods["ended"].astype(bool) & (periods["not_logged"] > 0)]
    for position, row in zip(ended.index, records(ended), strict=True):
        rest = int(row["not_logged"]) - int(listed.get(position, 0))
        if scene.lines[row["line"]].group == "consultation" and rest > 0:
            start, end = row["start"].date(), row["end"].date()
            yield row["line"], "", Waiting(end, rest, f"{day_words(start)} to {day_words(end)}")


def _waited(scene: Scene, day: date) -> int:
    return school_days_between(scene.ledger.calendar, day, scene.today)


def _finding(scene: Scene, line: GridLine, provider: str, waiting: list[Waiting]) -> Finding:
    dates = tuple(one.day for one in waiting)
    minutes = sum(one.minutes for one in waiting)
    spans = [one.span for one in waiting if one.span]
    unclear = [one.day for one in waiting if one.unclear]
    lacks = "without an entry that can be counted" if unclear else "without an entry"
    mend = f" Of {days_words(unclear)} the entry stands there, but has to be mended." if unclear else ""
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
        text=f"{when}: {minutes} min {lacks} in the Service Log{who}.{mend}",
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
