"""Who told why a session was missed: "per teacher, home sick" is no absence of hers.

Who said, reported, emailed or will reschedule is not the one who was away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from sheets_sync.intake.clauses import clauses_of
from sheets_sync.intake.code_phrases import names_a_provider
from sheets_sync.intake.vocabulary import words
from sheets_sync.lazy_regex import lazy_regex

_THE = r"(?:(?:the|an?|his|her|their|my|our|classroom|homeroom|class|gen(?:eral)? ed(?:ucation)?) )*"
_SAID = (
    r"sa(?:id|ys)|reports?|reported|confirm(?:s|ed)|states?|stated|not(?:es|ed)|mark(?:s|ed)|wrote"
    r"|mention(?:s|ed)|shared|indicated|verified|checked|heard|learned"
    r"|went to (?:class|his|her|their|the|get|pick)"
    r"|looked|waited|came (?:to (?:class|get|pick)|for)|tried|will(?! (?:be|not)\b)"
    r"|to (?:reschedule|make)|rescheduled|following up"
)
_TOLD = r"told|e-?mailed|texted|messaged|informed|notified|called(?! (?:in|out|away|off|to)\b)|let|asked|sent"
_MARKED = r"(?:said|reported|told|confirmed|noted|marked|informed|notified|verified|e-?mailed|called|sent)"
_STAYED_HOME = lazy_regex(r"\b(?:stay(?:s|ed|ing)?|kept|remained) (?:at )?home\b", re.IGNORECASE)


def only_tells(typed: str, is_away: Callable[[str], bool]) -> bool:
    """Tell whether the provider whom words name as away may only have told of it, stand for the session
    ("absent for OT"), or be of another clause.

    `typed` are words of which the whole reads as a provider's absence: "sick; therapist will reschedule";
    `is_away` tells whether a clause alone does.
    """
    if _STAYED_HOME.search(typed) and not _of_staff().search(typed):
        return True
    clauses = clauses_of(typed)
    told = any(_tellers().search(one) for one in clauses)
    if not told and (len(clauses) == 1 or any(map(names_a_provider, clauses))):
        return False
    return not any(is_away(" ".join(_tellers().sub(" ", one).split())) for one in clauses)


@cache
def _of_staff() -> re.Pattern[str]:
    return re.compile(rf"\b{_staff()}\b", re.IGNORECASE)


@cache
def _tellers() -> re.Pattern[str]:
    who = rf"{_THE}{_staff()}"
    return re.compile(
        rf"\b(?:(?:per|according to) {who}"
        rf"|{_MARKED} (?:\w+ ){{0,2}}by {who}"
        rf"|(?:for|during|from|to|missed|missing|when|before|after|until|so|told) {who}"
        rf"|{who} has (?:him|her|them)"
        rf"|{who},? (?:(?:has|had|just|also) )*(?:(?:{_TOLD})(?: {who})?|{_SAID}))\b",
        re.IGNORECASE,
    )


def _staff() -> str:
    spoken = sorted(words("code_phrases")["provider"], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(one).replace(r"\*", r"\w*") for one in spoken) + ")"
