"""Whom a cell of a grid can name: the students of the Caseload, and who gives services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sheets_sync.intake.people_called import PeopleCalled
from sheets_sync.intake.person_names import Name, names_of
from sheets_sync.intake.plain import without_accents

Words = tuple[str, ...]
WORD = re.compile(r"[^\W_](?:[\w'’.-]*\w)?\.?")


def name_words(text: str) -> Words:
    """Return the words of a name as they are compared: no case, accents or full stops."""
    return tuple(word_key(found[0]) for found in WORD.finditer(text))


def word_key(word: str) -> str:
    return without_accents(word).replace(".", "").replace("’", "'").casefold()


@dataclass(frozen=True)
class Named:
    """`spoken` maps the words by which somebody may be called to the name as it is written where it counts;
    `short` those that are a part of one name alone ("Ana" of "Ana R.")."""

    spoken: Mapping[Words, str] = field(default_factory=dict)
    short: Mapping[Words, str] = field(default_factory=dict)

    def find(self, words: Words) -> tuple[int, str, bool] | None:
        """Return how many of these words, from the first on, call somebody, who it is, and whether by a short
        form; the longest that fits. None where they call nobody."""
        for length in range(min(len(words), 5), 0, -1):
            for known, is_short in ((self.spoken, False), (self.short, True)):
                if words[:length] in known:
                    return length, known[words[:length]], is_short
        return None


@dataclass(frozen=True)
class PeopleKnown:
    """A part of a name that calls a student and a provider calls nobody."""

    students: Named = field(default_factory=Named)
    providers: Named = field(default_factory=Named)


def people(students: Named, providers: Named) -> PeopleKnown:
    """Return both, without the parts of names that both have."""
    calls_a_student = {word for words in students.spoken for word in words}
    calls_a_provider = {word for words in providers.spoken for word in words}
    return PeopleKnown(_but(students, calls_a_provider), _but(providers, calls_a_student))


def _but(of: Named, others: set[str]) -> Named:
    return Named(of.spoken, {words: name for words, name in of.short.items() if words[0] not in others})


def named(
    names: Iterable[str],
    more: Mapping[str, str] | None = None,
    also_called: Iterable[tuple[str, str]] = (),
) -> Named:
    """Return by what words each of these can be called: the name, "Last, First", and `more` (what is typed ->
    name: aliases, IDs). A part of a name, or one of `also_called` (nickname, name), calls whom it calls
    alone; nobody is guessed."""
    distinct = list(dict.fromkeys(name for name in names if name_words(name)))
    spoken: dict[Words, set[str]] = {}
    short: dict[Words, set[str]] = {}
    for name in distinct:
        for words in _whole(name_words(name)):
            spoken.setdefault(words, set()).add(name)
        for word in name_words(name):
            if len(word) > 1:
                short.setdefault((word,), set()).add(name)
    for typed, name in also_called:
        words = name_words(typed)
        (short if len(words) == 1 else spoken).setdefault(words, set()).add(name)
    for words, name in _by_initials(distinct):
        short.setdefault(words, set()).add(name)
    for typed, name in (more or {}).items():
        spoken.setdefault(name_words(typed), set()).add(name)
    return Named(_of_one(spoken), _of_one(short))


def _by_initials(names: list[str]) -> Iterator[tuple[Words, str]]:
    """Yield "A. Rivera" for whom alone it can mean."""
    people = [names_of(name)[:1] for name in names]
    called = PeopleCalled(people)
    for own in (name for person in people for name in person):
        form = Name((own.given[0][0],), (), own.family)
        who = called.one((form,)) if own.family and len(own.family[-1]) > 1 else None
        if who is not None:
            yield form.words, names[who]


def _whole(words: Words) -> Iterator[Words]:
    yield words
    if len(words) > 1:
        yield (*words[-1:], *words[:-1])


def _of_one(called: Mapping[Words, set[str]]) -> dict[Words, str]:
    return {words: next(iter(names)) for words, names in called.items() if words and len(names) == 1}
