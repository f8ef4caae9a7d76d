"""A key that says how long a session is ("F = 30 min, H = 15 min"): so long is each such cell."""

from __future__ import annotations

import pytest

from sheets_sync.categories import Category
from sheets_sync.intake.codes import Code, read_code
from sheets_sync.intake.layouts.key_meanings import category_words
from sheets_sync.intake.layouts.key_of_codes import read_key
from sheets_sync.intake.layouts.key_tables import key_tables, whole_key
from sheets_sync.ports import CellValue, Sheet


def in_one_cell(typed: str) -> dict[str, str]:
    return dict(read_key(Sheet("Log", [[typed]]), (), [(1, 0)], category_words).codes)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("F = 30 min, H = 15 min, A = absent", {"F": 30, "H": 15, "A": None}),
        ("F=30, H=15", {"F": 30, "H": 15}),
        ("P = present (20 min), H = present 10 min", {"P": 20, "H": 10}),
        ("P15 = present 15, P30 = present 30", {"P15": 15, "P30": 30}),
        ("MU = made up, 45 min", {"MU": 45}),
        ("PA = present 15 min", {"PA": 15}),
        ("30 min = F; 15 min = H", {"F": 30, "H": 15}),
        ("F = 30-minute session; H = 15 minute session", {"F": 30, "H": 15}),
        ("Full session 30 min (F), half session 15 min (H)", {"F": 30, "H": 15}),
        ("P = present", {"P": None}),
    ],
)
def test_the_minutes_in_a_key_are_those_of_the_code(typed: str, codes: dict[str, int | None]) -> None:
    key = in_one_cell(typed)
    read = {code: read_code(code, codes=key).value for code in codes}
    assert {code: one and one.minutes for code, one in read.items()} == codes


@pytest.mark.parametrize(
    "typed",
    [
        "P = present, half session",
        "P = present, partial",
        "P = present 15-30 min",
        "P = present, 15 or 30 min",
        "P = present 1 hour",
        "P = present (½ hr)",
        "P = half session",
    ],
)
def test_a_length_that_cannot_be_told_leaves_the_code_open(typed: str) -> None:
    assert in_one_cell(typed) == {"P": ""}


def test_a_cell_with_other_minutes_than_the_key_is_asked_about() -> None:
    reading = read_code("P 15", codes={"P": "delivered 20 min"})
    assert reading.value == Code(Category.DELIVERED, 15)
    assert reading.problem


HEADERS = ["Code", "Meaning", "Minutes"]
TABLES: list[tuple[list[list[CellValue]], dict[str, str]]] = [
    (
        [HEADERS, ["F", "Present", 30.0], ["H", "Present", "15"], ["A", "Absent", None]],
        {"F": "delivered 30 min", "H": "delivered 15 min", "A": "student absent"},
    ),
    ([HEADERS, ["F", "Present", "half"], ["A", "Absent", 0.0]], {"F": "", "A": "student absent"}),
    ([HEADERS[:2], ["P", "Present", 12.0], ["A", "Absent", 3.0]], {"P": "delivered", "A": "student absent"}),
]


@pytest.mark.parametrize(("cells", "codes"), TABLES)
def test_a_column_of_minutes_in_a_key(cells: list[list[CellValue]], codes: dict[str, str]) -> None:
    """A number below no header of minutes may count how often the code stands: it says nothing."""
    sheet = Sheet("Codes", cells)
    tables = key_tables(sheet, range(1, len(cells) + 1), category_words)
    assert read_key(sheet, tables, (), category_words).codes == codes
    meanings = {entry.code: category_words(entry.meaning) or "" for entry in whole_key(sheet)}
    assert meanings == codes
