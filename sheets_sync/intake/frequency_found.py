"""What the words of a frequency are, sorted, before it is decided what they amount to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.intake.frequency_word import Word

SESSION_NOUNS = ("session", "visit", "lesson", "meeting", "class", "appointment", "time", "sess", "consult")


class CannotDecide(Exception):
    """The text leaves open what is asked for; the message says how. Never leaves this package."""


@dataclass(slots=True)
class Amount:
    """What a frequency asks for: per session, per period, and how many; None where it does not say."""

    sessions: float | None = None
    minutes: float | None = None
    total: float | None = None
    period: str | None = None
    n: int = 1
    group: str | None = None
    group_size: int = 0
    asked: str = ""


@dataclass(slots=True)
class Found:
    """The words of a text by what they are; places are positions among `words`."""

    words: Sequence[Word]
    counts: list[int]
    minutes: list[int]
    periods: list[int]
    numbers: list[int]


def sort(words: Sequence[Word], school_minutes: int | None) -> Found:
    """Sort words by what they are. Raises CannotDecide for a full day whose length is not known."""
    kept: list[Word] = []
    for word in words:
        if word.kind == "full_day":
            if school_minutes is None:
                raise CannotDecide(
                    "It does not say how long a full day is, and school_minutes is not configured."
                )
            word = Word("minutes", school_minutes, school_minutes, text=word.text)
        if word.kind == "bare_period":
            after = bool(kept) and kept[-1].kind in ("count", "minutes", "pair")
            word = Word("period" if after else "word", 1, name=word.name, text=word.text)
        if word.kind == "session" and word.text == "each" and not kept:
            word = Word("word", text=word.text)
        kept.append(word)
    found = Found(kept, [], [], [], [])
    for place, word in enumerate(kept):
        _put(found, place, word)
    return found


def _put(found: Found, place: int, word: Word) -> None:
    if (word.kind == "number" and _counts_sessions(found.words, place)) or word.kind == "count":
        found.counts.append(place)
    elif word.kind == "minutes":
        found.minutes.append(place)
    elif word.kind == "period":
        found.periods.append(place)
    elif word.kind == "number":
        found.numbers.append(place)


def _counts_sessions(words: Sequence[Word], place: int) -> bool:
    """Tell whether a bare number is a count: "2 30 minute sessions", "1/week", "two individual sessions"."""
    following = [word for word in words[place + 1 : place + 6] if word.kind not in ("open", "close")]
    if not following:
        return False
    if following[0].kind == "minutes":
        return words[place].high <= 25
    if following[0].kind == "period" and following[0].name != "coverage":
        return words[place].high < 10
    for word in following:
        if word.kind == "word" and word.text.startswith(SESSION_NOUNS):
            return True
        if word.kind not in ("word", "group", "minutes", "period"):
            return False
    return False


def is_total(found: Found, place: int) -> bool:
    """Tell whether the minutes at a place are called the total of the text."""
    around = [found.words[i] for i in (place - 1, place + 1) if 0 <= i < len(found.words)]
    before = found.words[place - 1].kind if place else ""
    return before == "equals" or any(
        word.kind == "total" and (word.text != "in all" or found.periods) for word in around
    )
