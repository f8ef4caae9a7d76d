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
