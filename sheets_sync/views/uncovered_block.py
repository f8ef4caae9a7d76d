"""What nobody is there to give, in a mail: by day, and who else gives the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.findings.finding import Finding
from sheets_sync.findings.words import joined, weekday_words
from sheets_sync.views.letter import Place, Point
from sheets_sync.views.plain import plain
from sheets_sync.views.student_names import StudentNames


@dataclass(frozen=True)
class Words:
    """The parts of an uncovered finding's text: "Mon, Oct 20 9:00-9:30" and who else gives it."""

    time: str
    others: str


def words_of(finding: Finding) -> Words:
    when, _, others = finding.text.partition(f": {finding.reason}. ")
    day = weekday_words(finding.date) if finding.date else ""
    return Words(when.removeprefix(day).strip(), others)


def who_else(findings: Sequence[Finding]) -> str:
    """Return who else gives these services, each sentence once."""
    return plain(" ".join(dict.fromkeys(words_of(finding).others for finding in findings)))


def by_day(findings: Sequence[Finding], names: StudentNames, place: Place | None = None) -> tuple[Point, ...]:
    """Return a point a day: "Mon, Oct 20: A.R., Speech therapy 9:00-9:30; B.T., ..."; of one line, the times.

    `place` is that of the line, where all are of one.
    """
    days: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: one.date or one.dates[0]):
        days.setdefault(weekday_words(finding.date) if finding.date else "", []).append(finding)
    if len({finding.line for finding in findings}) == 1:
        times = [f"{day} {joined([words_of(one).time for one in those])}" for day, those in days.items()]
        return tuple(Point(plain(time.strip()), place) for time in times)
    return tuple(
        Point(f"{day}: {'; '.join(_session(one, names) for one in those)}") for day, those in days.items()
    )


def _session(finding: Finding, names: StudentNames) -> str:
    who = f"{names.label(finding.student)}, {plain(finding.service, 80)}"
    return f"{who} {plain(words_of(finding).time, 60)}".strip()
