"""Names: when two spellings are one, and how many students a cell names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.names import name_key, read_name, split_students


@pytest.mark.parametrize(
    "text",
    [
        "Ana R.",
        "ana r.",
        "ANA R",
        "  Ana   R. ",
        "Ana\u00a0R.",
        "\u00c1na R.",
        "A\u0301na R.",
        "Ana\u200b R.",
    ],
)
def test_case_spaces_accents_and_a_last_full_stop_are_no_difference(text):
    assert name_key(text) == "ana r"


@pytest.mark.parametrize("text", ["Rivera, Ana", "Rivera,Ana", "Rivera , Ana"])
def test_spaces_around_a_comma_are_no_difference(text):
    assert name_key(text) == "rivera,ana"


@pytest.mark.parametrize(
    ("one", "other"), [("Rivera, Ana", "Ana Rivera"), ("Ana R.", "Ana B."), ("Ng-Patel", "Ng Patel")]
)
def test_order_initials_and_hyphens_are_differences(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("text", "students"),
    [
        ("Ana R.", ("Ana R.",)),
        ("Ana R.; Ben T.", ("Ana R.", "Ben T.")),
        ("Ana R.\nBen T.", ("Ana R.", "Ben T.")),
        ("1. Ana R.\n2. Ben T.", ("Ana R.", "Ben T.")),
        ("Ana R., Ben T.", ("Ana R.", "Ben T.")),
        ("Ana R. & Ben T.", ("Ana R.", "Ben T.")),
        ("Ana R. and Ben T.", ("Ana R.", "Ben T.")),
        ("Ana R./Ben T.", ("Ana R.", "Ben T.")),
        ("Ana R., Ben T., & Cal S.", ("Ana R.", "Ben T.", "Cal S.")),
        ("S001, S002", ("S001", "S002")),
        ("Smith, John", ("Smith, John",)),
        ("Smith, John; Doe, Jane", ("Smith, John", "Doe, Jane")),
        ("Smith, J & Doe, A", ("Smith, J", "Doe, A")),
        ("John/Jane", ("John/Jane",)),  # two, or one whose name has a slash: it is matched whole
        ("Ana and Ben", ("Ana and Ben",)),
        ("Sandy Brand", ("Sandy Brand",)),
        ("Ana R.; Ana R.;", ("Ana R.",)),
        ("", ()),
    ],
)
def test_students_in_one_cell(text, students):
    assert split_students(text) == students


@given(st.text(max_size=60))
def test_no_text_raises(text):
    assert all(part.strip() == part and part for part in split_students(text))
    assert name_key(name_key(text)) == name_key(text)
    reading = read_name(text)
    assert (reading.value is None) == bool(reading.problem)
