"""Which columns beside the students say when a service is: "Speech time", or "OT days" and "OT time"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake.cells import SAYS_NONE, is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.names_in_parts import with_student
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.intake.layouts.service_time_cell import is_service_time, speaks_of_time, times_by_service
from sheets_sync.intake.line_frequency import read_line_frequency
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import known_service
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

ROWS_SEARCHED = 50
BESIDE = ("Student", "Student ID")
_AND = r"(?:\s*(?:/|&|\+|and)\s*"
_WHEN = rf"(?:days?{_AND}times?)?|times?{_AND}days?)?|schedules?|sched|when|slots?)"
_OF_ONE = lazy_regex(rf"(?P<service>.+?)[\s:(–-]*\b(?P<when>{_WHEN})\.?\)?", re.IGNORECASE)
_OF_ALL = lazy_regex(
    r"(?:(?:related|sped|special ed(?:ucation)?|iep|therapy)\s+)*"
    rf"(?:services?|therap(?:y|ies)|pull-?outs?|sessions?)?\s*{_WHEN}\.?",
    re.IGNORECASE,
)
_WHEN_ALONE = lazy_regex(rf"{_WHEN}\.?", re.IGNORECASE)
_DAYS_ALONE = lazy_regex(r"days?", re.IGNORECASE)
_TIMES_ALONE = lazy_regex(r"times?", re.IGNORECASE)


@dataclass(frozen=True)
class TimesColumn:
    """`service` is "" where each cell names its own; `bare` tells that the header is the service alone,
    `when` is what it says besides. `days` is the place of the column in which the days of these times stand,
    -1 where they stand in the cell itself; `whole` tells that some cell says both."""

    place: int
    service: str
    bare: bool = False
    when: str = ""
    days: int = -1
    whole: bool = False

    def text(self, sheet: Sheet, row: int) -> CellValue:
        """Return what a row says of the time, with the days of the column beside it."""
        cell = cell_at(sheet, row, self.place)
        days = cell_at(sheet, row, self.days) if self.days >= 0 else None
        return cell if is_blank(days) else f"{text_of(days)} {text_of(cell)}".strip()

    def filled(self, sheet: Sheet, row: int) -> int:
        """Return the 0-based column in which a row says something of the time."""
        return self.days if self.days >= 0 and is_blank(cell_at(sheet, row, self.place)) else self.place


@dataclass(frozen=True)
class Times:
    """The header's 1-based row, the 0-based columns beside, and those of the times."""

    row: int
    beside: Mapping[str, int]
    columns: Sequence[TimesColumn]


def find_times(sheet: Sheet, configured: Mapping[str, str]) -> Times | None:
    """Return the first row with a header for the students and a column in which a service's time stands.

    Once one column is read as times, so is each other that is headed so, or in which days or times stand,
    though not a cell of it can be read.
    """
    own = {name_key(text): column for column, text in configured.items()}
    for number, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1):
        beside: dict[str, int] = {}
        columns: list[TimesColumn] = []
        for place, cell in enumerate(cells):
            if not isinstance(cell, str) or is_blank(cell):
                continue
            name = own.get(name_key(cell)) or read_header(cell, tab="Caseload").value
            if name in (*BESIDE, *NAME_PARTS):
                beside.setdefault(name, place)
            elif name is None and (column := _column(cell.strip(), place)):
                columns.append(column)
        beside = with_student(beside)
        if "Student" not in beside:
            continue
        columns = _with_days(
            [replace(one, whole=_holds_times(sheet, number, one)) for one in _behind_services(columns)]
        )
        if any(_holds_times(sheet, number, column) for column in columns):
            read = [
                column
                for column in columns
                if _holds_times(sheet, number, column) or _is_of_times(sheet, number, column)
            ]
            return Times(number, beside, read)
    return None


def says_nothing(cell: CellValue) -> bool:
    """Tell whether a cell says that there is no session, or nothing."""
    if is_blank(cell) or cell is False or text_of(cell).casefold() in SAYS_NONE:
        return True
    return isinstance(cell, str) and is_no_session(cell)


def is_frequency(cell: CellValue) -> bool:
    """Tell whether a cell says how often a service is."""
    return read_line_frequency(cell, None, None, None).value is not None


def _column(header: str, place: int) -> TimesColumn | None:
    if service := known_service(header):
        return TimesColumn(place, service, bare=True)
    found = _OF_ONE.fullmatch(header)
    if found and (service := known_service(found["service"])):
        return TimesColumn(place, service, when=found["when"])
    return TimesColumn(place, "", when=header) if _OF_ALL.fullmatch(header) else None


def _behind_services(columns: Sequence[TimesColumn]) -> list[TimesColumn]:
    """Give each "When" or "Days" | "Time" the service right before it, where each service has its own."""
    given: list[TimesColumn] = []
    places: set[int] = set()
    for column in columns:
        before = given[-1] if given and given[-1].place == column.place - 1 else None
        own = before and (before.bare or before.place in places)
        if own and before and not column.service and _WHEN_ALONE.fullmatch(column.when):
            column = replace(column, service=before.service)
            places.add(column.place)
        given.append(column)
    each_has = all(column.place + 1 in places for column in given if column.bare)
    return given if each_has else list(columns)


def _with_days(columns: Sequence[TimesColumn]) -> list[TimesColumn]:
    """Join the days of a service with the times that stand right behind or before them."""
    joined: list[TimesColumn] = []
    for column in columns:
        before = joined[-1] if joined else None
        if before and _are_apart(before, column):
            if _DAYS_ALONE.fullmatch(before.when) and _TIMES_ALONE.fullmatch(column.when):
                joined[-1] = replace(column, days=before.place)
                continue
            if _TIMES_ALONE.fullmatch(before.when) and _DAYS_ALONE.fullmatch(column.when):
                joined[-1] = replace(before, days=column.place)
                continue
        joined.append(column)
    return joined


def _are_apart(one: TimesColumn, other: TimesColumn) -> bool:
    """Tell whether two columns side by side are of one service, and neither says both days and times."""
    beside = one.place == other.place - 1 and bool(one.service) and one.service == other.service
    return beside and not one.whole and not other.whole


def _texts(sheet: Sheet, header: int, column: TimesColumn) -> Iterator[str]:
    cells = (column.text(sheet, row) for row in range(header + 1, len(sheet.rows) + 1))
    return (cell for cell in cells if isinstance(cell, str) and not is_blank(cell))


def _holds_times(sheet: Sheet, header: int, column: TimesColumn) -> bool:
    texts = _texts(sheet, header, column)
    if column.service:
        return any(map(is_service_time, texts))
    parts = (times_by_service(text) for text in texts)
    return any(is_service_time(rest) for part in parts if part for service, rest in part if service)


def _is_of_times(sheet: Sheet, header: int, column: TimesColumn) -> bool:
    """Tell whether a column beside one of times is meant as such: it is headed so and its words are no
    frequencies, or it is headed by the service and speaks of days or times."""
    texts = [text for text in _texts(sheet, header, column) if not says_nothing(text)]
    if column.bare:
        return not any(map(is_frequency, texts)) and any(map(speaks_of_time, texts))
    if not column.service and _WHEN_ALONE.fullmatch(column.when):
        return False
    return not all(map(is_frequency, texts))
