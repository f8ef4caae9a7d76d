"""What the periods of a school day are called: "Period 3", "P3", "3rd pd", "Block B", "Study hall"."""

from __future__ import annotations

import re

from sheets_sync.intake.plain import plain
from sheets_sync.lazy_regex import lazy_regex

_LONGEST = 40
_KIND = r"(?P<kind>periods?|pds?|per|p|hours?|hr|blocks?|blks?|b)"
_NUMBERED = lazy_regex(
    rf"(?:{_KIND}\.?\s*#?\s*-?\s*)?(?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?P<letter>[a-d])?", re.IGNORECASE
)
_ORDINAL = lazy_regex(rf"(?P<number>\d{{1,2}})(?:st|nd|rd|th)\s+{_KIND}\.?", re.IGNORECASE)
_LETTERED = lazy_regex(
    r"(?:(?:block|blk|period|pd)\.?\s*(?P<after>[a-h])|(?P<before>[a-h])\s+(?:block|blk|period))",
    re.IGNORECASE,
)
_LETTER = lazy_regex(r"[a-h]")
_SPAN = lazy_regex(
    rf"(?:{_KIND}\.?\s*#?\s*)?(?P<first>\d{{1,2}})"
    r"\s*(?:(?P<until>-+|to|thru|through)|&|and|\+|/|,)\s*"
    r"(?:(?:periods?|pds?|per|p|hr|blocks?|blks?|b)\.?\s*#?\s*)?(?P<last>\d{1,2})",
    re.IGNORECASE,
)
_NAMES = {
    **dict.fromkeys(("homeroom", "hr", "home room"), "homeroom"),
    **dict.fromkeys(("advisory", "adv", "advisory period"), "advisory"),
    **dict.fromkeys(("study hall", "studyhall", "sh"), "study hall"),
    **dict.fromkeys(("flex", "flex period", "flex time"), "flex"),
    **dict.fromkeys(("win", "win time", "w.i.n."), "win"),
    "specials": "specials",
    "lunch": "lunch",
    "lunch a": "lunch a",
    "lunch b": "lunch b",
    "lunch c": "lunch c",
    "a lunch": "lunch a",
    "b lunch": "lunch b",
    "c lunch": "lunch c",
    "recess": "recess",
    "breakfast": "breakfast",
    "morning meeting": "morning meeting",
    "zero period": "p0",
    "zero hour": "p0",
    "intervention": "intervention",
    "intervention block": "intervention",
    "dismissal": "dismissal",
    "arrival": "arrival",
    "passing": "passing",
    "break": "break",
    "nutrition": "nutrition",
    "tutorial": "tutorial",
    "activity": "activity",
    "activity period": "activity",
}
_HEADER = lazy_regex(
    r"(?:class\s|bell\s)?(?:(?P<period>periods?|pds?\.?|per\.?|hours?|hrs?\.?)|(?P<block>blocks?|blks?\.?)|bells?|period\s?/\s?block"
    r"|block\s?/\s?period)",
    re.IGNORECASE,
)

_PART_OF_DAY = lazy_regex(
    r"\W*(?:(?:early |late |mid-?)?(?:morning|afternoon)s?|[ap]\.?m\.?|(?:before|after) (?:school|lunch))\W*",
    re.IGNORECASE,
)


def period_key(text: str, kind: str = "") -> str | None:
    """Return what two spellings of a period share: "p3", "b5", "bb", "study hall"; None for anything else.

    A bare number is its own key, or of the `kind` ("p", "b") that the header above it names; a bare letter is
    a block below such a header alone.
    """
    if not text or len(text) > _LONGEST:
        return None
    typed = " ".join(plain(text).casefold().split()).strip(" .:")
    if typed in _NAMES:
        return _NAMES[typed]
    found = _ORDINAL.fullmatch(typed) or _NUMBERED.fullmatch(typed)
    if found:
        named = (found["kind"] or "")[:1].replace("h", "p") or kind.strip("?")
        letter = found["letter"] or "" if "letter" in found.re.groupindex else ""
        return f"{named}{int(found['number'])}{letter}"
    if kind and _LETTER.fullmatch(typed):
        return f"b{typed}"
    lettered = _LETTERED.fullmatch(typed)
    return f"b{lettered['after'] or lettered['before']}" if lettered else None


def periods_spanned(text: str, kind: str = "") -> tuple[str, str] | None:
    """Return the keys of the first and the last of several periods on end: "Periods 2-3", "P2-P3", "2 & 3".

    A text without a word for them is read so too, as of the `kind` above it: "2-3" may be a time as well.
    """
    if not text or len(text) > _LONGEST:
        return None
    found = _SPAN.fullmatch(" ".join(plain(text).casefold().split()).strip(" .:"))
    if found is None:
        return None
    first, last = int(found["first"]), int(found["last"])
    if not (first < last if found["until"] else first + 1 == last):
        return None
    named = (found["kind"] or "")[:1].replace("h", "p") or kind.strip("?")
    return f"{named}{first}", f"{named}{last}"


def kind_of_header(text: str) -> str:
    """Return "p" or "b" where a header says that periods or blocks stand below, "?" where either; else ""."""
    found = _HEADER.fullmatch(plain(text)) if text and len(text) <= _LONGEST else None
    if found is None:
        return ""
    return "p" if found["period"] else "b" if found["block"] else "?"


def is_part_of_day(text: str) -> bool:
    """Tell whether a text beside the times is "AM", "Morning" or the like, which says nothing more."""
    return _PART_OF_DAY.fullmatch(text) is not None
