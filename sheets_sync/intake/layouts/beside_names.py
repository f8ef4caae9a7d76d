"""What stands beside the names in a cell of a week grid and changes nothing: a grade, "push-in", "1:1",
"Group A"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sheets_sync.intake.grades import grade_key
from sheets_sync.intake.groups import read_group
from sheets_sync.intake.layouts.people_known import TITLES, PeopleKnown, name_words
from sheets_sync.lazy_regex import lazy_regex

_RATIO = lazy_regex(r"(?<![\d:.])\d\s*:\s*\d(?![\d:])")
_LABEL = lazy_regex(
    r"\b(?:group|grp\.?)\s*#?\s*(?:\d{1,2}\b(?!\s*[:.]\s*\d)(?!\s*(?:min|x|students?|kids))"
    r"|(?-i:[A-H])\b(?=\s*(?:[:,;/&()\[\]|\n–—-]|$)))"
    r"|\b(?:red|orange|yellow|green|blue|purple|pink|white|black|silver|gold)\s+(?:group|grp)\b",
    re.IGNORECASE,
)
_DELIVERY = lazy_regex(r"\b(?:push(?:ed)?[\s-]*in|pull(?:ed)?[\s-]*out)\b", re.IGNORECASE)
_OF_A_CLASS = lazy_regex(
    r"['’]s?\b(?:\s+(?:class|classroom|room|homeroom))?\s*$|\s+(?:class|homeroom)\s*$", re.IGNORECASE
)
_GRADE = lazy_regex(
    r"(?:grade|gr)\b\.?\s*(?:\d{1,2}|t?k|pk)|\d{1,2}(?:st|nd|rd|th)(?:\s+(?:grade(?:r|rs)?|gr\.?))?"
    r"|kindergarten|kinder|t?k|kg|pk|pre-?k",
    re.IGNORECASE,
)


def without_marks(text: str) -> tuple[str, list[str], list[str]]:
    """Return a text without sizes and labels of groups and ways of delivery; the groups ("individual",
    "group") that they say, and the ways ("push-in")."""
    groups = [group for ratio in _RATIO.findall(text) if (group := read_group(ratio.replace(" ", "")).value)]
    groups += ["group"] if _LABEL.search(text) else []
    delivered = _DELIVERY.findall(text)
    for mark in (_RATIO, _LABEL, _DELIVERY):
        text = mark.sub(" / ", text)
    return text, groups, delivered


def is_a_grade(text: str) -> bool:
    """Tell whether a text that is left over is a grade: then it is not the student's on the Caseload."""
    return _GRADE.fullmatch(text.strip()) is not None and bool(grade_key(text))


def is_their_class(text: str, before: str, students: Iterable[str], known: PeopleKnown) -> bool:
    """Tell whether a text is the grade or the teacher that the Caseload has of the student whom it stands
    behind; before all names ("Gr 3: Ana, Cal", "Ms. Bell: Ana") that of each."""
    return is_their_grade(text, before, students, known) or _is_their_teacher(text, before, students, known)


def _is_their_teacher(text: str, before: str, students: Iterable[str], known: PeopleKnown) -> bool:
    """The same of a teacher, whom nobody else may be: "Ms. Bell", "Bell's class" where she is Jo Bell."""
    title, words = _title_and_name(_OF_A_CLASS.sub("", text))
    meant = [before] if before else [*students]
    if not (words and meant and all(known.teachers.get(name) for name in meant)):
        return False
    teachers = [_title_and_name(known.teachers[name]) for name in meant]
    called = all(
        words in (name, name[-1:]) and not ({title, other} >= {"mr"} and title and other and title != other)
        for other, name in teachers
    )
    return called and not known.providers.may_be(words) and not known.students.may_be(words)


def _title_and_name(text: str) -> tuple[str, tuple[str, ...]]:
    words = name_words(" ".join(reversed(text.split(",", 1))))
    return (words[0], words[1:]) if words[:1] and words[0] in TITLES else ("", words)


def is_their_grade(text: str, before: str, students: Iterable[str], known: PeopleKnown) -> bool:
    """Tell whether a text is the grade that the Caseload has of the student whom it stands behind; before
    all names ("Gr 3: Ana, Cal") that of each."""
    meant = [before] if before else [*students]
    grade = grade_key(text) if _GRADE.fullmatch(text.strip()) else ""
    return bool(grade and meant) and {known.grades.get(name) for name in meant} == {grade}


def grade_behind(words: Sequence[str], name: str, known: PeopleKnown) -> bool:
    """Tell whether the words right behind a name are the student's grade: "3rd", "gr 3"; no bare number."""
    spoken = (" ".join(words[:size]) for size in (2, 1))
    return any(is_their_grade(text, name, (), known) for text in spoken if text)
