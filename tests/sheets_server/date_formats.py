"""Dates, times and durations as their patterns show them. A date is a number: days since 1899-12-30."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.sheets_server.number_patterns import Section

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no zone
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MS_A_DAY = 86_400_000


def serial_of(moment: datetime) -> float:
    """Return the serial number of a date and time."""
    return (moment - EPOCH) / timedelta(days=1)


def moment_of(serial: float) -> datetime | None:
    """Return the date and time of a serial number, to the millisecond; None where there is no such date."""
    try:
        return EPOCH + timedelta(milliseconds=round(serial * _MS_A_DAY))
    except (OverflowError, ValueError):
        return None


def shown_date(serial: float, section: Section) -> str | None:
    """Return the text of a serial number; None where there is no such date."""
    moment = moment_of(serial)
    if moment is None:
        return None
    half_days = any(piece.text in ("am/pm", "a/p") for piece in section.pieces)
    milliseconds = round(abs(serial) * _MS_A_DAY)
    minus = "-" if serial < 0 and any(piece.kind == "elapsed" for piece in section.pieces) else ""
    shown = []
    for piece in section.pieces:
        if piece.kind == "elapsed":
            shown.append(minus + _elapsed(piece.text, milliseconds))
            minus = ""
        elif piece.kind == "date":
            shown.append(_token(piece.text, moment, half_days))
        else:
            shown.append(piece.text)
    return "".join(shown)


def _elapsed(token: str, milliseconds: int) -> str:
    unit = {"h": 3_600_000, "m": 60_000, "s": 1000}[token[0]]
    return str(milliseconds // unit).zfill(len(token))


def _token(token: str, moment: datetime, half_days: bool) -> str:
    letter, width = token[0], len(token)
    if token == "am/pm":
        return "AM" if moment.hour < 12 else "PM"
    if token == "a/p":
        return "A" if moment.hour < 12 else "P"
    if letter == "y":
        return f"{moment.year % 100:02d}" if width <= 2 else f"{moment.year:04d}"
    if letter == "m" and width > 2:
        return _month(moment.month, width)
    if letter == "d" and width > 2:
        name = DAYS[moment.weekday()]
        return name[:3] if width == 3 else name
    if letter == ".":
        return "." + f"{moment.microsecond:06d}".ljust(width - 1, "0")[: width - 1]
    hour = (moment.hour % 12 or 12) if half_days else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[letter]
    return str(number).zfill(min(width, 2))


def _month(month: int, width: int) -> str:
    name = MONTHS[month - 1]
    return {3: name[:3], 5: name[0]}.get(width, name)
