"""The clauses of a remark, each of which says a thing of its own: "left early; 15 min" is two."""

from __future__ import annotations

from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex

_BETWEEN = lazy_regex(r"[.;,()\n]|\s-+\s|[–—]")


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a text, of a very long one those at its beginning."""
    return [clause.strip(" !*") for clause in _BETWEEN.split(plain(text[: 10 * LONGEST]))]
