"""The patterns that cut a frequency into words, in the order in which they are tried."""

from __future__ import annotations

import re
from functools import cache

from sheets_sync.intake.calendar_words import months
from sheets_sync.intake.frequency_made import (
    Make,
    adverb_words,
    any_of,
    make_adverb,
    make_bare_period,
    make_count,
    make_coverage,
    make_cycle,
    make_days_a_week,
    make_doubt,
    make_floor_or_plus,
    make_grading_period,
    make_group,
    make_group_size,
    make_hours_and_minutes,
    make_minutes,
    make_n_weeks,
    make_of_weeks,
    make_pair,
    make_period,
    make_range,
    make_word,
    period_words,
)
from sheets_sync.intake.frequency_word import Word
from sheets_sync.intake.vocabulary import rows
from sheets_sync.lazy_regex import lazy_regex

_N = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|\.\d+)"
_RANGE = rf"({_N})(?:\s*(?:-|\bto\b)\s*({_N}))?"
_MINUTES = r"(?:minutes?|minuets?|minuts?|mins?|min|mnts?|mn|(?<=\d)m)\b(?:'s)?\.?"
_HOURS = r"(?:hours?|hrs?|(?<=[\d.])h)\b\.?"
_TIMES = (
    r"(?:x(?![a-z])|times?\b|sessions?\b|sess\b\.?|visits?\b|meetings?\b|classes\b|lessons?\b|contacts?\b"
    r"|occurrences?\b|instances?\b|appointments?\b|treatments?\b|consults?\b|consultations?\b|check-?ins?\b)"
)
_PER = r"(?:/|@|\b(?:per|a|an|each|every|x|in a|in each|out of each|of each|of every|p|during each)\b\.?)"


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
        _parts_of_the_year(),
        _others(),
    )
    return tuple((lazy_regex(pattern), make) for part in parts for pattern, make in part)


def _ratios() -> list[tuple[str, Make]]:
    size = r"(?:no more than\s|up to\s|max(?:imum)?(?: of)?\s|\d+\s?-\s?)?(\d+)"
    size += r"(?:\s?:\s?1)?"
    size += (
        r"(?!\d)(?!\s?-?\s?(?:m\b|mins?\b|minutes?\b|h\b|hrs?\b|hours?\b|times?\b|x|'))"  # "Group: 30 min"
    )
    return [
        (
            rf"\d+\s(?:sessions?|visits?),\s(?={_N}\s?{_MINUTES}\s?(?:/|per\b|a\b)\s?(?:week|wk|month|mo)\b)",
            make_word("doubt", "It does not say whether the minutes are a session's or the whole period's."),
        ),
        (
            r"^[1-9]\d\s(?:consultation|consult|session|visit|meeting)\b(?!.*\d|.*\b(?:hours?|hrs?|half)\b)",
            make_word("doubt", "It does not say whether this is how often or the minutes."),
        ),
        (r"\d+\s?:\s?1\s?:\s?\d+", make_word("doubt", "This is a class ratio, not a frequency.")),
        (r"\d+(?:\.\d+)?\s?%", make_word("doubt", "A percentage of the day is no number of minutes.")),
        (r"1\s?:\s?1\b|1\s?(?:-|to)\s?1\b", lambda found: Word("group", 1, name="individual", text=found[0])),
        (r"(?<=\d):\s?([1-8])\b", make_group_size),
        (r"([2-8])\s?:\s?1\b", make_group_size),
        (r"\d+\s?:\s?\d+", make_word("doubt", "This is hours and minutes, or a time of day.")),
        (rf"\b(?:grp|gr)\.?\sof\s{size}", make_group_size),
        (r"\bm/w(?:/f)?\b", make_word("doubt", "Days of the week are no amount.")),
        (rf"(?:small\s)?group\s?(?:size\s?)?(?:of\s?|:\s?|\()\s?{size}(?:\sstudents?)?", make_group_size),
        (
            (
                r"(?:no more than|up to|max(?:imum)?(?: of)?|with)\s(\d+)\s"
                r"(?:(?:other\s)?(?:students?|peers?|children|kids))\b"
            ),
            make_group_size,
        ),
    ]


def _lengths() -> list[tuple[str, Make]]:
    return [
        (r"\bat least\b|\b(?:a )?min(?:imum|\.)? of\b|\bmin\.?(?=\s?\d)|\bmin\.?$|>", make_word("floor")),
        (r"^over\s(?=\d)|\bmore than\b", make_word("floor")),
        (
            rf"({_N})\s?(?:hours?|hrs?|h)\b\.?,?\s?(?:and\s|&\s)?([0-5]?\d)\s?-?{_MINUTES}",
            make_hours_and_minutes,
        ),
        (r"\bhalf (?:an? )?hour\b|\b(?:a )?half[ -]hour\b|1/2 (?:an? )?(?:hours?|hrs?)\b", make_minutes(30)),
        (r"\b(?:a )?quarter(?: of an)?[ -]hour\b", make_minutes(15)),
        (r"\b(?:an|1) hour and a half\b", make_minutes(90)),
        (r"\ban? hour\b", make_minutes(60)),
        (rf"{_RANGE}\s?-?\s?{_HOURS}", make_range("minutes", 60)),
        (rf"{_RANGE}\s?-?\s?(?:{_MINUTES})", make_range("minutes")),
        (r"\b(?:full|all|entire|whole)[\s-](?:school\s)?day\b|\ball day long\b", make_word("full_day")),
    ]


def _days_and_weeks() -> list[tuple[str, Make]]:
    days = r"(?:x\s?)?(\d+)(?:-(\d+))?\s?x?\s?(?:school\s)?days?\s?"
    lasting = r"(?:weeks?|wks?|months?|mos?|years?|yrs?|days?)\b"
    return [
        (
            r"(?:for\s|in\s|during\s)?(\d+)\s?(?:out\s)?of\s(?:every\s|each\s|the\s)?(\d+)\s(?:weeks?|wks?)\b",
            make_of_weeks,
        ),
        (
            rf"{days}(?:per|a|/|each|every|of the|in a|out of the)\s?(?:school\s)?(?:week|wk)\b",
            make_days_a_week,
        ),
        (rf"{days}(?=weekly\b)", make_days_a_week),
        (
            (
                r"(?:x|for|over|times|in)\s(?:the\s)?(?:next\s|a total of\s)?\d+\s?-?"
                rf"{lasting}(?!\s?(?:cycle|rotation|period|/|a\b|per\b))"
            ),
            make_word("span"),
        ),
        (r"\d+\s(?:weeks?|wks?)\s(?:per|a|each|every|/)\s?(?:month|mo)\b", make_coverage),
    ]


def _periods_of_several() -> list[tuple[str, Make]]:
    named = r"(quarter|grading period|marking period|reporting period|term)"
    alternate = (
        r"\b(?:every other|alternate|alternating|each other|every second|every 2nd)\s(?:weeks?|wks?)\b"
    )
    return [
        (rf"{_PER}?\s?-?\s?\d+[\s-]?(?:weeks?|wks?)[\s-]{named}\b", make_period),
        (rf"{_PER}\s?9-(?:weeks?|wks?)\b|{_PER}\s?9 week\b", make_grading_period),
        (alternate, lambda found: Word("period", 2, 1, "n_weeks", found[0])),
        (r"\bevery (?:third|3rd)\s(?:week|wk)\b", lambda found: Word("period", 3, 1, "n_weeks", found[0])),
        (
            rf"(?:{_PER}|\bin)\s?-?\s?(\d+)[\s-]?(?:weeks?|wks?)\b(?:[\s-](?:period|cycle|block|rotation))?",
            make_n_weeks,
        ),
        (rf"(?:{_PER}|\bin)?\s?(\d+)[\s-]?(?:school\s)?days?[\s-](?:cycle|rotation|schedule)\b", make_cycle),
        (rf"{_PER}\s?(\d+)[\s-]school[\s-]days?\b", make_cycle),
        (
            rf"{_PER}\s?(\d+)[\s-]?days?\b",
            make_word("doubt", "These are school days or calendar days: it does not say which."),
        ),
        (
            rf"{_PER}\s?(?:\d+)[\s-]?(?:months?|mos?|quarters?|years?)\b",
            make_word("doubt", "This is no period that is counted here."),
        ),
        (
            rf"{_PER}\s?(?:cycle|rotation)\b",
            make_word("doubt", "It does not say how many days the cycle has."),
        ),
    ]


def _periods_of_one() -> list[tuple[str, Make]]:
    every = any_of(word for word in adverb_words() if word.startswith(("every", "each")))
    adverb = any_of(word for word in adverb_words() if not word.startswith(("every", "each")))
    doubtful = any_of(
        typed for typed, *_ in rows("frequency_doubts") if typed.startswith(("each", "per", "every"))
    )
    only_once = r"\b(?:one|1)[\s-]time(?: only)?\b(?=\s*$|,|;)|\bonce only\b|\b1[\s-]time only\b"
    return [
        (rf"\b({every})\b", make_adverb),
        (rf"\b(?:{doubtful})(?!\w)", make_doubt),
        (rf"{_PER}\s?(?:sessions?|visits?|times?|sess|meeting|occurrence)\b|\beach\b", make_word("session")),
        (rf"{_PER}\s?(?:school\s)?({any_of(period_words())})\b\.?", make_period),
        (only_once + r"|\b1[\s-]time\s(?:session|service)\b", make_word("once")),
        (rf"\b({adverb})(?!\w)", make_adverb),
    ]


def _counts() -> list[tuple[str, Make]]:
    a_unit = rf"(?=(?:{_N})(?:-(?:{_N}))?\s?-?(?:{_MINUTES}|{_HOURS}))"
    no_unit = rf"(?!\s?(?:{_TIMES}|[\d.]|-\d|(?:weeks|wks|days?|months)\b))"
    no_school_year = r"(?!(?:3[4-9]|40)\s?(?:week|wk)\b)"
    no_length = rf"(?!\s?(?:(?:weeks?|wks?|months?|mos?|days?)\b|{_MINUTES}|{_HOURS}))(?![\d.])"
    return [
        (r"\bonce\b(?!\s*$)", make_count(1)),
        (r"\btwice\b", make_count(2)),
        (r"\bthrice\b", make_count(3)),
        (rf"{_RANGE}\s?x\s?(?=[\d.]){a_unit}", make_range("count")),
        (rf"{_RANGE}\s?@\s?(?=[\d.]){a_unit}", make_range("count")),
        (rf"({_N})\s?x\s?{no_school_year}({_N})s?{no_unit}", make_pair),
        (rf"x\s?{_RANGE}\s?(?:{_TIMES})?{no_length}", make_range("count")),
        (rf"{_RANGE}\s?-?\s?{_TIMES}", make_range("count")),
    ]


def _parts_of_the_year() -> list[tuple[str, Make]]:
    """Return what names months: "Sept-Jan" is a part of the year, "Sept-June" and "Aug-May" are all of it."""
    to = r"\.?\s?(?:-+|/|\bto\b|\bthrough\b|\bthru\b)\s?"
    from_august, from_september, to_june = r"aug(?:ust)?", r"sep(?:t|tember)?", r"june?"
    named = any_of(word for word in months() if word != "may")
    may = r"may(?!\s?[a-z])|may(?=\s(?:only|to|through|thru|and)\b)|(?<=in )may|(?<=[-/])may"
    changes = "This changes over time: give each amount a row with its dates."
    return [
        (rf"\b(?:{from_september}{to}{to_june}|{from_august}{to}(?:{to_june}|may))\b", make_word("word")),
        (rf"\b(?:{named}|{may})\b", make_word("doubt", changes)),
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
        (r"=|\bequals\b", make_word("equals")),
        (totals + r"|\bin all\b|\baltogether\b|\bcombined\b", make_word("total")),
        (rf"\b(?:in|over|across|as|{parted})\s(?=\d)", make_word("in_sessions")),
        (
            r"\b(?:no less than|not less than|no fewer than|a minimum|minimum|at minimum)\b|\+$|\+(?=\s)",
            make_floor_or_plus,
        ),
        (r"\b(?:approximately|approx\.?|about|around|roughly)\b|~", make_word("about")),
        (
            rf"\b(?:{alone}|small[\s-]group|groups?|grp|consultation|consultative|consults?|indirect)\b",
            make_group,
        ),
        (r"\bg\b", lambda found: Word("group", name="group", text=found[0])),
        (r"\bi\b(?=\s*$|,)", lambda found: Word("group", name="individual", text=found[0])),
        (place, make_word("word")),
        (rf"\b(?:{doubts})(?!\w)", make_doubt),
        (
            r"\b(?:duration|entirety|rest|remainder|majority) of\s(?!\d|an?\s(?:half\s)?hour)",
            make_word("doubt", "It does not say how long this is."),
        ),
        (
            rf"\b(?:through|thru|til|till|by)\s(?:the\s)?(?:end\b|(?:{any_of(months())}|winter|spring|quarter|term)\b)",
            make_word("doubt", "This changes over time: give each amount a row with its dates."),
        ),
        (r"\bto\s(?=\d)", make_word("doubt", "This is a ceiling or a change, not an amount.")),
        (r"<", make_word("doubt", "This is a ceiling, not an amount.")),
        (r"\?", make_word("doubt", "A question mark stands here.")),
        (r"\bor\b|\beither\b", make_word("or")),
        (r"\bfor\b", make_word("for")),
        (rf"{_RANGE}(?![\w.]*\w)", make_range("number")),
        (rf"\b({any_of(word for word in period_words() if len(word) > 1)})\b\.?(?!\w)", make_bare_period),
        (r"\(", make_word("open")),
        (r"\)", make_word("close")),
        (r"[;&|]|\band\b", make_word("mark")),
        (r"\besy\b", make_word("esy")),
        (r"[^\W\d_]+\d\w*", make_word("doubt", "There is a number here that cannot be understood.")),
        (r"[^\W\d_][\w'-]*", make_word("word")),
        (r"\d[\w]*", make_word("doubt", "There is a number here that cannot be understood.")),
        (r"\S", make_word("punctuation")),
    ]
