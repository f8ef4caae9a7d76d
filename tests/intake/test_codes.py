"""Codes and reasons of a log, beside those of phrases/codes.csv: text -> category (counting.md)."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.categories import CATEGORY_WORDS, Category
from sheets_sync.intake.codes import Code, read_code
from sheets_sync.intake.dates import SchoolYear
from sheets_sync.ports import ErrorValue

YEAR = SchoolYear(date(2025, 8, 25), date(2026, 6, 12))
BY_WORD = {word: category for category, word in CATEGORY_WORDS.items()}

CLEAR = {
    "delivered": [
        "DELIVERED",
        "held via zoom",
        "Teletherapy",
        "seen",
        "present - virtual",
        "substitute provided services",
    ],
    "make-up": ["make up", "MU", "M.U.", "Makeup", "MAKE-UP"],
    "late or left early": [
        "Late",
        "LEFT EARLY",
        "tardy",
        "student left early - sick",
        "late bus",
        "present - late",
    ],
    "student absent": [
        *(
            "S. Absent",
            "stu. absent",
            "absent/excused",
            "absent (sick)",
            "Student out sick",
            "kid was absent",
        ),
        *(
            "Child home with fever",
            "Parent kept student home",
            "Missed - student absent",
            "cancelled by parent",
        ),
        *("Cancelled: student absent", "student on vacation"),
    ],
    "student refused": [
        "Refused",
        "Student refused to come",
        "would not participate",
        "student declined session",
    ],
    "student unavailable": ["C.N.A.", "student in nurse's office", "Student at dr appt", "student asleep"],
    "suspended": ["OSS", "student suspended", "Student in OSS", "out of school suspension"],
    "school activity": [
        *(
            "Field Trip",
            "field trip - zoo",
            "Student at assembly",
            "student testing",
            "MAP testing",
            "class party",
        ),
        *("Student in ISS", "in school suspension", "missed due to assembly", "testing - ELPAC"),
    ],
    "provider absent": [
        *(
            "s.n.a.",
            "SLP out sick",
            "SLP at IEP meeting",
            "Therapist at training",
            "provider in PD",
            "para out",
        ),
        *(
            "OT absent - no sub",
            "PT on leave",
            "Staff shortage",
            "room not available",
            "Cancelled - provider sick",
        ),
    ],
    "school closed": [
        "Snow Day!",
        "School closed - weather",
        "Holiday - Labor Day",
        "no school - teacher workday",
    ],
    "agreed day off": ["NS", "n.s.", "Not Scheduled", "agreed day off"],
    "team decision": ["Team decision", "IEP team decided to skip"],
}

LATER = {
    "student absent": [
        "Stu Absent",
        "absent.",
        "ABSENT - UNEXCUSED",
        "Student was sick",
        "sick - student",
        "No Show",
        "student no-show",
        "Student truant",
        "child absent",
    ],
    "student refused": ["Student refusal", "refused to work"],
    "student unavailable": ["in crisis", "student sleeping", "Student hospitalized", "CNA - nurse"],
    "provider absent": [
        "SLP sick",
        "SLP in IEP mtg",
        "IEP meeting conflict",
        "Therapist illness",
        "therapist on vacation",
        "provider at training",
        "sub not available",
        "no sub available",
        "Provider vacancy",
        "SLP covering another school",
        "PD day",
        "Teacher in-service",
        "SNA - meeting",
        "staff absent",
        "Staff training",
    ],
    "school closed": ["snow", "Weather closure", "School Holiday", "No School - Holiday", "Winter Break"],
    "school activity": [
        "Assembly/pep rally",
        "class field trip",
        "standardized testing",
        "student taking test",
        "Picture Day",
        "school event",
        "fire drill",
        "In-School Suspension",
    ],
    "suspended": ["OSS day 3", "Suspended (OSS)"],
    "delivered": [
        "Session delivered",
        "Completed",
        "Service provided",
        "Provided 30 min",
        "virtual session",
        "Delivered by sub",
        "co-treated w/ OT",
    ],
    "make-up": ["MU session", "makeup session", "Make up - 30", "made up"],
    "late or left early": ["Late arrival", "student arrived late", "early pickup"],
    "agreed day off": ["NS (not scheduled)"],
    "team decision": ["Team Decision - no session", "team agreed to skip"],
}

REFUSED = [
    *(
        "student chose not to attend",
        "not participating",
        "student in timeout",
        "delayed opening",
        "left at 10:15",
        "T",
        "NA",
        "CX",
        "rescheduled to 10/9",
        "see note",
        "Student unavailable - testing",
        "parent refused",
        "student absent/suspended",
    ),
    *(
        "",
        "?",
        "-",
        "--",
        "/",
        "\u2713",
        "x",
        "P",
        "A",
        "G 30",
        "S/30",
        "Y",
        "yes",
        "n/a",
        "out",
        "sick",
        "cancelled",
    ),
    *(
        "cancelled",
        "rescheduled",
        "missed",
        "not delivered",
        "sub",
        "with sub",
        "half day",
        "early release",
        "0",
        "999",
    ),
    *(
        "Student Absent / Provider Absent",
        "absent or refused",
        "student absent?",
        "needs make up",
        "no make up",
        *("absent/makeup", "absent + MU", "student absent makeup", "field trip - make up 9/3", "SNA/makeup"),
    ),
    *(
        "Student absent - field trip",
        "SLP absent, sub delivered",
        "pulled for testing",
        "provider late",
        "XQZ",
        "-5",
    ),
    *("Delivered - not", "NS - holiday", "MU - student absent", "Delivered (student absent)"),
    *("see notes", "consult", "observation", "ISS/OSS", "unknown"),
]


@pytest.mark.parametrize(
    ("word", "text"),
    [(word, text) for table in (CLEAR, LATER) for word, texts in table.items() for text in texts],
)
def test_a_clear_code_is_read(word, text):
    assert read_code(text).value.category == BY_WORD[word]


@pytest.mark.parametrize("text", REFUSED)
def test_what_leaves_open_who_or_why_is_refused(text):
    reading = read_code(text)
    assert reading.value is None
    assert reading.problem.endswith(".")
    assert reading.remedy


@pytest.mark.parametrize("category", [category for category in Category if category])
def test_every_category_is_its_own_word(category):
    word = CATEGORY_WORDS[category]
    for text in (word, word.upper(), f" {word.title()} "):
        assert read_code(text).value == Code(category)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("45", Code(Category.DELIVERED, 45)),
        (45.0, Code(Category.DELIVERED, 45)),
        ("30 min", Code(Category.DELIVERED, 30)),
        ("Delivered 30", Code(Category.DELIVERED, 30)),
        ("MU/30", Code(Category.MAKE_UP, 30)),
        ("MU 30", Code(Category.MAKE_UP, 30)),
        ("make up 30 min", Code(Category.MAKE_UP, 30)),
        ("Provided 30 min", Code(Category.DELIVERED, 30)),
        ("OSS day 3", Code(Category.SUSPENDED)),
        ("Delivered - make up", Code(Category.MAKE_UP)),
        ("Delivered - late", Code(Category.LATE)),
        ("Delivered - 2 goals", Code(Category.DELIVERED)),
    ],
)
def test_a_code_can_carry_its_minutes(text, code):
    assert read_code(text).value == code


@pytest.mark.parametrize("text", ["tardy 10 min", "late 20 min", "left early (15 min)", "10 min late"])
def test_minutes_beside_late_may_be_those_given_or_those_lost(text):
    reading = read_code(text)
    assert reading.value == Code(Category.LATE)
    assert reading.problem == "It does not say whether so many minutes were given or lost."


@pytest.mark.parametrize(
    "text",
    [
        "student not absent",
        "student was never suspended",
        "not sick, parent called",
        "student wasn't out",
        "no longer suspended",
        "didn't refuse",
    ],
)
def test_what_did_not_happen_is_no_status(text):
    assert read_code(text).value is None


@pytest.mark.parametrize("text", ["student present, SLP absent", "SLP present student absent"])
def test_one_who_was_there_and_one_who_was_not_are_two_things(text):
    assert read_code(text).value is None


@pytest.mark.parametrize("text", ["Delivered virtually 20", "delivered 15 of 30"])
def test_a_number_beside_a_session_that_was_given_is_asked_about(text):
    reading = read_code(text)
    assert reading.value == Code(Category.DELIVERED)
    assert reading.problem == "It does not say what the number counts."


@pytest.mark.parametrize(
    "text", ["Makeup from 10/7", "make-up for 10/7/25", "MU of Oct 7", "made up session from 10/7"]
)
def test_a_make_up_says_which_day_it_is_for(text):
    assert read_code(text, year=YEAR).value == Code(Category.MAKE_UP, None, date(2025, 10, 7))
    assert read_code(text, year=YEAR).problem is None


@pytest.mark.parametrize("text", ["MU 9/3", "m/u 10/14", "make up (10/7)", "made up on 10/14"])
def test_a_make_up_with_a_date_of_its_own_is_asked_about(text):
    reading = read_code(text, year=YEAR)
    assert reading.value == Code(Category.MAKE_UP)
    assert "does not say" in reading.problem


def test_the_workbooks_key_adds_and_overrides():
    codes = {"P": "delivered", "X": "student absent", "NS": "school closed", "SLP-A": "provider absent"}
    assert read_code("p", codes=codes).value == Code(Category.DELIVERED)
    assert read_code("x", codes=codes).value == Code(Category.STUDENT_ABSENT)
    assert read_code("N.S.", codes=codes).value == Code(Category.SCHOOL_CLOSED)
    assert read_code("slp-a", codes=codes).value == Code(Category.PROVIDER_ABSENT)
    assert read_code("P/30", codes=codes).value == Code(Category.DELIVERED, 30)
    assert read_code("tardy", codes=codes).value == Code(Category.LATE)


@pytest.mark.parametrize(
    "cell", [None, True, date(2025, 9, 3), time(9), ErrorValue("#REF!"), float("nan"), 12.5, -1.0]
)
def test_cells_that_hold_no_code(cell):
    assert read_code(cell).value is None
    assert read_code(cell).problem


WORDS = (
    "student provider absent sick MU make-up 30 10/7 for delivered not late refused testing / - or".split()
)


@given(
    st.one_of(st.text(max_size=40), st.floats(), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
)
def test_no_text_raises(text):
    reading = read_code(text, codes={"P": "delivered"}, year=YEAR)
    assert (reading.value is None) <= bool(reading.problem)
