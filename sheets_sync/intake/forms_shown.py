"""Shows for whom other forms of names were taken, and who can be meant by one: nobody is taken in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sheets_sync.intake.cells import shown
from sheets_sync.intake.context import Context
from sheets_sync.intake.tab_rows import Column, Ints, TabRows
from sheets_sync.problems import Severity

SHOWN_AT_ONCE = 40
"""So many forms of names are shown in one note."""

MOST_NAMED = 5
"""So many people of whom a name can be one are named."""


def report_forms(
    rows: TabRows,
    context: Context,
    column: Column,
    forms: Mapping[tuple[str, str], Sequence[int]],
    which: Ints,
    where: str,
) -> None:
    """Note for whom another form of a name was taken: (typed, name as on the tab `where`) -> its cells."""
    pairs = list(forms)
    for at in range(0, len(pairs), SHOWN_AT_ONCE):
        some = pairs[at : at + SHOWN_AT_ONCE]
        taken = "; ".join(f"{shown(typed)} for {name}" for typed, name in some)
        numbers = [number for pair in some for number in forms[pair]]
        context.found.at_rows(
            Severity.NOTE,
            rows,
            column,
            np.isin(which, numbers),
            f"Another form of a name is taken for the one on {where} that it fits ({taken}).",
            "Nothing, if that is right. If somebody else is meant, write the whole name.",
        )


def either(names: Sequence[str]) -> str:
    """Return the people as words: "Ana Rivera or Ana Ruiz"."""
    some = [shown(name) for name in names[:MOST_NAMED]]
    more = f" or {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return " or ".join(some) + more
