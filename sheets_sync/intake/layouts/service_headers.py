"""The headers of services in columns: which columns are of which service, and what stands in each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.header_measures import total_of, without_measure
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.names_in_parts import with_student
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import known_service, services_spoken_of
from sheets_sync.intake.used_columns import NAME_PARTS
from sheets_sync.intake.ways_of_delivery import Way, way_of
from sheets_sync.intake.years_named import YEARS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

ROWS_SEARCHED = 50
BESIDE = ("Student", "Student ID")
_MEASURED = lazy_regex(
    r"(?P<service>.+?)[\s:(–-]*\b(?:min(?:ute)?s?)\.?\s*(?:/|\bper\b|\ba\b)\s*"
    r"(?:(?P<week>w(?:ee)?k)|mo(?:nth)?)\.?\)?",
    re.IGNORECASE,
)
_HOW_OFTEN = lazy_regex(r"(?P<service>.+?)[\s:(–-]*\b(?:freq(?:uency)?|how often)\.?\)?", re.IGNORECASE)
_HOW_LONG = lazy_regex(r"(?P<service>.+?)[\s:(–-]*\b(?:min(?:ute)?s?|length|duration)\.?\)?", re.IGNORECASE)

_NTH = r"(?:\d(?:st|nd|rd|th)|first|second|third|fourth)"
_TERM = lazy_regex(
    r"(?:s(?:em(?:ester)?)?|q(?:uarter|tr)?|t(?:ri(?:mester)?|erm)?|mp|marking period|half)\.?\s?#?\d"
    rf"|{_NTH} (?:sem(?:ester)?|quarter|qtr|tri(?:mester)?|term|half)\.?",
    re.IGNORECASE,
)
_OWN = frozenset(("Start date", "End date", "Provider", "Group", "Per", "Setting", "ESY"))
_OFTEN = lazy_regex(r"freq(?:uency)?\.?|how often", re.IGNORECASE)


@dataclass(frozen=True)
class Across:
    """The columns of a sheet with services in columns, below its header."""

    row: int  # 1-based
    beside: Mapping[str, int]  # canonical column -> 0-based column
    services: Mapping[int, str]  # 0-based column -> service
    per: Mapping[int, str] = field(default_factory=dict)  # 0-based column of minutes -> "week", "month"
    own: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Service, or service and way, -> canonical column of the Service Grid -> 0-based column."""
    ways: Mapping[int, Way] = field(default_factory=dict)  # 0-based column -> how the service is given there
    providers: Mapping[int, int] = field(default_factory=dict)  # frequency's column -> that of the names

    def beside_of(self, place: int) -> Mapping[str, int]:
        """Return the columns of the service alone whose frequency stands in a column. Those of a service with
        a frequency of its own are not those of its consultation."""
        service, way = self.services[place], self.ways.get(place)
        bare = any(one == service and at not in self.ways for at, one in self.services.items())
        of_service = {} if way and bare else self.own.get(service, {})
        return {**of_service, **(self.own.get(_key(service, way), {}) if way else {})}


def find_services(sheet: Sheet, configured: Mapping[str, str]) -> Across | None:
    """Return the first row with a header for the students and one that is a service."""
    own = {name_key(text): column for column, text in configured.items()}
    first = next((row for row, cells in enumerate(sheet.rows) if not all(map(is_blank, cells))), 0)
    for number, cells in enumerate(sheet.rows[first : first + ROWS_SEARCHED], start=first + 1):
        beside: dict[str, int] = {}
        services: dict[int, str] = {}
        headers: dict[int, str] = {}
        for place, cell in enumerate(cells):
            if not isinstance(cell, str) or is_blank(cell):
                continue
            name = own.get(name_key(cell)) or read_header(cell, tab="Caseload").value
            service = None if name else known_service(cell)
            if service:
                services[place] = service
            elif name is None:
                headers[place] = cell
            elif name in (*BESIDE, *NAME_PARTS):
                beside.setdefault(name, place)
        beside = with_student(beside)
        if "Student" in beside and not _names_services(sheet, number):
            across = _with_units(Across(number, beside, services), headers)
            if across.services:
                return completed(sheet, across)
    return None


def _names_services(sheet: Sheet, header: int) -> bool:
    """Tell whether a column Service says of each row which it is: then no column is a service."""
    for place, cell in enumerate(sheet.rows[header - 1]):
        if isinstance(cell, str) and read_header(cell, tab="Service Grid").value == "Service":
            below = (cell_at(sheet, row, place) for row in range(header + 1, len(sheet.rows) + 1))
            return any(isinstance(cell, str) and services_spoken_of(cell) for cell in below)
    return False


def _with_units(across: Across, headers: Mapping[int, str]) -> Across:
    """Return the columns with those whose headers say a service and a unit."""
    services, per = dict(across.services), dict(across.per)
    ways: dict[int, Way] = {}
    for place, text in headers.items():
        if (found := _MEASURED.fullmatch(text.strip())) and (service := known_service(found["service"])):
            services[place], per[place] = service, "week" if found["week"] else "month"
        elif (found := _HOW_OFTEN.fullmatch(text.strip())) and (service := known_service(found["service"])):
            services[place] = service
        elif both := _service_and_way(text):
            services[place], ways[place] = both
    own: dict[str, dict[str, int]] = {}
    often = {
        _key(service, ways.get(place)) for place, service in services.items() if not _is_long(headers, place)
    }
    for place, text in headers.items():
        column, key = ("", "") if place in services and place not in ways else _own_column(text)
        of_all = key in services.values() and place not in services
        if column and (of_all or (key in often and (place not in ways or column == "Minutes"))):
            own.setdefault(key, {}).setdefault(column, place)
            services.pop(place, None)
            ways.pop(place, None)
    ordered = {place: services[place] for place in sorted(services)}
    return Across(across.row, across.beside, ordered, per, own, ways)


def _key(service: str, way: Way | None) -> str:
    return f"{service} {way.text}" if way and way.column else service


def _is_long(headers: Mapping[int, str], place: int) -> bool:
    return _HOW_LONG.fullmatch(headers.get(place, "").strip()) is not None


def _own_column(header: str) -> tuple[str, str]:
    """Return the column of a line that a header says behind a service, and of which that is: "Start date" of
    "OT Start", "Minutes" of "OT consult min"."""
    words = header.split()
    for at in range(1, len(words)):
        named, said = " ".join(words[:at]), " ".join(words[at:])
        both = _service_and_way(named)
        key = _key(*both) if both else known_service(named)
        if not key:
            continue
        if (found := _HOW_LONG.fullmatch(f"- {said}")) and not found["service"].strip(" -"):
            return "Minutes", key
        column = read_header(said, tab="Service Grid").value
        if column in _OWN:
            return column, key
    return "", ""


def _service_and_way(header: str) -> tuple[str, Way] | None:
    """Return both of "Speech Ind", "Group OT" and the like."""
    words = re.sub(r"[-()]", " ", header).split()
    for at in range(1, len(words)):
        for named, said in ((words[:at], words[at:]), (words[at:], words[:at])):
            way, service = way_of(" ".join(said)), known_service(" ".join(named))
            if way and way.column and service:
                return service, way
    return None


def completed(sheet: Sheet, across: Across) -> Across:
    """Return the columns with what a second header row, a title, and the cells say of them."""
    return _with_title(sheet, _with_names(sheet, _with_ways_below(sheet, across)))


def _with_ways_below(sheet: Sheet, across: Across) -> Across:
    """Return the columns with the ways of delivery in the row below their header: "Ind | Group" below
    "Speech". A column of which that row says anything else ("Proposed", "24-25") is of no service."""
    below = sheet.rows[across.row] if across.row < len(sheet.rows) else ()
    said = {place: cell for place, cell in enumerate(below) if not is_blank(cell)}
    beside = {place for place in said if place in across.beside.values()}
    texts = [cell for cell in said.values() if isinstance(cell, str) and not any(map(str.isdigit, cell))]
    is_header = (
        len(texts) == len(said) or any(map(way_of, said.values())) or _are_years_or_terms(said.values())
    )
    if beside or not said or not is_header:
        return across
    services, ways, at = dict(across.services), dict(across.ways), ""
    header = sheet.rows[across.row - 1]
    for place in range(max(len(header), len(below))):
        if place < len(header) and not is_blank(header[place]):
            at = across.services.get(place, "")
        if place not in said or not at:
            continue
        services.pop(place, None)
        if way := way_of(said[place]):
            services[place], ways[place] = at, way
    return replace(across, services={place: services[place] for place in sorted(services)}, ways=ways)


def _are_years_or_terms(cells: Collection[CellValue]) -> bool:
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    return any(map(_TERM.fullmatch, texts)) or (len(texts) == len(cells) and all(map(YEARS.search, texts)))


def _with_names(sheet: Sheet, across: Across) -> Across:
    """Return the columns with those of minutes for frequencies where names of providers stand below the
    service: "SLP | SLP min" with "Kim Lee | 1x30/wk", and "Speech | Mins" with "1x30/wk | 30"."""
    services, providers = dict(across.services), dict(across.providers)
    own = {key: dict(columns) for key, columns in across.own.items()}
    header = sheet.rows[across.row - 1]
    for place, service in across.services.items():
        minutes = across.beside_of(place).get("Minutes")
        beside = minutes if minutes is not None else place + 1 if _is_measure(header, place + 1) else -1
        key = _key(service, across.ways.get(place))
        if beside < 0 or beside in services:
            continue
        if _hold_digits(sheet, across.row, place):
            own.setdefault(key, {}).setdefault("Minutes", beside)
        elif _hold_digits(sheet, across.row, beside):
            del services[place]
            own.get(key, {}).pop("Minutes", None)
            services[beside], providers[beside] = service, place
    ordered = {place: services[place] for place in sorted(services)}
    return replace(across, services=ordered, own=own, providers=providers)


def _is_measure(header: Sequence[CellValue], place: int) -> bool:
    text = cell_in(header, place)
    said, measure = without_measure(text) if isinstance(text, str) else ("", "")
    return not said and bool(measure or _OFTEN.fullmatch(str(text).strip()))


def _hold_digits(sheet: Sheet, header: int, place: int) -> bool:
    cells = (cell_at(sheet, row, place) for row in range(header + 1, len(sheet.rows) + 1))
    return any(any(map(str.isdigit, text_of(cell))) for cell in cells)


def _with_title(sheet: Sheet, across: Across) -> Across:
    """Return the columns with the period that a title above them says: "Service minutes per week"."""
    titles = [cell for cells in sheet.rows[: across.row - 1] for cell in cells if isinstance(cell, str)]
    measures = [measure for title in titles if (measure := total_of(title))]
    if len(measures) != 1 or measures[0].unit != "minutes" or not measures[0].period:
        return across
    return replace(across, per={**dict.fromkeys(across.services, measures[0].period), **across.per})


def services_of(row: int, cells: Sequence[CellValue]) -> Mapping[int, str]:
    """Return the services that a row's cells are headers of."""
    headers = {place: cell for place, cell in enumerate(cells) if isinstance(cell, str) and is_unknown(cell)}
    services = {place: service for place, cell in headers.items() if (service := known_service(cell))}
    return _with_units(Across(row, {}, services), headers).services


def is_unknown(header: str) -> bool:
    """Tell whether a header is no column of the Caseload: it may be a service."""
    return read_header(header, tab="Caseload").value is None
