"""The Data Problems tab: one row a cause, with a link to the cell (workbook.md)."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.problems import Problem, Severity
from sheets_sync.views.problems_tab import one_a_cause, problems_tab
from sheets_sync.views.tab import OutCell, Style, Tab

CHECKED = datetime(2025, 11, 21, 5, 2)  # noqa: DTZ001
ERROR, QUESTION, NOTE = Severity


def problem(
    cell: str = "C7",
    severity: Severity = ERROR,
    value: str = "2xx",
    text: str = "The frequency cannot be read.",
    tab: str = "Service Grid",
) -> Problem:
    return Problem(severity, tab, cell, value, text, 'Write "2 x 30 min / week".')


def tab_of(*problems: Problem) -> Tab:
    return problems_tab(problems, name="Data Problems", checked_at=CHECKED)


def values(tab: Tab) -> list[list[object]]:
    return [[cell.value for cell in row] for row in tab.rows[3:]]


def test_a_problem_has_its_cell_what_stands_there_and_what_would_do() -> None:
    tab = tab_of(problem())
    assert [cell.value for cell in tab.rows[2]] == [
        "Severity",
        "Tab",
        "Cell",
        "What stands there",
        "What is wrong",
        "What would do",
    ]
    assert values(tab) == [
        ["error", "Service Grid", "C7", "2xx", "The frequency cannot be read.", 'Write "2 x 30 min / week".']
    ]
    assert tab.rows[3][2] == OutCell("C7", Style.LINK, link=("Service Grid", "C7"))
    assert tab.rows[0][3].value == "1 error (not counted until mended)"


def test_errors_come_first_then_questions_then_notes() -> None:
    tab = tab_of(problem("C9", NOTE), problem("C8", QUESTION), problem("C7"), problem("C6", value="3xx"))
    assert [row[2] for row in values(tab)] == ["C7", "C6", "C8", "C9"]
    assert [row[0].style for row in tab.rows[3:]] == [Style.RED, Style.RED, Style.YELLOW, Style.GREY]
    assert tab.rows[0][3].value == (
        "2 errors (not counted until mended), 1 question (counted, but ask), 1 note (for information)"
    )


CAUSES = [
    (
        "the same text in one column",
        [problem("C7"), problem("C8"), problem("C12")],
        ["C7"],
        "(and 2 more rows).",
    ),
    ("the same cell twice", [problem("C7"), problem("C7")], ["C7"], "read."),
    ("another text", [problem("C7"), problem("C8", value="3xx")], ["C7", "C8"], "read."),
    ("another column", [problem("C7"), problem("D8")], ["C7", "D8"], "read."),
    ("another tab", [problem("C7"), problem("C7", tab="Schedule")], ["C7", "C7"], "read."),
    ("another cause", [problem("C7"), problem("C8", text="Too long.")], ["C7", "C8"], "read."),
]


@pytest.mark.parametrize(("problems", "cells", "ending"), [c[1:] for c in CAUSES], ids=[c[0] for c in CAUSES])
def test_the_same_cause_in_many_rows_is_one(problems: list[Problem], cells: list[str], ending: str) -> None:
    found = one_a_cause(problems)
    assert [one.cell for one in found] == cells
    assert found[0].problem.endswith(ending)


def test_empty_and_green_when_there_is_none() -> None:
    tab = tab_of()
    assert tab.rows[0][3] == OutCell("Nothing to mend: every cell could be read", Style.GREEN)
    assert (values(tab), tab.colour, tab.filter_row) == ([], "2E7D32", 0)


def test_a_problem_of_a_whole_tab_leads_there_if_there_is_one() -> None:
    missing = problem("", tab="Calendar")
    there = problems_tab([missing], name="x", checked_at=CHECKED, tabs={"Calendar"})
    gone = problems_tab([missing], name="x", checked_at=CHECKED, tabs={"Service Grid"})
    assert there.rows[3][2].link == ("Calendar", "A1")
    assert gone.rows[3][2].link is None


def test_a_very_long_text_is_cut_in_the_tab() -> None:
    (row,) = values(tab_of(problem(value="x" * 32_767)))
    assert len(str(row[3])) < 310


texts = st.text(max_size=6)
problems = st.builds(Problem, st.sampled_from(Severity), texts, texts, texts, texts, texts)


@given(st.lists(problems, max_size=8))
def test_any_problem_can_be_shown(found: list[Problem]) -> None:
    tab = tab_of(*found)
    assert all(len(row) == len(tab.widths) for row in tab.rows[3:])
    assert {(one.severity, one.tab, one.value) for one in one_a_cause(found)} == {
        (one.severity, one.tab, one.value) for one in found
    }
