"""Wide repeats: several records side by side in one row ("Day_1 Start_1 End_1 Day_2 ..."), those of a Service
Grid also without numbers ("Service | Frequency | Service | Frequency")."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.header_measures import Measure, total_of
from sheets_sync.intake.headers import header_key, read_header
from sheets_sync.intake.headings import is_total
from sheets_sync.intake.layouts.columns_of_no_service import ask_of_columns_beside
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Listed, Placed, cell_at, not_read
from sheets_sync.intake.measured_columns import total_in_words
from sheets_sync.intake.names import name_key
from sheets_sync.intake.told_in_cells import told_in_cells
from sheets_sync.intake.used_columns import COLUMNS, HOURS, REQUIRED, TOTAL
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem

ROWS_SEARCHED = 50
_DAY_AND_TIME = frozenset(("session", "daytime", "dayandtime", "meeting", "slot", "timeslot"))
FEWEST_REPEATS = 2
_NUMBERED = lazy_regex(r"(?P<header>.*[^\W\d_])[\s_#.(-]*(?P<number>[1-9]\d?)\)?\s*\*?", re.DOTALL)
_PAIR = ("Service", "Frequency")
_AMOUNTS = (TOTAL, "Minutes")
_OF_ONE = frozenset(("Provider", "Group", "Minutes", "Sessions", "Per", "Setting", TOTAL, HOURS))
"""Columns behind the last pair that may be of that alone."""
WIDE = {
    "Schedule": (("Days",),),
    "Service Log": (("Date", "Status"), ("Date", "Minutes")),
    "Service Grid": (_PAIR, ("Service", "Minutes"), ("Service", TOTAL)),
}
"""What each repeat must have of its own, by tab: one of these choices, the first in the record's cell."""


@dataclass(frozen=True)
class _Wide:
    row: int  # 1-based
    shared: Mapping[str, int]  # canonical column -> 0-based column
    repeats: Mapping[int, Mapping[str, int]]  # number -> canonical column -> 0-based column
    own: str


def read_wide_repeats(sheet: Sheet, tab: str, configured: Mapping[str, str]) -> Listed | None:
    """Return one record for each repeat of a row in which something stands, None where the tab has none.

    Headers end in the number of their repeat; those of the first may be without one. What has no number is
    each record's. Minutes without a frequency are one that says no period, unless their header does.
    """
    wide = _find(sheet, tab, configured)
    if wide is None:
        return None
    end = _end(sheet, tab, wide)
    records = tuple(_records(sheet, tab, wide, end))
    if not records:
        return None
    rows = len({record[wide.own][1] for record in records})
    seen = f"{rows} row{'' if rows == 1 else 's'} with up to {len(wide.repeats)} records each"
    problem = "A second table begins here: it and what stands below it are not read."
    remedy = "Give each table a tab of its own."
    wrong = [not_read(sheet, end + 1, 0, problem, remedy)] if end < len(sheet.rows) else []
    asked = _notes_beside(sheet, wide, records) if tab == "Service Grid" else ()
    return Listed("records side by side", seen, wide.own, records, {}, (*wrong, *asked))


def _notes_beside(sheet: Sheet, wide: _Wide, records: Sequence[Mapping[str, Placed]]) -> tuple[Problem, ...]:
    """Ask about what stands beside all services of a student and may be of one of them: "OT ends 10/1"."""
    doubts = Doubts(sheet)
    used = {place for columns in (wide.shared, *wide.repeats.values()) for place in columns.values()}
    used -= {wide.shared.get("Notes", -1)}
    rows = sorted({record[wide.own][1] for record in records})
    asked = ask_of_columns_beside(doubts, wide.row, used, wide.shared, rows)
    return (*doubts.problems(), *asked)


def _find(sheet: Sheet, tab: str, configured: Mapping[str, str]) -> _Wide | None:
    own = {name_key(text): column for column, text in configured.items()}
    meant = cache(lambda text: own.get(name_key(text)) or read_header(text, tab=tab).value)
    for number, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1):
        if any(isinstance(cell, str) and _NUMBERED.fullmatch(cell.strip()) for cell in cells):
            shared, repeats = _columns(cells, tab, meant)
        elif tab == "Service Grid":
            shared, repeats = _in_order(cells, tab, meant)
        else:
            continue
        if len(repeats) < FEWEST_REPEATS:
            continue
        for choice in WIDE[tab]:
            if tab == "Service Log" and "Status" in shared:
                continue  # of which of the dates is it?
            whole = {n: {**shared, **own} for n, own in repeats.items() if set(choice) <= own.keys()}
            if len(whole) == len(repeats) and _are_complete(sheet, tab, number, whole.values()):
                return _Wide(number, shared, repeats, choice[0])
    return None


def _columns(
    cells: Sequence[CellValue], tab: str, meant: Callable[[str], str | None]
) -> tuple[dict[str, int], dict[int, dict[str, int]]]:
    """Return the shared columns of a header row, and those of each repeat. A column without a number that
    others have with one is the first repeat's."""
    plain: dict[str, int] = {}
    repeats: dict[int, dict[str, int]] = {}
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or is_blank(cell):
            continue
        name = meant(cell)
        numbered = None if name else _NUMBERED.fullmatch(cell.strip())
        if numbered and (name := _of_repeat(numbered["header"], tab, meant)) in COLUMNS[tab]:
            repeats.setdefault(int(numbered["number"]), {}).setdefault(name, place)
        elif name in COLUMNS[tab]:
            plain.setdefault(name, place)
    again = {name for repeat in repeats.values() for name in repeat}
    first = {name: place for name, place in plain.items() if name in again}
    if first and 1 not in repeats:
        repeats = {1: first, **repeats}
        plain = {name: place for name, place in plain.items() if name not in first}
    return plain, dict(sorted(repeats.items()))


def _in_order(
    cells: Sequence[CellValue], tab: str, meant: Callable[[str], str | None]
) -> tuple[dict[str, int], dict[int, dict[str, int]]]:
    """Return the shared columns of a header row in which each service has its frequency beside it, and those
    of each. None where these are not called alike ("IEP service" may be the same one), and where it is not
    told of which a further column is."""
    named = [(meant(cell), place) for place, cell in enumerate(cells) if isinstance(cell, str)]
    columns = [(name, place) for name, place in named if name in COLUMNS[tab]]
    names = [name for name, _ in columns]
    first = next((name for name in names if name in _PAIR), None)
    called = {name_key(text_of(cells[place])) for name, place in columns if name in _PAIR}
    if first is None or names.count("Service") != names.count("Frequency") or len(called) != len(_PAIR):
        return {}, {}
    shared: dict[str, int] = {}
    repeats: list[dict[str, int]] = []
    for name, place in columns:
        if name == first:
            repeats.append({})
        own = repeats[-1] if repeats else shared
        if name is None or name in own:
            return {}, {}
        own[name] = place
    last = {name: repeats[-1].pop(name) for name in [*repeats[-1]] if name not in repeats[0]}
    if set(last) & _OF_ONE:
        return {}, {}
    return {**shared, **last}, dict(enumerate(repeats, start=1))


def _of_repeat(header: str, tab: str, meant: Callable[[str], str | None]) -> str | None:
    """Return what a header without its number means: "Session 1" of a Schedule is its day and time."""
    if tab == "Service Grid" and total_of(header):
        return TOTAL
    return meant(header) or ("Days" if tab == "Schedule" and header_key(header) in _DAY_AND_TIME else None)


def _are_complete(sheet: Sheet, tab: str, row: int, repeats: Collection[Mapping[str, int]]) -> bool:
    """Tell whether each record has what its tab requires; minutes alone say that so many were given, and
    cells of one repeat tell of all what needs no column ("9:00-9:30", "Mon 9:00-9:30")."""
    told = {
        name
        for columns in repeats
        if "Start" in columns or not _is_a_day_alone(sheet, row, columns)
        for name in told_in_cells(sheet, tab, row, {name: (place,) for name, place in columns.items()})
    }
    return all(_is_complete({*columns, *told}, tab) for columns in repeats)


def _is_a_day_alone(sheet: Sheet, row: int, columns: Mapping[str, int]) -> bool:
    """Tell whether a repeat's header is "Day 2": without a column of times that is a day of a cycle."""
    header = text_of(cell_at(sheet, row, columns["Days"])) if "Days" in columns else ""
    return header_key(header).rstrip("0123456789") not in _DAY_AND_TIME


def _is_complete(columns: Collection[str], tab: str) -> bool:
    alone = {"Service Log": ("Status", ("Minutes",)), "Service Grid": ("Frequency", _AMOUNTS)}.get(tab)
    there = {*columns, *((alone[0],) if alone and set(alone[1]) & {*columns} else ())}
    return all(any(set(names) <= there for names in choice) for choice in REQUIRED[tab])


def _end(sheet: Sheet, tab: str, wide: _Wide) -> int:
    """Return the last row (1-based) before one that has other headers."""
    header = [*map(text_of, sheet.rows[wide.row - 1])]
    for number in range(wide.row + 1, len(sheet.rows) + 1):
        cells = sheet.rows[number - 1]
        student = wide.shared.get("Student", 0)
        says_student = student < len(cells) and _is_header(cells[student], tab)
        if says_student and any(text not in ("", *header) for text in map(text_of, cells)):
            return number - 1
    return len(sheet.rows)


def _records(sheet: Sheet, tab: str, wide: _Wide, end: int) -> Iterator[Mapping[str, Placed]]:
    for number in range(wide.row + 1, end + 1):
        shared = _filled(sheet, number, wide.shared)
        if "Student" in shared and (is_total(shared["Student"][0]) or _is_header(shared["Student"][0], tab)):
            continue
        for columns in wide.repeats.values():
            repeat = _filled(sheet, number, columns)
            if not repeat:
                continue
            if tab == "Service Log" and "Status" not in columns:
                repeat["Status"] = repeat.get("Minutes", (None, number, columns["Minutes"]))
                repeat.pop("Minutes", None)
            if tab == "Service Grid" and not {"Frequency", "Sessions"} & {*columns}:
                repeat |= _as_frequency(sheet, wide.row, number, columns)
                repeat = {name: placed for name, placed in repeat.items() if name not in _AMOUNTS}
            yield {wide.own: (None, number, columns[wide.own]), **shared, **repeat}


def _as_frequency(sheet: Sheet, header: int, row: int, columns: Mapping[str, int]) -> dict[str, Placed]:
    """Return the minutes of a repeat as a frequency in words: "60 min / week", "60 min"."""
    place = next(columns[name] for name in _AMOUNTS if name in columns)
    found = _NUMBERED.fullmatch(text_of(cell_at(sheet, header, place)).strip())
    measure = (total_of(found["header"]) if found else None) or Measure("minutes")
    cell = cell_at(sheet, row, place)
    words = cell if measure.period else f"{text_of(cell)} min" if isinstance(cell, int | float) else cell
    typed = total_in_words((words,), (measure,))
    return {} if is_blank(typed) else {"Frequency": (typed, row, place)}


def _filled(sheet: Sheet, row: int, columns: Mapping[str, int]) -> dict[str, Placed]:
    return {
        name: (cell, row, place)
        for name, place in columns.items()
        if not is_blank(cell := cell_at(sheet, row, place))
    }


def _is_header(cell: CellValue, tab: str) -> bool:
    return isinstance(cell, str) and read_header(cell, tab=tab).value == "Student"
