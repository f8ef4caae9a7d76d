"""Initials by which a schedule calls a student: "A.R.", "AR"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheets_sync.intake.periods import period_key
from sheets_sync.intake.person_names import names_of
from sheets_sync.intake.services import known_service
from sheets_sync.intake.vocabulary import meanings

_OTHERS = frozenset(
    "aba ai am bip di ed el ell er es esl esy fba ge gen hr hs ia id iep ip is it la lb lr mm ms mtss na nc"
    " nd no oh ok or pc pd pe plc pm pt rd rr rti sc sd se sel sh so ss st sub ta tbd to tv up us".split()
)
"""Short words and abbreviations of schools."""
_PLANNED = ("make-up", "agreed day off", "school closed")


def initials_of(names: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return which of these names have which initials ("ar"), of first and last name and of all words."""
    found: dict[str, frozenset[str]] = {}
    for name in names:
        for own in names_of(name)[:1]:
            if own.given and own.family:
                ends = own.given[0][0] + own.family[-1][0]
                every = "".join(word[0] for word in (*own.given, *own.family))
                for initials in {ends, every}:
                    found[initials] = found.get(initials, frozenset()) | {name}
    return found


def calls_nobody(initials: str) -> bool:
    """Tell whether initials are rather a service, a period or another abbreviation."""
    return (
        initials in _OTHERS
        or initials in meanings("codes")
        or bool(known_service(initials))
        or period_key(initials) is not None
    )


def are_a_mark(initials: str) -> bool:
    """Tell whether initials are a code of a log ("AB", "DP") and nothing else, which no schedule plans: a
    make-up, a day off or a closed school one may name too ("MU", "NS")."""
    code = meanings("codes").get(initials)
    if code is None or code in _PLANNED or initials in _OTHERS:
        return False
    return not known_service(initials) and period_key(initials) is None
