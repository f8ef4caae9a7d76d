"""The words of a digest: its subject, its first line, its labels, its end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_sync.findings.alerts import Digest, Item, Reason
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.roles import Role
from sheets_sync.findings.words import count, joined, weekday_words
from sheets_sync.views.ended_words import done, in_subject
from sheets_sync.views.plain import plain

SUBJECT = "IEP services"
LONGEST_SUBJECT = 68
"""With "Subject: " before it, a line of 78 characters at most: it is never folded."""

MOST_TASKS = 4


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind in words. `counted` follows a number in the subject, `task` holds it in the first line.

    Both are in the singular and the plural.
    """

    label: str
    tone: str
    counted: tuple[str, str]
    task: tuple[str, str]


def _alike(label: str, tone: str, counted: str, one: str, many: str) -> KindWords:
    return KindWords(label, tone, (counted, counted), (one, many))


WORDS: Mapping[Kind, KindWords] = {
    Kind.MISSED: _alike("To make up", "red", "to make up", "make up {} session", "make up {} sessions"),
    Kind.MAKE_UP_OVERDUE: KindWords(
        "Make-up overdue",
        "red",
        ("make-up overdue", "make-ups overdue"),
        ("give {} make-up that is overdue", "give {} make-ups that are overdue"),
    ),
    Kind.UNCOVERED: _alike(
        "Nobody to give it",
        "red",
        "without a provider",
        "find somebody for {} session",
        "find somebody for {} sessions",
    ),
    Kind.RECORD_CHANGED: KindWords(
        "Record changed",
        "red",
        ("record changed", "records changed"),
        ("look at {} record that was changed", "look at {} records that were changed"),
    ),
    Kind.UNSCHEDULED: _alike(
        "Not scheduled", "red", "not scheduled", "schedule {} service", "schedule {} services"
    ),
    Kind.UNDER_SCHEDULED: _alike(
        "Scheduled too little",
        "orange",
        "scheduled too little",
        "schedule more of {} service",
        "schedule more of {} services",
    ),
    Kind.SCHEDULE_CHANGED: KindWords(
        "Schedule changed",
        "blue",
        ("schedule changed", "schedules changed"),
        ("note {} change of the schedule", "note {} changes of the schedule"),
    ),
    Kind.NOT_LOGGED: _alike("Not logged", "yellow", "not logged", "log {} session", "log {} sessions"),
    Kind.LOGS_DISAGREE: KindWords(
        "Logs disagree",
        "yellow",
        ("log to agree on", "logs to agree on"),
        (
            "agree on {} session that is logged in two ways",
            "agree on {} sessions that are logged in two ways",
        ),
    ),
    Kind.LOGGED_TWICE: _alike(
        "Logged twice", "yellow", "logged twice", "remove {} double entry", "remove {} double entries"
    ),
    Kind.SCHEDULE_DIFFERS: KindWords(
        "Schedule differs",
        "yellow",
        ("schedule that differs", "schedules that differ"),
        ("compare {} schedule with the grid", "compare {} schedules with the grid"),
    ),
    Kind.EXTRA_SERVICE: _alike(
        "Not in the grid",
        "purple",
        "not in the grid",
        "look at {} service that is not in the grid",
        "look at {} services that are not in the grid",
    ),
    Kind.EXCUSED_OFTEN: _alike(
        "Excused often",
        "orange",
        "excused often",
        "look at {} service that is often excused",
        "look at {} services that are often excused",
    ),
    Kind.WATCH: _alike(
        "To look at",
        "blue",
        "to look at",
        "look at the absences from {} service",
        "look at the absences from {} services",
    ),
    Kind.DATA_PROBLEM: KindWords(
        "Data problem",
        "purple",
        ("data problem", "data problems"),
        ("mend {} data problem", "mend {} data problems"),
    ),
}


def tally(findings: Iterable[Finding]) -> dict[Kind, int]:
    """Count by kind, the gravest first: sessions where a finding has several, else findings."""
    found = dict.fromkeys(Kind, 0)
    for finding in findings:
        by_session = finding.kind in (Kind.NOT_LOGGED, Kind.LOGGED_TWICE)
        found[finding.kind] += max(len(finding.dates), 1) if by_session else 1
    return {kind: number for kind, number in found.items() if number}


def subject(digest: Digest, findings: Sequence[Finding]) -> str:
    """Return the subject: counts and kinds, nothing that stands in a sheet, and short enough for one line."""
    start = f"{SUBJECT}: first check" if digest.summary else f"{SUBJECT}:"
    if is_escalated(digest):
        start = f"{SUBJECT}, open for long:"
    joint = ", " if digest.summary else " "
    counted = tally(findings).items()
    parts = [f"{number} {_one_or_many(WORDS[kind].counted, number)}" for kind, number in counted]
    if not parts:
        parts = in_subject(digest) or ["nothing to do"]
    for shown in range(len(parts), 0, -1):
        more = ["and more"] if shown < len(parts) else []
        text = start + joint + ", ".join([*parts[:shown], *more])
        if len(text) <= LONGEST_SUBJECT:
            return text
    return f"{start}{joint}{parts[0]}"


def first_line(digest: Digest, findings: Sequence[Finding]) -> str:
    """Return what to do, in one sentence or two: the gravest kinds, and how many things more."""
    if findings and is_escalated(digest):
        open_now = _counted(list(tally(findings).items()))
        return f"Open for long, and nothing was mended: {open_now}.{done(digest)}"
    waiting = {item.finding.fingerprint for item in digest.items if item.finding and _is_waiting(item)}
    own = [finding for finding in findings if finding.fingerprint not in waiting]
    twice = _told_as_missed(own)
    missed = [finding for finding in own if finding.kind is Kind.MISSED]
    counted = list(tally(finding for finding in own if finding not in twice).items())
    shown = counted if len(counted) <= MOST_TASKS else counted[: MOST_TASKS - 1]
    tasks = [
        _one_or_many(_task(kind, digest.role), number).format(number)
        + (_of_missed(missed, twice) if kind is Kind.MISSED else "")
        for kind, number in shown
    ]
    more = sum(number for _, number in counted[len(shown) :])
    tasks += [f"see to {more} more things"] if more else []
    tasks += (
        [f"see that {count(len(waiting), 'thing')} open for long {_is(waiting)} settled"] if waiting else []
    )
    if tasks:
        return f"To do: {joined(tasks)}.{done(digest)}"
    return f"Nothing new to do.{done(digest)}" if done(digest) else "Nothing to do."


def _is_waiting(item: Item) -> bool:
    """Tell whether it is somebody else's to do, and the reader's to see that it is done."""
    return item.reason is Reason.ESCALATED


def _is(things: Collection[object]) -> str:
    return "is" if len(things) == 1 else "are"


def _told_as_missed(findings: Sequence[Finding]) -> list[Finding]:
    """Return the overdue make-ups all of whose sessions stand in the same mail as missed."""
    missed = {
        (finding.line, day) for finding in findings if finding.kind is Kind.MISSED for day in finding.dates
    }
    return [
        finding
        for finding in findings
        if finding.kind is Kind.MAKE_UP_OVERDUE
        and missed.issuperset((finding.line, day) for day in finding.dates)
    ]


def _of_missed(missed: Sequence[Finding], overdue: Sequence[Finding]) -> str:
    """Return " (60 min)", or " (60 min; 1 is overdue)"."""
    days = [(finding.line, day) for finding in overdue for day in finding.dates]
    late = f"; {len(days)} {_is(days)} overdue" if days else ""
    return f" ({sum(finding.minutes for finding in missed)} min{late})"


def _counted(counted: Sequence[tuple[Kind, int]]) -> str:
    """Return "4 to make up, 2 not scheduled and 1 not logged"."""
    return joined([f"{number} {_one_or_many(WORDS[kind].counted, number)}" for kind, number in counted])


def _task(kind: Kind, role: Role) -> tuple[str, str]:
    if kind is Kind.NOT_LOGGED and role is not Role.PROVIDER:
        return "have {} session logged", "have {} sessions logged"
    return WORDS[kind].task


def is_escalated(digest: Digest) -> bool:
    """Tell whether all that is open in it is escalated."""
    reasons = {item.reason for item in digest.items if item.finding is not None}
    return reasons == {Reason.ESCALATED}


def held_words(held: int) -> tuple[str, ...]:
    """Say that more is new than stands in this mail."""
    if not held:
        return ()
    things = f"{count(held, 'more thing')} {'is' if held == 1 else 'are'} new"
    return (
        f"{things} and will follow in the next mails, the gravest first. What is open stands on the tab.",
    )


def closing(digest: Digest, workbook: str, checked_at: datetime) -> tuple[str, ...]:
    """Return the end of a mail: why you get it, how to quiet it, when the sheet was read."""
    book = f"“{plain(workbook, 80)}”"
    return (WHY[digest.role].format(book=book), QUIET[digest.role], _read_at(checked_at))


def _read_at(moment: datetime) -> str:
    clock = f"{moment.hour % 12 or 12}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"
    return f"The sheet was read on {weekday_words(moment.date())}, {moment.year} at {clock}."


def _one_or_many(forms: tuple[str, str], number: int) -> str:
    return forms[0] if number == 1 else forms[1]


WHY: Mapping[Role, str] = {
    Role.CASE_MANAGER: "Why you get this: the Caseload of {book} names you as case manager.",
    Role.SUPERVISOR: "Why you get this: the Staff tab of {book} names you as supervisor of a provider.",
    Role.PROVIDER: "Why you get this: {book} names you as provider of these services.",
    Role.TEACHER: "Why you get this: the Caseload of {book} names you as teacher of these students.",
    Role.ADMINISTRATOR: "Why you get this: you look after {book}. Mails to you name no student.",
}

BY_SEEING_TO_IT = (
    "How it is settled: by an edit of the sheet. Ask that the session is logged, made up or scheduled, or"
    " that the team's decision is logged. What has been open for long is told to you once, and its end once."
)

BY_EDITING = (
    "How to quiet it: edit the sheet. Log the session or why it was missed, add it to the Schedule, end the"
    " line in the Service Grid, or log what the team decided. The next check then counts it as settled; what"
    " stays open is told again after a week. To hear nothing of a line for a while, write a date under"
    " “Snooze until” beside it; a further missed session is told all the same."
)

QUIET: Mapping[Role, str] = {
    Role.CASE_MANAGER: BY_EDITING,
    Role.SUPERVISOR: BY_SEEING_TO_IT,
    Role.PROVIDER: BY_EDITING,
    Role.TEACHER: "How to quiet it: nothing is to be done; each change of the schedule is told once.",
    Role.ADMINISTRATOR: "How to quiet it: correct the cells that are named; the next check sees it.",
}
