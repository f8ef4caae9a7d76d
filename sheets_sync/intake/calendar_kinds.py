"""What kind of day a row of the Calendar is, in the words of a district's published calendar.

"Labor Day - No School", "Winter break", "Early Release 11:30", "Q2 begins". What leaves open for whom, or
whether at all, is no kind: "No school (K only)", "Snow make-up day, if needed".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sheets_sync.intake.calendar_closings import AT_HOME, without_other_things
from sheets_sync.intake.calendar_events import is_event
from sheets_sync.intake.clock import read_time
from sheets_sync.intake.dates_in_kinds import without_dates
from sheets_sync.intake.holidays import is_holiday
from sheets_sync.intake.names import name_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.vocabulary import words
from sheets_sync.lazy_regex import lazy_regex

NO_SCHOOL, FIRST_DAY, LAST_DAY = "no school", "first day", "last day"
SHORT = ("early release", "late start")

_NUMBERED = lazy_regex(r"^(quarter|trimester|semester|term|grading period|marking period)\s*#?\s*\d$")
_ORDINAL = r"(?:[1-6](?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|one|two|three|four)"
_TERM = lazy_regex(
    r"(?:(?:start|beginning|first day|1st day) of (?:the )?)?"
    rf"(?:{_ORDINAL} )?(?P<term>quarter|qtr|q|trimester|tri|semester|sem|term|(?:marking|grading) period"
    rf"|mp|gp|nine[- ]weeks?|9[- ]weeks)\s?#?{_ORDINAL}?(?: (?:begins|starts|start|opens))?",
    re.IGNORECASE,
)
_TERMS = {"q": "quarter", "qtr": "quarter", "tri": "trimester", "sem": "semester"}
_TERM_NAMES = frozenset(("quarter", "trimester", "semester", "term"))

_STAFF_ONLY = lazy_regex(
    r"\b(?:staff|teachers?|faculty|employees)(?: (?:and|&) (?:staff|teachers?))? only\b", re.IGNORECASE
)
_MAY_CHANGE = lazy_regex(r"\b(?:tentative\w*|proposed|projected|scheduled)\b", re.IGNORECASE)
_LIMITS = lazy_regex(
    r"\b(?:only|except\w*|excluding|but not|cancel\w*|possibl[ey]|maybe|may be|tb[da]|pending|if needed"
    r"|as needed|moved|rescheduled|postponed|changed? to|(?:school|schools|is|are|remains?|stays?) open"
    r"|(?:is|are|school) in session|attends?|make-?up|tentative\w*|proposed)\b"
    r"|\b(?:grades?|gr)\.?\s*(?:\d|k\b|pre)|\b(?:pre-?k|pk|tk|k)\s*[-–]\s*\d{1,2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?:\s*[-–&]\s*\d{1,2}(?:st|nd|rd|th)?)?\s*grade(?:rs?)?\b"
    r"|\b(?:kindergarten|kinder|pre-?k|preschool|elementary|elem|middle school|high school|secondary|primary"
    r"|ms|hs|freshm[ae]n|sophomores?|juniors?|seniors?)\b",
    re.IGNORECASE,
)
"""For whom, or whether at all, a day is what its kind says."""

_FIRST = lazy_regex(
    r"(?:student'?s?'? )?(?:first|1st) (?:student )?day(?: (?:of|for) (?:(?:the )?school(?: year)?"
    r"|class(?:es)?|instruction|(?:all )?students))*|school (?:begins|starts|opens)|classes (?:begin|start)",
    re.IGNORECASE,
)
_LAST = lazy_regex(
    r"(?:student'?s?'? )?last (?:student )?day(?: (?:of|for) (?:(?:the )?school(?: year)?|class(?:es)?"
    r"|instruction|(?:all )?students))*|school ends|classes end",
    re.IGNORECASE,
)
_EARLY = lazy_regex(
    r"\b(?:early[- ](?:release|dismissal|out|closing)"
    r"|(?:half|1/2|minimum|min|shortened|abbreviated)[- ]day)\b",
    re.IGNORECASE,
)
_LATE = lazy_regex(
    r"\b(?:late[- ](?:start|arrival|opening)|delayed[- ](?:opening|start)"
    r"|(?:\d|one|two|three)[- ]?(?:hours?|hrs?)[- ]delay)\b",
    re.IGNORECASE,
)
_CLOSED = lazy_regex(
    r"\bno (?:school|students?|class(?:es)?)\b|\bschools? (?:is |are )?(?:closed|not in session)"
    r"|\bclosed\b|\bschool closure\b|\bpupil[- ]free\b|\bnon-?student day\b",
    re.IGNORECASE,
)
_TURNS = lazy_regex(
    r"\b(?:resum\w+|return\w*|back|re-?opens?|before|after|until|begins?|ends?|starts?|last|first|not?"
    r"|never)\b",
    re.IGNORECASE,
)
"""Words by which a day beside a closed one may be meant, or none."""
_AWAY = lazy_regex(r"\b(?:break|recess|vacation|holidays?)\b", re.IGNORECASE)
_FOR_STAFF = lazy_regex(r"^(?!.*\bstudents?\b).*\b(?:staff|teachers?|faculty)\b", re.IGNORECASE)
_OF_STAFF = lazy_regex(
    r"\b(?:pd|in-?service|workshops?|work-?days?|work days?|institute day|planning day|training day"
    r"|(?:professional|staff|teacher) (?:development|learning|planning|training))\b",
    re.IGNORECASE,
)
_SURELY_A_DAY = lazy_regex(r"\b(?:days?|workshops?|work-?days?)\b", re.IGNORECASE)
_KNOWN_WORDS = frozenset(
    (
        *(
            "winter",
            "spring",
            "summer",
            "fall",
            "autumn",
            "mid",
            "midwinter",
            "mid-winter",
            "midyear",
            "year",
        ),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "feb", "nov", "dec", "break", "recess", "vacation", "holiday", "holidays"),
        *("day", "days", "week", "weekend", "the", "of", "for", "and", "all", "a", "on", "school", "schools"),
        *("district", "districtwide", "student", "students", "staff", "teacher", "teachers", "only"),
        *("work", "workday", "workdays", "workshop", "workshops", "pd", "in", "service", "inservice"),
        *("professional", "development", "learning", "planning", "training", "institute", "thanksgiving"),
        *("christmas", "easter", "passover", "presidents", "labor", "memorial", "veterans", "new", "years"),
        *("columbus", "indigenous", "peoples", "mlk", "s", "observed", "long", "federal", "state", "public"),
    )
)
_WORD = lazy_regex(r"[^\W\d_]+")
_TIME = lazy_regex(
    r"(?<![\d:])(?:\d{1,2}:\d{2}(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b|noon\b)", re.IGNORECASE
)


@dataclass(frozen=True)
class Kind:
    """`time` is the clock time of a short day that its words name, minutes after midnight, else -1. `doubt`
    says what makes it a question, "" for nothing: "holiday", "staff", "short", "tentative", "at home". A
    `kind` "" is an event that changes no session: an open house, the end of a term, a return."""

    kind: str
    doubt: str = ""
    time: int = -1


def limits(text: str) -> bool:
    """Tell whether a text may say that a day is off for some alone, is not certain, or is another one."""
    return _LIMITS.search(_STAFF_ONLY.sub(" ", plain(text[:LONGEST]))) is not None


def read_kind(text: str) -> Reading[Kind]:
    """Return what kind of day a text names; it has to be understood as a whole."""
    key = " ".join(name_key(text).split())
    kind = _kinds().get(key)
    if kind is None and (numbered := _NUMBERED.match(key)):
        kind = _kinds()[numbered[1]]
    found = Kind(kind) if kind is not None else _in_words(text)
    if found is None and (bare := without_dates(text)) and name_key(bare) != key:
        return read_kind(bare)
    if found is None and is_event(key):
        found = Kind("")
    if found is not None:
        return Reading(found)
    days = "First day, Last day, No school, Early release, Late start, ESY"
    terms = "Quarter, Trimester, Semester, Term, Grading period, Cycle day"
    return Reading(
        None,
        "This is no kind of day that the Calendar knows: the row is not counted.",
        f"Write one of {days}, {terms}.",
    )


@cache
def _kinds() -> dict[str, str]:
    spoken = words("calendar_kinds")
    return {name_key(word): kind for kind, others in spoken.items() for word in (kind, *others)}


def _in_words(text: str) -> Kind | None:
    if len(text) > LONGEST:
        return None
    typed = " ".join(plain(text).split()).strip(" .!*:-–")
    term = _TERM.fullmatch(typed)
    if term and re.search(_ORDINAL, typed, re.IGNORECASE):
        name = _TERMS.get(term["term"].casefold(), term["term"].casefold())
        return Kind(name if name in _TERM_NAMES else "grading_period")
    return _edge(typed) or (None if limits(typed) else _short(typed) or _closed(typed))


def _edge(typed: str) -> Kind | None:
    """Read the first or last day, with what is said of it besides: "(half day)", "(tentative)"."""
    for kind, form in ((FIRST_DAY, _FIRST), (LAST_DAY, _LAST)):
        found = form.match(typed)
        if not found:
            continue
        rest = typed[found.end() :]
        bare = _MAY_CHANGE.sub(" ", _EARLY.sub(" ", _LATE.sub(" ", _TIME.sub(" ", rest))))
        if _WORD.search(bare) or any(map(str.isdigit, bare)):
            return None
        short = bool(_EARLY.search(rest) or _LATE.search(rest))
        return Kind(kind, "tentative" if _MAY_CHANGE.search(rest) else "short" if short else "")
    return None


def _short(typed: str) -> Kind | None:
    early, late = _EARLY.search(typed), _LATE.search(typed)
    if bool(early) == bool(late) or _CLOSED.search(typed) or re.search(r"\bno\b", typed, re.IGNORECASE):
        return None
    times = [read_time(found[0]).value for found in _TIME.finditer(typed)]
    return Kind(SHORT[0] if early else SHORT[1], time=times[0] if len(times) == 1 and times[0] else -1)


def _closed(typed: str) -> Kind | None:
    if _EARLY.search(typed) or _LATE.search(typed):
        return None
    if _CLOSED.search(typed):
        closed = without_other_things(typed)
        if not _CLOSED.search(closed) or _TURNS.search(_CLOSED.sub(" ", closed)):
            return None
        return Kind(NO_SCHOOL, "at home" if AT_HOME.search(closed) else "")
    if is_holiday(typed):
        return Kind(NO_SCHOOL, "holiday")
    if not {word.casefold() for word in _WORD.findall(typed)} <= _KNOWN_WORDS:
        return None
    if _AWAY.search(typed):
        return Kind(NO_SCHOOL, "staff" if _FOR_STAFF.search(typed) else "")
    if _OF_STAFF.search(typed):
        return Kind(NO_SCHOOL, "" if _SURELY_A_DAY.search(typed) else "staff")
    return None
