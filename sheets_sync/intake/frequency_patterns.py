"""The patterns that cut a frequency into words, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from sheets_sync.intake.calendar_words import months
from sheets_sync.intake.frequency_word import Word
from sheets_sync.intake.vocabulary import rows, words

Make = Callable[[re.Match[str]], Word]

_N = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|\.\d+)"
_RANGE = rf"({_N})(?:\s*(?:-|\bto\b)\s*({_N}))?"
_MINUTES = r"(?:minutes?|minuets?|minuts?|mins?|min|mnts?|mn|(?<=\d)m)\b(?:'s)?\.?"
_HOURS = r"(?:hours?|hrs?|(?<=[\d.])h)\b\.?"
_TIMES = (
    r"(?:x(?![a-z])|times?\b|sessions?\b|sess\b\.?|visits?\b|meetings?\b|classes\b|lessons?\b|contacts?\b"
    r"|occurrences?\b|instances?\b|appointments?\b|treatments?\b|consults?\b|consultations?\b|check-?ins?\b)"
)
_PER = r"(?:/|@|\b(?:per|a|an|each|every|x|in a|in each|out of each|of each|of every|p|during each)\b\.?)"


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", ""))


def _range(kind: str, factor: float = 1) -> Make:
    def make(found: re.Match[str]) -> Word:
        low = _number(found[1]) * factor
        return Word(kind, low, _number(found[2]) * factor if found[2] else low, text=found[0])

    return make


def _made(kind: str, name: str = "") -> Make:
    return lambda found: Word(kind, name=name, text=found[0])


def _hours_and_minutes(found: re.Match[str]) -> Word:
    minutes = _number(found[1]) * 60 + _number(found[2])
    return Word("minutes", minutes, minutes, text=found[0])


def _minutes(value: float) -> Make:
    return lambda found: Word("minutes", value, value, text=found[0])


def _count(value: int) -> Make:
    return lambda found: Word("count", value, value, text=found[0])


def _of_weeks(found: re.Match[str]) -> Word:
    return Word("of_weeks", _number(found[1]), _number(found[2]), text=found[0])


def _days_a_week(found: re.Match[str]) -> Word:
    low = _number(found[1])
    return Word("days_a_week", low, _number(found[2]) if found[2] else low, text=found[0])


def _cycle(found: re.Match[str]) -> Word:
    return Word("period", _number(found[1]), name="cycle", text=found[0])


def _n_weeks(found: re.Match[str]) -> Word:
    """Make a period of several weeks; "every 2 weeks" (high 1) speaks of one session, "/ 2 weeks" of none."""
    return Word("period", _number(found[1]), int(found[0].lstrip().startswith("every")), "n_weeks", found[0])


def _coverage(found: re.Match[str]) -> Word:
    """Make the period of "four weeks per month": it says when, not how often."""
    return Word("period", 1, name="month", text="coverage")


def _grading_period(found: re.Match[str]) -> Word:
    return Word("period", 1, name="grading_period", text=found[0])


def _floor_or_plus(found: re.Match[str]) -> Word:
    if found[0] == "+" and found.end() < len(found.string):
        return Word("doubt", name="These are several amounts in one cell.", text="+")
    return Word("floor", text=found[0])


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


def any_of(spoken: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first; a star stands for any ending."""
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
    return tuple((re.compile(any_of([typed])), ", ".join(why)) for typed, *why in rows("frequency_doubts"))


def _why_doubted(text: str) -> str:
    return next(why for pattern, why in _doubts() if pattern.fullmatch(text))


def _bare_period(found: re.Match[str]) -> Word:
    return Word("bare_period", 1, name=_periods()[found[1]], text=found[0])


@cache
def scanners() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """Return pairs of a pattern and what it makes; at each place of a text the first that fits is taken."""
    parts = (
        _ratios(),
        _lengths(),
        _days_and_weeks(),
        _periods_of_several(),
        _periods_of_one(),
        _counts(),
        _others(),
    )
    return tuple((re.compile(pattern), make) for part in parts for pattern, make in part)


def _ratios() -> list[tuple[str, Make]]:
    size = r"(?:no more than\s|up to\s|max(?:imum)?(?: of)?\s|\d+\s?-\s?)?(\d+)"
    size += r"(?:\s?:\s?1)?"
    size += (
        r"(?!\d)(?!\s?-?\s?(?:m\b|mins?\b|minutes?\b|h\b|hrs?\b|hours?\b|times?\b|x|'))"  # "Group: 30 min"
    )
    return [
        (
            rf"\d+\s(?:sessions?|visits?),\s(?={_N}\s?{_MINUTES}\s?(?:/|per\b|a\b)\s?(?:week|wk|month|mo)\b)",
            _made("doubt", "It does not say whether the minutes are a session's or the whole period's."),
        ),
        (r"\d+\s?:\s?1\s?:\s?\d+", _made("doubt", "This is a class ratio, not a frequency.")),
        (r"\d+(?:\.\d+)?\s?%", _made("doubt", "A percentage of the day is no number of minutes.")),
        (r"1\s?:\s?1\b|1\s?(?:-|to)\s?1\b", lambda found: Word("group", 1, name="individual", text=found[0])),
        (r"(?<=\d):\s?([1-8])\b", _group_size),
        (r"([2-8])\s?:\s?1\b", _group_size),
        (r"\d+\s?:\s?\d+", _made("doubt", "This is hours and minutes, or a time of day.")),
        (rf"\b(?:grp|gr)\.?\sof\s{size}", _group_size),
        (r"\bm/w(?:/f)?\b", _made("doubt", "Days of the week are no amount.")),
        (rf"(?:small\s)?group\s?(?:size\s?)?(?:of\s?|:\s?|\()\s?{size}(?:\sstudents?)?", _group_size),
        (
            (
                r"(?:no more than|up to|max(?:imum)?(?: of)?|with)\s(\d+)\s"
                r"(?:(?:other\s)?(?:students?|peers?|children|kids))\b"
            ),
            _group_size,
        ),
    ]


def _lengths() -> list[tuple[str, Make]]:
    return [
        (r"\bat least\b|\b(?:a )?min(?:imum|\.)? of\b|\bmin\.?(?=\s?\d)|\bmin\.?$|>", _made("floor")),
        (r"^over\s(?=\d)|\bmore than\b", _made("floor")),
        (rf"({_N})\s?(?:hours?|hrs?|h)\b\.?,?\s?(?:and\s|&\s)?([0-5]?\d)\s?-?{_MINUTES}", _hours_and_minutes),
        (r"\bhalf (?:an? )?hour\b|\b(?:a )?half[ -]hour\b|1/2 (?:an? )?(?:hours?|hrs?)\b", _minutes(30)),
        (r"\b(?:a )?quarter(?: of an)?[ -]hour\b", _minutes(15)),
        (r"\b(?:an|1) hour and a half\b", _minutes(90)),
        (r"\ban? hour\b", _minutes(60)),
        (rf"{_RANGE}\s?-?\s?{_HOURS}", _range("minutes", 60)),
        (rf"{_RANGE}\s?-?\s?(?:{_MINUTES})", _range("minutes")),
        (r"\b(?:full|all|entire|whole)[\s-](?:school\s)?day\b|\ball day long\b", _made("full_day")),
    ]


def _days_and_weeks() -> list[tuple[str, Make]]:
    days = r"(?:x\s?)?(\d+)(?:-(\d+))?\s?x?\s?(?:school\s)?days?\s?"
    lasting = r"(?:weeks?|wks?|months?|mos?|years?|yrs?|days?)\b"
    return [
        (
            r"(?:for\s|in\s|during\s)?(\d+)\s?(?:out\s)?of\s(?:every\s|each\s|the\s)?(\d+)\s(?:weeks?|wks?)\b",
            _of_weeks,
        ),
        (rf"{days}(?:per|a|/|each|every|of the|in a|out of the)\s?(?:school\s)?(?:week|wk)\b", _days_a_week),
        (rf"{days}(?=weekly\b)", _days_a_week),
        (
            (
                r"(?:x|for|over|times|in)\s(?:the\s)?(?:next\s|a total of\s)?\d+\s?-?"
                rf"{lasting}(?!\s?(?:cycle|rotation|period|/|a\b|per\b))"
            ),
            _made("span"),
        ),
        (r"\d+\s(?:weeks?|wks?)\s(?:per|a|each|every|/)\s?(?:month|mo)\b", _coverage),
    ]


def _periods_of_several() -> list[tuple[str, Make]]:
    named = r"(quarter|grading period|marking period|reporting period|term)"
    alternate = (
        r"\b(?:every other|alternate|alternating|each other|every second|every 2nd)\s(?:weeks?|wks?)\b"
    )
    return [
        (rf"{_PER}?\s?-?\s?\d+[\s-]?(?:weeks?|wks?)[\s-]{named}\b", _period),
        (rf"{_PER}\s?9-(?:weeks?|wks?)\b|{_PER}\s?9 week\b", _grading_period),
        (alternate, lambda found: Word("period", 2, 1, "n_weeks", found[0])),
        (r"\bevery (?:third|3rd)\s(?:week|wk)\b", lambda found: Word("period", 3, 1, "n_weeks", found[0])),
        (
            rf"(?:{_PER}|\bin)\s?-?\s?(\d+)[\s-]?(?:weeks?|wks?)\b(?:[\s-](?:period|cycle|block|rotation))?",
            _n_weeks,
        ),
        (rf"(?:{_PER}|\bin)?\s?(\d+)[\s-]?(?:school\s)?days?[\s-](?:cycle|rotation|schedule)\b", _cycle),
        (rf"{_PER}\s?(\d+)[\s-]school[\s-]days?\b", _cycle),
        (
            rf"{_PER}\s?(\d+)[\s-]?days?\b",
            _made("doubt", "These are school days or calendar days: it does not say which."),
        ),
        (
            rf"{_PER}\s?(?:\d+)[\s-]?(?:months?|mos?|quarters?|years?)\b",
            _made("doubt", "This is no period that is counted here."),
        ),
        (rf"{_PER}\s?(?:cycle|rotation)\b", _made("doubt", "It does not say how many days the cycle has.")),
    ]


def _periods_of_one() -> list[tuple[str, Make]]:
    every = any_of(word for word in _adverbs() if word.startswith(("every", "each")))
    adverb = any_of(word for word in _adverbs() if not word.startswith(("every", "each")))
    doubtful = any_of(
        typed for typed, *_ in rows("frequency_doubts") if typed.startswith(("each", "per", "every"))
    )
    only_once = r"\b(?:one|1)[\s-]time(?: only)?\b(?=\s*$|,|;)|\bonce only\b|\b1[\s-]time only\b"
    return [
        (rf"\b({every})\b", _adverb),
        (rf"\b(?:{doubtful})(?!\w)", _doubt),
        (rf"{_PER}\s?(?:sessions?|visits?|times?|sess|meeting|occurrence)\b|\beach\b", _made("session")),
        (rf"{_PER}\s?(?:school\s)?({any_of(_periods())})\b\.?", _period),
        (only_once + r"|\b1[\s-]time\s(?:session|service)\b", _made("once")),
        (rf"\b({adverb})(?!\w)", _adverb),
    ]


def _counts() -> list[tuple[str, Make]]:
    a_unit = rf"(?=(?:{_N})(?:-(?:{_N}))?\s?-?(?:{_MINUTES}|{_HOURS}))"
    no_unit = rf"(?!\s?(?:{_TIMES}|[\d.]|-\d|(?:weeks?|wks?|days?|months?)\b))"
    no_length = rf"(?!\s?(?:(?:weeks?|wks?|months?|mos?|days?)\b|{_MINUTES}|{_HOURS}))(?![\d.])"
    return [
        (r"\bonce\b(?!\s*$)", _count(1)),
        (r"\btwice\b", _count(2)),
        (r"\bthrice\b", _count(3)),
        (rf"{_RANGE}\s?x\s?(?=[\d.]){a_unit}", _range("count")),
        (rf"{_RANGE}\s?@\s?(?=[\d.]){a_unit}", _range("count")),
        (rf"({_N})\s?x\s?({_N})s?{no_unit}", _pair),
        (rf"x\s?{_RANGE}\s?(?:{_TIMES})?{no_length}", _range("count")),
        (rf"{_RANGE}\s?-?\s?{_TIMES}", _range("count")),
    ]


def _others() -> list[tuple[str, Make]]:
    doubts = any_of(typed for typed, *_ in rows("frequency_doubts"))
    into = r"(?:in(?:to)?|over|across|among|between)"
    parted = rf"split {into}|divided {into}|spread over|broken into"
    alone = r"individually|individual|indiv|ind\b\.?|1[\s-](?:to|on)[\s-]1"
    numbered = r"\b(?:rm|room|grade|gr|goals?|goal #|level|step|phase)\.?\s?#?\d+\b"
    place = numbered + r"|\b\d+(?:st|nd|rd|th)\s(?:grade|gr)\b"
    totals = r"\b(?:a\s)?(?:grand\s)?totals?\b(?:\s?of\b|ing\b)?|\btotal(?:ing|ling)\b"
    return [
        (r"=|\bequals\b", _made("equals")),
        (totals + r"|\bin all\b|\baltogether\b|\bcombined\b", _made("total")),
        (rf"\b(?:in|over|across|as|{parted})\s(?=\d)", _made("in_sessions")),
        (
            r"\b(?:no less than|not less than|no fewer than|a minimum|minimum|at minimum)\b|\+$|\+(?=\s)",
            _floor_or_plus,
        ),
        (r"\b(?:approximately|approx\.?|about|around|roughly)\b|~", _made("about")),
        (
            rf"\b(?:{alone}|small[\s-]group|groups?|grp|consultation|consultative|consults?|indirect)\b",
            _group,
        ),
        (r"\bg\b", lambda found: Word("group", name="group", text=found[0])),
        (r"\bi\b(?=\s*$|,)", lambda found: Word("group", name="individual", text=found[0])),
        (place, _made("word")),
        (rf"\b(?:{doubts})(?!\w)", _doubt),
        (
            r"\b(?:duration|entirety|rest|remainder|majority) of\s(?!\d|an?\s(?:half\s)?hour)",
            _made("doubt", "It does not say how long this is."),
        ),
        (
            rf"\b(?:through|thru|til|till|by)\s(?:the\s)?(?:end\b|(?:{any_of(months())}|winter|spring|quarter|term)\b)",
            _made("doubt", "This changes over time: give each amount a row with its dates."),
        ),
        (r"\bto\s(?=\d)", _made("doubt", "This is a ceiling or a change, not an amount.")),
        (r"<", _made("doubt", "This is a ceiling, not an amount.")),
        (r"\?", _made("doubt", "A question mark stands here.")),
        (r"\bor\b|\beither\b", _made("or")),
        (r"\bfor\b", _made("for")),
        (rf"{_RANGE}(?![\w.]*\w)", _range("number")),
        (rf"\b({any_of(word for word in _periods() if len(word) > 1)})\b\.?(?!\w)", _bare_period),
        (r"\(", _made("open")),
        (r"\)", _made("close")),
        (r"[;&|]|\band\b", _made("mark")),
        (r"\besy\b", _made("esy")),
        (r"[^\W\d_]+\d\w*", _made("doubt", "There is a number here that cannot be understood.")),
        (r"[^\W\d_][\w'-]*", _made("word")),
        (r"\d[\w]*", _made("doubt", "There is a number here that cannot be understood.")),
        (r"\S", _made("punctuation")),
    ]
