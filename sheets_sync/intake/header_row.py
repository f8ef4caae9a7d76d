"""Finds the header row of a tab and which column is which (spec: workbook.md, "Tabs that staff keep").

Title rows and blank rows may stand above it. Columns that are not known are left alone and never reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.names import name_key
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, a1, column_letter

ROWS_SEARCHED = 50
"""A header further down than this is not looked for."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "Caseload": (
        *("Student ID", "Student", "Grade", "School", "District", "Case manager", "Case manager email"),
        *("Plan", "Exit date", "Notes"),
    ),
    "Service Grid": (
        *("Student", "Service", "Frequency", "Sessions", "Minutes", "Per", "Group", "Provider", "Setting"),
        *("Start date", "End date", "ESY", "Notes", "Student ID"),
    ),
    "Schedule": (
        *("Student", "Service", "Provider", "Days", "Start", "End", "Minutes", "Group", "Location"),
        *("From", "To", "Notes", "Student ID"),
    ),
    "Service Log": (
        *("Date", "Student", "Service", "Provider", "Start", "Minutes", "Status", "Group", "Make-up for"),
        *("Reason", "Notes", "Student ID"),
    ),
    "Calendar": ("Date", "To", "Kind", "Time", "Label"),
    "Staff": (
        *("Name", "Role", "Services", "Email", "Supervisor", "Supervisor email", "Away from", "Away to"),
    ),
    "Attendance": ("Date", "Student", "Attendance", "Time", "Student ID"),
}
"""The columns that are used, by tab. Any other is left alone, also if its name is known."""

REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "Caseload": (("Student",),),
    "Service Grid": (("Student",), ("Service",), ("Frequency", "Sessions, Per and Minutes")),
    "Schedule": (("Student",), ("Service",), ("Days",), ("Start",), ("End", "Minutes")),
    "Service Log": (("Date",), ("Student",), ("Service",), ("Status",)),
    "Calendar": (("Date",), ("Kind",)),
    "Staff": (("Name",),),
    "Attendance": (("Date",), ("Student",), ("Attendance",)),
}
"""What must be there; of a group of several, one."""


DESCRIBING = frozenset(
    (
        *("Grade", "School", "District", "Case manager", "Case manager email", "Plan", "Notes", "Setting"),
        *("Location", "Label", "Role", "Services", "Email", "Supervisor", "Supervisor email"),
    )
)
"""Columns that change no figure: where one of them stands there twice the first is read, and asked about."""


@dataclass(frozen=True)
class Header:
    """`row` is the 1-based header row; `columns` maps canonical names to 0-based columns."""

    row: int
    columns: Mapping[str, int]
    texts: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def find_header(sheet: Sheet, tab: str, configured: Mapping[str, str]) -> Header:
    """Find the header: the first row with every required column, title and blank rows above it.

    `configured` maps canonical columns to headers here ([columns.TAB]). Raises CannotCount if a required
    column is missing, if one that is used stands there twice, or if there is no header at all.
    """
    best: tuple[int, dict[str, list[int]]] | None = None
    for row, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1):
        found = _read_row(cells, tab, configured)
        if not _missing(found, tab):
            return _header(sheet, tab, row, found)
        if best is None or len(found) > len(best[1]):
            best = (row, found)
    raise _no_header(sheet, tab, best, configured)


def _read_row(cells: Sequence[CellValue], tab: str, configured: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the 0-based columns of each canonical name that reads out of a row.

    A header that is exactly the canonical or the configured name goes before its aliases: "Minutes" beside
    "Minutes served" is no column of two names.
    """
    exact: dict[str, list[int]] = {}
    alias: dict[str, list[int]] = {}
    own = {name_key(text): column for column, text in configured.items()}
    canonical = {name_key(column): column for column in COLUMNS[tab] if column not in configured}
    for position, value in enumerate(cells):
        if not isinstance(value, str) or is_blank(value):
            continue
        key = name_key(value)
        name = own.get(key) or canonical.get(key)
        if name:
            exact.setdefault(name, []).append(position)
            continue
        name = read_header(value, tab=tab).value
        if name in COLUMNS[tab] and name not in configured:
            alias.setdefault(name, []).append(position)
    return {name: exact.get(name) or alias[name] for name in {**exact, **alias}}


def _missing(found: Mapping[str, object], tab: str) -> list[str]:
    """Return the required columns that are not there, an alternative as "End or Minutes"."""
    return [
        " or ".join(choice)
        for choice in REQUIRED[tab]
        if not any(all(part in found for part in _parts(name)) for name in choice)
    ]


def _parts(name: str) -> list[str]:
    return name.replace(" and ", ", ").split(", ")


def _header(sheet: Sheet, tab: str, row: int, found: Mapping[str, Sequence[int]]) -> Header:
    cells = sheet.rows[row - 1]
    problems = []
    for name in COLUMNS[tab]:
        places = found.get(name, ())
        if len(places) < 2:
            continue
        if name not in DESCRIBING:
            raise _stands_twice(sheet, tab, row, name, places)
        problems.append(
            Problem(
                Severity.QUESTION,
                sheet.name,
                a1(row, places[1]),
                shown(cells[places[1]]),
                f"{len(places)} columns read as {name}: {_letters(places)}."
                f" Column {column_letter(places[0])} was read.",
                "Rename the columns that are not meant.",
            )
        )
    columns = {name: places[0] for name, places in found.items()}
    texts = {name: text_of(cells[place]) for name, place in columns.items()}
    return Header(row, columns, texts, tuple(problems))


def _letters(places: Sequence[int]) -> str:
    return " and ".join(column_letter(place) for place in places)


def _stands_twice(sheet: Sheet, tab: str, row: int, name: str, places: Sequence[int]) -> CannotCount:
    headers = " and ".join(f'{a1(row, place)} "{shown(sheet.rows[row - 1][place])}"' for place in places)
    return CannotCount(
        f'the tab "{sheet.name}" has {len(places)} columns that read as {name}: {headers}',
        f'rename the one that is not meant, or name the right one in the configuration: [columns."{tab}"]'
        f' "{name}" = "..."',
    )


def _no_header(
    sheet: Sheet, tab: str, best: tuple[int, dict[str, list[int]]] | None, configured: Mapping[str, str]
) -> CannotCount:
    if best is None or not best[1]:
        wanted = ", ".join(" or ".join(choice) for choice in REQUIRED[tab])
        return CannotCount(
            f'the tab "{sheet.name}" has no header row' + (" (it is empty)" if best is None else ""),
            f"put the names of the columns into its first row: {wanted}",
        )
    row, found = best
    missing = _missing(found, tab)
    headers = _texts(sheet.rows[row - 1], found)
    first = missing[0].split(" or ")[0].split(",")[0]
    keys = [name_key(text) for text in headers]
    near = get_close_matches(name_key(configured.get(first, first)), keys, n=1, cutoff=0.6)
    hint = next((text for text in headers if near and name_key(text) == near[0]), "the header here")
    there = ", ".join(f'"{text}"' for text in headers)
    return CannotCount(
        f'the tab "{sheet.name}" has no column {_and(missing)}; row {row} has {there}',
        f'add or rename the column, or name it in the configuration: [columns."{tab}"] "{first}" = "{hint}"',
    )


def _and(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' if " or " not in name else name for name in names)


def _texts(cells: Sequence[CellValue], found: Mapping[str, Sequence[int]]) -> list[str]:
    """Return the headers of a row; of one that may hold data (a single known word) only that word.

    The sentence goes to standard error, and no student's name may stand there.
    """
    known = {place for places in found.values() for place in places}
    return [
        shown(value)
        for place, value in enumerate(cells)
        if isinstance(value, str) and not is_blank(value) and (len(found) > 1 or place in known)
    ]
