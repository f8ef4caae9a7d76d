"""Tabs are found by name or alias; what is missing is named, with the nearest tab and the key that helps."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.intake.tab_finder import find_tabs, not_found
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import SMALL, read, told

FOUR = ("Caseload", "Service Grid", "Schedule", "Service Log")


def found(
    *typed: str,
    tabs: dict[str, str] | None = None,
    ours: tuple[str, ...] = ("Compliance",),
    more: Sheet | None = None,
) -> dict[str, str]:
    sheets = (*(Sheet(name, []) for name in typed), *([more] if more else []))
    names = Names(tabs=tabs or {})
    found = find_tabs(Snapshot(sheets), names, ours)
    stop = not_found(found, names.tabs)
    if stop:
        raise stop
    return {tab: read[0].name for tab, read in found.sheets.items()}


def test_tabs_are_found_wherever_they_stand() -> None:
    assert found("Staff", "Service Log", "Schedule", "Caseload", "Service Grid") == {
        **{name: name for name in FOUR},
        "Staff": "Staff",
    }


@pytest.mark.parametrize("typed", ["service log", " Service  Log ", "SERVICE LOG"])
def test_case_and_spaces_do_not_matter(typed: str) -> None:
    assert found("Caseload", "Service Grid", "Schedule", typed)["Service Log"] == typed


def test_the_configuration_names_a_tab_by_any_name() -> None:
    tabs = {"Service Log": "Ms Rivera 25-26"}
    assert (
        found("Caseload", "Service Grid", "Schedule", "Ms Rivera 25-26", tabs=tabs)["Service Log"]
        == "Ms Rivera 25-26"
    )


def test_the_tab_that_the_configuration_names_goes_before_the_one_of_that_name() -> None:
    tabs = {"Schedule": "Times"}
    assert found(*FOUR, "Times", tabs=tabs)["Schedule"] == "Times"


def test_our_own_tabs_are_never_read() -> None:
    marked = Sheet("Service Log", [], mark="compliance")
    with pytest.raises(CannotCount):
        found(*FOUR[:3], more=marked)


def test_every_missing_tab_is_named_at_once() -> None:
    with pytest.raises(CannotCount) as stop:
        found("Caseload", "Servce Grid")
    assert stop.value.exit_code == 3
    for text in ('"Service Grid"; the nearest is "Servce Grid"', '"Schedule"', '"Service Log"'):
        assert text in stop.value.what
    assert '[tabs] "Service Grid" = "Servce Grid"' in stop.value.remedy


def test_a_tab_that_may_be_called_by_a_child_is_not_named_in_what_goes_to_the_log() -> None:
    with pytest.raises(CannotCount) as stop:
        found("Zanary caseload", "Service Grid", "Schedule", "Service Log")
    assert "Zanary" not in stop.value.what + stop.value.remedy


def test_a_tab_that_the_configuration_names_must_be_there_even_if_it_is_optional() -> None:
    with pytest.raises(CannotCount, match="Holidays"):
        found(*FOUR, "Calendar", tabs={"Calendar": "Holidays"})


def test_two_tabs_that_fit_equally_well_are_not_chosen_between() -> None:
    with pytest.raises(CannotCount) as stop:
        found("Caseload", "Service Grid", "Schedule", "Log", "Session Log")
    assert '"Log" and "Session Log"' in stop.value.what


def test_a_second_log_beside_the_service_log_is_asked_about() -> None:
    tables = read({"Log": SMALL["Service Log"]})
    assert (
        "question",
        "Log!",
        'This tab also looks like a Service Log. It was not read; "Service Log" was.',
    ) in told(tables)
    assert len(tables.log) == 1


def test_the_tables_say_what_the_workbook_calls_its_tabs() -> None:
    tables = read(
        {"Service Log": None, "Ms Rivera": SMALL["Service Log"]}, Names(tabs={"Service Log": "Ms Rivera"})
    )
    assert tables.tab("Service Log") == "Ms Rivera"
    assert tables.tab("Schedule") == "Schedule"


def test_without_a_calendar_every_day_is_open_and_that_is_said_once() -> None:
    tables = read({"Calendar": None})
    assert tables.calendar is None
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Calendar!")]


def test_an_empty_calendar_is_as_none() -> None:
    assert read({"Calendar": []}).calendar is None
