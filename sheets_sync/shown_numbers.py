"""Numbers whose format makes people see something that is none ("0012", "30 min"): what they see is what is
meant, wherever the workbook lies (google.md, "One run, two calls")."""

from __future__ import annotations

from sheets_sync.lazy_regex import lazy_regex

_GROUPS = r"[\d.,'\N{RIGHT SINGLE QUOTATION MARK}\s]*"
_STILL_A_NUMBER = lazy_regex(
    rf"[(+\-\N{{MINUS SIGN}}]* ?(?!0\d)[.,]?\d{_GROUPS}[)%]*-?"  # 1,200.50 (30) 30,5 .5
    r"|-?(?:\d+ )?\d+/\d+"  # 1 1/2
)


def means_text(shown: str) -> bool:
    """Tell whether what a number is shown as is to be taken for text.

    Decimal commas, spaces between thousands, brackets round negatives and percents are still numbers; so is
    what shows neither a letter nor a digit ("–").

    >>> means_text("0012"), means_text("30 min"), means_text("1,200.50"), means_text("(30)")
    (True, True, False, False)
    """
    return any(map(str.isalnum, shown)) and not _STILL_A_NUMBER.fullmatch(shown)
