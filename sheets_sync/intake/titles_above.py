"""Titles above a list that may take back all that stands below them: one question, at the title.

"Declined services", "Missed sessions", "Week of 10/6": as of headings among its rows (headings_that_deny.py)
and of the titles of a week grid (layouts/whose_table.py); the rows are counted.
"""

from __future__ import annotations

import re

from sheets_sync.intake.caseload_headings import says_not_served
from sheets_sync.intake.cells import shown
from sheets_sync.intake.context import Context
from sheets_sync.intake.headings_that_deny import (
    denies,
    is_of_another_year,
    is_of_other_work,
    may_count,
    names_a_span,
)
from sheets_sync.intake.layouts.day_header import WEEK
from sheets_sync.intake.layouts.key_pairs import is_key_line
from sheets_sync.intake.layouts.title_text import NOT_HELD, RULE
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.tab_rows import Flags, TabRows
from sheets_sync.intake.titles_of_years import titles_above
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.problems import Problem, Severity

_OF_ALL = lazy_regex(
    r"(?<!not )\b(?:delivered|provided|given|attended|attendance|actual|held|seen)\b", re.IGNORECASE
)
"""In the title of a log: what was given stands in it too, "delivered and missed sessions"."""
_SAYS_HOW = lazy_regex(
    r"\b(?:please|enter|write|record|include|including|incl|remember|reminder|legend|codes?|instructions?)\b",
    re.IGNORECASE,
)
"""A sentence that says how the list is kept."""
_IN_PART = lazy_regex(
    r"\b(?:early (?:release|dismissal)|half[- ]days?|late (?:start|arrival))\b", re.IGNORECASE
)
_OF_THE_DAY = lazy_regex(r"\b(?:lunch|recess|planning|prep)\W*\d{1,2}(?::\d\d|\s*-)", re.IGNORECASE)
"""When somebody has lunch, above a schedule: "Lunch 11:30, planning 12:00"."""
_DENIED = "This may say that what is below does not count"
_OF_OTHER_WORK = "This may say that what is below is of other work than services"
_NOT_EACH_WEEK = "This may say that what is below is not held in every week of the school year"
_FROM_WHEN = "This may say from or until when what is below holds"
_REMEDIES = {
    "Caseload": "Give students who left an Exit date, or keep them on another tab; else mend the title.",
    "Service Grid": "Give such lines Start and End date, or keep them on another tab; else mend the title.",
    "Schedule": "Give such rows From and To, or keep them on another tab; else mend the title.",
    "Service Log": "Write into each row what became of the session, or keep such rows on another tab;"
    " else mend the title.",
}


def ask_of_titles(rows: TabRows, context: Context) -> None:
    """Ask about the name of a sheet and each title above the header of its list; week grids and attendance
    grids have asked about their own.

    Another school year over a Schedule or a log is asked about where they are read (titles_of_years.py).
    """
    if not len(rows) or (rows.taken_for and rows.tab != "Service Grid"):
        return
    counted = may_count(rows, context)
    for chart in rows.charts or (rows,):
        for text, cell in titles_above(chart):
            what = _doubt(rows, text, counted, context)
            if what:
                problem = f"{what}: it is counted."
                found = Problem(
                    Severity.QUESTION, chart.sheet.name, cell, shown(text), problem, _REMEDIES[rows.tab]
                )
                context.found.problems.append(found)


def _doubt(rows: TabRows, text: str, counted: Flags, context: Context) -> str:
    typed = plain(text[:LONGEST])
    if rows.tab == "Schedule" and _OF_THE_DAY.search(typed):
        return ""
    is_key = _is_key(rows, text) or _SAYS_HOW.search(typed) or RULE.search(typed)
    if not counted.any() or is_key or (rows.tab == "Service Log" and _OF_ALL.search(typed)):
        return ""
    if rows.tab == "Caseload":
        return _DENIED if says_not_served(text, context.school_year) else ""
    another_year = is_of_another_year(typed, context.school_year)
    if denies(text, context.school_year) and not (another_year and rows.tab in ("Schedule", "Service Log")):
        return _DENIED
    if is_of_other_work(rows, text):
        return _OF_OTHER_WORK
    if rows.tab == "Schedule" and (WEEK.search(typed) or NOT_HELD.search(typed) or _IN_PART.search(typed)):
        return _NOT_EACH_WEEK
    return _FROM_WHEN if names_a_span(rows, text, context.school_year) else ""


def _is_key(rows: TabRows, text: str) -> bool:
    """Tell whether a text says what codes mean; without a mark between them, codes of the tab's own key."""
    codes = {code.casefold() for code in rows.codes}
    return is_key_line(text) or not codes.isdisjoint(re.findall(r"\w+", text.casefold()))
