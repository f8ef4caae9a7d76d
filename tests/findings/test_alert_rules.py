"""worse, snoozed, escalated, events, one digest a date, held in a storm: each rule in the words of the field.

Mon Oct 6 2025 is day 0; there is school from Monday to Friday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.findings.alerts import Circumstances, Decision, Reason, Storm, decide
from sheets_sync.findings.alerts.events import packed, unpacked
from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.receivers import Receiver
from sheets_sync.findings.roles import Role
from sheets_sync.state import Telling, Told, Word

MONDAY = date(2025, 10, 6)
SUMMARISED = Told(summarised=date(2025, 9, 2))
CRUZ = Receiver("cruz@school.example", Role.CASE_MANAGER)
LEE = Receiver("lee@school.example", Role.PROVIDER)
HEAD = "head@school.example"
SEEN = Finding(
    Kind.UNSCHEDULED,
    "Ana R.",
    "Speech therapy",
    "speech",
    "Ms. Lee",
    None,
    60,
    "No session is scheduled.",
    providers=("Ms. Lee",),
)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def not_logged(*days: int, **more: object) -> Finding:
    """Sessions without an entry, 30 min each; overdue on the sixth day after the oldest."""
    dates = tuple(day(number) for number in days)
    one = replace(SEEN, kind=Kind.NOT_LOGGED, dates=dates, date=dates[0], minutes=30 * len(days))
    return replace(one, due=dates[0] + timedelta(days=6), **more)  # type: ignore[arg-type]


def missed(number: int, minutes: int = 30, line: str = "speech") -> Finding:
    return replace(SEEN, kind=Kind.MISSED, date=day(number), dates=(day(number),), minutes=minutes, line=line)


def overdue(minutes: int) -> Finding:
    return replace(SEEN, kind=Kind.MAKE_UP_OVERDUE, minutes=minutes)


def short(sessions: int, minutes: int) -> Finding:
    """So many sessions of a whole week are not scheduled, so many minutes of this one."""
    return replace(SEEN, kind=Kind.UNDER_SCHEDULED, sessions=sessions, minutes=minutes)


def changed(number: int, words: str = "moved to 10:00", *, urgent: bool = False) -> Finding:
    one = replace(SEEN, kind=Kind.SCHEDULE_CHANGED, date=day(number), dates=(day(number),), text=words)
    return replace(one, urgent=urgent)


def school_days(first: date, last: date) -> int:
    return sum((first + timedelta(days=number)).weekday() < 5 for number in range((last - first).days + 1))


def world(receivers: Sequence[Receiver] = (CRUZ,), **more: object) -> Circumstances:
    here = Circumstances(
        receivers=lambda found: receivers,
        part=lambda address, student: Role.CASE_MANAGER,
        is_known=lambda alert: True,
        school_days=school_days,
        case_managers=[CRUZ.to],
        repeat_days=7,
        lines=4,
    )
    return replace(here, **more)  # type: ignore[arg-type]


Night = tuple[int, list[Finding]]


def told_on(nights: Sequence[Night], here: Circumstances | None = None, told: Told = SUMMARISED) -> list[str]:
    """Run these nights; return what is told on each: "cruz new", "" for nothing."""
    words = []
    for number, findings in nights:
        decision = decide(findings, told, day(number), here or world())
        told = decision.told
        words.append(", ".join(said(decision)))
    return words


def said(decision: Decision) -> list[str]:
    return [
        f"{digest.to.split('@')[0]} {item.reason}" for digest in decision.digests for item in digest.items
    ]


NEW, WORSE, STILL, OVER, SILENT = "cruz new", "cruz worse", "cruz still open", "cruz resolved", ""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (not_logged(-9, -7), not_logged(-9, -7, -5), WORSE),
        # One was logged, another is missing now: a further session all the same.
        (not_logged(-9, -7), not_logged(-7, -5), WORSE),
        (not_logged(-9, -7), not_logged(-9), SILENT),
        (overdue(60), overdue(89), SILENT),
        (overdue(60), overdue(90), WORSE),
        (overdue(60), overdue(30), SILENT),
        # 5 x 30 min and nothing scheduled: 90 min in the short week, 150 in the next, and nothing is worse.
        (replace(SEEN, minutes=90), replace(SEEN, minutes=150), SILENT),
        (short(1, minutes=12), short(1, minutes=60), SILENT),
        (short(1, minutes=30), short(2, minutes=30), WORSE),
        (missed(-1, minutes=30), missed(-1, minutes=60), WORSE),
        (replace(SEEN, kind=Kind.WATCH, sessions=3), replace(SEEN, kind=Kind.WATCH, sessions=4), WORSE),
        (replace(SEEN, kind=Kind.WATCH, sessions=4), replace(SEEN, kind=Kind.WATCH, sessions=3), SILENT),
        # A service that is on no line goes on every week: it is told weekly, not with each session.
        (
            replace(SEEN, kind=Kind.EXTRA_SERVICE, dates=(day(-4),)),
            replace(SEEN, kind=Kind.EXTRA_SERVICE, dates=(day(-4), day(-2)), minutes=120),
            SILENT,
        ),
    ],
)
def test_what_is_worse_is_told_again(before: Finding, after: Finding, expected: str) -> None:
    assert told_on([(0, [before]), (1, [after]), (2, [after])]) == [NEW, expected, SILENT]


def test_ten_minutes_more_each_night_are_thirty_after_three() -> None:
    """Compared is what was told, not what was found last night; and the week begins anew."""
    nights = [(number, [overdue(60 + 10 * number)]) for number in (0, 1, 2, 3)]
    more = [(9, [overdue(90)]), (10, [overdue(90)])]
    assert told_on([*nights, *more]) == [NEW, SILENT, SILENT, WORSE, SILENT, STILL]


def snoozed(nights: Sequence[tuple[int, list[Finding], date | None]], **more: object) -> list[str]:
    """As `told_on`, with what stands under "Snooze until" beside the line."""
    told, words = SUMMARISED, []
    for number, findings, until in nights:
        here = world(snoozes={"speech": until} if until else {}, **more)
        decision = decide(findings, told, day(number), here)
        told = decision.told
        words.append(", ".join(said(decision)))
    return words


def test_a_snooze_silences_what_is_open_until_its_date() -> None:
    until = day(11)
    assert snoozed(
        [
            (0, [overdue(60)], None),
            (7, [overdue(60)], until),  # would be "still open"
            (8, [overdue(120)], until),  # would be "worse"
            (10, [overdue(60)], until),
            (11, [overdue(60)], until),
        ]
    ) == [NEW, SILENT, SILENT, SILENT, STILL]


def test_a_further_missed_session_is_told_all_the_same() -> None:
    """So is the second session of a day of which one was missed before."""
    first, second = missed(-3), missed(1)
    until = day(20)
    assert snoozed(
        [
            (0, [first], None),
            (1, [first], until),
            (2, [first, second], until),
            (3, [replace(first, minutes=60), second], until),
        ]
    ) == [NEW, SILENT, NEW, WORSE]


def test_what_nobody_had_seen_when_the_date_was_typed_is_told() -> None:
    other = replace(SEEN, kind=Kind.SCHEDULE_DIFFERS)
    assert snoozed([(0, [SEEN], None), (1, [SEEN, other], day(20))]) == [NEW, NEW]


def test_the_end_of_what_is_snoozed_is_told() -> None:
    assert snoozed([(0, [SEEN], None), (1, [SEEN], day(20)), (2, [], day(20))]) == [NEW, SILENT, OVER]


def test_a_snooze_of_another_line_silences_nothing() -> None:
    here = world(snoozes={"math": day(20)})
    assert told_on([(0, [SEEN]), (7, [SEEN])], here) == [NEW, STILL]


def test_a_snooze_is_cut_and_the_same_date_does_not_begin_anew() -> None:
    """Typed on day 1 for half a year ahead; at most 10 days: on day 11 it is over, and stays so."""
    far = day(180)
    nights = [(0, [SEEN], None), *[(number, [SEEN], far) for number in (1, 7, 10, 11, 15, 18)]]
    assert snoozed(nights, snooze_max_days=10) == [NEW, SILENT, SILENT, SILENT, STILL, SILENT, STILL]
    renewed = [*nights[:5], (18, [SEEN], day(200)), (22, [SEEN], day(200))]
    assert snoozed(renewed, snooze_max_days=10)[-2:] == [SILENT, SILENT]


@pytest.mark.parametrize(("gone", "end"), [((5,), STILL), ((2, 3, 4, 5, 6, 7, 8, 9), SILENT)])
def test_a_date_that_is_not_seen_for_a_night_does_not_begin_anew(gone: Sequence[int], end: str) -> None:
    """Not seen on day 5 alone it ends on day 11, ten days after it began; gone for a week it is new."""
    far = day(180)
    nights = [(0, [SEEN], None)] + [
        (number, [SEEN], None if number in gone else far) for number in range(1, 12)
    ]
    assert snoozed(nights, snooze_max_days=10)[-1] == end


def escalating(nights: Sequence[Night], **more: object) -> list[str]:
    return told_on(nights, world(supervisors=lambda finding: [HEAD], escalate_days=14, **more))


def test_what_is_open_for_two_weeks_without_a_change_goes_to_the_supervisor_once() -> None:
    nights: list[Night] = [(number, [SEEN]) for number in (0, 7, 11, 14, 15, 21, 28)]
    assert escalating(nights) == [
        NEW,
        STILL,
        SILENT,
        f"{STILL}, head escalated",
        SILENT,
        STILL,
        STILL,
    ]


def test_the_supervisor_hears_of_its_end_once() -> None:
    assert escalating([(0, [SEEN]), (14, [SEEN]), (15, []), (16, [])])[2:] == [
        "cruz resolved, head resolved",
        SILENT,
    ]


@pytest.mark.parametrize(
    ("on_day_7", "expected"),
    [
        # 30 minutes less: somebody is at it, and the two weeks begin anew.
        (overdue(30), []),
        (overdue(50), ["head escalated"]),
        # What only gets worse does not keep it from the supervisor.
        (overdue(90), ["head escalated"]),
    ],
)
def test_a_change_is_one_for_the_better(on_day_7: Finding, expected: list[str]) -> None:
    words = escalating([(0, [overdue(60)]), (7, [on_day_7]), (14, [on_day_7])])
    assert [word for word in words[-1].split(", ") if "head" in word] == expected


def test_a_short_week_does_not_begin_the_two_weeks_anew() -> None:
    weeks: list[Night] = [
        (7 * week, [replace(SEEN, minutes=minutes)]) for week, minutes in enumerate((150, 90, 150))
    ]
    assert escalating(weeks) == [NEW, STILL, f"{STILL}, head escalated"]


def test_not_logged_is_escalated_from_the_day_on_which_its_oldest_session_was_due() -> None:
    """Sessions of Sep 29 and Oct 1, due on Oct 5 and 7. The first is logged on Oct 8: 14 days from Oct 7."""
    oldest, later = not_logged(-7, -5), not_logged(-5)
    words = escalating([(0, [oldest]), (2, [later]), (14, [later]), (15, [later])])
    assert ["head escalated" in word for word in words] == [False, False, False, True]


@pytest.mark.parametrize("kind", [Kind.WATCH, Kind.DATA_PROBLEM])
def test_what_is_no_fault_of_a_service_is_not_escalated(kind: Kind) -> None:
    one = replace(SEEN, kind=kind)
    assert escalating([(0, [one]), (14, [one])])[-1] == STILL


def test_the_two_weeks_begin_when_it_is_mailed() -> None:
    """Quiet for the first ten school days of a line: shown, not yet mailed."""
    quiet = replace(SEEN, quiet=True)
    nights: list[Night] = [(0, [quiet]), (14, [quiet]), (15, [SEEN]), (28, [SEEN])]
    assert [("head" in word) for word in escalating(nights)] == [False, False, False, True]


def test_a_snooze_does_not_keep_it_from_the_supervisor() -> None:
    nights = [(0, [SEEN], None), (1, [SEEN], day(50)), (14, [SEEN], day(50))]
    assert snoozed(nights, supervisors=lambda finding: [HEAD]) == [NEW, SILENT, "head escalated"]


def test_its_history_goes_with_it() -> None:
    here = world((CRUZ, LEE), supervisors=lambda finding: [HEAD])
    told = SUMMARISED
    for number in (0, 7, 14):
        decision = decide([missed(-1)], told, day(number), here)
        told = decision.told
    (item,) = [item for digest in decision.digests for item in digest.items if item.role is Role.SUPERVISOR]
    assert (item.reason, item.alert.since) == (Reason.ESCALATED, MONDAY)
    history = {telling.to: (telling.times, telling.last) for telling in item.alert.tellings}
    assert history == {CRUZ.to: (2, day(7)), LEE.to: (1, day(0))}


def uncovered(*days: int) -> list[Finding]:
    one = replace(SEEN, kind=Kind.UNCOVERED, minutes=30)
    return [replace(one, date=day(number), dates=(day(number),)) for number in days]


def test_a_long_absence_is_told_once_a_week() -> None:
    """Away for months: each night one more day comes within ten school days."""
    school = [number for number in range(60) if number % 7 < 5]
    nights: list[Night] = [
        (now, uncovered(*[number for number in school if number >= now][:10])) for now in school if now < 21
    ]
    told = [(now, words) for (now, _), words in zip(nights, told_on(nights), strict=True) if words]
    assert [now for now, _ in told] == [0, 7, 14]
    assert told[1][1] == ", ".join([STILL] * 5 + [NEW] * 5)


def test_a_further_day_that_is_near_is_told_at_once() -> None:
    assert told_on([(0, uncovered(3)), (1, uncovered(3, 4)), (2, uncovered(3, 4, 14))]) == [NEW, NEW, SILENT]


def test_a_change_of_a_saturday_is_told_on_monday_once() -> None:
    nights: list[Night] = [(5, [changed(9)]), (6, []), (7, []), (8, []), (14, [])]
    assert told_on(nights) == [SILENT, SILENT, NEW, SILENT, SILENT]


def test_two_changes_of_one_session_are_told_both() -> None:
    nights: list[Night] = [(5, [changed(9)]), (6, [changed(9, "moved to 11:00")]), (7, [])]
    assert told_on(nights)[-1] == f"{NEW}, {NEW}"


def test_the_same_change_a_second_time_is_told_a_second_time() -> None:
    assert told_on([(0, [changed(4)]), (1, []), (2, [changed(4)])]) == [NEW, SILENT, NEW]


def test_what_changed_before_the_first_summary_is_no_news() -> None:
    words = told_on([(5, [changed(9)]), (7, []), (8, [])], told=Told())
    assert words == [SILENT, SILENT, SILENT]


def test_an_event_is_kept_whole() -> None:
    event = replace(changed(4), cells=("Schedule!A4",), position=3, remedy="Look.", due=day(2))
    assert unpacked(packed(event)) == event


@given(st.text(), st.text(), st.lists(st.dates(), max_size=3))
def test_whatever_an_event_says_is_kept(student: str, text: str, dates: list[date]) -> None:
    event = replace(SEEN, student=student, text=text, dates=tuple(dates))
    assert unpacked(packed(event)) == event


def test_an_event_stands_where_its_line_stands_tonight() -> None:
    told = decide([replace(changed(9), position=3)], SUMMARISED, day(5), world()).told
    (digest,) = decide([], told, day(7), world(position={"speech": 8}.get)).digests
    assert digest.items[0].finding
    assert digest.items[0].finding.position == 8


def test_a_second_run_on_a_date_tells_nobody_a_second_time() -> None:
    """What it finds is told with the next night's digest."""
    more = replace(SEEN, line="math")
    assert told_on([(0, [SEEN]), (0, [SEEN, more]), (1, [SEEN, more])]) == [NEW, SILENT, NEW]


def test_who_had_no_digest_yet_hears_of_it_in_the_second_run() -> None:
    assert told_on([(0, []), (0, [SEEN])]) == [SILENT, NEW]


def test_on_the_same_day_what_is_urgent_is_told_alone() -> None:
    """Ms. Cruz had her digest at night. At ten a session of today is moved, and one of next week."""
    urgent, later = changed(0, urgent=True), changed(8, "dropped")
    told = decide([SEEN], SUMMARISED, MONDAY, world()).told
    more = replace(SEEN, line="math")
    at_ten = decide([SEEN, more, urgent, later], told, MONDAY, world(same_day=True))
    assert [item.alert.kind for digest in at_ten.digests for item in digest.items] == ["schedule-changed"]
    at_eleven = decide([SEEN, more], at_ten.told, MONDAY, world(same_day=True))
    assert said(at_eleven) == []
    tuesday = decide([SEEN, more], at_eleven.told, day(1), world())
    assert sorted(item.alert.kind for item in tuesday.digests[0].items) == ["schedule-changed", "unscheduled"]


THURSDAY, FRIDAY, MONDAY_AFTER = 3, 4, 7


@pytest.mark.parametrize(
    ("today", "of", "expected"),
    [
        (1, 1, NEW),
        # No school on Thursday and Friday: a session of these days is none.
        (THURSDAY, THURSDAY, SILENT),
        (THURSDAY, MONDAY_AFTER, SILENT),
        (2, THURSDAY, NEW),
        # The day before the one on which it is.
        (MONDAY_AFTER - 1, MONDAY_AFTER, NEW),
        (FRIDAY, MONDAY_AFTER, SILENT),
    ],
)
def test_a_mail_of_the_same_day_leaves_only_before_school(today: int, of: int, expected: str) -> None:
    def with_holidays(first: date, last: date) -> int:
        return school_days(first, last) - sum(first <= day(free) <= last for free in (THURSDAY, FRIDAY))

    here = world(same_day=True, school_days=with_holidays)
    assert said(decide([changed(of, urgent=True)], SUMMARISED, day(today), here)) == (
        [expected] if expected else []
    )


def test_a_mail_of_the_same_day_does_not_take_the_nights_digest_away() -> None:
    """From noon on a run has the next date, which is that of the coming night."""
    at_one = decide([changed(1, urgent=True)], SUMMARISED, day(1), world(same_day=True))
    assert said(at_one) == [NEW]
    assert said(decide([SEEN], at_one.told, day(1), world())) == [NEW]


def test_what_is_urgent_and_could_not_be_told_stays_urgent_until_its_day() -> None:
    told = decide([SEEN, changed(1, urgent=True)], SUMMARISED, day(-1), world()).told
    assert said(decide([], told, day(1), world(same_day=True))) == [NEW]
    assert said(decide([], told, day(2), world(same_day=True))) == []


def test_a_run_of_the_same_day_is_no_first_run() -> None:
    decision = decide([SEEN], Told(), MONDAY, world(same_day=True))
    assert (decision.digests, decision.told.summarised) == ((), None)


def many(number: int) -> list[Finding]:
    return [replace(SEEN, line=f"line {at:02}", minutes=60 + at) for at in range(number)]


def test_a_night_tells_a_person_what_can_be_seen_to_and_holds_the_rest() -> None:
    """60 lines of 1,000 turn red: 25 a night, the most minutes first, and one note."""
    here = world(lines=1000)
    first = decide(many(60), SUMMARISED, MONDAY, here)
    assert [item.alert.line for item in first.digests[0].items][:2] == ["line 35", "line 36"]
    assert {item.alert.minutes for item in first.digests[0].items} == set(range(95, 120))
    assert first.digests[0].held == 35
    assert first.storm == Storm(told=25, held=35, people=1, lines=60, all_lines=1000)
    second = decide(many(60), first.told, day(1), here)
    assert (len(second.digests[0].items), second.digests[0].held, second.storm) == (25, 10, None)
    third = decide(many(60), second.told, day(2), here)
    assert (len(third.digests[0].items), third.digests[0].held, third.storm) == (10, 0, None)
    fourth = decide(many(60), third.told, day(3), here)
    assert (fourth.digests, fourth.told.held) == ((), None)


def test_when_more_than_half_of_all_lines_are_new_less_is_told() -> None:
    decision = decide(many(12), SUMMARISED, MONDAY, world(lines=20))
    assert (len(decision.digests[0].items), decision.digests[0].held) == (10, 2)
    assert decide(many(12), SUMMARISED, MONDAY, world(lines=24)).storm is None


def test_the_gravest_is_told_first() -> None:
    findings = [*many(40), missed(-1, 15, "other")]
    kinds = [
        item.alert.kind for item in decide(findings, SUMMARISED, MONDAY, world(lines=99)).digests[0].items
    ]
    assert "missed" in kinds


def test_what_one_provider_missed_is_one_thing() -> None:
    """Forty students of one provider who is ill are one paragraph: nothing is held."""
    findings = [missed(-1, line=f"line {at}") for at in range(40)]
    decision = decide(findings, SUMMARISED, MONDAY, world(lines=50))
    assert (len(decision.digests[0].items), decision.storm) == (40, None)


def test_the_first_summary_is_one_mail_whatever_is_in_it() -> None:
    (digest,) = decide(many(60), Told(), MONDAY, world(lines=60)).digests
    assert (len(digest.items), digest.held) == (60, 0)


def test_a_second_run_in_a_storm_makes_no_second_note() -> None:
    here = world(lines=1000)
    first = decide(many(60), SUMMARISED, MONDAY, here)
    again = decide(many(60), first.told, MONDAY, here)
    assert (again.digests, again.storm) == ((), None)
    assert decide(many(60), again.told, day(1), here).storm is None


def test_a_clock_that_was_a_year_ahead_silences_nothing() -> None:
    told = decide([SEEN], SUMMARISED, day(365), world()).told
    nights: list[Night] = [(0, [SEEN]), (1, [SEEN]), (7, [SEEN]), (8, [SEEN])]
    assert told_on(nights, told=told) == [SILENT, SILENT, STILL, SILENT]


def test_what_an_earlier_version_told_is_not_worse_for_being_unknown() -> None:
    """It did not remember how many sessions it had told."""
    told = decide([not_logged(-9, -7)], SUMMARISED, MONDAY, world()).told
    (alert,) = told.alerts
    telling = Telling(CRUZ.to, MONDAY, Word.OPEN, minutes=60)
    before = replace(told, alerts=(replace(alert, tellings=(telling,)),))
    assert told_on([(1, [not_logged(-9, -7)])], told=before) == [SILENT]
