"""What a tab is called on standard error, in `runs` and in the administrator's mail (promise 20): never by
a child, also one whom tonight's Caseload does not know: Zed Q."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.frozen import frozen_tonight
from sheets_sync.intake.layouts.people_known import PeopleKnown, named
from sheets_sync.intake.outside_names import name_outside
from sheets_sync.ledger.counting import count
from sheets_sync.ledger.rules import Rules
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount
from sheets_sync.state import State
from tests.intake.small_workbook import SMALL, TODAY, cells, read

KNOWN = PeopleKnown(students=named(["Ana R.", "Ben T."]))
LOG = "Service Log"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Service Log", ""),
        ("SLP log 25-26", ""),
        ("My OT log", ""),
        *((week, "") for week in ("Week 9-8", "Week of Oct 6", "Wk 10/6", "week of 10.13", "Plan Book")),
        ("Zed week 2", "the tab of somebody (Service Log)"),
        ("Zed's plan book", "the tab of somebody (Service Log)"),
        ("Ben T.", "the tab of a student (Service Log)"),
        ("Zed Q.", "the tab of somebody (Service Log)"),
        ("Zed Q. log", "the tab of somebody (Service Log)"),
        ("Zed - speech", "the tab of somebody (Service Log)"),
    ],
)
def test_an_own_tab_is_called_by_words_of_the_field_alone(name: str, said: str) -> None:
    assert name_outside(Sheet(name, []), LOG, Names(), KNOWN) == said


@pytest.mark.parametrize(
    ("name", "said"), [("Binder", ""), ("Page 2", ""), ("Ben T.", "the tab of a student (Service Log)")]
)
def test_what_the_configuration_calls_a_tab_may_be_said_unless_it_is_a_student(name: str, said: str) -> None:
    names = Names(tabs={LOG: "Binder"}, further_tabs={LOG: ("Page 2", "Ben T.")})
    assert name_outside(Sheet(name, []), LOG, names, KNOWN) == said


@pytest.mark.parametrize("name", ["Log", "Ben T.", "Zed Q."])
def test_a_tab_of_another_workbook_is_called_by_that_workbook(name: str) -> None:
    sheet = Sheet(f"OT log: {name}", [], as_tab=LOG)
    assert name_outside(sheet, LOG, Names(), KNOWN) == 'the Service Log of "OT log"'


def test_the_first_run_without_it_names_no_child() -> None:
    absent = Sheet("OT log: Zed Q.", (), as_tab=LOG, absent="It has no such tab.")
    with pytest.raises(CannotCount) as stop:
        frozen_tonight(count(read({"OT log: Zed Q.": absent}), Rules(), TODAY), State(), {})
    assert (
        stop.value.what == 'the Service Log of "OT log" could not be read, and never was. It has no such tab.'
    )


def test_a_header_that_is_gone_names_no_child() -> None:
    """What is wrong with it goes to the administrator: SheetRead.absent."""
    sheet = Sheet("OT log: Ben T.", cells(SMALL[LOG].replace("Date ", "?    ")), as_tab=LOG)
    (absent,) = read({"OT log: Ben T.": sheet}).absent.values()
    assert absent.absent.startswith('The Service Log of "OT log" has no column "Date"')
    assert "Ben" not in absent.absent


@pytest.mark.parametrize("absent", ["It has no such tab.", ""])
def test_a_tab_that_every_line_needs_names_no_child(absent: str) -> None:
    sheet = Sheet("Master: Zed Q.", cells("x | y"), as_tab="Service Grid", absent=absent)
    with pytest.raises(CannotCount) as stop:
        read({"Service Grid": None, "Master: Zed Q.": sheet})
    assert stop.value.what.startswith('the Service Grid of "Master" ')
    assert "Zed" not in stop.value.what + stop.value.remedy
