"""Services in columns: students down, a column a service ("SLP", "OT"), a frequency in each cell.

As many keep it on the Caseload itself. Each cell in which something stands is one line of the Service Grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sheets_sync.intake.cells import SAYS_NONE, cell_in, is_blank, text_of
from sheets_sync.intake.headings import is_total
from sheets_sync.intake.layouts.columns_of_no_service import ask_of_columns_beside
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Listed, Placed, cell_at
from sheets_sync.intake.layouts.names_in_parts import filled_beside, is_header
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.service_headers import (
    Across,
    find_services,
    is_unknown,
    services_of,
)
from sheets_sync.intake.layouts.service_time_cell import is_service_time
from sheets_sync.intake.layouts.service_times import places_of_times
from sheets_sync.intake.layouts.services_over_amounts import with_services_in_one_row
from sheets_sync.intake.line_frequency import read_line_frequency
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import known_service, services_spoken_of
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

"""What says that a student does not have the service."""
_MINUTES = lazy_regex(r"(?P<minutes>\d{1,4})(?:\.0)?(?:\s*min(?:ute)?s?\.?)?", re.IGNORECASE)
_AMOUNT = lazy_regex(
    r"\d{1,3}(?:\.\d+)?|.*\d\s*(?:x|m\b|min|times?\b|sess|hrs?\b|hours?\b).*|.*(?:/|\bper)\s*(?:wk|week|mo).*",
    re.IGNORECASE | re.DOTALL,
)
"""What says how often or how long, readable or not."""
_CONSULTATION = "consultation"
"""Says how a service is given, beside its frequency."""
_PROVIDER = lazy_regex(
    r"(?P<frequency>.*\d.*?)\s*(?:\((?P<in>[^()\d]+)\)|\s[-–—/]\s*(?P<after>[^\d]+))\s*$", re.DOTALL
)


def read_services_across(sheet: Sheet, configured: Mapping[str, str], known: PeopleKnown) -> Listed | None:
    """Return the lines of the Service Grid that stand in columns of services, None where there are none.

    One such column at least has a cell that is a frequency; one of ticks or of names of providers is no such
    column, and said to be left alone. The header may say the unit ("Speech min/wk"), and a second one of the
    service hold the minutes of a session ("Speech freq", "Speech min"). What is no frequency, and speaks of
    an amount, is read as a line that cannot be counted. A cell may name the provider behind it ("2x30/wk
    (Kim)") where that is one of Staff. A cell that speaks of another service than its column is not read.
    """
    sheet = with_services_in_one_row(sheet)
    across = find_services(sheet, configured)
    if across is None:
        return None
    doubts = Doubts(sheet)
    if not any(_has_a_frequency(sheet, across, place) for place in across.services):
        return None
    times = places_of_times(sheet, configured)
    places = [
        place
        for place in across.services
        if _has_an_amount(sheet, across.row, place) or _has_a_frequency(sheet, across, place)
    ]
    no_amount = "The columns of services hold how often each is given; this one does not: it is left alone."
    write_it = 'If it is a service, write how often: "2 x 30 min / week".'
    for place in across.services.keys() - {*places, *across.ways, *times}:
        doubts.at(across.row, place, no_amount, write_it, Severity.NOTE)
    named = set[int]()
    for place, header in enumerate(sheet.rows[across.row - 1]):
        said = isinstance(header, str) and is_unknown(header) and services_spoken_of(header)
        if said and place not in _used(across) | times:
            problem = "This header speaks of a service and is not its name alone: the column is left alone."
            remedy = 'If it is a service, call the column by it, and write how often: "2 x 30 min / week".'
            amounts = _has_an_amount(sheet, across.row, place)
            named |= {place} if amounts else set()
            doubts.at(across.row, place, problem, remedy, Severity.ERROR if amounts else Severity.NOTE)
    named |= _report_amounts_left(sheet, across, _used(across) | times, doubts)
    records = tuple(_records(across, places, doubts, known))
    if not records:
        return None
    rows = sorted({record["Student"][1] for record in records})
    for place in across.ways.keys() - {*places, *times}:
        if any(
            text_of(cell_at(sheet, row, place)).strip().casefold() not in ("", *SAYS_NONE) for row in rows
        ):
            doubts.at(across.row, place, no_amount, write_it, Severity.QUESTION)
    used = _used(across) | times | named
    asked = ask_of_columns_beside(doubts, across.row, used, across.beside, rows)
    students = len({name_key(str(record["Student"][0])) for record in records})
    seen = f"{students} student{'' if students == 1 else 's'} down, {len(places)} services across"
    return Listed("services in columns", seen, "Frequency", records, {}, (*doubts.problems(), *asked))


def _used(across: Across) -> set[int]:
    own = (across.beside_of(place).values() for place in across.services)
    others = (across.beside.values(), across.providers.values(), *own)
    return {*across.services, *(place for places in others for place in places)}


def _report_amounts_left(sheet: Sheet, across: Across, used: set[int], doubts: Doubts) -> set[int]:
    """Name each column with a frequency of which it is not known of what service it is, and return these."""
    header = sheet.rows[across.row - 1]
    found = set[int]()
    for place in range(max(map(len, sheet.rows))):
        text = cell_in(header, place)
        named = text if isinstance(text, str) and not is_blank(text) else ""
        if place in used or (named and (not is_unknown(named) or services_spoken_of(named))):
            continue
        for row in range(across.row + 1, len(sheet.rows) + 1):
            cell = cell_at(sheet, row, place)
            if isinstance(cell, str) and _is_frequency(cell, None):
                problem = "This says how often, and not of which service: the column is not read."
                remedy = 'Call the column by its service, with "individual" or "group" behind it.'
                doubts.at(row, place, problem, remedy)
                found.add(place)
                break
    return found


def holds_services_across(sheet: Sheet | None) -> bool:
    """Tell whether a tab has columns of services with frequencies in them."""
    sheet = with_services_in_one_row(sheet) if sheet else None
    across = find_services(sheet, {}) if sheet else None
    if sheet is None or across is None:
        return False
    return any(_has_a_frequency(sheet, across, place) for place in across.services)


def _has_a_frequency(sheet: Sheet, across: Across, place: int) -> bool:
    rows = range(across.row + 1, len(sheet.rows) + 1)
    pairs = {_frequency_at(sheet, across, row, place) for row in rows}
    return any(isinstance(cell, str) and _is_frequency(cell, minutes) for cell, minutes in pairs)


def _has_an_amount(sheet: Sheet, header: int, place: int) -> bool:
    cells = (cell_at(sheet, row, place) for row in range(header + 1, len(sheet.rows) + 1))
    texts = (
        text_of(cell).strip() for cell in cells if isinstance(cell, str | int | float) and cell is not True
    )
    return any(map(_AMOUNT.fullmatch, texts))


def _frequency_at(sheet: Sheet, across: Across, row: int, place: int) -> tuple[CellValue, CellValue]:
    """Return a frequency with the unit that its header says, and the minutes beside it."""
    cell = cell_at(sheet, row, place)
    at = across.beside_of(place).get("Minutes")
    minutes = cell_at(sheet, row, at) if at is not None else None
    per = across.per.get(place)
    found = _MINUTES.fullmatch(text_of(cell).strip()) if per and not isinstance(cell, bool) else None
    if found:
        return f"{found['minutes']} min / {per}", minutes
    return cell, minutes


def _is_frequency(cell: CellValue, minutes: CellValue) -> bool:
    return read_line_frequency(cell, None, minutes, None).value is not None


def _records(
    across: Across, places: Sequence[int], doubts: Doubts, known: PeopleKnown
) -> Iterator[Mapping[str, Placed]]:
    sheet = doubts.sheet
    for number in range(across.row + 1, len(sheet.rows) + 1):
        beside = filled_beside(sheet, number, across.beside)
        if is_header(sheet, number, across.beside):
            if services_of(number, sheet.rows[number - 1]) != across.services:
                problem = "A second table begins here: it and what stands below it are not read."
                doubts.at(number, across.beside["Student"], problem, "Give each table a tab of its own.")
                return
            continue
        if "Student" not in beside or is_total(beside["Student"][0]):
            continue
        for place in places:
            cell = cell_at(sheet, number, place)
            if is_blank(cell) or cell is False or text_of(cell).casefold() in SAYS_NONE:
                continue
            if isinstance(cell, str) and is_service_time(cell):
                continue
            service = across.services[place]
            spoken = services_spoken_of(cell) if isinstance(cell, str) else frozenset()
            if spoken - {service, known_service(_CONSULTATION)}:
                problem = "This speaks of another service than its column: it is not read."
                doubts.at(number, place, problem, "Write each service into its own column.")
                continue
            typed, _ = _frequency_at(sheet, across, number, place)
            frequency, provider = part_from_provider(typed, known)
            named: dict[str, Placed] = {"Provider": (provider, number, place)} if provider else {}
            header: Placed = (service, across.row, place)
            named = {**filled_beside(sheet, number, across.beside_of(place)), **named}
            if place in across.providers:
                at = across.providers[place]
                named.setdefault("Provider", (cell_at(sheet, number, at), number, at))
            if (way := across.ways.get(place)) and way.column:
                named[way.column] = (way.text, number, place)
            yield {**beside, "Service": header, **named, "Frequency": (frequency, number, place)}


def part_from_provider(cell: CellValue, known: PeopleKnown) -> tuple[CellValue, str | None]:
    """Part a frequency from the provider behind it, where that calls one alone."""
    found = _PROVIDER.fullmatch(cell) if isinstance(cell, str) else None
    if found is None or not isinstance(cell, str):
        return cell, None
    provider = known.providers.spoken.get(name_words(found["in"] or found["after"]))
    return (found["frequency"], provider) if provider else (cell, None)
