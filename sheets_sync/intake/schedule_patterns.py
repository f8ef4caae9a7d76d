"""The patterns that cut a schedule text into pieces, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from sheets_sync.intake.calendar_words import weekdays
from sheets_sync.intake.clock import RANGE, TIME, clock, parts, time_range
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.schedule_piece import SCHOOL_WEEK, Piece
from sheets_sync.intake.vocabulary import rows
from sheets_sync.lazy_regex import lazy_regex

Make = Callable[[re.Match[str]], Piece | None]

_ORDINALS = {
    "1st": 1,
    "first": 1,
    "2nd": 2,
    "second": 2,
    "3rd": 3,
    "third": 3,
    "4th": 4,
    "fourth": 4,
    "5th": 5,
    "fifth": 5,
    "last": 6,
}
_ORDINAL = "|".join(_ORDINALS)
_JOIN = r"\s?(?:,|&|\+|/|-|\band\b)\s?(?:and\s|&\s)?(?:the\s)?"
_TIME_NEEDS = lazy_regex(
    r"[:.;]|\d\s?[ap]\b|\d\s?[ap]\.?\s?m|noon|nn\b|midday|midnight|\d{3,4}", re.IGNORECASE
)
_COMPACT = r"(?:m|tu|th|t|w|r|f|sa|su)+"
_ABOUT_ALL = r"group|individual|indiv|ind|out|in|sessions?|weeks?|school|mornings?|afternoons?|mins?|minutes"
"""Before "only": words that leave out nobody."""
_NO_ARTICLE = "".join(
    f"(?<!{word} )" for word in ("once", "twice", "times", "x", "days", "day", "sessions", "session")
)


def _time(found: re.Match[str]) -> Piece | None:
    if not _TIME_NEEDS.search(found[0]):
        return None
    match = TIME.fullmatch(found[0].rstrip(" -,;"))
    return _timed("time", found[0], clock(*parts(match, ""))) if match else None


def _hour(found: re.Match[str]) -> Piece:
    """Read "at 9": a bare hour is a time where "at" stands before it."""
    return _timed("time", found[0], clock(int(found[found.re.groups]), 0, ""))


def _range(found: re.Match[str]) -> Piece | None:
    reading = time_range(found)
    if reading.value is None:
        return Piece("bad_time", text=found[0], problem=reading.problem or "")
    unsure = not _TIME_NEEDS.search(found[0]) and reading.value[0] >= 16 * 60
    problem = "A time this late is outside school hours: is it meant?" if unsure else ""
    return Piece("range", reading.value, found[0], problem)


def _timed(kind: str, text: str, reading: Reading[int]) -> Piece:
    if reading.value is None:
        return Piece("bad_time", text=text, problem=reading.problem or "")
    return Piece(kind, (reading.value,), text)


def _nth(found: re.Match[str]) -> Piece:
    return Piece("nth", tuple(_ORDINALS[word] for word in re.findall(_ORDINAL, found[0])), found[0])


def _cycle(found: re.Match[str]) -> Piece | None:
    numbers = [int(number) for number in re.findall(r"\d+", found[1])]
    if len(numbers) == 2 and "-" in found[1]:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return (
        Piece("cycle", tuple(numbers), found[0]) if numbers and all(1 <= n <= 20 for n in numbers) else None
    )


def _letters(found: re.Match[str]) -> Piece:
    letters = re.findall(r"\b[a-h]\b", found[0])
    return Piece("letters", tuple(dict.fromkeys(ord(letter) - 96 for letter in letters)), found[0])


def _length(found: re.Match[str]) -> Piece:
    return Piece("length", (int(found[1]),), found[0])


def _length_of_session(found: re.Match[str]) -> Piece:
    return Piece("minutes", (int(found[1]),), found[0])


def _weekday(found: re.Match[str]) -> Piece:
    return Piece("weekday", (weekdays()[found[1]],), found[0])


def _compact(found: re.Match[str]) -> Piece | None:
    """Read "MWF", "TTh", "TR", "MTWTF": letters in the order of the week."""
    letters = found[0]
    if letters == "t":
        return Piece("letter_t", (1,), letters)
    days = compact_days(letters)
    return Piece("weekday", days, letters) if days else None


def compact_days(letters: str, after: int = -1) -> tuple[int, ...] | None:
    """Return the weekdays of letters run together, each later than the one before, or None."""
    if not letters:
        return ()
    for form, days in _LETTERS:
        if letters.startswith(form):
            for day in days:
                rest = compact_days(letters[len(form) :], day) if day > after else None
                if rest is not None:
                    return (day, *rest)
    return None


_LETTERS = (
    *(("th", (3,)), ("tu", (1,)), ("sa", (5,)), ("su", (6,))),
    *(("m", (0,)), ("t", (1, 3)), ("w", (2,)), ("r", (3,)), ("f", (4,))),
)


def _made(kind: str, numbers: tuple[int, ...] = ()) -> Make:
    return lambda found: Piece(kind, numbers, found[0])


def _doubt(found: re.Match[str]) -> Piece:
    return Piece(
        "doubt", text=found[0], problem=next(why for pattern, why in _doubts() if pattern.fullmatch(found[0]))
    )


def _refuse(why: str) -> Make:
    return lambda found: Piece("doubt", text=found[0], problem=why)


@cache
def _doubts() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_whole(typed), ", ".join(why)) for typed, *why in rows("schedule_doubts"))


@cache
def _weekday_words() -> str:
    return "|".join(sorted(weekdays(), key=len, reverse=True))


def _whole(typed: str) -> re.Pattern[str]:
    return re.compile(re.escape(typed).replace(r"\*", r"\w*").replace(r"\ ", r"\s"))


@cache
def scanners() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """Return pairs of a pattern and what it makes; at each place of a text the first that fits is taken."""
    parts = (_dates_and_cycles(), _weeks_of_some_kind(), _bells(), _times(), _days(), _others())
    return tuple((lazy_regex(pattern), make) for part in parts for pattern, make in part)


def _dates_and_cycles() -> list[tuple[str, Make]]:
    letter = r"[a-h](?:[\s-]?days?)?"
    joined = r"\s?(?:,|&|/|\band\b)\s?"
    return [
        (r"\bw/o\b", _refuse("Write the days on which it is.")),
        (r"\bw/(?=\s)|\b(?:mr|mrs|ms|dr|miss)\b\.?\s[a-z]+\.?", _made("word")),
        (r"\b(?:early|late)[\s-](?:release|start|dismissal)s?\b|\bhalf[\s-]days?\b", _made("word")),
        (r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d\d-\d\d\b", _refuse("Dates belong into From and To.")),
        (
            r"(?:for\s)?(?<!\d[:.])\b(\d{1,3})[\s-]?(?:minutes?|mins?|min|m)\b\.?(?!\s?-?\s?\d?[ap]m)",
            _length_of_session,
        ),
        (r"\(?\b(\d{1,2})[\s-]?days?[\s-](?:cycle|rotation|schedule)\b\)?", _length),
        (
            (
                rf"\b((?:days?|d)[\s.-]?#?\d{{1,2}}(?!\d|:\d)"
                rf"(?:{_JOIN}(?:days?\s?|d)?\d{{1,2}}(?!\d|:\d))*)(?=\W|$)"
            ),
            _cycle,
        ),
        (r"\bof (\d)\b(?!:)", _length),
        (rf"{_NO_ARTICLE}(?<!\w){letter}(?:{joined}{letter}\b)*[\s-]days?\b", _letters),
        (
            rf"\bdays?\s[a-h]\b(?!\s(?:week|wk|month|day|year|cycle)\b)(?:{joined}(?:days?\s)?[a-h]\b)*",
            _letters,
        ),
        (r"\betc\b\.?", _made("word")),
        (r"\b\d+\s(?:other\s)?(?:students?|peers?|kids|children|others)\b", _made("word")),
        (r"\b\d{1,2}(?:st|nd|rd|th)\s(?:grade|gr)\b", _made("word")),
    ]


def _weeks_of_some_kind() -> list[tuple[str, Make]]:
    ordinals = rf"(?:{_ORDINAL})\b(?:{_JOIN}(?:{_ORDINAL})\b)*"
    of_month = rf"\b(?:(?:every|the|each)\s)?{ordinals}(?=\s(?:{_weekday_words()})s?\b)"
    second = r"\bevery (?:second|2nd|third|3rd|fourth|4th)\s"
    every_two = r"every (?:second|2nd|two|2)(?=\sweeks?\b)"
    other = rf"\b(?:every other|alternate|alternating|{every_two})(?:\s(?:weeks?|wks?))?(?:\son)?\b"
    return [
        (
            rf"\b(?:weeks?\s|wk\s?)[a-d]\b|{_NO_ARTICLE}\b(?:[a-d]|a/b)[\s-](?:weeks?|wks?)\b",
            _made("letter_week"),
        ),
        (other, _made("alternate")),
        (
            rf"{second}(?=(?:{_weekday_words()})s?\b(?!.*\bmonth))",
            _refuse("This is one week in so many, or one of each month."),
        ),
        (of_month, _nth),
    ]


def _bells() -> list[tuple[str, Make]]:
    names = (
        r"win|advisory|homeroom|specials|lunch|recess|study hall|flex period"
        r"|(?:intervention|resource|enrichment|math|ela|reading|literacy|writing|science) (?:block|period)"
    )
    numbers = r"\d{1,2}\b(?!:)(?:\s?(?:,|&|and|-)\s?\d{1,2}\b(?!:))*"
    return [
        (rf"\b(?:p|pd|per|period|periods|block|blk|blocks|hour|hr)\.?\s?#?{numbers}", _made("bell")),
        (r"\b\d(?:st|nd|rd|th)\s(?:period|pd|per|block|hour|hr)\b", _made("bell")),
        (rf"\b(?:{names})\b", _made("named_block")),
        (
            r"\b(?:rm|room|grades?|gr|group|grp|bldg|building|trailer|portable|hall)\.?\s?#?[a-z]?\d+\b",
            _made("word"),
        ),
        (
            r"\b\d{1,2}(?:st|nd|rd|th)\b(?!\s(?:grade|gr)\b)",
            _refuse("A day of the month is no day of the week."),
        ),
    ]


def _times() -> list[tuple[str, Make]]:
    return [
        (rf"(?<![\w/:.])(?:{RANGE.pattern})(?![\d:]|st\b|nd\b|rd\b|th\b)", _range),
        (rf"(?:\bat|@)\s?(?={TIME.pattern}(?!\d))(\d{{1,2}})(?![\w:.-])", _hour),
        (rf"(?<![\w/:.]){TIME.pattern}(?!\d)", _time),
    ]


def _days() -> list[tuple[str, Make]]:
    to_friday = r"mon(?:day)?s? ?(?:-|to|thru|through) ?fri(?:day)?s?|m ?- ?f"
    every_day = r"every(?: school)? ?day|daily|each day|all (?:five |5 )?days|weekdays|school days"
    return [
        (rf"\b(?:all week|all|{every_day}|{to_friday})\b(?!\sday)", _made("all", SCHOOL_WEEK)),
        (r"\b(?:all|full)[\s-]day\b", _made("word")),
        (rf"\b({_weekday_words()})(?:'?s)?\b\.?", _weekday),
        (rf"\b{_COMPACT}\b\.?(?!')", _compact),
    ]


def _others() -> list[tuple[str, Make]]:
    doubts = "|".join(sorted((pattern.pattern for pattern, _ in _doubts()), key=len, reverse=True))
    return [
        (r"\b\d{1,2}/\d{1,2}\b", _refuse("Dates belong into From and To.")),
        (
            (
                r"\b(?:starting|starts|beginning|begins|effective|as of|after)\s(?:on\s|next\s|the\s)*"
                rf"(?=(?:{_weekday_words()})\b)"
            ),
            _refuse("Dates belong into From and To."),
        ),
        (rf"\b(?:by|before|after|past)\s(?={TIME.pattern}(?!\d))", _refuse("It does not say when it is.")),
        (r"\?", _refuse("A question mark stands here.")),
        (r"->|\u2192", _refuse("This tells of a change: write what holds now.")),
        (r"~|(?<=\w)ish\b", _refuse("It does not say when it is.")),
        (rf"\b(?:{doubts})(?!\w)", _doubt),
        (
            rf"\b(?!(?:{_weekday_words()}|{_COMPACT}|am|pm|days?|{_ABOUT_ALL})'?s?\s)[^\W\d_]+\sonly\b",
            _refuse("It does not say whether this holds for the student of the row."),
        ),
        (r"\b(?:mornings?|afternoons?)\b", _made("boundary")),
        (r"[;|]", _made("semicolon")),
        (r",", _made("comma")),
        (r"/", _made("slash")),
        (r"&|\+|\band\b", _made("and")),
        (r"-+|\b(?:to|thru|through)\b", _made("hyphen")),
        (r"[^\W\d_]+(?:'[^\W\d_]+)*", _made("word")),
        (r"\d[\w:.]*", _refuse("There is a number here that cannot be understood.")),
        (r"\S", _made("punctuation")),
    ]
