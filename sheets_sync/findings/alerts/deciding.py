"""The decision: what could be said of each alert, what of it leaves tonight, what was told then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.findings.alerts.ahead import not_ahead
from sheets_sync.findings.alerts.events import events_of, is_event, told_on
from sheets_sync.findings.alerts.long_absence import waits_for_the_others
from sheets_sync.findings.alerts.one_a_date import is_ordinary, may_leave, noted
from sheets_sync.findings.alerts.open_and_ended import alerts_of_tonight, is_past
from sheets_sync.findings.alerts.snoozed import is_silenced, remembered
from sheets_sync.findings.alerts.storm import hold_back, things_in
from sheets_sync.findings.alerts.telling import words_of
from sheets_sync.findings.alerts.values import Circumstances, Decision, Digest, Item, Word
from sheets_sync.findings.finding import EVENTS, Finding
from sheets_sync.findings.roles import Role
from sheets_sync.state import Alert, Snooze, Telling, Told

Open = tuple[Alert, Finding | None]


def decide(findings: Iterable[Finding], told: Told, today: date, here: Circumstances) -> Decision:
    """Decide whom to tell what.

    Mail leaves only before a school day: on other days alerts open and end in silence, and are told on the
    next. Until the first summary has gone, every run is a first one: case managers are told everything in
    it, others nothing, and what happened before it is no event.
    """
    findings, told = tuple(findings), not_ahead(told, today)
    first = told.summarised is None
    found = {
        finding.fingerprint: finding
        for finding in findings
        if finding.kind not in EVENTS and not here.is_explained(finding)
    }
    snoozes = remembered(here.snoozes, told.snoozes, today)
    tonight: list[Open] = list(alerts_of_tonight(found, told, today, here))
    tonight += [] if first else events_of(findings, told, today, here)
    by_line = {snooze.line: snooze for snooze in snoozes if snooze.line in here.snoozes}
    words = [_words(alert, finding, told, by_line, today, here) for alert, finding in tonight]
    sayable = [word for those in words for word in those if word.item]
    leaving = [word for word in sayable if may_leave(word, told, today, here)]
    held, storm = ({}, None) if first else hold_back(leaving, here)
    kept_back = {id(word) for those in held.values() for word in those}
    said = {id(word) for word in leaving} - kept_back
    ordinary = is_ordinary(today, here)
    after = [
        replace(alert, tellings=_tellings(those, said, ordinary))
        for (alert, _), those in zip(tonight, words, strict=True)
    ]
    digests = _digests(
        [word for word in leaving if id(word) in said],
        here.case_managers if first and ordinary else (),
        {to: things_in(those) for to, those in held.items()},
    )
    remembered_now = Told(
        alerts=_remembered(after, words, said, told, today, here),
        summarised=told.summarised or (today if ordinary else None),
        snoozes=snoozes,
        digests=noted(told, [digest.to for digest in digests], today, here),
        held=(told.held or today) if storm else (told.held if len(leaving) < len(sayable) else None),
    )
    return Decision(
        digests,
        remembered_now,
        waiting=len(sayable) - len(leaving),
        storm=storm if told.held is None else None,
    )


def _words(
    alert: Alert,
    finding: Finding | None,
    told: Told,
    snoozes: Mapping[str, Snooze],
    today: date,
    here: Circumstances,
) -> list[Word]:
    """Return what could be said of an alert; what is snoozed (`snoozes` by line), or left to the weekly word,
    is silent."""

    def is_silent(word: Word) -> bool:
        snoozed = word.item and is_silenced(alert, word.item, snoozes, today, here.snooze_max_days)
        return bool(snoozed) or waits_for_the_others(word, told, today, here)

    return [
        replace(word, item=None, after=word.before) if is_silent(word) else word
        for word in words_of(alert, finding, told.summarised is None, today, here)
    ]


def _tellings(words: Sequence[Word], said: set[int], ordinary: bool) -> tuple[Telling, ...]:
    """Return what each address was told; what was not said stays as it was."""
    found = [
        word.after if id(word) in said or (ordinary and not word.item) else word.before for word in words
    ]
    return tuple(telling for telling in found if telling)


def _remembered(
    alerts: Sequence[Alert],
    words: Sequence[Sequence[Word]],
    said: set[int],
    told: Told,
    today: date,
    here: Circumstances,
) -> tuple[Alert, ...]:
    """Return the alerts of which something may have to be said yet, or that the date's mails are known by."""
    kept: list[Alert] = []
    over: list[Alert] = []
    for alert, those in zip(alerts, words, strict=True):
        if not is_event(alert) or not is_ordinary(today, here):
            kept.append(alert)
        elif all(id(word) in said for word in those if word.item):
            over.append(replace(alert, ended=today))
        else:
            kept.append(alert)
    if is_ordinary(today, here):
        kept = [alert for alert in kept if not is_past(alert, today, here.school_days)]
    names = {alert.fingerprint for alert in (*kept, *over)}
    earlier = (alert for alert in told_on(told, today) if alert.fingerprint not in names)
    return (*kept, *earlier, *over)


def _digests(
    said: Iterable[Word], first_summaries: Sequence[str], held: Mapping[str, int]
) -> tuple[Digest, ...]:
    items: dict[str, list[Item]] = {to: [] for to in first_summaries}
    for word in said:
        if word.item:
            items.setdefault(word.to, []).append(word.item)
    return tuple(
        Digest(
            to=to,
            role=min((item.role for item in own), default=Role.CASE_MANAGER),
            items=tuple(own),
            summary=to in first_summaries,
            held=held.get(to, 0),
        )
        for to, own in items.items()
    )
