"""A Status that is a make-up and names a date: "makeup from 10/7", "MU 30 for 10/7"."""

from __future__ import annotations

import re
from dataclasses import replace

from sheets_sync.categories import Category
from sheets_sync.intake.code import Code
from sheets_sync.intake.dates import SchoolYear, read_date, read_written_date
from sheets_sync.intake.reading import Reading
from sheets_sync.lazy_regex import lazy_regex

_UNIT = r"(?:m|min|mins|minutes?)"
_MAKE_UP = r"(?:make[\s-]?up|made[\s-]?up|m/?u|mkup)(?:\s+(?:session|given|provided|delivered|held))?"
_MAKE_UP_FOR = lazy_regex(
    _MAKE_UP + r"\s*[:,(-]?\s*(?:(?:from|for|of)\s*(?:the\s)?(?:missed\s)?(?:session\s(?:of\s|on\s|from\s)?)?"
    r"|(?:the\s)?missed\s(?:session\s)?(?:on\s|from\s|of\s)?)(?P<date>.+?)(?:\ssession)?\)?",
    re.IGNORECASE,
)
_MINUTES_BEHIND = lazy_regex(rf"(?P<rest>.+?)[\s,;(-]+(?P<m>\d{{1,3}})\s*{_UNIT}\.?\)?", re.IGNORECASE)
_MINUTES_BETWEEN = lazy_regex(
    _MAKE_UP + rf"[\s/:(-]+(?P<m>\d{{1,3}})\s*{_UNIT}?\.?\)?[\s,-]+(?P<rest>(?:from|for|of)\s.+)",
    re.IGNORECASE,
)
_MAKE_UP_DATE = lazy_regex(_MAKE_UP + r"\s*[:,(/-]?\s*(?P<on>on\s+)?(?P<date>.+?)\)?", re.IGNORECASE)


def read_make_up(typed: str, year: SchoolYear | None) -> Reading[Code] | None:
    """Read a make-up that names a date: "from" and "for" tell that it is the day that was missed."""
    timed = _MINUTES_BEHIND.fullmatch(typed)
    if timed and (before := read_make_up(timed["rest"], year)) and before.value:
        return replace(before, value=replace(before.value, minutes=int(timed["m"])))
    before_the_date = _MINUTES_BETWEEN.fullmatch(typed)
    if (
        before_the_date
        and (dated := read_make_up(f"make-up {before_the_date['rest']}", year))
        and dated.value
    ):
        return replace(dated, value=replace(dated.value, minutes=int(before_the_date["m"])))
    found = _MAKE_UP_FOR.fullmatch(typed)
    if found:
        if read_written_date(found["date"]) is None:
            return None
        reading = read_date(found["date"], year=year)
        remedy = 'Write the day that was missed into "Make-up for".'
        problem = (
            None if reading.value else f"The day that was missed cannot be told: {_lower(reading.problem)}"
        )
        return Reading(Code(Category.MAKE_UP, makeup_for=reading.value), problem, remedy if problem else "")
    other = _MAKE_UP_DATE.fullmatch(typed)
    if other and not other["date"].isdigit() and (other["on"] or read_written_date(other["date"])):
        if read_written_date(other["date"]) is None:
            return None
        problem = "It does not say whether this is the day that was missed or the day of the make-up."
        return Reading(Code(Category.MAKE_UP), problem, 'Write the day that was missed into "Make-up for".')
    return None


def _lower(sentence: str | None) -> str:
    return (sentence or "")[:1].lower() + (sentence or "")[1:]
