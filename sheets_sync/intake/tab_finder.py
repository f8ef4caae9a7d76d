"""Finds the tabs that staff keep, by name or alias, never by position (workbook.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from sheets_sync.config import Names
from sheets_sync.intake.bell_schedule import is_bell_schedule
from sheets_sync.intake.headers import tab_name, tab_words
from sheets_sync.intake.layouts.charts import are_charts, split_charts
from sheets_sync.intake.layouts.key_tables import calls_itself_a_key
from sheets_sync.intake.layouts.services_across import holds_services_across
from sheets_sync.intake.layouts.services_in_cells import holds_services_in_cells
from sheets_sync.intake.layouts.wide_repeats import read_wide_repeats
from sheets_sync.intake.names import name_key
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import CannotCount, Problem, Severity

CASELOAD, GRID = "Caseload", "Service Grid"
REQUIRED_TABS = ("Caseload", "Service Grid", "Schedule", "Service Log")
OPTIONAL_TABS = ("Calendar", "Staff", "Attendance")
BELLS = "Bell Schedule"
"""An optional tab without columns of its own names: bell_schedule.py reads it."""


SEVERAL = ("Service Grid", "Schedule", "Service Log", "Attendance")
"""The tabs that may be kept on several sheets: one for each provider or student."""
NAMED_SEVERAL = ("Caseload", *SEVERAL)
"""The tabs for which [tabs] may name several sheets: those of the Caseload are charts, joined by student."""


@dataclass(frozen=True)
class FoundTabs:
    """The sheets by their canonical names, and questions about tabs that look alike.

    `bells` is the bell schedule, None where there is none; `keys` are the tabs that are a key of codes by
    their name. `missing` are the required tabs, and those that
    [tabs] names, for which no name stands in the workbook; `untold` those for which several names would do.
    `others` are the sheets that are none of the found. `books` are the names of those that are weeks of a
    plan book, which one alone would not tell.
    """

    sheets: Mapping[str, tuple[Sheet, ...]]
    problems: tuple[Problem, ...]
    bells: Sheet | None = None
    missing: tuple[str, ...] = ()
    untold: Mapping[str, tuple[Sheet, ...]] = field(default_factory=dict)
    others: tuple[Sheet, ...] = ()
    keys: tuple[Sheet, ...] = ()
    books: frozenset[str] = frozenset()


def find_tabs(snapshot: Snapshot, names: Names, ours: Sequence[str]) -> FoundTabs:
    """Find each tab: those that the configuration names, else the one of the canonical name, else an alias.

    Those of other workbooks come behind them, in the order of the configuration. Where there is no Service
    Grid, a Caseload with columns of services is that too. Each chart of a Caseload
    is a sheet of its own here (layouts/charts.py).
    `ours` and whatever carries our mark are never read. Where two tabs fit equally well nothing is chosen.
    """
    own = {name_key(name) for name in ours}
    candidates = [
        s for s in snapshot.sheets if s.mark is None and not s.as_tab and name_key(s.name) not in own
    ]
    sheets: dict[str, tuple[Sheet, ...]] = {}
    problems: list[Problem] = []
    missing: list[str] = []
    untold: dict[str, tuple[Sheet, ...]] = {}
    for tab in (*REQUIRED_TABS, *OPTIONAL_TABS):
        fitting, alike = _fitting(tab, candidates, names.tabs)
        elsewhere = tuple(sheet for sheet in snapshot.sheets if sheet.as_tab == tab)
        if fitting:
            further = _further(tab, candidates, names) or _further_charts(tab, fitting, names)
            sheets[tab] = (fitting[0], *further)
            problems += [looks_alike(tab, fitting[0], other) for other in fitting[1:] if other not in further]
        elif alike and _further_charts(tab, alike, names):
            sheets[tab] = tuple(alike)
        elif alike:
            untold[tab] = tuple(alike)
        elif tab in names.tabs:
            missing.append(tab)
        elif elsewhere:
            pass
        elif tab == GRID and (across := _with_services(sheets)):
            sheets[tab] = across
        elif tab in REQUIRED_TABS:
            missing.append(tab)
        if elsewhere:
            sheets[tab] = (*sheets.get(tab, ()), *elsewhere)
        if tab == CASELOAD and tab in sheets:
            configured = names.columns.get(CASELOAD, {})
            sheets[tab] = tuple(chart for one in sheets[tab] for chart in split_charts(one, configured))
    if BELLS in names.tabs and not fitting_tabs(BELLS, candidates, names.tabs):
        missing.append(BELLS)
    read = {sheet.name for found in sheets.values() for sheet in found}
    others = tuple(sheet for sheet in candidates if sheet.name not in read)
    bells, unsure = _find_bells(others, names.tabs)
    keys = tuple(sheet for sheet in others if sheet is not bells and calls_itself_a_key(sheet.name))
    others = tuple(sheet for sheet in others if sheet is not bells and sheet not in keys)
    return FoundTabs(sheets, (*problems, *unsure), bells, tuple(missing), untold, others, keys)


def _with_services(sheets: Mapping[str, Sequence[Sheet]]) -> tuple[Sheet, ...]:
    """Return the charts of the Caseload that hold services and how often each is given."""
    return tuple(
        chart
        for chart in sheets.get(CASELOAD, ())
        if holds_services_across(chart)
        or read_wide_repeats(chart, GRID, {}) is not None
        or holds_services_in_cells(chart)
    )


def _further_charts(tab: str, fitting: Sequence[Sheet], names: Names) -> tuple[Sheet, ...]:
    """Return the other tabs that are charts of the same students, where no configuration names the tab."""
    if tab != CASELOAD or tab in names.tabs or len(fitting) < 2:
        return ()
    return tuple(fitting[1:]) if are_charts(fitting, names.columns.get(CASELOAD, {})) else ()


def _find_bells(others: Sequence[Sheet], configured: Mapping[str, str]) -> tuple[Sheet | None, list[Problem]]:
    """Return the bell schedule: the tab that the configuration names, else the one that is such by its
    headers, one that is called so before any other; where several are, none of them, and a note."""
    if BELLS in configured:
        return next(iter(fitting_tabs(BELLS, others, configured)), None), []
    found = [sheet for sheet in others if is_bell_schedule(sheet)]
    found = [sheet for sheet in found if tab_name(sheet.name) == BELLS] or found
    if len(found) < 2:
        return (found[0] if found else None), []
    several = " and ".join(f'"{sheet.name}"' for sheet in found)
    problem = f"The tabs {several} each look like a bell schedule: none of them is read."
    remedy = f'Name the one to read in the configuration: [tabs] "{BELLS}" = "{found[0].name}".'
    return None, [Problem(Severity.NOTE, found[1].name, "", found[1].name, problem, remedy)]


def _further(tab: str, candidates: Sequence[Sheet], names: Names) -> tuple[Sheet, ...]:
    """Return the other sheets that the configuration has read as this tab, in its order.

    Raises CannotCount if one of them is not there.
    """
    by_name = {name_key(sheet.name): sheet for sheet in candidates}
    wanted = names.further_tabs.get(tab, ())
    lacking = [name for name in wanted if name_key(name) not in by_name]
    if lacking:
        called = ", ".join(f'"{name}"' for name in lacking)
        raise CannotCount(
            f"there is no tab {called} (which [tabs] names for the {tab})",
            f'mend [tabs] "{tab}" in the configuration, or give the tab that name',
        )
    return tuple(by_name[name_key(name)] for name in wanted)


def not_found(found: FoundTabs, configured: Mapping[str, str]) -> CannotCount | None:
    """Return the error of what is still missing or untold, None where nothing is."""
    if found.missing:
        return _not_there(found.missing, found.others, configured)
    for tab, alike in found.untold.items():
        names = " and ".join(f'"{sheet.name}"' for sheet in alike)
        listed = ", ".join(f'"{sheet.name}"' for sheet in alike)
        several = f", or, to read them all, [{listed}]" if tab in NAMED_SEVERAL else ""
        return CannotCount(
            f"the tabs {names} could each be the {tab}",
            f'name the one to read in the configuration: [tabs] "{tab}" = "{alike[0].name}"{several}',
        )
    return None


def fitting_tabs(tab: str, candidates: Sequence[Sheet], configured: Mapping[str, str]) -> list[Sheet]:
    """Return the tab to read, then those that are read as the same tab and therefore left out.

    Raises CannotCount if two fit equally well.
    """
    fitting, alike = _fitting(tab, candidates, configured)
    stop = not_found(FoundTabs({}, (), untold={tab: tuple(alike)}), configured) if alike else None
    if stop:
        raise stop
    return fitting


def _fitting(
    tab: str, candidates: Sequence[Sheet], configured: Mapping[str, str]
) -> tuple[list[Sheet], list[Sheet]]:
    """Return what `fitting_tabs` does, and instead those that fit equally well."""
    wanted = name_key(configured.get(tab, tab))
    exact = [sheet for sheet in candidates if name_key(sheet.name) == wanted]
    if tab in configured:
        return exact[:1], []
    taken = {name_key(name) for name in configured.values()}
    alike = [
        sheet
        for sheet in candidates
        if name_key(sheet.name) not in {wanted, *taken} and tab_name(sheet.name) == tab
    ]
    return ([], alike) if not exact and len(alike) > 1 else ([*exact, *alike], [])


def looks_alike(tab: str, read: Sheet, other: Sheet) -> Problem:
    """Return the question about a tab that reads as one that was read elsewhere."""
    if read.as_tab:
        return _not_read_beside(tab, other)
    several = f', or, to read both, ["{read.name}", "{other.name}"]' if tab in NAMED_SEVERAL else ""
    return Problem(
        Severity.QUESTION,
        other.name,
        "",
        other.name,
        f'This tab also looks like a {tab}. It was not read; "{read.name}" was.',
        f'If this is the one to read, say so in the configuration: [tabs] "{tab}" = "{other.name}"{several}.',
    )


def _not_read_beside(tab: str, other: Sheet) -> Problem:
    return Problem(
        Severity.QUESTION,
        other.name,
        "",
        other.name,
        f"This tab also looks like a {tab}. It was not read; what other workbooks have of the {tab} was.",
        f'If it is a part of it too, say so in the configuration: [tabs] "{tab}" = "{other.name}".',
    )


def _not_there(
    missing: Sequence[str], candidates: Sequence[Sheet], configured: Mapping[str, str]
) -> CannotCount:
    sentences = []
    for tab in missing:
        wanted = configured.get(tab, tab)
        asked = f'"{wanted}" (which [tabs] calls the {tab})' if tab in configured else f'"{tab}"'
        near = _nearest(wanted, candidates)
        sentences.append(f"there is no tab {asked}" + (f'; the nearest is "{near}"' if near else ""))
    example = missing[0]
    near = _nearest(configured.get(example, example), candidates) or "what the tab is called here"
    return CannotCount(
        "; ".join(sentences),
        "add it (sheets-sync template makes every tab), rename the tab that it is, or name it"
        f' in the configuration: [tabs] "{example}" = "{near}"',
    )


def _nearest(wanted: str, candidates: Sequence[Sheet]) -> str | None:
    """Return the tab whose name is nearest, judged without case, spaces and accents.

    Only one that is made of words of the field: a tab may be called by a child, and what is said here goes
    to standard error and logs (promise 20).
    """
    by_key = {name_key(sheet.name): sheet.name for sheet in candidates if _is_of_the_field(sheet.name)}
    near = get_close_matches(name_key(wanted), by_key, n=1, cutoff=0.5)
    return by_key[near[0]] if near else None


def _is_of_the_field(name: str) -> bool:
    """Tell whether each word of a tab's name is one of tabs.csv, or such a word mistyped."""
    words = re.findall(r"[^\W\d_]+", name_key(name))
    return all(get_close_matches(word, tab_words(), n=1, cutoff=0.8) for word in words)
