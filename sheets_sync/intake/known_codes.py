"""The codes and words that each are one thing that happened: built in, and the workbook's own
(spec: counting.md, "What a code does"; vocabulary/codes.csv)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.code import Code
from sheets_sync.intake.holidays import holidays
from sheets_sync.intake.plain import plain, without_accents
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.vocabulary import rows, words
from sheets_sync.lazy_regex import lazy_regex

REMEDY = 'Write what happened, like "student absent", or name the code in the configuration under [codes].'
_WORD_AND_MINUTES = lazy_regex(r"(?P<word>.*\D)\s(?P<m>\d{1,3}) min")
_JOINED = lazy_regex(r"\w[+&]\w")
"""Two marks in one cell: "P+A" is not the provider's absence "PA"."""


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


def own_codes(codes: Mapping[str, str] | None) -> dict[str, Code]:
    """Return by `code_key` what the workbook's own codes say, in the words of `words_of_code`; those without
    a meaning ("") are left out."""
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


def whole_code(typed: str, own: Mapping[str, Code]) -> Reading[Code] | None:
    """Read a text that is one known code or word."""
    key = code_key(typed)
    if key in own:
        return Reading(own[key])
    if not key or not any(c.isalnum() for c in key):
        return Reading(None, "This mark has no meaning of its own.", REMEDY)
    for form in (key, "" if _JOINED.search(key) else re.sub(r"[^\w]+", "", key)):
        if form in _known():
            return Reading(Code(_known()[form]))
        if form in _refused():
            return Reading(None, _refused()[form], REMEDY)
    if len(key) == 1 and key.isalpha():
        return Reading(None, "One letter means nothing until the workbook's own key says so.", REMEDY)
    return None


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
