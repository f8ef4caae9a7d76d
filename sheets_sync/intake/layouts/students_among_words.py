"""The students whom a text of a week grid names among other words: in full, by a part, an ID or initials."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sheets_sync.intake.layouts.beside_names import grade_behind
from sheets_sync.intake.layouts.no_session import PARTED
from sheets_sync.intake.layouts.people_known import WORD, PeopleKnown, name_words, word_key
from sheets_sync.intake.services import known_service
from sheets_sync.lazy_regex import lazy_regex

JOINS = frozenset(("and", "with", "w", "by", "for"))
GROUPS = frozenset(("individual", "group", "small", "indiv", "grp", "therapy", "session", "1:1"))
_LISTED = lazy_regex(r"[,;/&+|\n]")


@dataclass
class StudentsNamed:
    """The `students`, in order, and what stands `between` them, parted where marks part it, each with the
    student before it. `short` are (typed, name): who was called by a part of the name. `two` is one student's
    name with another's ID or name right behind it."""

    students: dict[str, None] = field(default_factory=dict)
    short: dict[tuple[str, str], None] = field(default_factory=dict)
    two: str = ""
    between: list[tuple[str, str]] = field(default_factory=list)


def students_among_words(text: str, known: PeopleKnown) -> StudentsNamed:
    """Take the students out of a text."""
    found = StudentsNamed()
    segments: list[tuple[str, str]] = []
    words = list(WORD.finditer(text))
    keys = tuple(word_key(word[0]) for word in words)
    open_from: int | None = None
    before: tuple[str, int, int] | None = None
    at = 0
    while at < len(words):
        who = known.students.find(keys[at:])
        if who is not None:
            who = _in_full(who, at, text, words, known)
        if who is not None:
            length, name, is_short = who
            begin, end = words[at].start(), words[at + length - 1].end()
            typed = text[begin:end]
            if (
                before
                and open_from is None
                and before[0] != name
                and _one_is_meant(text, *before[1:], begin, end)
            ):
                found.two = text[before[1] : end]
            segments += _parted(text, words, open_from, at, before)
            before = (name, begin, end)
            found.students[name] = None
            found.short |= {(typed, name): None} if is_short else {}
            open_from, at = None, at + length
        else:
            open_from = at if open_from is None else open_from
            at += 1
    found.between = segments + _parted(text, words, open_from, len(words), before)
    return found


def _one_is_meant(text: str, begin: int, end: int, following: int, until: int) -> bool:
    """Tell whether what calls one student and, right behind it, another stands for one alone: an ID or a name
    in brackets, or an ID that no mark of a list parts from the name."""
    first, between, second = text[begin:end], text[end:following], text[following:until]
    if ")" not in between and ("(" in between or "[" in between):
        return True
    is_id = [any(map(str.isdigit, typed)) for typed in (first, second)]
    return is_id[0] != is_id[1] and not _LISTED.search(between)


def _in_full(
    who: tuple[int, str, bool], at: int, text: str, words: list[re.Match[str]], known: PeopleKnown
) -> tuple[int, str, bool] | None:
    """Return whom a name calls, with the initial behind it; None where it is a word or a service itself, or
    what stands directly beside it makes it somebody else's: "Ben Smith" is not Ben Torres.
    """
    length, name, is_short = who
    typed = words[at][0]
    if is_short and (known_service(typed) or not typed[:1].isupper()):
        return None
    if is_short and (word_key(typed),) in known.initials and not _stand_alone(at, text, words):
        return None
    if (
        at
        and is_short
        and not _parts(text, words[at - 1], words[at])
        and not _is_known(words[at - 1][0], known)
    ):
        return None
    end = at + length
    if end == len(words) or _parts(text, words[end - 1], words[end]):
        return who
    follows = word_key(words[end][0])
    if is_short and len(follows) == 1 and follows.isalpha():
        fits = any(word.startswith(follows) for word in name_words(name) if word != word_key(words[at][0]))
        return (length + 1, name, is_short) if fits else None
    if grade_behind([word[0] for word in words[end : end + 2]], name, known):
        return who
    return who if _is_known(words[end][0], known) or _begins_a_service(words[end:]) else None


def _stand_alone(at: int, text: str, words: list[re.Match[str]]) -> bool:
    """Tell whether initials are written as such, and nothing but a service or "with" is directly beside."""
    beside = [
        *(words[at - 1 : at] if at and not _parts(text, words[at - 1], words[at]) else ()),
        *(
            words[at + 1 : at + 2]
            if at + 1 < len(words) and not _parts(text, words[at], words[at + 1])
            else ()
        ),
    ]
    plain = all(word_key(word[0]) in JOINS or known_service(word[0]) for word in beside)
    return plain and words[at][0].replace(".", "").isupper()


def _begins_a_service(words: list[re.Match[str]]) -> bool:
    """Tell whether the first two or three words are a service: "social skills"."""
    spoken = [word[0] for word in words[:3]]
    return any(known_service(" ".join(spoken[:size])) for size in (2, 3))


def _parts(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    """Tell whether a mark stands between two words."""
    return bool(text[word.end() : following.start()].strip())


def _is_known(word: str, known: PeopleKnown) -> bool:
    key = word_key(word)
    return bool(
        key in JOINS
        or key in GROUPS
        or known_service(word)
        or known.providers.find((key,))
        or known.students.find((key,))
    )


def _parted(
    text: str, words: list[re.Match[str]], first: int | None, end: int, before: tuple[str, int, int] | None
) -> list[tuple[str, str]]:
    if first is None:
        return []
    piece = text[words[first].start() : words[end - 1].end()]
    parts = (part.strip() for part in PARTED.split(piece))
    name = before[0] if before else ""
    return [(part, name) for part in parts if part and word_key(part) not in JOINS]
