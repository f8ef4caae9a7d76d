"""Why a status that names something may not say what happened in this session."""

from __future__ import annotations

import re

_ANOTHER_TIME = re.compile(
    r"\b(?:tomorrow|yesterday|(?:last|next) (?:week|time|session|month)|will be|at first|then|instead of"
    r"|back from|after|almost|previously|supposed to)\b"
)
_OPEN = re.compile(
    r"\bbut (?!(?:stu\w* |was |s?he )?(?:left|late|tardy|arrived|came)\b)"
    r"|\b(?:unless|if|whether|verify|confirm|tbd|pending|to be|not true|not sure|unsure)\b"
    r"|\b(?:may be|might|could be|likely|probably|expected to)\b"
    r"|\b(?:other|wrong|different) (?:student|child|kid)\b"
    r"|(?<!\bas )(?<!\bnot )(?<!session )(?<!\bno session )\bscheduled (?!session\b|day\b|off\b)"
)
_COUNTED = re.compile(r"\bx\s?\d{1,2}\b|\b\d\s?x\b")
_NO_SERVICE = re.compile(
    r"\b(?:present|attended|seen|delivered|provided|held)\b.*\bno "
    r"(?:session|service|speech|ot|pt|therapy|counseling|treatment)s?\b"
)
_UNDONE = re.compile(
    r"\bno (?:field trip|assembly|testing|tests?|drill|holiday|suspension|exams?|meeting)\b"
    r"|\b(?:trip|testing|tests?|assembly|concert|party|drill|meeting)"
    r" (?:was |is )?(?:cancel\w*|postponed|over)\b"
)
_GIVEN_AFTER_ALL = re.compile(
    r"(?<!be )(?<!not )\bmade up\b|\bmake-?up (?:given|held|done|delivered|provided)\b|\bm/?u \d"
    r"|\b(?:covered|provided|held|seen|delivered) by (?:a )?sub|\bsub (?:provided|covered|held|saw)\b"
)


def says_more(text: str) -> str:
    """Return why what a phrase names may not be what happened in this session; "" where nothing says so."""
    typed = text.casefold()
    if _ANOTHER_TIME.search(typed):
        return "This speaks of another time, or of two things one after the other."
    if _UNDONE.search(typed):
        return "This says what did not happen."
    if _OPEN.search(typed):
        return "This leaves open whether it is so."
    if _COUNTED.search(typed):
        return "It does not say what the number counts."
    if _NO_SERVICE.search(typed):
        return "This names more than one thing that may have happened."
    given = _GIVEN_AFTER_ALL.search(typed)
    if given and given.start() > 0:
        return "This names more than one thing that may have happened."
    return ""
