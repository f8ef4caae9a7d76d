"""A key of more columns than codes and meanings: all of it is the meaning, or the code is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.layouts.key_beside import said_by_all
from sheets_sync.intake.layouts.key_meanings import category_words
from sheets_sync.intake.layouts.key_of_codes import read_key
from sheets_sync.intake.layouts.key_tab import read_key_tabs
from sheets_sync.intake.layouts.key_tables import key_tables
from sheets_sync.ports import CellValue, Sheet

Rows = list[list[CellValue]]
PRESENT, ABSENT, AWAY = "delivered", "student absent", "provider absent"
OF_THREE = {"P": PRESENT, "A": ABSENT, "T": AWAY}
CODE = ["Code", "Meaning"]

KEYS: dict[str, tuple[Rows, dict[str, str], list[str]]] = {
    # the key, what its codes mean, the cells that are asked about
    "who": (
        [
            [*CODE, "Details"],
            ["P", "Present", None],
            ["A", "Absent", "student"],
            ["T", "Absent", "therapist"],
        ],
        OF_THREE,
        [],
    ),
    "who, before the meaning": (
        [
            ["Code", "Who", "Meaning"],
            ["P", "Student", "Present"],
            ["A", "Student", "Absent"],
            ["T", "Therapist", "Absent"],
        ],
        OF_THREE,
        [],
    ),
    "whose": (
        [[*CODE, "Type"], ["A", "Absent", "Student"], ["T", "Absent", "Provider"], ["X", "Absent", "School"]],
        {"A": ABSENT, "T": AWAY, "X": ""},
        [],
    ),
    "a kind before the meaning": (
        [
            ["Code", "Category", "Meaning"],
            ["P", "Delivered", "Present"],
            ["A", "Absence", "Student absent"],
            ["T", "Absence", "Therapist absent"],
        ],
        OF_THREE,
        [],
    ),
    "short and long": (
        [["Code", "Short", "Long"], ["A", "Abs", "Student absent"], ["T", "Abs", "Therapist absent"]],
        {"A": ABSENT, "T": AWAY},
        [],
    ),
    "a sentence": (
        [
            [*CODE, "Description"],
            ["P", "Present", "Came to session"],
            ["T", "Absent", "Therapist was absent"],
        ],
        {"P": PRESENT, "T": AWAY},
        ["C2"],
    ),
    "another cause": (
        [[*CODE, "Reason"], ["A", "Absent", "School closed"], ["R", "Present", "refused"]],
        {"A": "", "R": ""},
        [],
    ),
    "what is to be done": (
        [
            [*CODE, "Next"],
            ["P", "Present", None],
            ["A", "Student absent", "no"],
            ["T", "SLP absent", "make up"],
        ],
        OF_THREE,
        [],
    ),
    "excused or not": (
        [[*CODE, "Excused?"], ["A", "Student absent", "excused"], ["T", "Therapist absent", "unexcused"]],
        {"A": ABSENT, "T": AWAY},
        [],
    ),
    "the same in the state's words": (
        [
            [*CODE, "IEP Direct"],
            ["A", "Student absent", "Student unavailable"],
            ["T", "Therapist absent", "Provider unavailable"],
            ["R", "Student unavailable", "refused"],
            ["X", "Student absent", "Provider unavailable"],
            ["Y", "Student absent", "Suspended"],
        ],
        {"A": ABSENT, "T": AWAY, "R": "student refused", "X": "", "Y": ""},
        [],
    ),
    "what is owed, and what is not": (
        [[*CODE, "Notes"], ["A", "Student absent", "incl. field trip"]],
        {"A": ""},
        [],
    ),
    "an absence to be made up": ([[*CODE, "Notes"], ["A", "Student absent", "MU"]], {"A": ABSENT}, ["A2"]),
    "codes of others": (
        [
            [*CODE, "State code", "Last year"],
            ["P", "Present", "PR", "Absent"],
            ["T", "SLP absent", "PA", "Tardy"],
        ],
        {"P": PRESENT, "T": AWAY},
        [],
    ),
    "what is owed": (
        [[*CODE, "Notes"], ["A", "Student absent", "no make-up needed"], ["T", "SLP absent", "make up owed"]],
        {"A": ABSENT, "T": AWAY},
        [],
    ),
    "colours and counts": ([[*CODE, "Color", "Count"], ["A", "Absent", "red", 3.0]], {"A": ABSENT}, []),
    "in three cells": ([["P", "Present"], ["A", "Absent", "student"], ["T", "Absent", "SLP"]], OF_THREE, []),
    "how long": (
        [["P", "Full session", "30 min"], ["H", "Half session", "15 min"]],
        {"P": "delivered 30 min", "H": "delivered 15 min"},
        [],
    ),
    "two that are only absent": (
        [CODE, ["P", "Present"], ["A", "Absent"], ["T", "Absent"]],
        {"P": PRESENT, "A": ABSENT, "T": ABSENT},
        ["A4"],
    ),
}


@pytest.mark.parametrize("what", KEYS)
def test_all_columns_of_a_key_are_its_meaning(what: str) -> None:
    rows, codes, asked = KEYS[what]
    of_tabs, problems = read_key_tabs([Sheet("Codes", rows)])
    assert of_tabs["Service Log"] == codes
    assert [one.cell for one in problems] == asked


@pytest.mark.parametrize("what", sorted(set(KEYS) - {"short and long"}))
def test_also_on_a_sheet(what: str) -> None:
    rows, codes, asked = KEYS[what]
    sheet = Sheet("Log", rows)
    tables = key_tables(sheet, range(1, len(rows) + 1), category_words)
    taken = {place for table in tables for place in table.cells}
    places = {(row, at) for row, cells in enumerate(rows, 1) for at, cell in enumerate(cells) if cell}
    key = read_key(sheet, tables, sorted(places - taken), category_words)
    assert key.codes == codes
    assert [one.cell for one in key.problems] == asked


def test_of_two_keys_side_by_side_each_has_its_own_columns() -> None:
    sheet = Sheet("Log", [["P", "Present", "A", "Absent"], ["T", "SLP absent", "R", "Refused"]])
    places = [(row, at) for row in (1, 2) for at in range(4)]
    codes = read_key(sheet, (), places, category_words).codes
    assert codes == {**OF_THREE, "R": "student refused"}


WORDS = st.sampled_from(
    ("absent", "present", "student", "SLP", "school", "closed", "", "yes", "é", "15 min", "?")
)


@settings(max_examples=60)
@given(WORDS, st.lists(WORDS, max_size=3))
def test_an_absence_beside_which_a_provider_stands_is_never_the_students(
    words: str, beside: list[str]
) -> None:
    said = said_by_all(words, enumerate([*beside, "therapist absent"]))
    assert said.open or category_words(said.words) != ABSENT
