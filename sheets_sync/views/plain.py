"""Text from a sheet as plain text on one line, for mails: nothing in it can act, hide or run away.

Line breaks and controls become spaces; the marks that turn the direction of writing round go, and so do
characters without width and halves of characters; what is longer than a sentence is cut.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 240
ELLIPSIS = "…"
GONE = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff") | {
    chr(code) for block in (range(0x202A, 0x202F), range(0x2066, 0x206A)) for code in block
}


def plain(text: str, longest: int = LONGEST) -> str:
    """Return the text fit for one line of a mail.

    >>> plain("Ana\\r\\nBcc: all@x.example")
    'Ana Bcc: all@x.example'
    """
    kept = "".join(_shown(character) for character in text[: 4 * longest] if character not in GONE)
    line = re.sub(r"\s+", " ", kept).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + ELLIPSIS


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cs", "Co", "Cn"):
        return ""
    return " " if category in ("Cc", "Zl", "Zp") else character
