"""uncovered: who is away or missing in the next ten school days, and who else could."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.findings.finding import Finding
from sheets_sync.tables import Category
from tests.findings.a_school import day, entry, found, given, line, of_kind, person, school, slot, student

TODAY = "10-20"
"""A Monday. The next ten school days are those of this week and the next, to Fri Oct 31."""

LOG = given("10-06", "10-08", "10-15")


def away(first: str | None, last: str | None, **more: Any) -> dict[str, Any]:
    return person(away_from=day(first) if first else None, away_to=day(last) if last else None, **more)


def uncovered(today: str = TODAY, **sheets: Any) -> list[Finding]:
    return of_kind(found(school(today, **({"log": LOG} | sheets))), "uncovered")


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, []),
        ("10-22", "10-22", ["10-22"]),
        ("10-20", "10-26", ["10-20", "10-22"]),
        ("10-23", "11-14", ["10-27", "10-29"]),  # Nov 3 is the eleventh school day
        ("10-01", None, ["10-20", "10-22", "10-27", "10-29"]),
        ("11-03", "11-14", []),
        ("10-13", "10-17", []),
    ],
)
def test_each_day_without_its_provider_is_found(first: str | None, last: str | None, days: list[str]) -> None:
    findings = uncovered(staff=[away(first, last)])
    assert [finding.date for finding in findings] == [day(on) for on in days]
    assert all((finding.provider, finding.minutes) == ("Ms. Lee", 30) for finding in findings)


def test_it_says_when_why_and_who_else_gives_the_service() -> None:
    staff = [
        away("10-20", "10-24"),
        person("Mr. Diaz", "diaz@school.example", services="Speech therapy; Social skills"),
        person("Ms. Moss", "moss@school.example", services="Reading"),
        person("Ms. Olsen", "o@school.example", services="Speech therapy", away_from=day("10-01")),
    ]
    first, _ = uncovered(staff=staff)
    assert first.text == (
        "Mon, Oct 20 9:00-9:30: Ms. Lee is away from Oct 20 to Oct 24."
        " Speech therapy is also given by Mr. Diaz."
    )
    assert first.cells == ("Schedule!A2",)


def test_who_stands_in_two_rows_of_staff_is_away_whenever_one_of_them_says_so() -> None:
    """Ms. Lee has a row for speech and one for evaluations, each with an absence of its own."""
    staff = [away("10-20", "10-20"), away("10-27", "10-28", email="", services="Evaluations")]
    findings = uncovered(staff=staff)
    assert [(finding.date, finding.reason) for finding in findings] == [
        (day("10-20"), "Ms. Lee is away on Oct 20"),
        (day("10-27"), "Ms. Lee is away from Oct 27 to Oct 28"),
    ]


def test_two_people_of_one_name_are_told_apart_by_nobody() -> None:
    staff = [away("10-20", "10-24"), person(email="lee2@school.example")]
    assert uncovered(staff=staff) == []


def test_one_day_is_said_as_one_day() -> None:
    (finding,) = uncovered(staff=[away("10-22", "10-22")])
    assert finding.reason == "Ms. Lee is away on Oct 22"


def test_who_does_what_the_mail_says_hears_of_it_no_more() -> None:
    """Mr. Odo gives the session of Wed Oct 22 and logs it under his name; Oct 20 was Ms. Lee's."""
    staff = [away("10-22", "10-22"), person("Mr. Odo", "odo@school.example")]
    (finding,) = uncovered(staff=staff)
    assert finding.remedy.startswith("Arrange who gives it, and log that session under that person's name.")
    log = [*given("10-06", "10-08", "10-15", "10-20"), entry("10-22", provider="Mr. Odo")]
    assert found(school("10-23", staff=staff, log=log)) == ()


def test_for_longer_rows_end_and_others_begin() -> None:
    staff = [away("10-22", None), person("Mr. Odo", "odo@school.example")]
    until, since = {"end": day("10-21")}, {"start": day("10-22"), "provider": "Mr. Odo"}
    schedule = [slot(to=day("10-21")), slot(**{"from": day("10-22"), "provider": "Mr. Odo"})]
    log = [*given("10-06", "10-08", "10-15", "10-20"), entry("10-22", provider="Mr. Odo")]
    grid = [line(**until), line(**since)]
    assert found(school("10-23", staff=staff, log=log, grid=grid, schedule=schedule)) == ()


def test_who_gives_it_by_the_schedule_counts_too() -> None:
    students = [student(), student("Ben T.")]
    grid = [line(), line("Ben T.", provider="Mr. Diaz")]
    schedule = [slot(), slot("Ben T.", provider="Mr. Diaz", start=600)]
    finding = uncovered(staff=[away("10-20", "10-20")], students=students, grid=grid, schedule=schedule)[0]
    assert finding.text.endswith("Speech therapy is also given by Mr. Diaz.")


def test_where_nobody_else_gives_it_that_is_said() -> None:
    finding = uncovered(staff=[away("10-20", "10-20")])[0]
    assert finding.text.endswith("Nobody else on the Staff tab or in the Schedule gives Speech therapy.")


def test_two_sessions_of_a_day_are_one_finding() -> None:
    schedule = [slot(weekdays=0b1), slot(weekdays=0b1, start=780)]
    (finding,) = uncovered(staff=[away("10-20", "10-20")], schedule=schedule)
    assert finding.minutes == 60
    assert "9:00-9:30 and 1:00-1:30" in finding.text


@pytest.mark.parametrize("cell", ["vacant", "TBD", "Vacancy", "n/a"])
def test_a_vacant_position_is_no_provider(cell: str) -> None:
    findings = uncovered(schedule=[slot(provider=cell)])
    assert [finding.date for finding in findings] == [day(on) for on in ("10-20", "10-22", "10-27", "10-29")]
    assert findings[0].provider == ""
    assert "no provider is named" in findings[0].text
    (differs,) = of_kind(found(school(TODAY, log=LOG, schedule=[slot(provider=cell)])), "schedule-differs")
    assert differs.text == f"Scheduled without a provider ({cell}), the grid names Ms. Lee."


def test_the_providers_of_the_grid_stands_in_for_a_blank_cell_of_the_schedule() -> None:
    assert uncovered(schedule=[slot(provider="")]) == []
    schedule = [slot(provider="")]
    assert len(uncovered(schedule=schedule, staff=[away("10-20", "10-24")])) == 2


def test_blank_cells_are_a_gap_only_where_others_name_their_provider() -> None:
    nobody: dict[str, Any] = {"grid": [line(provider="")], "schedule": [slot(provider="")]}
    assert uncovered(**nobody) == []
    others = {
        "students": [student(), student("Ben T.")],
        "grid": [*nobody["grid"], line("Ben T.")],
        "schedule": [*nobody["schedule"], slot("Ben T.")],
    }
    assert {finding.student for finding in uncovered(**others)} == {"Ana R."}


def test_a_substitute_in_the_schedule_covers_the_day() -> None:
    substitute = slot(provider="Mr. Diaz", weekdays=0b1, **{"from": day("10-20"), "to": day("10-20")})
    findings = uncovered(staff=[away("10-20", "10-22")], schedule=[slot(), substitute])
    assert [finding.date for finding in findings] == [day("10-22")]


def test_a_session_that_has_its_entry_already_is_seen_to() -> None:
    log = [*LOG, entry("10-20", Category.PROVIDER_ABSENT)]
    findings = uncovered(staff=[away("10-20", "10-22")], log=log)
    assert [finding.date for finding in findings] == [day("10-22")]


@pytest.mark.parametrize(
    ("start", "left"),
    [
        (540, "1:00-1:30"),  # that of 9:00 has its entry
        (780, "9:00-9:30"),
        (-1, ""),  # nobody can tell which one it is
        (600, ""),  # given at another time than planned
    ],
)
def test_an_entry_of_one_session_of_the_day_hides_not_the_other(start: int, left: str) -> None:
    schedule = [slot(weekdays=0b1), slot(weekdays=0b1, start=780)]
    log = [*LOG, entry("10-20", start=start)]
    findings = uncovered(staff=[away("10-20", "10-20")], schedule=schedule, log=log)
    assert [finding.text.split(": ")[0] for finding in findings] == [f"Mon, Oct 20 {left}"] * bool(left)


def test_no_session_on_a_closed_day_or_outside_the_line() -> None:
    shut = {"date": day("10-22"), "to": day("10-22"), "kind": "no school", "time": -1}
    findings = uncovered(
        staff=[away("10-20", "10-31")], days=[shut], grid=[line(end=day("10-28"))], schedule=[slot()]
    )
    assert [finding.date for finding in findings] == [day("10-20"), day("10-27")]


def test_each_day_is_a_finding_of_its_own() -> None:
    findings = uncovered(staff=[away("10-20", "10-24")])
    assert len({finding.fingerprint for finding in findings}) == 2
