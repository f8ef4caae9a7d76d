"""Why a status that names something may not say what happened in this session."""

from __future__ import annotations

from sheets_sync.lazy_regex import lazy_regex

_ANOTHER_TIME = lazy_regex(
    r"\b(?:tomorrow|yesterday|(?:last|next) (?:week|time|session|month)|will be|at first|then|instead of"
    r"|back from|after|almost|previously|supposed to)\b"
)
_OPEN = lazy_regex(
    r"\bbut (?!(?:stu\w* |was |s?he )?(?:left|late|tardy|arrived|came)\b)"
    r"|\b(?:unless|if|whether|verify|confirm|tbd|pending|to be|not true|not sure|unsure)\b"
    r"|\b(?:may be|might|could be|likely|probably|expected to)\b"
    r"|\b(?:other|wrong|different) (?:student|child|kid)\b"
    r"|(?<!\bas )(?<!\bnot )(?<!session )(?<!\bno session )\bscheduled (?!session\b|day\b|off\b)"
)
_COUNTED = lazy_regex(r"\bx\s?\d{1,2}\b|\b\d\s?x\b")
_GIVEN_FIRST = (
    r"^\W*(?:seen|saw|held|present|provided|delivered|given|attended|served|completed|done|p"
    r"|\d+(?: ?m\w*)?)\b"
)
_SESSIONS = lazy_regex(rf"{_GIVEN_FIRST}.*\b(?:[2-9]|two|three|four|both|double)[\s-](?:\w+ )?sessions?\b")
_AND_A_MAKE_UP = lazy_regex(
    rf"{_GIVEN_FIRST}.*(?:[+&/]|\band\b|\bplus\b)\s*(?:an? )?(?:\d+\s*)?(?:m\w*\s+)?"
    r"(?:m/?u|mkup|make[\s-]?up|made[\s-]?up)\b"
)
_NO_SERVICE = lazy_regex(
    r"\b(?:present|attended|seen|delivered|provided|held)\b.*\bno "
    r"(?:session|service|speech|ot|pt|therapy|counseling|treatment)s?\b"
)
_UNDONE = lazy_regex(
    r"\bsuspension (?:hearing|meeting|conference|appeal|review|letter|notice)s?\b"
    r"|\bno (?:field trip|assembly|testing|tests?|drill|holiday|suspension|exams?|meeting)\b"
    r"|\b(?:trip|testing|tests?|assembly|concert|party|drill|meeting)"
    r" (?:was |is )?(?:cancel\w*|postponed|over)\b"
)
_GIVEN_AFTER_ALL = lazy_regex(
    r"(?<!be )(?<!not )\bmade up\b|\bmake-?up (?:given|held|done|delivered|provided)\b|\bm/?u \d"
    r"|\b(?:covered|provided|held|seen|delivered) by (?:a )?sub|\bsub (?:provided|covered|held|saw)\b"
)
_OTHER_WORK = lazy_regex(
    r"\b(?:re-?)?(?:eval\w*|assess\w*|screen(?:ing|er|ed)?s?|observ\w*|consult\w*)\b"
    r"|\b(?:ieps?|(?:iep |team |parent )?(?:meetings?|mtgs?|conferences?)|testing)\b"
    r"|\b(?:paperwork|e-?mail\w*|phone calls?|(?:to|for) (?:the )?(?:teachers?|paras?|aides?))\b"
    r"|\b(?:(?:with|w/|to|for) (?:the )?(?:parents?|mom|dad|staff|team))\b"
    r"|\b(?:other|another|different) (?:services?|providers?|therap\w+|disciplines?|specialists?)\b"
)
_HINDERED = lazy_regex(
    r"\btech(?:nical|nology)?\.? (?:issue|problem|difficult|trouble|fail|glitch)\w*"
    r"|\b(?:internet|wi-?fi|connection|connectivity|disconnect\w*|no audio|glitch\w*)\b"
    r"|\b(?:owe[ds]?|owing)\b"
)
_SHORT_REMARK = 3
_WORD = lazy_regex(r"\w+")
_DENIED = lazy_regex(
    r"\b(?:not?|never|cancel\w*|missed|skipped|needs?)\b"
    r"|\b(?:did|does|do|was|were|is|are|has|have|had|could|would|should|ca|wo)n['’]?t\b"
)
_SEEN = lazy_regex(
    r"\b(?:seen|saw)\b"
    r"|\b(?:session|services?|speech|therapy|minutes) (?:was |were )?(?:held|given|delivered|provided)\b"
    r"|^(?:held|delivered|provided|served)\b"
)


def denies(remark: str) -> bool:
    """Tell whether a remark says that something was not so: "didn't log on", "no session"."""
    return _DENIED.search(remark.casefold()) is not None


def doubts_session(remark: str) -> str:
    """Return why a remark beside a session that was given may take it back; "" where nothing says so."""
    typed = remark.casefold()
    if _OTHER_WORK.search(typed):
        return "It does not say whether what was held or completed is the session."
    return "It does not say how much of the session there was." if _HINDERED.search(typed) else ""


def is_short(remark: str) -> bool:
    """Tell whether a remark is a word or a few: it says what became of the session, and tells no story."""
    return len(_WORD.findall(remark)) <= _SHORT_REMARK


def says_it_was_given(remark: str) -> bool:
    """Tell whether a remark beside the reason for a missed session says that there was one: "seen later"."""
    return _SEEN.search(remark.casefold()) is not None and not denies(remark)


def says_more(text: str) -> str:
    """Return why what a phrase names may not be what happened in this session; "" where nothing says so."""
    typed = text.casefold()
    if _ANOTHER_TIME.search(typed):
        return "This speaks of another time, or of two things one after the other."
    if _UNDONE.search(typed):
        return "This says what did not happen."
    if _OPEN.search(typed):
        return "This leaves open whether it is so."
    if _AND_A_MAKE_UP.search(typed):
        return "This names more than one thing that may have happened."
    if _COUNTED.search(typed) or _SESSIONS.search(typed):
        return "It does not say what the number counts."
    if _NO_SERVICE.search(typed):
        return "This names more than one thing that may have happened."
    given = _GIVEN_AFTER_ALL.search(typed)
    if given and given.start() > 0:
        return "This names more than one thing that may have happened."
    return ""
