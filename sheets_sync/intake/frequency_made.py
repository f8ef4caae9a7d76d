"""What each pattern of a frequency makes of the text that it found (frequency_patterns.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from sheets_sync.intake.frequency_word import Word
from sheets_sync.intake.vocabulary import rows, words

Make = Callable[[re.Match[str]], Word]


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", ""))


def make_range(kind: str, factor: float = 1) -> Make:
    def make(found: re.Match[str]) -> Word:
        low = _number(found[1]) * factor
        return Word(kind, low, _number(found[2]) * factor if found[2] else low, text=found[0])

    return make


def make_word(kind: str, name: str = "") -> Make:
    return lambda found: Word(kind, name=name, text=found[0])


def make_hours_and_minutes(found: re.Match[str]) -> Word:
    minutes = _number(found[1]) * 60 + _number(found[2])
    return Word("minutes", minutes, minutes, text=found[0])


def make_minutes(value: float) -> Make:
    return lambda found: Word("minutes", value, value, text=found[0])


def make_count(value: int) -> Make:
    return lambda found: Word("count", value, value, text=found[0])


def make_of_weeks(found: re.Match[str]) -> Word:
    return Word("of_weeks", _number(found[1]), _number(found[2]), text=found[0])


def make_days_a_week(found: re.Match[str]) -> Word:
    low = _number(found[1])
    return Word("days_a_week", low, _number(found[2]) if found[2] else low, text=found[0])


def make_cycle(found: re.Match[str]) -> Word:
    return Word("period", _number(found[1]), name="cycle", text=found[0])


def make_n_weeks(found: re.Match[str]) -> Word:
    """Make a period of several weeks; "every 2 weeks" (high 1) speaks of one session, "/ 2 weeks" of none."""
    return Word("period", _number(found[1]), int(found[0].lstrip().startswith("every")), "n_weeks", found[0])


def make_coverage(found: re.Match[str]) -> Word:
    """Make the period of "four weeks per month": it says when, not how often."""
    return Word("period", 1, name="month", text="coverage")


def make_grading_period(found: re.Match[str]) -> Word:
    return Word("period", 1, name="grading_period", text=found[0])


def make_floor_or_plus(found: re.Match[str]) -> Word:
    if found[0] == "+" and found.end() < len(found.string):
        return Word("doubt", name="These are several amounts in one cell.", text="+")
    return Word("floor", text=found[0])


def make_period(found: re.Match[str]) -> Word:
    return Word("period", 1, name=period_words()[found[1]], text=found[0])


def make_adverb(found: re.Match[str]) -> Word:
    name = adverb_words()[found[1]]
    if name == "as_needed":
        return Word("as_needed", text=found[0])
    return Word("period", 2 if name == "n_weeks" else 1, name=name, text=found[0])


def make_pair(found: re.Match[str]) -> Word:
    return Word("pair", _number(found[1]), _number(found[2]), text=found[0])


def make_group_size(found: re.Match[str]) -> Word:
    size = int(found[1])
    return Word("group", size, name="individual" if size == 1 else "group", text=found[0])


def make_group(found: re.Match[str]) -> Word:
    group = found[0].strip()
    name = "consultation" if group[:4] in ("cons", "indi") and not group.startswith("indiv") else "group"
    return Word(
        "group",
        name="individual" if group.startswith(("ind", "one")) and name == "group" else name,
        text=found[0],
    )


def make_doubt(found: re.Match[str]) -> Word:
    return Word("doubt", name=_why_doubted(found[0]), text=found[0])


def any_of(spoken: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first; a star stands for any ending."""
    forms = sorted(spoken, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for form in forms)


@cache
def period_words() -> dict[str, str]:
    return {word: name for name, spoken in words("periods").items() for word in spoken}


@cache
def adverb_words() -> dict[str, str]:
    return {word: name for name, spoken in words("adverbs").items() for word in spoken}


@cache
def _doubts() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(any_of([typed])), ", ".join(why)) for typed, *why in rows("frequency_doubts"))


def _why_doubted(text: str) -> str:
    return next(why for pattern, why in _doubts() if pattern.fullmatch(text))


def make_bare_period(found: re.Match[str]) -> Word:
    return Word("bare_period", 1, name=period_words()[found[1]], text=found[0])
