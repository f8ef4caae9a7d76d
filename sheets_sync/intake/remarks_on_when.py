"""What a remark says of when its row holds: "Sept-Jan only", "2nd semester", "not in June", "starts 11/3".

What the row's own dates say too is no question: "starts 11/3" beside a Start date of 11/3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sheets_sync.intake.calendar_words import months
from sheets_sync.intake.cells import shown, text_of
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.plain import plain
from sheets_sync.intake.remarks_that_take_back import DATED, TAKES_BACK
from sheets_sync.intake.rows_named import in_rows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

Day = tuple[int, int | None]
"""A month and a day, None where the month alone is told."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = rf"(?:\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{4}}-\d\d-\d\d|{_MONTH} \d{{1,2}})\b"
_ENDS_HERE = r"(?=\s*(?:[;,.)/&-]|$|only\b|to\b|thr|and\b))"
_TERM = (
    r"(?:(?:1st|2nd|3rd|4th|first|second|third|fourth|last) (?:sem(?:ester)?|quarter|qtr|tri(?:mester)?|term"
    r"|marking period|half(?: of (?:the )?(?:school )?year)?)\b"
    r"|(?:sem(?:ester)?|quarter|qtr|tri(?:mester)?|term)\.? ?[1-4]\b|[sqt][1-4]\b"
    r"|half (?:of )?(?:the )?year\b"
    r"|(?:fall|spring|winter|summer) (?:semester|term|trimester|quarter|months?)\b|esy\b"
    rf"|(?:fall|spring|winter|summer)\b{_ENDS_HERE})"
)
_WHEN = rf"(?:{_DATE}|{_MONTH}|{_TERM})"
_MORE = rf"(?:\s?(?:-|/|,|&|to\b|thru\b|through\b|and\b|or\b)\s?{_WHEN})"
_FILLERS = (
    r"\W*(?:(?:in|on|of|the|week|month|about|around|approx\.?|late|early|mid|next|again|back|up|for|during)"
    r"\W+)*"
)
_LIMITS = (
    r"(?:not|no(?: (?:services?|sessions?|speech|ot|pt|therapy|tx))?|none|except|excluding|all but|skips?"
    r"|only|start\w*|begin\w*|began|beg|resum\w*|restart\w*|ends?|ended|ending|stop\w*|last (?:day|session)"
    r"|until|till?|through|thru|from|since|as of|eff(?:ective)?|added|extended|before|after|fad(?:e|es|ing)"
    r"|(?:reduc|increas|decreas)\w*|paused|(?:now )?\d ?x ?(?:/|per|a) ?(?:wk|week|mo|month))\b\.?"
)
_SAYS_WHEN = lazy_regex(
    rf"\b{_LIMITS}{_FILLERS}(?:to\W+)?{_WHEN}(?:\s?(?:-|to\b|thru\b|through\b)\s?{_WHEN})?(?:\s?only\b)?"
    rf"|\b{_WHEN}{_MORE}{{0,5}},?\s(?:only|on|onwards?|forward)\b"
    rf"|\b{_MONTH}\s?(?:-|to\b|thru\b|through\b)\s?{_MONTH}",
    re.IGNORECASE,
)
_CLAUSE = lazy_regex(
    rf"\W*(?:(?:services?|given|dates?|in|for|from|during)\b\W*)*"
    rf"(?:{_WHEN}{_MORE}{{1,9}}|(?!esy|[sqt]\d){_TERM})\W*",
    re.IGNORECASE,
)
"""A whole clause that is nothing else; a month or a day alone may be a name, or that of a meeting."""
_CONDITION = lazy_regex(
    r"\bas (?:tolerated|available)\b|\bwhen(?:ever)? (?:\w+ )?(?:is )?(?:available|possible|needed|hired"
    r"|filled|in (?:the )?building|on site)\b|\bif available\b"
    r"|\b(?:begins?|starts?|starting) (?:when|once|upon)\b"
    r"|\btrial basis\b|\bcomp(?:ensatory|\.? ed)\b|\b(?:monitor(?:ing)?|make-?ups?) only\b"
    r"|\bfor (?:the )?(?:first |next )?\d+ (?:weeks?|wks?|months?)\b|\b\d+ (?:weeks?|wks?|months?) only\b"
    r"|\b(?:first|next) \d+ (?:weeks|wks|months)\b"
    r"|\b(?:wait(?:ing)? (?:on|for)|awaiting|needs|no) (?:parent(?:al)? )?consent\b",
    re.IGNORECASE,
)
_ALONE = lazy_regex(
    r"\W*(?:trial|temporary|interim|flexible|seasonal)(?: (?:only|service))?\W*", re.IGNORECASE
)
_WORK = (
    r"(?:(?:progress|annual|iep)\s)*(?:reports?|report cards?|goals?|objectives?|benchmarks?|re-?eval\w*"
    r"|eval\w*|reviews?|meetings?|conferences?|testing|data|probes?)"
)
_THING = (
    r"(?:devices?|aac|i-?pad|tablet|chromebook|glasses|hearing aids?|fm (?:system|unit)|walker|wheelchair"
    r"|pecs|communication (?:board|book)|visuals?|timer|med(?:s|ication)|new (?:school|teacher|home|address))"
)
_OF_OTHER_THINGS = (
    lazy_regex(
        rf"\b(?:(?:start|beginning|end|middle) of )?{_WHEN}{_MORE}{{0,5}}\W+{_WORK}\b(?: (?:due|done|sent))?",
        re.IGNORECASE,
    ),
    lazy_regex(rf"\b{_WORK}(?: (?:for|in|due|of))?\s{_WHEN}{_MORE}{{0,5}}", re.IGNORECASE),
    lazy_regex(rf"\b{_THING}(?:\s\w+){{0,2}}\ssince{_FILLERS}{_WHEN}", re.IGNORECASE),
    lazy_regex(
        r"\bconsult(?:s|ed)? (?:with |w/ ?)(?:\w+\s){1,3}(?:in|on) "
        rf"(?:{_DATE}|{_MONTH}|fall|spring|winter)",
        re.IGNORECASE,
    ),
)
"""Dates of what is no part of the service: "Q2 report due", "see goals Q1-Q2", "AAC device since Sept"."""
_LIMITED = lazy_regex(rf"\b{_LIMITS}{_FILLERS}$", re.IGNORECASE)
_MOST_APART = 3
"""Different remarks of a column that are asked about one by one."""
_MOST_SHOWN, _MOST_ROWS = 4, 30
"""Of more, the texts that their one question shows, and the rows that it names."""
_PARTS = lazy_regex(r"[;()]|\.\s")
_DENIES = lazy_regex(
    r"(?:no|not|none|except|excluding|all but|skips?)\b(?! (?:before|until|till|after)\b)", re.IGNORECASE
)
_DATES = lazy_regex(rf"{_DATE}|{_MONTH}", re.IGNORECASE)
_NOT_ON_A_DAY = lazy_regex(
    r"\b(?:not|no|except|skips?)(?: on)? (?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:days?)?s?\b",
    re.IGNORECASE,
)


def takes_back(
    text: str, own: Sequence[CellValue], *, is_remark: bool = True, is_session: bool = False
) -> bool:
    """Tell whether a text may say that its row holds at other times, or otherwise, than its cells say.

    `own` are the row's first and last day. Of a session (`is_session`) also a weekday may be taken away. In a
    column of anything else than remarks ("Goal") the plainest words alone are meant of the row.
    """
    typed = plain(text)
    if not is_remark:
        return bool(TAKES_BACK.search(typed) or (not any(map(text_of, own)) and DATED.search(typed)))
    if is_session and _NOT_ON_A_DAY.search(typed):
        return True
    for pattern in _OF_OTHER_THINGS:
        typed = pattern.sub(_unless_limited, typed)
    agreed = {day for cell in own for day in _day_of(cell)}
    for pattern in (_SAYS_WHEN, DATED):
        typed = pattern.sub(lambda found: " " if _agrees(found[0], agreed) else found[0], typed)
    if any(said.search(typed) for said in (TAKES_BACK, DATED, _SAYS_WHEN, _CONDITION)):
        return True
    clauses = [part for part in _PARTS.split(typed) if part]
    return any(
        _ALONE.fullmatch(one) or (_CLAUSE.fullmatch(one) and not _agrees(one, agreed)) for one in clauses
    )


def _unless_limited(found: re.Match[str]) -> str:
    """Return nothing for the date of another thing, the text where that is a limit: "until Q2 review"."""
    return found[0] if _LIMITED.search(found.string[: found.start()]) else " "


def _agrees(said: str, agreed: set[Day]) -> bool:
    """Tell whether a text names days or months, and none but those of the row."""
    if _DENIES.match(said) or re.search(_TERM, said, re.IGNORECASE):
        return False
    days = [_written(found[0]) for found in _DATES.finditer(said)]
    months = {month for month, _ in agreed}
    return bool(days) and all(day in agreed if day[1] else day[0] in months for day in days)


def _written(text: str) -> Day:
    month = months().get(text.casefold().rstrip("."))
    if month is not None:
        return month, None
    written = read_written_date(text)
    return (0, None) if written is None else (written.month, written.day)


def _day_of(cell: CellValue) -> Iterator[Day]:
    if isinstance(cell, date):
        yield cell.month, cell.day
    elif isinstance(cell, str) and (written := read_written_date(text_of(cell))):
        yield written.month, written.day


def questions_of_remarks(sheet: Sheet, asked: Sequence[int], place: int) -> list[Problem]:
    """Ask about each different remark of a Service Grid at its own cell: each is of another line. Where they
    are many, one question shows the first and names the rows of all."""
    alike: dict[str, list[int]] = {}
    for row in asked:
        alike.setdefault(shown(sheet.rows[row - 1][place]), []).append(row)
    if len(alike) > _MOST_APART:
        alike = {shown("; ".join(list(alike)[:_MOST_SHOWN])): list(asked)}
    problem = (
        "This may say when, how often or how the service is given, and the other columns do not: the line is"
        " counted as they say."
    )
    remedy = "Write it into Start date, End date or Frequency, or take the line out; else leave it as it is."
    return [
        Problem(
            Severity.QUESTION,
            sheet.name,
            a1(rows[0], place),
            text,
            f"{problem}{in_rows(rows, most=_MOST_ROWS)}",
            remedy,
        )
        for text, rows in alike.items()
    ]
