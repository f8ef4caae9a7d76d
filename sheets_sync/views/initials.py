"""Students by their initials, where the configuration says so ([compliance] students, [mail] students)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sheets_sync.lazy_regex import lazy_regex

WORD = lazy_regex(r"[^\W\d_]+")


def initials(name: str) -> str:
    """Return "A.R." for "Ana R." and for "R., Ana"; "?" for a name without letters."""
    first, _, last = reversed(name.partition(",")) if "," in name else (name, "", "")
    letters = [word[0].upper() for word in WORD.findall(f"{first} {last}")]
    return "".join(f"{letter}." for letter in letters) or "?"


def all_initials(students: Iterable[str]) -> dict[str, str]:
    """Return the initials of each student; who shares them gets a number, in the order given: "A.R. 2"."""
    alike: dict[str, list[str]] = defaultdict(list)
    for student in dict.fromkeys(students):
        alike[initials(student)].append(student)
    return {
        student: short if len(those) == 1 else f"{short} {number}"
        for short, those in alike.items()
        for number, student in enumerate(those, 1)
    }
