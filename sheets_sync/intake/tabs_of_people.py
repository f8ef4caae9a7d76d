"""A schedule or a log that is kept on several tabs, one for each provider, service or student, or a log for
each month.

Such tabs are known by their names ("Kim schedule", "OT log", "Ana R.", "Speech log Oct") and by what stands
on them. They are read together only where nothing else can be meant: all of them name a student, or none does;
where the workbook has a tab "Schedule" beside them, that one alone is read, and the others are asked about.
None is passed over in silence: one that is called like them and cannot be read is an error, and the tabs that
are left are named in a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheets_sync.config import Names
from sheets_sync.intake.bell_schedule import Bells
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.reading import read_tab
from sheets_sync.intake.names import name_key
from sheets_sync.intake.sheet_names import SaidByName, said_by
from sheets_sync.intake.tab_finder import FoundTabs, looks_alike
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, whole_sentence

TABS = ("Schedule", "Service Log")
BY_MONTH = ("Service Log",)
"""A tab for each month is a log; of two schedules one would be the old one."""


@dataclass(frozen=True)
class _Reader:
    names: Names
    known: PeopleKnown
    bells: Bells

    def why_not(self, tab: str, sheet: Sheet) -> str | None:
        """Return why nothing is read where a sheet is taken for that tab; None where something is, be it
        errors alone."""
        try:
            rows = read_tab(sheet, tab, self.names, self.known, self.bells)
        except CannotCount as stop:
            return whole_sentence(stop.what)
        errors = any(problem.severity is Severity.ERROR for problem in rows.problems)
        return None if len(rows) or errors else "Nothing stands below its header."

    def reads_as(self, tab: str, sheet: Sheet) -> bool:
        return self.why_not(tab, sheet) is None


@dataclass(frozen=True)
class _Own:
    """A tab that reads as `tab`; `of_student` tells whether its name calls one, None where the name says
    more than whose it is."""

    sheet: Sheet
    of_student: bool | None


def add_tabs_of_people(found: FoundTabs, names: Names, known: PeopleKnown, bells: Bells) -> FoundTabs:
    """Return what was found, with the tabs of people where no tab of their kind has its name."""
    reader = _Reader(names, known, bells)
    several: dict[str, tuple[Sheet, ...]] = {}
    for tab in TABS:
        if tab not in names.tabs:
            before = found
            found = _add(tab, found, reader)
            several |= {} if found.sheets.get(tab) == before.sheets.get(tab) else {tab: found.sheets[tab]}
    return replace(found, problems=(*found.problems, *_passed_over(several, found, reader)))


def _passed_over(
    several: dict[str, tuple[Sheet, ...]], found: FoundTabs, reader: _Reader
) -> Iterator[Problem]:
    """Report each tab that is called like those that were read and cannot be read, and name the rest."""
    there = {problem.tab for problem in found.problems}
    rest = [sheet for sheet in found.others if sheet.name not in there and any(map(any, sheet.rows))]
    errors = [error for sheet in rest if (error := _called_alike(sheet, several, reader)) is not None]
    yield from errors
    left = [sheet.name for sheet in rest if sheet.name not in {error.tab for error in errors}]
    if several and left:
        names = ", ".join(f'"{name}"' for name in left)
        problem = f"Of the tabs these are read as nothing: {names}."
        remedy = (
            'Nothing, if that is right; else name what they are in the configuration, like [tabs] "Schedule".'
        )
        yield Problem(Severity.NOTE, left[0], "", left[0], problem, remedy)


def _called_alike(sheet: Sheet, several: dict[str, tuple[Sheet, ...]], reader: _Reader) -> Problem | None:
    said = said_by(sheet.name, reader.known)
    tabs = [tab for tab in several if said is not None and _may_be(said, tab)]
    if not tabs:
        return None
    why = reader.why_not(tabs[0], sheet)
    problem = f"This tab is called like those that are read as the {tabs[0]}, and was not read. {why or ''}"
    remedy = "Keep it as the others are kept, or give it a name that says it is something else."
    return Problem(Severity.ERROR, sheet.name, "", sheet.name, problem.strip(), remedy)


def _may_be(said: SaidByName, tab: str) -> bool:
    """Tell whether a name that says no more than this may be that of a part of the tab."""
    if said.month and tab not in BY_MONTH:
        return False
    return bool(said.given or (said.month and said.tab)) and said.tab in ("", tab)


def _add(tab: str, found: FoundTabs, reader: _Reader) -> FoundTabs:
    read = found.sheets.get(tab, ())
    if read and not _is_of_people(tab, read[0], reader.known):
        others = [one.sheet for one in _own_tabs(tab, found.others, reader)]
        return _asked(found, tab, read[0], others)
    own = [*_own_tabs(tab, (*read, *found.others), reader)]
    named = [one.sheet for one in own if one.of_student is not None]
    left = [one.sheet for one in own if one.of_student is None]
    untold = {*map(_name, found.untold.get(tab, ())), *map(_name, read)}
    if named and len({one.of_student for one in own} - {None}) == 1 and untold <= set(map(_name, named)):
        return _asked(_with(found, tab, named), tab, named[0], left)
    return _asked(found, tab, read[0], [*named, *left]) if read else found


def _is_of_people(tab: str, sheet: Sheet, known: PeopleKnown) -> bool:
    """Tell whether the name says whose sessions these are: "SLP log", beside which an "OT log" may be."""
    said = None if sheet.as_tab else said_by(sheet.name, known)
    return said is not None and bool(said.given) and name_key(sheet.name) != name_key(tab)


def _asked(found: FoundTabs, tab: str, read: Sheet, others: Sequence[Sheet]) -> FoundTabs:
    there = {problem.tab for problem in found.problems} | {read.name}
    asked = [looks_alike(tab, read, sheet) for sheet in others if sheet.name not in there]
    return replace(found, problems=(*found.problems, *asked))


def _with(found: FoundTabs, tab: str, sheets: Sequence[Sheet]) -> FoundTabs:
    read = set(map(_name, sheets))
    return replace(
        found,
        sheets={**found.sheets, tab: tuple(sheets)},
        problems=tuple(one for one in found.problems if one.tab not in read),
        missing=tuple(other for other in found.missing if other != tab),
        untold={other: alike for other, alike in found.untold.items() if other != tab},
        others=tuple(sheet for sheet in found.others if sheet.name not in read),
    )


def _name(sheet: Sheet) -> str:
    return sheet.name


def _own_tabs(tab: str, sheets: Sequence[Sheet], reader: _Reader) -> Iterator[_Own]:
    for sheet in sheets:
        said = said_by(sheet.name, reader.known)
        if said is not None and not _may_be(said, tab):
            continue
        if not reader.reads_as(tab, sheet):
            continue
        if said is None or said.tab != tab:
            others = [other for other in TABS if other != tab and reader.reads_as(other, sheet)]
            if others:
                continue
        yield _Own(sheet, None if said is None else bool(said.student))
