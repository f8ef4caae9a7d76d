"""The periods down the side of a week grid ("Period 3", "2-3", "Study hall"), whose times the bells have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sheets_sync.intake.bell_schedule import Bells
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.layouts.listed import cell_at, not_read
from sheets_sync.intake.layouts.side import Side, Slot, is_session
from sheets_sync.intake.periods import kind_of_header, period_key, periods_spanned
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem

_FEWEST_COUNTED = 4
_HOURS = lazy_regex(r"hours?|hrs?\.?", re.IGNORECASE)
"""A header under which "9-10" is as well a time."""
_TIMES = lazy_regex(r"\btimes?\b", re.IGNORECASE)
_BARE = lazy_regex(r"\W*\d{1,2}\W+(?:to\W+)?\d{1,2}\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Periods:
    """What stands in one row: the keys (period_key) of the first and the last of its periods."""

    column: int
    first: str
    last: str
    or_a_time: bool = False
    """Tells that it may be a time as well: "2-3"."""


def find_periods(sheet: Sheet, side: Side, below: Iterable[int], bells: Bells) -> dict[int, Periods]:
    """Return the periods on the side by row: bare numbers only below a header that says so.

    A bare "2-3" is one of periods below such a header, and where other rows name periods; it may be one where
    the bell schedule has both, and below "Hour". Below "Time" it is a time, and where nothing says periods
    and each begins with the hour that ends the one above, unless the bell schedule has all of them.
    """
    found: dict[int, Periods] = {}
    for column in side.columns:
        for row, periods in _of_column(sheet, side, column, list(below), bells):
            found.setdefault(row, periods)
    return found


def rung(
    sheet: Sheet, side: Side, periods: Mapping[int, Periods], bells: Bells
) -> tuple[dict[int, Slot], dict[int, Problem]]:
    """Return the rows of periods whose times the bell schedule has on every day with a session, and what is
    wrong with the others in which something stands."""
    found: dict[int, Slot] = {}
    unknown: dict[int, Problem] = {}
    for row, said in periods.items():
        beside = zip(side.places, side.days, strict=True)
        here = {day for place, day in beside if is_session(cell_at(sheet, row, place))}
        if said.or_a_time:
            if here:
                problem = "This may be a time or periods: the sessions of this row are not read."
                remedy = 'Write a time like "9:00-9:30", periods like "Periods 2-3".'
                unknown[row] = not_read(sheet, row, said.column, problem, remedy)
            continue
        readings = {day: bells.of_span(said.first, said.last, day) for day in dict.fromkeys(side.days)}
        wrong = [reading for day, reading in readings.items() if day in here and reading.value is None]
        of_days = {day: reading.value for day, reading in readings.items() if reading.value}
        if wrong:
            problem = f"{wrong[0].problem} The sessions of this row are not read."
            unknown[row] = not_read(sheet, row, said.column, problem, wrong[0].remedy)
        elif of_days:
            found[row] = Slot(row, said.column, *next(iter(of_days.values())), of_days)
    return found, unknown


def _of_column(
    sheet: Sheet, side: Side, column: int, below: list[int], bells: Bells
) -> Iterator[tuple[int, Periods]]:
    headers = [text_of(cell_at(sheet, max(side.first_row - up, 1), column)) for up in (1, 2)]
    header = next((text for text in headers if kind_of_header(text)), "")
    kind = kind_of_header(header)
    counts = kind or _counted(sheet, side, column)
    texts = {row: text_of(cell_at(sheet, row, column)) for row in below}
    spans = {row: span for row, text in texts.items() if (span := periods_spanned(text, kind))}
    bare = [spans[row] for row in spans if _BARE.fullmatch(texts[row])]
    numbered = any(_is_numbered(text, counts, kind, bells) for text in texts.values())
    of_hours = bool(_HOURS.fullmatch(header))
    says = (bool(kind) and not of_hours) or numbered
    goes_on = len(bare) > 1 and all(a[1] == b[0] for a, b in pairwise(bare))
    hours = goes_on and not all(_has_both(bells, span) for span in bare)
    hours |= any(_BARE.fullmatch(text) and row not in spans for row, text in texts.items())
    is_time = bool(_TIMES.search(headers[0])) or (hours and not says)
    for row, text in texts.items():
        key = period_key(text) or (period_key(text, kind) if kind else None)
        if key is not None and (counts or not key.isdigit()):
            of_header = period_key(text, kind) or key
            yield row, Periods(column, of_header, of_header)
        elif row in spans and (says or not _BARE.fullmatch(text)) and not (is_time and _BARE.fullmatch(text)):
            yield row, Periods(column, *spans[row])
        elif row in spans and not is_time and (of_hours or _has_both(bells, spans[row])):
            yield row, Periods(column, *spans[row], or_a_time=True)


def _is_numbered(text: str, counts: str, kind: str, bells: Bells) -> bool:
    """Tell whether a text is a numbered period; a bare number is one where they count, or have bells."""
    key = period_key(text, kind)
    if key is None or not any(map(str.isdigit, key)):
        return False
    return not key.isdigit() or bool(counts) or _has_both(bells, (key, key))


def _has_both(bells: Bells, span: tuple[str, str]) -> bool:
    """Tell whether the bell schedule has both periods, of whatever kind."""
    known = {re.sub(r"^[pb](?=\d)", "", key) for key in bells.times}
    return {re.sub(r"^[pb](?=\d)", "", key) for key in span} <= known


def _counted(sheet: Sheet, side: Side, column: int) -> str:
    """Return "?" where numbers without a header count from 0 or 1 on: periods, and no hours of the day."""
    header = cell_at(sheet, side.first_row - 1, column)
    typed = [text_of(cell_at(sheet, row, column)) for row in range(side.first_row, side.last_row + 1)]
    numbers = [int(text) for text in typed if text.isdecimal() and len(text) < 3]
    counted = numbers[:1] in ([0], [1]) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return "?" if is_blank(header) and counted and len(numbers) >= _FEWEST_COUNTED else ""
