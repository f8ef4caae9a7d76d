"""Dates and times that people type, and the number format that Google gives them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from tests.sheets_server.date_formats import DAYS, MONTHS, serial_of
from tests.sheets_server.model import Json

_DAY_FIRST = ("en_GB", "en_AU", "en_NZ", "en_IE", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL")
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?\\.?" for name in MONTHS) + r"|Sept\.?)"
_WEEKDAY = r"(?:(?P<weekday>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in DAYS) + r")\.?,?\s+)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY = r"(?P<day>\d{1,2})"
_FLAGS = re.IGNORECASE | re.ASCII
_ISO = re.compile(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})", _FLAGS)
_NUMBERS = re.compile(
    r"(?P<one>\d{1,2})(?P<sep>[-/.])(?P<two>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d{2}))?", _FLAGS
)
_NAMED = [
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:(?P<comma>,)?\s+{_YEAR})?", _FLAGS),
    re.compile(rf"{_WEEKDAY}{_DAY}(?P<sep>[\s-]){_MONTH}(?:(?P=sep)(?:\s*){_YEAR})?", _FLAGS),
    re.compile(rf"{_MONTH}\s+(?P<year>\d{{4}})", _FLAGS),
]
_TIME = re.compile(
    r"(?P<hour>\d{1,4})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<part>\.\d{1,6})?)?)?"
    r"(?:\s*(?P<half>[ap]\.?m\.?|[ap]))?",
    _FLAGS,
)
_BOTH = re.compile(
    r"(?P<date>.+?),?\s+(?P<time>\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:\s*[ap]\.?m?\.?)?)", _FLAGS
)


def read_moment(text: str, locale: str, today: Callable[[], date]) -> tuple[float, Json] | None:
    """Return the serial number and NumberFormat of a date, a time or both; None where it is none of these.

    The first number of "1/2/2020" is the month, but for locales that put the day first. Two digits are a
    year from 1930 to 2029.
    """
    if not any(sign.isdigit() for sign in text) or len(text) > 60:
        return None
    day = _read_date(text, locale, today)
    if day is not None:
        return serial_of(day[0]), {"type": "DATE", "pattern": day[1]}
    time = _read_time(text)
    if time is not None:
        return time[0], {"type": "TIME", "pattern": time[1]}
    both = _BOTH.fullmatch(text)
    if both is None:
        return None
    day, time = _read_date(both["date"], locale, today), _read_time(both["time"])
    if day is None or time is None or time[0] >= 1:
        return None
    return serial_of(day[0]) + time[0], {"type": "DATE_TIME", "pattern": f"{day[1]} {time[1]}"}


def _read_date(text: str, locale: str, today: Callable[[], date]) -> tuple[datetime, str] | None:
    match = _ISO.fullmatch(text)
    if match is not None:
        return _made(int(match["year"]), int(match["month"]), int(match["day"]), "yyyy-mm-dd")
    match = _NUMBERS.fullmatch(text)
    if match is not None:
        return _of_numbers(match, locale, today)
    for pattern in _NAMED:
        match = pattern.fullmatch(text)
        if match is not None:
            return _of_names(match, today)
    return None


def _of_numbers(match: re.Match[str], locale: str, today: Callable[[], date]) -> tuple[datetime, str] | None:
    day_first = locale in _DAY_FIRST
    day, month = (match["one"], match["two"]) if day_first else (match["two"], match["one"])
    sep = match["sep"]
    if match["year"] is None:
        if sep == ".":
            return None
        pattern = f"d{sep}m" if day_first else f"m{sep}d"
        return _made(today().year, int(month), int(day), pattern)
    year = "yyyy" if len(match["year"]) == 4 else "yy"
    pattern = f"dd{sep}mm{sep}{year}" if day_first else f"m{sep}d{sep}{year}"
    return _made(_full_year(match["year"]), int(month), int(day), pattern)


def _of_names(match: re.Match[str], today: Callable[[], date]) -> tuple[datetime, str] | None:
    found = match.groupdict()
    name, month = _named_month(found["month"])
    year = _full_year(found["year"]) if found.get("year") else today().year
    if "day" not in found:
        return _made(year, month, 1, f"{name} yyyy")
    weekday = ""
    if found.get("weekday"):
        weekday = "ddd, " if len(found["weekday"]) == 3 else "dddd, "
    years = "yyyy" if len(found["year"] or "") == 4 else "yy"
    if "sep" in found:
        sep = found["sep"]
        pattern = f"d{sep}{name}" + (f"{sep}{years}" if found["year"] else "")
    else:
        pattern = f"{name} d" + (f"{found['comma'] or ''} {years}" if found["year"] else "")
    return _made(year, month, int(found["day"]), weekday + pattern)


def _named_month(name: str) -> tuple[str, int]:
    bare = name.rstrip(".").lower()
    number = next(n for n, full in enumerate(MONTHS, 1) if full[:3].lower() == bare[:3])
    return ("mmmm" if len(bare) > 4 else "mmm"), number


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 30 else 1900)


def _made(year: int, month: int, day: int, pattern: str) -> tuple[datetime, str] | None:
    try:
        return datetime(year, month, day), pattern  # noqa: DTZ001 - a cell's date has no zone
    except ValueError:
        return None


def _read_time(text: str) -> tuple[float, str] | None:
    match = _TIME.fullmatch(text)
    if match is None or (match["minute"] is None and match["half"] is None):
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    if minute > 59 or second > 59:
        return None
    seconds = (":ss" if match["second"] else "") + (".000" if match["part"] else "")
    minutes = ":mm" if match["minute"] else ""
    serial = (hour * 3600 + minute * 60 + second + float(match["part"] or 0)) / 86400
    if match["half"]:
        return _half_day(hour, match["half"], serial, f"h{minutes}{seconds} am/pm")
    if hour > 23:
        return serial, "[h]:mm:ss"
    return serial, f"h{minutes}{seconds}"


def _half_day(hour: int, half: str, serial: float, pattern: str) -> tuple[float, str] | None:
    if not 1 <= hour <= 12:
        return None
    if hour == 12:
        serial -= 0.5
    return (serial + 0.5 if half[0].lower() == "p" else serial), pattern
