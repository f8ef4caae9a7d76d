"""The dates among the words of a Calendar's kind: "Recess 11/26-11/28", "No school (Oct 15-17)"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.intake.dates import SchoolYear, read_date, read_span
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.lazy_regex import lazy_regex

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s*20\d\d)?"
_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?!\d)(?!\s*-?\s*day)"
    rf"|\b{MONTH}\.?\s*{_DAY}\b(?!:){_YEAR})"
)
_TO = r"\s*(?:-+|\bto\b|\bthrough\b|\bthru\b)\s*"
_AND = r"\s*(?:&|\+|,|/|\band\b)\s*"
_WEEKDAY = lazy_regex(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:day)?s?\b\.?,?\s*", re.IGNORECASE)
_SPAN = lazy_regex(rf"{_DATE}{_TO}(?:{_DATE}|{_DAY}\b(?![:/]){_YEAR})", re.IGNORECASE)
_BOTH = lazy_regex(rf"(?P<one>{_DATE}){_AND}(?P<other>{_DATE}|{_DAY}\b(?![:/]))", re.IGNORECASE)
_THROUGH = lazy_regex(rf"(?:-+|\b(?:to|through|thru|ending)\b)\s*(?P<last>{_DATE})", re.IGNORECASE)
_ANOTHER_DAY = lazy_regex(
    rf"\b(?:was|were|from|instead of|in place of|in lieu of)\s+(?:{_DATE})", re.IGNORECASE
)
_LAST_NUMBER = lazy_regex(r"\d{1,2}\D*$")
_ALONE = lazy_regex(_DATE, re.IGNORECASE)
_REMEDY = "Write the first day into Date and the last into To, and no dates into the words."
_ANOTHER: Reading[date] = Reading(
    None, "The words name other days than Date and To: the row is not counted.", _REMEDY
)


def without_dates(text: str) -> str:
    """Return a kind without the spans of dates among its words, and without the words that lead to them."""
    typed = _plain(text)
    for form in (_SPAN, _BOTH, _THROUGH, _ALONE):
        typed = form.sub(" ", typed)
    return re.sub(r"\(\s*\)", " ", typed).strip(" ,;:-–—")


def names_dates(text: str) -> bool:
    """Tell whether a date stands among the words of a kind."""
    return len(text) <= LONGEST and _ALONE.search(_plain(text)) is not None


def names_other_days(text: str) -> bool:
    """Tell whether words beside a kind name several days, or another one ("was 10/16")."""
    typed = _plain(text)
    return len(text) <= LONGEST and any(form.search(typed) for form in (_SPAN, _BOTH, _THROUGH, _ANOTHER_DAY))


def last_day_in(text: str, first: date, last: date, year: SchoolYear) -> Reading[date]:
    """Return the last day that the words of a kind name, where they fit what Date (and To) say: `first` and
    `last`, alike without a To. No value and no problem: they name none but these."""
    typed = _plain(text)
    if len(text) > LONGEST or not _ALONE.search(typed):
        return Reading(None)
    dates = len(_ALONE.findall(typed))
    named: tuple[date, date] | None = None
    if span := _SPAN.search(typed):
        named = read_span(span[0], year=year).value
        dates -= len(_ALONE.findall(span[0]))
    elif both := _BOTH.search(typed):
        named = _in_a_row(both["one"], both["other"], year)
        dates -= len(_ALONE.findall(both[0]))
    elif through := _THROUGH.search(typed):
        day = read_date(through["last"], year=year).value
        named = (first, day) if day is not None and day >= first else None
        dates -= 1
    elif alone := _ALONE.search(typed):
        day = read_date(alone[0], year=year).value
        named = (first, last) if day == first else None
        dates -= 1
    if named is None or dates > 0 or named[0] != first or last not in (first, named[1]):
        return _ANOTHER
    return Reading(None) if named[1] == last else Reading(named[1])


def _in_a_row(one: str, other: str, year: SchoolYear) -> tuple[date, date] | None:
    """Return two days of which none, or a weekend alone, lies between; None for any others."""
    if other.isdigit():
        other = f"{_LAST_NUMBER.sub('', one)}{other}"
    days = [read_date(text, year=year).value for text in (one, other)]
    if days[0] is None or days[1] is None:
        return None
    apart = (days[1] - days[0]) / timedelta(days=1)
    follows = apart == 1 or (apart == 3 and days[0].weekday() == 4)
    return (days[0], days[1]) if follows else None


def _plain(text: str) -> str:
    typed = " ".join(plain(text[:LONGEST]).split())
    return _WEEKDAY.sub("", typed) if _ALONE.search(typed) else typed
