"""A column "Session" of a log: minutes, which are asked about, or the numbers of the sessions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.ports import Sheet
from tests.intake.small_workbook import CellValue, cells, read

WHO = ("Ana R.", "Ben T.", "Ana R.", "Ben T.", "Ana R.", "Ben T.")
COLUMNS = [
    # what stands in the column, the cell that is asked about
    ((15, 20, 30, 15, 30, 45), "D2"),
    (("15 min", "20 min", "30 min", "30", "30", "30"), "D2"),
    ((None, 20, None, 20, None, 20), "D3"),
    ((30, None, None, None, None, None), "D2"),
    ((10, 15, 20, 25, 30, 35), "D2"),
    ((30, 30, 30, 30, 30, 30), "D2"),
    ((7, 11, 8, 12, 9, 13), None),
    ((30, 41, 31, 43, 32, 44), None),
    ((5, 6, 7, 8, 9, 10), None),
    ((20, 19, 18, 17, 16, 15), None),
    ((1, 2, 2, 1, 3, 3), None),
    (("/s/ in words", "5 of 10", None, None, None, None), None),
]


def log(column: tuple[CellValue, ...], header: str = "Session", more: str = "") -> Sheet:
    rows = [cells(f"10/{6 + n} | {who} | Speech therapy")[0] for n, who in enumerate(WHO)]
    headers = cells(f"Date | Student | Service | {header} | Status{' | ' + more if more else ''}")[0]
    end: list[CellValue] = ["Seen", *([30] if more else [])]
    return Sheet(
        "Service Log", [headers, *([*row, cell, *end] for row, cell in zip(rows, column, strict=True))]
    )


def asked(sheet: Sheet) -> list[str]:
    found = [one for one in read({"Service Log": sheet}).problems if one.problem.startswith("The column")]
    assert all('[columns."Service Log"] "Minutes" = ' in one.remedy for one in found)
    return [one.cell for one in found]


@pytest.mark.parametrize(("column", "cell"), COLUMNS)
def test_lengths_are_asked_about_once_and_numbers_of_sessions_are_not(
    column: tuple[CellValue, ...], cell: str | None
) -> None:
    assert asked(log(column)) == ([cell] if cell else [])


@pytest.mark.parametrize("header", ["Sessions", "Tx", "Therapy session", "Sess.", "Visit"])
def test_it_may_have_another_name(header: str) -> None:
    assert asked(log(COLUMNS[0][0], header)) == ["D2"]
    assert asked(log(COLUMNS[6][0], header)) == []


def test_beside_minutes_it_is_none() -> None:
    assert asked(log(COLUMNS[0][0], more="Minutes")) == []


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=9)), min_size=6, max_size=6)
)
def test_whatever_stands_there_each_row_is_counted(column: list[CellValue]) -> None:
    assert len(read({"Service Log": log(tuple(column))}).log) == 6
