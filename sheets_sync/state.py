"""What is remembered from run to run: the lines, what was told to whom, and the runs themselves.

Values alone; how they are stored is edges/store.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from sheets_sync.counted import Counted
from sheets_sync.guarded import Baseline, Doubt
from sheets_sync.ports import Sheet
from sheets_sync.views.tab import Tab


@dataclass(frozen=True, slots=True)
class LineRecord:
    """A line as the last run saw it: what its key stands for (workbook.md, "The key").

    `since` is the date from which on the line has had `status`; `detail` tells it from lines that are alike
    in everything else (keys.LineIdentity), "" where it is not known.
    """

    key: str
    student: str
    student_id: str
    service: str
    group: str
    start: dt.date | None
    status: str
    since: dt.date
    detail: str = ""


class Word(StrEnum):
    """The last word that a person had about an alert.

    BASELINE: none; the alert was there on the first run, when only the case managers were told.
    """

    OPEN = "open"
    ENDED = "ended"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Telling:
    """What one address was told about one alert. `last` is the date of the last word that it is open.

    `minutes`, `sessions` (how many) and `latest` (the last of their dates) are what was said then: None
    where an earlier version said it. `times`: how often it was told that it is open.
    """

    to: str
    last: dt.date
    word: Word
    minutes: int = 0
    sessions: int | None = None
    latest: dt.date | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Alert:
    """A finding that was open at some run, under its fingerprint, with what was said about it.

    `since` is the date on which it was first found, `ended` the one on which it was first found no longer;
    `unchanged` is the date since which nothing of it was mended. `finding` is the whole finding, as text, of
    an event: what is found on one night alone is kept until it is told; "" for all others. The other fields
    are those of its last finding.
    """

    fingerprint: str
    kind: str
    student: str
    service: str
    line: str
    provider: str
    date: dt.date | None
    minutes: int
    text: str
    since: dt.date
    ended: dt.date | None = None
    tellings: tuple[Telling, ...] = ()
    sessions: int = 0
    unchanged: dt.date = dt.date.min
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Snooze:
    """A date in "Snooze until" beside a line, as it was typed.

    `seen` and `last` are the dates of the runs that saw it first and last.
    """

    line: str
    until: dt.date
    seen: dt.date
    last: dt.date = dt.date.min


@dataclass(frozen=True, slots=True)
class LastDigest:
    """The date of the last digest to one address."""

    to: str
    last: dt.date


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that was told. `summarised` is the date of the first run's summary, None before it.

    `held` is the date since which something new is held back for the nights to come, None if nothing is.
    """

    alerts: tuple[Alert, ...] = ()
    summarised: dt.date | None = None
    snoozes: tuple[Snooze, ...] = ()
    digests: tuple[LastDigest, ...] = ()
    held: dt.date | None = None


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line that was held when our tabs were last written: `as_of` is the day of its figures, and
    `what_to_do` what stood there then. None: it was on no tab yet, and has no figures."""

    key: str
    as_of: dt.date | None
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Guarded:
    """What guards know: the last trusted run, its tabs, and what staff were asked since and what was meant.

    `tabs` are those that were last written, staff's columns left blank: then, or at a run since that held a
    part of it, `tabs_of` its day and `held` the lines. `asked` is what the banner on the tab
    asks about, `accepted` what somebody let through with `sheets-sync accept`; a trusted run forgets both.
    `sheets` are those of other workbooks that are read as they stood where they cannot be read
    (last_good_sheets.py).
    """

    baseline: Baseline | None = None
    tabs: tuple[Tab, ...] = ()
    asked: tuple[Doubt, ...] = ()
    accepted: tuple[Doubt, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    held: tuple[HeldLine, ...] = ()
    tabs_of: dt.date | None = None

    @property
    def shown(self) -> dt.date | None:
        """The day of the figures on the tabs, but for lines that are `held`."""
        return self.tabs_of or (self.baseline.today if self.baseline else None)


@dataclass(frozen=True, slots=True)
class State:
    """What the next run needs to know of the last. `workbook` tells whose it is, "" where an earlier version
    did not say."""

    lines: tuple[LineRecord, ...] = ()
    told: Told = field(default_factory=Told)
    guarded: Guarded = field(default_factory=Guarded)
    counted: Counted = field(default_factory=Counted)
    workbook: str = ""


class MailOutcome(StrEnum):
    """What became of a mail. GIVEN_UP: the server refused it for good, or it was tried for too long.

    Of all but WAITING the words are forgotten; those of one that was given up after retry_policy.KEPT.
    """

    WAITING = "waiting"
    ACCEPTED = "accepted"
    WRITTEN = "written"
    GIVEN_UP = "given up"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Posting:
    """A mail that was decided, without its words, and what became of it so far (retry_policy.py).

    `number` is what people call it by; `date` is when it was decided, as in its header. `first_try` and
    `next_try` are in UTC; `next_try` is None where it is tried no more. `problem` is that of the last try and
    names no student; `reported` is the date of the note to the administrator that it was given up, and of
    such a note `reasons` say what it is about.
    """

    number: int
    message_id: str
    to: str
    role: str
    subject: str
    date: dt.datetime | None
    outcome: MailOutcome
    tries: int = 0
    first_try: dt.datetime | None = None
    next_try: dt.datetime | None = None
    problem: str = ""
    reported: dt.date | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run, for `sheets-sync runs`. Times are aware; `error` names no student.

    `same_day`: it told changes of today's or tomorrow's sessions alone, and is no night's run.
    """

    started: dt.datetime
    finished: dt.datetime
    today: dt.date
    outcome: str
    exit_code: int
    seconds: float
    lines: int = 0
    problems: int = 0
    findings: int = 0
    cells_changed: int = 0
    mails: int = 0
    error: str = ""
    same_day: bool = False
