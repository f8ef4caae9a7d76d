"""What a Status says happened (spec: counting.md, "What a code does"; vocabulary/codes.csv).

Codes contradict each other from district to district: one letter means nothing until the workbook's key or
the configuration says so, and what leaves open who or why is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sheets_sync.categories import Category
from sheets_sync.intake.code import Code as Code
from sheets_sync.intake.code_doubts import denies, doubts_session, is_short, says_it_was_given, says_more
from sheets_sync.intake.code_phrases import names_a_provider, read_phrase
from sheets_sync.intake.dated_make_ups import read_make_up
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.intake.known_codes import REMEDY, code_key, own_codes, whole_code
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.times_in_codes import code_and_minutes
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, ErrorValue

SHORTEST_SESSION = 5
"""A bare number below this may be a mark, a count of sessions or of units."""
LONGEST_SESSION = 600
"""A bare number above this is no session's minutes."""

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
_REMARK = lazy_regex(r"\s+-\s+|\s*[(:;]\s*")
_ABSENT_WHO = lazy_regex(
    r"abs(?:ent|ence)?\.?(?:\s+-+\s*|\s*[(:/,]\s*)(?P<who>student|child|provider|therapist)\s*\)?",
    re.IGNORECASE,
)
_CODE_AND_DATE = lazy_regex(r"(?P<code>\w+)\s*[(:-]\s*\d{1,2}/\d{1,2}\s*\)?")
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
        numbered = own_codes(codes).get(f"{text:g}")
        return Reading(numbered) if numbered else _read_number(float(text))
    if isinstance(text, ErrorValue):
        return Reading(None, f"The cell shows {text.text} instead of a value.", "Mend the formula in it.")
    if not isinstance(text, str):
        return Reading(None, "A date or time is no status.", REMEDY)
    typed = plain(text)
    if len(typed) > LONGEST:
        return Reading(None, "This is too long for a status.", REMEDY)
    own = own_codes(codes)
    if _means_something_else(typed, codes or {}):
        problem = "The key of codes gives this a meaning that is not known here, or two."
        return Reading(None, problem, REMEDY)
    if "?" in typed and code_key(typed) not in own:
        return Reading(None, "A question mark stands here.", REMEDY)
    whole = whole_code(typed, own)
    if whole is None and (why := says_more(typed)):
        return Reading(None, why, REMEDY)
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
        return Reading(None, "No minutes: it does not say why there was no session.", REMEDY)
    if 0 < number < SHORTEST_SESSION:
        return Reading(None, "It does not say what this number counts.", REMEDY)
    if math.isfinite(number) and number == int(number) and SHORTEST_SESSION <= number <= LONGEST_SESSION:
        return Reading(Code(Category.DELIVERED, int(number)))
    return Reading(None, "This number is no session's minutes.", REMEDY)


def _with_minutes(typed: str, own: Mapping[str, Code]) -> Reading[Code] | None:
    bare = _MINUTES.fullmatch(typed)
    if bare:
        return _read_number(float(bare["m"]))
    found = _CODE_MINUTES.fullmatch(typed) or _MINUTES_CODE.fullmatch(typed)
    if not found:
        return (_code_and_date(typed, own) or _with_a_number(typed)) if _PART_OF.search(typed) else None
    reading = whole_code(found["code"].strip(" ,/:-("), own)
    if reading is None and found["unit"]:
        reading = _phrase(found["code"])
    if reading is None:
        return _with_a_number(found["code"])
    minutes = int(found["m"])
    if _is_held(reading) and minutes < SHORTEST_SESSION and not found["unit"]:
        return Reading(None, "It does not say what this number counts.", REMEDY)
    if reading.value is not None and minutes > LONGEST_SESSION:
        return Reading(None, "This number is no session's minutes.", REMEDY)
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
    reading = (whole_code(timed[0], own) or _phrase(timed[0])) if timed else None
    if timed is None or reading is None or reading.value is None or not _is_held(reading):
        return None
    return replace(reading, value=replace(reading.value, minutes=timed[1]))


def _is_held(reading: Reading[Code]) -> bool:
    return reading.value is not None and reading.value.category in _HELD


def _with_a_number(phrase: str) -> Reading[Code] | None:
    """Ask what a number beside a session that was given counts; "OSS day 3" counts no minutes."""
    return _number_asked(_phrase(phrase))


def _code_and_date(typed: str, own: Mapping[str, Code]) -> Reading[Code] | None:
    """Ask about the date beside a code of the workbook's key, as in "P (10/9)"."""
    found = _CODE_AND_DATE.fullmatch(typed)
    reading = whole_code(found["code"], own) if found else None
    return _number_asked(reading) if reading else None


def _number_asked(reading: Reading[Code]) -> Reading[Code] | None:
    if reading.value is None or reading.value.category not in _HELD:
        return None
    problem = "It does not say what the number counts."
    return Reading(reading.value, problem, "Write the minutes that were given into Minutes.")


def _phrase(typed: str) -> Reading[Code]:
    found = read_phrase(typed)
    if isinstance(found, Category):
        return Reading(Code(found))
    return Reading(None, found, REMEDY)


def _absent_who(typed: str) -> Reading[Code] | None:
    """Read "Absent (student)" as "student absent". Of a provider only words that are no service's name
    as well: "Absent - OT" may be the student's, in the session of OT."""
    found = _ABSENT_WHO.fullmatch(typed)
    return whole_code(f"{found['who']} absent", {}) if found else None


def _with_remark(typed: str, own: Mapping[str, Code]) -> Reading[Code]:
    """Read a phrase, or a known code with a remark that does not say otherwise: "CNA - nurse"."""
    phrase = _phrase(typed)
    head, *remarks = _REMARK.split(typed.rstrip(" )"))
    code = whole_code(head, own) if remarks else None
    if remarks and _MINUTES.fullmatch(head) and phrase.value and phrase.value.category not in _HELD:
        return Reading(None, _MORE_THAN_ONE, REMEDY)
    if code is None or code.value is None:
        return phrase
    said = [whole_code(remark, own) or _phrase(remark) for remark in remarks]
    found = {reading.value.category for reading in (code, phrase, *said) if reading.value is not None}
    if found in _TOGETHER:
        return Reading(Code(max(found)))
    if code.value.category is Category.LATE and found == {Category.LATE, Category.STUDENT_UNAVAILABLE}:
        return code
    untold = [remark for remark, reading in zip(remarks, said, strict=True) if reading.value is None]
    held = code.value.category in _HELD
    denied = any(map(denies if held else says_it_was_given, untold))
    if code.value.category in _OF_THE_STUDENT and any(map(names_a_provider, untold)):
        return Reading(None, "It does not say whether the student or the provider was absent.", REMEDY)
    unsure = any(_OR.search(remark) for remark in untold)
    made_up = not held and any(read_make_up(remark, None) for remark in untold)
    if len(found) > 1 or denied or unsure or made_up:
        return Reading(None, _MORE_THAN_ONE, REMEDY)
    return _with_doubts(code, untold) if held else code


def _with_doubts(code: Reading[Code], remarks: Sequence[str]) -> Reading[Code]:
    """Ask about a session beside which other work stands; where that is all that stands, refuse it."""
    doubted = [(remark, why) for remark in remarks if (why := doubts_session(remark))]
    if not doubted:
        return code
    remark, why = doubted[0]
    return Reading(None if is_short(remark) else code.value, why, REMEDY)


_HELD = (Category.DELIVERED, Category.MAKE_UP, Category.LATE)
_OF_THE_STUDENT = (Category.STUDENT_ABSENT, Category.STUDENT_REFUSED, Category.STUDENT_UNAVAILABLE)
_TOGETHER = ({Category.DELIVERED, Category.LATE}, {Category.DELIVERED, Category.MAKE_UP})
"""Pairs that make one: a session delivered late, or delivered as a make-up, is the second."""
