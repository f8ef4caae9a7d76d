"""What a Status says happened (spec: counting.md, "What a code does"; vocabulary/codes.csv).

Codes contradict each other from district to district: one letter means nothing until the workbook's key or
the configuration says so, and what leaves open who or why is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.code import Code as Code
from sheets_sync.intake.code_doubts import denies, doubts_session, is_short, says_it_was_given, says_more
from sheets_sync.intake.code_phrases import names_a_provider, read_phrase
from sheets_sync.intake.dated_make_ups import read_make_up
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.intake.holidays import holidays
from sheets_sync.intake.plain import LONGEST, plain, without_accents
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.times_in_codes import code_and_minutes
from sheets_sync.intake.vocabulary import rows, words
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, ErrorValue

SHORTEST_SESSION = 5
"""A bare number below this may be a mark, a count of sessions or of units."""
LONGEST_SESSION = 600
"""A bare number above this is no session's minutes."""

_REMEDY = 'Write what happened, like "student absent", or name the code in the configuration under [codes].'
_MINUTES = lazy_regex(r"(?P<m>\d{1,3})(?:\.0)?\s*(?:m|min|mins|minutes?)?\.?", re.IGNORECASE)
_UNIT = r"(?P<unit>m|min|mins|minutes?)"
_CODE_MINUTES = lazy_regex(
    rf"(?P<code>[^\d]*?[^\d\s/:,(-])\s*[/:,(-]?\s*(?P<m>\d{{1,3}})\s*{_UNIT}?\.?\s*\)?", re.IGNORECASE
)
_MINUTES_CODE = lazy_regex(rf"(?P<m>\d{{1,3}})\s*{_UNIT}\.?[\s,/-]+(?P<code>[^\d]+)", re.IGNORECASE)
_PART_OF = lazy_regex(
    rf"\b\d{{1,3}}\s*(?:(?:out\s)?of|/)\s*\d{{1,3}}\b|\b\d{{1,3}}\s*(?:-|to|or)\s*\d{{1,3}}\s*{_UNIT}\b"
    r"|[\d½¼¾]\s*-?(?:h|hrs?|hours?)\b",
    re.IGNORECASE,
)
_WORD_AND_MINUTES = lazy_regex(r"(?P<word>.*\D)\s(?P<m>\d{1,3}) min")
_REMARK = lazy_regex(r"\s+-\s+|\s*[(:;]\s*")
_ABSENT_WHO = lazy_regex(
    r"abs(?:ent|ence)?\.?(?:\s+-+\s*|\s*[(:/,]\s*)(?P<who>student|child|provider|therapist)\s*\)?",
    re.IGNORECASE,
)
_OR = lazy_regex(r"\bor\b|\bboth\b|\bneither\b|\bmaybe\b|\bpossibly\b", re.IGNORECASE)
_PART = lazy_regex(
    r"(?:(?:partial|short(?:ened)?|part|half)(?:\s+session)?|cut short|ended early)(?:\s+due to\b.*)?",
    re.IGNORECASE,
)
_MORE_THAN_ONE = "This names more than one thing that may have happened."


def read_code(
    text: CellValue, *, codes: Mapping[str, str] | None = None, year: SchoolYear | None = None
) -> Reading[Code]:
    """Return what a Status says. `codes` (code -> category in words) goes before the built-in ones; "" in the
    place of a category: the code means something that is not known, whatever is built in; "delivered 15 min":
    so long was the session wherever it stands.

    A bare number is a delivered session of so many minutes. A make-up with a date that it may be for, or
    that has no year, is a make-up with a problem.
    """
    if isinstance(text, bool):
        text = "TRUE" if text else "FALSE"
    if isinstance(text, int | float):
        numbered = _own_codes(codes).get(f"{text:g}")
        return Reading(numbered) if numbered else _read_number(float(text))
    if isinstance(text, ErrorValue):
        return Reading(None, f"The cell shows {text.text} instead of a value.", "Mend the formula in it.")
    if not isinstance(text, str):
        return Reading(None, "A date or time is no status.", _REMEDY)
    typed = plain(text)
    if len(typed) > LONGEST:
        return Reading(None, "This is too long for a status.", _REMEDY)
    own = _own_codes(codes)
    if _means_something_else(typed, codes or {}):
        problem = "The key of codes gives this a meaning that is not known here, or two."
        return Reading(None, problem, _REMEDY)
    if "?" in typed and code_key(typed) not in own:
        return Reading(None, "A question mark stands here.", _REMEDY)
    whole = _whole(typed, own)
    if whole is None and (why := says_more(typed)):
        return Reading(None, why, _REMEDY)
    return (
        whole
        or _absent_who(typed)
        or read_make_up(typed, year)
        or _with_times(typed, own)
        or _with_minutes(typed, own)
        or _with_remark(typed, own)
    )


def is_part_of_a_session(text: str) -> bool:
    """Tell whether a status says that a part of the session was given ("held - short"), and not how much."""
    typed = plain(text)
    return any(
        _PART.fullmatch(part.strip(" .)")) for part in (typed, *re.split(rf"{_REMARK.pattern}|,\s*", typed))
    )


def _means_something_else(typed: str, codes: Mapping[str, str]) -> bool:
    """Tell whether a text is, or begins with, a code that `codes` gives no meaning ("")."""
    unknown = {code_key(code) for code, word in codes.items() if not word}
    return bool(unknown) and not unknown.isdisjoint(
        (code_key(typed), code_key(re.split(r"[\s/:(,-]", typed)[0]))
    )


def _read_number(number: float) -> Reading[Code]:
    if number == 0:
        return Reading(None, "No minutes: it does not say why there was no session.", _REMEDY)
    if 0 < number < SHORTEST_SESSION:
        return Reading(None, "It does not say what this number counts.", _REMEDY)
    if math.isfinite(number) and number == int(number) and SHORTEST_SESSION <= number <= LONGEST_SESSION:
        return Reading(Code(Category.DELIVERED, int(number)))
    return Reading(None, "This number is no session's minutes.", _REMEDY)


def code_key(text: str) -> str:
    """Return a code without case, dots, spaces and accents."""
    return re.sub(r"[\s._]+", "", without_accents(plain(text)))


def is_built_in(text: str) -> bool:
    """Tell whether a text is one of the codes or words that need no key and no configuration."""
    return code_key(text) in _known()


def is_refused(text: str) -> bool:
    """Tell whether a text is one of the codes or words that leave open what happened: "CX", "cancelled"."""
    return code_key(text) in _refused()


def words_of_code(code: Code) -> str:
    """Return what a key says of a code, as `read_code` takes it: a category in words, and its minutes."""
    word = CATEGORY_WORDS[code.category]
    return word if code.minutes is None else f"{word} {code.minutes} min"


def category_of_words(words: str) -> str:
    """Return the category in `words_of_code`, without the minutes."""
    timed = _WORD_AND_MINUTES.fullmatch(words)
    return timed["word"] if timed else words


def _own_codes(codes: Mapping[str, str] | None) -> dict[str, Code]:
    own: dict[str, Code] = {}
    for code, said in (codes or {}).items():
        timed = _WORD_AND_MINUTES.fullmatch(said)
        category = _categories().get(code_key(timed["word"] if timed else said))
        if category is not None:
            own[code_key(code)] = Code(category, int(timed["m"]) if timed else None)
    return own


@cache
def _categories() -> dict[str, Category]:
    return {code_key(word): category for category, word in CATEGORY_WORDS.items() if category}


def _whole(typed: str, own: Mapping[str, Code]) -> Reading[Code] | None:
    """Read a text that is one known code or word."""
    key = code_key(typed)
    if key in own:
        return Reading(own[key])
    if not key or not any(c.isalnum() for c in key):
        return Reading(None, "This mark has no meaning of its own.", _REMEDY)
    for form in (key, re.sub(r"[^\w]+", "", key)):
        if form in _known():
            return Reading(Code(_known()[form]))
        if form in _refused():
            return Reading(None, _refused()[form], _REMEDY)
    if len(key) == 1 and key.isalpha():
        return Reading(None, "One letter means nothing until the workbook's own key says so.", _REMEDY)
    return None


def _with_minutes(typed: str, own: Mapping[str, Code]) -> Reading[Code] | None:
    bare = _MINUTES.fullmatch(typed)
    if bare:
        return _read_number(float(bare["m"]))
    found = _CODE_MINUTES.fullmatch(typed) or _MINUTES_CODE.fullmatch(typed)
    if not found:
        return _with_a_number(typed) if _PART_OF.search(typed) else None
    reading = _whole(found["code"].strip(" ,/:-("), own)
    if reading is None and found["unit"]:
        reading = _phrase(found["code"])
    if reading is None:
        return _with_a_number(found["code"])
    minutes = int(found["m"])
    if _is_held(reading) and minutes < SHORTEST_SESSION and not found["unit"]:
        return Reading(None, "It does not say what this number counts.", _REMEDY)
    if reading.value is not None and minutes > LONGEST_SESSION:
        return Reading(None, "This number is no session's minutes.", _REMEDY)
    lost = reading.value is not None and found["code"].casefold().startswith("short")
    if reading.value is not None and (reading.value.category is Category.LATE or lost):
        problem = "It does not say whether so many minutes were given or lost."
        return Reading(reading.value, problem, "Write in Minutes how long the session was.")
    if reading.value is not None and reading.value.minutes not in (None, minutes):
        problem = (
            f"The key says of this code {reading.value.minutes} minutes, and here stands another number."
        )
        return Reading(
            Code(reading.value.category, minutes), problem, "Write in Minutes how long the session was."
        )
    return reading if reading.value is None else Reading(Code(reading.value.category, minutes))


def _with_times(typed: str, own: Mapping[str, Code]) -> Reading[Code] | None:
    """Read a session that was given with the times at which it was."""
    timed = code_and_minutes(typed)
    reading = (_whole(timed[0], own) or _phrase(timed[0])) if timed else None
    if timed is None or reading is None or reading.value is None or not _is_held(reading):
        return None
    return replace(reading, value=replace(reading.value, minutes=timed[1]))


def _is_held(reading: Reading[Code]) -> bool:
    return reading.value is not None and reading.value.category in _HELD


def _with_a_number(phrase: str) -> Reading[Code] | None:
    """Ask what a number beside a session that was given counts; "OSS day 3" counts no minutes."""
    reading = _phrase(phrase)
    if reading.value is None or reading.value.category not in _HELD:
        return None
    problem = "It does not say what the number counts."
    return Reading(reading.value, problem, "Write the minutes that were given into Minutes.")


def _phrase(typed: str) -> Reading[Code]:
    found = read_phrase(typed)
    if isinstance(found, Category):
        return Reading(Code(found))
    return Reading(None, found, _REMEDY)


def _absent_who(typed: str) -> Reading[Code] | None:
    """Read "Absent (student)" as "student absent". Of a provider only words that are no service's name
    as well: "Absent - OT" may be the student's, in the session of OT."""
    found = _ABSENT_WHO.fullmatch(typed)
    return _whole(f"{found['who']} absent", {}) if found else None


def _with_remark(typed: str, own: Mapping[str, Code]) -> Reading[Code]:
    """Read a phrase, or a known code with a remark that does not say otherwise: "CNA - nurse"."""
    phrase = _phrase(typed)
    head, *remarks = _REMARK.split(typed.rstrip(" )"))
    code = _whole(head, own) if remarks else None
    if remarks and _MINUTES.fullmatch(head) and phrase.value and phrase.value.category not in _HELD:
        return Reading(None, _MORE_THAN_ONE, _REMEDY)
    if code is None or code.value is None:
        return phrase
    said = [_whole(remark, own) or _phrase(remark) for remark in remarks]
    found = {reading.value.category for reading in (code, phrase, *said) if reading.value is not None}
    if found in _TOGETHER:
        return Reading(Code(max(found)))
    if code.value.category is Category.LATE and found == {Category.LATE, Category.STUDENT_UNAVAILABLE}:
        return code
    untold = [remark for remark, reading in zip(remarks, said, strict=True) if reading.value is None]
    held = code.value.category in _HELD
    denied = any(map(denies if held else says_it_was_given, untold))
    if code.value.category in _OF_THE_STUDENT and any(map(names_a_provider, untold)):
        return Reading(None, "It does not say whether the student or the provider was absent.", _REMEDY)
    unsure = any(_OR.search(remark) for remark in untold)
    made_up = not held and any(read_make_up(remark, None) for remark in untold)
    if len(found) > 1 or denied or unsure or made_up:
        return Reading(None, _MORE_THAN_ONE, _REMEDY)
    return _with_doubts(code, untold) if held else code


def _with_doubts(code: Reading[Code], remarks: Sequence[str]) -> Reading[Code]:
    """Ask about a session beside which other work stands; where that is all that stands, refuse it."""
    doubted = [(remark, why) for remark in remarks if (why := doubts_session(remark))]
    if not doubted:
        return code
    remark, why = doubted[0]
    return Reading(None if is_short(remark) else code.value, why, _REMEDY)


_HELD = (Category.DELIVERED, Category.MAKE_UP, Category.LATE)
_OF_THE_STUDENT = (Category.STUDENT_ABSENT, Category.STUDENT_REFUSED, Category.STUDENT_UNAVAILABLE)
_TOGETHER = ({Category.DELIVERED, Category.LATE}, {Category.DELIVERED, Category.MAKE_UP})
"""Pairs that make one: a session delivered late, or delivered as a make-up, is the second."""


@cache
def _known() -> dict[str, Category]:
    by_word = _categories()
    known = {
        code_key(word): by_word[code_key(name)] for name, spoken in words("codes").items() for word in spoken
    } | {code_key(name): Category.SCHOOL_CLOSED for name in holidays()}
    return {re.sub(r"[^\w]+", "", key): category for key, category in known.items()} | known


@cache
def _refused() -> dict[str, str]:
    return {code_key(typed): ", ".join(why) for typed, *why in rows("not_codes")}
