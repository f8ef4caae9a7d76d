"""A Provider that a list says once, above rows in which it is left blank.

A blank provider may simply be unknown. One is taken from above only where the whole list is kept so: by a
column Provider on the left, in which each stands once, or at the first row of each day, service or student.
None is taken for a service that Staff does not give them.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.services import known_service, read_service
from sheets_sync.intake.tab_rows import Flags, Ints, TabRows

_BLOCKS = ("Service", "Date", "Days", "Student")
_FEWEST = 2
"""So many blanks and so many blocks there must be."""


def blank_providers(rows: TabRows, filled: Flags, above: Ints) -> Flags:
    """Tell for which rows the provider above holds on: all that are blank, or none.

    `filled` are the rows of sessions, entries or lines, `above` the position of the last row above each in
    which a provider stands, -1 for none.
    """
    column = rows.column("Provider")
    blank: Flags = column.blank() & filled
    first = ~column.blank() & filled
    none = np.zeros(len(rows), dtype=bool)
    if blank.sum() < _FEWEST or first.sum() < _FEWEST or (above[blank] < 0).any():
        return none
    stands = column.codes[first]
    if _leads(rows) and len(np.unique(stands)) == len(stands):
        return blank
    service = rows.column("Service").codes
    same = bool((service[blank] == service[above[blank]]).all())
    begun = (_begins(rows, name, filled) for name in _BLOCKS if name in rows.columns)
    return blank if same and any(np.array_equal(begins, first) for begins in begun) else none


def may_be_theirs(rows: TabRows, above: Ints, known: PeopleKnown) -> Flags:
    """Tell of which rows the service may be given by the provider at the position `above`: Staff does not
    say that those give others alone."""
    providers, services = rows.column("Provider"), rows.column("Service")
    given = [_services_of(text_of(cell), known) for cell in providers.cells]
    what = [known_service(read_service(text_of(cell)).value or "") for cell in services.cells]
    pairs = zip(providers.codes[np.maximum(above, 0)].tolist(), services.codes.tolist(), strict=True)
    return np.array(
        [not given[who] or what[of] is None or what[of] in given[who] for who, of in pairs], dtype=bool
    )


def _services_of(name: str, known: PeopleKnown) -> Collection[str]:
    words = name_words(name)
    called = known.providers.find(words)
    return known.services_of.get(called[1], ()) if called and called[0] == len(words) else ()


def _leads(rows: TabRows) -> bool:
    """Tell whether the column stands left of those by which a list would else be sorted."""
    others = (rows.columns[name].position for name in _BLOCKS if name in rows.columns)
    return all(rows.columns["Provider"].position < place for place in others)


def _begins(rows: TabRows, name: str, filled: Flags) -> Flags:
    """Tell in which of the rows another value begins than in the one before."""
    places = np.flatnonzero(filled)
    codes = rows.columns[name].codes[places]
    begins = np.zeros(len(rows), dtype=bool)
    begins[places[np.concatenate(([True], codes[1:] != codes[:-1]))]] = True
    return begins
