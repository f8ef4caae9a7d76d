"""What is closed on a Calendar: the school, or its library; and which texts may mean that it is."""

from __future__ import annotations

import re

from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex

_OF_ANOTHER_THING = lazy_regex(
    r"\bno (?:school|student|class)[- ](?:bus(?:es|ing)?|uniforms?|lunch(?:es)?|breakfasts?|meals?|nurse"
    r"|pictures?|photos?|stores?|supplies|clubs?|sports?|library|counselors?|transportation|bells?|plays?"
    r"|dances?|board|council|concerts?|tours?|visits?|e?mail|phones?|office|parking|events?|assembl(?:y|ies)"
    r"|dress|part(?:y|ies)|trips?|drop-?off|pick-?up)\b"
    r"|\bno students (?:allowed|phones|parking)\b"
    r"|\bclosed[- ](?:campus|lunch|door|session|book|meeting|house|captions?|enrollment)\b"
    r"|(?<!and )(?<!& )(?<!/ )\b(?:offices?|library|gym|pool|cafeteria|kitchen|playground|road|lot"
    r"|enrollment|registration|window|fields?|track|day-?care|child-?care|after-?care|store|portal|gradebook"
    r"|applications?) (?:is |are )?closed\b",
    re.IGNORECASE,
)
AT_HOME = lazy_regex(
    r"\b(?:virtual\w*|remote\w*|e-?learning|distance learning|asynchronous|online|at home|nti)\b",
    re.IGNORECASE,
)
"""School is held, and services may be given, where no student comes."""
_MAY_CLOSE = lazy_regex(
    r"\b(?:break|vacation|recess|holidays?|closed|closing|closure|no (?:school|students?|class(?:es)?)|half"
    r"|minimum|short(?:ened)?|early|late|delay\w*|dismissal|release|(?:first|last) day|day off|off"
    r"|(?:school|classes) (?:begins?|starts?|ends?|resumes?))\b",
    re.IGNORECASE,
)
_HOLIDAY_EVENT = lazy_regex(
    r"\bholiday (?:concert|part(?:y|ies)|shows?|programs?|sing\w*|bazaar|shop\w*|fair|lunch\w*|spirit"
    r"|sweater\w*|assembly|performance|parade|dance|market|food drive|toy drive|breakfast|gift\w*)\b",
    re.IGNORECASE,
)


def without_other_things(text: str) -> str:
    """Return a text without what is closed or left out in it and is not school: "No school bus"."""
    return _OF_ANOTHER_THING.sub(" ", text)


def may_close(text: str) -> bool:
    """Tell whether a text that is no kind of day may yet mean that school is closed, or a day short."""
    return _MAY_CLOSE.search(without_other_things(_HOLIDAY_EVENT.sub(" ", plain(text[:LONGEST])))) is not None
