"""The words that a tab shows by itself once it is old (promises.md, 16), and how they are known again."""

from __future__ import annotations

from datetime import date

from sheets_sync.findings.words import day_words
from sheets_sync.views.tab import StaleNotice

START = "Not checked since "


def stale_notice(checked: date) -> StaleNotice:
    """Return the notice of a tab that was checked on this day: "Not checked since Nov 24"."""
    return StaleNotice(checked, START + day_words(checked))


def is_of_a_notice(value: object) -> bool:
    """Tell whether this is what a notice may show, of whatever day: blank, or its words."""
    return value is None or (isinstance(value, str) and (not value.strip() or value.startswith(START)))
