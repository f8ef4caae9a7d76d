"""Providers are who on Staff alone a name fits, and shown; what fits two, or is a role, stays as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.staff_names import StaffNames
from tests.intake.small_workbook import SMALL, read

STAFF = ("Sarah Kim, CCC-SLP", "David Park", "Mr. Lee", "Jo Van Horn", "Olivia Tran")

ONE = [
    ("Kim", "Sarah Kim, CCC-SLP"),
    ("Ms. Kim", "Sarah Kim, CCC-SLP"),
    ("Kim, Sarah", "Sarah Kim, CCC-SLP"),
    ("S. Kim (SLP)", "Sarah Kim, CCC-SLP"),
    ("sarah k.", "Sarah Kim, CCC-SLP"),
    ("Sarah", "Sarah Kim, CCC-SLP"),
    ("Park, D.", "David Park"),
    ("Lee", "Mr. Lee"),
    ("Dr. Van Horn", "Jo Van Horn"),
]
NOBODY = [
    "Ms. Lee",
    "Tom Lee",
    "OT",
    "SLP",
    "Kimm",
    "Kim/Park",
    "Kim and Park",
    "vacant",
    "",
    "T. Kim",
    "the sub",
]


@pytest.mark.parametrize(("typed", "name"), ONE)
def test_a_form_of_a_name_is_who_alone_on_staff_it_fits(typed: str, name: str) -> None:
    staff = StaffNames(STAFF, ("SLP", "OT"))
    assert (staff.can_be(typed), staff.is_surely(typed)) == ((name,), True)


@pytest.mark.parametrize("typed", NOBODY)
def test_what_fits_nobody_on_staff_is_nobody(typed: str) -> None:
    assert StaffNames(STAFF, ("SLP", "OT")).can_be(typed) == ()


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    staff = StaffNames((text, *STAFF), (text,))
    assert staff.is_surely(text) in (True, False)


def with_provider(typed: str, *staff: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return whom the provider is taken for, and what is said of it, in the grid and in the schedule."""
    grid, schedule = (SMALL[tab].replace("J. Rivera", typed) for tab in ("Service Grid", "Schedule"))
    names = "\n".join(("Name", *staff))
    tables = read({"Service Grid": grid, "Schedule": schedule, "Staff": names})
    told = [(p.severity.value, f"{p.tab}!{p.cell}", p.problem) for p in tables.problems]
    return str(tables.lines["provider"].astype(object).iloc[0]), told


def test_for_whom_a_provider_is_taken_is_shown() -> None:
    name, ((severity, cell, said), _) = with_provider("Ms. Kim", "Sarah Kim")
    assert (name, severity, cell) == ("Sarah Kim", "note", "Service Grid!E2")
    assert (
        said == "Another form of a name is taken for the one on Staff that it fits (Ms. Kim for Sarah Kim)."
    )


def test_a_provider_who_can_be_two_is_asked_about_and_stays_as_typed() -> None:
    name, ((severity, cell, said), _) = with_provider("Kim", "Sarah Kim", "Tom Kim")
    assert (name, severity, cell) == ("Kim", "question", "Service Grid!E2")
    assert said == "Kim can mean Sarah Kim or Tom Kim: it is nobody of Staff until that is told."


def test_another_provider_of_that_name_on_the_tab_puts_it_into_doubt() -> None:
    grid = SMALL["Service Grid"].replace("J. Rivera", "Kim")
    grid = grid.rstrip() + "\n Ben T. | Math | 1 x 30 min / week | | Tom Kim | | |"
    tables = read({"Service Grid": grid, "Staff": "Name\nSarah Kim"})
    assert list(tables.lines["provider"].astype(object)) == ["Kim", "Tom Kim"]
    assert [p.severity.value for p in tables.problems] == ["question"]
