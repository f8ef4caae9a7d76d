"""Headers that say a unit or a period: "Minutes per week", "Duration (hrs)", "Total minutes".

A length of a period is no session's: 60 under "Minutes (weekly)" beside 2x/week is 60 a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sheets_sync.intake.plain import LONGEST, without_accents
from sheets_sync.lazy_regex import lazy_regex

_UNITS = {
    **dict.fromkeys(("minutes", "minute", "mins", "min", "mns"), "minutes"),
    **dict.fromkeys(("hours", "hour", "hrs", "hr"), "hours"),
}
_PERIODS = {
    **dict.fromkeys(("day", "daily"), "day"),
    **dict.fromkeys(("week", "weekly", "wk", "wkly"), "week"),
    **dict.fromkeys(("month", "monthly", "mo", "mth"), "month"),
    **dict.fromkeys(("quarter", "quarterly", "qtr"), "quarter"),
    **dict.fromkeys(("trimester",), "trimester"),
    **dict.fromkeys(("semester",), "semester"),
    **dict.fromkeys(("year", "yearly", "annual", "annually", "yr"), "year"),
}
_IN_SHORT = {"mpw": "minutes week", "mpm": "minutes month", "mpd": "minutes day"}
_LENGTHS = frozenset(("duration", "length", "time", "dur"))
_TOTALS = frozenset(("total", "totals", "tot"))
_SESSIONS = frozenset(("session", "sessions", "sess"))
_FILLERS = frozenset(
    (
        *("per", "a", "an", "each", "every", "in", "of", "the", "for", "iep", "service", "services", "only"),
        *("required", "req", "mandated", "prescribed", "frequency", "freq", "amount", "number", "s"),
    )
)
_SPOKEN = lazy_regex(r"[^\W_]+")
_HUMP = lazy_regex(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Measure:
    """What the numbers of a column are: its `unit` is "minutes" or "hours", `period` "" for a session's."""

    unit: Literal["minutes", "hours", ""]
    period: str = ""


def total_of(header: str) -> Measure | None:
    """Return what a column of all minutes of a period counts; None for any other column.

    A total without a period ("Total minutes") has none here either.
    """
    said = _said(header)
    if said is None or said["session"] or not (said["period"] or said["total"]):
        return None
    if not (said["unit"] or said["length"] or said["total"]):
        return None
    period = next(iter(said["period"]), "")
    if said["unit"] == {"hours"}:
        return Measure("hours", period)
    return Measure("minutes" if said["unit"] or said["length"] else "", period)


def is_length_in_hours(header: str) -> bool:
    """Tell whether a column holds the length of a session in hours: "Duration (hrs)", "Hours"."""
    said = _said(header)
    return said is not None and said["unit"] == {"hours"} and not (said["period"] or said["total"])


def says_of_what(header: str) -> bool:
    """Tell whether a header says that a session is measured: "Duration (hours)"; "Hours" alone does not."""
    said = _said(header)
    return said is not None and bool(said["length"] or said["session"])


def period_in(header: str) -> str | None:
    """Return the one period that a header names ("Sessions per week", "Frequency (monthly)"), else None."""
    named = {_PERIODS[word] for word in _words(header) if word in _PERIODS}
    return named.pop() if len(named) == 1 else None


def without_measure(header: str) -> tuple[str, str]:
    """Part a header in what it says and its measure: "Individual min/wk" is "individual", "minutes week"."""
    if len(header) > LONGEST:
        return "", ""
    words = _words(header)
    measure = [word for word in words if word in _UNITS or word in _PERIODS or word in _TOTALS]
    fillers = (*_FILLERS, *_LENGTHS, *measure)
    said = [word for word in words if word not in fillers]
    return " ".join(said), " ".join(measure)


def _words(header: str) -> list[str]:
    spaced = _HUMP.sub(" ", without_accents(header[:LONGEST])) if header.upper() != header else header
    words = _SPOKEN.findall(spaced.casefold())
    return " ".join(_IN_SHORT.get(word, word) for word in words).split()


def _said(header: str) -> dict[str, set[str]] | None:
    """Return the units, periods and so on of a header; None where it says anything else, or two of a kind."""
    said: dict[str, set[str]] = {kind: set() for kind in ("unit", "period", "length", "total", "session")}
    if len(header) > LONGEST:
        return None
    for word in _words(header):
        if word in _UNITS:
            said["unit"].add(_UNITS[word])
        elif word in _PERIODS:
            said["period"].add(_PERIODS[word])
        elif word in _LENGTHS:
            said["length"].add(word)
        elif word in _TOTALS:
            said["total"].add(word)
        elif word in _SESSIONS:
            said["session"].add(word)
        elif word not in _FILLERS:
            return None
    return None if len(said["unit"]) > 1 or len(said["period"]) > 1 else said
