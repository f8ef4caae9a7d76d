"""A Reason, or a short note, beside a missed session that says another cause than the Status does."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.tables import Category
from tests.intake.small_workbook import read, told

STAFF = {"Staff": "Name | Role\nKim Lee | SLP\nBen Fox | OT"}


def _read(
    status: str, text: str, header: str = "Reason", names: Names | None = None
) -> tuple[int, list[str]]:
    row = f"2025-10-06 | Ana R. | Speech | {status} | {text}"
    tables = read({**STAFF, "Service Log": f"Date | Student | Service | Status | {header}\n{row}"}, names)
    return tables.log["category"].iloc[0], [f"{severity} {cell}" for severity, cell, _ in told(tables)]


REFUSED = [
    *(
        ("Absent", text)
        for text in ("SLP out sick", "therapist out", "no sub", "staff meeting", "Kim out", "Kim Lee out ill")
    ),
    *(("Absent", text) for text in ("field trip", "assembly", "testing", "Delivered")),
    *(
        (status, "provider absent")
        for status in ("Excused", "Unexcused", "No show", "Abs.", "ab", "absent (E)")
    ),
]
TAKEN = [
    ("Absent", "suspended", Category.SUSPENDED),
    ("Student absent", "OSS", Category.SUSPENDED),
    ("Excused", "snow day", Category.SCHOOL_CLOSED),
    *(("Absent", text, Category.SCHOOL_CLOSED) for text in ("school holiday", "early closing - snow")),
    *(("Absent", text, Category.SCHOOL_CLOSED) for text in ("holiday", "Labor Day", "Thanksgiving break")),
    *(
        ("Absent", text, Category.SCHOOL_CLOSED)
        for text in ("school closed for Eid", "no school - Yom Kippur")
    ),
    *(("Absent", text, Category.STUDENT_ABSENT) for text in ("religious holiday", "Jewish holiday", "Eid")),
    *(
        ("Absent", text, Category.STUDENT_ABSENT)
        for text in ("family holiday", "on holiday", "holiday travel")
    ),
    *(("Excused", text, Category.STUDENT_ABSENT) for text in ("Lunar New Year", "Orthodox Christmas")),
]
ASKED = [
    *(("Student absent", text, Category.STUDENT_ABSENT) for text in ("SLP out sick", "Kim out", "snow day")),
    ("SA", "field trip", Category.STUDENT_ABSENT),
    ("CNA", "assembly", Category.STUDENT_UNAVAILABLE),
    ("Refused", "suspended", Category.STUDENT_REFUSED),
    ("SNA", "snow day", Category.PROVIDER_ABSENT),
    *(("Provider absent", text, Category.PROVIDER_ABSENT) for text in ("student absent", "student sick")),
    ("School closed", "SLP out", Category.SCHOOL_CLOSED),
    ("NS", "field trip", Category.AGREED_DAY_OFF),
    ("Left early", "SLP in meeting", Category.LATE),
]
PLAIN = [
    *(
        ("Absent", text)
        for text in ("sick", "doctor appointment", "student absent", "vacation", "Ben out", "")
    ),
    *(("Absent", text) for text in ("parent called", "flu", "made up 10/8", "Kim helped with the list")),
    *(("Provider absent", text) for text in ("doctor appointment", "sick", "training", "field trip")),
    ("School closed", "PD day"),
    *(("Provider absent", text) for text in ("sick child", "child sick", "own child ill", "kid has fever")),
    *(("Provider absent", text) for text in ("her kids are sick", "religious holiday")),
    *(("Student absent", text) for text in ("religious holiday", "Eid", "family holiday", "on holiday")),
    ("School closed", "Eid"),
    ("Suspended", "absent"),
    ("Refused", "student absent"),
    ("Left early", "doctor appointment"),
    ("Field trip", "SLP out"),
]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "per teacher, home sick",
            "teacher said absent",
            "out sick, teacher emailed SLP",
            "SLP checked - absent",
        ),
        *("sick - therapist will reschedule", "teacher reported sick", "absent per classroom teacher"),
        *("sick; therapist covered lunch duty", "stayed home for PD day", "marked absent by teacher"),
        *("absent, SLP was notified", "teacher told me sick", "SLP waited - absent"),
        *("absent for OT", "sick during PT", "note from teacher: sick", "office told SLP absent"),
        *("absent when SLP arrived", "absent so SLP did paperwork", "teacher has him absent"),
    ],
)
@pytest.mark.parametrize("header", ["Explanation", "Reason", "Notes", "Details"])
def test_who_told_of_it_is_not_who_was_away(text: str, header: str) -> None:
    assert _read("Absent", text, header) == (Category.STUDENT_ABSENT, ["question Service Log!E2"])
    assert _read("Missed", text, header) == (Category.UNKNOWN, ["error Service Log!D2"])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "SLP out sick, teacher notified",
            "teacher said SLP was out",
            "SLP sick - will reschedule",
            "sick (SLP)",
        ),
        *(
            "SLP - sick",
            "SLP called in sick",
            "therapist emailed: SLP out",
            "PA - sick",
            "sick, no sub",
        ),
        *("SLP in meeting, per principal", "Kim out sick, teacher told", "therapist stayed home sick"),
        *("SLP was sent home sick", "provider was told to stay home sick"),
    ],
)
def test_who_was_away_is_heard_whoever_told_of_it(text: str) -> None:
    assert _read("Missed", text) == (Category.PROVIDER_ABSENT, [])


@pytest.mark.parametrize(
    "text", ["picture day; teacher emailed", "class had assembly", "SLP out", "kept home, snow"]
)
@pytest.mark.parametrize(
    ("header", "asked"), [("Details", False), ("Follow up", False), ("Events", False), ("Why missed", True)]
)
def test_beside_a_reason_another_column_is_at_most_asked_about(text: str, header: str, asked: bool) -> None:
    found = _read("Absent", f"sick | {text}", f"Reason | {header}")
    assert found == (Category.STUDENT_ABSENT, ["question Service Log!F2"] if asked else [])


@pytest.mark.parametrize("header", ["Reason", "Notes"])
@pytest.mark.parametrize(("status", "text"), REFUSED)
def test_a_status_that_does_not_say_who_is_not_read_beside_another_cause(
    status: str, text: str, header: str
) -> None:
    if (header, text) != ("Notes", "Delivered"):
        assert _read(status, text, header) == (Category.UNKNOWN, ["error Service Log!D2"])


OF_ANOTHER = [
    *((header, "SLP out sick") for header in ("Explanation", "Why?", "Cause", "If absent, why?", "Details")),
    *((header, "SLP") for header in ("Who was absent", "Excused by", "Missed by", "Cancelled by", "Reason")),
    ("Absence type", "Provider"),
    ("Excused by", "School"),
    ("Who was absent?", "Kim Lee"),
    ("What happened", "field trip"),
    *(("Reason", text) for text in ("evaluating another student", "SLP doing evals", "therapist left early")),
    *(("Reason", text) for text in ("ran out of time", "MCAS", "PLC", "ARD", "internet was down")),
    *(("Reason", text) for text in ("teacher would not release", "whole class on a trip to the zoo")),
]


@pytest.mark.parametrize(("header", "text"), OF_ANOTHER)
def test_whatever_the_column_is_called_that_says_who_missed_it(header: str, text: str) -> None:
    assert _read("Absent", text, header) == (Category.UNKNOWN, ["error Service Log!D2"])
    assert _read("Student absent", text, header)[1] == ["question Service Log!E2"]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        *(("Who was absent", text) for text in ("student", "Ana R.", "parent")),
        *(("Details", text) for text in ("flu", "worked on /r/", "PA", "SLP", "mom called the office")),
        *(("Homeroom", text) for text in ("Kim Lee", "NS")),
        ("Next session", "field trip on Friday"),
        ("Notes", "out sick today, will see him next week at the assembly"),
    ],
)
def test_other_columns_and_words_are_left_alone(header: str, text: str) -> None:
    assert _read("Absent", text, header) == (Category.STUDENT_ABSENT, [])


@pytest.mark.parametrize(
    "text",
    [
        "Kim out sick today, no sub available for the group",
        "Assembly ran over, he was not in class",
        "not here - whole class on trip to zoo",
    ],
)
def test_a_clause_of_a_long_note_is_asked_about(text: str) -> None:
    assert _read("Absent", text, "Notes") == (Category.STUDENT_ABSENT, ["question Service Log!E2"])


def test_of_two_columns_of_reasons_both_are_heard() -> None:
    rows = (
        "Date | Student | Service | Status | Reason | Why missed\n10/6 | Ana R. | Speech | Absent | | SLP out"
    )
    assert [one[:2] for one in told(read({"Service Log": rows}))] == [("error", "Service Log!D2")]


@pytest.mark.parametrize(("status", "text", "category"), TAKEN)
def test_a_closed_school_or_a_suspension_is_why_the_student_was_absent_and_a_family_s_holiday_is_none(
    status: str, text: str, category: Category
) -> None:
    assert _read(status, text) == (category, [])


@pytest.mark.parametrize(("status", "text", "category"), ASKED)
def test_a_status_that_names_its_cause_is_counted_and_asked_about(
    status: str, text: str, category: Category
) -> None:
    assert _read(status, text) == (category, ["question Service Log!E2"])


@pytest.mark.parametrize(("status", "text"), PLAIN)
def test_what_fits_the_status_is_left_alone(status: str, text: str) -> None:
    assert _read(status, text)[1] == []


def test_a_long_note_tells_of_more_than_the_cause() -> None:
    assert _read("Absent", "Sent work home for the field trip next week", "Notes")[1] == []


def test_a_code_of_the_configuration_says_who_was_absent() -> None:
    names = Names(codes={"AB": "student absent"})
    assert _read("AB", "SLP out", names=names) == (Category.STUDENT_ABSENT, ["question Service Log!E2"])


@pytest.mark.parametrize("text", ["holiday", "snow day"])
def test_school_was_open_where_another_student_was_seen(text: str) -> None:
    rows = f"10/6 | Ana R. | Speech | Absent | {text}\n10/6 | Ben T. | Speech | Seen |"
    tables = read({"Service Log": f"Date | Student | Service | Status | Reason\n{rows}"})
    assert tables.log["category"].tolist() == [Category.STUDENT_ABSENT, Category.DELIVERED]
    assert [one[:2] for one in told(tables)] == [("question", "Service Log!E2")]


@pytest.mark.parametrize(
    ("text", "category"),
    [("religious holiday", Category.UNKNOWN), ("family holiday", Category.UNKNOWN)]
    + [(text, Category.SCHOOL_CLOSED) for text in ("Eid", "holiday")],
)
def test_cancelled_for_a_holiday_of_a_family_does_not_say_whose(text: str, category: Category) -> None:
    assert _read("Cancelled", text)[0] == category
