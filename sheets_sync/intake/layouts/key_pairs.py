"""The codes and meanings in one text: "P = present; A = absent", "No show (NS)", "NS no show, P seen"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sheets_sync.intake.plain import LONGEST

Means = Callable[[str], str | None]
"""Returns what a word of the key says, in the words that are counted with; None where that is not known."""

_ARROW = "=>|->|→|➔|➜|⇒|⟶"
_EQUALS = rf"(?:{_ARROW}|=)"
_CODE = r"(?P<code>[^\W\d_][^\s=:()→➔➜⇒⟶]{0,5}|[^\w\s=:()]{1,2})"
_SHORT = r"(?P<code>[A-Z][A-Z/]{0,4})"
_CODE_FIRST = re.compile(rf"^\W*{_CODE}\s*(?:{_EQUALS}|:|\s[-–—]\s)\s*(?P<meaning>\S.*)$")
_IN_BRACKETS = re.compile(rf"^\W*{_SHORT}\s*\(\s*(?P<meaning>[^()]{{3,}}?)\s*\)\W*$")
_WORDS_FIRST = re.compile(
    rf"^\W*(?P<meaning>(?:[^\W\d_]|\d+[\s-]*min)[^=]*?)\s*{_EQUALS}\s*(?P<code>[A-Z][A-Z/]{{0,4}}|[a-z]{{1,2}}|[^\w\s=()]{{1,2}})$"
)
_WORDS_THEN = re.compile(rf"^\W*(?P<meaning>[^\W\d_][^()=]*?)(?:\s+[-–—]\s+{_SHORT})$")
_WORDS_AROUND = re.compile(rf"^\W*(?P<meaning>[^\W\d_][^()=]*?)\s*\(\s*{_SHORT}\s*\)$")
_WITHOUT_MARK = re.compile(rf"^{_SHORT}\s+(?P<meaning>[^\W\d_].*)$")
_SHORTEST = re.compile(r"[A-Z][A-Z/]{0,3}")
_ALONE = re.compile(_CODE)
_NEXT = rf"[^\W\d_][\w/-]{{0,5}}\s*{_EQUALS}"
_APART = re.compile(r"\s*[;,|\n]\s*|\s{2,}(?=[^\s=\-→➔➜⇒⟶])|(?<=\))\s+")
_RUN_ON = re.compile(rf"(?<=[^\s=>→➔➜⇒⟶])\s+(?={_NEXT})")
"""Between two pairs: a mark, several spaces, or the space before the next code and its "="."""
_HOW_LONG = re.compile(
    r"\W*\d[\d\s./-]*(?:\w+ \d+\s*)?(?:m|mins?|minutes?|h|hrs?|hours?)\b"
    r"|.*\b(?:half|partial\w*|shortened)\b",
    re.IGNORECASE,
)
"""Behind a mark, what is said of how long a code's session was: "MU = made up, 45 min"."""
_BRACKETS_FIRST = re.compile(r"(^\W*?|[;,|\n]\s*|\s{2,})\(([A-Z][A-Z/]{0,4})\)\s*(?=[^\W\d_])")
"""The code before its words, in brackets: "(P) present, (A) absent"."""
_CAPTION = re.compile(r"^\W*(?:key|legend|codes?)\s*[:\-–]\s*", re.IGNORECASE)
_WHO = re.compile(
    r"(?:student|child|name|provider|teacher|therapist|staff|case manager|school)s?", re.IGNORECASE
)
"""Words before somebody's initials: "Student (AB)" tells of no code."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`surely`: a mark says that the code means this; without one the words could tell of something else."""

    code: str
    meaning: str
    surely: bool = True


def is_code(text: str) -> bool:
    """Tell whether a text can be a code of a key: a few letters, or a mark."""
    return _ALONE.fullmatch(text.strip()) is not None


def pairs_in(text: str, means: Means) -> tuple[Pair, ...]:
    """Return the pairs of a key that a text holds, none where it is no key.

    Where the words stand first ("No show - NS") or in brackets, their meaning must be known; without any
    mark ("NS no show, PA parent cancelled") all of the text must be pairs, at least two, of known meanings.
    """
    if len(text) > 20 * LONGEST:
        return ()
    typed = text.strip()
    bare = _CAPTION.sub("", typed)
    if _BRACKETS_FIRST.match(bare):
        bare = _BRACKETS_FIRST.sub(r"\1\2 = ", bare)
    parts = _with_how_long([part for part in map(str.strip, _APART.split(bare)) if part], means)
    found = [pair for part in parts for pair in _in_part(part, means)]
    if found:
        return tuple(found)
    loose = [_WITHOUT_MARK.match(part) for part in parts]
    pairs = [Pair(pair["code"], pair["meaning"], bare != typed) for pair in loose if pair]
    whole = len(pairs) == len(parts) > 1 and all(means(pair.meaning) for pair in pairs)
    return tuple(pairs) if whole else ()


def _with_how_long(parts: list[str], means: Means) -> list[str]:
    """Join each part that says how long, and names no code, to the one before."""
    joined: list[str] = []
    for part in parts:
        if joined and _HOW_LONG.match(part) and not any(_in_part(part, means)):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined


def says_what_a_code_means(text: str) -> bool:
    """Tell whether a text is a part of a key: "P = present"."""
    if not re.search(_EQUALS, text):
        return False
    parts = _APART.split(_CAPTION.sub("", text.strip()))
    return any(_CODE_FIRST.match(run) for part in parts for run in _RUN_ON.split(part))


def is_key_line(text: str) -> bool:
    """Tell whether a text is a key of codes, also without "=": "P: Present | A: Absent", "Codes: SA sick"."""
    if says_what_a_code_means(text):
        return True
    bare = _CAPTION.sub("", text.strip())
    if _BRACKETS_FIRST.match(bare):
        return True
    parts = [part for part in map(str.strip, _APART.split(bare)) if part]
    pairs = [_CODE_FIRST.match(part) or _WITHOUT_MARK.match(part) for part in parts]
    short = all(pair and _SHORTEST.fullmatch(pair["code"]) for pair in pairs)
    return short and (len(pairs) > 1 or bare != text.strip())


def _in_part(part: str, means: Means) -> Iterator[Pair]:
    """Yield the pairs of a part. "No show = NS" is one, though "show = NS" could be another code's."""
    whole = _turned(part, means) if len(re.findall(_EQUALS, part)) == 1 else None
    if whole:
        yield whole
        return
    for run in _RUN_ON.split(part):
        pair = _marked(run, means)
        if pair:
            yield pair


def _turned(part: str, means: Means) -> Pair | None:
    """Return the pair of a text in which the words stand first and the code, which is shorter, last."""
    last = _WORDS_FIRST.match(part) or _WORDS_THEN.match(part)
    first = _CODE_FIRST.match(part)
    if not last or _WHO.fullmatch(last["meaning"]) or means(last["meaning"]) is None:
        return None
    shorter = first is None or len(last["code"]) < len(first["code"])
    return Pair(last["code"], last["meaning"]) if shorter else None


def _marked(part: str, means: Means) -> Pair | None:
    turned = _turned(part, means)
    if turned:
        return turned
    first = _CODE_FIRST.match(part)
    if first:
        return Pair(first["code"], first["meaning"])
    for form in (_WORDS_AROUND, _IN_BRACKETS):
        pair = form.match(part)
        if pair and not _WHO.fullmatch(pair["meaning"]) and means(pair["meaning"]):
            return Pair(pair["code"], pair["meaning"])
    return None
