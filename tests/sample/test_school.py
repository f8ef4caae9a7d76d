"""The demo's school: every status, every practice, a few deliberate problems, whenever it is made."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ledger import Ledger, Rules, Status, count
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.sample.made_on import made_on
from sheets_sync.sample.school import sample_school, write_sample_school
from sheets_sync.sample.staff_tabs import STAFF_TABS
from sheets_sync.sample.year import SchoolYear
from tests.views.test_explain import check_sums

DAYS = [
    date(2026, 11, 25),  # a Wednesday in November
    date(2026, 11, 23),  # a Monday: nothing of this week has been yet
    date(2027, 1, 4),
    date(2027, 7, 15),  # in what is summer elsewhere
    date(2027, 3, 6),  # a Saturday
    date(2027, 10, 31),  # a Sunday, the last of a month
]
TODAY = DAYS[0]


@cache
def school(today: date) -> Ledger:
    """Count the sample as it is read from its sheets."""
    rows = sample_school(today)
    sheets = []
    for tab in STAFF_TABS:
        headers = [column.header for column in tab.columns]
        sheets.append(
            Sheet(tab.name, [headers, *([row.get(name) for name in headers] for row in rows[tab.name])])
        )
    return count(read_tables(Snapshot(tuple(sheets)), Names(), today=today), Rules(), today)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_status_occurs(today: date) -> None:
    assert set(school(today).lines["status"]) == set(Status)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_each_line_is_there_for_its_status(today: date) -> None:
    """The lines that are not on track are those that are meant not to be."""
    lines = school(today).lines
    others = lines[lines["status"] != Status.ON_TRACK]
    assert [(row.student, row.service, row.status) for row in others.itertuples()] == [
        ("Ben T.", "Speech therapy", "WATCH"),
        ("Diego P.", "Speech therapy", "ENDED"),
        ("Diego P.", "Occupational therapy", "MAKE-UP OWED"),
        ("Emma K.", "Physical therapy", "NOT SCHEDULED"),
        ("Farah S.", "Speech therapy", "ENDED"),
        ("Farah S.", "Speech therapy", "PARTLY SCHEDULED"),
        ("Gus W.", "Occupational therapy", "NOT LOGGED"),
        ("Gus W.", "Occupational therapy", "NOT STARTED"),
        ("Hana O.", "Speech therapy", "SCHEDULE DIFFERS"),
        ("Kira L.", "Speech therapy", "ENDED"),
        ("Kira L.", "Math", "ENDED"),
        ("Leo V.", "Reading", "WATCH"),
        ("Noah C.", "Social skills", "AS NEEDED"),
        ("Noah C.", "Speech therapy", "CHECK DATA"),
    ]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_data_problems_are_few_and_deliberate(today: date) -> None:
    ledger = school(today)
    problems = [*ledger.tables.problems, *ledger.problems]
    assert 3 <= len(problems) <= 7, problems


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_its_minutes_add_up(today: date) -> None:
    check_sums(school(today))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_today_lies_in_the_school_year_with_ten_weeks_of_log_behind_it(today: date) -> None:
    year = SchoolYear(today)
    assert year.first_day <= today <= year.last_day
    logged = school(today).tables.log["date"]
    assert 69 <= (today - logged.min().date()).days <= 77
    assert logged.max().date() < today


def test_the_same_day_gives_the_same_cells() -> None:
    assert sample_school(TODAY) == sample_school(TODAY)
    assert sample_school(TODAY) != sample_school(DAYS[2])


def test_it_is_a_believable_school() -> None:
    """12 to 15 students, four providers, two paras (and a substitute)."""
    rows = sample_school(TODAY)
    roles = Counter(str(row["Role"]) for row in rows["Staff"])
    assert 12 <= len(rows["Caseload"]) <= 15
    assert roles["Paraeducator"] == 2
    providers = {
        "Speech-language pathologist",
        "Occupational therapist",
        "Physical therapist",
        "Special educator",
    }
    assert set(roles) == {*providers, "Paraeducator", "Substitute SLP"}


def test_no_address_can_reach_anybody() -> None:
    rows = sample_school(TODAY)
    addresses = [
        str(cell)
        for tab in rows.values()
        for row in tab
        for header, cell in row.items()
        if "email" in header.casefold()
    ]
    assert addresses
    assert all(address.endswith(".example") for address in addresses)


def lines(student: str, service: str = "") -> list[tuple[object, ...]]:
    """Return (service, group, minutes a whole period, period) of a student's lines."""
    frame = school(TODAY).lines
    own = frame[(frame["student"] == student) & frame["service"].str.startswith(service)]
    return [(row.service, row.group, row.total, row.period) for row in own.itertuples()]


def logged(**wanted: object) -> list[dict[str, object]]:
    """Return the typed rows of the log in which these cells stand."""
    rows = sample_school(TODAY)["Service Log"]
    return [row for row in rows if all(row.get(header) == cell for header, cell in wanted.items())]


def test_a_child_of_many_needs() -> None:
    """Speech 4 x 30, two in a group and two alone; OT, PT; half hours of reading and math; a para."""
    services = lines("Ana R.")
    assert services[:4] == [
        ("Speech therapy", "group", 60, "week"),
        ("Speech therapy", "individual", 60, "week"),
        ("Occupational therapy", "individual", 60, "week"),
        ("Physical therapy", "individual", 30, "week"),
    ]
    assert [name for name, *_ in services[4:]][:2] == ["Reading", "Math"]
    assert services[6][2:] == (390, "day")


def test_a_group_is_two_students_in_one_row() -> None:
    assert logged(Student="Ana R.; Ben T.", Group="group")


def test_a_consultation_of_15_minutes_a_month() -> None:
    assert ("Reading", "consultation", 15, "month") in lines("Maya D.")


def test_an_isp_student_in_a_private_school_by_video() -> None:
    (isaac,) = [row for row in sample_school(TODAY)["Caseload"] if row["Student"] == "Isaac B."]
    assert (isaac["Plan"], isaac["School"]) == ("ISP", "St. Brigid Academy")
    assert logged(Student="Isaac B.", Place="video")


def test_a_service_of_the_extended_school_year() -> None:
    assert school(TODAY).lines["esy"].sum() == 1


def test_a_therapist_out_for_a_week_makes_the_sessions_up() -> None:
    frame = school(TODAY).lines
    therapy = frame[frame["service"] == "Occupational therapy"].set_index("student")
    assert logged(Status="SNA", Provider="J. Lindgren")
    assert therapy.loc["Ana R.", ["made_up", "owed"]].tolist() == [60, 0]
    assert therapy.loc["Diego P.", ["made_up", "owed"]].tolist() == [30, 30]


@pytest.mark.parametrize(
    ("practice", "wanted"),
    [
        ("a student who refuses", {"Student": "Leo V.", "Status": "Student refused"}),
        ("one who is often absent", {"Student": "Ben T.", "Status": "Student absent"}),
        ("a tardy", {"Student": "Leo V.", "Status": "tardy", "Minutes": 25}),
        ("an early dismissal", {"Student": "Leo V.", "Status": "left early", "Minutes": 15}),
        ("a substitute", {"Provider": "S. Whitfield", "Status": "Delivered"}),
        ("child not available", {"Status": "CNA"}),
        ("staff not available", {"Status": "SNA"}),
        ("not scheduled, agreed", {"Status": "NS"}),
        ("a team's decision", {"Status": "Team decision"}),
    ],
)
def test_what_people_write_in_the_log(practice: str, wanted: dict[str, object]) -> None:
    assert logged(**wanted), practice


def test_a_session_moved_to_another_day_of_the_same_week() -> None:
    """The assembly took Wednesday, Friday was given: nothing is owed."""
    year = SchoolYear(TODAY)
    assert logged(Student="Farah S.", Date=year.day(5, 2), Status="Assembly")
    assert logged(Student="Farah S.", Date=year.day(5, 4), Status="Delivered")
    frame = school(TODAY).lines
    assert frame.loc[frame["student"] == "Farah S.", "owed"].tolist() == [0, 0]


def test_a_co_treatment_of_ot_and_speech() -> None:
    diego = [row for row in sample_school(TODAY)["Schedule"] if row["Student"] == "Diego P."]
    tuesdays = [(row["Service"], row["Start"]) for row in diego if str(row["Days"])[0] == "T"]
    assert len({start for _, start in tuesdays}) == 1
    assert {service for service, _ in tuesdays} == {"Speech therapy", "Occupational therapy"}


def test_an_iep_that_changed_in_mid_week() -> None:
    frame = school(TODAY).lines
    old, new = frame[(frame["student"] == "Diego P.") & (frame["service"] == "Speech therapy")].itertuples()
    assert (new.start - old.end).days == 1
    assert new.start.day_name() == "Thursday"
    assert (old.total, new.total) == (60, 90)


def test_a_new_student_and_one_who_left() -> None:
    rows = sample_school(TODAY)["Caseload"]
    assert [row["Student"] for row in rows if row.get("Exit date")] == ["Kira L."]
    jonas = school(TODAY).lines.set_index("student").loc["Jonas F."]
    assert jonas["start"].date() == SchoolYear(TODAY).day(7, 2)


def test_two_logs_that_disagree_and_a_service_on_no_line_are_noticed() -> None:
    kinds = {notice.kind: notice.student for notice in school(TODAY).notices}
    assert kinds == {"logs-disagree": "Hana O.", "extra-service": "Noah C."}


def test_the_file_remembers_the_day_on_which_it_was_made(tmp_path: Path) -> None:
    file = tmp_path / "school.xlsx"
    write_sample_school(file, TODAY)
    assert made_on(file) == TODAY


@pytest.mark.parametrize(
    "properties",
    [
        None,
        "<Properties/>",
        '<property name="sheets_sync_made_on"><vt:lpwstr>2026-99-99</vt:lpwstr></property>',
        '<property name="sheets_sync_made_on"><vt:lpwstr>yesterday</vt:lpwstr></property>',
        '<property name="somebody_else"><vt:lpwstr>2026-11-25</vt:lpwstr></property>',
    ],
)
def test_no_other_file_has_such_a_day(tmp_path: Path, properties: str | None) -> None:
    file = tmp_path / "other.xlsx"
    with ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml" if properties is None else "docProps/custom.xml", properties or "")
    assert made_on(file) is None


def test_a_file_that_is_no_workbook_has_none(tmp_path: Path) -> None:
    file = tmp_path / "other.xlsx"
    file.write_text("no workbook")
    assert made_on(file) is None
