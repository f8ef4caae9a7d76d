"""The key of codes on a sheet itself, in the ways in which people write it into one cell."""

from __future__ import annotations

import pytest

from sheets_sync.intake.layouts.key_of_codes import category_words, read_key
from sheets_sync.ports import Sheet

PRESENT, ABSENT = "delivered", "student absent"
OF_THREE = {"P": PRESENT, "A": ABSENT, "TA": "provider absent"}


@pytest.mark.parametrize(
    "typed",
    [
        "P = present; A = absent; TA = therapist absent",
        "P=present, A=absent, TA=therapist absent",
        "Key: P = present | A = absent | TA = therapist absent",
        "P = present  A = absent  TA = therapist absent",
        "P = present A = absent TA = therapist absent",
        "P=present A=absent TA=therapist absent",
        "Speech attendance Sept-Oct 2025   P = present  A = absent   TA = therapist absent",
        "P - present\nA - absent\nTA - therapist absent",
    ],
)
def test_a_key_in_one_cell(typed: str) -> None:
    codes, problems = read_key(Sheet("Log", [[typed]]), inside=(), beyond=99, means=category_words)
    assert (codes, problems) == (OF_THREE, ())


def test_of_a_code_with_two_meanings_none_counts() -> None:
    rows = [["P = present  P = provider absent"]]
    codes, problems = read_key(Sheet("Log", rows), inside=(), beyond=99, means=category_words)
    assert codes == {"P": ""}
    assert [one.cell for one in problems] == ["A1"]
