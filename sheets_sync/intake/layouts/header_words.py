"""What single cells say of dates: a date, the name of a month, a weekday, the number of a day or week."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sheets_sync.intake.calendar_words import months, weekdays
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

Day = date | str
"""A date, or the text of one that the school year completes: "9/3", "Mon September 3"."""

_LETTERS = {"m": 0, "w": 2, "r": 3, "f": 4, "u": 6}
_SEVERAL = {"t": frozenset((1, 3)), "s": frozenset((5, 6))}
"""Letters of two weekdays each."""
_DAY_NUMBER = lazy_regex(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?", re.IGNORECASE)
_WEEK_NUMBER = lazy_regex(r"(?:week|wk|w)\.?\s*#?\s*\d{1,2}", re.IGNORECASE)
_WEEK_OF = lazy_regex(
    r"\b(?:week|wk)\.?\s*(?:of|beginning|starting|begins)\b\W*(?P<date>\S.*)", re.IGNORECASE
)
_IN_BRACKETS = lazy_regex(r"\s*\([^()]*\)\s*$")
_SPAN = lazy_regex(
    r"(?P<first>\d{1,2}[/-]\d{1,2}|[a-z]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?)(?:\s*[-–—]\s*|\s+(?:to|thru|through)\s+)"
    r"(?:(?:\d{1,2}[/-])?\d{1,2}|(?:[a-z]{3,9}\.?\s)?\d{1,2}(?:st|nd|rd|th)?)(?P<year>[/-]\d{2,4}|,?\s20\d\d)?",
    re.IGNORECASE,
)
_WORD = lazy_regex(r"[a-z]+", re.IGNORECASE)
_YEAR_AFTER = lazy_regex(r"\.?,?\s*(?:(20\d\d)|'(\d\d))\b(?!\s*-)")
_MONTH_AND_YEAR = lazy_regex(r"(0?[1-9]|1[0-2])\s?[/-]\s?(20\d\d)")
_LETTER_BESIDE = lazy_regex(r"(?<=\d)\s*\((?P<letter>[MTWRFSU])\)$", re.IGNORECASE)
_COMMON = frozenset(("may", "mar", "march"))
"""Words for months that are other words too: among others they are taken for none without a year."""
_NAME_OF_DAYS = lazy_regex(r"(?:week)?days?|days? of (?:the )?(?:week|wk)|dow|wkdays?", re.IGNORECASE)
_LONGEST_LETTERS = 2
_DAY_BESIDE = lazy_regex(r"\d{1,2}(?:st|nd|rd|th)?\s*$")


def dates_written(sheet: Sheet) -> Mapping[str, str]:
    """Return the texts that are a date and nothing else: as they stand -> without line breaks, and without
    the letter of a weekday behind it."""
    texts = {cell for cells in sheet.rows for cell in cells if type(cell) is str and len(cell) <= LONGEST}
    digits = (text for text in texts if any(map(str.isdigit, text)))
    bare = {text: _LETTER_BESIDE.sub("", " ".join(text.split())) for text in digits}
    return {text: day for text, day in bare.items() if _is_date(day)}


def _is_date(text: str) -> bool:
    written = read_written_date(" ".join(text.split()))
    return written is not None and written.day is not None and written.minutes is None


def letter_beside(cell: CellValue) -> str:
    """Return the letter of a weekday behind a date: "F" of "9/12 (F)", else ""."""
    found = _LETTER_BESIDE.search(" ".join(cell.split())) if isinstance(cell, str) else None
    return found["letter"] if found else ""


def day_of(cell: CellValue, written: Mapping[str, str]) -> Day | None:
    """Return the date that a header holds, None for anything else; a bare number is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return written.get(cell) if isinstance(cell, str) else None


def day_number(cell: CellValue) -> int | None:
    """Return the day of a month that a cell says: 3, "3", "3rd"."""
    if isinstance(cell, bool) or not isinstance(cell, str | float | int):
        return None
    found = _DAY_NUMBER.fullmatch(text_of(cell))
    return int(found[1]) if found else None


def month_of(cell: CellValue) -> str | None:
    """Return the one month that a header or a title speaks of, as a date whose day is still "#":
    "September #, 2025", also of "9/2025". None where it speaks of none, of two, or of one day of it; "may"
    among other words is no month.
    """
    if isinstance(cell, date):
        return f"{cell:%B} #, {cell.year}" if cell.day == 1 else None
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return None
    typed = plain(cell)
    numbered = _MONTH_AND_YEAR.fullmatch(typed.strip())
    if numbered:
        return f"{calendar.month_name[int(numbered[1])]} #, {numbered[2]}"
    named = [word for word in _WORD.finditer(typed) if word[0].casefold() in months()]
    if len(named) != 1 or _DAY_BESIDE.search(typed[: named[0].start()]):
        return None
    year = _YEAR_AFTER.match(typed, named[0].end())
    if year:
        return f"{named[0][0]} #, {year[1] or '20' + year[2]}"
    rest = typed[named[0].end() :].strip(" .,")
    if rest[:1].isdigit() or (named[0][0].casefold() in _COMMON and typed.strip(" .") != named[0][0]):
        return None
    return f"{named[0][0]} #"


def is_header(cell: CellValue) -> bool:
    """Tell whether a cell is the header of a column of a log or of the Caseload ("Name")."""
    return isinstance(cell, str) and any(
        read_header(cell, tab=tab).value for tab in ("Service Log", "Caseload")
    )


def is_name_of_days(cell: CellValue) -> bool:
    """Tell whether a cell calls what stands on its right the weekdays: "Day", "Day of week"."""
    return isinstance(cell, str) and _NAME_OF_DAYS.fullmatch(plain(cell).strip()) is not None


def are_weekdays(cells: Sequence[CellValue], left: Sequence[CellValue]) -> bool:
    """Tell whether the cells over or below dates are their weekdays; `left` is what stands on their left.

    Beside a text that is no header, as a student's name, letters are codes: "T" for therapist absent.
    """
    if not cells or not all(map(is_weekday, cells)):
        return False
    spelt = any(len(_word(cell)) > _LONGEST_LETTERS for cell in cells if isinstance(cell, str))
    return spelt or all(is_blank(cell) or _may_stand_beside_days(cell) for cell in left)


def _may_stand_beside_days(cell: CellValue) -> bool:
    names = [word for word in _WORD.findall(text_of(cell)) if word.casefold() not in months()]
    is_month = month_of(cell) is not None and not names
    return is_header(cell) or is_name_of_days(cell) or is_week(cell) or bool(is_month or week_of(cell))


def is_weekday(cell: CellValue) -> bool:
    """Tell whether a cell says a weekday, also by a letter that two of them share."""
    return isinstance(cell, str) and _word(cell) in {*weekdays(), *_LETTERS, *_SEVERAL}


def weekday_of(cell: CellValue) -> int | None:
    """Return the one weekday that a cell says, 0 for Monday."""
    word = _word(cell) if isinstance(cell, str) else ""
    return weekdays().get(word, _LETTERS.get(word))


def weekdays_of(cell: CellValue) -> frozenset[int]:
    """Return the weekdays that a cell can mean, 0 for Monday: two for "T" and "S", none for anything else."""
    day = weekday_of(cell)
    if day is not None:
        return frozenset((day,))
    return _SEVERAL.get(_word(cell), frozenset()) if isinstance(cell, str) else frozenset()


def _word(cell: str) -> str:
    return plain(cell).casefold().strip(" .")


def is_week(cell: CellValue) -> bool:
    """Tell whether a cell counts weeks: "Week 3", "Wk 3"."""
    return isinstance(cell, str) and _WEEK_NUMBER.fullmatch(plain(cell).strip()) is not None


def span_of_a_week(cell: CellValue) -> str | None:
    """Return the first date of a text that is a span of dates and nothing else: "Sept 8-12, 2025"."""
    return _first_of(plain(cell)) if isinstance(cell, str) and len(cell) <= LONGEST else None


def _first_of(span: str) -> str | None:
    """Return the first date of a span, with the year of its end."""
    found = _SPAN.fullmatch(span.strip(" .,;()"))
    if found is None or not _is_date(found["first"]):
        return None
    first, year = found["first"], found["year"]
    if not year or read_written_date(first + year) is None:
        return first
    return first + year


def week_in_name(name: str) -> str | None:
    """Return the first day of the week that is the name of a tab: "Week of 9-8", "Sept 8-12"."""
    return week_of(name) or span_of_a_week(name)


def week_of(cell: CellValue) -> str | None:
    """Return the date of "Week of 9/8", of a span its first; None for anything else."""
    found = _WEEK_OF.search(plain(cell)) if isinstance(cell, str) and len(cell) <= LONGEST else None
    if found is None:
        return None
    said = _IN_BRACKETS.sub("", found["date"])
    spelt = said if _is_date(said) else _first_of(said)
    if spelt:
        return spelt
    for parted in (found["date"], *re.split(r"\s+[-–—]\s+|\s+to\s+|[-–—]", found["date"])[:1]):
        if _is_date(parted):
            return parted.strip(" .,;()")
    return None
