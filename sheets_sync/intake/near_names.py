"""Which student a name that is not on the Caseload may be a misspelling of: asked, and never taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches

from sheets_sync.intake.services import known_service

Words = Sequence[str]

_NEAR = 0.75
"""So like is a misspelt name to the right one at least, its words to theirs a little less."""
_NEAR_WORD = 0.6
_MOST = 4
_APART = 0.05
"""A second name that is as near, but for this, leaves open which is meant."""
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def near_name(typed: Words, names: Mapping[tuple[str, ...], str]) -> str | None:
    """Return the one of `names` (words -> name) that begins so ("Ana Ra"), else the one that is nearest; None
    where it is none, where two are as near, where `typed` says more than the name, or where it has another's
    surname: "Bill Chen" is not Will Cheney where there is a William Chen."""
    found = _nearest(typed, names)
    return None if found is None or _has_the_surname_of_another(typed, found, names) else names[found]


def _has_the_surname_of_another(
    typed: Words, found: tuple[str, ...], names: Mapping[tuple[str, ...], str]
) -> bool:
    surnames = {_surname(words) for words in names if len(words) > 1 and names[words] != names[found]}
    return any(word in surnames and word not in found for word in typed)


def _surname(words: Words) -> str:
    return next((word for word in reversed(words) if word not in _SUFFIXES), "")


def _nearest(typed: Words, names: Mapping[tuple[str, ...], str]) -> tuple[str, ...] | None:
    begun = [words for words in names if _begins(typed, words)]
    if begun:
        return begun[0] if len(begun) == 1 else None
    straight, turned = " ".join(typed), " ".join(sorted(typed))
    close = {
        words: max(_likeness(straight, " ".join(words)), _likeness(turned, " ".join(sorted(words))))
        for words in (*_close(straight, names, list), *_close(turned, names, sorted))
        if _is_near(typed, words)
    }
    if not close:
        return None
    best = max(close, key=lambda words: close[words])
    others = (likeness for words, likeness in close.items() if words != best)
    return None if any(close[best] - likeness < _APART for likeness in others) else best


def _close(
    typed: str, names: Iterable[tuple[str, ...]], order: Callable[[tuple[str, ...]], list[str]]
) -> list[tuple[str, ...]]:
    spelt = {" ".join(order(words)): words for words in names}
    return [spelt[found] for found in get_close_matches(typed, spelt, n=_MOST, cutoff=_NEAR)]


def says_more_than_the_name(typed: Words, name: Words) -> bool:
    """Tell whether words stand before or behind a whole name, as in "Cal Young OT" or "Cal Young goals".

    Written as the name alone the row would say something else. An initial and "Jr" are of the name.
    """
    if not all(any(_is_like(word, own) for word in typed) for own in name):
        return False
    more = [
        place
        for place, word in enumerate(typed)
        if len(word) > 1 and word not in _SUFFIXES and not any(_is_like(word, own) for own in name)
    ]
    inside = [place for place, word in enumerate(typed) if any(_is_like(word, own) for own in name)]
    return any(not inside[0] < place < inside[-1] for place in more)


def says_a_service(typed: Words, name: Words) -> bool:
    """Tell whether a word beside a name is a service, and no middle name: "Young, Cal OT"."""
    return any(len(word) > 1 and word not in name and known_service(word) for word in typed)


def _begins(typed: Words, name: Words) -> bool:
    return 1 < len(typed) == len(name) and all(map(str.startswith, name, typed))


def _is_near(typed: Words, name: Words) -> bool:
    """Tell whether each word is like one of the name, but for a middle name or one that was left out."""
    if says_more_than_the_name(typed, name):
        return False
    unlike = [word for word in typed if not any(_is_like(word, own) for own in name)]
    return not unlike or len(typed) > len(name)


def _is_like(word: str, own: str) -> bool:
    return word == own or _likeness(word, own) >= _NEAR_WORD


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
