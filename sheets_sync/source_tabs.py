"""What the tabs of another workbook are, beside the case manager's own: for [[sources]]. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.config import Names
from sheets_sync.intake.headers import tab_name
from sheets_sync.intake.layouts.reading import LAYOUTS, read_tab
from sheets_sync.intake.workbook import Opened
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import CannotCount

LONGEST = 28
"""A name has at most 31 letters, with a number behind it where two are alike."""
BY_READING = ("Service Grid", "Schedule", "Service Log", "Attendance", "Calendar")
"""The tabs that a sheet can be told to be by what stands in it; a list with names may be anybody's."""


@dataclass(frozen=True)
class SourceTabs:
    """`tabs` are canonical tab -> names there; `several`: the names that could be several tabs, with these;
    `left` the names of sheets that are read as none."""

    tabs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def tabs_of_source(source: Snapshot, own: Opened) -> SourceTabs:
    """Return what each sheet of a source is: by its name where it can be read as that, else by what stands in
    it where that is one thing alone. Students and providers are those of the workbook itself, `own`."""
    tabs: dict[str, tuple[str, ...]] = {}
    several: dict[str, tuple[str, ...]] = {}
    left: list[str] = []
    for sheet in source.sheets:
        if sheet.mark is not None or not sheet.rows:
            continue
        could_be = _could_be(sheet, own)
        if len(could_be) == 1:
            tabs[could_be[0]] = (*tabs.get(could_be[0], ()), sheet.name)
        elif could_be:
            several[sheet.name] = could_be
        else:
            left.append(sheet.name)
    return SourceTabs(tabs, several, tuple(left))


def name_of_source(called: str, taken: Sequence[str]) -> str:
    """Return by what name people know a workbook: that of its file, or its title, as [[sources]] takes it."""
    stem = re.sub(r"\.xls[xm]$", "", called, flags=re.IGNORECASE)
    shown = "".join(letter if letter.isprintable() else " " for letter in stem)
    plain = re.sub(r"[\[\]:*?/\\\s]+", " ", shown).strip(" '")[:LONGEST].strip(" '") or "Another workbook"
    others = {name.casefold() for name in taken}
    names = (plain, *(f"{plain} {number}" for number in range(2, len(others) + 3)))
    return next(name for name in names if name.casefold() not in others)


def _could_be(sheet: Sheet, own: Opened) -> tuple[str, ...]:
    named = tab_name(sheet.name)
    if named is not None and named in LAYOUTS and _columns_read(sheet, named, own) is not None:
        return (named,)
    read = {tab: _columns_read(sheet, tab, own) for tab in BY_READING}
    found = {tab: columns for tab, columns in read.items() if columns is not None}
    return tuple(tab for tab, own in found.items() if not any(own and own < more for more in found.values()))


def _columns_read(sheet: Sheet, tab: str, own: Opened) -> frozenset[int] | None:
    """Return the columns of a list that are read as this tab, none of a grid; None where nothing can be.

    A log is an attendance too, with fewer columns: it is what most of them fit.
    """
    try:
        rows = read_tab(sheet, tab, Names(), own.known, own.context.bells)
    except CannotCount:
        return None
    if not len(rows):
        return None
    places = () if rows.taken_for else (column.position for column in rows.columns.values())
    return frozenset(place for place in places if place >= 0)
