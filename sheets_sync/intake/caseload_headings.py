"""Rows of a Caseload that are no students: "Grade 3", "EXITED STUDENTS", "Ms. Fox's class", "Total: 4".

A Caseload may hold nothing but names, so a text alone in its row is a heading only where all of it is words
of headings. Students below one that says that they are not served are counted, and asked about.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.intake.headings import is_total
from sheets_sync.intake.headings_that_deny import is_of_another_year
from sheets_sync.intake.layouts.key_pairs import says_what_a_code_means
from sheets_sync.intake.leaving import says_left
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.services import known_service
from sheets_sync.intake.tab_rows import Column, Flags, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

_SHORTEST_SERVICE = 5
"""A service in fewer letters ("OT") may be a student's initials."""
_MOST_WORDS = 8
"""So many words are no name."""
_WORDS = lazy_regex(
    r"\b(?:grades?|graders?|kindergarten(?:ers)?|pre-?k|preschool|(?:1[0-2]|[1-9])(?:st|nd|rd|th)"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)(?= grade)"
    r"|504s?|ieps?|isps?|room|rm|class(?:es|room)?|homeroom|groups?|caseload|students|kids|list|team|period"
    r"|block|active|inactive|current|former|previous|exit(?:ed|s)?|dismiss(?:ed|als?)|discharged|withdrawn"
    r"|withdrawals|moved(?: away| out)?|transfers?|transferred|graduated|graduates|left|on hold|pending"
    r"|waiting|wait-?list(?:ed)?|new|monitor(?:ing|ed)?|consult(?:s|ation)?|evals?|evaluations?|re-?evals?"
    r"|re-?evaluations?|initials?|referrals?|screenings?|triennials?|archived?|drafts?|rti|mtss|tier"
    r"|eligible|ineligible|dnq|qualif(?:y|ied)|served|receiving|yet|services?|speech|therapy|language|related"
    r"|only|not|no longer|others?|misc|miscellaneous|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?"
    r"|days|dates|due|contacts|contact|info(?:rmation)?|schedule|teachers?|transportation|chart|notes|total"
    r"|elementary|middle|high|school|primary|secondary|academy|preschoolers|upcoming|year|last|this|next"
    r"|declined|refused|out of district|private|parentally placed|self-?contained|resource|inclusion)\b",
    re.IGNORECASE,
)
_BESIDE = lazy_regex(
    r"\b(?:(?:mr|mrs|ms|miss|mx|dr)\.?\s+[^\W\d_][\w.'’-]*|[\d/-]*\d|k|tk|pk|and|of|in|on|my|the|for|to|ot|pt"
    r"|slp|sped|st)(?![\w])",
    re.IGNORECASE,
)
"""What may stand beside such words, and is no heading alone."""
_ENDS_AS_NO_NAME = lazy_regex(
    r"\b(?:class(?:room)?|caseload|students|kids|graders|homeroom|elementary|(?:middle|high|primary) school"
    r"|school|academy|preschool)$",
    re.IGNORECASE,
)
_NOT_SERVED = lazy_regex(
    r"^(?:(?:initial|new|upcoming|speech|ot|pt|for|in)\W+)*(?:re-?)?"
    r"(?:evals?|evaluations?|referrals?|screenings?|rti|mtss|monitor(?:ed|ing)?)"
    r"(?:\W+(?:only|students|status|kids|list|\d[\d/-]*))*$",
    re.IGNORECASE,
)
_NOT_NOW = lazy_regex(
    r"\b(?:former|previous|left|old|last year|next year|drafts?(?! due)|template|example|sample|archived?"
    r"|not in use|do not use|paused?|deleted)\b",
    re.IGNORECASE,
)
_HEADING = "This is taken for a heading or a total: the row is about no student."
_IF_A_STUDENT = "If it is a student, write a Student ID or a Grade beside the name."
_EXIT_DATE = "Give students who left an Exit date, or keep those who are not served on another tab."


def without_headings(rows: TabRows, year: SchoolYear) -> TabRows:
    """Return the rows about students, with a note on the others, and a question at each heading, and each
    name, that may say that a student is not served."""
    student, student_id = rows.column("Student"), rows.column("Student ID")
    alone = np.sum([~column.blank() for column in rows.columns.values()], axis=0) == 1
    heading = np.zeros(len(rows), dtype=bool)
    found = ProblemList()
    for column in (student, student_id):
        here = column.where(is_total) | (alone & column.where(_is_heading))
        denying = here & _has_below(rows, here | heading) & column.where(lambda cell: _denies(cell, year))
        _ask(found, rows, column, denying)
        note = here & ~denying & ~heading
        found.at_rows(Severity.NOTE, rows, column, note, _HEADING, _IF_A_STUDENT)
        heading |= here
    if heading.any():
        rows = rows.at(~heading)
    left = rows.column("Student").where(lambda cell: isinstance(cell, str) and says_left(cell))
    problem = "What stands beside the name may say that this student is not served: the student is counted."
    remedy = "Leave it out of the name; give a student who left an Exit date."
    found.at_rows(Severity.QUESTION, rows, rows.column("Student"), left, problem, remedy)
    return replace(rows, problems=(*rows.problems, *found.problems))


def says_not_served(text: str, year: SchoolYear) -> bool:
    """Tell whether a title or a heading of a Caseload says that those below it may not be served now."""
    typed = plain(text[:LONGEST])
    return bool(
        says_left(typed)
        or _NOT_NOW.search(typed)
        or _NOT_SERVED.search(typed)
        or is_of_another_year(typed, year)
    )


def _ask(found: ProblemList, rows: TabRows, column: Column, denying: Flags) -> None:
    problem = "This heading may say that the students below it are not served: they are counted."
    for at in np.flatnonzero(denying).tolist():
        found.cell(Severity.QUESTION, rows, at, column, problem, _EXIT_DATE)


def _has_below(rows: TabRows, heading: Flags) -> Flags:
    """Tell which rows have one below them that is no heading."""
    return np.append(~heading[1:], False) if len(rows) else heading


def _is_heading(cell: CellValue) -> bool:
    typed = plain(text_of(cell)).strip(" .:*#-–—")
    if not typed or says_what_a_code_means(typed):
        return bool(typed)
    if len(typed.split()) >= _MOST_WORDS or _ENDS_AS_NO_NAME.search(typed):
        return True
    if known_service(typed) and len(typed) >= _SHORTEST_SERVICE:
        return True
    rest = _BESIDE.sub(" ", _WORDS.sub(" ", typed))
    says = _WORDS.search(typed) is not None
    return says and not any(map(str.isalnum, re.sub(r"['’]s\b", "", rest)))


def _denies(cell: CellValue, year: SchoolYear) -> bool:
    return says_not_served(text_of(cell), year)
