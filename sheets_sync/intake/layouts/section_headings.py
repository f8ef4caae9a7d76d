"""What a text over rows says of them: of what service they are ("OT", "Speech - Group 1"), or nothing of it
("Grade 3", "Mrs. Lee's class"), or something that is not understood ("Evaluations", "RTI (not IEP)")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.intake.layouts.header_words import is_week, is_weekday, month_of, week_of
from sheets_sync.intake.layouts.key_pairs import says_what_a_code_means
from sheets_sync.intake.layouts.key_tables import calls_itself_a_key
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.title_text import NOT_ABOUT, NOT_HELD, read_title
from sheets_sync.intake.person_names import is_written_as_a_name, names_in
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.services import known_service, services_spoken_of
from sheets_sync.intake.vocabulary import rows
from sheets_sync.lazy_regex import lazy_regex

_WITHIN_A_SERVICE = lazy_regex(
    r"\b(?:(?:mr|mrs|ms|miss|mx|dr)\.?\s+[^\W\d_][\w.'’-]*"
    r"|(?:[A-Z][\w.'’-]+\s+){1,2}(?:elementary|elem|middle|high|primary|academy)(?:\s+school)?"
    r"|(?:(?:0?[1-9]|1[0-2])(?:st|nd|rd|th)|pre-?k|kinder(?:garten)?|preschool)(?:\s+graders?)?"
    r"|grades?|gr|gro?u?ps?|class(?:es|room)?|room|rm|homeroom|period|block|table|team|cohort|small"
    r"|individual|indiv|ind|pull[\s-]?out|push[\s-]?in|students?|morning|afternoon|[ap]\.?m"
    r"|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|mon|tues?|wed|thu(?:rs?)?|fri"
    r"|\d{1,2}:\d\d|\d{1,2}|[a-h]|tk|k|and|of)\b",
    re.IGNORECASE,
)
"""Parts of a service's students, by where, when or with whom they are seen."""
_OF_A_TITLE = lazy_regex(
    r"\b(?:attendance|logs?|data|track(?:er|ing)|sheets?|records?|sessions?|services?|schedule|caseload|minutes"
    r"|mins?|page|cont(?:inued|['’]d)?|school year|sy|20\d\d"
    rf"|{MONTH}"
    r"|semester|quarter|trimester|q[1-4]|fall|spring|winter|therapy)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """`service` is the one that it names; None where it is about a part of a service, or not understood."""

    service: str | None
    understood: bool = True


_NOT_UNDERSTOOD = Heading(None, understood=False)


def read_heading(text: str, known: PeopleKnown) -> Heading:
    """Return what a heading among the rows says; it has to be understood as a whole."""
    typed = plain(text)
    if len(text) > LONGEST or NOT_ABOUT.search(typed) or NOT_HELD.search(typed):
        return _NOT_UNDERSTOOD
    if known_service(typed):
        return Heading(known_service(typed))
    rest = _stripped(_WITHIN_A_SERVICE.sub(" ", typed))
    if not rest:
        return Heading(None)
    service = known_service(rest)
    if service is None:
        title = read_title(typed, known)
        service = title.said.service if not title.left_over and not title.said.students else None
    return Heading(service) if service else _NOT_UNDERSTOOD


def is_understood_as_title(text: str, known: PeopleKnown) -> bool:
    """Tell whether a title over a later table leaves no doubt of what service that is, or speaks of none."""
    typed = plain(text)
    if says_what_a_code_means(text) or calls_itself_a_key(text) or is_week(text) or is_weekday(text):
        return True
    if len(text) > LONGEST or NOT_ABOUT.search(typed) or NOT_HELD.search(typed):
        return False
    if month_of(text) or week_of(text) or services_spoken_of(text):
        return True
    rest = _stripped(_OF_A_TITLE.sub(" ", _WITHIN_A_SERVICE.sub(" ", typed)))
    return not rest or not read_title(rest, known).left_over


def may_be_a_student(text: str) -> bool:
    """Tell whether a text is written as a name, and has no word in it that is found in headings."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    return is_written_as_a_name(text) and bool(names_in(text)) and not words & _of_no_names()


def _stripped(text: str) -> str:
    return " ".join(re.sub(r"[\s()\[\]#&+*:,;/–—-]+", " ", text).split()).strip(" .'’")


@cache
def _of_no_names() -> frozenset[str]:
    return frozenset(
        word for name in ("heading_words", "not_names") for words in rows(name) for word in words
    )
