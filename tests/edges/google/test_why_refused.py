"""Why a write was refused, from what was sent and what stands there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from sheets_sync.edges.google.failures import Refused
from sheets_sync.edges.google.why_refused import why_refused
from tests.edges.google.test_answer import JSON

ACCOUNT = "sheets-sync@school-district.iam.gserviceaccount.com"


def sheet(sheet_id: int, rows: int = 1000, columns: int = 26, protected: Any = None) -> dict[str, Any]:
    grid = {"rowCount": rows, "columnCount": columns}
    found = {"properties": {"sheetId": sheet_id, "gridProperties": grid}}
    return found | ({"protectedRanges": protected} if protected else {})


def texts(text: str, sheet_id: int = 7) -> dict[str, Any]:
    cell = {"userEnteredValue": {"stringValue": text}}
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"rows": [{"values": [cell]}], "fields": "userEnteredValue", "start": start}}


def added(rows: int, columns: int) -> dict[str, Any]:
    return {"addSheet": {"properties": {"gridProperties": {"rowCount": rows, "columnCount": columns}}}}


def rows_more(sheet_id: int, start: int, end: int) -> dict[str, Any]:
    span = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": start, "endIndex": end}
    return {"insertDimension": {"range": span}}


def resized(sheet_id: int, rows: int) -> dict[str, Any]:
    grid = {"rowCount": rows}
    return {"updateSheetProperties": {"properties": {"sheetId": sheet_id, "gridProperties": grid}}}


NOT_MINE = [{"range": {"sheetId": 7}}]
FULL = [sheet(0, 99_990, 100), sheet(7, 10, 100)]  # exactly ten million

CASES = [
    # name, requests, tabs, how the sentence begins (None: nothing explains it)
    ("full, and nothing more", [texts("x")], FULL, None),
    ("full, and a row more", [rows_more(7, 1, 2)], FULL, "The workbook is full"),
    (
        "full, and a row appended",
        [{"appendDimension": {"sheetId": 7, "dimension": "ROWS", "length": 1}}],
        FULL,
        "The",
    ),
    ("full, and a tab more", [added(1, 1)], FULL, "The workbook is full"),
    ("full, and a tab of the usual size", [{"addSheet": {}}], FULL, "The workbook is full"),
    ("full, and one tab longer", [resized(7, 11)], FULL, "The workbook is full"),
    ("full, one tab longer by what another gives", [resized(7, 11), resized(0, 99_989)], FULL, None),
    ("nearly full, and it fits", [added(1, 100)], [sheet(0, 99_999, 100)], None),
    ("protected by somebody", [texts("x")], [sheet(7, protected=NOT_MINE)], "Somebody protected a tab"),
    ("another tab is protected", [texts("x")], [sheet(7), sheet(8, protected=NOT_MINE)], None),
    ("protected by a warning", [texts("x")], [sheet(7, protected=[{"warningOnly": True}])], None),
    ("protected, and we may", [texts("x")], [sheet(7, protected=[{"requestingUserCanEdit": True}])], None),
    ("nothing that explains it", [texts("x")], [sheet(7)], None),
]


@pytest.mark.parametrize(
    ("requests", "sheets", "begins"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_why(requests: list[Any], sheets: list[Any], begins: str | None) -> None:
    said = why_refused({"requests": requests}, {"sheets": sheets}, ACCOUNT)
    if begins is None:
        assert said is None
        return
    assert said is not None
    assert said.what.startswith(begins)
    assert said.what.endswith("the tabs stand as they were.")
    assert said.exit_code == 1


def test_who_must_be_let_in_is_named() -> None:
    found = {"sheets": [sheet(7, protected=NOT_MINE)]}
    said = why_refused({"requests": [texts("x")]}, found, ACCOUNT)
    assert said is not None
    assert f"or let {ACCOUNT} edit" in said.remedy
    unknown = why_refused({"requests": [texts("x")]}, found, "")
    assert unknown is not None
    assert "the account that the program runs as" in unknown.remedy


@given(JSON, JSON)
def test_nothing_brings_it_down(requests: Any, workbook: Any) -> None:
    for found in (workbook, {"sheets": workbook}):
        said = why_refused({"requests": requests}, found, ACCOUNT)
        assert said is None or isinstance(said, Refused)
