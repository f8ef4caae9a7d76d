"""Clock times, ranges of times and lengths, as people type them (phrases/README.md, 15)."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

DAY = 24 * 60
NOON = 12 * 60
EARLIEST = 6 * 60
"""Minutes after midnight: no session is earlier, whatever half of the day is written."""
_FIRST_HOUR = 60
_A_DATE = 20000
"""A number above it is a spreadsheet's date with a time."""

_HALF = r"(?P<{0}half>a\.?\s?m\b\.?|p\.?\s?m\b\.?|nn\b|noon\b|midnight\b|[ap](?![a-z]))?"
_ONE = (
    r"(?:(?P<{0}h>\d{{1,2}})(?:\s?[:.;]\s?(?P<{0}m>\d{{2}})(?::\d{{2}})?)?|(?P<{0}hm>\d{{3,4}})"
    r"|(?P<{0}word>noon|midday|midnight))"
)
_TIME = (_ONE + r"(?:\s?h(?:rs)?\b)?\s?" + _HALF).format
TIME = lazy_regex(_TIME("") + r"\.?", re.IGNORECASE)
RANGE = lazy_regex(
    _TIME("a") + r"\s*(?:-+|to|until|till|thru|through|->|\u2192)\s*" + _TIME("b") + r"\.?", re.IGNORECASE
)
_CLOCK = 'Write the time with AM or PM, like "1:10 PM".'
_LENGTH = 'Write the minutes as a number, like "30".'
FEWEST_MINUTES = 5
"""A number below it without a unit is no session's minutes: hours, units or days are meant."""


def read_time(value: CellValue) -> Reading[int]:
    """Return minutes after midnight of a clock time: a time cell, a fraction of a day, "9:00", "1:10".

    Without AM or PM a time is in school hours: 7:00 to 11:59 in the morning, 12:00 to 5:59 after noon. From
    6:00 to 6:59 either could be meant, and it is refused. A spreadsheet makes 1:15 at night of a typed
    "1:15": a time cell from 1:00 to 5:59 is after noon too, and one before 1:00 is refused.
    """
    if isinstance(value, datetime | time):
        return _of_cell(value.hour * 60 + value.minute)
    if isinstance(value, timedelta):
        return _of_cell(round(value.total_seconds() / 60))
    if isinstance(value, bool | date) or value is None:
        return Reading(None, "This is no clock time.", _CLOCK)
    if isinstance(value, int | float):
        return _read_number(float(value))
    return _read_text(value if isinstance(value, str) else value.text)


def is_at_night(value: CellValue) -> bool:
    """Tell whether a cell's value is a time from 1:00 to 5:59 in the morning, which read_time takes for one
    after noon."""
    if isinstance(value, datetime | time):
        return _FIRST_HOUR <= value.hour * 60 + value.minute < EARLIEST
    if isinstance(value, timedelta):
        return _FIRST_HOUR <= value.total_seconds() / 60 < EARLIEST
    if not isinstance(value, float) or not (0 < value < 1 or _A_DATE < value < math.inf):
        return False
    return _FIRST_HOUR <= round(value % 1 * DAY) < EARLIEST


def _of_cell(minutes: int) -> Reading[int]:
    """Return the time of a time cell, which knows no half of the day that was left out, or of "0:30"."""
    if not _FIRST_HOUR <= minutes < DAY:
        return Reading(None, "This is no time of day at school.", _CLOCK)
    return Reading(minutes + (NOON if minutes < EARLIEST else 0))


def _read_number(value: float) -> Reading[int]:
    if not math.isfinite(value) or value < 0:
        return Reading(None, "This is no clock time.", _CLOCK)
    if value < 1:
        return _of_cell(round(value * DAY))
    if value.is_integer() and 1 <= value <= 2359:
        return _read_text(str(int(value)))
    if value > _A_DATE:
        return _of_cell(round(value % 1 * DAY) % DAY)
    hours, rest = divmod(round(value * 100), 100)
    if rest < 60 and abs(value * 100 - round(value * 100)) < 1e-6:
        return _read_text(f"{hours}:{rest:02d}")
    return Reading(None, "This is no clock time.", _CLOCK)


def _read_text(text: str) -> Reading[int]:
    if len(text) > LONGEST:
        return Reading(None, "This is too long for a time.", _CLOCK)
    typed = plain(text).strip(" .,;")
    found = TIME.fullmatch(re.sub(r"^(?:at|@)\s*", "", typed, flags=re.IGNORECASE))
    if found is None:
        several = RANGE.fullmatch(typed)
        problem = "This is a range of times, not one." if several else "This is no clock time."
        return Reading(None, problem, _CLOCK)
    hour, minute, half = parts(found, "")
    return _of_cell(minute) if hour == 0 and not half else clock(hour, minute, half)


def parts(found: re.Match[str], prefix: str) -> tuple[int, int, str]:
    """Return hour, minute and "am", "pm" or "" of a matched time; an hour of 99 fits no clock."""
    half = (found[prefix + "half"] or "").lower().replace(".", "").replace(" ", "")
    word = (found[prefix + "word"] or "").lower()
    if word:
        return (0, 0, "24") if word == "midnight" else (12, 0, "pm")
    digits = found[prefix + "hm"]
    hour, minute = (
        (int(digits[:-2]), int(digits[-2:]))
        if digits
        else (int(found[prefix + "h"]), int(found[prefix + "m"] or 0))
    )
    if half in ("nn", "noon"):
        return (hour, minute, "pm") if hour == 12 else (99, 0, "")
    if half == "midnight":
        return (0, 0, "24") if hour == 12 else (99, 0, "")
    written_out = (digits is not None and len(digits) == 4 and digits[0] == "0") or (
        len(found[prefix + "h"] or "") == 2 and hour < 10
    )
    return hour, minute, half[:1] + "m" if half else "24" if written_out and hour >= 7 else ""


def clock(hour: int, minute: int, half: str) -> Reading[int]:
    """Return minutes after midnight; without a half of the day the one that lies in school hours."""
    if minute > 59 or hour > 23 or (half in ("am", "pm") and not 1 <= hour <= 12 and not hour >= 13):
        return Reading(None, "There is no such time.", _CLOCK)
    if half == "24" or hour > 12 or hour == 0:
        if half == "am" and hour > 12:
            return Reading(None, "There is no such time.", _CLOCK)
        return Reading(hour * 60 + minute)
    if half:
        return Reading(hour % 12 * 60 + minute + (NOON if half == "pm" else 0))
    if hour == 6:
        return Reading(None, "This could be in the morning or in the evening.", _CLOCK)
    return Reading(hour % 12 * 60 + minute + (NOON if hour < 6 or hour == 12 else 0))


def read_time_range(text: str) -> Reading[tuple[int, int]]:
    """Return start and end of "9:00-9:30", "8:05-3:15 PM" (starts in the morning), "1030-1100"."""
    typed = plain(text).strip(" .,;()") if len(text) <= LONGEST else ""
    found = RANGE.fullmatch(typed)
    if found is None:
        return Reading(None, "This is no range of times.", 'Write it like "9:00-9:30".')
    return time_range(found)


def time_range(found: re.Match[str]) -> Reading[tuple[int, int]]:
    """Return start and end of a match of RANGE. One half of the day stands for both ends where that fits."""
    start, end = parts(found, "a"), parts(found, "b")
    if end[2] in ("am", "pm") and not start[2]:
        start_reading = _start_before(start, clock(*end))
    else:
        start_reading = clock(*start)
    end_reading = clock(*end)
    if not end[2] and start_reading.value is not None and 1 <= end[0] <= 12:
        end_reading = _end_after(start_reading.value, end)
    for reading in (start_reading, end_reading):
        if reading.value is None:
            return Reading(None, reading.problem, reading.remedy)
    start_at, end_at = start_reading.value or 0, end_reading.value or 0
    if end_at <= start_at:
        return Reading(None, "This ends before it begins.", 'Write it like "9:00 AM - 1:30 PM".')
    return Reading((start_at, end_at))


def _start_before(start: tuple[int, int, str], end: Reading[int]) -> Reading[int]:
    """Return the start in the half of the day that lies before the end: the same one where it fits."""
    hour, minute, _ = start
    if end.value is None or not 1 <= hour <= 12:
        return clock(hour, minute, "")
    for half in ("pm", "am") if end.value >= NOON else ("am",):
        reading = clock(hour, minute, half)
        if reading.value is not None and EARLIEST <= reading.value < end.value:
            return reading
    return clock(hour, minute, "")


def _end_after(start: int, end: tuple[int, int, str]) -> Reading[int]:
    """Return the end in the half of the day in which it comes after the start, by 6:59 PM."""
    for half in ("am", "pm") if end[0] in (*range(1, 7), 12) else ("am",):
        reading = clock(end[0], end[1], half)
        if reading.value is not None and reading.value > start:
            return reading
    return clock(*end)


_HOURS = r"(?:h|hr|hrs|hour|hours)\b\.?"
_MINUTES = r"(?:m|min|mins|minute|minutes|minuets|mns?|')\.?"
_DURATION = lazy_regex(
    rf"(?:(?P<h>\d{{0,2}}(?:\.\d+)?)\s*-?\s*{_HOURS}(?:\s*(?:and|,|&)?\s*(?P<hm>\d{{1,2}})(?:\s*{_MINUTES})?)?"
    rf"|(?P<m>\d{{1,4}}(?:\.0+)?)\s*-?\s*(?:{_MINUTES})?(?:\s*(?:each|(?:per |/|a )?sessions?))?"
    r"|(?P<ch>\d{1,2}):(?P<cm>[0-5]\d)(?::00)?)",
    re.IGNORECASE,
)
_SPOKEN = {"half hour": 30, "half an hour": 30, "a half hour": 30, "an hour": 60, "one hour": 60, "hour": 60}
_BETWEEN = lazy_regex(r"^(\d{1,3})\s*(?:-|to)\s*(\d{1,3})\s*(.*)$")


def read_duration(value: CellValue) -> Reading[int]:
    """Return a length in minutes: 30, "30 min", "1.5 hrs", "0:30", a time cell of 0:30.

    A range ("20-30 min") is its lower end, with a problem. A number above one day, or with a fraction of a
    minute, is refused; a fraction of a day that a spreadsheet shows as 0:30 is 30. So is a number below 5
    without a unit, and 0.5, which is written so for half an hour, and not for half a day.
    """
    if isinstance(value, timedelta):
        return _length(value.total_seconds() / 60)
    if isinstance(value, datetime):
        if value.year <= 1900:
            return _length(value.hour * 60 + value.minute)
        return Reading(None, "This is a date, not a length.", _LENGTH)
    if isinstance(value, time):
        return _length(value.hour * 60 + value.minute)
    if isinstance(value, bool | date) or value is None:
        return Reading(None, "This is no length.", _LENGTH)
    if isinstance(value, int | float):
        number = float(value)
        return _bare(number)
    return _read_length(value if isinstance(value, str) else value.text)


def _bare(number: float) -> Reading[int]:
    """Read a number without a unit."""
    is_part_of_a_day = 0 < number < 1 and abs(number - round(number, 2)) > 1e-6
    if 0 < number < FEWEST_MINUTES and not is_part_of_a_day:
        return Reading(None, "Are these minutes, hours or something else? No session is that short.", _LENGTH)
    return _length(number * DAY if is_part_of_a_day else number)


def _length(minutes: float) -> Reading[int]:
    if not math.isfinite(minutes) or minutes < 0 or minutes > DAY:
        return Reading(None, "This is no length of a session.", _LENGTH)
    if abs(minutes - round(minutes)) > 0.01:
        return Reading(None, "This is no whole number of minutes.", _LENGTH)
    return Reading(round(minutes))


def _read_length(text: str) -> Reading[int]:
    typed = plain(text).rstrip(" .,;").lstrip(" ~").lower() if len(text) <= LONGEST else ""
    if typed in _SPOKEN:
        return Reading(_SPOKEN[typed])
    between = _BETWEEN.match(typed)
    if between and int(between[1]) < int(between[2]):
        lower = _read_length(f"{between[1]} {between[3]}")
        if lower.value is not None:
            return Reading(lower.value, f"This is a range: {lower.value} minutes are counted.", _LENGTH)
    found = _DURATION.fullmatch(typed)
    if found is None or found["h"] == "":
        return Reading(None, "This is no length in minutes.", _LENGTH)
    if found["h"] is not None:
        return _length(float(found["h"]) * 60 + int(found["hm"] or 0))
    if found["ch"] is not None:
        return _length(int(found["ch"]) * 60 + int(found["cm"]))
    is_bare = found["m"] == typed
    return _bare(float(found["m"])) if is_bare else _length(float(found["m"]))
