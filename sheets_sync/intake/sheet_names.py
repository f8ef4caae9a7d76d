"""What a sheet's name says of all of its rows: whose they are, who gives the sessions, of what service.

A therapist's workbook has a tab for each provider ("Kim schedule", "OT log - Kim Lee"), a case manager's one
for each student. A name says something only if nothing of it is left over: "Ana old" is no student's tab.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.headers import tab_name, tab_words
from sheets_sync.intake.layouts.people_known import PeopleKnown, Words, name_words
from sheets_sync.intake.services import known_service
from sheets_sync.intake.years_named import YEARS
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import a1

_POSSESSIVE = lazy_regex(r"['’]s?(?=\W|$)")
_MONTH = lazy_regex(
    r"\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?",
    re.IGNORECASE,
)
_FILLER = frozenset(("my", "the", "sped", "of", "for", "with", "by", "and", "ms", "mrs", "mr", "dr"))
LONGEST_SERVICE = 3
"""Words."""
_GIVEN_BY_NOBODY = lazy_regex(r"\s*(?:sheet|tab|page|table)\s*\d*\s*", re.IGNORECASE)
_LABEL = lazy_regex(r"\A\s*(?:student(?:['’]?s)?(?: name)?|name|pupil|child)\b\s*[:\-]?\s*", re.IGNORECASE)
_TITLES = 6
"""Rows in which a title may stand."""


@dataclass(frozen=True, slots=True)
class SaidByName:
    """Whom and what a name names, each "" where it does not; `tab` is the canonical tab it speaks of, `month`
    the month, as three letters."""

    student: str = ""
    provider: str = ""
    service: str = ""
    tab: str = ""
    month: str = ""

    @property
    def given(self) -> dict[str, str]:
        """Return what it says by the columns that it stands for."""
        said = {"Student": self.student, "Provider": self.provider, "Service": self.service}
        return {column: text for column, text in said.items() if text}


def said_of(sheet: Sheet, known: PeopleKnown) -> SaidByName | None:
    """Return what a sheet's name says; where nobody gave it one, what its title does ("Name: Ana Rivera")."""
    if _GIVEN_BY_NOBODY.fullmatch(sheet.name):
        titled = student_above(sheet, known)
        return SaidByName(student=titled[0]) if titled else None
    capitals = name_words(sheet.name)[:1] and re.match(r"\W*(?:[A-Z]\.?){2,3}(?![^\W_])", sheet.name)
    return said_by(sheet.name, known.in_cells if capitals else known)


def student_above(sheet: Sheet, known: PeopleKnown) -> tuple[str, str] | None:
    """Return the one student whom the titles of a sheet name, and the cell; None where they name none, or
    several. A title is a text alone in its row, or beside "Student"."""
    found: dict[str, str] = {}
    for row, cells in enumerate(sheet.rows[:_TITLES], start=1):
        filled = [(place, cell) for place, cell in enumerate(cells) if not is_blank(cell)]
        labelled = len(filled) == 2 and isinstance(filled[0][1], str) and _LABEL.fullmatch(filled[0][1])
        if len(filled) > 1 and not labelled:
            break
        for place, cell in filled[-1:]:
            said = said_by(_LABEL.sub("", cell), known) if isinstance(cell, str) else None
            if said is not None and said.student:
                found.setdefault(said.student, a1(row, place))
    return next(iter(found.items())) if len(found) == 1 else None


def said_by(name: str, known: PeopleKnown) -> SaidByName | None:
    """Return what a sheet's name says, None where a word of it is left over or two of a kind are named."""
    plain = _POSSESSIVE.sub("", YEARS.sub(" ", name))
    months = [] if _calls_somebody(name_words(plain), known) else [*_MONTH.finditer(plain)]
    words = name_words(_MONTH.sub(" ", plain) if len(months) == 1 else plain)
    month = months[0]["month"].casefold() if len(months) == 1 else ""
    found: dict[str, str] = {}
    rest: list[str] = []
    while words:
        kind, text, length = _first(words, known)
        if kind and found.setdefault(kind, text) != text:
            return None
        rest += [] if kind else [word for word in words[:1] if word not in _FILLER]
        words = words[length:]
    tab = _tab(rest)
    return None if tab is None else SaidByName(**found, tab=tab, month=month)


def _calls_somebody(words: Words, known: PeopleKnown) -> bool:
    """Tell whether the name begins with somebody's: "May" may be a student."""
    return known.students.find(words) is not None or known.providers.find(words) is not None


def calls_a_student(name: str, known: PeopleKnown) -> bool:
    """Tell whether a sheet's name calls a student: then it stands in no log."""
    words = name_words(_POSSESSIVE.sub("", name))
    return any(known.students.find(words[at:]) for at in range(len(words)))


def _first(words: Words, known: PeopleKnown) -> tuple[str, str, int]:
    """Return what the first words name (student, provider, service; "" for none), and how many they are."""
    for kind, named in (("student", known.students), ("provider", known.providers)):
        who = named.find(words)
        if who:
            return kind, who[1], who[0]
    for length in range(min(len(words), LONGEST_SERVICE), 0, -1):
        service = known_service(" ".join(words[:length]))
        if service:
            return "service", service, length
    return "", "", 1


def _tab(words: Sequence[str]) -> str | None:
    """Return the tab that the words which name nobody speak of, "" where there are none, None where they
    speak of something else."""
    if not words:
        return ""
    return tab_name(" ".join(words)) if set(words) <= set(tab_words()) else None
