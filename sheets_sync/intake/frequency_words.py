"""Cuts a frequency into what its words say: counts, minutes, periods, totals, doubts (phrases/README.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sheets_sync.intake.vocabulary import rows, words


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of a frequency.

    `kind`: count (how often), minutes (already in minutes), number (bare), pair (unitless "2 x 30": low and
    other), period (name, and low for its N), days_a_week, of_weeks (low of high weeks), session ("each
    session"), total, equals, in_sessions, group (name), doubt (name: why), full_day, as_needed, or, span,
    open, close, mark, for, word. `high` is above `low` where a range is written.
    """

    kind: str
    low: float = 0
    high: float = 0
    name: str = ""
    text: str = ""


_N = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|\.\d+)"
_RANGE = rf"({_N})(?:\s*(?:-|\bto\b)\s*({_N}))?"
_MINUTES = r"(?:minutes?|minuets?|minuts?|mins?|min|mnts?|mn|(?<=\d)m)\b(?:'s)?\.?"
_HOURS = r"(?:hours?|hrs?|(?<=[\d.])h)\b\.?"
_TIMES = r"(?:x(?![a-z])|times?\b|sessions?\b|sess\b\.?|visits?\b|meetings?\b|classes\b|lessons?\b|contacts?\b|occurrences?\b|instances?\b|appointments?\b|treatments?\b|consults?\b|consultations?\b|check-?ins?\b)"
_PER = r"(?:/|@|\b(?:per|a|an|each|every|x|in a|in each|out of each|of each|of every|p|during each)\b\.?)"
_NINE_WEEKS = r"(?:nine|9)[\s-]?(?:weeks?|wks?)"


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", ""))


def _range(kind: str, factor: float = 1) -> Callable[[re.Match[str]], Word]:
    def make(found: re.Match[str]) -> Word:
        low = _number(found[1]) * factor
        return Word(kind, low, _number(found[2]) * factor if found[2] else low, text=found[0])

    return make


def _made(kind: str, name: str = "") -> Callable[[re.Match[str]], Word]:
    return lambda found: Word(kind, name=name, text=found[0])


def _hours_and_minutes(found: re.Match[str]) -> Word:
    minutes = _number(found[1]) * 60 + _number(found[2])
    return Word("minutes", minutes, minutes, text=found[0])


def _minutes(value: float) -> Callable[[re.Match[str]], Word]:
    return lambda found: Word("minutes", value, value, text=found[0])


def _count(value: int) -> Callable[[re.Match[str]], Word]:
    return lambda found: Word("count", value, value, text=found[0])


def _of_weeks(found: re.Match[str]) -> Word:
    return Word("of_weeks", _number(found[1]), _number(found[2]), text=found[0])


def _days_a_week(found: re.Match[str]) -> Word:
    low = _number(found[1])
    return Word("days_a_week", low, _number(found[2]) if found[2] else low, text=found[0])


def _n_period(name: str) -> Callable[[re.Match[str]], Word]:
    return lambda found: Word("period", _number(found[1]), name=name, text=found[0])


def _period(found: re.Match[str]) -> Word:
    return Word("period", 1, name=_periods()[found[1]], text=found[0])


def _adverb(found: re.Match[str]) -> Word:
    name = _adverbs()[found[1]]
    if name == "as_needed":
        return Word("as_needed", text=found[0])
    return Word("period", 2 if name == "n_weeks" else 1, name=name, text=found[0])


def _pair(found: re.Match[str]) -> Word:
    return Word("pair", _number(found[1]), _number(found[2]), text=found[0])


def _group_size(found: re.Match[str]) -> Word:
    size = int(found[1])
    return Word("group", size, name="individual" if size == 1 else "group", text=found[0])


def _group(found: re.Match[str]) -> Word:
    group = found[0].strip()
    name = "consultation" if group[:4] in ("cons", "indi") and not group.startswith("indiv") else "group"
    return Word(
        "group",
        name="individual" if group.startswith(("ind", "one")) and name == "group" else name,
        text=found[0],
    )


def _doubt(found: re.Match[str]) -> Word:
    return Word("doubt", name=_why_doubted(found[0]), text=found[0])


def _any_of(spoken: list[str]) -> str:
    forms = sorted(spoken, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for form in forms)


@cache
def _periods() -> dict[str, str]:
    return {word: name for name, spoken in words("periods").items() for word in spoken}


@cache
def _adverbs() -> dict[str, str]:
    return {word: name for name, spoken in words("adverbs").items() for word in spoken}


@cache
def _doubts() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_any_of([typed])), ",".join(why)) for typed, *why in rows("frequency_doubts"))


def _why_doubted(text: str) -> str:
    return next(why for pattern, why in _doubts() if pattern.fullmatch(text))


@cache
def _scanners() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Word]], ...]:
    period = rf"(?:school\s)?({_any_of(list(_periods()))})\b\.?"
    adverb = rf"\b({_any_of([w for w in _adverbs() if not w.startswith(('every', 'each'))])})(?!\w)"
    every = rf"\b({_any_of([w for w in _adverbs() if w.startswith(('every', 'each'))])})\b"
    table: list[tuple[str, Callable[[re.Match[str]], Word]]] = [
        (r"\d+\s?:\s?1\s?:\s?\d+", _made("doubt", "This is a class ratio, not a frequency.")),
        (r"\d+(?:\.\d+)?\s?%", _made("doubt", "A percentage of the day is no number of minutes.")),
        (r"1\s?:\s?1\b|1\s?(?:-|to)\s?1\b", lambda f: Word("group", 1, name="individual", text=f[0])),
        (r":\s?([1-8])\b", _group_size),
        (r"([2-8])\s?:\s?1\b", _group_size),
        (r"\d+\s?:\s?\d+", _made("doubt", "This is hours and minutes, or a time of day.")),
        (
            rf"(?:small\s)?group\s?(?:size\s?)?(?:of\s?|:\s?|\()\s?(?:no more than\s|up to\s|max(?:imum)?(?: of)?\s|\d+\s?-\s?)?(\d+)(?:\sstudents?)?",
            _group_size,
        ),
        (
            r"(?:no more than|up to|max(?:imum)?(?: of)?|with)\s(\d+)\s(?:(?:other\s)?(?:students?|peers?|children|kids))\b",
            _group_size,
        ),
        (rf"({_N})\s?(?:hours?|hrs?|h)\b\.?,?\s?(?:and\s|&\s)?(\d+)\s?-?{_MINUTES}", _hours_and_minutes),
        (
            r"\bone hour\b(?=\sand a half)|\bhalf (?:an? )?hour\b|\b(?:a )?half[ -]hour\b|1/2 (?:an? )?(?:hours?|hrs?)\b",
            _minutes(30),
        ),
        (r"\b(?:an|1) hour and a half\b", _minutes(90)),
        (r"\ban? hour\b", _minutes(60)),
        (rf"{_RANGE}\s?-?\s?{_HOURS}", _range("minutes", 60)),
        (rf"{_RANGE}\s?-?\s?mpw\b", _range("minutes")),
        (rf"{_RANGE}\s?-?\s?(?:{_MINUTES})", _range("minutes")),
        (r"\b(?:full|all|entire|whole)[\s-](?:school\s)?day\b|\ball day long\b", _made("full_day")),
        (
            r"(?:for\s|in\s|during\s)?(\d+)\s?(?:out\s)?of\s(?:every\s|each\s|the\s)?(\d+)\s(?:weeks?|wks?)\b",
            _of_weeks,
        ),
        (
            r"(?:x|for|over|times|in)\s(?:the\s)?(?:next\s|a total of\s)?\d+\s?-?(?:weeks?|wks?|months?|mos?|years?|yrs?|days?)\b(?!\s?(?:cycle|rotation|period))",
            _made("span"),
        ),
        (
            r"(\d+)(?:-(\d+))?\s?x?\s(?:school\s)?(?:days?)\s?(?:per|a|/|each|every|of the|in a|out of the)\s?(?:school\s)?(?:week|wk)\b",
            _days_a_week,
        ),
        (r"(\d+)(?:-(\d+))?\s?days?/(?:week|wk)\b", _days_a_week),
        (
            r"\d+\s(?:weeks?|wks?)\s(?:per|a|each|every|/)\s?(?:month|mo)\b",
            lambda f: Word("period", 1, name="month", text="coverage"),
        ),
        (
            rf"{_PER}?\s?-?\s?(?:\d+|nine|six)[\s-]?(?:weeks?|wks?)[\s-](quarter|grading period|marking period|reporting period|term)\b",
            lambda f: Word("period", 1, name=_periods()[f[1]], text=f[0]),
        ),
        (
            rf"{_PER}\s?(?:nine[\s-](?:weeks?|wks?)|9-(?:weeks?|wks?)|9 week)\b",
            lambda f: Word("period", 1, name="grading_period", text=f[0]),
        ),
        (
            r"(?:\bevery other|\balternate|\balternating|\beach other|\bevery second|\bevery 2nd)\s(?:weeks?|wks?)\b",
            lambda f: Word("period", 2, 1, "n_weeks", f[0]),
        ),
        (
            rf"(?:{_PER}|\bin)\s?-?\s?(\d+)[\s-]?(?:weeks?|wks?)\b(?:[\s-](?:period|cycle|block|rotation))?",
            lambda f: Word("period", _number(f[1]), int(f[0].lstrip().startswith("every")), "n_weeks", f[0]),
        ),
        (
            rf"(?:{_PER}|\bin)?\s?(\d+)[\s-]?(?:school\s)?days?[\s-](?:cycle|rotation|schedule)\b",
            _n_period("cycle"),
        ),
        (rf"{_PER}\s?(\d+)[\s-]school[\s-]days?\b", _n_period("cycle")),
        (
            rf"{_PER}\s?(\d+)[\s-]?days?\b",
            _made("doubt", "These are school days or calendar days: which is not told."),
        ),
        (
            rf"{_PER}\s?(?:\d+)[\s-]?(?:months?|mos?|quarters?|years?)\b",
            _made("doubt", "This is no period that is counted here."),
        ),
        (rf"{_PER}\s?(?:cycle|rotation)\b", _made("doubt", "How many days the cycle has is not told.")),
        (every, _adverb),
        (
            rf"\b(?:{_any_of([typed for typed, *_ in rows('frequency_doubts') if typed.startswith(('each', 'per', 'every'))])})(?!\w)",
            _doubt,
        ),
        (rf"{_PER}\s?(?:sessions?|visits?|times?|sess|meeting|occurrence)\b", _made("session")),
        (r"\beach\s(?:sessions?|time|visit)\b|\beach\b", _made("session")),
        (rf"(?:{_PER})\s?{period}", _period),
        (
            r"\b(?:one|1)[\s-]time(?: only)?\b(?=\s*$|,|;)|\bonce only\b|\bone[\s-]time only\b|\bone[\s-]time\s(?:session|service)\b",
            _made("once"),
        ),
        (r"\bonce\b(?!\s*$)", _count(1)),
        (r"\btwice\b", _count(2)),
        (r"\bthrice\b", _count(3)),
        (adverb, _adverb),
        (
            rf"{_RANGE}\s?x\s?(?=[\d.])(?=(?:{_N})(?:-(?:{_N}))?\s?-?(?:{_MINUTES}|{_HOURS}|mpw\b))",
            _range("count"),
        ),
        (rf"({_N})\s?x\s?({_N})s?(?!\s?(?:{_TIMES}|[\d.]|-\d|(?:weeks?|wks?|days?|months?)\b))", _pair),
        (
            rf"x\s?{_RANGE}\s?(?:{_TIMES})?(?!\s?(?:weeks?|wks?|months?|mos?|{_MINUTES}|{_HOURS}))(?![\d.])",
            _range("count"),
        ),
        (r"(\d+)(?:-(\d+))?\sdays?\b(?=\s(?:weekly|/))", _days_a_week),
        (rf"{_RANGE}\s?-?\s?{_TIMES}", _range("count")),
        (r"=|\bequals\b", _made("equals")),
        (
            r"\b(?:a\s)?(?:grand\s)?totals?\b(?:\s?of\b|ing\b)?|\btotal(?:ing|ling)\b|\bin all\b|\baltogether\b|\bcombined\b",
            _made("total"),
        ),
        (
            r"\b(?:in|over|across|split (?:in(?:to)?|over|across)|divided (?:in(?:to)?|over|across|among|between)|spread over|broken into|as)\s(?=\d)",
            _made("in_sessions"),
        ),
        (
            r"\b(?:at least|a minimum of|minimum of|min\.? of|no less than|not less than|no fewer than|minimum|at minimum)\b",
            _made("floor"),
        ),
        (r"\b(?:approximately|approx\.?|about|around|roughly)\b|~", _made("about")),
        (
            r"\b(?:individually|individual|indiv|ind\b\.?|one[\s-](?:to|on)[\s-]one|small[\s-]group|groups?|grp|consultation|consultative|consults?|indirect)\b",
            _group,
        ),
        (r"\bg\b", lambda f: Word("group", name="group", text=f[0])),
        (r"\bi\b(?=\s*$|,)", lambda f: Word("group", name="individual", text=f[0])),
        (
            r"\b(?:rm|room|grade|gr|goals?|goal #|level|step|phase)\.?\s?#?\d+\b|\b\d+(?:st|nd|rd|th)\s(?:grade|gr)\b",
            _made("word"),
        ),
        (rf"\b(?:{_any_of([typed for typed, *_ in rows('frequency_doubts')])})(?!\w)", _doubt),
        (r"\bor\b|\beither\b", _made("or")),
        (r"\bfor\b", _made("for")),
        (rf"{_RANGE}(?![\w.]*\w)", _range("number")),
        (rf"\b({_any_of(list(_periods()))})\b\.?(?!\w)", _bare_period),
        (r"\(", _made("open")),
        (r"\)", _made("close")),
        (r"[;&+|]|\band\b", _made("mark")),
        (r"\besy\b", _made("esy")),
        (r"[^\W\d_][\w'-]*", _made("word")),
        (r"\d[\w]*", _made("doubt", "There is a number here that cannot be understood.")),
        (r"\S", _made("punctuation")),
    ]
    return tuple((re.compile(pattern), make) for pattern, make in table)


def _bare_period(found: re.Match[str]) -> Word:
    return Word("bare_period", 1, name=_periods()[found[1]], text=found[0])


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


_CODED = re.compile(r"^(\d+)([dwmqy])x(\d+)([a-z]{0,4})$")
_CODED_PERIODS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
_PLACE_IN_TIME = re.compile(
    r"\b(?:after|before)\s(?:school|lunch|recess)\b|\bfirst grade\b|\btimes tables?\b|\bnot applicable$"
)
_SERVICE_CODE = re.compile(r"^\d{3}\s*-\s*(?=[a-z])")
_ONE_TO_ONE = re.compile(r"\bone[\s-](?:to|on)[\s-]one\b")


def cut(text: str) -> list[Word]:
    """Cut a text in plain form into its words."""
    text = re.sub(r"[\u00d7\u2715\u2716*]", "x", text.lower())
    coded = _CODED.fullmatch(text.replace(" ", ""))
    if coded:
        count, minutes = float(coded[1]), float(coded[3])
        name = _CODED_PERIODS[coded[2]]
        return [Word("count", count, count), Word("minutes", minutes, minutes), Word("period", 1, name=name)]
    text = _SERVICE_CODE.sub("", _PLACE_IN_TIME.sub(" ", text))
    text = re.sub(r"\bnine[\s-](weeks?|wks?)\b", r"9-\1", _ONE_TO_ONE.sub("1:1", text))
    text = re.sub(r"(?<=[\d ])mp([wmd])\b", lambda found: f" min / {_CODED_PERIODS[found[1]]}", text)
    return _scan(spell_out_numbers(text))


def _scan(text: str) -> list[Word]:
    found_words: list[Word] = []
    position = 0
    while position < len(text):
        if text[position] in " ,":
            position += 1
            continue
        for pattern, make in _scanners():
            found = pattern.match(text, position)
            if found and found.end() > position:
                found_words.append(make(found))
                position = found.end()
                break
    return found_words
