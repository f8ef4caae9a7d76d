"""On whole workbooks: what `explain` lists adds up to the figures of every line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sheets_sync.config import Names
from sheets_sync.edges.excel import ExcelWorkbook
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ledger import Rules, count
from tests.views.test_explain import check_sums

SAMPLES = sorted((Path(__file__).parent.parent / "data" / "samples").glob("*.xlsx"))


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_the_sums_are_those_of_the_tab(file: Path) -> None:
    expected = json.loads(file.with_suffix(".expected.json").read_text())
    today = date.fromisoformat(expected["today"])
    options = expected["options"]
    if options["report_from"] is not None:
        options["report_from"] = date.fromisoformat(options["report_from"])
    tables = read_tables(ExcelWorkbook(file).read(), Names(), today=today)
    check_sums(count(tables, Rules(**options), today))


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 8
