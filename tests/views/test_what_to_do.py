"""What stands under "What to do": plain sentences, the cause that still runs first (workbook.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sheets_sync.ledger.rules import Rules
from sheets_sync.tables import Category
from sheets_sync.views.what_to_do import what_to_do
from tests.ledgers import Row, ledger, line, not_asked, owed, period, schedule, session

MONDAY = date(2025, 11, 17)
LAST_WEEK = (date(2025, 11, 10), date(2025, 11, 16))
THIS_WEEK = (MONDAY, date(2025, 11, 23))
SERVED = {"schedule": [schedule("Ana R.", "Mon")], "served": [(0, 0)]}
NOV_4, NOV_6 = date(2025, 11, 4), date(2025, 11, 6)
DELIVERED = int(Category.DELIVERED)


def this_week(**more: object) -> Row:
    return period(0, *THIS_WEEK, **more)


def last_week(**more: object) -> Row:
    return period(0, *LAST_WEEK, **more)


def term(**more: object) -> Row:
    return period(0, date(2025, 9, 2), date(2026, 1, 23), full=300, required=300, scheduled=0, **more)


def refused(day: date) -> Row:
    return session(0, day, "excused", reason="student refused")


CASES = [
    ("all is well", line(), [this_week(upcoming=60)], [], ""),
    (
        "two of three are scheduled, and one was missed",
        line(status="MAKE-UP OWED", sessions=3, total=90, behind=30, owed=30),
        [this_week(full=90, required=90, scheduled=60, not_scheduled=30)],
        [owed(0, NOV_4)],
        "Add 1 x 30 a week: only 2 of 3 are scheduled. Make up 30 min: Nov 4 (provider absent).",
    ),
    (
        "a closed day counts as scheduled",
        line(status="PARTLY SCHEDULED", sessions=3, total=90),
        [this_week(full=90, required=60, scheduled=30, shut=30, not_scheduled=30)],
        [],
        "Add 1 x 30 a week: only 2 of 3 are scheduled.",
    ),
    (
        "one of three is scheduled",
        line(status="PARTLY SCHEDULED", sessions=3, total=90),
        [this_week(full=90, required=90, scheduled=30, not_scheduled=60)],
        [],
        "Add 2 x 30 a week: only 1 of 3 is scheduled.",
    ),
    (
        "half an hour a day",
        line(status="PARTLY SCHEDULED", sessions=1, period="day", total=30),
        [this_week(full=150, required=150, scheduled=90, not_scheduled=60)],
        [],
        "Add 2 x 30 a week: only 3 of 5 are scheduled.",
    ),
    (
        "sessions of another length",
        line(status="PARTLY SCHEDULED"),
        [this_week(scheduled=40, not_scheduled=20)],
        [],
        "Add 20 min a week: only 40 of 60 min are scheduled.",
    ),
    (
        "nothing on the schedule",
        line(status="NOT SCHEDULED"),
        [this_week(scheduled=0, not_scheduled=60)],
        [],
        "Schedule 2 x 30 a week: none is on the schedule.",
    ),
    (
        "nothing on the schedule, by the month",
        line(status="NOT SCHEDULED", sessions=0, minutes=0, total=60, period="month"),
        [period(0, date(2025, 11, 1), date(2025, 11, 30), scheduled=0, not_scheduled=60)],
        [],
        "Schedule 60 min a month: none is on the schedule.",
    ),
    (
        "consultation is arranged as it comes",
        line(status="PARTLY SCHEDULED", group="consultation", period="semester", total=300),
        [term(delivered=60, upcoming=200, not_scheduled=40)],
        [],
        "Arrange 240 min by Jan 23: 60 of 300 given so far.",
    ),
    (
        "arranged by the last open day of a period that ends in a break or on a Sunday",
        line(status="NOT SCHEDULED", sessions=1, minutes=15, total=15, period="month", group="consultation"),
        [period(0, date(2025, 11, 1), date(2025, 11, 30), required=15, upcoming=5, not_scheduled=10)],
        [],
        "Arrange 15 min by Nov 28: none of 15 given so far.",
    ),
    (
        "an entry that cannot be counted is no missing one",
        line(status="NOT LOGGED", not_logged=60),
        [this_week()],
        [
            session(0, NOV_4, "not_logged"),
            session(0, NOV_6, "not_logged", log_rows=(31,), category=int(Category.LATE)),
        ],
        "Log Nov 4: no entry yet (30 min). Mend the entry of Nov 6: it cannot be counted (30 min).",
    ),
    (
        "suspended for more than ten days",
        line(status="MAKE-UP OWED", behind=30, owed=30),
        [this_week()],
        [owed(0, NOV_4, "suspended") | {"category": int(Category.SUSPENDED)}],
        "Make up 30 min: Nov 4 (suspended, after the 10th day).",
    ),
    (
        "arranged as it comes, in the summer",
        line(status="NOT SCHEDULED", group="consultation", period="semester", total=300, behind=40),
        [period(0, date(2025, 9, 2), date(2025, 11, 20), full=300, required=300, not_scheduled=40)],
        [],
        "Make up 40 min: never scheduled (Sep 2 to Nov 20).",
    ),
    (
        "several missed, for two reasons",
        line(status="MAKE-UP OWED", behind=90, owed=90),
        [this_week()],
        [owed(0, NOV_4), owed(0, NOV_6), owed(0, date(2025, 11, 12), "field trip")],
        "Make up 90 min: Nov 4, Nov 6 (provider absent), Nov 12 (field trip).",
    ),
    (
        "of different lengths",
        line(status="MAKE-UP OWED", behind=40, owed=40),
        [this_week()],
        [owed(0, NOV_4), owed(0, NOV_6, minutes=10, category=DELIVERED)],
        "Make up 40 min: 30 min of Nov 4 (provider absent), 10 min of Nov 6 (shorter than planned).",
    ),
    (
        "many missed",
        line(status="MAKE-UP OWED", behind=240, owed=240),
        [this_week()],
        [owed(0, NOV_4 + timedelta(days)) for days in range(8)],
        "Make up 240 min: Nov 4, Nov 5, Nov 6, Nov 7, Nov 8, Nov 9 (provider absent) ... and 2 more.",
    ),
    (
        "an earlier week was never scheduled",
        line(status="MAKE-UP OWED", behind=60, not_scheduled=60),
        [last_week(not_scheduled=60), this_week()],
        [],
        "Make up 60 min: never scheduled (week of Nov 10).",
    ),
    (
        "missed and never scheduled",
        line(status="MAKE-UP OWED", behind=90, owed=30, not_scheduled=60),
        [last_week(not_scheduled=60), this_week()],
        [owed(0, NOV_4)],
        "Make up 90 min: Nov 4 (provider absent); 60 min never scheduled (week of Nov 10).",
    ),
    (
        "too little to report",
        line(behind=5, owed=5),
        [this_week()],
        [owed(0, NOV_4, minutes=5, category=DELIVERED)],
        "Only 5 min behind, too few to report: Nov 4 (shorter than planned).",
    ),
    (
        "no entry, past three open days",
        line(status="NOT LOGGED", not_logged=60),
        [this_week()],
        [session(0, NOV_4, "not_logged"), session(0, NOV_6, "not_logged")],
        "Log Nov 4 and Nov 6: no entry yet (60 min).",
    ),
    (
        "no entry since yesterday: there is time",
        line(not_logged=30),
        [this_week()],
        [session(0, date(2025, 11, 20), "not_logged")],
        "",
    ),
    (
        "no entry of a month's consultation",
        line(status="NOT LOGGED", group="consultation", period="month", not_logged=15),
        [period(0, date(2025, 10, 1), date(2025, 10, 31), not_logged=15)],
        [],
        "Log 15 min of consultation: Oct 2025.",
    ),
    (
        "the schedule differs",
        line(status="SCHEDULE DIFFERS", differs=("scheduled as group, the grid says individual",)),
        [this_week()],
        [],
        "Check the schedule: scheduled as group, the grid says individual.",
    ),
    (
        "extra minutes after a missed session",
        line(status="MAKE-UP OWED", behind=30, owed=30, extra=30),
        [this_week()],
        [owed(0, date(2025, 10, 8)), session(0, date(2025, 10, 16), "extra", category=DELIVERED)],
        (
            "Make up 30 min: Oct 8 (provider absent)."
            " 30 min extra on Oct 16: if they make up Oct 8, write make-up as the status."
        ),
    ),
    (
        "extra minutes on several days",
        line(status="MAKE-UP OWED", behind=30, owed=30, extra=30),
        [this_week()],
        [owed(0, NOV_4)]
        + [session(0, date(2025, 11, day), "extra", minutes=15, category=DELIVERED) for day in (6, 13, 14)],
        (
            "Make up 30 min: Nov 4 (provider absent)."
            " 30 min extra on Nov 6 and Nov 13: if they make up Nov 4, write make-up as the status."
        ),
    ),
    (
        "extra minutes before it are no make-up",
        line(status="MAKE-UP OWED", behind=30, owed=30, extra=30),
        [this_week()],
        [owed(0, date(2025, 10, 16)), session(0, date(2025, 10, 8), "extra", category=DELIVERED)],
        "Make up 30 min: Oct 16 (provider absent).",
    ),
    (
        "a student who refuses, under another status",
        line(status="NOT LOGGED", not_logged=30, watch=True, missed_watch=3, refused_watch=2),
        [this_week()],
        [session(0, NOV_4, "not_logged")],
        (
            "Log Nov 4: no entry yet (30 min)."
            " The student missed 3 sessions in the last 20 school days, 2 refused: time to ask why."
        ),
    ),
    (
        "cannot be counted",
        line(status="CHECK DATA", reason="the frequency (C2) cannot be read"),
        [],
        [],
        "The frequency (C2) cannot be read. Nothing is counted until Service Grid row 2 is mended.",
    ),
    ("not started", line(status="NOT STARTED", start=date(2025, 12, 1)), [], [], "Starts Dec 1, 2025."),
    ("ended", line(status="ENDED", end=date(2025, 10, 31), over=True), [], [], "Ended Oct 31, 2025."),
    (
        "as needed",
        line(status="AS NEEDED", period="as_needed", extra=45),
        [],
        [],
        "Given as needed: 45 min so far.",
    ),
    ("as needed, never yet", line(status="AS NEEDED", period="as_needed"), [], [], ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "periods", "sessions", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_to_do(row: Row, periods: list[Row], sessions: list[Row], words: str) -> None:
    served = {} if row["group"] == "consultation" else SERVED
    assert what_to_do(ledger([row], periods, sessions, **served)) == (words,)  # type: ignore[arg-type]


@pytest.mark.parametrize(("status", "is_said"), [("NOT SCHEDULED", True), ("MAKE-UP OWED", False)])
def test_a_cell_of_the_schedule_that_names_the_student_and_was_not_read_is_said(
    status: str, is_said: bool
) -> None:
    counted = ledger([line(status=status), line("Ben T.", status=status)])
    tables = replace(counted.tables, unread_sessions={"Ben T.": "Schedule!C5"})
    words = (
        "A cell of the Schedule that names the student could not be read: see Data Problems (Schedule!C5)."
    )
    assert what_to_do(replace(counted, tables=tables)) == ("", words if is_said else "")


def test_the_grace_days_are_those_of_the_configuration() -> None:
    late = ledger([line(not_logged=30)], [this_week()], [session(0, date(2025, 11, 18), "not_logged")])
    assert what_to_do(late) == ("",)
    assert what_to_do(late, Rules(log_grace_days=1)) == ("Log Nov 18: no entry yet (30 min).",)


def test_each_line_has_its_own_text() -> None:
    lines = [line(), line("Ben T.", status="MAKE-UP OWED", behind=30, owed=30)]
    assert what_to_do(ledger(lines, [], [owed(1, NOV_4)], [not_asked(0, NOV_4, "no school")])) == (
        "",
        "Make up 30 min: Nov 4 (provider absent).",
    )


def test_no_text_names_the_student() -> None:
    rows = [case[1] | {"student": "Canary Jay"} for case in CASES]
    sessions = [one | {"line": at} for at, case in enumerate(CASES) for one in case[3]]
    periods = [one | {"line": at} for at, case in enumerate(CASES) for one in case[2]]
    assert "Canary" not in " ".join(what_to_do(ledger(rows, periods, sessions)))
