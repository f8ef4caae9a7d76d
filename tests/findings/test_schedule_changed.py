"""schedule-changed: what moved since the last trusted run, old beside new, and what is no change at all."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.findings.finding import Finding
from sheets_sync.problems import Problem, Severity
from tests.findings.a_school import (
    Row,
    day,
    found,
    given,
    line,
    of_kind,
    person,
    school,
    second_night,
    slot,
    student,
)

LAST_NIGHT, TODAY = "10-20", "10-21"
"""A Monday and the Tuesday after it."""

LOG = given("10-06", "10-08", "10-15", "10-20")
MON, TUE, WED, THU, FRI = (1 << day for day in range(5))


def at(days: int = MON | WED, start: int = 540, provider: str = "Ms. Lee", **more: Any) -> Row:
    return slot(weekdays=days, start=start, provider=provider, nth=0, makeup=False) | {
        name.rstrip("_"): day(value) if name in ("from_", "to") else value for name, value in more.items()
    }


def changed(
    old: list[Row], new: list[Row], today: str = TODAY, last_night: str = LAST_NIGHT, **sheets: Any
) -> list[Finding]:
    before = school(last_night, schedule=old, log=LOG, **sheets)
    return list(
        second_night(before, school(today, schedule=new, log=LOG, **sheets), kinds="schedule-changed")
    )


def words(old: list[Row], new: list[Row], **more: Any) -> list[str]:
    return [finding.text for finding in changed(old, new, **more)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # A session moved to another day and time: old and new side by side. The next Tuesday is today.
        (
            [at(MON)],
            [at(TUE, 600)],
            "Mon 9:00-9:30 with Ms. Lee -> Tue 10:00-10:30 with Ms. Lee, from Oct 21 on.",
        ),
        # Of a row with two days one moves.
        (
            [at(MON | WED)],
            [at(MON | THU)],
            "Wed 9:00-9:30 with Ms. Lee -> Thu 9:00-9:30 with Ms. Lee, from Oct 23 on.",
        ),
        # Both days at another time are one change, also where the new rows are two.
        (
            [at(MON | WED)],
            [at(MON, 600), at(WED, 600)],
            "Mon, Wed 9:00-9:30 with Ms. Lee -> Mon, Wed 10:00-10:30 with Ms. Lee, from Oct 22 on.",
        ),
        # Given to someone else.
        (
            [at()],
            [at(provider="Mr. Diaz")],
            "Mon, Wed 9:00-9:30 with Ms. Lee -> Mon, Wed 9:00-9:30 with Mr. Diaz, from Oct 22 on.",
        ),
        (  # ... or nobody any more
            [at()],
            [at(provider="tbd")],
            "Mon, Wed 9:00-9:30 with Ms. Lee -> Mon, Wed 9:00-9:30 without a provider (tbd), from Oct 22 on.",
        ),
        # Added; dropped.
        ([at(MON)], [at(MON), at(FRI)], "added: Fri 9:00-9:30 with Ms. Lee, from Oct 24 on."),
        ([at(), at(FRI)], [at()], "dropped: Fri 9:00-9:30 with Ms. Lee, from Oct 24 on."),
        # Longer.
        (
            [at(MON)],
            [at(MON) | {"minutes": 45}],
            "Mon 9:00-9:30 with Ms. Lee -> Mon 9:00-9:45 with Ms. Lee, from Oct 27 on.",
        ),
        # A row that ends while its successor begins is one move.
        (
            [at(MON)],
            [at(MON, to="10-31"), at(TUE, 600, from_="11-03")],
            "Mon 9:00-9:30 with Ms. Lee -> Tue 10:00-10:30 with Ms. Lee, from Nov 4 on.",
        ),
        # Somebody stands in for two weeks: the rest is as it was.
        (
            [at(MON)],
            [
                at(MON, to="10-31"),
                at(MON, provider="Mr. Diaz", from_="11-03", to="11-14"),
                at(MON, from_="11-17"),
            ],
            "Mon 9:00-9:30 with Ms. Lee -> Mon 9:00-9:30 with Mr. Diaz, on Nov 3 and Nov 10.",
        ),
        # Every other week from now on: half of the sessions are dropped.
        (
            [at(MON)],
            [at(MON, pattern="alternate", from_="10-27")],
            "dropped: Mon 9:00-9:30 with Ms. Lee, on Nov 3, Nov 17, Dec 1, Dec 15, Dec 29 and 11 more days.",
        ),
    ],
)
def test_what_moved_is_said_old_beside_new(old: list[Row], new: list[Row], expected: str) -> None:
    assert words(old, new) == [expected]


@pytest.mark.parametrize(
    "new",
    [
        [at(WED), at(MON)],  # in two rows, sorted otherwise
        [at(WED, from_="09-01"), at(MON, to="06-11")],  # to the last day of school, from long ago
        [at(MON | WED, provider="ms. lee")],
        [at() | {"location": "Room 12", "notes": "bring the folder"}],
        [at() | {"row": 40}],
        [at(to="10-26"), at(from_="10-27")],  # cut on a weekend
        [at(to="10-10"), at(from_="10-15")],  # a gap of the past
        [at(), at(FRI, to="10-17")],  # a row that is over
        [at(), at(FRI, makeup=True)],
        [
            at(MON, pattern="alternate", from_="10-06"),
            at(MON, pattern="alternate", from_="10-13"),
            at(WED),
        ],
        [at(MON), *(at(WED, pattern="nth", nth=1 << n) for n in range(5))],
    ],
)
def test_what_is_no_change(new: list[Row]) -> None:
    assert words([at()], new) == []
    assert words(new, [at()]) == []


def test_on_a_first_night_nothing_has_changed() -> None:
    assert of_kind(found(school(TODAY, schedule=[at()], log=LOG)), "schedule-changed") == []


def test_time_alone_changes_nothing() -> None:
    """A row ends on Oct 20 and its successor begins on Oct 22; both stood there last night."""
    rows = [at(MON, to="10-20"), at(WED, from_="10-22")]
    assert words(rows, rows) == []


def test_a_holiday_that_comes_into_the_calendar_is_no_change_of_the_schedule() -> None:
    before = school(LAST_NIGHT, schedule=[at()], log=LOG)
    shut = {"date": day("10-22"), "to": day("10-22"), "kind": "no school", "time": -1}
    after = school(TODAY, schedule=[at()], log=LOG, days=[shut])
    assert second_night(before, after, kinds="schedule-changed") == ()


def test_a_session_that_a_closed_day_would_have_had_is_no_change_of_the_schedule() -> None:
    """Of a plan book the row that is taken for it is that of another day, and the same cell."""
    of_one_day = at(WED, from_="10-29", to="10-29")
    before = school(LAST_NIGHT, schedule=[of_one_day], log=LOG)
    shut = {"date": day("10-22"), "to": day("10-22"), "kind": "no school", "time": -1}
    rows = [of_one_day, at(WED, from_="10-22", to="10-22")]
    after = school(TODAY, schedule=rows, log=LOG, days=[shut])
    assert second_night(before, after, kinds="schedule-changed") == ()


def test_a_row_that_cannot_be_read_tonight_is_unknown() -> None:
    problem = Problem(Severity.ERROR, "Schedule", "C3", "Mnday", "No day.", "Write a day.")
    before = school(LAST_NIGHT, schedule=[at(MON), at(WED)], log=LOG)
    after = school(TODAY, schedule=[at(MON)], log=LOG, problems=[problem])
    assert second_night(before, after, kinds="schedule-changed") == ()


def test_the_schedule_of_a_student_who_left_the_caseload_is_unknown() -> None:
    assert words([at()], [], students=[student("Ben T.")]) == []


def test_sessions_after_a_student_leaves_are_none() -> None:
    leaving = [student(exit=day("10-24"))]
    assert words([at(MON)], [at(MON), at(FRI, from_="10-27")], students=leaving) == []


def test_a_student_renamed_in_every_tab_has_the_same_sessions() -> None:
    ana = {"students": [student("Ana Rivera")], "grid": [line("Ana Rivera")]}
    before = school(LAST_NIGHT, schedule=[at()], log=LOG)
    after = school(TODAY, schedule=[at() | {"student": "Ana Rivera"}], **ana)
    assert second_night(before, after, kinds="schedule-changed") == ()


@pytest.mark.parametrize(
    ("old", "new", "urgent"),
    [
        ([at(MON)], [at(MON), at(TUE)], True),  # today
        ([at(MON)], [at(MON), at(WED)], True),  # tomorrow
        ([at(MON)], [at(MON), at(THU)], False),
        ([at(WED)], [at(THU)], True),  # tomorrow's session is gone
        ([at(MON)], [at(MON), at(WED, from_="10-29")], False),
    ],
)
def test_what_touches_today_or_tomorrow_is_urgent(old: list[Row], new: list[Row], urgent: bool) -> None:
    assert [finding.urgent for finding in changed(old, new)] == [urgent]


def test_on_a_friday_monday_is_next() -> None:
    (finding,) = changed([at(MON)], [at(WED)], today="10-24", last_night="10-23")
    assert finding.urgent


def test_the_old_and_the_new_provider_have_a_part_in_it() -> None:
    (finding,) = changed([at()], [at(provider="Mr. Diaz")])
    assert finding.providers == ("Mr. Diaz", "Ms. Lee")
    assert finding.provider == "Mr. Diaz"
    assert finding.date == day(TODAY)


def test_a_para_who_is_with_the_student_at_that_time_has_a_part_in_it() -> None:
    """The aide is with Ana on Mondays from 8:30 to 10:00, and at noon."""
    staff = [person(), person("Mr. Poe", "poe@school.example", role="Paraprofessional")]
    grid = [line(), line(service="Para support", provider="Mr. Poe")]
    poe = [
        at(MON, 510, "Mr. Poe", service="Para support") | {"minutes": 90},
        at(TUE, 720, "Mr. Poe", service="Para support"),
    ]
    (finding,) = changed([at(MON), *poe], [at(TUE, 600), *poe], staff=staff, grid=grid)
    assert finding.providers == ("Ms. Lee", "Mr. Poe")
    (other,) = changed([at(WED), *poe], [at(TUE, 600), *poe], staff=staff, grid=grid)
    assert other.providers == ("Ms. Lee",)


def test_changes_of_two_providers_are_two_findings_those_of_one_are_one() -> None:
    findings = changed(
        [at(MON), at(WED)], [at(MON), at(WED), at(TUE), at(FRI, 600), at(FRI, 700, "Mr. Diaz")]
    )
    assert [finding.provider for finding in findings] == ["Ms. Lee", "Mr. Diaz"]
    assert findings[0].text == (
        "added: Tue 9:00-9:30 with Ms. Lee, from Oct 21 on"
        " and added: Fri 10:00-10:30 with Ms. Lee, from Oct 24 on."
    )
    assert len({finding.fingerprint for finding in findings}) == 2


def test_each_student_of_a_group_has_a_finding() -> None:
    students, grid = [student(), student("Ben T.")], [line(), line("Ben T.")]
    old = [at(MON), at(MON) | {"student": "Ben T."}]
    new = [at(TUE), at(TUE) | {"student": "Ben T."}]
    findings = changed(old, new, students=students, grid=grid)
    assert [finding.student for finding in findings] == ["Ana R.", "Ben T."]


def test_cycle_days_are_compared_as_days() -> None:
    cycle = {"pattern": "cycle", "weekdays": 0, "cycle_length": 6}
    one, two = at() | cycle | {"cycle_days": 1}, at() | cycle | {"cycle_days": 2}
    assert words([one], [one | {"cycle_days": 1}]) == []
    (text,) = words([one], [two])
    assert text.startswith("Day 1 9:00-9:30 with Ms. Lee -> Day 2 9:00-9:30 with Ms. Lee, from ")
