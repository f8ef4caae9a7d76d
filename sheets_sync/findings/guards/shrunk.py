"""A tab that had rows has none; students, lines or sessions that are gone (promises.md, "Guards")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sheets_sync.config import Config, GuardsConfig
from sheets_sync.findings.guards.baseline import (
    ENTRY,
    IN_YEAR,
    LINE,
    SESSION,
    amounts_of,
    entries_in_year,
    entry_days,
    students_of,
)
from sheets_sync.findings.guards.rows import lost_rows
from sheets_sync.findings.guards.sheets import pairs, whole_tab
from sheets_sync.findings.words import count, day_words
from sheets_sync.guarded import Amount, Baseline, Doubt, Doubts, SeenStudent, SeenTab
from sheets_sync.ledger import counting
from sheets_sync.ledger.result import Ledger
from sheets_sync.tables import Tables

BRING_BACK = "Bring them back: in Google with File > Version history, else from an older copy of the file."
GONE = (
    "its tab was deleted or renamed, or another workbook that was read beside this one"
    " is no longer named in the configuration, or is called otherwise there"
)
NAME_AGAIN = "Bring it back, or name the workbook in [[sources]] of the configuration as it was."

AMOUNTS = (
    (LINE, "Service Grid", "line", "lines"),
    (SESSION, "Schedule", "session", "sessions"),
    (ENTRY, "Service Log", "entry", "entries"),
)

KNOWN_BY = {
    "Service Grid": ("Student", "Service", "Frequency", "Sessions", "Minutes", "Per", "End date"),
    "Schedule": ("Student", "Service", "Days", "Start", "To"),
    "Service Log": ("Date", "Student", "Service"),
}
"""The columns by which a row that is gone is told from others: whatever else is typed makes it no other."""


def emptied(ledger: Ledger, baseline: Baseline) -> Iterator[Doubt]:
    """Doubt each tab that had rows and has none, or is not there any more."""
    tables = ledger.tables
    for tab, before in pairs(tables.seen, baseline.tabs):
        if before is None or before.source in tables.absent:
            continue
        if not before.rows or (tab is not None and tab.rows):
            continue
        rows = count(before.rows, "row")
        if tab is None and before.source:
            seen = f"A sheet that was part of the {before.tab}, with {rows}, is not there any more: {GONE}."
            yield Doubt(Doubts.EMPTIED, before.tab, seen, NAME_AGAIN, source=before.source)
            continue
        now = "has none" if tab is not None else "is not there any more"
        seen = f"T{tables.called(before.tab, before.source)[1:]} had {rows} and {now}."
        yield Doubt(Doubts.EMPTIED, before.tab, seen, BRING_BACK, source=before.source)


def fewer(ledger: Ledger, baseline: Baseline, guards: GuardsConfig) -> Iterator[Doubt]:
    """Doubt students, lines of the grid, sessions of a week or entries that are down by too many.

    What was over anyway (past its end date or the student's exit) counts on neither side. "Sessions" are
    those of the Schedule and those that were logged; lines of the grid are taken likewise. Rows whose student
    cannot be told are still there: a name misspelt on the Caseload is no loss of sessions (names.py).
    """
    tables, today = ledger.tables, ledger.today
    enrolled, were = (_enrolled(found, today) for found in (students_of(tables), baseline.students))
    gone = _gone(were, students_of(tables))
    if _is_down(len(were), len(enrolled), guards):
        seen = _seen(tables, "Caseload", len(enrolled), len(were), "student", "students")
        yield Doubt(Doubts.FEWER, "Caseload", seen, BRING_BACK, "student", len(enrolled), gone)
    for what, tab, one, several in AMOUNTS:
        now, before = (_number(found, what, today) for found in (amounts_of(ledger), baseline.amounts))
        there, were_there = whole_tab(tab, tables.seen), whole_tab(tab, baseline.tabs)
        now += _of_strangers(before, there, were_there) + _of_absent(before, tables, were_there, baseline)
        if _is_down(before, now, guards):
            seen = _seen(tables, tab, now, before, one, several)
            present = [one for one in baseline.tabs if one.source not in tables.absent]
            lost = lost_rows(there, whole_tab(tab, present), KNOWN_BY[tab])
            of_one = _lost_by(tab, tables, baseline)
            yield Doubt(Doubts.FEWER, tab, seen, BRING_BACK, what, now, lost, of_one)


def fewer_rows(tables: Tables, baseline: Baseline, guards: GuardsConfig) -> Iterator[Doubt]:
    """Doubt each sheet of another workbook that lost too many rows, however many there are in all."""
    foreign = {one.source for found in tables.sheets.values() for one in found if one.foreign}
    for tab, was in pairs(tables.seen, baseline.tabs):
        if tab is None or was is None or tab.source not in foreign or not tab.rows:
            continue
        if _is_down(was.rows, tab.rows, guards):
            name = tables.called(tab.tab, tab.source)[1:]
            seen = f"T{name} has {count(tab.rows, 'row')}; the last good run saw {was.rows}."
            yield Doubt(Doubts.FEWER, tab.tab, seen, BRING_BACK, "row", tab.rows, (), tab.source)


def _lost_by(name: str, tables: Tables, baseline: Baseline) -> str:
    """Return the only sheet of a tab that lost rows, "" where several did or there is no other."""
    lost = {
        was.source
        for tab, was in pairs(tables.seen, baseline.tabs)
        if was is not None and was.tab == name and was.source not in tables.absent
        if tab is None or tab.rows < was.rows
    }
    return lost.pop() if len(lost) == 1 else ""


def outside_the_year(ledger: Ledger, baseline: Baseline, config: Config) -> Iterator[Doubt]:
    """Doubt a Calendar by which too many of the entries that are still there lie outside the school year.

    A first or last day that is mistyped by months takes them out of the count, as if they were gone. Where
    the next school year begins as the Calendar has long said it would, the day explains it.
    """

    def number(found: Iterable[Amount], what: str) -> int:
        return _number(found, what, ledger.today)

    now, before = amounts_of(ledger), baseline.amounts
    gone = max(number(before, ENTRY) - number(now, ENTRY), 0)
    there = number(before, IN_YEAR) - gone
    if not _is_down(there, number(now, IN_YEAR), config.guards):
        return
    as_of_then = counting.count(ledger.tables, config.rules, baseline.today)
    if not _is_down(there, entries_in_year(as_of_then), config.guards):
        return
    inside, entries, was = number(now, IN_YEAR), number(now, ENTRY), number(before, IN_YEAR)
    year = _edges_of_the_year(ledger)
    yield Doubt(
        Doubts.FEWER,
        "Calendar",
        f'By the tab "{ledger.tables.tab("Calendar")}" the school year {year}: only {inside} of'
        f" {count(entries, 'entry', 'entries')} lie in it; at the last good run {was} did.",
        "Look at its first and its last day of school.",
        about=f"{IN_YEAR}: {year}",
        amount=inside,
    )


def _edges_of_the_year(ledger: Ledger) -> str:
    """Say when the school year begins and ends, each if there are entries beyond it."""
    calendar, days = ledger.calendar, entry_days(ledger)
    first, last = map(calendar.day, (calendar.first, calendar.last))
    early, late = bool((days < calendar.first).any()), bool((days > calendar.last).any())
    begins = [f"begins on {day_words(first)}, {first.year}"] if early else []
    ends = [f"ends on {day_words(last)}, {last.year}"] if late else []
    return " and ".join(begins + ends)


def other_students(ledger: Ledger, baseline: Baseline, guards: GuardsConfig) -> Iterator[Doubt]:
    """Doubt a Caseload from which more than half of the students are gone, whoever came instead.

    A student is the same by name or by Student ID.
    """
    were = _enrolled(baseline.students, ledger.today)
    gone = _gone(were, students_of(ledger.tables))
    if len(gone) >= guards.fewer_at_least and 100 * len(gone) > guards.unknown_names_percent * len(were):
        yield Doubt(
            Doubts.OTHER_STUDENTS,
            "Caseload",
            f"{len(gone)} of the {count(len(were), 'student')} of the last good run are no longer in the tab "
            f'"{ledger.tables.tab("Caseload")}".',
            "Is it another class, or are the names written otherwise? Put the names back as they were.",
            items=gone,
        )


def _enrolled(students: Iterable[SeenStudent], today: date) -> list[SeenStudent]:
    return [one for one in students if one.exit is None or one.exit >= today]


def _gone(were: Iterable[SeenStudent], now: Iterable[SeenStudent]) -> tuple[int, ...]:
    there = list(now)
    names, ids = {one.name for one in there}, {one.student_id for one in there} - {0}
    return tuple(sorted(one.name for one in were if one.name not in names and one.student_id not in ids))


def _number(amounts: Iterable[Amount], what: str, today: date) -> int:
    return sum(
        one.number for one in amounts if one.what == what and (one.until is None or one.until >= today)
    )


def _of_strangers(before: int, tab: SeenTab, was: SeenTab) -> int:
    """Return about how much stands in rows whose student was known and is not: as in the rows before."""
    return round(max(tab.strange_rows - was.strange_rows, 0) * before / max(was.rows, 1))


def _of_absent(before: int, tables: Tables, was: SeenTab, baseline: Baseline) -> int:
    """Return about how much stands in sheets that could not be read tonight."""
    rows = sum(one.rows for one in baseline.tabs if one.tab == was.tab and one.source in tables.absent)
    return round(rows * before / max(was.rows, 1))


def _is_down(before: int, now: int, guards: GuardsConfig) -> bool:
    lost = before - now
    return lost >= guards.fewer_at_least and 100 * lost > guards.fewer_percent * before


def _seen(tables: Tables, tab: str, now: int, before: int, one: str, several: str) -> str:
    whole = len(tables.sheets_of(tab)) > 1
    name = f"the tabs of the {tab} have" if whole else f"{tables.called(tab, '')} has"
    return f"T{name[1:]} {count(now, one, several)}; the last good run saw {before}."
