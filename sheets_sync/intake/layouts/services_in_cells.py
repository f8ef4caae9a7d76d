"""All services of a student in one cell, each with how often: "Speech 2x30/wk; OT 1x30/wk".

As many keep it on the Caseload, below "Services". Each service of a cell is one line of the Service Grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.intake.cells import SAYS_NONE, is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.headings import is_total
from sheets_sync.intake.layouts.columns_of_no_service import ask_of_columns_beside
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Listed, Placed, cell_at
from sheets_sync.intake.layouts.names_in_parts import filled_beside, is_header, with_student
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.service_time_cell import is_service_time, times_by_service
from sheets_sync.intake.layouts.services_across import part_from_provider
from sheets_sync.intake.layouts.title_text import NOT_NOW
from sheets_sync.intake.line_frequency import read_line_frequency
from sheets_sync.intake.names import name_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.services import CONSULTATION, known_service, services_spoken_of
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity

_ROWS_SEARCHED = 50
_HEADER = lazy_regex(
    r"(?=.*\b(?:services?|therap(?:y|ies)|mandates?|minutes|mins|frequency)\b)"
    r"(?:(?:services?|related|iep|sped|special|education|ed|therap(?:y|ies)|mandates?|minutes|mins|frequency"
    r"|freq|time|amounts?|and|with|of|the|on|current|weekly|provided|required|list|in)\b\W*)+",
    re.IGNORECASE,
)
_BETWEEN = lazy_regex(r"\s(?:and|&|\+|/)\s", re.IGNORECASE)
_BULLET = lazy_regex(r"[•▪●·]")
_PARTS = lazy_regex(r"[;|\n\r\u2028]+")
_OF_ANOTHER_TIME = lazy_regex(
    rf"{NOT_NOW.pattern}|\b(?:last|prior|previous|former|requested)\b", re.IGNORECASE
)
_PROBLEM = "Which service this is, or how often, is not told: it is not read."
_REMEDY = 'Write each service with how often behind it, on a line of its own: "Speech 2 x 30 min / week".'


@dataclass(frozen=True)
class _Told:
    """The columns below a 1-based header: whose each row is, and the one of services."""

    row: int
    beside: Mapping[str, int]
    place: int


def read_services_in_cells(sheet: Sheet, configured: Mapping[str, str], known: PeopleKnown) -> Listed | None:
    """Return the lines that stand in the one column of services, None where no cell of one has a frequency.
    What of a cell names no service, or several at once, is an error, and so are services in other columns."""
    told = _find(sheet, configured)
    if told is None:
        return None
    doubts = Doubts(sheet)
    records = tuple(_records(told, doubts, known))
    if not records:
        return None
    named = {told.place, *_report_services_beside(told, doubts)}
    rows = sorted({record["Student"][1] for record in records})
    asked = ask_of_columns_beside(doubts, told.row, named, told.beside, rows)
    students = len({name_key(text_of(record["Student"][0])) for record in records})
    seen = f"{students} student{'' if students == 1 else 's'}, all services of each in one cell"
    return Listed("services in one cell", seen, "Frequency", records, {}, (*doubts.problems(), *asked))


def holds_services_in_cells(sheet: Sheet) -> bool:
    """Tell whether a tab has a column of services with their frequencies in its cells."""
    return _find(sheet, {}) is not None


def _find(sheet: Sheet, configured: Mapping[str, str]) -> _Told | None:
    own = {name_key(text): column for column, text in configured.items()}
    for number, cells in enumerate(sheet.rows[:_ROWS_SEARCHED], start=1):
        beside: dict[str, int] = {}
        places = []
        for place, cell in enumerate(cells):
            if not isinstance(cell, str) or is_blank(cell) or len(cell) > LONGEST:
                continue
            name = own.get(name_key(cell)) or read_header(cell, tab="Caseload").value
            if name in ("Student", "Student ID", *NAME_PARTS):
                beside.setdefault(name, place)
            elif name is None and _HEADER.fullmatch(plain(cell)) and _holds_one(sheet, number, place):
                places.append(place)
        beside = with_student(beside)
        if "Student" in beside:
            return _Told(number, beside, places[0]) if len(places) == 1 else None
    return None


def _holds_one(sheet: Sheet, header: int, place: int) -> bool:
    cells = (cell_at(sheet, row, place) for row in range(header + 1, len(sheet.rows) + 1))
    return any(
        service and _is_frequency(often)
        for cell in cells
        if isinstance(cell, str)
        for service, often in _services_of(cell)
    )


def _report_services_beside(told: _Told, doubts: Doubts) -> set[int]:
    """Name the cells in which a service or a frequency stands, of each other column: return these columns."""
    sheet = doubts.sheet
    header = sheet.rows[told.row - 1]
    found = set[int]()
    for place in range(max(map(len, sheet.rows))):
        text = text_of(header[place]) if place < len(header) else ""
        if place in (told.place, *told.beside.values()) or read_header(text, tab="Caseload").value:
            continue
        called = f'"{text}"' if text else "This column"
        problem = f'{called} says how often beside "{text_of(header[told.place])}": it is not read.'
        severity = Severity.NOTE if _OF_ANOTHER_TIME.search(text) else Severity.ERROR
        for row in range(told.row + 1, len(sheet.rows) + 1):
            cell = cell_at(sheet, row, place)
            if isinstance(cell, str) and _says_how_often(cell):
                doubts.at(row, place, problem, _REMEDY, severity)
                found.add(place)
    return found


def _says_how_often(cell: str) -> bool:
    return _is_frequency(cell) or any(
        service and _is_frequency(often) for service, often in _services_of(cell)
    )


def _is_frequency(text: str) -> bool:
    return read_line_frequency(text, None, None, None).value is not None


def _records(told: _Told, doubts: Doubts, known: PeopleKnown) -> Iterator[Mapping[str, Placed]]:
    sheet, place = doubts.sheet, told.place
    for row in range(told.row + 1, len(sheet.rows) + 1):
        beside = filled_beside(sheet, row, told.beside)
        cell = cell_at(sheet, row, place)
        if is_header(sheet, row, told.beside) or "Student" not in beside or is_total(beside["Student"][0]):
            continue
        if is_blank(cell) or text_of(cell).strip().casefold() in SAYS_NONE:
            continue
        for service, typed in _services_of(text_of(cell)):
            if is_service_time(typed) and not _is_frequency(typed):
                continue
            if not service:
                doubts.at(row, place, _PROBLEM, _REMEDY)
                continue
            often, provider = part_from_provider(typed, known)
            named: dict[str, Placed] = {"Provider": (provider, row, place)} if provider else {}
            yield {**beside, "Service": (service, row, place), **named, "Frequency": (often, row, place)}


def _services_of(cell: str) -> Sequence[tuple[str, str]]:
    """Part a cell into services and how often each is given; "" is the service of what names not just one.
    In "Speech, OT 1x30/wk" that may be of both."""
    if len(cell) > 10 * LONGEST:
        return [("", cell)]
    cell = _BULLET.sub(";", cell)
    parts = times_by_service(cell)
    if not parts or not all(_is_of(service, rest) for service, rest in parts):
        parts = times_by_service(_BETWEEN.sub("; ", cell))
    if parts and all(_is_of(service, rest) for service, rest in parts):
        told = [bool(rest) for _, rest in parts]
        return parts if told == sorted(told, reverse=True) else [("", cell)]
    pieces = [piece.strip(" -–*") for piece in _PARTS.split(cell) if piece.strip(" -–*")]
    pieces = [one for piece in pieces for one in _by_commas(piece)]
    return [(_only_service(piece), piece) for piece in pieces]


def _by_commas(piece: str) -> list[str]:
    """Part "2x30/wk Speech, 1x30/wk OT" where each part has a service of its own."""
    parts = [part.strip() for part in _BETWEEN.sub(", ", piece).split(",")]
    return parts if all(map(_only_service, parts)) else [piece]


def _only_service(text: str) -> str:
    spoken = services_spoken_of(text)
    others = spoken - {CONSULTATION} or spoken
    return next(iter(others)) if len(others) == 1 else ""


def _is_of(service: str, rest: str) -> bool:
    """Tell whether what follows a service speaks of no other."""
    return services_spoken_of(rest) <= {service, known_service(service), CONSULTATION}
