"""The school year in the name of a tab or in a title: "SLP log 25-26", "OT log 2024"."""

from __future__ import annotations

import re
from datetime import date

YEARS = re.compile(
    r"\b(?:sy\s*)?(?:20)?(?P<first>\d\d)\s*[-/]\s*(?:20)?(?P<second>\d\d)\b|\b20(?P<alone>\d\d)\b",
    re.IGNORECASE,
)


def of_another_year(name: str, today: date) -> bool:
    """Tell whether a name has a year that is not this school year's: "Kim 24-25", "OT log 2024". In July and
    August, when ESY is still logged, the year that ended is this year's too."""
    return any(not _is_this_year(years, today) for years in YEARS.finditer(name))


def _is_this_year(years: re.Match[str], today: date) -> bool:
    begun = today.year if today.month >= 7 else today.year - 1
    this_year = {begun, begun - 1} if today.month in (7, 8) else {begun}
    if years["alone"]:
        return bool({2000 + int(years["alone"]), 1999 + int(years["alone"])} & this_year)
    return 2000 + int(years["first"]) in this_year and int(years["second"]) == (int(years["first"]) + 1) % 100
