"""The last block of a digest: what is no longer open, the settled apart from what is no longer counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sheets_sync.findings.alerts import Closing, Item
from sheets_sync.findings.finding import Kind, place_of_problem
from sheets_sync.findings.words import count, day_words
from sheets_sync.views.digest_words import WORDS
from sheets_sync.views.letter import Entry, Point, Section
from sheets_sync.views.plain import plain
from sheets_sync.views.student_names import StudentNames

MOST_POINTS = 24

WHY_CLOSED: Mapping[Closing, str] = {
    Closing.LINE_GONE: "Its line is no longer in the Service Grid.",
    Closing.YEAR_OVER: "It lies before the first day that is counted now.",
}
OWED = frozenset({Kind.MISSED, Kind.MAKE_UP_OVERDUE})
ASK = "Only the counting has ended: if it was never given, ask the team what is still owed."


def ended_sections(items: Sequence[Item], names: StudentNames) -> Iterator[Section]:
    """Yield the block of what has ended, none where nothing has."""
    closed = [item for item in items if item.closing is not None]
    settled = [item for item in items if item.closing is None]
    owed = any(item.alert.kind in OWED for item in closed)
    entries = (
        _entry("Settled", "green", settled, names, ""),
        _entry("No longer counted", "blue", closed, names, ASK if owed else ""),
    )
    if items:
        yield Section("No longer open", tuple(entry for entry in entries if entry.points))


def _entry(label: str, tone: str, items: Sequence[Item], names: StudentNames, remedy: str) -> Entry:
    texts = Counter(_point(item, names) for item in items)
    alike = [text if number == 1 else f"{text} ({count(number, 'thing')})" for text, number in texts.items()]
    return Entry(
        label=label,
        tone=tone,
        head=count(len(items), "thing"),
        points=tuple(map(Point, alike[:MOST_POINTS])),
        remedy=remedy,
    )


def _point(item: Item, names: StudentNames) -> str:
    alert = item.alert
    label = WORDS[Kind(alert.kind)].label
    if alert.kind == Kind.DATA_PROBLEM:
        return f"{label}{_where(alert.fingerprint)}, since {day_words(alert.since)}."
    who = f"{names.label(alert.student)}, {plain(alert.service, 80)}"
    why = f" {WHY_CLOSED[item.closing]}" if item.closing else ""
    return f"{who} ({label}): {plain(alert.text)}{why}"


def _where(fingerprint: str) -> str:
    """Return " in Schedule, column Student": what stood in the cell may name a student."""
    tab, column = (plain(part, 80) for part in place_of_problem(fingerprint))
    return (f" in {tab}" if tab else "") + (f", column {column}" if column else "")
