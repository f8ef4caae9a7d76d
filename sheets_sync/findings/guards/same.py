"""Whether a doubt is the one that a person was asked about: an answer is bound to exactly that change."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.guarded import Doubt, Doubts

NEARLY_ALL = 0.9
"""The day goes on while the banner waits for its tick: a line more of twenty is no other change."""

FEW = {Doubts.FEWER: 2, Doubts.UNREADABLE: 9}
"""By how much an amount may become worse in the course of a day: less than makes a doubt of its own kind. A
row that is typed into a broken column is one more that cannot be read."""


def same_change(asked: Sequence[Doubt], doubts: Sequence[Doubt]) -> bool:
    """Tell whether everything that is doubted was asked about: then an answer to that holds for it.

    A doubt is the same if it is of the same kind and tab, not worse by more than a few (FEW), and nine tenths
    of the names, lines or rows of which it speaks are those of the one asked about. What was let through is a
    floor: where part of it came back, that is no other change.
    """
    return bool(doubts) and all(any(_is_same(one, doubt) for one in asked) for doubt in doubts)


def unanswered(answered: Sequence[Doubt], doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """Return the doubts to which no answer holds."""
    return tuple(doubt for doubt in doubts if not any(_is_same(one, doubt) for one in answered))


def _is_same(asked: Doubt, doubt: Doubt) -> bool:
    if not doubt.can_be_meant or _what(asked) != _what(doubt):
        return False
    more = doubt.amount - asked.amount
    worse = -more if doubt.kind is Doubts.FEWER else more
    if worse > FEW.get(doubt.kind, 0):
        return False
    known = len(set(doubt.items) & set(asked.items))
    return known >= NEARLY_ALL * max(len(set(doubt.items)), 1) if doubt.items else not asked.items


def _what(doubt: Doubt) -> tuple[str, str, str, str]:
    return doubt.kind, doubt.source, doubt.tab, doubt.about
