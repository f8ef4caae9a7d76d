"""The eight sample workbooks, from the file to the figures: intake and ledger together, to the minute."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ledger import ACCOUNTS, Rules, count
from sheets_sync.ports import Sheet, Snapshot

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
FIGURES = ("required", *ACCOUNTS, "behind", "extra")


def snapshot(path: Path) -> Snapshot:
    """The workbook as an edge would read it: blank cells are None, whole columns from A1 on."""
    book = CalamineWorkbook.from_path(str(path))
    sheets = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        sheets.append(Sheet(name, [[None if cell == "" else cell for cell in row] for row in rows]))
    return Snapshot(tuple(sheets))


@pytest.mark.parametrize("number", range(1, 9))
def test_sample_to_the_minute(number: int) -> None:
    expected = json.loads((SAMPLES / f"sample-{number:02d}.expected.json").read_text())
    today = date.fromisoformat(expected["today"])
    tables = read_tables(snapshot(SAMPLES / f"sample-{number:02d}.xlsx"), Names(), today=today)
    lines = count(tables, Rules(**expected["options"]), today).lines
    assert len(lines) == len(expected["lines"])
    for got, wanted in zip(lines.to_dict("records"), expected["lines"], strict=True):
        assert (got["student"], got["service"], got["cell"]) == tuple(
            wanted[name] for name in ("student", "service", "cell")
        )
        assert str(got["status"]) == wanted["status"], wanted["cell"]
        if wanted["required"] is not None:
            figures = {name: int(got[name]) for name in FIGURES}
            assert figures == {name: wanted[name] for name in FIGURES}, wanted["cell"]
