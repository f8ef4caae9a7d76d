"""Numbers that are formatted as dates and can be none: one cell's trouble, and no stack trace."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.edges.excel.no_dates import without_rust_traces
from sheets_sync.problems import WrongUse
from tests.edges.excel.making import MAIN, put, sheet, simple_parts

DATES = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>
<fills count="2"><fill/><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""


@pytest.mark.parametrize("number", ["-1E+300", "-1e15", "1E+300", "99999999999999", "-99999999999999"])
def test_the_other_cells_are_read(tmp_path: Path, capfd: pytest.CaptureFixture[str], number: str) -> None:
    rows = (
        '<row r="1"><c r="A1" s="1"><v>45901</v></c><c r="B1"><v>123456789012</v></c></row>'
        f'<row r="2"><c r="A2" s="1"><v>{number}</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    )
    path = put(tmp_path / "x.xlsx", simple_parts({"S": sheet(rows)}, styles=DATES))
    first, second = ExcelWorkbook(path).read().sheets[0].rows
    assert [*first] == [date(2025, 9, 1), 123456789012]
    assert [*second] == [float(number), 2]
    assert capfd.readouterr().err == ""


def test_what_is_printed_meanwhile_is_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with without_rust_traces():
        os.write(2, b"Reading the workbook\n")
    assert capfd.readouterr().err == "Reading the workbook\n"


def test_a_damaged_cell_is_not_quoted(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="b"><v>Ana R.</v></c></row>'
    with pytest.raises(WrongUse) as stop:
        ExcelWorkbook(put(tmp_path / "x.xlsx", simple_parts({"S": sheet(row)}))).read()
    assert "is damaged" in stop.value.what
    assert "Ana" not in stop.value.what
