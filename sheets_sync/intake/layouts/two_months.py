"""A heading of two months over days: "Sept/Oct 2025" above 24, 26, 1, 3."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from sheets_sync.intake.calendar_words import months
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.ports import CellValue

_FIRST_MONTH = 7
"""The month with which a school year begins."""
Months = tuple[str, ...]
"""The one month of a heading, or its two, each as a date whose day is still "#": "September #, 2025"."""


def two_months(cell: CellValue) -> Months:
    """Return the two months, one after the other, of which a heading speaks; none where it is not just that.

    A year behind both is that of the second: "Dec/Jan 2026" begins in 2025. "2025-26" is the school year's.
    """
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return ()
    typed = plain(cell)
    found = next((one for one in _two().finditer(typed) if _numbers(one)), None)
    rest = typed[: found.start()] + " " + typed[found.end() :] if found else ""
    more = {word.casefold() for word in re.findall(r"[^\W\d_]+", rest)} & months().keys()
    if found is None or more or any(map(str.isdigit, rest)):
        return ()
    first, second = _numbers(found)
    years = _years(found, first, second)
    named = zip((first, second), years, strict=True)
    return tuple(f"{calendar.month_name[month]} #{year and f', {year}'}" for month, year in named)


@cache
def _two() -> re.Pattern[str]:
    name = "|".join(sorted(months(), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<first>{name})\b\.?(?:,?\s*(?P<own>20\d\d))?\s*(?:[/&,+]|-+|\band\b|\bto\b|\bthru\b)\s*"
        rf"(?P<second>{name})\b\.?(?:,?\s*(?P<year>20\d\d)(?:\s?[-/]\s?(?P<until>(?:20)?\d\d))?)?",
        re.IGNORECASE,
    )


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    first, second = (months().get(found[part].casefold(), 0) for part in ("first", "second"))
    return (first, second) if first and second and second == first % 12 + 1 else ()


def _years(found: re.Match[str], first: int, second: int) -> tuple[str, str]:
    """Return the year of each month as it is written, "" where the heading does not say it."""
    next_year = second < first
    if not found["year"]:
        own = int(found["own"] or 0)
        return (str(own), str(own + next_year)) if own else ("", "")
    year = int(found["year"])
    if found["until"]:
        return str(year + (first < _FIRST_MONTH)), str(year + (second < _FIRST_MONTH))
    return found["own"] or str(year - next_year), str(year)


def days_of_two(numbers: Mapping[int, int], named: Months) -> dict[int, str] | None:
    """Return by column the date of each day number below two months, None unless they rise in the first and
    then once more in the second."""
    places = sorted(numbers)
    drops = [later for place, later in pairwise(places) if numbers[later] <= numbers[place]]
    if len(drops) != 1 or len(named) != 2:
        return None
    return {place: named[place >= drops[0]].replace("#", str(numbers[place])) for place in places}
