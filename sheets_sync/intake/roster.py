"""Makes the roster of the Caseload's students: what each is called, and by what other names each goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sheets_sync.intake.grades import grade_key
from sheets_sync.intake.names import name_key
from sheets_sync.intake.people_called import PeopleCalled
from sheets_sync.intake.person_names import names_of, words_of
from sheets_sync.intake.students import Roster


def make_roster(
    names: Sequence[str],
    ids: Sequence[str],
    aliases: Mapping[str, str] | None = None,
    ignored: Sequence[str] = (),
    *,
    grades: Sequence[str] = (),
    also_called: Sequence[tuple[str, ...]] = (),
) -> Roster:
    """Make the roster of these students, in their order, with their IDs and grades ("" for none).

    `aliases` is what is typed -> student ([aliases]), which goes before `also_called`, the other names of
    each student.
    """
    labels = student_labels(names, ids, grades)
    codes = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    shared = _shared(names, [codes[label] for label in labels])
    by_name = {name_key(label): code for label, code in codes.items() if name_key(label) not in shared}
    doubled = _doubled(ids)
    numbered = [(name_key(i), codes[label]) for i, label in zip(ids, labels, strict=True) if i]
    also: dict[int, tuple[str, ...]] = {}
    for label, others in zip(labels, also_called, strict=False):
        also[codes[label]] = also.get(codes[label], ()) + others
    own_names = dict(zip([codes[label] for label in labels], names, strict=True))
    people = [names_of(own_names[code], also.get(code, ())) for code in codes.values()]
    called = PeopleCalled([*people, *map(names_of, ignored)])
    told = _other_names(tuple(codes), also, called, {*by_name, *shared})
    told |= {
        name_key(typed): _meant(student, by_name, called, tuple(codes))
        for typed, student in (aliases or {}).items()
    }
    return Roster(
        labels=tuple(codes),
        by_name=by_name,
        by_id={key: code for key, code in numbered if key not in doubled},
        called=called,
        shared=shared,
        aliases=told,
        ignored=tuple(ignored),
        grades=_grades(codes, labels, grades),
    )


def student_labels(names: Sequence[str], ids: Sequence[str], grades: Sequence[str] = ()) -> list[str]:
    """Return what each student is called: the name; of those who share one, with the ID or else the grade."""
    keys = list(map(name_key, names))
    in_grade = list(map(grade_key, grades or [""] * len(names)))
    times, times_in_grade = Counter(keys), Counter(zip(keys, in_grade, strict=True))
    doubled = _doubled(ids)
    labels = []
    for name, key, student_id, grade in zip(names, keys, ids, in_grade, strict=True):
        if times[key] > 1 and student_id and name_key(student_id) not in doubled:
            labels.append(f"{name} ({student_id})")
        elif times[key] > 1 and grade and times_in_grade[key, grade] == 1:
            labels.append(f"{name} (gr {grade.upper()})")
        else:
            labels.append(name)
    return labels


def _doubled(ids: Sequence[str]) -> set[str]:
    return {key for key, times in Counter(name_key(i) for i in ids if i).items() if times > 1}


def _shared(names: Sequence[str], codes: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """Return the keys of names that several rows have, with the students' codes."""
    rows: dict[str, list[int]] = {}
    for name, code in zip(names, codes, strict=True):
        rows.setdefault(name_key(name), []).append(code)
    return {key: tuple(dict.fromkeys(several)) for key, several in rows.items() if len(several) > 1}


def _grades(codes: Mapping[str, int], labels: Sequence[str], grades: Sequence[str]) -> tuple[str, ...]:
    """Return each student's grade; "" where two rows of one student say two."""
    said: dict[int, set[str]] = {}
    for label, grade in zip(labels, grades, strict=False):
        said.setdefault(codes[label], set()).add(grade_key(grade))
    return tuple(next(iter(one)) if len(one := said.get(c, {""})) == 1 else "" for c in codes.values())


def _other_names(
    labels: Sequence[str], also: Mapping[int, tuple[str, ...]], called: PeopleCalled, taken: set[str]
) -> dict[str, str]:
    """Return the other names that settle whom they mean: nobody else's name, nor a word in one.

    A nickname alone settles nothing where somebody else is called so too ("Ben").
    """
    whose: dict[str, set[int]] = {}
    for code, others in also.items():
        for other in others:
            whose.setdefault(name_key(other), set()).add(code)
            words = words_of(other)
            if len(words) == 1:
                whose[name_key(other)] |= called.have_word(words[0])
    settled = {key: next(iter(codes)) for key, codes in whose.items() if len(codes) == 1 and key not in taken}
    return {key: name_key(labels[code]) for key, code in settled.items()}


def _meant(student: str, by_name: Mapping[str, int], called: PeopleCalled, labels: Sequence[str]) -> str:
    """Return the key of the student whom an alias names, in whatever form the configuration writes it."""
    key = name_key(student)
    person = None if key in by_name else called.one(names_of(student))
    return key if person is None or person >= len(labels) else name_key(labels[person])
