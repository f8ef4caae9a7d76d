"""One header of a week grid: "Mon", "Day 1", "B", "Mon A" (of the weeks A), "Mon 9/8", "M/W" (both)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sheets_sync.intake.calendar_words import MONTH, weekdays
from sheets_sync.intake.plain import plain
from sheets_sync.intake.schedule_piece import WEEKDAYS
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

LONGEST_HEADER = 40
_COMPACT = {"m": 0, "t": 1, "tu": 1, "w": 2, "th": 3, "r": 3, "f": 4, "sa": 5, "su": 6}
_CYCLE = lazy_regex(
    r"(?:days?\s*#?|d)(?P<number>\d{1,2})|(?P<before>[a-h])[\s-]?days?|days?\s(?P<after>[a-h])", re.IGNORECASE
)
_SHORT_DAY = lazy_regex(r"\s*\((?:early (?:release|dismissal)|half day|late start)\)", re.IGNORECASE)
DATE_BESIDE = lazy_regex(
    r"[(,]?\s*(?<![\d:])(?<!\bday )(?<!\bdays )\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\b\)?"
    rf"|[(,]?\s*\b{MONTH}"
    r"\.? \d{1,2}(?:st|nd|rd|th)?\b\)?",
    re.IGNORECASE,
)
WEEK = lazy_regex(
    r"[(\[]?\b(?:(?:week|wk)s?\.?\s*[-:#]?\s*(?P<after>[a-d1-4]|odd|even|one|two)"
    r"|(?P<before>(?-i:[A-D])|odd|even)[\s-]*(?:week|wk)s?)\b[)\]]?",
    re.IGNORECASE,
)
"""Weeks that alternate, in a text of any kind; "twice a week" names none."""
_WEEK_AT_END = lazy_regex(r"[\s(\-]+(?P<after>[ab])\)?$", re.IGNORECASE)
_SEVERAL = lazy_regex(r"[/&,+-]|\band\b|[a-z]{3}.*\s", re.IGNORECASE)
"""What parts the days of one header; without it "MW" may be somebody's initials."""
_WEEKS = {"1": "A", "2": "B", "one": "A", "two": "B"}


@dataclass(frozen=True, slots=True)
class DayHeader:
    """`day` is what the list would have under Days ("Mon"), `key` its reading ("Mon", "D1", "A").

    `week` is "A" or "B" where the header names the weeks in which it is, another letter where these are not
    known to alternate; `dated` tells whether a date stands in it. `several` are the days of a header of more
    than one ("M/W"): what stands below it is on each. `run_together` tells that
    no mark stands between them.
    """

    day: str
    key: str
    week: str = ""
    dated: bool = False
    several: tuple[str, ...] = ()
    run_together: bool = False

    @property
    def each(self) -> tuple[DayHeader, ...]:
        """The header of each of its days."""
        return tuple(DayHeader(day, day, dated=self.dated) for day in self.several) or (self,)

    @property
    def keys(self) -> frozenset[str]:
        """The readings of its days."""
        return frozenset(self.several or (self.key,))


def week_letter(found: re.Match[str]) -> str:
    """Return the weeks that a match of WEEK names: "A" also for the first of two ("Week 1")."""
    named = (found.groupdict().get("before") or found["after"]).casefold()
    return _WEEKS.get(named, named.upper())


def read_day(cell: CellValue) -> DayHeader | None:
    """Return the one day that a header names, None for any other cell."""
    if not isinstance(cell, str) or not cell or len(cell) > LONGEST_HEADER:
        return None
    return _read(cell)


@lru_cache(maxsize=4096)
def _read(cell: str) -> DayHeader | None:
    typed = plain(cell)
    undated = DATE_BESIDE.sub(" ", typed).strip(" -,")
    week = WEEK.search(undated)
    bare = WEEK.sub(" ", undated).strip(" -:,") if week else undated
    key = _day_key(bare)
    if key is None and week is None and (week := _WEEK_AT_END.search(undated)):
        bare = undated[: week.start()]
        key = _day_key(bare)
    if key is None and week is None:
        return _several(undated, undated != typed)
    if key is None or (week and key not in WEEKDAYS):
        return None
    return DayHeader(_SHORT_DAY.sub("", bare), key, week_letter(week) if week else "", undated != typed)


def _day_key(text: str) -> str | None:
    """Return what a text names that is a day and nothing else: "Mon am" and "Wed speech" are more."""
    word = _SHORT_DAY.sub("", text).casefold().strip(" .:*")
    days = weekdays()
    for form in (word, word.removesuffix("s"), word.removesuffix("'s")):
        if form in days or form in _COMPACT:
            return WEEKDAYS[_COMPACT.get(form, days.get(form, 0))]
    found = _CYCLE.fullmatch(word)
    if found is None:
        return None
    return f"D{int(found['number'])}" if found["number"] else (found["before"] or found["after"]).upper()


def _several(text: str, dated: bool) -> DayHeader | None:
    """Return the days of a header that names more than one and nothing else; A and B days are told apart."""
    rules = read_schedule(text)
    if rules.value is None or rules.problem or len(rules.value) != 1:
        return None
    (rule,) = rules.value
    is_plain = rule.start is None and rule.end is None and rule.pattern in ("weekly", "cycle")
    if not is_plain or len(rule.days) < 2 or rule.cycle_length:
        return None
    days = tuple(rule.days)
    return DayHeader(text, "/".join(days), "", dated, days, _SEVERAL.search(text) is None)
