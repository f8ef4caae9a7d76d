"""The columns below one date of a grid: one with a code, or several ("Code | Min", "Present | Absent")."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.groups import read_group
from sheets_sync.intake.headers import header_key, read_header
from sheets_sync.intake.layouts.date_rows import DateRow
from sheets_sync.intake.layouts.header_words import Day
from sheets_sync.intake.services import known_service
from sheets_sync.ports import CellValue

FIELDS = (
    "Status",
    "Minutes",
    "Start",
    "Notes",
    "Reason",
    "Make-up for",
    "Provider",
    "Group",
    "Attendance",
    "Time",
)
"""What a column below a date can hold, beside boxes and services."""
LEFT_ALONE = frozenset(("initials", "init", "initial", "sign", "signature", "goal", "goals"))
_HALVES = frozenset(("am", "pm", "morning", "afternoon"))
IN, OUT = "In", "Out"
"""The clock times at which a session began and ended, where both stand below a date."""
_IN_OUT = {"in": IN, "timein": IN, "start": IN, "out": OUT, "timeout": OUT, "end": OUT, "stop": OUT}


@dataclass(frozen=True)
class DayColumns:
    """What stands below one date. `fields` maps canonical columns (IN and OUT beside them) to 0-based
    columns, `boxes` the columns of boxes to the status of which each is the box. `said` is what the header
    says of all of it: "Service", "Provider" or "Group", which one, and in which column."""

    day: Day
    place: int
    fields: Mapping[str, int] = field(default_factory=dict)
    boxes: Mapping[int, str] = field(default_factory=dict)
    said: tuple[str, str, int] | None = None

    @cached_property
    def is_plain(self) -> bool:
        """Tell whether it is one column, with the status."""
        return not self.boxes and [*self.fields.values()] == [self.place]

    @property
    def places(self) -> set[int]:
        return {*self.fields.values(), *self.boxes}


@dataclass(frozen=True)
class Columns:
    """`unknown` are columns below dates of which their header does not tell what they hold, `twice` dates
    that stand over two columns."""

    days: tuple[DayColumns, ...]
    unknown: tuple[int, ...] = ()
    twice: tuple[int, ...] = ()


def plain_columns(row: DateRow, own: str) -> Columns:
    """Return one column a date. A date that stands there twice is none: one of them is mistyped."""
    days = list(row.dates.values())
    twice = tuple(place for place, day in row.dates.items() if days.count(day) > 1)
    kept = {place: day for place, day in row.dates.items() if place not in twice}
    return Columns(tuple(DayColumns(day, place, {own: place}) for place, day in kept.items()), (), twice)


def columns_among(row: DateRow, over: Sequence[CellValue], own: str) -> Columns | None:
    """Return the columns of each date where their headers stand beside it ("9/8 | Min | 9/10 | Min"); None
    where none stands among the dates, or the same does not stand beside each."""
    roles = {
        place: cell
        for place, cell in enumerate(over)
        if place > row.first and isinstance(cell, str) and place not in row.dates and _role(cell, own)
    }
    if not any(place < row.last for place in roles):
        return None
    below = [own if place in row.dates else roles.get(place) for place in range(len(over))]
    headers = [None if place in roles else cell for place, cell in enumerate(over)]
    found = parted_columns(row, headers, below, own, lambda text: False)
    return found if found.days and not found.unknown else None


def parted_columns(
    row: DateRow,
    over: Sequence[CellValue],
    below: Sequence[CellValue],
    own: str,
    is_status: Callable[[str], bool],
    provider: Callable[[str], str | None] = lambda text: None,
) -> Columns:
    """Return the columns of each date by the headers below it. A date holds until the next; the last as long
    as headers follow that other dates have. The same date over several columns side by side is one. Nothing
    is read where the headers below one date are others than those below the next.

    `over` are the cells of the row of dates, `below` those of the headers, `own` is the column of the status,
    `provider` returns who is called by a text.
    """
    unknown: list[int] = []
    days: list[DayColumns] = []
    spans = _spans(row, over, below)
    said = [day for day, _ in spans]
    headers = [
        [header_key(text_of(below[at])) if at < len(below) else "" for at in span] for _, span in spans
    ]
    ones = [_of_one_each(day, span, below, own, provider) for day, span in spans]
    if any(texts != headers[0] for texts in headers) and not all(ones):
        return Columns((), tuple(span[0] for _, span in spans))
    for (day, span), of_one in zip(spans, ones, strict=True):
        if said.count(day) == 1:
            columns, odd = (of_one, []) if of_one else _of_day(day, span, below, own, is_status)
            days += columns
            unknown += odd
    twice = tuple(span[0] for day, span in spans if said.count(day) > 1)
    return Columns(tuple(days), tuple(unknown), twice)


def _spans(
    row: DateRow, over: Sequence[CellValue], below: Sequence[CellValue]
) -> list[tuple[Day, list[int]]]:
    """Return the columns of each date, of dates alike side by side together."""
    spans: list[tuple[Day, list[int]]] = []
    places = sorted(row.dates)
    seen: set[str] = set()
    for place, following in zip(places, [*places[1:], None], strict=True):
        if not spans or spans[-1][0] != row.dates[place]:
            spans.append((row.dates[place], []))
        for column in range(place, max(len(below), place + 1) if following is None else following):
            text = header_key(text_of(below[column])) if column < len(below) else ""
            other = column < len(over) and not is_blank(over[column])
            if column > place and (other or (following is None and text not in seen)):
                break
            spans[-1][1].append(column)
            seen |= {text} if text else set()
    return spans


def _of_one_each(
    day: Day,
    span: Sequence[int],
    below: Sequence[CellValue],
    own: str,
    provider: Callable[[str], str | None],
) -> list[DayColumns]:
    """Return columns of the status, where all headers below a date are providers, halves of the day, or
    individual and group."""
    texts = [text_of(below[at]) if at < len(below) else "" for at in span]
    if own == "Status" and sorted(read_group(text).value or "" for text in texts) == ["group", "individual"]:
        return [
            DayColumns(day, span[0], {own: at}, {}, ("Group", text, at))
            for at, text in zip(span, texts, strict=True)
        ]
    if len(span) > 1 and all(header_key(text) in _HALVES for text in texts):
        return [DayColumns(day, span[0], {own: at}) for at in span]
    called = [provider(text) if text else None for text in texts]
    if own != "Status" or not all(called):
        return []
    return [
        DayColumns(day, span[0], {own: at}, {}, ("Provider", who, at))
        for at, who in zip(span, called, strict=True)
        if who
    ]


def _of_day(
    day: Day, span: Sequence[int], below: Sequence[CellValue], own: str, is_status: Callable[[str], bool]
) -> tuple[list[DayColumns], list[int]]:
    fields: dict[str, int] = {}
    boxes: dict[int, str] = {}
    services: dict[int, str] = {}
    unknown = []
    for column in span:
        text = text_of(below[column]) if column < len(below) else ""
        role = _role(text, own)
        if role and role not in fields:
            fields[role] = column
        elif not role and (service := known_service(text)):
            services[column] = service
        elif not role and text and len(span) > 1 and is_status(text):
            boxes[column] = text
        elif role or header_key(text) not in LEFT_ALONE:
            unknown.append(column)
    if services and not fields and not boxes:
        of_services = [
            DayColumns(day, span[0], {own: at}, {}, ("Service", name, at)) for at, name in services.items()
        ]
        return of_services, unknown
    unknown += services
    if own in fields and boxes:
        unknown += boxes
        boxes = {}
    fields = _with_own(fields, boxes, own)
    whole = own in fields or boxes or {IN, OUT} <= fields.keys()
    return ([DayColumns(day, span[0], fields, boxes)], unknown) if whole else ([], list(span))


def _with_own(fields: Mapping[str, int], boxes: Mapping[int, str], own: str) -> dict[str, int]:
    """Let minutes alone be the status (so many were given), and one clock time be the start."""
    found = dict(fields)
    if own == "Status" and not boxes and own not in found and OUT not in found and "Minutes" in found:
        found[own] = found.pop("Minutes")
    if IN in found and OUT not in found:
        found["Start" if own == "Status" else "Time"] = found.pop(IN)
    return found


def _role(text: str, own: str) -> str | None:
    key = header_key(text)
    if key in _IN_OUT:
        return _IN_OUT[key]
    name = read_header(text, tab="Service Log" if own == "Status" else "Attendance").value if text else None
    return name if name in FIELDS else None
