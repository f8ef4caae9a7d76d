"""What people see of a number in a format of its own; where the format says more, it stays a number."""

from __future__ import annotations

import pytest

from sheets_sync.edges.excel.number_formats import shown
from sheets_sync.edges.excel.scan import scan_sheet
from sheets_sync.shown_numbers import means_text
from tests.edges.excel.making import sheet

SHOWN = [
    # number, pattern, what people see
    (12, "0000", "0012"),
    (-12, "0000", "-0012"),
    (-12, "0000;(0000)", "(0012)"),
    (0, "000", "000"),
    (12345, "000", "12345"),
    (7, "00", "07"),
    (0.4, "00", "00"),
    (0.5, "00", "01"),
    (930, "00\\:00", "09:30"),
    (930, '0":"00', "9:30"),
    (123456, "00:00", "1234:56"),
    (30, '0" min"', "30 min"),
    (30, "0\\m", "30m"),
    (8, '"Grade "0', "Grade 8"),
    (8, '"Room "000', "Room 008"),
    (5551234567, "(000) 000-0000", "(555) 123-4567"),
    (123456789, "000-00-0000", "123-45-6789"),
    (1234.5, '#,##0.00" h"', "1,234.50 h"),
    (0.5, "#.##", ".5"),
    (12.345, "0.0##", "12.345"),
    (2.5, "0", "3"),
    (0, "#", ""),
    (3, ";;;", ""),
    (3, '"yes";"no";"none"', "yes"),
    (-3, '"yes";"no";"none"', "no"),
    (0, '"yes";"no";"none"', "none"),
    (0, '0;-0;"–"', "–"),
    (2, '[Red]0" x"', "2 x"),
    (2, '[$-409]0" x"', "2 x"),
    (2, '0_);0;0;@" text"', "2"),
    (2, "0_)", "2"),
    (2, "* 00", "02"),
]
NUMBERS = [
    (45967, "m/d/yyyy"),
    (0.5, "h:mm"),
    (1.5, "# ?/?"),
    (0.5, "0%"),
    (5, '"$"#,##0.00'),
    (5, "[$€-2] 0"),
    (5, "0.00E+00"),
    (5, '[>3]0" a";0" b"'),
    (5, "General"),
    (5000, "0,"),
    (5, "0.0.0"),
    (1e16, "0000"),
    (5, "0;0;0;0;0"),
    (5, '0" unfinished'),
]


@pytest.mark.parametrize(("number", "pattern", "seen"), SHOWN)
def test_what_people_see(number: float, pattern: str, seen: str) -> None:
    assert shown(float(number), pattern) == seen


@pytest.mark.parametrize(("number", "pattern"), NUMBERS)
def test_what_says_more_stays_a_number(number: float, pattern: str) -> None:
    assert shown(float(number), pattern) is None


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("0012", True),
        ("00", True),
        ("30 min", True),
        ("9:30", True),
        ("yes", True),
        ("0", False),
        ("0.5", False),
        (".5", False),
        ("12", False),
        ("-12", False),
        ("(12)", False),
        ("1,234.5", False),
        ("1 234,5", False),
        ("1 1/2", False),
        ("50%", False),
        ("–", False),
        ("", False),
    ],
)
def test_what_is_text(seen: str, text: bool) -> None:
    assert means_text(seen) is text


@pytest.mark.parametrize("at_once", [10_000, 7])
def test_cells_of_a_format_are_found_whatever_their_address(at_once: int) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>9</v></c><c r="B1" s="4"><v>12</v></c><c r="E1" s="44"><v>1</v></c></row>'
        '<row><c s="4"/><c s=\'7\' t="n"><v>5</v></c></row>'
    )
    data = sheet(rows).encode()
    chunks = [data[at : at + at_once] for at in range(0, len(data), at_once)]
    assert scan_sheet(chunks, formats=[4, 7]).styled == {(1, 1): 4, (2, 1): 7}
