"""[layouts]: what a tab is taken for where the configuration says so, and what comes of what it cannot be."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import read, told

SIDE_BY_SIDE = """
    Student | Service        | Days | Start | End  | Days_2 | Start_2 | End_2
    Ana R.  | Speech therapy | Mon  | 9:00  | 9:30 | Wed    | 9:00    | 9:30
    """
WEEK_GRID = """
    Time      | Mon          | Wed
    9:00-9:30 | Ana R. - SLP | Ana R. - SLP
    """


@pytest.mark.parametrize(
    ("schedule", "layouts", "layout", "sessions"),
    [
        (SIDE_BY_SIDE, {}, "records side by side", 2),
        (SIDE_BY_SIDE, {"Schedule": "records side by side"}, "records side by side", 2),
        (SIDE_BY_SIDE, {"Schedule": "list"}, "", 1),
        (WEEK_GRID, {}, "a week grid", 2),
        (WEEK_GRID, {"Schedule": "week grid"}, "a week grid", 2),
    ],
)
def test_a_tab_is_read_in_the_layout_that_is_named(
    schedule: str, layouts: dict[str, str], layout: str, sessions: int
) -> None:
    tables = read({"Schedule": schedule}, Names(layouts=layouts))
    assert tables.layouts.get("Schedule", "").split(":")[0] == layout
    assert len(tables.schedule) == sessions


def test_a_tab_is_named_as_it_is_called_here_before_its_kind() -> None:
    layouts = {"Schedule": "week grid", "bells and all": "list"}
    changes = {"Schedule": None, "Bells and All": SIDE_BY_SIDE}
    tables = read(changes, Names(tabs={"Schedule": "Bells and All"}, layouts=layouts))
    assert len(tables.schedule) == 1


@pytest.mark.parametrize(
    ("schedule", "layout", "said"),
    [
        (
            SIDE_BY_SIDE,
            "week grid",
            'the tab "Schedule" cannot be read as "week grid", which [layouts] calls it',
        ),
        (WEEK_GRID, "list", 'the tab "Schedule" has no column'),
        (WEEK_GRID, "records side by side", 'cannot be read as "records side by side"'),
    ],
)
def test_a_tab_that_is_no_such_layout_cannot_be_counted(schedule: str, layout: str, said: str) -> None:
    with pytest.raises(CannotCount) as caught:
        read({"Schedule": schedule}, Names(layouts={"Schedule": layout}))
    assert said in caught.value.what


def test_a_tab_that_cannot_have_the_layout_says_which_it_can() -> None:
    names = Names(tabs={"Caseload": "Students"}, layouts={"Students": "week grid"})
    with pytest.raises(CannotCount, match=r"the Caseload can be: list$"):
        read({"Caseload": None, "Students": "Student\nAna R."}, names)


def test_services_in_columns_of_a_caseload_that_is_a_list_are_read() -> None:
    changes = {"Service Grid": None, "Caseload": "Student | SLP\nAna R. | 2x30/wk"}
    tables = read(changes, Names(layouts={"Caseload": "list", "Service Grid": "services in columns"}))
    assert list(tables.lines["total"]) == [60]


def test_an_entry_that_names_no_tab_is_asked_about() -> None:
    problems = told(read(names=Names(layouts={"Shcedule": "list"})))
    assert problems == [
        ("question", "Shcedule!", 'The configuration calls this tab a "list"; there is no such tab.')
    ]
