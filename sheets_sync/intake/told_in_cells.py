"""Columns that a list can do without, because cells of another say it: "9:00-9:30" in Time is Start and End.

And headers of many meanings ("When", "Attended"), which mean a column where no other does
(vocabulary/headers_where_none.csv).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from sheets_sync.intake.calendar_kinds import Kind, read_kind
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.clock import read_time_range
from sheets_sync.intake.groups import read_group
from sheets_sync.intake.headers import header_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.rotation_names import read_rotation_day
from sheets_sync.intake.rules_in_period import is_period
from sheets_sync.intake.services import known_service
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.intake.vocabulary import rows
from sheets_sync.ports import CellValue, Sheet

Found = Mapping[str, Sequence[int]]


def told_in_cells(sheet: Sheet, tab: str, row: int, found: Found) -> set[str]:
    """Return the columns of a Schedule that cells below the header in this 1-based row tell: Start and End in
    Days ("Mon 9:00-9:30"), End in Start ("9:00-9:30", "Period 3")."""
    if tab != "Schedule" or not {"Student", "Days"} <= set(found):
        return set()
    told = set()
    for cell in _cells(sheet, row, found.get("Start", ())):
        if is_period(cell) or (isinstance(cell, str) and read_time_range(cell).value is not None):
            told.add("End")
    for cell in _cells(sheet, row, found["Days"]):
        for rule in read_schedule(text_of(cell)).value or ():
            told |= {name for name, at in (("Start", rule.start), ("End", rule.end)) if at is not None}
    return told


def where_none(sheet: Sheet, tab: str, row: int, found: Found) -> dict[str, Sequence[int]]:
    """Return the columns with what the headers in this row mean where no other column does.

    "Type" is a service only where services stand below it, "Students" a kind of day where one does.
    """
    used = {place for places in found.values() for place in places}
    more: dict[str, list[int]] = {}
    for place, cell in enumerate(sheet.rows[row - 1]):
        if not isinstance(cell, str) or is_blank(cell) or place in used or len(cell) > LONGEST:
            continue
        name = _meanings(tab).get(header_key(cell))
        holds = _HOLDS.get(name or "", _anything)
        if name and name not in found and any(map(holds, _cells(sheet, row, (place,)))):
            more.setdefault(name, []).append(place)
    return {**found, **{name: places for name, places in more.items() if len(places) == 1}}


def with_groups(sheet: Sheet, tab: str, row: int, found: Found) -> dict[str, Sequence[int]]:
    """Return the columns with the Group that one of many meanings ("Type", "Delivery") holds: nothing stands
    in it but kinds of groups, and individual or group among them."""
    if "Group" in found or "Group" not in COLUMNS[tab]:
        return dict(found)
    used = {place for places in found.values() for place in places}
    places = []
    for place, cell in enumerate(sheet.rows[row - 1]):
        if not isinstance(cell, str) or place in used or len(cell) > LONGEST:
            continue
        if header_key(cell) in _headers_of_groups():
            groups = {
                read_group(below).value if isinstance(below, str) else None
                for below in _cells(sheet, row, (place,))
            }
            places += [place] if groups and groups <= _GROUPS and groups & {"individual", "group"} else []
    return {**found, **({"Group": places} if len(places) == 1 else {})}


def _anything(cell: CellValue) -> bool:
    return True


_GROUPS = frozenset(("individual", "group", "consultation"))
_NO_DAY = Kind("")
_HOLDS: Mapping[str, Callable[[CellValue], bool]] = {
    "Service": lambda cell: isinstance(cell, str) and known_service(plain(cell[:LONGEST])) is not None,
    "Kind": lambda cell: isinstance(cell, str) and (read_kind(cell).value or _NO_DAY).kind != "",
    "Label": lambda cell: read_rotation_day(text_of(cell)) is not None or text_of(cell).isdecimal(),
}


def _cells(sheet: Sheet, row: int, places: Sequence[int]) -> Iterator[CellValue]:
    cells = dict.fromkeys(
        cells[place] for cells in sheet.rows[row:] for place in places if place < len(cells)
    )
    return (cell for cell in cells if not is_blank(cell))


@cache
def _meanings(tab: str) -> dict[str, str]:
    letter = next(letter for name, letter, *_ in rows("columns") if name == tab)
    known = [(name, headers) for letters, name, *headers in rows("headers_where_none") if letter in letters]
    return {header_key(header): name for name, headers in known for header in headers if name != "Group"}


@cache
def _headers_of_groups() -> frozenset[str]:
    known = (headers for _, name, *headers in rows("headers_where_none") if name == "Group")
    return frozenset(header_key(header) for headers in known for header in headers)
