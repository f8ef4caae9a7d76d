"""Text as it must stand in SpreadsheetML so that exactly this text is read again."""

from __future__ import annotations

import re

from sheets_sync.edges.excel.quoting import escape
from sheets_sync.lazy_regex import lazy_regex

LONGEST_TEXT = 32_767
"""Characters of a cell or a note, in UTF-16 as Excel counts them; what is longer is cut, and ends in "…"."""

_NOT_IN_XML = lazy_regex("[\x00-\x08\x0b-\x1f]")
_LOOKS_ESCAPED = lazy_regex(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_CHARACTER = lazy_regex("[\ud800-\udfff\ufffe\uffff]")
_ESCAPED = lazy_regex(r"_x([0-9A-Fa-f]{4})_")
_READ_AS_OTHER = lazy_regex(r"\s*(?:[=+\-@'.,$(%\d]|(?:true|false)\s*$)", re.IGNORECASE)


def cell_text(text: str) -> str:
    """Return the content of a <t> element.

    Characters that XML cannot hold become Excel's own escape ("_x0007_"); a text that looks like such an
    escape is escaped itself; what stands for no character (half a surrogate pair) becomes U+FFFD.
    """
    text = readable(text)
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if not text.isprintable():
        text = _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape(text)


def readable(text: str) -> str:
    """Return the text as it will be read again: cut, and with U+FFFD for what stands for no character."""
    return cut(_NO_CHARACTER.sub("\ufffd", text))


def unescaped(text: str) -> str:
    """Return what Excel shows for the content of a <t> element."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def cut(text: str) -> str:
    """Return at most LONGEST_TEXT characters of `text`."""
    if len(text) * 2 <= LONGEST_TEXT or len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST_TEXT - 1) * 2].decode("utf-16-le", "ignore")
    return kept + "…"


def needs_quote(text: str) -> bool:
    """True where Excel would take the text for a formula, number or date once somebody edits the cell."""
    return _READ_AS_OTHER.match(text) is not None
