"""Whom a cell of a grid can name: the students of the Caseload, and who gives services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sheets_sync.intake.layouts.initials import are_a_mark, calls_nobody, initials_of
from sheets_sync.intake.people_called import PeopleCalled
from sheets_sync.intake.person_names import Name, names_of
from sheets_sync.intake.plain import without_accents
from sheets_sync.lazy_regex import lazy_regex

Words = tuple[str, ...]
TITLES = frozenset(("ms", "mr", "mrs", "miss", "dr", "mx"))
WORD = lazy_regex(r"[^\W_](?:[\w'’.-]*\w)?\.?")


def name_words(text: str) -> Words:
    """Return the words of a name as they are compared: no case, accents or full stops."""
    return tuple(word_key(found[0]) for found in WORD.finditer(text))


def word_key(word: str) -> str:
    return without_accents(word).replace(".", "").replace("’", "'").casefold()


@dataclass(frozen=True)
class Named:
    """`spoken` maps the words by which somebody may be called to the name as it is written where it counts;
    `short` those that are a part of one name alone ("Ana" of "Ana R."); `several` those that may call any of
    these."""

    spoken: Mapping[Words, str] = field(default_factory=dict)
    short: Mapping[Words, str] = field(default_factory=dict)
    several: Mapping[Words, tuple[str, ...]] = field(default_factory=dict)

    def find(self, words: Words) -> tuple[int, str, bool] | None:
        """Return how many of these words, from the first on, call somebody, who it is, and whether by a short
        form; the longest that fits. None where they call nobody."""
        for length in range(min(len(words), 5), 0, -1):
            for known, is_short in ((self.spoken, False), (self.short, True)):
                if words[:length] in known:
                    return length, known[words[:length]], is_short
        return None

    def may_be(self, words: Words) -> tuple[str, ...]:
        """Return whom a word that calls nobody for certain may mean: "ana", "Ana" of two, "A.R."."""
        called = (self.spoken.get(words) or self.short.get(words),)
        near = [name for name in called if name] or self.several.get(words, ())
        initials = "".join(words)
        if near or not 2 <= len(initials) <= 3:
            return tuple(near)
        names = dict.fromkeys(
            (*self.spoken.values(), *(one for names in self.several.values() for one in names))
        )
        return tuple(name for name in names if "".join(word[0] for word in name_words(name)) == initials)


@dataclass(frozen=True)
class PeopleKnown:
    """A part of a name that calls a student and a provider calls nobody.

    `grades` is what grade (grade_key) the Caseload has of a student, `services` what the Service Grid calls
    its services, in lower case; `service_of` the one service that Staff names of a provider, `services_of`
    all that Staff and Service Grid do, where Staff's are known; `lines_of` the services and providers ("" for
    none) of a student's lines of the Service Grid; `initials` those that one student alone has,
    `initials_or_marks` those of them that are a code of a log, `numbers` the IDs that are a number alone;
    `teachers` whom the Caseload calls a student's classroom teacher.
    """

    students: Named = field(default_factory=Named)
    providers: Named = field(default_factory=Named)
    grades: Mapping[str, str] = field(default_factory=dict)
    services: frozenset[str] = frozenset()
    service_of: Mapping[str, str] = field(default_factory=dict)
    services_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lines_of: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    initials: Mapping[Words, str] = field(default_factory=dict)
    initials_or_marks: Mapping[Words, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    teachers: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_cells(self) -> PeopleKnown:
        """The same where initials call a student too: in the cells of a schedule."""
        if not self.initials:
            return self
        short = {**self.initials, **self.students.short}
        several = {words for words in self.initials if words in self.students.several}
        short = {words: name for words, name in short.items() if words not in several}
        return replace(self, students=replace(self.students, short=short))

    def may_be(self, text: str) -> tuple[str, ...]:
        """Return the students and providers whom a text may mean that calls nobody for certain."""
        words = name_words(text)
        words = words[1:] if len(words) > 1 and words[0] in TITLES else words
        return tuple(dict.fromkeys((*self.students.may_be(words), *self.providers.may_be(words))))


def people(students: Named, providers: Named) -> PeopleKnown:
    """Return both, without the parts of names that both have."""
    return PeopleKnown(_but(students, providers), _but(providers, students))


def student_initials(
    students: Mapping[str, str], providers: Iterable[str], *, marks: bool = False
) -> Mapping[Words, str]:
    """Return the initials that one student alone has, and no provider; `students` are label -> name. With
    `marks` those that are a code of a log, else those that are nothing else."""
    others = initials_of(providers)
    labels: dict[str, list[str]] = {}
    for label, name in students.items():
        labels.setdefault(name, []).append(label)
    return {
        (initials,): labels[name][0]
        for initials, names in initials_of(labels).items()
        for name in names
        if len(names) == 1
        and len(labels[name]) == 1
        and initials not in others
        and (are_a_mark(initials) if marks else not calls_nobody(initials))
    }


def _but(of: Named, others: Named) -> Named:
    """Return a group without the short forms that can call one of the others: "Ana" of two, and not "Ana R."
    of Ana Rivera where the other is Ana Lee."""
    their_words = {word for words in others.spoken for word in words}
    theirs = {**others.spoken, **others.short, **others.several}
    shared = {
        words: (name,)
        for words, name in of.short.items()
        if (words in theirs if words[1:] else words[0] in their_words)
    }
    short = {words: name for words, name in of.short.items() if words not in shared}
    return Named(of.spoken, short, {**of.several, **shared})


def named(
    names: Iterable[str],
    more: Mapping[str, str] | None = None,
    also_called: Iterable[tuple[str, str]] = (),
    told_apart: Mapping[str, tuple[str, str, str]] | None = None,
) -> Named:
    """Return by what words each of these can be called: the name, "Last, First", and `more` (what is
    typed -> name: aliases, IDs). A part of a name, or one of `also_called` (nickname, name), calls whom it
    calls alone; nobody is guessed. `told_apart` are name, ID and grade of those of `names` that say
    more than a name ("Ana Rivera (S1)"), because two have it.
    """
    apart = told_apart or {}
    distinct = list(dict.fromkeys(name for name in names if name_words(name)))
    spoken: dict[Words, set[str]] = {}
    short: dict[Words, set[str]] = {}
    for name in distinct:
        own, *marks = apart.get(name, (name,))
        marked = _marked(own, *marks, alone=_alike(own, distinct, apart) == {own}) if marks else ()
        own_words = name_words(own)
        for words in (*_whole(own_words), *marked):
            spoken.setdefault(words, set()).add(name)
        for word in own_words:
            if len(word) > 1:
                short.setdefault((word,), set()).add(name)
    for typed, name in also_called:
        words = name_words(typed)
        (short if len(words) == 1 else spoken).setdefault(words, set()).add(name)
    for words, name in _by_initials({name: apart.get(name, (name,))[0] for name in distinct}):
        if name not in apart:
            short.setdefault(words, set()).add(name)
    for typed, name in (more or {}).items():
        spoken.setdefault(name_words(typed), set()).add(name)
    several = {words: tuple(sorted(names)) for words, names in {**short, **spoken}.items() if len(names) > 1}
    return Named(_of_one(spoken), _of_one(short), several)


def _alike(own: str, names: Iterable[str], apart: Mapping[str, tuple[str, str, str]]) -> set[str]:
    """Return the names with the same first word and initial, this one too: "Ana R" may be any of them."""
    mine = _first_and_initials(own)
    others = (apart.get(name, (name,))[0] for name in names)
    return {other for other in others if _first_and_initials(other) == mine}


def _first_and_initials(name: str) -> Words:
    first, *rest = name_words(name) or ("",)
    return (first, *(word[0] for word in rest))


def _marked(name: str, student_id: str, grade: str, *, alone: bool) -> Iterator[Words]:
    """Yield a name with the ID or grade behind it: "Ana Rivera (S1)", "Ana Rivera gr 3", and "Ana R (3rd)"
    where it is `alone` of its kind. A short number behind a name may be minutes, or a room's.
    """
    words = name_words(name)
    if len(student_id) > 3 or any(map(str.isalpha, student_id)):
        yield (*words, *name_words(student_id))
    for said in _grade_forms(grade):
        yield (*words, *name_words(said))
        if len(words) == 2 and alone:
            yield (words[0], words[1][0], *name_words(said))


def _grade_forms(grade: str) -> tuple[str, ...]:
    if not grade.isdecimal():
        return (f"gr {grade}", f"grade {grade}") if grade else ()
    nth = grade + {"1": "st", "2": "nd", "3": "rd"}.get(grade, "th")
    return (nth, f"{nth} grade", f"{nth} gr", f"gr {grade}", f"grade {grade}")


def _by_initials(names: Mapping[str, str]) -> Iterator[tuple[Words, str]]:
    """Yield "A. Rivera", "Ana R." and "Rivera A." for whom alone they can mean; `names` are label -> name."""
    labels = list(names)
    people = [names_of(name)[:1] for name in names.values()]
    called = PeopleCalled(people)
    for own in (name for person in people for name in person):
        if not own.family or len(own.family[-1]) < 2 or len(own.given[0]) < 2:
            continue
        first, last = own.given[0], own.family
        for form, words in (
            (Name((first[0],), (), last), (first[0], *last)),
            (Name((first,), (), (last[0][0],)), (first, last[0][0])),
            (Name((first[0],), (), last, by_comma=True), (*last, first[0])),
        ):
            who = called.one((form,))
            if who is not None:
                yield words, labels[who]


def _whole(words: Words) -> Iterator[Words]:
    yield words
    if len(words) > 1:
        yield (*words[-1:], *words[:-1])


def _of_one(called: Mapping[Words, set[str]]) -> dict[Words, str]:
    return {words: next(iter(names)) for words, names in called.items() if words and len(names) == 1}
