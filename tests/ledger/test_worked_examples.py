"""The twenty worked examples, counted by hand (tests/data/samples/worked-examples.md).

Unless said otherwise: Ana, Speech, 2 x 30 min / week (R = 60), no group, a line from Mon Oct 6 2025 without
an end, scheduled Mon and Wed 9:00-9:30, school from Mon Aug 25 to Thu Jun 11.

    required = min(R, S_open) + max(0, R - S_open - S_shut) x A / D
"""

from __future__ import annotations

import pytest

from sheets_sync.ledger import Rules
from tests.ledger.ana import (
    behind,
    counted,
    day,
    delivered,
    line,
    logged,
    percent,
    period,
    scheduled,
    status,
    whole,
)


def test_01_first_week_from_a_wednesday() -> None:
    """School begins Wed Aug 27. S_open = Wed 30, S_shut = Mon 30 (closed): 30 + 0 x 3/5 = 30."""
    ledger = counted("Aug 29", first="Aug 27", lines=[line(start="")], log=delivered("Aug 27"))
    assert period(ledger, "Aug 25") == {"required": 30, "delivered": 30}
    assert status(ledger) == "ON TRACK"


def test_01_first_week_without_a_schedule() -> None:
    """S_open = S_shut = 0: 0 + 60 x 3/5 = 36."""
    ledger = counted("Aug 29", first="Aug 27", lines=[line(start="")], schedule=[])
    assert period(ledger, "Aug 25") == {"required": 36, "not_scheduled": 36}


def test_02_labor_day_week() -> None:
    """Mon Sep 1 is closed. S_open = 30, S_shut = 30: required 30."""
    ledger = counted("Sep 5", lines=[line(start="Sep 1")], log=delivered("Sep 3"))
    assert period(ledger, "Sep 1") == {"required": 30, "delivered": 30}


def test_02_labor_day_week_with_a_session_never_scheduled() -> None:
    """R = 90: 30 + (90 - 30 - 30) x 4/5 = 30 + 24 = 54."""
    grid = [line("3 x 30 min / week", start="Sep 1")]
    ledger = counted("Sep 5", lines=grid, log=delivered("Sep 3"))
    assert period(ledger, "Sep 1") == {"required": 54, "delivered": 30, "not_scheduled": 24}
    assert status(ledger) == "PARTLY SCHEDULED"


def test_03_a_service_that_nobody_scheduled() -> None:
    """60 x 5/5 = 60, 60 x 4/5 = 48 (Oct 13 closed), and 60 in progress: no debt yet. Behind 60 + 48."""
    ledger = counted("Oct 20", schedule=[])
    assert period(ledger, "Oct 6") == {"required": 60, "not_scheduled": 60}
    assert period(ledger, "Oct 13") == {"required": 48, "not_scheduled": 48}
    assert period(ledger, "Oct 20") == {"required": 60, "not_scheduled": 60}
    assert behind(ledger) == 108
    assert status(ledger) == "NOT SCHEDULED"


def test_04_a_month_with_five_thursdays() -> None:
    """October: S_open = 5 x 30 = 150, min(120, 150) = 120, 30 extra.

    November: 6, 13, 20 open = 90, the 27th closed: S_shut = 30: 90 + max(0, 120 - 90 - 30) = 90.
    """
    ledger = counted(
        "Nov 25",
        lines=[line("120 min / month", start="Oct 1")],
        schedule=[scheduled("Thu")],
        log=delivered("Oct 2", "Oct 9", "Oct 16", "Oct 23", "Oct 30", "Nov 6", "Nov 13", "Nov 20"),
    )
    assert period(ledger, "Oct 1") == {"required": 120, "delivered": 120, "extra": 30}
    assert period(ledger, "Nov 1") == {"required": 90, "delivered": 90}


def test_05_the_iep_changes_in_mid_week() -> None:
    """Old line: Mon and Wed are its own, S_open = 60.

    New line 2 x 45 from Thu: S_open = Thu 45; Mon to Wed lie outside its dates and carry Tue 45 (its own) and
    Mon 30, Wed 30 (the old row): S_shut = 105. 45 + max(0, 90 - 45 - 105) = 45.
    """
    ledger = counted(
        "Oct 24",
        lines=[line(end="Oct 22"), line("2 x 45 min / week", start="Oct 23")],
        schedule=[scheduled(ends="Oct 22"), scheduled("Tue, Thu", minutes=45, begins="Oct 23")],
        log=delivered("Oct 6", "Oct 8", "Oct 15", "Oct 20", "Oct 22", "Oct 23"),
    )
    assert period(ledger, "Oct 20") == {"required": 60, "delivered": 60}
    assert (status(ledger), behind(ledger)) == ("ENDED", 0)
    assert period(ledger, "Oct 20", 1) == {"required": 45, "delivered": 45}
    assert status(ledger, 1) == "ON TRACK"


def test_06_made_up_the_next_week() -> None:
    """The make-up of Oct 17 repairs the owed 30 of the week of Oct 6. (60 + 30) / (150 - 60) = 100%."""
    log = [*delivered("Oct 6"), logged("Oct 8", "provider absent")]
    log += [*delivered("Oct 15"), logged("Oct 17", "make-up", 30)]
    ledger = counted("Oct 20", log=log)
    assert period(ledger, "Oct 6") == {"required": 60, "delivered": 30, "made_up": 30}
    assert period(ledger, "Oct 13") == {"required": 30, "delivered": 30}
    assert period(ledger, "Oct 20") == {"required": 60, "upcoming": 60}
    assert (behind(ledger), percent(ledger)) == (0, 100)


@pytest.mark.parametrize(
    ("makeup_for", "week", "debt"),
    [
        ("Oct 15", {"required": 30, "made_up": 30}, 0),
        ("", {"required": 30, "owed": 30}, 30),  # it cannot reach a week that starts after it: extra
    ],
)
def test_07_made_up_ahead(makeup_for: str, week: dict[str, int], debt: int) -> None:
    log = [*delivered("Oct 6", "Oct 8"), logged("Oct 10", "make-up", 30, makeup_for=makeup_for)]
    ledger = counted("Oct 20", log=[*log, logged("Oct 15", "school activity")])
    assert period(ledger, "Oct 13") == week
    assert behind(ledger) == debt
    assert ledger.lines.iloc[0]["extra"] == debt


def test_08_a_buffer() -> None:
    """Mon, Wed, Fri, R = 60: min(60, 90) = 60 = Wed 30 + Fri 30 to come; Monday's 30 finds no room."""
    log = [logged("Oct 6", "provider absent"), *delivered("Oct 8")]
    ledger = counted("Oct 9", schedule=[scheduled("Mon, Wed, Fri")], log=log)
    assert period(ledger, "Oct 6") == {"required": 60, "delivered": 30, "upcoming": 30}
    assert behind(ledger) == 0


def test_08_owed_stands_before_excused() -> None:
    """Friday the student is absent: delivered 30, then owed 30; the excused 30 finds no room."""
    log = [logged("Oct 6", "provider absent"), *delivered("Oct 8"), logged("Oct 10", "student absent")]
    ledger = counted("Oct 13", schedule=[scheduled("Mon, Wed, Fri")], log=log)
    assert period(ledger, "Oct 6") == {"required": 60, "delivered": 30, "owed": 30}
    assert behind(ledger) == 30


def test_09_student_absent_provider_absent() -> None:
    """0 / (60 - 30) = 0%."""
    log = [logged("Oct 6", "student absent"), logged("Oct 8", "provider absent")]
    ledger = counted("Oct 10", log=log)
    assert period(ledger, "Oct 6") == {"required": 60, "owed": 30, "excused": 30}
    assert (behind(ledger), status(ledger), percent(ledger)) == (30, "MAKE-UP OWED", 0)


@pytest.mark.parametrize(
    ("wednesday", "week"),
    [
        ("", {"required": 60, "delivered": 50, "owed": 10}),  # the rest of Monday
        (40, {"required": 60, "delivered": 60}),  # the owed 10 finds no room
    ],
)
def test_10_a_short_session(wednesday: int | str, week: dict[str, int]) -> None:
    log = [logged("Oct 6", "delivered", 20), logged("Oct 8", "delivered", wednesday)]
    assert period(counted("Oct 10", log=log), "Oct 6") == week


@pytest.mark.parametrize(
    ("monday", "week"),
    [
        (20, {"required": 60, "delivered": 50, "excused": 10}),
        ("", {"required": 60, "delivered": 30, "not_logged": 30}),  # a data problem: it stays not logged
    ],
)
def test_11_a_late_arrival(monday: int | str, week: dict[str, int]) -> None:
    log = [logged("Oct 6", "late or left early", monday), *delivered("Oct 8")]
    ledger = counted("Oct 10", log=log)
    assert period(ledger, "Oct 6") == week
    assert behind(ledger) == 0


@pytest.mark.parametrize(
    ("today", "short_days", "week", "debt"),
    [
        ("Oct 7", "owe", {"required": 60, "delivered": 30, "upcoming": 30}, 0),
        ("Oct 9", "owe", {"required": 60, "delivered": 30, "owed": 30}, 30),
        ("Oct 9", "excuse", {"required": 30, "delivered": 30}, 0),  # S_open = 30, S_shut = 30
    ],
)
def test_12_early_release(today: str, short_days: str, week: dict[str, int], debt: int) -> None:
    """The session is at 13:00; Wed Oct 8 ends at 12:30. A part of a school day is a school day."""
    ledger = counted(
        today,
        Rules(short_days=short_days),  # type: ignore[arg-type]
        schedule=[scheduled(start="13:00")],
        calendar=[{"Date": day("Oct 8"), "Kind": "Early release", "Time": "12:30"}],
        log=delivered("Oct 6"),
    )
    assert period(ledger, "Oct 6") == week
    assert behind(ledger) == debt


def test_13_two_logs_that_disagree() -> None:
    """One session, two entries: the less favourable to the school counts."""
    log = [*delivered("Oct 6", "Oct 8"), logged("Oct 8", "provider absent")]
    ledger = counted("Oct 10", log=log)
    assert period(ledger, "Oct 6") == {"required": 60, "delivered": 30, "owed": 30}
    notice = next(notice for notice in ledger.notices if notice.kind == "logs-disagree")
    assert set(notice.cells) == {"Service Log!A3", "Service Log!A4"}


def test_13_two_sessions_of_one_day() -> None:
    """9:00 provider absent, 13:00 delivered: the second is off schedule, the owed 30 finds no room."""
    log = [*delivered("Oct 6"), logged("Oct 8", "provider absent", start="9:00")]
    ledger = counted("Oct 10", log=[*log, logged("Oct 8", "delivered", 30, start="13:00")])
    assert period(ledger, "Oct 6") == {"required": 60, "delivered": 60}


def test_14_group_and_individual_of_one_service() -> None:
    """The make-up names neither group nor date: the line that gets it first needs nothing, so it goes on."""
    log = [logged("Oct 6", "provider absent"), *delivered("Oct 8"), logged("Oct 9", "make-up", 30)]
    ledger = counted(
        "Oct 10",
        lines=[line("1 x 30 min / week", group=group) for group in ("individual", "group")],
        schedule=[scheduled("Mon", group="individual"), scheduled("Wed", start="10:00", group="group")],
        log=log,
    )
    assert period(ledger, "Oct 6", 0) == {"required": 30, "made_up": 30}
    assert period(ledger, "Oct 6", 1) == {"required": 30, "delivered": 30}
    assert behind(ledger) == 0


@pytest.mark.parametrize(
    ("notes", "week", "debt"),
    [
        (
            "Parents and team agreed on Oct 9: not made up",
            {"required": 60, "delivered": 30, "excused": 30},
            0,
        ),
        ("", {"required": 60, "delivered": 30, "owed": 30}, 30),  # a data problem: Monday stays as it was
    ],
)
def test_15_a_team_decision(notes: str, week: dict[str, int], debt: int) -> None:
    log = [logged("Oct 6", "provider absent"), logged("Oct 6", "team decision", notes=notes)]
    ledger = counted("Oct 10", log=[*log, *delivered("Oct 8")])
    assert period(ledger, "Oct 6") == week
    assert behind(ledger) == debt


def test_15_a_team_decision_about_minutes_never_scheduled() -> None:
    """3 x 30 for one week, Mon and Wed given: on Friday there is no session, so it takes 30 of the week."""
    log = [*delivered("Oct 6", "Oct 8"), logged("Oct 10", "team decision", 30, notes="agreed")]
    ledger = counted("Oct 10", lines=[line("3 x 30 min / week", end="Oct 12")], log=log)
    assert period(ledger, "Oct 6") == {"required": 90, "delivered": 60, "excused": 30}


def test_16_the_eleventh_suspended_day() -> None:
    """Oct 6-10 (5), 14-17 (4, the 13th is closed): 9; Oct 20 the 10th, Oct 21 the 11th, Oct 22 the 12th."""
    log = [logged(on, "suspended") for on in ("Oct 6", "Oct 8", "Oct 15", "Oct 20", "Oct 22")]
    ledger = counted("Oct 27", log=log)
    assert period(ledger, "Oct 6") == {"required": 60, "excused": 60}
    assert period(ledger, "Oct 13") == {"required": 30, "excused": 30}
    assert period(ledger, "Oct 20") == {"required": 60, "excused": 30, "owed": 30}
    assert behind(ledger) == 30


def test_17_esy() -> None:
    """The line of the school year is not touched."""
    grid = [line(), line(start="Jul 6", end="Jul 30", esy="Yes")]
    rows = [scheduled(), scheduled("Tue, Thu", begins="Jul 7")]
    log = [*delivered("Jul 7"), logged("Jul 9", "provider absent")]
    ledger = counted("Jul 14", lines=grid, schedule=rows, log=log)
    assert period(ledger, "Jul 6", 1) == {"required": 60, "delivered": 30, "owed": 30}
    assert period(ledger, "Jul 13", 1) == {"required": 60, "upcoming": 60}
    assert whole(ledger, 0) == whole(counted("Jul 14", lines=grid[:1], schedule=rows[:1]), 0)


def test_17_esy_without_a_schedule() -> None:
    """60, 60, 60, and in the last week (Mon to Thu, A = 4) 60 x 4/5 = 48: 228."""
    ledger = counted("Jul 31", lines=[line(start="Jul 6", end="Jul 30", esy="Yes")], schedule=[])
    assert [period(ledger, week)["required"] for week in ("Jul 6", "Jul 13", "Jul 20", "Jul 27")] == [
        60,
        60,
        60,
        48,
    ]
    assert behind(ledger) == 228


@pytest.mark.parametrize(
    ("today", "year", "colour"),
    [
        # 156 days are left: 2 x 223 x 156/179 = 388.7 reaches all that remains
        ("Oct 17", {"required": 223, "delivered": 30, "upcoming": 193}, "ON TRACK"),
        # 53 days are left: 2 x 223 x 53/179 = 132.06
        ("Mar 31", {"required": 223, "delivered": 30, "upcoming": 132, "not_scheduled": 61}, "NOT SCHEDULED"),
    ],
)
def test_18_a_yearly_line_at_its_even_pace(today: str, year: dict[str, int], colour: str) -> None:
    """8 x 30 / year from Sep 15: 179 of the year's 193 open days: 240 x 179/193 = 222.6, 223."""
    grid = [line("8 x 30 min / year", start="Sep 15")]
    ledger = counted(today, lines=grid, schedule=[], log=[logged("Oct 7", "delivered", 30)])
    assert whole(ledger) == year
    assert status(ledger) == colour


def test_19_an_exit_in_mid_week() -> None:
    """S_open = Mon 30; Thursday lies outside: S_shut = 30. 30 + max(0, 60 - 30 - 30) = 30."""
    ledger = counted(
        "Oct 24",
        lines=[line(start="Oct 20")],
        schedule=[scheduled("Mon, Thu")],
        exit_date="Oct 22",
        log=delivered("Oct 20"),
    )
    assert period(ledger, "Oct 20") == {"required": 30, "delivered": 30}
    assert status(ledger) == "ENDED"


def test_20_a_cycle_of_six_days() -> None:
    """Aug 25-29 are days 1 to 5, Sep 1 is closed and uses up no day, Sep 2 is day 6, Sep 3 is day 1 again."""
    ledger = counted(
        "Sep 8",
        lines=[line("2 x 30 min / 6-day cycle", start="Aug 25")],
        schedule=[scheduled("Day 1, Day 4")],
        log=[*delivered("Aug 25", "Aug 28"), logged("Sep 3", "provider absent")],
    )
    assert period(ledger, "Aug 25") == {"required": 60, "delivered": 60}
    assert period(ledger, "Sep 3") == {"required": 60, "upcoming": 30, "owed": 30}
    assert behind(ledger) == 30
