"""The Staff tab: names, roles, services, away dates."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.intake.small_workbook import only, read, told

HEADER = "Name | Role | Services | Email | Supervisor | Supervisor email | Away from | Away to"


def staff(*rows: str) -> dict[str, str]:
    return {"Staff": "\n".join((HEADER, *rows))}


def test_a_person_with_everything() -> None:
    row = "J. Rivera | SLP | Speech; OT | j@example.org | L. Okafor | l@example.org | 2025-11-03 | 2025-11-07"
    (person,) = read(staff(row)).staff.to_dict("records")
    assert person == {
        "row": 2,
        "name": "J. Rivera",
        "role": "SLP",
        "services": "Speech therapy; Occupational therapy",
        "email": "j@example.org",
        "supervisor": "L. Okafor",
        "supervisor_email": "l@example.org",
        "away_from": pd.Timestamp(2025, 11, 3),
        "away_to": pd.Timestamp(2025, 11, 7),
    }


def test_without_a_staff_tab_nothing_is_said() -> None:
    tables = read()
    assert len(tables.staff) == 0
    assert told(tables) == []


def test_a_row_without_a_name_and_a_name_that_stands_twice_are_reported() -> None:
    tables = read(staff("J. Rivera | SLP | | | | | |", " | OT | | | | | |", "j. rivera | SLP | | | | | |"))
    assert tables.staff["row"].tolist() == [2, 4]
    assert [(severity, where) for severity, where, _ in told(tables)] == [
        ("error", "Staff!A3"),
        ("question", "Staff!A4"),
    ]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("j@example.org", "The name stands in row 2 too, read as the same person"),
        ("J@Example.org", "read as the same person"),
        ("", "who is away when either says so."),
        ("jr@example.org", "it is not known whose it is, and no mail goes to either."),
    ],
)
def test_of_a_name_that_stands_twice_it_is_said_what_is_made_of_it(second: str, said: str) -> None:
    problem = only(
        read(staff("J. Rivera | SLP | | j@example.org | | | |", f"J. Rivera | | | {second} | | | |"))
    )
    assert problem.cell == "A3"
    assert said in problem.problem


def test_an_away_date_that_cannot_be_read_is_asked_about() -> None:
    tables = read(staff("J. Rivera | SLP | | | | | soon |"))
    assert (only(tables).severity, only(tables).cell) == ("question", "G2")
