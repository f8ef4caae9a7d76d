"""Silence when nothing is new: each alert once, weekly while it is open, its end once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.findings.alerts import Circumstances, Decision, decide
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.receivers import Receiver
from sheets_sync.findings.roles import Role
from sheets_sync.state import Alert, Told

MONDAY = date(2025, 10, 6)
SUMMARISED = Told(summarised=date(2025, 9, 2))
CRUZ = Receiver("cruz@school.example", Role.CASE_MANAGER)
LEE = Receiver("lee@school.example", Role.PROVIDER)


def finding(line: str = "speech", kind: Kind = Kind.UNSCHEDULED, **more: object) -> Finding:
    blank = Finding(kind, "Ana R.", "Speech therapy", line, "Ms. Lee", None, 60, "No session is scheduled.")
    return replace(blank, **more)  # type: ignore[arg-type]


def school_days(first: date, last: date) -> int:
    """Monday to Friday, without a holiday."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)


def world(
    receivers: Sequence[Receiver] = (CRUZ,),
    may_know: Sequence[str] = (CRUZ.to, LEE.to),
    unknown: Sequence[str] = (),
) -> Circumstances:
    return Circumstances(
        receivers=lambda found: receivers,
        part=lambda address, student: Role.CASE_MANAGER if address in may_know else None,
        is_known=lambda alert: alert.line not in unknown,
        school_days=school_days,
        case_managers=[CRUZ.to],
        repeat_days=7,
    )


def said(decision: Decision) -> list[tuple[str, str, str]]:
    """Return (to, line, reason) of everything that is told."""
    return [
        (digest.to.split("@")[0], item.alert.line, str(item.reason))
        for digest in decision.digests
        for item in digest.items
    ]


def history(
    days: str, here: Circumstances | None = None, told: Told = SUMMARISED, start: date = MONDAY
) -> list[str]:
    """Run night after night; "x" found, "." not found. Return what is told each night, "" for nothing."""
    words = []
    for number, seen in enumerate(days):
        today = start + timedelta(days=number)
        decision = decide([finding()] if seen == "x" else [], told, today, here or world())
        told = decision.told
        words.append(" ".join(reason for _, _, reason in said(decision)))
    return words


NEW, STILL, OVER, SILENT = "new", "still open", "resolved", ""


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("xxxx", [NEW, SILENT, SILENT, SILENT]),
        ("xx..", [NEW, SILENT, OVER, SILENT]),
        ("....x", [SILENT] * 4 + [NEW]),
        # Told on Monday, again on Monday a week later.
        ("xxxxxxxx", [NEW, *[SILENT] * 6, STILL]),
        # Found on Saturday: told on Monday.
        ("....." + "xxx", [SILENT] * 7 + [NEW]),
        # Found and mended over the weekend: nobody hears of it.
        (".....xx.", [SILENT] * 8),
        # Mended on Saturday: told on Monday.
        ("xxxxx...", [NEW, *[SILENT] * 6, OVER]),
        # Gone on Tuesday, back on Wednesday: it goes on, and whoever was told of its end hears so. Its next
        # word is due a week later.
        ("x.xxxxxxxx", [NEW, OVER, STILL, *[SILENT] * 6, STILL]),
        ("x..xxx", [NEW, OVER, SILENT, STILL, SILENT, SILENT]),
        # Gone again: its end is told again.
        ("x.x..", [NEW, OVER, STILL, OVER, SILENT]),
        # Gone on Tuesday, back on Friday, the third school day: it goes on.
        ("x...x", [NEW, OVER, SILENT, SILENT, STILL]),
        # Gone and back over the weekend: nobody was told of an end.
        ("xxxxx.xx", [NEW, *[SILENT] * 6, STILL]),
        # Gone on Tuesday, back on the Monday after, the fourth school day: it is new.
        ("x......x", [NEW, OVER, *[SILENT] * 5, NEW]),
    ],
)
def test_what_one_alert_is_told_night_after_night(days: str, expected: list[str]) -> None:
    assert history(days) == expected


def test_it_is_still_open_since_the_day_on_which_it_was_first_found() -> None:
    told = SUMMARISED
    for number in (0, 1, 2, 3, 7):
        decision = decide([finding()], told, MONDAY + timedelta(days=number), world())
        told = decision.told
    (item,) = decision.digests[0].items
    assert (item.reason, item.alert.since) == (STILL, MONDAY)


def test_the_first_run_tells_the_case_manager_one_summary_and_providers_nothing() -> None:
    decision = decide([finding("a"), finding("b")], Told(), MONDAY, world((CRUZ, LEE)))
    (digest,) = decision.digests
    assert (digest.to, digest.summary, len(digest.items)) == (CRUZ.to, True, 2)
    assert digest.reasons == ("first summary",)
    assert decision.told.summarised == MONDAY


def test_after_the_first_run_providers_hear_of_what_is_new_alone() -> None:
    told = decide([finding("old")], Told(), MONDAY, world((CRUZ, LEE))).told
    decision = decide(
        [finding("old"), finding("fresh")], told, MONDAY + timedelta(days=1), world((CRUZ, LEE))
    )
    assert said(decision) == [("cruz", "fresh", NEW), ("lee", "fresh", NEW)]


def test_providers_do_not_hear_of_the_end_of_what_they_never_heard_of() -> None:
    told = decide([finding("old")], Told(), MONDAY, world((CRUZ, LEE))).told
    assert said(decide([], told, MONDAY + timedelta(days=1), world((CRUZ, LEE)))) == [("cruz", "old", OVER)]


def test_the_summary_waits_for_a_school_day_too() -> None:
    saturday = MONDAY + timedelta(days=5)
    first = decide([finding()], Told(), saturday, world())
    assert first.digests == ()
    assert first.waiting == 1
    second = decide([finding()], first.told, saturday + timedelta(days=2), world())
    assert second.digests[0].summary
    assert second.digests[0].items[0].alert.since == saturday


def test_a_workbook_without_findings_is_summarised_too() -> None:
    (digest,) = decide([], Told(), MONDAY, world()).digests
    assert digest.summary
    assert digest.items == ()


def test_a_provider_is_told_once_what_to_make_up() -> None:
    missed = finding(kind=Kind.MISSED, date=MONDAY)
    told = decide([missed], SUMMARISED, MONDAY, world((CRUZ, LEE))).told
    later = decide([missed], told, MONDAY + timedelta(days=7), world((CRUZ, LEE)))
    assert said(later) == [("cruz", "speech", STILL)]


def test_a_provider_who_was_told_of_its_end_hears_that_it_is_back_and_of_its_next_end() -> None:
    """The session that she missed is made up, the make-up is struck again, and made up after all."""
    missed = finding(kind=Kind.MISSED, date=MONDAY)
    told, heard = SUMMARISED, []
    for number, seen in enumerate("x.xx."):
        today = MONDAY + timedelta(days=number)
        decision = decide([missed] if seen == "x" else [], told, today, world((CRUZ, LEE)))
        told = decision.told
        heard.append([reason for to, _, reason in said(decision) if to == "lee"])
    assert heard == [[NEW], [OVER], [STILL], [], [OVER]]


def test_what_is_unknown_neither_ends_nor_is_repeated() -> None:
    told = decide([finding()], SUMMARISED, MONDAY, world()).told
    unknown = decide([], told, MONDAY + timedelta(days=8), world(unknown=["speech"]))
    assert said(unknown) == []
    assert unknown.told.alerts[0].ended is None
    assert said(decide([], unknown.told, MONDAY + timedelta(days=9), world())) == [("cruz", "speech", OVER)]


def test_who_no_longer_serves_the_student_does_not_hear_of_the_end() -> None:
    told = decide([finding()], SUMMARISED, MONDAY, world((CRUZ, LEE))).told
    decision = decide([], told, MONDAY + timedelta(days=1), world(may_know=[CRUZ.to]))
    assert said(decision) == [("cruz", "speech", OVER)]


def test_a_new_case_manager_hears_of_what_is_open() -> None:
    told = decide([finding()], SUMMARISED, MONDAY, world()).told
    successor = Receiver("new@school.example", Role.CASE_MANAGER)
    decision = decide([finding()], told, MONDAY + timedelta(days=1), world((successor,)))
    assert said(decision) == [("new", "speech", NEW)]


def test_one_digest_a_person() -> None:
    decision = decide([finding("a"), finding("b"), finding("c")], SUMMARISED, MONDAY, world((CRUZ, LEE)))
    assert [(digest.to, len(digest.items)) for digest in decision.digests] == [(CRUZ.to, 3), (LEE.to, 3)]


def test_what_is_past_is_forgotten() -> None:
    told = decide([finding()], SUMMARISED, MONDAY, world()).told
    for number in range(1, 9):
        told = decide([], told, MONDAY + timedelta(days=number), world()).told
    assert told.alerts == ()


@dataclass
class Model:
    """One alert and one address, as the spec says it in words."""

    since: date | None = None
    ended: date | None = None
    last_told: date | None = None
    believes_open: bool = False

    def night(self, today: date, is_found: bool) -> str:
        if self.ended and school_days(self.ended + timedelta(days=1), today) > 3 and is_found:
            self.since = self.ended = self.last_told = None
            self.believes_open = False
        if is_found:
            self.since, self.ended = self.since or today, None
        elif self.since and not self.ended:
            self.ended = today
        return self._word(today, is_found) if today.weekday() < 5 else SILENT

    def _word(self, today: date, is_found: bool) -> str:
        if is_found and self.last_told is None:
            self.last_told, self.believes_open = today, True
            return NEW
        is_due = self.last_told and today - self.last_told >= timedelta(days=7)
        if is_found and (is_due or not self.believes_open):
            self.last_told, self.believes_open = today, True
            return STILL
        if not is_found and self.believes_open:
            self.believes_open = False
            return OVER
        return SILENT


LINES = ("a", "b", "c")


@dataclass
class Night:
    gap: int = 1
    lines: frozenset[str] = field(default_factory=frozenset)


nights = st.lists(
    st.builds(
        Night,
        gap=st.sampled_from([1, 1, 1, 1, 2, 3, 9]),
        lines=st.frozensets(st.sampled_from(LINES)),
    ),
    max_size=40,
)


@settings(max_examples=400, deadline=None)
@given(nights)
def test_every_history_is_told_as_the_model_says(history: list[Night]) -> None:
    today, told = MONDAY, SUMMARISED
    models = {line: Model() for line in LINES}
    for night in history:
        today += timedelta(days=night.gap)
        decision = decide([finding(line) for line in sorted(night.lines)], told, today, world())
        told = decision.told
        expected = {line: models[line].night(today, line in night.lines) for line in LINES}
        got = {line: reason for _, line, reason in said(decision)}
        assert got == {line: word for line, word in expected.items() if word}
        assert len(said(decision)) == len(got)


@settings(max_examples=100, deadline=None)
@given(nights)
def test_a_run_that_is_repeated_tells_nothing(history: list[Night]) -> None:
    today, told = MONDAY, SUMMARISED
    for night in history:
        today += timedelta(days=night.gap)
        findings = [finding(line) for line in sorted(night.lines)]
        told = decide(findings, told, today, world((CRUZ, LEE))).told
        again = decide(findings, told, today, world((CRUZ, LEE)))
        assert again.digests == ()
        assert again.told == told


def test_alerts_remember_their_last_finding() -> None:
    told = decide([finding(minutes=60)], SUMMARISED, MONDAY, world()).told
    told = decide([finding(minutes=90)], told, MONDAY + timedelta(days=1), world()).told
    (alert,) = told.alerts
    assert isinstance(alert, Alert)
    assert (alert.minutes, alert.since) == (90, MONDAY)


@pytest.mark.parametrize(("day", "told_of_its_end"), [(MONDAY + timedelta(days=1), True), (MONDAY, False)])
def test_an_uncovered_day_that_has_passed_was_not_settled(day: date, told_of_its_end: bool) -> None:
    """On Tuesday Monday's session is past; that of Tuesday has somebody to give it now."""
    uncovered = finding(kind=Kind.UNCOVERED, date=day, dates=(day,))
    open_ = decide([uncovered], SUMMARISED, MONDAY, world()).told
    later = decide([], open_, MONDAY + timedelta(days=1), world())
    assert bool(said(later)) is told_of_its_end
    assert said(decide([], later.told, MONDAY + timedelta(days=2), world())) == []
