"""Names of students and staff: how two spellings are compared, and what a name in a cell says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from sheets_sync.intake.plain import LONGEST, plain, without_accents
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.vocabulary import rows
from sheets_sync.lazy_regex import lazy_regex

_AROUND_MARKS = lazy_regex(r"\s*([,;/&()])\s*")
_TRAILING = " .,;:*"
_SEPARATORS = lazy_regex(r"\s*[;\n\r\u2028|]+\s*")
_LIST_MARKS = lazy_regex(r"^\s*(?:[-*\u2022\u00b7]|\d{1,2}[.)])\s+")
_CODE = lazy_regex(r"[A-Z]{0,4}-?\d+(?:-\d+)*(?:-[A-Z]{1,2})?|[A-Z]{1,5}-\d[\dA-Z-]*")
_INITIALS = lazy_regex(r"(?:[A-Z]\.\s?){2,4}|[A-Z]{2}")
_LIKE = 'Write it like "Smith, John" or "Maya R.".'
_WORD = r"[^\W\d_][\w'.-]*"
_WORDS = rf"{_WORD}(?:\s{_WORD})*"
_LAST_FIRST = lazy_regex(rf"(?P<last>{_WORDS})\s*,\s*(?P<first>{_WORDS})(?:\s*,\s*(?P<suffix>[\w.]+))?")
_SUFFIX = lazy_regex(r"^(?P<name>.+?),?\s+(?P<suffix>jr\.?|sr\.?|ii|iii|iv)$", re.IGNORECASE)
_INITIAL = lazy_regex(r"[^\W\d_]\.?")
_NICKNAME = lazy_regex(r"(?:^|\s)[\"'][^\"']+[\"'](?:\s|$)")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "coach", "teacher", "nurse"))
"""Before an initial they make the name of a grown-up: "Coach M."."""
_SHORTEST_NUMBER = 3
"""A student's number has at least so many digits; a shorter one counts something."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name that its form tells apart, "" where it does not. `code` is instead of a name."""

    last: str = ""
    first: str = ""
    initial: str = ""
    suffix: str = ""
    code: str = ""
    initials: str = ""


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """Return what two spellings of a name share: no case, no accents, single spaces, no last full stop.

    Commas, hyphens and the order of the words stay: "Rivera, Ana" is not "Ana Rivera" (workbook.md).
    """
    folded = _AROUND_MARKS.sub(r"\1", " ".join(without_accents(plain(text)).split()))
    return folded.rstrip(_TRAILING) or folded.strip()


def split_students(text: str) -> tuple[str, ...]:
    """Return the students that a cell names: "Ana R.; Ben T." or one a line.

    "&", "and", "+" and "/" part two names only where each side looks like a whole one ("Ana R./Ben T."),
    commas only where every part is a given name and an initial, or a code: "Smith, John" is one.
    """
    return _distinct(name for line in split_lines(text) for name in _split_line(line))


def split_lines(text: str) -> tuple[str, ...]:
    """Part what semicolons and line ends part: whatever else stands there, these are several names."""
    if len(text) > 10 * LONGEST:
        return (text.strip(),)
    lines = (_LIST_MARKS.sub("", part) for part in _SEPARATORS.split(text))
    return _distinct(" ".join(line.split()) for line in lines)


def split_doubtfully(text: str) -> tuple[str, ...]:
    """Part a text at every comma and "and": names if each part is one, else parts of one name."""
    if len(text) > 10 * LONGEST:
        return (text.strip(),)
    return _distinct(re.split(r"\s*(?:[,&+/]|\band\b)\s*", text, flags=re.IGNORECASE))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (n.strip(" ,;") for n in names) if name))


_TWO = lazy_regex(r"\s*(?:&|\+|/|\band\b)\s*", re.IGNORECASE)
_WHOLE = lazy_regex(
    r"[^\W\d_][\w'-]*(?:\s[^\W\d_][\w'-]*)*\s[^\W\d_][\w'-]*\.?"
    r"|[A-Z]{1,4}-?\d{2,}[\w-]*|[\w' -]+,\s*[\w'. -]+"
)
_GIVEN_INITIAL = lazy_regex(r"[^\W\d_][\w'-]+\s[^\W\d_]\.?")


def _split_line(line: str) -> list[str]:
    parts = [part for part in _TWO.split(line) if part]
    if len(parts) > 1 and all(_WHOLE.fullmatch(part) for part in parts):
        return [piece for part in parts for piece in _split_commas(part)]
    last = parts[-1] if parts else ""
    if len(parts) == 2 and _GIVEN_INITIAL.fullmatch(last) and len(_split_commas(parts[0])) > 1:
        return [*_split_commas(parts[0]), last]
    return _split_commas(line)


def _split_commas(line: str) -> list[str]:
    parts = [part.strip() for part in line.split(",") if part.strip()]
    if len(parts) > 1 and all(_GIVEN_INITIAL.fullmatch(part) or _CODE.fullmatch(part) for part in parts):
        return parts
    return [line]


def read_name(text: str) -> Reading[PersonName]:
    """Tell the parts of one person's name apart where its form does: "Smith, John", "Maya R.", "S001".

    Two bare words ("Smith John") and one alone ("Cher") are refused: which is the last name is not told.
    """
    name = plain(text).strip("* ")
    if not name or len(name) > LONGEST:
        return Reading(None, "There is no name here.", 'Write it like "Smith, John".')
    if name.isdigit() and len(name) < _SHORTEST_NUMBER:
        return Reading(None, "This is a number and no name.", _LIKE)
    if _CODE.fullmatch(name):
        return Reading(PersonName(code=name))
    if name.casefold() in _no_names():
        return Reading(None, "This is no name.", _LIKE)
    if _INITIALS.fullmatch(name):
        return Reading(PersonName(initials=name))
    if re.search(r"[&/;+]|\band\b", name, re.IGNORECASE) or len(split_students(name)) > 1:
        return Reading(
            None, "Two people are named in one cell.", "Write one name a cell, or part them with a semicolon."
        )
    if _NICKNAME.search(name) or "(" in name:
        return Reading(None, "A nickname or a remark stands within the name.", _LIKE)
    if any(c.isdigit() for c in name):
        return Reading(None, "A name and a number run together.", "Write the name alone.")
    return _read_words(name)


@cache
def _no_names() -> frozenset[str]:
    """Return words and abbreviations that stand where a name would, and name nobody."""
    return frozenset(word for row in rows("not_names") for word in row)


def _read_words(name: str) -> Reading[PersonName]:
    suffixed = _SUFFIX.match(name)
    suffix = suffixed["suffix"] if suffixed else ""
    bare = suffixed["name"] if suffixed else name
    found = _LAST_FIRST.fullmatch(bare)
    if found and not found["suffix"]:
        last, first = found["last"], found["first"]
        if behind := _SUFFIX.match(last):
            last, suffix = behind["name"], suffix or behind["suffix"]
        if _INITIAL.fullmatch(first):
            return Reading(PersonName(last=last, initial=first.rstrip("."), suffix=suffix))
        return Reading(PersonName(last=last, first=first, suffix=suffix))
    words = bare.split()
    if len(words) > 1 and "," not in bare and _INITIAL.fullmatch(words[-1]):
        rest = " ".join(words[:-1])
        if len(rest) == 1 or any(word.casefold().rstrip(".") in _no_names() | _TITLES for word in words[:-1]):
            return Reading(None, "This is no name of one person.", _LIKE)
        if words[-1].endswith("."):
            return Reading(PersonName(first=rest, initial=words[-1].rstrip("."), suffix=suffix))
        unsure = "A last name and an initial, or a first name: it is read as the last name."
        return Reading(PersonName(last=rest, initial=words[-1], suffix=suffix), unsure, _LIKE)
    problem = (
        "This is one name: it does not say whether first or last."
        if len(words) < 2
        else "It does not say which is the last name."
    )
    return Reading(None, problem, _LIKE)
