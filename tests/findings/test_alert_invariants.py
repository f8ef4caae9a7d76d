"""Promises 22 and 23, said of every history at once: what no night may ever do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random

from sheets_sync.findings.alerts import Decision, Item, Reason, decide
from sheets_sync.findings.finding import EVENTS, Kind
from sheets_sync.findings.roles import Role
from sheets_sync.state import Told
from tests.findings.histories import (
    ESCALATE_DAYS,
    FIRST_NIGHT,
    HEAD,
    LINES,
    MOST_NEW,
    REPEAT_DAYS,
    Night,
    history,
    name_of,
    played,
    school_days,
)

SEEDS = range(30)
FRESH = (Reason.NEW, Reason.WORSE, Reason.ESCALATED)
OPEN = (*FRESH, Reason.STILL_OPEN)


@cache
def told_in(seed: int) -> list[tuple[Night, Decision]]:
    """Return the nights of a history and what was decided in each."""
    return list(zip(history(seed), played(history(seed)), strict=True))


Heard = dict[tuple[str, str], list[tuple[date, Item]]]


def heard(seed: int) -> Heard:
    """Return all that each address hears of each alert in a history, events apart."""
    found: Heard = defaultdict(list)
    for night, decision in told_in(seed):
        for digest in decision.digests:
            for item in digest.items:
                if item.alert.kind not in EVENTS:
                    found[digest.to, item.alert.fingerprint].append((night.today, item))
    return found


def test_never_two_digests_to_a_person_on_a_date() -> None:
    for seed in SEEDS:
        sent = [
            (digest.to, night.today)
            for night, decision in told_in(seed)
            for digest in decision.digests
            if not night.same_day
        ]
        assert len(sent) == len(set(sent)), seed


def test_a_run_that_is_repeated_tells_nothing_and_changes_nothing() -> None:
    for seed in SEEDS:
        told = Told()
        for night in history(seed):
            here = night.circumstances()
            told = decide(night.findings, told, night.today, here).told
            nothing_happened = [one for one in night.findings if one.kind not in EVENTS]
            again = decide(nothing_happened, told, night.today, here)
            assert again.digests == ()
            assert again.told == told
            told = again.told


def test_mail_leaves_only_before_a_school_day_but_for_what_is_urgent() -> None:
    for seed in SEEDS:
        for night, decision in told_in(seed):
            if not school_days(night.today, night.today) and not night.same_day:
                assert decision.digests == ()
            if night.same_day:
                assert all(
                    item.finding and item.finding.urgent
                    for digest in decision.digests
                    for item in digest.items
                )


def test_new_is_said_first_the_end_once_and_weekly_between() -> None:
    """What comes back long after its end is new again. First may also be "still open" or "worse": to a
    provider who heard nothing of it on the first night."""
    for seed in SEEDS:
        for told in heard(seed).values():
            assert told[0][1].reason in (Reason.NEW, Reason.ESCALATED, Reason.STILL_OPEN, Reason.WORSE)
            for (before, first), (after, then) in pairwise(told):
                if then.reason is Reason.RESOLVED:
                    assert first.reason in OPEN
                if then.reason is Reason.STILL_OPEN:
                    assert (after - before).days >= REPEAT_DAYS or first.reason is Reason.RESOLVED
                if then.reason is Reason.NEW:
                    assert then.alert.since > first.alert.since


def test_a_provider_is_told_of_a_missed_session_once_and_again_only_if_it_is_worse_or_back() -> None:
    for seed in SEEDS:
        for told in heard(seed).values():
            mine = [item.reason for _, item in told if item.role is Role.PROVIDER]
            if told[0][1].alert.kind == Kind.MISSED:
                assert (Reason.STILL_OPEN, Reason.STILL_OPEN) not in pairwise(mine)


def test_the_supervisor_gets_each_alert_once() -> None:
    for seed in SEEDS:
        for (to, _), told in heard(seed).items():
            escalated = [(day, item) for day, item in told if item.reason is Reason.ESCALATED]
            assert len({item.alert.since for _, item in escalated}) == len(escalated)
            for day, item in escalated:
                assert to == HEAD
                assert (day - item.alert.since).days >= ESCALATE_DAYS


def test_nobody_is_ever_told_more_new_things_than_the_most() -> None:
    for seed in SEEDS:
        for _, decision in told_in(seed):
            for digest in decision.digests:
                if not digest.summary:
                    assert len(_new_things(digest.items)) <= MOST_NEW


def _new_things(items: tuple[Item, ...]) -> set[object]:
    return {
        (item.reason, item.finding.kind, item.finding.provider)
        if item.finding.kind in (Kind.MISSED, Kind.NOT_LOGGED, Kind.UNCOVERED)
        else (item.reason, item.finding.fingerprint)
        for item in items
        if item.finding and item.reason in FRESH
    }


def test_nothing_is_lost() -> None:
    """However a history went: when everything then stays as it is, all that is open was told in the end."""
    for seed in SEEDS:
        nights = history(seed)
        told = Told()
        for night in nights:
            told = decide(night.findings, told, night.today, night.circumstances()).told
        calm = Night(nights[-1].today, tuple(one for one in nights[-1].findings if one.kind not in EVENTS))
        for number in range(1, 40):
            today = calm.today + timedelta(days=number)
            told = decide(calm.findings, told, today, replace(calm, today=today).circumstances()).told
        alerts = {alert.fingerprint: alert for alert in told.alerts}
        for finding in calm.findings:
            knows = {telling.to for telling in alerts[finding.fingerprint].tellings}
            assert {to for to, _ in calm.receivers(finding)} <= knows, (seed, name_of(finding))
        assert not any(alert.kind in EVENTS for alert in told.alerts)
        assert told.held is None


def test_whatever_the_clock_does_nobody_gets_a_digest_before_the_date_of_the_last() -> None:
    for seed in SEEDS:
        rng, told = Random(seed), Told(summarised=FIRST_NIGHT)
        findings = history(seed)[0].findings
        for _ in range(40):
            today = FIRST_NIGHT + timedelta(days=rng.choice((1, 2, 3, 8, 9, 30, 31, 400)))
            night = Night(today, tuple(one for one in findings if rng.random() < 0.6))
            last = {digest.to: digest.last for digest in told.digests}
            decision = decide(night.findings, told, today, night.circumstances())
            for digest in decision.digests:
                assert digest.to not in last or last[digest.to] < today
            told = decision.told
            assert all(digest.last <= today for digest in told.digests)


def test_when_all_turns_red_there_is_no_storm() -> None:
    """A wrong rule for three nights, and then it is mended: nobody had more than one mail a night."""
    told = Told(summarised=FIRST_NIGHT)
    kinds = (Kind.UNSCHEDULED, Kind.SCHEDULE_DIFFERS, Kind.EXTRA_SERVICE)
    some = next(one for one in history(0)[0].findings)
    red = tuple(replace(some, kind=kind, line=line, dates=()) for line in LINES for kind in kinds)
    mails = []
    notes = 0
    for number, findings in enumerate((red, red, red, (), ())):
        night = Night(date(2025, 9, 8) + timedelta(days=number), findings)
        decision = decide(findings, told, night.today, night.circumstances())
        told = decision.told
        mails.append({digest.to: len(digest.items) for digest in decision.digests})
        notes += decision.storm is not None
    assert all(max(night.values(), default=0) <= MOST_NEW for night in mails[:3])
    assert [sorted(night) for night in mails[3:]] == [sorted(mails[0]), []]
    assert notes == 1
