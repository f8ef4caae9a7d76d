"""A schedule, a log or a service grid that is kept on several tabs, one for each provider, service or
student, or a log for each month.

Such tabs are known by their names ("Kim schedule", "OT log", "Ana R.", "Speech log Oct") and by what stands
on them. They are read together only where nothing else can be meant: all of them name a student, or none
does; where the workbook has a tab "Schedule" beside them, that one alone is read, and the others are asked
about. None is passed over in silence: one that is called like them and cannot be read is an error, and the
tabs that are left are named in a note. One with the name of another school year is asked about; of two that
are called alike neither is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.config import Names
from sheets_sync.intake.bell_schedule import Bells
from sheets_sync.intake.headers import tab_name
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.reading import read_tab
from sheets_sync.intake.layouts.title_text import NOT_NOW
from sheets_sync.intake.names import name_key
from sheets_sync.intake.sheet_names import SaidByName, said_of, student_above
from sheets_sync.intake.tab_finder import FoundTabs, looks_alike
from sheets_sync.intake.years_named import of_another_year
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, whole_sentence

GRID = "Service Grid"
TABS = ("Schedule", "Service Log")
BY_MONTH = ("Service Log",)
"""A tab for each month is a log; of two schedules one would be the old one."""


_NOT_NOW = lazy_regex(rf"{NOT_NOW.pattern}|\bcop(?:y|ies)\b|\bblank\b", re.IGNORECASE)
"""Of a tab that is rightly left out."""
_QUOTED = lazy_regex(r'"([^"]*)"')


@dataclass(frozen=True)
class _Reader:
    names: Names
    known: PeopleKnown
    bells: Bells
    today: date

    def why_not(self, tab: str, sheet: Sheet) -> str | None:
        """Return why nothing is read where a sheet is taken for that tab; None where something is, be it
        errors alone. A list of dates is no schedule by itself: most are logs."""
        try:
            rows = read_tab(sheet, tab, self.names, self.known, self.bells)
        except CannotCount as stop:
            return whole_sentence(stop.what)
        if tab == "Schedule" and "Date" in rows.columns:
            return "It is a list of dates."
        errors = any(problem.severity is Severity.ERROR for problem in rows.problems)
        return None if len(rows) or errors else "Nothing stands below its header."

    def reads_without_error(self, tab: str, sheet: Sheet) -> bool:
        """Tell whether rows are read where a sheet is taken for that tab, and nothing is wrong with it."""
        try:
            rows = read_tab(sheet, tab, self.names, self.known, self.bells)
        except CannotCount:
            return False
        errors = any(problem.severity is Severity.ERROR for problem in rows.problems)
        return len(rows) > 0 and not errors and not (tab == "Schedule" and "Date" in rows.columns)

    def reads_as(self, tab: str, sheet: Sheet) -> bool:
        """Tell whether anything is read where a sheet is taken for that tab."""
        return self.why_not(tab, sheet) is None


@dataclass(frozen=True)
class _Own:
    """A tab that reads as the wanted one; `said` is what its name says, None where that is more than whose
    it is, or of another school year."""

    sheet: Sheet
    said: SaidByName | None


def add_grids_of_people(
    found: FoundTabs, names: Names, known: PeopleKnown, bells: Bells, today: date
) -> FoundTabs:
    """Return what was found, with the service grids of students where no tab has the name of one."""
    reader = _Reader(names, known, bells, today)
    return found if GRID in names.tabs else _add_own(GRID, found, reader)


def add_tabs_of_people(
    found: FoundTabs, names: Names, known: PeopleKnown, bells: Bells, today: date
) -> FoundTabs:
    """Return what was found, with the tabs of people where no tab of their kind has its name.

    What other workbooks have of a tab stays behind the workbook's own, and changes nothing in what of them
    is read.
    """
    reader = _Reader(names, known, bells, today)
    grids = found.sheets.get(GRID, ())
    by_name = any(tab_name(sheet.name) == GRID for sheet in grids[:1])
    several = [GRID] if grids and not by_name and _is_of_people(GRID, grids[0], known) else []
    for tab in TABS:
        if tab not in names.tabs:
            before = found.sheets.get(tab)
            found = _add_own(tab, found, reader)
            several += [tab] if found.sheets.get(tab) != before else []
    return replace(found, problems=(*found.problems, *_passed_over(several, found, reader)))


def _passed_over(several: Sequence[str], found: FoundTabs, reader: _Reader) -> Iterator[Problem]:
    """Report each tab that is called like those that were read and cannot be read, and name the rest."""
    named = {name for problem in found.problems for name in (problem.tab, *_QUOTED.findall(problem.problem))}
    keys = {sheet.name for sheet in found.keys}
    rest = [sheet for sheet in found.others if sheet.name not in named | keys and any(map(any, sheet.rows))]
    errors = [
        error
        for sheet in rest
        if (error := _called_alike(sheet, several, reader) or _kept_alike(sheet, several, found, reader))
    ]
    yield from errors
    left = [sheet.name for sheet in rest if sheet.name not in {error.tab for error in errors}]
    if several and left:
        names = ", ".join(f'"{name}"' for name in left)
        problem = f"Of the tabs these are read as nothing: {names}."
        remedy = 'Nothing, if that is right; else say in the configuration what they are: [tabs] "Schedule".'
        yield Problem(Severity.NOTE, left[0], "", left[0], problem, remedy)


def _called_alike(sheet: Sheet, several: Sequence[str], reader: _Reader) -> Problem | None:
    said = said_of(sheet, reader.known)
    tabs = [tab for tab in several if said is not None and _may_be(said, tab)]
    if not tabs or of_another_year(sheet.name, reader.today):
        return None
    why = reader.why_not(tabs[0], sheet) or ""
    problem = f"This tab is called like those that are read as the {tabs[0]}, and was not read. {why}"
    remedy = "Keep it as the others are kept, or give it a name that says it is something else."
    return Problem(Severity.ERROR, sheet.name, "", sheet.name, problem.strip(), remedy)


def _kept_alike(sheet: Sheet, several: Sequence[str], found: FoundTabs, reader: _Reader) -> Problem | None:
    """Return the error of a tab that would be read as the others are, were it called like one of them."""
    if _NOT_NOW.search(sheet.name) or of_another_year(sheet.name, reader.today):
        return None
    for tab in several:
        read = next(one for one in found.sheets[tab] if not one.as_tab)
        if reader.reads_without_error(tab, replace(sheet, name=read.name)):
            return Problem(
                Severity.ERROR,
                sheet.name,
                "",
                sheet.name,
                f"This tab is kept like those that are read as the {tab}, but its name does not say whose it"
                " is: it was not read.",
                "Call it as its student is called on the Caseload, or by its provider or service. If it is"
                ' something else, give it a name that says so, such as "old".',
            )
    return None


def _titled_otherwise(sheets: Sequence[Sheet], reader: _Reader) -> Iterator[Problem]:
    """Ask about each tab whose title names another student than its name."""
    for sheet in sheets:
        said, titled = said_of(sheet, reader.known), student_above(sheet, reader.known)
        if said is not None and said.student and titled and titled[0] != said.student:
            problem = f"The title names {titled[0]}, the tab {said.student}: all that is below is taken for"
            yield Problem(
                Severity.QUESTION,
                sheet.name,
                titled[1],
                titled[0],
                f"{problem} {said.student}'s.",
                "Mend the title or the name of the tab, whichever is wrong.",
            )


def _may_be(said: SaidByName, tab: str) -> bool:
    """Tell whether a name that says no more than this may be that of a part of the tab."""
    if said.month and tab not in BY_MONTH:
        return False
    return bool(said.given or (said.month and said.tab)) and said.tab in ("", tab)


def _add_own(tab: str, found: FoundTabs, reader: _Reader) -> FoundTabs:
    elsewhere = tuple(sheet for sheet in found.sheets.get(tab, ()) if sheet.as_tab)
    own = tuple(sheet for sheet in found.sheets.get(tab, ()) if not sheet.as_tab)
    found = _add(tab, replace(found, sheets={**found.sheets, tab: own}), reader, elsewhere)
    return replace(found, sheets=_but_empty({**found.sheets, tab: (*found.sheets[tab], *elsewhere)}))


def _but_empty(sheets: Mapping[str, tuple[Sheet, ...]]) -> dict[str, tuple[Sheet, ...]]:
    return {tab: found for tab, found in sheets.items() if found}


def _add(tab: str, found: FoundTabs, reader: _Reader, elsewhere: Sequence[Sheet]) -> FoundTabs:
    read = found.sheets.get(tab, ())
    if read and not _is_of_people(tab, read[0], reader.known):
        others = [one.sheet for one in _own_tabs(tab, found.others, reader)]
        return _asked(found, tab, read[0], others)
    own = [*_own_tabs(tab, (*read, *found.others), reader)]
    alike = [*_alike(own)]
    twice = {one.sheet.name for two in alike for one in two}
    named = [one for one in own if one.said is not None and one.sheet.name not in twice]
    left = [one.sheet for one in own if one.said is None]
    untold = {*map(_name, found.untold.get(tab, ())), *map(_name, read)}
    untold = {name for name in untold if not of_another_year(name, reader.today)}
    sheets = [one.sheet for one in named]
    of_one_kind = len({bool(one.said.student) for one in own if one.said is not None}) == 1
    if named and of_one_kind and untold <= set(map(_name, sheets)):
        found = _asked(_with(found, tab, sheets), tab, sheets[0], left)
        further = [*(_neither(tab, two) for two in alike), *_titled_otherwise(sheets, reader)]
        return replace(found, problems=(*found.problems, *further))
    read = read or tuple(elsewhere)
    return _asked(found, tab, read[0], [one.sheet for one in own]) if read else found


def _alike(own: Sequence[_Own]) -> Iterator[list[_Own]]:
    """Yield the tabs whose names say the same: one of them may be an old one, or a copy."""
    by_said: dict[tuple[tuple[str, str], ...], list[_Own]] = {}
    for one in own:
        if one.said is not None:
            by_said.setdefault((*one.said.given.items(), ("month", one.said.month)), []).append(one)
    yield from (same for same in by_said.values() if len(same) > 1)


def _neither(tab: str, alike: Sequence[_Own]) -> Problem:
    first, *others = (one.sheet.name for one in alike)
    names = ", ".join(f'"{name}"' for name in others)
    listed = ", ".join(f'"{one.sheet.name}"' for one in alike)
    none = "neither" if len(alike) == 2 else "none"
    return Problem(
        Severity.ERROR,
        first,
        "",
        first,
        f"This tab and {names} are each called as the {tab} of the same: {none} of them was read.",
        "Give the one that is old another name, such as one with its school year; or name all that are to be"
        f' read in the configuration: [tabs] "{tab}" = [..., {listed}].',
    )


def _is_of_people(tab: str, sheet: Sheet, known: PeopleKnown) -> bool:
    """Tell whether the name says whose sessions these are: "SLP log", beside which an "OT log" may be."""
    said = said_of(sheet, known)
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
        said = said_of(sheet, reader.known)
        if said is not None and not _may_be(said, tab):
            continue
        if not reader.reads_as(tab, sheet):
            continue
        if said is None or said.tab != tab:
            others = [other for other in TABS if other != tab and reader.reads_as(other, sheet)]
            if others:
                continue
        yield _Own(sheet, None if of_another_year(sheet.name, reader.today) else said)
