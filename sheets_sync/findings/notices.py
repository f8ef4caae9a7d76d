"""extra-service, logs-disagree, logged-twice and watch: what was seen while counting (mail.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sheets_sync.findings.finding import DATED, Finding, Kind
from sheets_sync.findings.grid_lines import Scene
from sheets_sync.findings.words import count, day_words, days_words, sentence
from sheets_sync.ledger.result import Notice

KINDS = {
    "extra-service": Kind.EXTRA_SERVICE,
    "logs-disagree": Kind.LOGS_DISAGREE,
    "absent-but-delivered": Kind.LOGS_DISAGREE,
    "logged-twice": Kind.LOGGED_TWICE,
}

REMEDIES = {
    Kind.EXTRA_SERVICE: "Has the plan lapsed, or the grid? Add a line to the grid, or end the sessions.",
    Kind.LOGS_DISAGREE: "Agree on what happened, and mend the entry that is wrong.",
    Kind.LOGGED_TWICE: "Remove one of the two entries, or give each its start time.",
}


def noticed(scene: Scene) -> Iterator[Finding]:
    """Yield the ledger's notices, those of one fingerprint as one finding: all its dates and authors.

    The first author by name stands for all in the fingerprint.
    """
    together: dict[tuple[Kind, object], list[Notice]] = {}
    for notice in scene.ledger.notices:
        kind = KINDS[notice.kind]
        day = notice.date if kind in DATED else None
        who = min(filter(None, notice.providers), default="")
        same = (notice.student, notice.service, notice.line, who, day)
        together.setdefault((kind, same), []).append(notice)
    for (kind, _), notices in together.items():
        yield _finding(scene, kind, notices)


def _finding(scene: Scene, kind: Kind, notices: Sequence[Notice]) -> Finding:
    first = notices[0]
    providers = tuple(sorted({name for notice in notices for name in notice.providers if name}))
    dates = tuple(sorted({notice.date for notice in notices}))
    minutes = sum(notice.minutes for notice in notices)
    return Finding(
        kind=kind,
        student=first.student,
        service=first.service,
        line=scene.lines[first.line].key if first.line >= 0 else "",
        provider=providers[0] if providers else "",
        date=dates[0],
        minutes=minutes,
        text=_text(kind, notices, dates),
        remedy=REMEDIES[kind],
        dates=dates,
        cells=tuple(dict.fromkeys(cell for notice in notices for cell in notice.cells)),
        providers=providers,
        position=first.line,
    )


def _text(kind: Kind, notices: Sequence[Notice], dates: Sequence[date]) -> str:
    said = list(dict.fromkeys(notice.text.strip(" .") for notice in notices))
    if kind is Kind.EXTRA_SERVICE:
        return f"Since {day_words(dates[0])}: {' and '.join(said)}, but on no line of the grid in force."
    return sentence(f"{days_words(dates)}: {'; '.join(said)}")


def watched(scene: Scene) -> Iterator[Finding]:
    """Yield the lines on which absences or refusals pile up: a reason for a team to look, not a fault."""
    for line in scene.lines:
        if not line.watch:
            continue
        times = count(line.missed_watch, "session")
        refused = f", {line.refused_watch} of them refused" if line.refused_watch else ""
        yield Finding(
            kind=Kind.WATCH,
            student=line.student,
            service=line.service,
            line=line.key,
            provider=line.provider,
            date=None,
            minutes=0,
            text=f"The student missed {times} in the last 20 school days{refused}.",
            remedy="Look at it with the team: another time, another place, another way?",
            cells=(line.cell,),
            providers=(line.provider,) if line.provider else (),
            position=line.position,
            sessions=line.missed_watch,
        )
