"""Rows among the data that are about no student."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import only, read, row_added

HEADINGS = [
    # tab            row                                     cell  what stands there
    ("Service Grid", "GRADE 3 | | | | | | |", "A3", "GRADE 3"),
    ("Service Grid", "Total | | 2 x 30 min / week | | | | |", "A3", "Total"),
    ("Schedule", "LUNCH_1 | | | | | | | | | |", "A3", "LUNCH_1"),
    ("Service Log", "October | | | | | | | | |", "A3", "October"),
    ("Service Log", " | TOTAL: | | | | 30 | | | |", "B3", "TOTAL:"),
    ("Caseload", "Total | 2", "A4", "Total"),
]


@pytest.mark.parametrize(("tab", "row", "cell", "value"), HEADINGS)
def test_headings_and_totals_are_left_out_and_noted(tab: str, row: str, cell: str, value: str) -> None:
    tables = read(row_added(tab, row))
    problem = only(tables)
    assert (problem.severity, problem.tab, problem.cell, problem.value) == ("note", tab, cell, value)
    assert [len(tables.students), len(tables.lines), len(tables.schedule), len(tables.log)] == [2, 1, 1, 1]


def test_a_student_of_the_caseload_with_nothing_beside_is_no_heading() -> None:
    tables = read(row_added("Service Grid", "Ben T. | | | | | | |"))
    assert tables.lines["student"].tolist() == ["Ana R.", "Ben T."]
    assert tables.lines["reason"].tolist()[1] != ""


def test_a_class_named_in_a_full_row_is_somebody_who_is_not_on_the_caseload() -> None:
    tables = read(row_added("Schedule", "5thGrade_1 | Math | T. Brandt | Mon | 9:00 | 9:30 | | | | |"))
    assert only(tables).problem == "5thGrade_1 is not on the Caseload."


BEN = "Ben T. | OT | | Tue | 9:00 | 9:30 | | | {} | |"
DOUBTS = [
    # a section row of the Schedule, From of the row below it, how many sessions, what is said of the row
    ("Week B", "", 1, "error"),
    ("On hold", "", 1, "error"),
    ("Make-ups", "2025-11-03", 1, "error"),
    ("2024-25", "", 1, "error"),
    ("Not on my caseload", "", 1, "error"),
    ("Private therapy", "", 1, "error"),
    ("2025-26", "", 2, "note"),
    ("Private school", "", 2, "note"),
    ("Starting 11/3", "", 1, "error"),
    ("Starting 11/3", "2025-11-03", 2, "note"),
    ("Kim Lee", "", 2, "note"),
]


@pytest.mark.parametrize(("heading", "begins", "count", "said"), DOUBTS)
def test_rows_below_a_heading_that_denies_them_are_not_read(
    heading: str, begins: str, count: int, said: str
) -> None:
    rows = f"{heading} | | | | | | | | | |\n{BEN.format(begins)}"
    tables = read(row_added("Schedule", rows))
    problem = only(tables)
    assert (len(tables.schedule), problem.severity, problem.cell) == (count, said, "A3")


def test_the_next_heading_ends_it() -> None:
    rows = "\n".join(("On hold" + " |" * 10, BEN.format(""), "Group" + " |" * 10, BEN.format("")))
    assert read(row_added("Schedule", rows)).schedule["student"].tolist() == ["Ana R.", "Ben T."]


def test_lines_of_the_service_grid_below_such_a_heading_are_counted_and_asked_about() -> None:
    rows = "Dismissed | | | | | | |\nBen T. | OT | 1 x 30 min / week | | | | |"
    tables = read(row_added("Service Grid", rows))
    assert len(tables.lines) == 2
    assert [(p.severity, p.cell) for p in tables.problems] == [("question", "A3"), ("note", "A3")]


ASKED = [
    # tab         heading              the row below it
    ("Service Grid", "Declined services | | | | | | |", "Ben T. | OT | 1 x 30 min / week | | | | |"),
    *(
        ("Service Grid", f"{heading} | | | | | | |", "Ben T. | OT | 1 x 30 min / week | | | | |")
        for heading in ("Consult only", "Initial evals", "New IEP 11/3", "Not eligible", "Starting 11/3")
    ),
    ("Service Grid", "OT | | | | | | |", "Ben T. | Speech therapy | 1 x 30 min / week | | | | |"),
    ("Schedule", "OT | | | | | | | | | |", "Ben T. | Speech therapy | | Tue | 9:00 | 9:30 | | | | |"),
    *(
        ("Service Log", f"{heading} | | | | | | | |", "2025-09-10 | Ben T. | OT | | | 30 | Delivered | |")
        for heading in (
            *("Cancelled", "Not delivered", "Planned / upcoming", "Absences", "Make-up sessions", "Drafts"),
            *("Evaluations", "IEP meetings", "Parent contacts", "Sessions owed", "September 2024", "2024-25"),
            *("Speech", " | Not delivered"),
        )
    ),
]


@pytest.mark.parametrize(("tab", "heading", "row"), ASKED)
def test_rows_below_a_heading_that_may_take_them_back_are_counted_and_asked_about(
    tab: str, heading: str, row: str
) -> None:
    tables = read(row_added(tab, f"{heading}\n{row}"))
    cell = "B3" if heading.startswith(" |") else "A3"
    assert [(p.severity, p.cell) for p in tables.problems] == [("question", cell), ("note", cell)]
    assert len(tables.lines) + len(tables.schedule) + len(tables.log) == 4


NOT_ASKED = [
    ("September 2025", "Delivered"),
    ("2025-26", "Delivered"),
    ("OT", "Delivered"),
    ("Make-up sessions", "Make-up"),
    ("Absences", "Student absent"),
]


@pytest.mark.parametrize(("heading", "status"), NOT_ASKED)
def test_entries_that_agree_with_their_heading_are_no_question(heading: str, status: str) -> None:
    row = f"2025-09-10 | Ben T. | OT | | | 30 | {status} | |"
    assert only(read(row_added("Service Log", f"{heading} | | | | | | | |\n{row}"))).severity == "note"
