"""A typed name is matched by case, spaces, accents, ID or alias; test_name_forms.py has its other forms."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.intake.roster import make_roster
from sheets_sync.intake.students import UNKNOWN, Standing
from tests.intake.small_workbook import SMALL, cells, only, read, row_added, told

ROSTER = make_roster(("Ana R.", "José Núñez", "Ben T."), ("S1", "", "1042"), aliases={"Benny": "Ben T."})

SAME = [
    # typed            student
    ("Ana R.", "Ana R."),
    ("ana r.", "Ana R."),
    ("  Ana   R. ", "Ana R."),
    ("Ana\u00a0R.", "Ana R."),
    ("Jose Nunez", "José Núñez"),
    ("JOSÉ NÚÑEZ", "José Núñez"),
    ("S1", "Ana R."),
    ("s1", "Ana R."),
    ("1042", "Ben T."),
    ("Benny", "Ben T."),
]

OTHERS = [
    # typed          is this ...?
    ("R., Ana", "Ana R."),
    ("Núñez, José", "José Núñez"),
    ("Anna R.", "Ana R."),
    ("Zoe Q.", None),
    ("", None),
    ("😀", None),
]


@pytest.mark.parametrize(("typed", "student"), SAME)
def test_names_that_are_the_same(typed: str, student: str) -> None:
    match = ROSTER.match(typed)
    assert match.standing is Standing.KNOWN
    assert ROSTER.labels[match.code] == student


@pytest.mark.parametrize(
    ("typed", "code"),
    [("VanHorn E.", 0), ("Van Horn E.", 0), ("vanhorn e.", 0), ("An nabel", 2), ("Annabel", UNKNOWN)],
)
def test_a_space_more_or_less_is_the_same_name_where_one_student_fits(typed: str, code: int) -> None:
    """Two students are "Anna Bel" and "An Nabel": "Annabel" could be either."""
    roster = make_roster(["Van Horn E.", "Anna Bel", "An Nabel"], ["", "", ""])
    assert roster.match(typed).code == code


@pytest.mark.parametrize(("typed", "hint"), OTHERS)
def test_other_names_are_not_matched_but_may_have_a_hint(typed: str, hint: str | None) -> None:
    assert ROSTER.match(typed).standing is Standing.UNKNOWN
    assert ROSTER.hint(typed) == hint


def test_a_student_who_is_not_on_the_caseload_is_one_problem_for_all_rows() -> None:
    log = SMALL["Service Log"].rstrip() + "\n2025-10-07 | Zoe Q. | Speech therapy | | | | Delivered | | |" * 3
    tables = read({"Service Log": log})
    assert told(tables) == [
        ("error", "Service Log!B3", "Zoe Q. is not on the Caseload. (3 rows: 3, 4, 5)"),
    ]
    assert tables.log["row"].tolist() == [2]


def test_a_name_that_is_nearly_one_of_the_caseload_is_asked_about() -> None:
    tables = read(row_added("Service Log", "2025-10-07 | Anna R. | Speech therapy | | | | Delivered | | |"))
    assert only(tables).problem == "Anna R. is not on the Caseload. Is this Ana R.?"
    assert '[aliases] "Anna R." = "Ana R."' in only(tables).remedy


def test_a_roster_of_strangers_is_one_problem() -> None:
    rows = [[None, f"Pupil {letter * 5}", "Math", None, None, None, "Delivered"] for letter in "abcdefgh"]
    log = [*cells(SMALL["Service Log"]), *[[cells("2025-10-07")[0][0], *row[1:]] for row in rows]]
    tables = read({"Service Log": log})
    assert only(tables).problem.startswith("8 names are not on the Caseload: Pupil aaaaa, Pupil bbbbb,")
    assert only(tables).cell == "B3"


def test_ignored_students_are_dropped_in_silence() -> None:
    changes = row_added("Service Log", "2025-10-07 | Zoe Q. | Speech therapy | | | | Delivered | | |")
    tables = read(changes, Names(ignored_students=("zoe q",)))
    assert not tables.problems
    assert len(tables.log) == 1


SHARED = """
    Student | Student ID
    Ana R.  | S1
    Ana R.  | S2
    Ben T.  | S3
    """


def test_two_students_of_one_name_are_told_apart_by_their_id() -> None:
    grid = SMALL["Service Grid"].replace("Ana R.", "S1")
    log = SMALL["Service Log"].replace("Ana R.", "S2")
    schedule = SMALL["Schedule"].replace("Ana R.", "Ana R. (S1)")
    tables = read({"Caseload": SHARED, "Service Grid": grid, "Schedule": schedule, "Service Log": log})
    assert tables.students["student"].tolist() == ["Ana R. (S1)", "Ana R. (S2)", "Ben T."]
    assert tables.lines["student"].tolist() == tables.schedule["student"].tolist() == ["Ana R. (S1)"]
    assert tables.log["student"].tolist() == ["Ana R. (S2)"]


def test_a_column_student_id_in_any_tab_tells_them_apart_too() -> None:
    grid = SMALL["Service Grid"].replace("ESY", "Student ID").replace("|          |\n", "|          | S2\n")
    tables = read({"Caseload": SHARED, "Service Grid": grid})
    assert tables.lines["student"].tolist() == ["Ana R. (S2)"]


def test_a_name_and_an_id_of_two_students_are_an_error() -> None:
    grid = SMALL["Service Grid"].replace("ESY", "Student ID").replace("|          |\n", "|          | S2\n")
    tables = read({"Service Grid": grid})
    assert told(tables) == [
        (
            "error",
            "Service Grid!A2",
            "Ana R. (S2): the name is one student's on the Caseload, the Student ID another's.",
        )
    ]
    assert tables.lines["reason"].tolist() != [""]


def test_two_students_of_one_name_without_an_id_are_an_error_for_their_rows() -> None:
    caseload = SHARED.replace("S1", "").replace("S2", "")
    tables = read({"Caseload": caseload})
    shared = "Ana R. is the name of two students on the Caseload: whose row this is cannot be told."
    assert told(tables) == [
        ("error", "Caseload!A3", "Row 2 has the same name: rows of other tabs with it cannot be counted."),
        ("error", "Service Grid!A2", shared),
        ("error", "Schedule!A2", shared),
        ("error", "Service Log!B2", shared),
    ]
    assert tables.lines["reason"].tolist() == ["The student (A2) cannot be told from the Caseload."]
    assert len(tables.schedule) == len(tables.log) == 0


@pytest.mark.parametrize("typed", ["Ana R.; Ben T.", "ana r.;BEN T.", "Ana R.\nBen T."])
def test_a_cell_with_several_students_is_one_row_for_each(typed: str) -> None:
    log = [list(row) for row in cells(SMALL["Service Log"])]
    log[1][1] = typed
    tables = read({"Service Log": log})
    assert tables.log[["row", "student"]].to_numpy().tolist() == [[2, "Ana R."], [2, "Ben T."]]


def test_of_several_students_the_known_are_read_and_the_others_reported() -> None:
    log = SMALL["Service Log"].replace("Ana R. ", "Ana R.; Zoe Q.; Ben T.")
    tables = read({"Service Log": log})
    assert tables.log["student"].tolist() == ["Ana R.", "Ben T."]
    assert only(tables).problem == "Zoe Q. is not on the Caseload."


def test_a_line_of_a_student_who_is_not_on_the_caseload_stays_as_check_data() -> None:
    tables = read(row_added("Service Grid", "Zoe Q. | Math | 1 x 30 min / week | | | | |"))
    assert tables.lines["student"].tolist() == ["Ana R.", "Zoe Q."]
    assert tables.lines["reason"].tolist() == ["", "The student (A3) cannot be told from the Caseload."]


def test_a_formula_as_a_name_is_a_text_like_any_other() -> None:
    tables = read(row_added("Service Log", '2025-10-07 | =HYPERLINK("x") | Math | | | | Delivered | | |'))
    assert only(tables).value == '=HYPERLINK("x")'


def test_a_very_long_cell_is_shown_short() -> None:
    log = [
        *cells(SMALL["Service Log"]),
        [cells("2025-10-07")[0][0], "x" * 32_767, "Math", None, None, None, "Delivered"],
    ]
    problem = only(read({"Service Log": log}))
    assert len(problem.value) == 80
    assert len(problem.problem) < 150


def test_students_have_the_same_code_in_every_table() -> None:
    tables = read(row_added("Service Grid", "Zoe Q. | Math | 1 x 30 min / week | | | | |"))
    categories = ["Ana R.", "Ben T.", "Zoe Q."]
    for table in (tables.lines, tables.schedule, tables.log):
        assert table["student"].cat.categories.tolist() == categories
