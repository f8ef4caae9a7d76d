"""Cuts a frequency into what its words say: counts, minutes, periods, totals, doubts (phrases/README.md)."""

from __future__ import annotations

import re
from functools import cache

from sheets_sync.intake.frequency_patterns import scanners
from sheets_sync.intake.frequency_word import Word
from sheets_sync.intake.vocabulary import words
from sheets_sync.lazy_regex import lazy_regex


@cache
def _number_words() -> tuple[re.Pattern[str], dict[str, int]]:
    known = {word: int(number) for number, spoken in words("number_words").items() for word in spoken}
    tens = "|".join(word for word, value in known.items() if value % 10 == 0 and value >= 20)
    ones = "|".join(word for word, value in known.items() if value < 10)
    return re.compile(
        rf"\b(?:({tens})[\s-]({ones})|({'|'.join(known)}))\b(?:-(?=\d))?(?!\s(?:to|on)\sone)"
    ), known


def spell_out_numbers(text: str) -> str:
    """Write number words as digits: "forty-five" -> "45", "one-30 minute" -> "1 30 minute"."""
    pattern, known = _number_words()

    def digits(found: re.Match[str]) -> str:
        value = known[found[3]] if found[3] else known[found[1]] + known[found[2]]
        return f"{value} " if found[0].endswith("-") else str(value)

    return pattern.sub(digits, text)


_CODED = lazy_regex(r"^(\d+)([dwmqy])x(\d+)([a-z]{0,4})$")
_CODED_PERIODS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
_PLACE_IN_TIME = lazy_regex(
    r"\b(?:after|before)\s(?:school|lunch|recess)\b|\bfirst grade\b|\btimes tables?\b|\bnot applicable$"
)
_SERVICE_CODE = lazy_regex(r"^\d{3}\s*-\s*(?=[a-z])")
_REWRITTEN = (
    (lazy_regex(r"\b(\d+)\s?\(\s?\1\s?x?\)"), r"\1"),  # "thirty (30) minutes"
    (lazy_regex(r"\((\d+|minutes?|mins?|hours?)\)"), r" \1 "),  # "60 (minutes)"
    (lazy_regex(r"\b(\d+)\+"), r"at least \1"),
    # "36 30-minute sessions": the hyphen tells whose number it is
    (
        lazy_regex(
            r"(?<!group of )\b(\d+) "
            r"(?=\d+-(?:minutes?|mins?|hours?|hrs?) (?:individual |group )?(?:sessions?|visits?)\b)"
        ),
        r"\1 x ",
    ),
    # "240 weekly minutes"
    (lazy_regex(r"\b(\d+) (daily|weekly|monthly|yearly|annual) (minutes|mins|min|hours|hrs)\b"), r"\1 \3 \2"),
    (lazy_regex(r"\b(\d+)x\s?-\s?(\d+)x"), r"\1-\2x"),
    (lazy_regex(r"\b(\d+) total (?=min|hour|hr)"), r"total \1 "),
    (lazy_regex(r"\b(\d+) and (?:a|1) half(?=\s?-?h)"), r"\1.5"),
    (lazy_regex(r"\b1-half\b"), "half"),
    (lazy_regex(r"(\d)\s1/2(?=\s?-?h)"), r"\1.5"),
    (lazy_regex(r"(\d)x(?=(?:wk|wkly|week|weekly|month|mo|monthly|yr|year|day|daily)\b)"), r"\1x "),
    # "4 - 30 minute sessions": four of 30, not 4 to 30 minutes
    (
        lazy_regex(
            r"\b([1-9])\s?-\s?([1-9]\d)"
            r"(?=[\s-]?(?:min|minute|mins|minutes)\.?\s(?:individual |group )?(?:session|visit))"
        ),
        r"\1 \2",
    ),
)
_LABELLED = lazy_regex(
    r"\b(min(?:ute)?s?|hours?|hrs?)\s?(?:/|per|a)\s?(week|wk|month|mo|day|year|yr|quarter)\s?[:=]\s?([\d.]+)$"
)
"""A column's name and its value in one cell: "Mins/Wk: 90"."""
_ONE_TO_ONE = lazy_regex(r"\bone[\s-](?:to|on)[\s-]one\b")


def cut(text: str) -> list[Word]:
    """Cut a text in plain form into its words."""
    text = re.sub(r"[\u00d7\u2715\u2716*]", "x", text.lower())
    coded = _CODED.fullmatch(text.replace(" ", ""))
    if coded:
        count, minutes = float(coded[1]), float(coded[3])
        name = _CODED_PERIODS[coded[2]]
        return [Word("count", count, count), Word("minutes", minutes, minutes), Word("period", 1, name=name)]
    if re.match(r"-\s?\d", text):
        return [Word("doubt", name="This is less than nothing.", text=text)]
    text = _SERVICE_CODE.sub("", _PLACE_IN_TIME.sub(" ", text))
    text = re.sub(r"\bnine[\s-](weeks?|wks?)\b", r"9-\1", _ONE_TO_ONE.sub("1:1", text))
    text = re.sub(r"(?<=[\d ])mp([wmd])\b", lambda found: f" min / {_CODED_PERIODS[found[1]]}", text)
    text = spell_out_numbers(_LABELLED.sub(r"\3 \1 / \2", text))
    for pattern, written in _REWRITTEN:
        text = pattern.sub(written, text)
    return _scan(text)


def _scan(text: str) -> list[Word]:
    found_words: list[Word] = []
    position = 0
    while position < len(text):
        if text[position] in " ,":
            position += 1
            continue
        for pattern, make in scanners():
            found = pattern.match(text, position)
            if found and found.end() > position:
                found_words.append(make(found))
                position = found.end()
                break
    return found_words
