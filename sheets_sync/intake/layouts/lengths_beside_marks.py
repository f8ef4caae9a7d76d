"""Columns beside the marks of a roster that may say how long each session of a row is: "Min per session".

"Session time" may be the length, or the time of day at which the sessions begin; "Duration" may be that of
the IEP, in weeks or months.
"""

from __future__ import annotations

import re

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.clock import read_duration
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_MIN = r"min(?:ute)?s?\.?"
_SESSION = r"(?:sess(?:ion)?s?\.?|visits?|tx|meetings?)"
_OF_EACH = lazy_regex(
    rf"(?:{_MIN}|length|duration|time|how long) ?(?:/|per|a|each|of|for)(?: (?:a|the|each))? ?{_SESSION}"
    rf"|{_SESSION} (?:length|duration|{_MIN}|time)(?: \(?{_MIN}\)?)?"
    rf"|(?:length|duration|how long)\??(?: \(?{_MIN}\)?)?",
    re.IGNORECASE,
)
_OF_WHAT = lazy_regex(rf"(?:# ?(?:of )?)?{_MIN}|time \(?{_MIN}\)?", re.IGNORECASE)
"""These may be those of a session, or of a week."""
_IN_MINUTES = lazy_regex(rf"\b{_MIN}", re.IGNORECASE)
_MAY_SAY_WHEN = lazy_regex(r"\btime\b", re.IGNORECASE)
_OF_ANYTHING = lazy_regex(r"(?:length|duration|how long)\??", re.IGNORECASE)
_NUMBER = lazy_regex(r"\d+(?:\.0+)?")
_MAY_BE_MINUTES = lazy_regex(r"(?<![\d:.])(?:[5-9]|[1-9]\d|[12]\d\d)(?![\d:]|\.\d|st\b|nd\b|rd\b|th\b)")
_CLOCK = lazy_regex(
    r"\d[:.]\d\d|\d ?[ap]\.?m?\b|\bnoon\b|\d ?(?:-|to) ?\d|\bat \d"
    r"|(?<!\d)(?<!\d )\b(?:(?:mon|tue|wed|thu|fri)[a-z]*|[mtwrf]|th|mw[rf]?|t/?th|period|pd|block)\b",
    re.IGNORECASE,
)
_LONGEST_BARE = 120
"""No more minutes are one session's where no unit stands behind them."""
_NO_HOUR = range(13, 100)
"""Numbers that no clock shows: 9 is nine o'clock too, 115 a quarter past one."""
_SHORTEST_BARE, _STEP, _WEEKS_OF_A_YEAR = 15, 5, 40
"""Of a "Duration" 9, 10, 36 and 40 are months or weeks of a school year as well."""


def may_be_of_each(header: str) -> bool:
    """Tell whether a column so called may say how long each session is."""
    return bool(_OF_EACH.fullmatch(header) or _OF_WHAT.fullmatch(header))


def says_length(header: str, cell: CellValue) -> bool:
    """Tell whether a cell below this header says surely how many minutes each session of its row is."""
    reading = read_duration(cell)
    if not _OF_EACH.fullmatch(header) or not reading.value:
        return False
    if isinstance(cell, str) and any(map(str.isalpha, cell)):
        return True
    if reading.value > _LONGEST_BARE:
        return False
    if _says_when(header):
        exact = reading.value in _NO_HOUR if _is_bare(cell) else reading.value < 60
        return exact and not reading.problem
    if _OF_ANYTHING.fullmatch(header) and _is_bare(cell):
        in_steps = reading.value >= _SHORTEST_BARE and reading.value % _STEP == 0
        return in_steps and reading.value != _WEEKS_OF_A_YEAR
    return True


def may_be_length(header: str, cell: CellValue) -> bool:
    """Tell whether a cell below such a header may be a length: no time of day is one, and no "no"."""
    text = plain(text_of(cell)) if len(text_of(cell)) <= LONGEST else ""
    if not _says_when(header):
        return bool(text_of(cell)) and meanings("yes_no").get(text.casefold()) != "no"
    if not isinstance(cell, str) and not _is_bare(cell):
        return False
    return _MAY_BE_MINUTES.search(text) is not None and _CLOCK.search(text) is None


def _says_when(header: str) -> bool:
    """Tell whether what is below a header may be a time of day."""
    return _MAY_SAY_WHEN.search(header) is not None and _IN_MINUTES.search(header) is None


def _is_bare(cell: CellValue) -> bool:
    """Tell whether a cell is a whole number alone, and no time cell."""
    return not isinstance(cell, bool) and _NUMBER.fullmatch(plain(text_of(cell)).strip(" .")) is not None
