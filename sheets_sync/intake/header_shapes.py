"""Headers by the words that they are made of, whatever their order: "Next Annual Due", "Therapist's Name".

Tried only where no whole header of the vocabulary fits (vocabulary/header_shapes.csv).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sheets_sync.intake.plain import without_accents
from sheets_sync.intake.vocabulary import meanings, rows
from sheets_sync.lazy_regex import lazy_regex

_WORD = lazy_regex(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Shape:
    """One word of each of `needed` stands in the header, and nothing that is not `allowed`."""

    tabs: frozenset[str]
    column: str
    needed: tuple[frozenset[str], ...]
    allowed: frozenset[str]


def header_in_full(text: str) -> tuple[str, ...]:
    """Return a header's words in lower case, each written out: "Elig. Cat." is eligibility, category."""
    full = meanings("header_words")
    spoken = _WORD.findall(without_accents(text).replace("#", " number "))
    return tuple(full.get(word, word) for word in spoken)


def columns_of_shape(text: str, tabs: str) -> frozenset[str]:
    """Return the columns of the tabs (their letters) that a header's words amount to."""
    spoken = set(header_in_full(text))
    return frozenset(
        shape.column
        for shape in _shapes()
        if spoken <= shape.allowed
        and not shape.tabs.isdisjoint(tabs)
        and all(spoken & words for words in shape.needed)
    )


@cache
def _shapes() -> tuple[_Shape, ...]:
    found = []
    for tabs, column, *needed, optional in rows("header_shapes"):
        groups = tuple(frozenset(words.split("|")) for words in needed)
        found.append(_Shape(frozenset(tabs), column, groups, frozenset(optional.split()).union(*groups)))
    return tuple(found)
