"""The school year in the name of a tab or in a title: "SLP log 25-26", "OT log 2024"."""

from __future__ import annotations

import re
from datetime import date

from sheets_sync.lazy_regex import lazy_regex

YEARS = lazy_regex(
    r"\b(?P<spelt>(?:sy\s*)?(?:20)?)(?P<first>\d\d)\s*[-/]\s*(?:20)?(?P<second>\d\d)\b|\b20(?P<alone>\d\d)\b",
    re.IGNORECASE,
)


_LAST_MONTH = 12
_COUNTS = lazy_regex(
    r"\b(?:weeks?|wks?|gr|grades?|gds?|days?|periods?|pds?|rooms?|rms?)\b\W*$", re.IGNORECASE
)
"""Words behind which two numbers are no years: "Week 24-25", "Gr 9-10"."""


def of_another_year(name: str, today: date) -> bool:
    """Tell whether a name has a year that is not this school year's: "Kim 24-25", "OT log 2024". In July and
    August, when ESY is still logged, the year that ended is this year's too."""
    return any(not _is_this_year(years, today) for years in YEARS.finditer(name) if _are_years(years))


def _are_years(years: re.Match[str]) -> bool:
    """Tell whether numbers are a school year: two that follow one another and are no date. "Week 10-13",
    "10-11" and "Gr 9-12" are none, "2023-25" is one."""
    if years["alone"] or years["spelt"]:
        return True
    first, second = int(years["first"]), int(years["second"])
    return first > _LAST_MONTH and second == (first + 1) % 100 and not counts_before(years)


def counts_before(numbers: re.Match[str]) -> bool:
    """Tell whether the word before two numbers says that they are weeks, grades or the like."""
    return _COUNTS.search(numbers.string[: numbers.start()]) is not None


def _is_this_year(years: re.Match[str], today: date) -> bool:
    begun = today.year if today.month >= 7 else today.year - 1
    this_year = {begun, begun - 1} if today.month in (7, 8) else {begun}
    if years["alone"]:
        return bool({2000 + int(years["alone"]), 1999 + int(years["alone"])} & this_year)
    return 2000 + int(years["first"]) in this_year and int(years["second"]) == (int(years["first"]) + 1) % 100
