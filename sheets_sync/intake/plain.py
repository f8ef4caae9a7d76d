"""One way to write what is typed: the same hyphens, quotes and spaces, from whatever keyboard or form."""

from __future__ import annotations

import unicodedata

from sheets_sync.lazy_regex import lazy_regex

LONGEST = 300
"""A text longer than this is no phrase: readers refuse it unread, so that none takes long over it."""

_HYPHENS = lazy_regex("[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")
_PARTS = {"\u00bd": ".5", "\u00bc": ".25", "\u00be": ".75"}
_PART = lazy_regex(r"(\d?)\s*([\u00bc-\u00be])")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00b4": "'", "`": "'"})
_UNDECOMPOSED = str.maketrans(
    {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00e6": "ae", "\u0153": "oe", "\u0131": "i"}
)


def plain(text: str) -> str:
    """Return a text with plain hyphens, quotes, fractions and single spaces; case and accents stay."""
    if text.isascii():
        return " ".join(text.split())
    text = _PART.sub(lambda found: (found[1] or "0") + _PARTS[found[2]], text)
    text = unicodedata.normalize("NFKC", text)
    text = _HYPHENS.sub("-", text).translate(_QUOTES)
    return " ".join("".join(c for c in text if not _is_invisible(c)).split())


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f"


def without_accents(text: str) -> str:
    """Return a text in lower case without accents: "Jos\u00e9" -> "jose"."""
    text = text.casefold()
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    return "".join(c for c in apart if not unicodedata.combining(c))
