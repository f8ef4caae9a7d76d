"""The tabs that are not read, each with why, and what a tab that is missing could be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheets_sync.config import Names
from sheets_sync.intake.headers import tab_name
from sheets_sync.intake.layouts.reading import read_tab
from sheets_sync.intake.names import name_key
from sheets_sync.intake.tab_finder import FoundTabs
from sheets_sync.intake.workbook import Opened
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import CannotCount


def tabs_left(snapshot: Snapshot, opened: Opened, ours: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each tab that is not read and why not, in the order of the workbook."""
    found = opened.found
    own = {name_key(name) for name in ours}
    of_tabs = [
        one for sheets in opened.tabs.values() for rows in sheets for one in (rows.sheet, *rows.further)
    ]
    read = {sheet.name for sheet in of_tabs if not sheet.is_unread}
    read |= {found.bells.name} if found.bells is not None else set()
    read |= {sheet.name for sheet in found.keys}
    asked = {problem.tab: problem.problem for problem in opened.context.found.problems if not problem.cell}
    stops = {sheet.name: f"It is the {tab}, but {stop.what}" for tab, sheet, stop in opened.stops}
    stops = {name: f"{why.removesuffix('.')}." for name, why in stops.items()}
    stops |= {sheet.name: sheet.absent for sheet in of_tabs if sheet.is_unread}
    for sheet in snapshot.sheets:
        if sheet.name in read:
            continue
        if sheet.mark is not None or name_key(sheet.name) in own:
            yield sheet.name, "This program writes it."
        else:
            yield (
                sheet.name,
                stops.get(sheet.name) or _alike(found, sheet) or asked.get(sheet.name) or _why(found, sheet),
            )


def _alike(found: FoundTabs, sheet: Sheet) -> str:
    for tab, alike in found.untold.items():
        if sheet.name in {one.name for one in alike}:
            others = ", ".join(f'"{one.name}"' for one in alike if one.name != sheet.name)
            return f"It could be the {tab}, and so could {others}."
    return ""


def _why(found: FoundTabs, sheet: Sheet) -> str:
    for tab, sheets in found.sheets.items():
        if sheet.name in {one.name for one in sheets}:
            return f"It is the {tab}, and nothing stands in it."
    if not sheet.rows:
        return "Nothing stands in it."
    by_name = tab_name(sheet.name)
    if by_name in found.sheets:
        return f"By its name it could be the {by_name}; another tab is read as that."
    return "Its name is that of no tab that the program reads."


def could_be(opened: Opened, names: Names) -> Mapping[str, tuple[str, ...]]:
    """Return for each tab that is missing, or for which several would do, which tabs of the workbook could
    be it: those that fit by their names, else those that can be read as it."""
    found = opened.found
    open_tabs = {tab: tuple(sheet.name for sheet in alike) for tab, alike in found.untold.items()}

    def reads_as(tab: str, sheet: Sheet) -> bool:
        try:
            return len(read_tab(sheet, tab, names, opened.known, opened.context.bells)) > 0
        except CannotCount:
            return False

    for tab in found.missing:
        if tab not in names.tabs:
            open_tabs[tab] = tuple(sheet.name for sheet in found.others if reads_as(tab, sheet))
    return open_tabs
