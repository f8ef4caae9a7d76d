"""Matches what stands in a Student column to the Caseload.

Names that differ by case, spaces or accents alone are the same; so is a Student ID, and what an alias says.
Another form of a name ("Rivera, Ana", "Ana R.", "A.R.", "Ana") is matched where exactly one student fits, and
is shown. A misspelt name is never matched: it is reported, with a hint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from sheets_sync.intake.grades import grade_key, without_grade
from sheets_sync.intake.names import name_key
from sheets_sync.intake.near_names import near_name, says_a_service, says_more_than_the_name
from sheets_sync.intake.people_called import PeopleCalled
from sheets_sync.intake.person_names import names_in
from sheets_sync.intake.plain import LONGEST
from sheets_sync.lazy_regex import lazy_regex

UNKNOWN = -1
"""The code of a student who is not on the Caseload, or whose name two students share."""
_WITH_ID = lazy_regex(r"(?P<name>.*\S)\s*\(\s*#?(?P<id>[^()]+?)\s*\)\s*")


class Standing(Enum):
    """What a typed name is to the Caseload; SEVERAL: it can mean several; TWO: the name is one student's and
    the ID beside it another's; GRADES: the grade would tell who it is, and is another in the name than beside
    it."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    SHARED = "shared"
    SEVERAL = "several"
    IGNORED = "ignored"
    TWO = "two"
    GRADES = "grades"


@dataclass(frozen=True)
class Match:
    """`code` is the position in `Roster.labels`, UNKNOWN unless `standing` is KNOWN.

    `by_form`: another form of the name is taken for the student, which must be shown. `candidates` are, of
    SEVERAL, those who can be meant.
    """

    typed: str
    standing: Standing
    code: int = UNKNOWN
    by_form: bool = False
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The students of the Caseload.

    `labels` are distinct: the name as the Caseload spells it; of students who share one, "Name (ID)" where
    they have IDs, else "Name (gr 3)" where they have grades. `shared` maps the keys of names that two
    students have to their codes. `called` are the students, by their codes, and then those of [ignore].
    """

    labels: tuple[str, ...]
    by_name: Mapping[str, int]
    by_id: Mapping[str, int]
    called: PeopleCalled
    shared: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()

    def match(self, typed: str, student_id: str = "") -> Match:
        """Find the student by the ID beside the name if there is one, else by the very name, alias or ID."""
        key = name_key(typed)
        if key in self._ignored:
            return Match(typed, Standing.IGNORED)
        key = self.aliases.get(key, key) if self._code(key) is None else key
        named = self._code(key)
        told = self.by_id.get(name_key(student_id)) if student_id else None
        if told is not None and told not in self._meant(key, named, typed, told):
            return Match(f"{typed} ({student_id})", Standing.TWO)
        code = named if told is None else told
        if code is not None:
            return Match(typed, Standing.KNOWN, code)
        return Match(typed, Standing.SHARED if key in self.shared else Standing.UNKNOWN)

    def _meant(self, key: str, named: int | None, typed: str, told: int) -> tuple[int, ...]:
        """Return whom the name beside an ID can mean; a name that is nobody's says nothing against the ID."""
        if named is not None:
            return (named,)
        return self.shared.get(key) or self.called.could_be(names_in(typed)) or (told,)

    def find(self, typed: str, student_id: str = "", grade: str = "") -> Match:
        """Find the student as `match` does, else by the grade said with the name, else by the name's form.

        `grade` is what a column Grade says beside the name.
        """
        whole = self.match(typed, student_id)
        if whole.standing not in (Standing.UNKNOWN, Standing.SHARED):
            return whole
        numbered = _WITH_ID.fullmatch(typed) if len(typed) <= LONGEST else None
        if numbered and name_key(numbered["id"]) in self.by_id:
            return self.match(numbered["name"], numbered["id"])
        name, said = without_grade(typed)
        beside = grade_key(grade)
        told = said or beside
        exact = self.match(name)
        if said and beside and said != beside and self._needs_a_grade(exact, name):
            return Match(typed, Standing.GRADES)
        if exact.standing is Standing.SHARED:
            fits = [code for code in self.shared[self._key(name)] if told and self._grade(code) == told]
            return Match(typed, Standing.KNOWN, fits[0]) if len(fits) == 1 else Match(typed, Standing.SHARED)
        if exact.standing is Standing.KNOWN:
            same = self._grade(exact.code) == said
            return Match(typed, Standing.KNOWN, exact.code) if same else Match(typed, Standing.UNKNOWN)
        return self._by_form(typed, name, told, must_say_grade=bool(said))

    def _needs_a_grade(self, exact: Match, name: str) -> bool:
        """Tell whether a name alone can mean several."""
        if exact.standing is Standing.UNKNOWN:
            return len(self.called.could_be(names_in(name))) > 1
        return exact.standing is Standing.SHARED

    def _by_form(self, typed: str, name: str, grade: str, *, must_say_grade: bool) -> Match:
        readings = names_in(name)
        fits = self.called.could_be(readings)
        if grade:
            fits = tuple(who for who in fits if self._grade(who) in ("", grade))
        if len(fits) > 1:
            return Match(typed, Standing.SEVERAL, candidates=tuple(map(self.name_of, fits)))
        if not fits or fits[0] >= len(self.labels) or not self.called.is_surely(readings, fits[0]):
            return Match(typed, Standing.UNKNOWN)
        if says_a_service(_words(name), _words(self.labels[fits[0]])):
            return Match(typed, Standing.UNKNOWN)
        if must_say_grade and not self._grade(fits[0]):
            return Match(typed, Standing.UNKNOWN)
        if name_key(self.labels[fits[0]]) in self.shared:
            return Match(typed, Standing.SHARED)
        return Match(typed, Standing.KNOWN, fits[0], by_form=True)

    def name_of(self, person: int) -> str:
        """Return how one of `called` is written."""
        known = len(self.labels)
        return self.labels[person] if person < known else self.ignored[person - known]

    def _key(self, typed: str) -> str:
        key = name_key(typed)
        return self.aliases.get(key, key)

    def _grade(self, code: int) -> str:
        return self.grades[code] if code < len(self.grades) else ""

    def _code(self, key: str) -> int | None:
        known = self.by_name.get(key, self.by_id.get(key))
        return self._without_spaces.get(_joined(key)) if known is None and key not in self.shared else known

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(map(name_key, self.ignored))

    @cached_property
    def _without_spaces(self) -> Mapping[str, int]:
        """Names by their letters alone ("Van Horn" is "VanHorn"), where only one student fits."""
        times = Counter(_joined(key) for key in (*self.by_name, *self.shared))
        return {_joined(key): code for key, code in self.by_name.items() if times[_joined(key)] == 1}

    def hint(self, typed: str) -> str | None:
        """Return the student that a name not on the Caseload may mean, or None. Never used to match."""
        name, _ = without_grade(typed)
        words = _words(typed)
        if any(word in self.by_id for word in words):
            return None
        fits = self.called.could_be(names_in(name))
        if len(fits) == 1 and fits[0] < len(self.labels):
            label = self.labels[fits[0]]
            return None if says_more_than_the_name(words, _words(label)) else label
        for label in self.labels:
            if words and sorted(words) == sorted(_words(label)):
                return label
        return near_name(words, self._by_words)

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], str]:
        return {tuple(_words(label)): label for label in self.labels}


def _joined(key: str) -> str:
    return key.replace(" ", "")


def _words(name: str) -> list[str]:
    """Return the words of a name without their marks: "Rivera, Ana" has those of "Ana Rivera"."""
    return "".join(c if c.isalnum() else " " for c in name_key(name)).split()
