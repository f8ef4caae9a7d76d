"""One frequency from the columns of a grid's line: Frequency, Sessions, Minutes and Per (workbook.md).

A column of all minutes of a period ("Minutes per week") says it too, or is a checksum of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.clock import read_duration
from sheets_sync.intake.frequency_text import REMEDY, Frequency, read_frequency
from sheets_sync.intake.reading import Reading
from sheets_sync.ports import CellValue, ErrorValue

MOST_SESSIONS = 60
"""A bare number in the column Sessions above this is hardly a count."""
MOST_TIMES_A_TOTAL = 3
"""A total without a period from so many times a line's is that of a longer period."""


class _CannotJoin(Exception):
    """The columns leave open what is asked for, or contradict each other; the message says how."""


_SCHOOL_DAY = 420
"""Minutes: a long one. school_minutes may be longer, not shorter."""
_SCHOOL_DAYS = {"day": 1, "week": 5, "n_weeks": 5, "month": 23}
"""The most that such a period has."""


@dataclass
class _Parts:
    """What the columns say so far; `asked` is the first question about it.

    `says_weekly`: Frequency holds "weekly" or the like alone, which beside Minutes is so many a week.
    """

    frequency: Frequency
    asked: str | None = None
    says_weekly: bool = False

    def take(self, name: Literal["sessions", "minutes", "total"], column: str, value: int | None) -> None:
        """Take one figure from a column, or refuse one that contradicts another column."""
        if value is None:
            return
        known = getattr(self.frequency, name)
        if known not in (None, value):
            raise _CannotJoin(f"{column} says {_shown(value)}, another column says {_shown(known)}.")
        if name == "sessions":
            self.frequency = replace(self.frequency, sessions=value)
        elif name == "minutes":
            self.frequency = replace(self.frequency, minutes=value)
        else:
            self.frequency = replace(self.frequency, total=value)

    def take_all(self, column: str, value: Frequency) -> None:
        """Take every figure that a column's own frequency has."""
        self.take("sessions", column, value.sessions)
        self.take("minutes", column, value.minutes)
        self.take("total", column, value.total)


def read_line_frequency(
    frequency: CellValue,
    sessions: CellValue,
    minutes: CellValue,
    per: CellValue,
    total: CellValue = None,
    *,
    school_minutes: int | None = None,
) -> Reading[Frequency]:
    """Return the complete frequency of a line, or a sentence that says what is missing or contradictory.

    Complete is: total and period known (as needed: nothing else), sessions x minutes = total where both are
    known. A bare number in Frequency is a count only beside Minutes. Blank cells are None or white space.
    `total` is all minutes of a period, "60 min / week"; where it does not fit the others, it is refused.
    """
    for cell in (frequency, sessions, minutes, per, total):
        if isinstance(cell, ErrorValue):
            return Reading(None, f"The cell shows {cell.text} instead of a value.", "Mend the formula in it.")
    try:
        parts = _Parts(Frequency(None, None, None, None))
        if not is_blank(frequency):
            _take_frequency(parts, frequency, minutes if is_blank(total) else total, school_minutes)
        if not is_blank(sessions):
            _take_sessions(parts, sessions, school_minutes)
        _take_per(parts, per)
        if not is_blank(minutes):
            _take_minutes(parts, minutes, school_minutes)
        if not is_blank(total):
            _take_total(parts, total, school_minutes)
        if parts.says_weekly:
            _take_weekly(parts)
        whole = _complete(parts.frequency)
        _check_most(whole, school_minutes)
        if not is_blank(total):
            _check_total(parts, whole, _bare_total(total, school_minutes))
    except _CannotJoin as why:
        return Reading(None, str(why), REMEDY)
    return Reading(whole, parts.asked, REMEDY if parts.asked else "")


def _shown(value: object) -> str:
    return str(value).replace("_", " ")


def _read(cell: CellValue, school_minutes: int | None) -> Reading[Frequency]:
    if not isinstance(cell, str):
        return Reading(None, "This is a date, a time or a bare number, not a frequency.", REMEDY)
    return read_frequency(cell, school_minutes=school_minutes)


def _number(cell: CellValue) -> int | None:
    """Return the whole number that stands alone in a cell, as a number or as text."""
    text = text_of(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _take_frequency(parts: _Parts, cell: CellValue, minutes: CellValue, school_minutes: int | None) -> None:
    count = _number(cell)
    if count is not None:
        if is_blank(minutes) or not 1 <= count <= 25:
            raise _CannotJoin(
                "Frequency is a number without a unit: it does not say whether sessions or minutes."
            )
        parts.take("sessions", "Frequency", count)
        return
    reading = _read(cell, school_minutes)
    if reading.value is None:
        adverb = period_alone(cell, school_minutes)
        if adverb is None:
            raise _CannotJoin(reading.problem or "")
        parts.frequency = Frequency(None, None, None, adverb.period, adverb.n)
        parts.says_weekly = True
        return
    parts.frequency, parts.asked = reading.value, reading.problem


def period_alone(cell: CellValue, school_minutes: int | None = None) -> Frequency | None:
    """Return the period that a cell names and nothing else: "weekly", "2 weeks", "6-day cycle"."""
    text = text_of(cell).strip(" ./")
    for form in (f"1 x 10 min {text}", f"1 x 10 min / {text}"):
        found = read_frequency(form, school_minutes=school_minutes)
        value = found.value
        if (
            value is not None
            and found.problem is None
            and value.period
            and (value.sessions, value.minutes) == (1, 10)
        ):
            return value
    return None


def _take_sessions(parts: _Parts, cell: CellValue, school_minutes: int | None) -> None:
    count = _number(cell)
    if count is not None:
        if not 1 <= count <= MOST_SESSIONS:
            raise _CannotJoin(f"Sessions cannot be {count}.")
        parts.take("sessions", "Sessions", count)
        return
    reading = _read(cell, school_minutes)
    value = reading.value
    if value is None or value.sessions is None:
        bare = read_frequency(f"{text_of(cell)} x", school_minutes=school_minutes)
        if bare.value is None or bare.value.sessions is None:
            raise _CannotJoin("Sessions is no number of sessions.")
        reading, value = bare, bare.value
    parts.asked = parts.asked or reading.problem
    parts.take_all("Sessions", value)
    _take_period(parts, "Sessions", value)


def _take_period(parts: _Parts, column: str, value: Frequency) -> None:
    known = parts.frequency
    if value.period is None:
        return
    if known.period is not None and (known.period, known.n) != (value.period, value.n):
        raise _CannotJoin(
            f"{column} says {_shown(value.period)}, another column says {_shown(known.period)}."
        )
    parts.frequency = replace(known, period=value.period, n=value.n)


def _take_per(parts: _Parts, cell: CellValue) -> None:
    if is_blank(cell):
        return
    if not isinstance(cell, str):
        raise _CannotJoin('Per is no period: write "week" or "month".')
    value = period_alone(cell)
    if value is None:
        reading = read_frequency(cell)
        if reading.value is None or reading.value.period != "as_needed":
            problem = reading.problem if reading.value is None else None
            raise _CannotJoin(problem or 'Per is no period: write "week" or "month".')
        value = reading.value
    _take_period(parts, "Per", value)


def _take_minutes(parts: _Parts, cell: CellValue, school_minutes: int | None) -> None:
    reading = read_duration(cell)
    if reading.value is not None:
        parts.asked = parts.asked or reading.problem
        _join_length(parts, reading.value)
        return
    whole = _read(cell, school_minutes)
    if whole.value is None:
        raise _CannotJoin(f"Minutes cannot be read: {reading.problem or whole.problem}")
    parts.asked = parts.asked or whole.problem
    value = whole.value
    _take_period(parts, "Minutes", value)
    parts.take_all("Minutes", value)


def _join_length(parts: _Parts, length: int) -> None:
    """Take the minutes of one session; beside a total they must divide it, or be it."""
    if length == 0:
        raise _CannotJoin("Minutes cannot be 0.")
    known = parts.frequency
    if known.period == "as_needed":
        return
    if known.total is not None and known.sessions is None:
        if known.total == length:
            return
        if known.total % length:
            raise _CannotJoin(f"Sessions of {length} minutes do not make up {known.total}.")
        parts.frequency = replace(known, sessions=known.total // length, minutes=length)
        return
    parts.take("minutes", "Minutes", length)


def _take_total(parts: _Parts, cell: CellValue, school_minutes: int | None) -> None:
    """Take all minutes of a period; those of another period than the rest of the line are left alone."""
    known = parts.frequency
    if _bare_total(cell, school_minutes) is not None:
        if known == Frequency(None, None, None, None):
            raise _CannotJoin("Total is a number that does not say of what: minutes a week, hours?")
        return
    reading = _read(cell, school_minutes)
    value = reading.value
    if value is None:
        parts.asked = parts.asked or f"Total cannot be read: {reading.problem}"
    if value is None or known.period == "as_needed":
        return
    if known.period is not None and (known.period, known.n) != (value.period, value.n):
        return
    _take_period(parts, "Total", value)
    of_session = parts.frequency.minutes
    parts.take_all("Total", replace(value, minutes=None) if value.sessions is None else value)
    known = parts.frequency
    if known.total is None:
        return
    if known.sessions is None and of_session and known.total % of_session == 0:
        parts.frequency = replace(known, sessions=known.total // of_session)
    elif known.sessions is None and of_session:
        raise _CannotJoin(f"Sessions of {of_session} minutes do not make up {known.total}.")
    elif known.sessions and not known.minutes and known.total % known.sessions == 0:
        parts.frequency = replace(known, minutes=known.total // known.sessions)


def _bare_total(cell: CellValue, school_minutes: int | None) -> int | None:
    """Return the number of a total that says no period."""
    value = None if _number(cell) is not None else _read(cell, school_minutes).value
    if value is not None and value.period is None and value.sessions is None:
        return value.total or value.minutes
    return _number(cell)


def _check_total(parts: _Parts, whole: Frequency, number: int | None) -> None:
    """Ask about a total without a period that may be the line's, and is another number."""
    if number is None or whole.total is None or number in (whole.total, whole.sessions):
        return
    if number < MOST_TIMES_A_TOTAL * whole.total:
        asked = f"The total says {number}, the line comes to {whole.total} a {_shown(whole.period)}."
        parts.asked = parts.asked or asked


def _complete(known: Frequency) -> Frequency:
    if known.period == "as_needed":
        return Frequency(None, None, None, "as_needed", 1, known.group)
    if known.sessions is not None and known.minutes is not None:
        product = known.sessions * known.minutes
        if known.total not in (None, product):
            raise _CannotJoin(f"{known.sessions} x {known.minutes} min is {product}, not {known.total}.")
        known = replace(known, total=product)
    if known.sessions not in (None, 1) and known.minutes is None and known.total is not None:
        raise _CannotJoin("It does not say whether the minutes are a session's or the whole period's.")
    if known == Frequency(None, None, None, None):
        raise _CannotJoin("The frequency is blank.")
    if known.period is None:
        raise _CannotJoin("It does not say for which period: a week, a month?")
    if known.total is None:
        raise _CannotJoin(
            "It does not say how many minutes."
            if known.minutes is None
            else "It does not say how many sessions."
        )
    return known


def _check_most(whole: Frequency, school_minutes: int | None) -> None:
    """Refuse more than the school has in such a period: mostly minutes below a header of hours."""
    days = _SCHOOL_DAYS.get(whole.period or "", 0) * whole.n
    if days and whole.total and whole.total > days * max(school_minutes or 0, _SCHOOL_DAY):
        hours = whole.total / 60
        raise _CannotJoin(
            f"It comes to {whole.total} minutes ({hours:g} hours) a {_shown(whole.period)}: no school has as"
            " many. Are these minutes below a header of hours?"
        )


def _take_weekly(parts: _Parts) -> None:
    """Read "Weekly" beside 30 minutes as 30 minutes a week, as "Weekly, 30 minutes" in one cell is read."""
    known = parts.frequency
    if known.sessions is None and known.total is None and known.minutes is not None:
        parts.frequency = replace(known, minutes=None, total=known.minutes)
