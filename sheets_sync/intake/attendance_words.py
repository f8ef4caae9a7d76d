"""What the words of an Attendance say: absent, tardy, dismissed or present, and at what time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sheets_sync.intake.clock import TIME, read_time
from sheets_sync.intake.known_codes import code_key
from sheets_sync.intake.names import name_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.vocabulary import words
from sheets_sync.lazy_regex import lazy_regex

ABSENT, TARDY, DISMISSED, PRESENT = "absent", "tardy", "dismissed", "present"
TIMED = (TARDY, DISMISSED)
_EXCUSED = lazy_regex(
    r"(?:(?:un|not[ -]|in)?excused|exc|unexc|un?verified|verified|with(?:out)? (?:a )?note)\.?", re.IGNORECASE
)
_WHOLE_DAY = lazy_regex(r"(?:all|full|whole|entire) day", re.IGNORECASE)
_REMARK = lazy_regex(r"(?P<head>[^-(,;:/]+?)\s*(?:\s-\s|[(,;:/])\s*(?P<more>[^(),;:/]+?)\s*\)?")
_HOW_LATE = lazy_regex(
    r"(?:by )?\d{1,3}\s*(?:m|mins?|minutes?|hrs?|hours?)\.?(?: (?:late|early))?", re.IGNORECASE
)
_WITH_TIME = {
    **dict.fromkeys(("arrived", "arr", "came", "came in", "came late", "in", "signed in"), TARDY),
    **dict.fromkeys(("left", "picked up", "went home", "signed out", "out", "dismissal"), DISMISSED),
}
"""Words that say with a time what they do not say alone."""


@dataclass(frozen=True, slots=True)
class Said:
    """The kind, and the clock time as typed: "" for none."""

    kind: str
    time: str = ""


@cache
def _kinds() -> dict[str, str]:
    spoken = words("attendance_kinds")
    return {name_key(word): kind for kind, others in spoken.items() for word in (kind, *others)}


def attendance_kind(text: str) -> str | None:
    """Return absent, tardy, dismissed or present, in whatever words; None for any other."""
    return _kinds().get(name_key(text))


def attendance_said(text: str, codes: Mapping[str, str]) -> Said | None:
    """Return what a text says; None where that is not plain. `codes` are those of a key, by code_key.

    A remark may stand behind it that changes nothing ("Absent (excused)", "absent - sick"), and a time behind
    or before "tardy" and "dismissed" ("late 9:40", "left at 1:30").
    """
    typed = plain(text).strip() if len(text) <= LONGEST else ""
    kind = _kind(typed, codes)
    if kind:
        return Said(kind)
    remark = _REMARK.fullmatch(typed)
    kind = _kind(remark["head"], codes) if remark else None
    if remark and kind and _says_no_other(kind, remark["more"]):
        return Said(kind)
    return _timed(typed, codes)


def is_remark(kind: str, text: str) -> bool:
    """Tell whether a text beside a kind says only how, and nothing else: "excused", "all day", "10 min"."""
    typed = plain(text).strip()
    if _EXCUSED.fullmatch(typed):
        return True
    return bool((_WHOLE_DAY if kind == ABSENT else _HOW_LATE).fullmatch(typed))


def is_time(text: str) -> bool:
    """Tell whether a text is a clock time beyond doubt: "15" may be minutes."""
    typed = plain(text).strip()
    is_written_out = ":" in typed or re.search(r"[ap]\.?m\b", typed, re.IGNORECASE)
    return bool(is_written_out) and read_time(typed).value is not None


def _kind(text: str, codes: Mapping[str, str]) -> str | None:
    key = code_key(text)
    return codes[key] if key in codes else attendance_kind(text)


def _says_no_other(kind: str, more: str) -> bool:
    return is_remark(kind, more) or attendance_kind(more) == kind


def _timed(typed: str, codes: Mapping[str, str]) -> Said | None:
    for found in _split(typed):
        kind = _kind(found["kind"], codes) or _WITH_TIME.get(name_key(found["kind"]))
        if kind == TARDY and _HOW_LATE.fullmatch(found["time"]):
            return Said(kind)
        if kind in TIMED and (is_time(found["time"]) or _is_bare(found["time"])):
            return Said(kind, found["time"])
    return None


def _is_bare(time: str) -> bool:
    """Tell whether a time is written in digits alone: "930", as in a grid's "T 930"."""
    return re.fullmatch(r"\d{3,4}", time) is not None and read_time(time).value is not None


_BEFORE = lazy_regex(
    r"(?P<kind>[^\d@(:]*[^\W\d])\s*(?:[-@(:]\s*)?(?:at )?(?P<time>\d[^()]*)\)?", re.IGNORECASE
)
_BEHIND = lazy_regex(rf"(?P<time>{TIME.pattern})\s+(?:-\s)?(?P<kind>[^\W\d][^\d]*)", re.IGNORECASE)


def _split(typed: str) -> list[dict[str, str]]:
    ways = (_BEFORE.fullmatch(typed), _BEHIND.fullmatch(typed))
    return [
        {"kind": re.sub(r"\s+at$", "", way["kind"].strip()), "time": way["time"].strip()}
        for way in ways
        if way
    ]
