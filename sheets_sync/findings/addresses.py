"""What is an address, and whether mail may go there (mail.md: only to `allowed_domains`)."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.lazy_regex import lazy_regex

PLAIN = lazy_regex(r"[A-Za-z0-9#$&'*+/^_{|}~.-]{1,64}@(?P<domain>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
"""One plain address and nothing else: no name before it, no second one, no control, no other script.

Four characters that mail allows before the @ are left out: % and ! name a further station (b%evil.org@...),
= and ? write an encoded word, which the email package reads as other text, line breaks among it.
"""

LONGEST = 254


def normal_address(text: str) -> str:
    """Return the one form of an address under which people are told apart; spaces around it are dropped."""
    return text.strip(" ").casefold()


def is_address(text: str) -> bool:
    return len(text) <= LONGEST and PLAIN.fullmatch(text) is not None


def is_allowed(address: str, allowed_domains: Sequence[str]) -> bool:
    """Tell whether the address is one, of exactly one of the domains (without one: of any).

    A domain does not stand for those below it. Without any domain nothing is mailed at all; the mails are
    then written beside the workbook, and any address will do.

    >>> is_allowed("lee@school.example", ["school.example"])
    True
    >>> is_allowed("lee@mail.school.example", ["school.example"])
    False
    """
    found = PLAIN.fullmatch(address)
    if found is None or len(address) > LONGEST:
        return False
    allowed = {domain.strip().lstrip("@").casefold() for domain in allowed_domains}
    return not allowed or found["domain"].casefold() in allowed
