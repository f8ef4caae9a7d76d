"""What of the template a workbook lacks: which tabs are made, filled, or left as they are, and why."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.config import ComplianceConfig, Config, Names
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.template_plan import Place, TemplatePlan, plan_template

TODAY = date(2025, 11, 21)
EVERY = ("Caseload", "Service Grid", "Schedule", "Service Log", "Calendar", "Staff", "Attendance")
LOG: list[list[CellValue]] = [
    ["Date", "Student", "Service", "Status"],
    ["11/3/2025", "Ana R.", "OT", "Given"],
]


def planned(*sheets: Sheet, config: Config | None = None, charts: tuple[str, ...] = ()) -> TemplatePlan:
    titles = [*(sheet.name for sheet in sheets), *charts]
    return plan_template(Snapshot(sheets), titles, config or Config(), TODAY)


def made(plan: TemplatePlan) -> list[str]:
    return [one.title for one in plan.make]


def test_a_new_workbook_gets_every_tab_and_the_example() -> None:
    plan = planned(Sheet("Sheet1", ()))
    assert tuple(made(plan)) == EVERY
    assert plan.left == ()
    assert not any(one.is_there for one in plan.make)
    assert all(one.rows for one in plan.make)


def test_a_workbook_that_has_every_tab_gets_nothing() -> None:
    plan = planned(*(Sheet(name, [["something"]]) for name in EVERY))
    assert plan.make == ()
    assert tuple(one.tab for one in plan.left) == EVERY


def test_beside_a_tab_in_use_no_example_is_made_up() -> None:
    plan = planned(Sheet("Service Log", LOG))
    assert "Service Log" not in made(plan)
    assert len(plan.make) == len(EVERY) - 1
    assert not any(one.rows for one in plan.make)


@pytest.mark.parametrize("rows", [(), [[]], [[None, None], [None]]])
def test_an_empty_tab_of_the_name_is_filled(rows: list[list[CellValue]]) -> None:
    (log,) = [one for one in planned(Sheet("service log", rows)).make if one.tab.name == "Service Log"]
    assert (log.title, log.is_there, len(log.rows)) == ("service log", True, 1)


def test_an_empty_tab_with_merged_cells_is_somebodys_work_and_left() -> None:
    (left,) = planned(Sheet("Service Log", (), merged=("A1:C1",))).left
    assert left.tab == "Service Log"
    assert "has no header row (it is empty)" in left.problem


@pytest.mark.parametrize(
    ("name", "tab"), [("SY 25-26 caseload", "Caseload"), ("STAFF", "Staff"), ("Session log", "Service Log")]
)
def test_a_tab_is_there_under_every_name_by_which_a_run_finds_it(name: str, tab: str) -> None:
    (left,) = planned(Sheet(name, [["something"]])).left
    assert (left.tab, left.title) == (tab, name)


def test_what_the_configuration_calls_a_tab_is_its_name() -> None:
    config = Config(names=Names(tabs={"Service Log": "SLP log"}))
    assert "SLP log" in made(planned(config=config))
    (left,) = planned(Sheet("SLP log", LOG), config=config).left
    assert (left.tab, left.title, left.problem) == ("Service Log", "SLP log", "")


def test_a_required_column_that_a_tab_lacks_is_said_with_what_would_do() -> None:
    (left,) = planned(Sheet("Service Log", [["Date", "Student", "Service"], ["11/3", "Ana R.", "OT"]])).left
    assert left.problem.startswith('the tab "Service Log" has no column "Status"')
    assert "Ana" not in left.problem
    assert '[columns."Service Log"] "Status"' in left.remedy


def test_a_column_that_the_configuration_names_is_not_lacking() -> None:
    config = Config(names=Names(columns={"Service Log": {"Status": "Outcome"}}))
    (left,) = planned(Sheet("Service Log", [["Date", "Student", "Service", "Outcome"]]), config=config).left
    assert left.problem == ""


def test_of_two_tabs_that_could_be_it_none_is_chosen_and_none_added() -> None:
    plan = planned(Sheet("Log", LOG), Sheet("Session log", LOG))
    (left,) = plan.left
    assert "could each be the Service Log" in left.problem
    assert "Service Log" not in made(plan)


def test_a_name_that_a_chart_has_is_not_taken_from_it() -> None:
    plan = planned(charts=("Staff",))
    (left,) = plan.left
    assert 'another tab, which cannot be it, is called "Staff"' in left.problem
    assert "Staff" not in made(plan)


def test_our_own_tabs_are_none_of_staffs() -> None:
    config = Config(compliance=ComplianceConfig(tab="Student services"))
    plan = planned(Sheet("Log", LOG, mark="compliance"), Sheet("Student services", LOG), config=config)
    assert tuple(made(plan)) == EVERY


def test_dropdowns_offer_the_column_where_it_stands() -> None:
    plan = planned(Sheet("My caseload", [["Room 12"], ["ID", "Student"], ["0012", "Ana R."]]))
    assert plan.lists["Caseload", "Student"] == Place("My caseload", column=1, row=2)
    assert plan.lists["Staff", "Name"] == Place("Staff", column=0, row=1)


def test_a_tab_whose_header_cannot_be_read_offers_nothing() -> None:
    assert ("Caseload", "Student") not in planned(Sheet("Caseload", [["Ana R."]])).lists
