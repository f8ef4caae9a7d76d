"""Beside "Weekly" and 30 minutes, another column may say how many sessions; another may say the group."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import read

HEADERS = "Student | Service | Minutes | Frequency"


@pytest.mark.parametrize(
    "header",
    [
        *("Service Sessions", "Sessions Required", "Sessions per Frequency", "Freq Count", "Visits"),
        *("Required Sessions", "Mandated sessions", "Weekly visits", "Session count"),
    ],
)
def test_a_column_of_sessions_is_read_whatever_stands_beside_the_word(header: str) -> None:
    tables = read({"Service Grid": f"{HEADERS} | {header}\nAna R. | Speech therapy | 30 | Weekly | 2"})
    assert (tables.lines["total"].tolist(), tables.problems) == ([60], ())


TWO = [("Ana R.", "2"), ("Ben T.", "2")]
BESIDE = [
    ("Quantity", TWO, ["E2"]),
    ("How many", [("Ana R.", "2x"), ("Ben T.", "1")], ["E2"]),
    ("X", [("Ana R.", "1"), ("Ben T.", "3 times")], ["E3"]),
    ("Qty", [("Ana R.", "1"), ("Ben T.", "1")], []),
    ("#", [("Ana R.", "1"), ("Ben T.", "2")], []),
    ("Mood", [("Ana R.", "2"), ("Ben T.", "good")], []),
    ("Goals", TWO, []),
    ("Grade", TWO, []),
    ("Room", TWO, []),
    ("Group size", TWO, []),
    ("Quantity", [("Ana R.", "250"), ("Ben T.", "2")], []),
]


@pytest.mark.parametrize(("header", "said", "asked"), BESIDE)
def test_a_column_of_small_numbers_beside_weekly_is_asked_about_once(
    header: str, said: list[tuple[str, str]], asked: list[str]
) -> None:
    lines = [f"{student} | Speech therapy | 30 | Weekly | {count}" for student, count in said]
    tables = read({"Service Grid": "\n".join([f"{HEADERS} | {header}", *lines])})
    assert [p.cell for p in tables.problems] == asked
    assert tables.lines["total"].tolist() == [30, 30]


@pytest.mark.parametrize("frequency", ["2 x 30 min / week", "1x30/month"])
def test_beside_a_whole_frequency_it_is_no_question(frequency: str) -> None:
    tables = read({"Service Grid": f"{HEADERS} | Quantity\nAna R. | Speech therapy | 30 | {frequency} | 2"})
    assert tables.problems == ()


GROUPS = [
    ("Service Type", "Group", "group"),
    ("Type", "Individual", "individual"),
    ("Delivery", "Small group", "group"),
    ("Session format", "1:1", "individual"),
]


@pytest.mark.parametrize(("header", "said", "group"), GROUPS)
def test_a_column_of_kinds_of_groups_is_the_group(header: str, said: str, group: str) -> None:
    grid = f"Student | Service | Frequency | {header}\nAna R. | Speech therapy | 2 x 30 min / week | {said}"
    tables = read({"Service Grid": grid})
    assert (tables.lines["group"].tolist(), tables.problems) == ([group], ())


@pytest.mark.parametrize(("header", "said"), [("Type", "Related service"), ("Mood", "Group")])
def test_a_column_of_anything_else_is_not(header: str, said: str) -> None:
    grid = f"Student | Service | Frequency | {header}\nAna R. | Speech therapy | 2 x 30 min / week | {said}"
    assert read({"Service Grid": grid}).lines["group"].isna().all()
