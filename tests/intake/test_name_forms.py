"""Other forms of a student's name: read where exactly one student fits and shown, else asked about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.intake.person_names import names_in
from sheets_sync.intake.roster import make_roster
from sheets_sync.intake.students import Match, Roster, Standing
from sheets_sync.intake.students_in_cell import students_in_cell, with_doubts
from tests.intake.small_workbook import SMALL, read, told

CLASS = ("Ana Rivera", "Ben Torres", "Cal Van Horn", "Mary Ann O'Brien", "José Núñez García", "Dee Ruiz Jr.")


def roster(*names: str, **more: object) -> Roster:
    return make_roster(names, [""] * len(names), **more)  # type: ignore[arg-type]


def who(typed: str, of: Roster, grade: str = "") -> list[str]:
    """Return the students whom a cell is taken for, "?" for nobody."""
    return [of.labels[m.code] if m.code >= 0 else "?" for m in students_in_cell(typed, "", grade, of)]


ONE = [
    # typed                 of CLASS
    ("Rivera, Ana", "Ana Rivera"),
    ("RIVERA,ANA", "Ana Rivera"),
    ("R., Ana", "Ana Rivera"),
    ("Rivera, A.", "Ana Rivera"),
    ("Ana R.", "Ana Rivera"),
    ("Ana R", "Ana Rivera"),
    ("A. Rivera", "Ana Rivera"),
    ("Rivera A", "Ana Rivera"),
    ("A.R.", "Ana Rivera"),
    ("A. R.", "Ana Rivera"),
    ("AR", "Ana Rivera"),
    ("ana", "Ana Rivera"),
    ("Rivera", "Ana Rivera"),
    ("Ana Maria Rivera", "Ana Rivera"),
    ("Rivera, Ana M.", "Ana Rivera"),
    ("Rivera, Ana, Jr.", "Ana Rivera"),
    ("Van Horn, Cal", "Cal Van Horn"),
    ("Cal V.", "Cal Van Horn"),
    ("C. Horn", "Cal Van Horn"),
    ("Mary O.", "Mary Ann O'Brien"),
    ("obrien, mary", "Mary Ann O'Brien"),
    ("Jose Nunez", "José Núñez García"),
    ("Nunez Garcia, Jose", "José Núñez García"),
    ("Ruiz, Dee", "Dee Ruiz Jr."),
]


@pytest.mark.parametrize(("typed", "student"), ONE)
def test_another_form_of_a_name_is_the_student_whom_alone_it_fits(typed: str, student: str) -> None:
    (match,) = students_in_cell(typed, "", "", of := roster(*CLASS))
    assert (match.standing, of.labels[match.code], match.by_form) == (Standing.KNOWN, student, True)


NOBODY = [
    # typed, and why it is nobody of CLASS
    "Anna R.",  # misspelt
    "Rivera Ana",  # which is the last name?
    "Ana S.",
    "B. Rivera",
    "Ana Rivera Lopez",  # another last name
    "Ruiz, Dee, III",
    "Ana Rivera (gr 3)",  # the Caseload does not say the grade
    "Ana R. (gr 3)",
    "Ann O'Brien",
    "Ana absent",
    "no Ana",
    "Ana?",
    "Ann, Mary",  # by the middle name
    "Mary A.",
    "Ms. Rivera",
    "A",
    "ar",
    "Ana, Zoe",
    "Ana and Zoe",
    "Ben, Torres",
]


@pytest.mark.parametrize("typed", NOBODY)
def test_what_is_no_form_of_a_name_is_nobody(typed: str) -> None:
    assert who(typed, roster(*CLASS)) == ["?"]


@pytest.mark.parametrize("typed", ["Ana Rivera", "Rivera, Ana", "Ana M. Rivera"])
def test_a_name_that_says_more_than_the_caseload_is_asked_about(typed: str) -> None:
    of = roster("Ana R.", "Ben T.")
    assert who(typed, of) == ["?"]
    assert of.hint(typed) == "Ana R."


SEVERAL = [
    # the Caseload                                 typed           who it can be
    (("Ana Rivera", "Ana Ruiz"), "Ana R.", ("Ana Rivera", "Ana Ruiz")),
    (("Ana Rivera", "Ana Ruiz"), "Ana", ("Ana Rivera", "Ana Ruiz")),
    (("Ana Rivera", "Al Ross"), "AR", ("Ana Rivera", "Al Ross")),
    (("Ana Rivera", "Ana Rosa Kim"), "Ana R.", ("Ana Rivera", "Ana Rosa Kim")),
    (("Maria Kim", "Ana Maria Lopez"), "Maria", ("Maria Kim", "Ana Maria Lopez")),
    (("Al Rivera", "Ana R."), "A. Rivera", ("Al Rivera", "Ana R.")),
    (("Ana M. Rivera", "Ana L. Rivera"), "Rivera, Ana", ("Ana M. Rivera", "Ana L. Rivera")),
    (("Dee Ruiz", "Dee Ruiz Jr."), "Ruiz, Dee", ("Dee Ruiz", "Dee Ruiz Jr.")),
    (("Kim Lee", "Ana Kim"), "Kim", ("Kim Lee", "Ana Kim")),
]


@pytest.mark.parametrize(("names", "typed", "candidates"), SEVERAL)
def test_a_form_that_fits_several_is_nobody(
    names: tuple[str, ...], typed: str, candidates: tuple[str, ...]
) -> None:
    (match,) = students_in_cell(typed, "", "", roster(*names))
    assert (match.standing, match.candidates) == (Standing.SEVERAL, candidates)


LISTS = [
    ("Ana, Ben", ["Ana Rivera", "Ben Torres"]),
    ("Ana & Ben", ["Ana Rivera", "Ben Torres"]),
    ("Ana/Ben", ["Ana Rivera", "Ben Torres"]),
    ("Ana, Ben, and Cal", ["Ana Rivera", "Ben Torres", "Cal Van Horn"]),
    ("Ana Rivera, Ben Torres", ["Ana Rivera", "Ben Torres"]),
    ("Rivera, Ana; Torres, Ben", ["Ana Rivera", "Ben Torres"]),
    ("Rivera, A & Torres, B", ["Ana Rivera", "Ben Torres"]),
    ("Rivera, Torres", ["?"]),  # last names alone are no list
    ("Rivera, Ana", ["Ana Rivera"]),
]


@pytest.mark.parametrize(("typed", "students"), LISTS)
def test_a_list_by_commas_is_one_where_each_part_calls_somebody(typed: str, students: list[str]) -> None:
    assert who(typed, roster(*CLASS)) == students


def test_a_last_name_that_two_have_is_no_list() -> None:
    assert who("Rivera, Ana", roster("Ana Rivera", "Ben Rivera")) == ["Ana Rivera"]


def test_what_can_be_one_name_and_two_is_asked_about() -> None:
    of = roster("Jordan Taylor", "Taylor Kim", "Jordan Smith")
    (match,) = students_in_cell("Taylor, Jordan", "", "", of)
    assert match.candidates == ("Jordan Taylor", "Taylor and Jordan")
    assert who("Kim, Taylor", of) == ["Taylor Kim"]


GRADES = [
    # typed                  grade beside it   student
    ("Ana Rivera", "", ["?"]),
    ("Ana Rivera", "3rd", ["Ana Rivera (gr 3)"]),
    ("Ana Rivera", "4.0", ["?"]),
    ("Ana Rivera (gr 3)", "", ["Ana Rivera (gr 3)"]),
    ("Ana R. - 4th", "", ["Ana Rivera (gr 4)"]),
    ("Rivera, Ana (4th grade)", "", ["Ana Rivera (gr 4)"]),
    ("Rivera, Ana", "Grade 4", ["Ana Rivera (gr 4)"]),
    ("Ana R. (gr 5)", "", ["?"]),
    ("Ana R. (3)", "", ["?"]),  # three of what?
    ("Ben T.", "2", ["?"]),  # Ben Torres is in another grade
    ("Ben T.", "K", ["Ben Torres"]),
    ("Ana Rivera - 4th", "3", ["?"]),  # which of the two says it?
    ("Ana R. (gr 3)", "Grade 4", ["?"]),
    ("Ana Rivera - 4th", "4", ["Ana Rivera (gr 4)"]),
    ("Ben Torres (gr K)", "2", ["Ben Torres"]),
    ("Ben Torres", "2", ["Ben Torres"]),  # the name alone says it; a grade is often last year's
]


@pytest.mark.parametrize(("typed", "grade", "students"), GRADES)
def test_two_of_one_name_are_told_apart_by_the_grade(typed: str, grade: str, students: list[str]) -> None:
    of = roster("Ana Rivera", "Ana Rivera", "Ben Torres", grades=("3", "Gr. 4", "Kindergarten"))
    assert who(typed, of, grade) == students


ALSO_CALLED = [
    ("Liz", "Elizabeth Rivera"),
    ("Liz R.", "Elizabeth Rivera"),
    ("Rivera, Liz", "Elizabeth Rivera"),
    ("Bobby", 'Robert "Bob" Ng'),
    ("Bob", 'Robert "Bob" Ng'),
    ("Ng, Robert", 'Robert "Bob" Ng'),
    ("Ben T", "Ben Torres"),  # what the column says whole goes before what it could be
    ("Ben", "?"),  # somebody else is called so too
    ("Benny", "Ben Torres"),
    ("Annie", "Ann Torres"),
]


@pytest.mark.parametrize(("typed", "student"), ALSO_CALLED)
def test_the_other_names_of_the_caseload_and_of_aliases(typed: str, student: str) -> None:
    of = make_roster(
        ("Elizabeth Rivera", "Ben Torres", "Ben Tran", 'Robert "Bob" Ng', "Ann Torres"),
        [""] * 5,
        {"Annie": "Torres, Ann"},
        also_called=[("Liz",), ("Ben", "Benny", "Ben T."), (), ("Bobby",), ()],
    )
    assert who(typed, of) == [student]


def test_a_student_id_goes_before_the_form_and_not_against_it() -> None:
    of = make_roster(("Ana Rivera", "Ana Ruiz", "Ben T."), ("S1", "S2", "S3"))
    standing = [students_in_cell("Ana R.", number, "", of)[0] for number in ("S1", "S3", "S9")]
    assert [one.standing for one in standing] == [Standing.KNOWN, Standing.TWO, Standing.SEVERAL]
    assert who("Ana R. (S2)", of) == ["Ana Ruiz"]


def doubts(*typed: str, of: Roster) -> list[Standing]:
    people: list[list[Match]] = [students_in_cell(text, "", "", of) for text in typed]
    return [row[0].standing for row in with_doubts(people, of)]


def test_who_is_named_besides_puts_a_form_into_doubt() -> None:
    of = roster("Ana Rivera", "Ben Torres", ignored=("Cal Diaz",))
    known, nobody, several = Standing.KNOWN, Standing.UNKNOWN, Standing.SEVERAL
    assert doubts("Ana R.", "Rivera, Ana", "Diaz, Zoe", of=of) == [known, known, nobody]
    assert doubts("Ana R.", "Rivera, Ana", "Ramos, Ana", of=of) == [several, known, nobody]
    assert doubts("Ana", "Ramos, Ana", of=of) == [several, nobody]
    assert doubts("Rivera", "Rivera, Zoe", of=of) == [several, nobody]
    assert doubts("Ana", "Ana absent", "Ana, Zoe", of=of) == [known, nobody, nobody]
    assert doubts("Ben M. Torres", "Ben Torres", of=of) == [known, known]
    assert doubts("Ben M. Torres", "Torres, Ben Lee", of=of) == [several, several]
    assert doubts("Ben M. Torres", "Torres, Ben Max", of=of) == [known, known]


@pytest.mark.parametrize("typed", ["Ana Rivera", "Rivera, Ana", "Ana R."])
def test_two_of_one_name_whom_nothing_tells_apart_are_nobody_in_any_form(typed: str) -> None:
    (match,) = students_in_cell(typed, "", "", roster("Ana Rivera", "Ana Rivera", "Ben T."))
    assert match.standing is Standing.SHARED


def test_who_is_ignored_can_be_meant_too() -> None:
    assert who("Ana R.", roster("Ana Rivera", ignored=("Ana Ramos",))) == ["?"]


PIECES = st.lists(st.sampled_from("Ana Ben R. T , ; & ( ) gr 3 Jr and".split()))


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from("Ana Ben R. T , ; & ( ) gr 3 Jr and".split())).map(" ".join)
)
def test_no_text_raises_and_none_is_two_students(text: str) -> None:
    of = roster("Ana R.", "Ana Rivera", "Ben Torres", grades=("3", "4", ""))
    for match in students_in_cell(text, "", "", of):
        assert (match.code >= 0) == (match.standing is Standing.KNOWN)
        assert not match.by_form or len(of.called.could_be(names_in(match.typed))) < 2 or "3" in match.typed
    of.hint(text)


FORMS = SMALL["Caseload"].replace("Ana R. ", "Ana Rivera").replace("Ben T.", "Ben Torres")


def test_each_tab_shows_once_in_what_forms_it_writes_whose_name() -> None:
    log = SMALL["Service Log"].rstrip() + "\n2025-10-07 | Torres, Ben | Math | | | | Delivered | | |" * 2
    (note,) = [p for p in read({"Caseload": FORMS, "Service Log": log}).problems if p.tab == "Service Log"]
    assert (note.severity.value, note.cell) == ("note", "B2")
    assert "(Ana R. for Ana Rivera; Torres, Ben for Ben Torres). (3 rows: 2, 3, 4)" in note.problem


def test_a_form_that_can_be_two_students_is_an_error_that_names_both() -> None:
    problem = next(p for p in read({"Caseload": FORMS + "Ana Ruiz | S3"}).problems if p.tab == "Service Log")
    assert (problem.severity.value, problem.cell, problem.value) == ("error", "B2", "Ana R.")
    assert problem.problem == "Ana R. can mean Ana Rivera or Ana Ruiz: whose row this is cannot be told."
    assert '[aliases] "Ana R." = "..."' in problem.remedy


def test_a_name_rewritten_in_another_form_is_the_same_line() -> None:
    forms = ("Ana Rivera", "Rivera, Ana", "Ana R.", "A.R.")
    lines = [
        read({"Caseload": FORMS, "Service Grid": SMALL["Service Grid"].replace("Ana R.", form)}).lines
        for form in forms
    ]
    assert all(one.equals(lines[0]) for one in lines)
    assert lines[0]["student"].tolist() == ["Ana Rivera"]


PARTS = {
    "Caseload": "Last name | First name | Student ID\nRivera | Ana | S1\nTorres | Ben | S2\n | | \n",
    "Service Log": """
        Date       | Student First Name | Student Last Name | Service        | Status
        2025-10-06 | Ana                | Rivera            | Speech therapy | Delivered
        Date       | Student First Name | Student Last Name | Service        | Status
        2025-10-07 | Ben                | Tores             | Speech therapy | Delivered
        2025-10-08 |                    |                   | Speech therapy | Delivered
        """,
}


def test_first_and_last_names_in_two_columns_are_one_name() -> None:
    tables = read({**PARTS, "Service Grid": SMALL["Service Grid"].replace("Ana R.", "Rivera, Ana")})
    assert tables.students["student"].tolist() == ["Ana Rivera", "Ben Torres"]
    assert tables.log[["row", "student"]].to_numpy().tolist() == [[2, "Ana Rivera"]]
    assert [(severity, cell) for severity, cell, _ in told(tables) if "Log" in cell] == [
        ("error", "Service Log!B5"),
        ("error", "Service Log!B4"),
    ]


STUDENT_AND_PART = [
    # header                   row                    student
    ("Student | First name", "Rivera | Ana", "Ana Rivera"),
    ("Student | First name", "Ana Rivera | Ana", "Ana Rivera"),
    ("Student | First name", "Rivera, Ana | Ana", "Rivera, Ana"),
    ("Student | Last name", "Ana | Rivera", "Ana Rivera"),
    ("Student | Last name", "Ana Rivera | Rivera", "Ana Rivera"),
    ("Student | First name | Last name", "Rivera, Ana | Ana | Rivera", "Rivera, Ana"),
]


@pytest.mark.parametrize(("header", "row", "student"), STUDENT_AND_PART)
def test_a_part_of_the_name_beside_the_column_student(header: str, row: str, student: str) -> None:
    assert read({"Caseload": f"{header}\n{row}"}).students["student"].tolist() == [student]


def test_first_and_last_names_in_an_attendance_grid() -> None:
    log = """
        Last name | First name | Service | 10/6/2025  | 10/8/2025  | 10/9
        Rivera    | Ana        | Speech  | 30         | 30         |
        Rivera    | Zoe        | Speech  | 30         |            |
        Last name | First name | Service | 10/13/2025 | 10/14/2025 | 10/15
        Torres    | Ben        | Speech  |            | 30         |
        """
    tables = read({"Caseload": FORMS, "Service Log": log})
    assert tables.log["student"].tolist() == ["Ana Rivera", "Ana Rivera", "Ben Torres"]
    assert "Zoe Rivera is not on the Caseload." in [p.problem for p in tables.problems]


def test_the_columns_of_the_caseload_that_tell_names_apart() -> None:
    caseload = """
        Student    | Grade | Goes by
        Ana Rivera | 3     | Annie; Nan
        Ana Rivera | 4     |
        Ben Torres | 4     | Ben
        Ben Tran   |       | N/A
        Liz Tran   |       | Ben
        """
    log = SMALL["Service Log"].replace("Ana R. ", "Nan").replace("Make-up for", "Grade")
    tables = read({"Caseload": caseload, "Service Log": log})
    assert tables.students["student"].tolist()[:2] == ["Ana Rivera (gr 3)", "Ana Rivera (gr 4)"]
    assert tables.log["student"].tolist() == ["Ana Rivera (gr 3)"]
    assert [(severity, cell) for severity, cell, _ in told(tables) if "Caseload" in cell] == [
        ("error", "Caseload!A3"),
        ("question", "Caseload!C6"),
    ]
    graded = log.replace("Nan", "Ana Rivera").replace("Delivered |       |", "Delivered | | 4th")
    tables = read({"Caseload": caseload, "Service Log": graded})
    assert tables.log["student"].tolist() == ["Ana Rivera (gr 4)"]


def test_aliases_of_the_configuration_name_a_student_in_any_form() -> None:
    names = Names(aliases={"Nan": "Rivera, Ana"})
    log = SMALL["Service Log"].replace("Ana R. ", "Nan")
    assert read({"Caseload": FORMS, "Service Log": log}, names).log["student"].tolist() == ["Ana Rivera"]


WEEK = [
    ("A. Rivera - OT", ["Ana Rivera"]),
    ("B. Torres, Annie: speech", ["Ben Torres", "Ana Rivera"]),
    ("Annie R. OT", ["Ana Rivera"]),
    ("Ben OT", []),  # Ben Kim's nickname, and a part of Ben Torres
    ("A. Ruiz OT", []),  # Al or Amy
    ("Zoe Rivera OT", []),
    ("Ben T., Ana R - speech", ["Ben Torres", "Ana Rivera"]),
    ("Torres B: OT", ["Ben Torres"]),
    ("Cal K. OT", ["Cal Kim"]),
    ("Ben S OT", []),
    ("Dee L. OT", ["Dee Lowe"]),  # of three Dees; beside one of the same initial, none
    ("Dee S. OT", []),
]


@pytest.mark.parametrize(("cell", "students"), WEEK)
def test_forms_of_names_in_a_week_grid(cell: str, students: list[str]) -> None:
    names = "Ana Rivera | Annie\nBen Torres |\n"
    names += "Al Ruiz |\nAmy Ruiz |\nCal Kim | Ben\nDee Lowe |\nDee Sim |\nDee Song |"
    week = f"Time | Mon | Tue | Wed\n9:00-9:30 | {cell} | |\n10:00-10:30 | Amy OT | |"
    tables = read({"Caseload": f"Student | Nickname\n{names}", "Schedule": week})
    assert tables.schedule["student"].tolist() == [*students, "Amy Ruiz"]
