"""One title above a week grid, or its tab's name: "Kim - Speech", "Ana R.'s schedule 25-26", "Week A"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sheets_sync.intake.calendar_words import MONTH
from sheets_sync.intake.layouts.day_header import WEEK, week_letter
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.session_cell import SessionText, read_session_line
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.services import services_spoken_of
from sheets_sync.intake.years_named import YEARS
from sheets_sync.lazy_regex import lazy_regex

DATE = (
    r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d"
    rf"|{MONTH}"
    r"\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?)"
)
BEGINS = (
    r"\W*(?:(?P<verb>begins?|starts?|beginning|starting|from|is|first (?:day|week))\W*)?"
    r"(?:on\s|the week of\s|week of\s)?\W*"
)
_ANCHOR = lazy_regex(WEEK.pattern + BEGINS + rf"(?P<date>{DATE})?", re.IGNORECASE)
OF_DATES = lazy_regex(
    rf"(?:\b(?:for the )?week (?:of|beginning)\W*)?{DATE}"
    rf"(?:\s*(?:-|to|thru|through)\s*(?:{DATE}|\d{{1,2}}(?!\d)))?",
    re.IGNORECASE,
)
_POSSESSIVE = lazy_regex(r"(?<=[a-z.])['’]s\b|(?<=s)['’](?=\s|$)", re.IGNORECASE)
_LETTERS_AFTER = lazy_regex(
    r"\b(?:m\.?\s?s\.?|m\.?\s?a\.?|m\.?ed\.?|ccc(?:-slp)?|cf-slp|otr/l|otd|cota(?:/l)?|dpt|pta|lcsw|ed\.?s\.?|ph\.?d\.?)(?![\w-])",
    re.IGNORECASE,
)
_PLAIN_WORDS = lazy_regex(
    r"\b(?:schedules?|weekly|daily|master|caseload|sessions?|services?|provider|therapist|teacher|student"
    r"|name|time\s?table|plan|my|the|of|school year|sy|grid|week|page \d+|elementary|school)\b",
    re.IGNORECASE,
)
NOT_NOW = lazy_regex(
    r"\b(?:old|previous|last year|draft|proposed|tentative|template|example|sample|archived?|summer"
    r"|esy|extended school year|next year|not in use|inactive|do not use|cancel\w*|no longer|pending"
    r"|trial|back-?up|(?:on )?hold|paused?|dismiss(?:ed|als?)|discharged?|exit(?:ed|s)?|withdrawn|graduated"
    r"|wait(?:ing)?[- ]?list|make-?\s?ups?|compensatory|comp time|(?:as|if) needed|prn)\b",
    re.IGNORECASE,
)
"""What a schedule says of itself, or a heading of what is below it, that is not held at all, or not yet."""
_NOT_WEEKLY = (
    r"\b(?:every other|every (?:2|two|second|3|three|third|4|four)|bi-?weekly|bi-?monthly|monthly|alternat\w*"
    r"|rotat\w*"
    r"|(?:[1-5](?:st|nd|rd|th)|first|second|third|fourth|last) .*(?:weeks?|of (?:the|each|every) month))\b"
)
NOT_HELD = lazy_regex(f"{NOT_NOW.pattern}|{_NOT_WEEKLY}", re.IGNORECASE)
"""What a schedule says of itself that is not held each week of the school year."""
NOT_ABOUT = lazy_regex(r"\b(?:no|not|without|never|except)\b", re.IGNORECASE)
"""In a title of which not all is understood: the service that it names may be the one that it denies."""
IN_PLACE_OF = lazy_regex(
    r"\b(?:subs?|substitut\w*|cover(?:s|ing|ed)?|for|replac\w*|instead|formerly|was|leave|until)\b",
    re.IGNORECASE,
)
"""The same of somebody whom it names: another one may be meant."""
OTHER_WORK = lazy_regex(
    r"\b(?:eval(?:uation)?s?|re-?eval(?:uation)?s?|assessments?|testing|screen(?:ing|er)s?|observations?"
    r"|paperwork|planning|prep(?:aration)?|meetings?|billing|billed|medicaid|duty|duties|referrals?"
    r"|parent (?:contacts?|communication|calls?|conferences?)|home\s?work)\b",
    re.IGNORECASE,
)
"""What a title or a heading may say that its rows are of, and that is no service of the week."""
CONSULTATION = lazy_regex(r"\bconsult\w*\b", re.IGNORECASE)
"""The same of rows that do not say themselves that they are consultation."""
RULE = lazy_regex(
    r"(?:^|[.!;:]\s*)(?:please|enter|write|record|use|put|mark|type|remember|reminder)\s"
    r"|(?<!that )(?<!which )\b(?:are|is|will|do|does|need) not (?:(?:need )?(?:to )?be )?made[- ]up\b"
    r"(?! yet)",
    re.IGNORECASE,
)
"""A sentence that tells how a sheet is kept: it says nothing of what stands below."""
FROM_WHEN = lazy_regex(
    r"\b(?:effective|starting|starts?|begin\w*|from|until|through|thru|ends?|quarter|trimester|semester|term|q[1-4]"
    r"|[1-4](?:st|nd|rd|th) (?:quarter|trimester|semester)|fall|spring|winter)\b",
    re.IGNORECASE,
)


NOTHING = SessionText()


@dataclass(frozen=True, slots=True)
class TitleText:
    """What a title says; `left_over` where there is more in it than is understood, and then it names nobody.

    `weeks` are the letters of the weeks that it names, `begins` tells whether it says from when they are;
    `dated` tells whether it is of certain dates.
    """

    text: str
    said: SessionText = NOTHING
    weeks: frozenset[str] = frozenset()
    begins: bool = False
    dated: bool = False
    left_over: bool = False
    providers: tuple[str, ...] = ()
    """Whom a text names with a whole name where more is in it than is understood."""

    @property
    def one_provider(self) -> str:
        """Return whom alone a text names of which not all is understood; "" where another may be meant."""
        if len(self.providers) != 1 or IN_PLACE_OF.search(self.text):
            return ""
        (name,) = self.providers
        denied = (self.text[found.end() :].strip() for found in NOT_ABOUT.finditer(self.text))
        return "" if any(set(name_words(after)[:2]) & set(name_words(name)) for after in denied) else name

    @property
    def names(self) -> bool:
        """Tell whether it says whose the table is, or of what."""
        return bool(self.said.students or self.said.provider or self.said.service or self.weeks)


def read_title(text: str, known: PeopleKnown) -> TitleText:
    """Return what a title says; it has to be understood as a whole, but for words like "schedule"."""
    if len(text) > LONGEST:
        return TitleText(text, left_over=True)
    typed = plain(text)
    weeks = frozenset(week_letter(found) for found in WEEK.finditer(typed))
    begins = any(found["verb"] or found["date"] for found in _ANCHOR.finditer(typed))
    rest = _ANCHOR.sub(" ", typed)
    undated = OF_DATES.sub(" ", rest)
    bare = _LETTERS_AFTER.sub(" ", _POSSESSIVE.sub("", YEARS.sub(" ", undated)))
    said = _understood(bare, known)
    others = () if said else _providers_in(bare, known)
    return TitleText(text, said or NOTHING, weeks, begins, undated != rest, said is None, others)


def _providers_in(text: str, known: PeopleKnown) -> tuple[str, ...]:
    words, found, at = name_words(text), dict[str, None](), 0
    while at < len(words):
        who = known.providers.find(words[at:])
        found |= {who[1]: None} if who and not who[2] else {}
        at += who[0] if who else 1
    return tuple(found)


def _lists_a_service(text: str, place: str) -> bool:
    """Tell whether a place is rather another service with a room: "Speech/OT room"."""
    listed = re.search(rf"(?:[/&+,]|\band\b)\s*{re.escape(place)}", text, re.IGNORECASE) if place else None
    return listed is not None and bool(services_spoken_of(place))


def _understood(text: str, known: PeopleKnown) -> SessionText | None:
    for form in (text, _PLAIN_WORDS.sub(" ", text)):
        if not any(map(str.isalnum, form)):
            return SessionText()
        said = read_session_line(form, known)
        if not said.unknown and not said.times and not _lists_a_service(form, said.place):
            return said
    return None
