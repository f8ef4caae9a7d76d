"""Consultation: a way in which a service is given, and a service where no other is named."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import read, told


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("Speech consult", "Speech therapy"),
        ("OT - Consultation", "Occupational therapy"),
        ("Consultative speech", "Speech therapy"),
        ("Indirect OT", "Occupational therapy"),
        ("Consult: OT services", "Occupational therapy"),
        ("Consultation for speech therapy", "Speech therapy"),
        ("Consultation", "Consultation"),
        ("Consult", "Consultation"),
    ],
)
def test_a_line_of_consultation_is_arranged_as_it_comes(typed: str, service: str) -> None:
    grid = f"Student | Service | Frequency\nAna R. | {typed} | 15 min / month"
    lines = read({"Service Grid": grid}).lines
    assert lines[["service", "group"]].to_numpy().tolist() == [[service, "consultation"]]


@pytest.mark.parametrize("typed", ["Indirect support plan", "Consult w/ teacher"])
def test_before_anything_else_it_says_nothing(typed: str) -> None:
    lines = read({"Service Grid": f"Student | Service | Frequency\nAna R. | {typed} | 15 min / month"}).lines
    assert lines["group"].isna().all()


def test_a_way_with_a_period_in_its_header_has_minutes_of_it() -> None:
    grid = "Student | Service | Frequency | Consult (monthly)\nAna R. | Speech | 2x30/wk | 15 min"
    lines = read({"Service Grid": grid}).lines
    assert lines["group"].astype("object").fillna("").tolist() == ["", "consultation"]
    assert lines[["total", "period"]].to_numpy().tolist() == [[60, "week"], [15, "month"]]


@pytest.mark.parametrize(
    ("title", "cell", "expected"),
    [
        ("J. Rivera - Speech", "Ana R. (consult)", ["Speech therapy", "consultation"]),
        ("J. Rivera - Speech", "Consult: Ana R.", ["Speech therapy", "consultation"]),
        ("J. Rivera - Speech", "Ana R. - Speech (consult)", ["Speech therapy", "consultation"]),
        ("J. Rivera", "Ana R. - OT consult", ["Occupational therapy", "consultation"]),
        ("J. Rivera", "Ana R. (consult)", ["Consultation", "consultation"]),
    ],
)
def test_a_cell_of_a_week_grid_says_how_the_service_is_given(
    title: str, cell: str, expected: list[str]
) -> None:
    days = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    tables = read({"Schedule": [[title], days, ["9:00-9:30", cell, "", "", "", ""]]})
    assert tables.schedule[["service", "group"]].to_numpy().tolist() == [expected]
    assert [row for row in told(tables) if row[0] == "error"] == []
