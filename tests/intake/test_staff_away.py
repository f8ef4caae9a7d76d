"""What says outside Away from that somebody is away is a question."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import read, told

ASKED = [
    ("Leave", "Maternity leave 10/1-12/19"),
    ("Out", "10/20-10/24"),
    ("Leave dates", "2025-10-01"),
    ("On leave?", "yes"),
    ("Status", "resigned 10/1"),
    ("Notes", "on leave until Jan"),
    ("Comments", "returns 1/5"),
    ("Role", "SLP (maternity leave)"),
]


@pytest.mark.parametrize(("header", "cell"), ASKED)
def test_it_is_asked_about_once(header: str, cell: str) -> None:
    rows = "\n".join(f"{name} | {cell} | sp@x.example" for name in ("J. Rivera", "K. Lee"))
    tables = read({"Staff": f"Name | {header} | E-mail\n{rows}".replace("sp@x.example", "")})
    assert [(severity, where) for severity, where, _ in told(tables)] == [("question", "Staff!B2")]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Leave", "No"),
        ("Leave", ""),
        ("Status", "Active"),
        ("Notes", "Mon and Wed, room 12"),
        ("Role", "SLP"),
        ("Hired", "8/1/2019"),
    ],
)
def test_what_does_not_say_so_is_left_alone(header: str, cell: str) -> None:
    assert told(read({"Staff": f"Name | {header} | Phone\nJ. Rivera | {cell} | 555"})) == []


def test_beside_away_from_it_is_left_alone() -> None:
    staff = "Name | Leave | Away from | Away to\nJ. Rivera | maternity | 2025-10-01 | 2025-12-19"
    assert told(read({"Staff": staff})) == []
