"""A date as its text says it, before a school year or a column decides what the text leaves open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sheets_sync.intake.calendar_words import months, weekdays
from sheets_sync.intake.clock import TIME, clock, parts
from sheets_sync.lazy_regex import lazy_regex

Order = Literal["mdy", "dmy", "mixed"]

_PLAUSIBLE = range(2015, 2041)

_TIME_AFTER = lazy_regex(r"[\s,]*(?:\bat\s+|@\s*|\s)(" + TIME.pattern + r")$", re.IGNORECASE)
_ISO = lazy_regex(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_NUMBERS = lazy_regex(r"(\d{1,2})\s?([/.-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|'?\d{2}))?")
_MONTH_YEAR = lazy_regex(r"(\d{1,2})[/-](\d{4})")
_DAY = r"(\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?:\s?,?\s?'?(\d{4})|[\s,]+'?(\d{2}))?"
_MONTH_DAY = lazy_regex(rf"([a-z]+)\.?[\s,./-]*{_DAY}{_YEAR}")
_DAY_MONTH = lazy_regex(rf"(?:the\s)?{_DAY}(?:\s?of)?[\s,./-]*([a-z]+)\.?{_YEAR}")
_JOINED_MONTH_DAY = lazy_regex(r"([a-z]+)([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_JOINED_DAY_MONTH = lazy_regex(r"(\d{1,2})([-/.])([a-z]+)\2(\d{4}|\d{2})")
_MONTH_OF_YEAR = lazy_regex(r"([a-z]+)\.?[\s,-]+(\d{4})")
_RUN_TOGETHER = lazy_regex(r"\d{5,8}")


@dataclass(frozen=True, slots=True)
class Written:
    """`year` or `day` is None where the text has none; `minutes` is a clock time, `weekday` 0 for Monday.

    `swapped` tells that day and month could be the other way round.
    """

    year: int | None
    month: int
    day: int | None
    minutes: int | None = None
    weekday: int | None = None
    swapped: bool = False


def read_written(text: str, order: Order | None) -> Written | None:
    """Read a text in plain form; None where it is no date."""
    text = text.strip(" .,;()[]'*").lower()
    text, weekday = _take_weekday(text)
    iso = _ISO.fullmatch(text.upper())
    if iso:
        minutes = int(iso[4]) * 60 + int(iso[5]) if iso[4] else None
        return Written(int(iso[1]), int(iso[2]), int(iso[3]), minutes, weekday)
    found = _read_day(text, order)
    if found is not None:
        return _with(found, None, weekday)
    timed = _TIME_AFTER.search(text)
    if timed is None:
        return None
    found = _read_day(text[: timed.start()], order)
    time = TIME.fullmatch(timed[1]) if re.search(r"[:ap]", timed[1]) else None
    if found is None or found.day is None or time is None:
        return None
    minutes = clock(*parts(time, "")).value
    return _with(found, minutes, weekday) if minutes is not None else None


def _with(found: Written, minutes: int | None, weekday: int | None) -> Written:
    return Written(found.year, found.month, found.day, minutes, weekday, found.swapped)


def _read_day(text: str, order: Order | None) -> Written | None:
    for form, read in _FORMS:
        found = form.fullmatch(text)
        if found:
            return read(found, order)
    return None


def _take_weekday(text: str) -> tuple[str, int | None]:
    found = re.match(r"([a-z]+)\b\.?[\s,]*(?=[a-z0-9])", text)
    if found and (weekday := weekdays().get(found[1])) is not None:
        return text[found.end() :], weekday
    found = re.search(r"[\s,]*\(?\b([a-z]+)\.?\)?$", text)
    if found and found.start() and (weekday := weekdays().get(found[1])) is not None:
        return text[: found.start()], weekday
    return text, None


def _numbers(found: re.Match[str], order: Order | None) -> Written | None:
    first, second, typed = int(found[1]), int(found[3]), found[4]
    year = full_year(typed) if typed else None
    if typed and len(typed) == 2 and found[2] == "-" and first > 12 and 1 <= second <= 12:
        return _year_or_day_first(first, second, int(typed))
    if found[2] == "." and typed is None:
        return None  # 3.5 is a number
    if first > 12 or second > 12 or first == second:
        month, day = (second, first) if first > 12 else (first, second)
        return Written(year, month, day)
    month, day = (second, first) if order == "dmy" else (first, second)
    return Written(year, month, day, swapped=True)


def _year_or_day_first(first: int, month: int, last: int) -> Written | None:
    """Decide "25-09-03": a day or a year first, by which year can be meant; None where both can."""
    days = [Written(2000 + last, month, first), Written(2000 + first, month, last)]
    fitting = [day for day in days if day.year in _PLAUSIBLE and day.day and day.day <= 31]
    return fitting[0] if len(set(fitting)) == 1 else None


def full_year(typed: str) -> int:
    """Return "25" as 2025 and "98" as 1998."""
    number = int(typed.lstrip("'"))
    if len(typed.lstrip("'")) == 4:
        return number
    return number + (2000 if number < 70 else 1900)


def _named(month: str, day: str, year: str | None) -> Written | None:
    number = months().get(month)
    return Written(full_year(year) if year else None, number, int(day)) if number else None


def _month_day(found: re.Match[str], order: Order | None) -> Written | None:
    year = found[3] or found[4]
    if year is None and "-" in found[0] and int(found[2]) > 19:
        return None  # Sep-25: the 25th, or September 2025
    return _named(found[1], found[2], year)


def _day_month(found: re.Match[str], order: Order | None) -> Written | None:
    return _named(found[2], found[1], found[3] or found[4])


def _joined_month_day(found: re.Match[str], order: Order | None) -> Written | None:
    return _named(found[1], found[3], found[4])


def _joined_day_month(found: re.Match[str], order: Order | None) -> Written | None:
    return _named(found[3], found[1], found[4])


def _month_of_year(found: re.Match[str], order: Order | None) -> Written | None:
    month = months().get(found[1])
    return Written(int(found[2]), month, None) if month else None


def _month_year(found: re.Match[str], order: Order | None) -> Written | None:
    return Written(int(found[2]), int(found[1]), None) if 1 <= int(found[1]) <= 12 else None


def _run_together(found: re.Match[str], order: Order | None) -> Written | None:
    return run_together(found[0])


def run_together(digits: str) -> Written | None:
    """Read MMDDYY (090325, or 90325 without its zero), MMDDYYYY and YYYYMMDD."""
    if len(digits) == 8 and digits[:2] in ("19", "20"):
        parted = (int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    elif len(digits) in (7, 8):
        digits = digits.zfill(8)
        parted = (int(digits[4:]), int(digits[:2]), int(digits[2:4]))
    else:
        digits = digits.zfill(6)
        parted = (full_year(digits[4:]), int(digits[:2]), int(digits[2:4]))
    return Written(*parted) if 1 <= parted[1] <= 12 and 1 <= parted[2] <= 31 else None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Order | None], Written | None]], ...] = (
    (_NUMBERS, _numbers),
    (_MONTH_YEAR, _month_year),
    (_MONTH_OF_YEAR, _month_of_year),
    (_JOINED_MONTH_DAY, _joined_month_day),
    (_JOINED_DAY_MONTH, _joined_day_month),
    (_MONTH_DAY, _month_day),
    (_DAY_MONTH, _day_month),
    (_RUN_TOGETHER, _run_together),
)
