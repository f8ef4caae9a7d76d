"""A digest as a letter: one block a student, the worst first; what one cause did to several, in one block."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sheets_sync.findings.alerts import Digest, Item
from sheets_sync.findings.alerts.grouped import cause, is_shared
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.people import People
from sheets_sync.findings.words import count, days_words, joined, sentence
from sheets_sync.views.alert_words import history, note
from sheets_sync.views.digest_words import WORDS, closing, first_line, held_words
from sheets_sync.views.ended import ended_sections
from sheets_sync.views.letter import Entry, Letter, Place, Point, Section
from sheets_sync.views.plain import plain
from sheets_sync.views.student_names import StudentNames
from sheets_sync.views.uncovered_block import by_day, who_else

MOST_POINTS = 12
RANK = {kind: rank for rank, kind in enumerate(Kind)}
FROM_TAB = frozenset({Kind.UNSCHEDULED, Kind.UNDER_SCHEDULED})
"""Kinds whose remedy is what the tab says under "What to do" for the whole line."""

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Told:
    """An item and the finding in it, for those that are open."""

    item: Item
    finding: Finding


@dataclass(frozen=True)
class Setting:
    """What the words of a mail are taken from, beside its items.

    `what_to_do` and `places`, the rows of our tab, stand in the order of `Ledger.lines`.
    """

    names: StudentNames
    people: People
    what_to_do: Sequence[str]
    places: Sequence[Place]
    workbook: str
    checked_at: datetime


def letter(digest: Digest, here: Setting) -> Letter:
    """Make the letter of a digest that is no first summary."""
    told = [Told(item, item.finding) for item in digest.items if item.finding is not None]
    ended = [item for item in digest.items if item.finding is None]
    return Letter(
        lead=first_line(digest, [one.finding for one in told]),
        opening=held_words(digest.held),
        sections=(*open_sections(told, digest.to, here), *ended_sections(ended, here.names)),
        closing=closing(digest, here.workbook, here.checked_at),
    )


def open_sections(told: Sequence[Told], to: str, here: Setting) -> tuple[Section, ...]:
    """Make the blocks of all that is open, the worst first."""
    problems = [one for one in told if one.finding.kind is Kind.DATA_PROBLEM]
    causes = _common_causes([one for one in told if is_shared(one.finding)])
    shared = {id(one) for together in causes for one in together}
    own = [one for one in told if id(one) not in shared and one.finding.kind is not Kind.DATA_PROBLEM]
    blocks = [(_weight(together), _cause(together, to, here)) for together in causes]
    for student, things in _grouped(own, lambda one: one.finding.student).items():
        blocks.append((_weight(things), _student(student, things, to, here)))
    blocks.sort(key=lambda block: block[0])
    return (*(section for _, section in blocks), *_problems(problems, to, here))


def _grouped(things: Iterable[Thing], key: Callable[[Thing], Hashable]) -> dict[Hashable, list[Thing]]:
    found: dict[Hashable, list[Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


def _weight(things: Sequence[Told]) -> tuple[int, int]:
    """Sort the gravest kind first, then the most minutes."""
    return min(RANK[one.finding.kind] for one in things), -sum(one.finding.minutes for one in things)


def _common_causes(told: Sequence[Told]) -> list[list[Told]]:
    """Return what one provider missed or did not log with several students: one paragraph, not five."""
    causes = _grouped(told, lambda one: (cause(one.finding), one.item.reason))
    return [together for together in causes.values() if len({one.finding.student for one in together}) > 1]


def _cause(together: Sequence[Told], to: str, here: Setting) -> Section:
    first = together[0].finding
    words = WORDS[first.kind]
    by_line = _grouped(together, lambda one: (one.finding.student, one.finding.line)).values()
    changed = first.kind is Kind.RECORD_CHANGED
    sessions = sum(max(len(one.finding.dates), 1) for one in together)
    entry = Entry(
        label=words.label,
        tone=words.tone,
        head=count(len(by_line), "service")
        if changed
        else f"{count(sessions, 'session')}, {_minutes(together)} min",
        note=_note(together, to),
        text=f"{_who_else(together)}{_through(together)}{_history(together, here)}".strip(),
        points=_by_day(together, here) or tuple(_point(things, here) for things in by_line),
        remedy=_make_up(together) if first.kind is Kind.MISSED else plain(first.remedy),
    )
    return Section(_heading(first, to, here), (entry,))


def _heading(first: Finding, to: str, here: Setting) -> str:
    """Return whose sessions these are and why: "Ms. Lee: provider absent", "Ms. Lee is away from Oct 20"."""
    if first.kind in (Kind.UNCOVERED, Kind.RECORD_CHANGED):
        return plain(first.reason, 120)
    own = here.people.provider(first.provider) == to
    who = "Your sessions" if own else plain(first.provider, 80)
    return f"{who}: {plain(first.reason, 80) or WORDS[first.kind].label.lower()}"


def _by_day(group: Sequence[Told], here: Setting) -> tuple[Point, ...]:
    findings = [one.finding for one in group]
    if findings[0].kind is not Kind.UNCOVERED:
        return ()
    return by_day(findings, here.names)


def _who_else(group: Sequence[Told]) -> str:
    findings = [one.finding for one in group]
    return who_else(findings) if findings[0].kind is Kind.UNCOVERED else ""


def _point(things: Sequence[Told], here: Setting) -> Point:
    finding = things[0].finding
    who = f"{here.names.label(finding.student)}, {plain(finding.service, 80)}"
    if finding.kind is Kind.RECORD_CHANGED:
        return Point(
            f"{who}: {plain(finding.text.removeprefix(finding.reason).lstrip(': '))}", _place(finding, here)
        )
    if finding.kind is Kind.NOT_LOGGED:
        return Point(f"{who}: {plain(_without_provider(finding))}", _place(finding, here))
    when = days_words(one.finding.date for one in things if one.finding.date)
    return Point(f"{who}: {when}, {_minutes(things)} min", _place(finding, here))


def _without_provider(finding: Finding) -> str:
    """The block's heading says whose sessions these are."""
    return finding.text.replace(f" in the Service Log ({finding.provider})", "")


def _student(student: Hashable, things: Sequence[Told], to: str, here: Setting) -> Section:
    alike = _grouped(things, _paragraph).values()
    entries = sorted(alike, key=_weight)
    return Section(here.names.label(str(student)), tuple(_entry(group, to, here) for group in entries))


def _paragraph(one: Told) -> Hashable:
    """What stands in one paragraph: all that a provider missed of a line for one reason."""
    finding = one.finding
    if finding.kind is Kind.MISSED:
        return finding.kind, finding.line, finding.provider, finding.reason, one.item.reason
    if finding.kind is Kind.UNCOVERED:
        return finding.kind, finding.line or finding.service, finding.reason, one.item.reason
    return finding.fingerprint


def _entry(group: Sequence[Told], to: str, here: Setting) -> Entry:
    finding = group[0].finding
    words = WORDS[finding.kind]
    missed = finding.kind is Kind.MISSED
    tab = here.what_to_do[finding.position] if finding.kind in FROM_TAB and finding.position >= 0 else ""
    said = _missed_text(group) if missed else _why_uncovered(group) or plain(finding.text)
    return Entry(
        label=words.label,
        tone=words.tone,
        head=plain(finding.service, 80),
        note=_note(group, to),
        text=f"{said}{_through(group)}{_history(group, here)}",
        points=_by_day(group, here),
        remedy=_make_up(group) if missed else plain(tab or finding.remedy),
        place=_place(finding, here),
    )


def _why_uncovered(group: Sequence[Told]) -> str:
    finding = group[0].finding
    return (
        f"{sentence(plain(finding.reason, 120))} {_who_else(group)}" if finding.kind is Kind.UNCOVERED else ""
    )


def _missed_text(group: Sequence[Told]) -> str:
    finding = group[0].finding
    who = f" ({plain(finding.provider, 80)})" if finding.provider else ""
    when = days_words(one.finding.date for one in group if one.finding.date)
    return f"{when}: {_minutes(group)} min, {plain(finding.reason, 80)}{who}."


def _make_up(group: Sequence[Told]) -> str:
    day = "the date" if len(group) == 1 else "each date"
    return f'Give {_minutes(group)} min and log them as make-up, with {day} missed under "Make-up for".'


def _minutes(group: Sequence[Told]) -> int:
    return sum(one.finding.minutes for one in group)


def _note(group: Sequence[Told], to: str) -> str:
    return note([(one.item, one.finding) for one in group], to)


def _history(group: Sequence[Told], here: Setting) -> str:
    """Say, of what is escalated, whom it was told and how often."""
    said = history([one.item for one in group], here.people.part)
    return f" {said}" if said else ""


def _through(group: Sequence[Told]) -> str:
    """Say which providers could not be told, as no mail can go to them."""
    names = dict.fromkeys(plain(name, 80) for one in group for name in one.item.through)
    return f" Please tell {joined(list(names))}: no mail can go there (Staff tab)." if names else ""


def _place(finding: Finding, here: Setting) -> Place | None:
    if 0 <= finding.position < len(here.places):
        return here.places[finding.position]
    words = joined([_cell_words(cell) for cell in finding.cells[:2]])
    return Place(words) if words else None


def _cell_words(cell: str) -> str:
    return plain(cell.replace("!", " "), 80)


def _problems(problems: Sequence[Told], to: str, here: Setting) -> Iterator[Section]:
    if not problems:
        return
    words = WORDS[Kind.DATA_PROBLEM]
    points = [Point(_problem(one.finding, to, here)) for one in problems[:MOST_POINTS]]
    if len(problems) > MOST_POINTS:
        points.append(Point(f"{len(problems) - MOST_POINTS} more stand on the Data Problems tab."))
    entry = Entry(words.label, words.tone, count(len(problems), "thing") + " to mend", points=tuple(points))
    yield Section("What could not be read or reached", (entry,))


def _problem(finding: Finding, to: str, here: Setting) -> str:
    where = _cell_words(finding.cells[0]) if finding.cells else plain(finding.tab, 80)
    others = f" and {len(finding.cells) - 1} more" if len(finding.cells) > 1 else ""
    if not _may_quote(finding, to, here.people) or _names_a_student(finding, here.names):
        return f"{where}{others}: see the Data Problems tab."
    if here.names.mode != "names":
        return f"{where}{others}: {plain(_without_value(finding))} {plain(finding.remedy)}".rstrip()
    shown = f": “{plain(finding.value, 60)}”" if finding.value else ""
    return f"{where}{others}{shown}: {plain(finding.text)} {plain(finding.remedy)}".rstrip()


def _without_value(finding: Finding) -> str:
    """Return the sentence without what stands in the cell: it may be the full name of a student."""
    if finding.providers or finding.for_administrator or not finding.value:
        return finding.text
    return sentence(finding.text.replace(finding.value, "what stands there"))


def _names_a_student(finding: Finding, names: StudentNames) -> bool:
    """Tell whether a sentence holds a student's name that this mail may not show ("do you mean ...?")."""
    said = f"{_without_value(finding)} {finding.remedy}".casefold()
    return names.mode != "names" and any(name.casefold() in said for name in names.labels if name)


def _may_quote(finding: Finding, to: str, people: People) -> bool:
    """What stands in a row may name its students: it is quoted to those alone who have them all."""
    if finding.providers or finding.for_administrator:
        return True
    if finding.students:
        return set(finding.students) <= people.students_of(to)
    return people.all_case_managers() == (to,)
