"""The codes and meanings in one text: "P = present; A = absent", "No show (NS)", "NS no show, P seen"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from sheets_sync.intake.code_phrases import names_a_provider
from sheets_sync.intake.layouts.key_beside import Said
from sheets_sync.intake.plain import LONGEST
from sheets_sync.lazy_regex import lazy_regex

Place = tuple[int, int]
"""A 1-based row and a 0-based column."""

Means = Callable[[str], str | None]
"""Returns what a word of the key says, in the words that are counted with; None where that is not known."""

_ARROW = "=>|->|→|➔|➜|⇒|⟶"
_EQUALS = rf"(?:{_ARROW}|=)"
_CODE = r"(?P<code>[^\W\d_][^\s=:()→➔➜⇒⟶]{0,5}|[^\w\s=:()]{1,2}|\d(?=\s*=))"
_CODE_HERE = r"[A-Z][A-Z/]{0,4}"
_MARK = r"[^\w\s=:()|]{1,2}"
_SHORT = r"(?P<code>[A-Z][A-Z/]{0,4})"
_CODE_FIRST = lazy_regex(rf"^\W*{_CODE}\s*(?:{_EQUALS}|:|\s[-–—]\s)\s*(?P<meaning>\S.*)$")
_IN_BRACKETS = lazy_regex(rf"^\W*{_SHORT}\s*\(\s*(?P<meaning>[^()]{{3,}}?)\s*\)\W*$")
_WORDS_FIRST = lazy_regex(
    rf"^\W*(?P<meaning>(?:[^\W\d_]|\d+[\s-]*min)[^=]*?)\s*{_EQUALS}\s*(?P<code>[A-Z][A-Z/]{{0,4}}|[a-z]{{1,2}}|[^\w\s=()]{{1,2}})$"
)
_WORDS_THEN = lazy_regex(rf"^\W*(?P<meaning>[^\W\d_][^()=]*?)(?:\s+[-–—]\s+{_SHORT})$")
_WORDS_AROUND = lazy_regex(rf"^\W*(?P<meaning>[^\W\d_][^()=]*?)\s*\(\s*{_SHORT}\s*\)$")
_WITHOUT_MARK = lazy_regex(rf"^{_SHORT}\s+(?P<meaning>[^\W\d_].*)$")
_MARK_FIRST = lazy_regex(rf"^(?P<code>{_MARK})\s+(?P<meaning>[^\W\d_].*)$")
_SHORTEST = lazy_regex(r"[A-Z][A-Z/]{0,3}")
_ALONE = lazy_regex(_CODE)
_NEXT = rf"(?:[^\W\d_][\w/-]{{0,5}}\s*{_EQUALS}|(?:{_MARK}|\d)\s*=)"
_RUN_ON = lazy_regex(rf"(?<=[^\s=>→➔➜⇒⟶])\s+(?={_NEXT})")
"""Between two pairs without a mark: the space before the next code and its "="."""
_APART = lazy_regex(
    r"\s*[;,|\n](?![^()=:]*\))\s*|\s{2,}(?=[^\s=\-→➔➜⇒⟶])|(?<=\))\s+"
    rf"|\s{{2,}}(?={_MARK}\s*=)|\s*•\s*(?={_CODE_HERE}\s*[=:\-])"
)
"""Between two parts: a mark outside of brackets, or several spaces."""
_ASKS = lazy_regex(
    r"(?:please |and )*(?:note|write|enter|put|list|include|specify|indicate|give)"
    r"(?: (?:the|in|down|original|number of))*"
    r" (?:dates?|reasons?|why|min(?:ute)?s|time|initials|who|details)\b[^\d=]*",
    re.IGNORECASE,
)
"""Behind a meaning, what is asked of those who use the code: "MU = make-up, note the date"."""
_BRACKETS_FIRST = lazy_regex(r"(^\W*?|[;,|\n]\s*|\s+)\(([A-Z][A-Z/]{0,4}|[^\w\s()]{1,2})\)\s*(?=[^\W\d_])")
"""The code before its words, in brackets: "(P) present, (A) absent"."""
_CAPTION = lazy_regex(r"^\W*(?:key|legend|codes?)\s*[:\-–]\s*", re.IGNORECASE)
_WHO = lazy_regex(
    r"(?:student|child|name|provider|teacher|therapist|staff|case manager|school)s?", re.IGNORECASE
)
"""Words before somebody's initials: "Student (AB)" tells of no code."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`surely`: a mark says that the code means this; without one the words could tell of something else.
    `said` is what stands in the cells beside it, where it has a cell to itself."""

    code: str
    meaning: str
    surely: bool = True
    said: Said | None = None


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
        bare = _BRACKETS_FIRST.sub(r"\1, \2 = ", bare).lstrip(" ,")
    found = _joined(bare, means)
    if found:
        return tuple(found)
    parts = [part for _, part in _parts(bare)]
    loose = [_WITHOUT_MARK.match(part) or _MARK_FIRST.match(part) for part in parts]
    pairs = [Pair(pair["code"], pair["meaning"], bare != typed) for pair in loose if pair]
    apart = len({pair.code for pair in pairs}) == len(pairs)  # strokes before each line are those of a list
    whole = len(pairs) == len(parts) > 1 and apart and all(means(pair.meaning) for pair in pairs)
    return tuple(pairs) if whole else ()


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text, and whether each may go on with what stands before it.

    After "|" nothing goes on, and a new line does only where it begins like the middle of a sentence.
    """
    start, mark = 0, "|"
    for found in (*_APART.finditer(text), None):
        part = text[start : found.start() if found else None].strip()
        if part:
            in_line = not re.search(r"[|\n•]", mark) or mark.strip() in (",", ";")
            yield in_line or ("\n" in mark and (part[0].islower() or part[0] == "(")), part
        if found:
            mark, start = found[0] if part else mark + found[0], found.end()


def _joined(text: str, means: Means) -> list[Pair]:
    """Return the pairs of a text, each with all that is said of it: a part that is no pair of its own belongs
    to the meaning before it ("R = present, refused"), or to that behind it ("present, refused = R")."""
    found: list[Pair] = []
    waiting: list[str] = []
    turned = goes_on = False
    for beside, part in _parts(text):
        pairs = list(_in_part(part, means)) or list(_in_brackets(text, part))
        beside = beside and bool(found)
        if beside and (_ASKS.fullmatch(part) or (pairs and not _is_own(text, part, pairs[0], means))):
            pairs = []
        if not pairs and beside and not turned and not waiting:
            found[-1] = _with(found[-1], found[-1].meaning, "" if _ASKS.fullmatch(part) else part)
        elif not pairs:
            goes_on = goes_on if waiting else beside
            waiting.append(part)
        else:
            turned = part.lstrip(" (•").startswith(pairs[0].meaning)
            if turned:
                pairs[0] = _with(pairs[0], *waiting, pairs[0].meaning)
            elif goes_on and waiting:
                found[-1] = _with(found[-1], found[-1].meaning, *waiting)
            found, waiting = [*found, *pairs], []
    if goes_on and waiting:
        found[-1] = _with(found[-1], found[-1].meaning, *waiting)
    return found


def _with(pair: Pair, *said: str) -> Pair:
    return replace(pair, meaning=", ".join(filter(None, said)))


def _in_brackets(text: str, part: str) -> Iterator[Pair]:
    """Yield the pair of "R (present, refused)" among others in brackets, whose meaning is not known."""
    pair = None if re.search(_EQUALS, text) else _IN_BRACKETS.match(part)
    if pair and not _WHO.fullmatch(pair["meaning"]) and not names_a_provider(pair["code"]):
        yield Pair(pair["code"], pair["meaning"])


def _is_own(text: str, part: str, pair: Pair, means: Means) -> bool:
    """Tell whether a part is a pair of its own: among others with "=" one without it may be words, as in
    "R = present, OT - refused"."""
    if re.search(_EQUALS, part) or not re.search(_EQUALS, text):
        return True
    known = _SHORTEST.fullmatch(pair.code) and (means(pair.meaning) or means(pair.code))
    return bool(known) and not names_a_provider(pair.code)


def marks_alone(texts: Mapping[Place, str], means: Means) -> dict[Place, Pair]:
    """Return the pairs of marks and words of a known meaning that have a cell each: "+ seen", "- absent". Two
    of them or more, with a mark of its own each, are a key; strokes before each are those of a list."""
    found = {place: _MARK_FIRST.match(text.strip()) for place, text in texts.items()}
    known = {place: one for place, one in found.items() if one and means(one["meaning"])}
    pairs = {place: Pair(one["code"], one["meaning"]) for place, one in known.items()}
    marks = [pair.code for pair in pairs.values()]
    return pairs if len(set(marks)) == len(marks) > 1 else {}


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
    if first and not (first["code"].isdigit() and means(first["meaning"]) is None):
        return Pair(first["code"], first["meaning"])
    for form in (_WORDS_AROUND, _IN_BRACKETS):
        pair = form.match(part)
        if pair and not _WHO.fullmatch(pair["meaning"]) and means(pair["meaning"]):
            return Pair(pair["code"], pair["meaning"])
    return None
