"""Alternating colours and conditional formats, as they come with the cells that they are laid on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.asking import got, update
from tests.sheets_server.model import Json
from tests.sheets_server.server import SheetsServer

RED, GREEN, BLUE = {"red": 1}, {"green": 1}, {"blue": 1}
WHITE = {"red": 1, "green": 1, "blue": 1}
AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}


def grounds(server: SheetsServer, values: list[list[Any]], *requests: Json) -> list[Json]:
    """Return the ground of each cell of the first column, after these requests."""
    book = server.create(sheets={"Log": values})
    assert (answer := update(server, book.id, *requests)).status_code == 200, answer.text
    fields = "sheets.data.rowData.values.effectiveFormat(backgroundColor,textFormat(bold,italic))"
    rows = got(server, book.id, fields=fields)["sheets"][0]["data"][0]["rowData"]
    return [row["values"][0]["effectiveFormat"] for row in rows]


def rule(kind: str, *given: str, index: int = 0, **form: Any) -> Json:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in given]}
    boolean = {"condition": condition, "format": form or {"backgroundColor": RED}}
    return {"addConditionalFormatRule": {"rule": {"ranges": [AREA], "booleanRule": boolean}, "index": index}}


# condition, its values -> which of the cells 1, 2, 3, "late" meet it
CONDITIONS = [
    ("NUMBER_GREATER", ["2"], [False, False, True, False]),
    ("TEXT_CONTAINS", ["LA"], [False, False, False, True]),
    ("CUSTOM_FORMULA", ["=A1>=2"], [False, True, True, True]),
    ("CUSTOM_FORMULA", ["=$B1=$B$3"], [True, False, True, False]),
    ("CUSTOM_FORMULA", ["=1/0"], [False, False, False, False]),
]


@pytest.mark.parametrize(("kind", "given", "met"), CONDITIONS)
def test_a_rule_colours_the_cells_that_meet_it(
    server: SheetsServer, kind: str, given: list[str], met: list[bool]
) -> None:
    found = grounds(server, [[1, "x"], [2, "y"], [3, "x"], ["late", "y"]], rule(kind, *given))
    assert [form["backgroundColor"] == RED for form in found] == met


def test_a_rule_lies_on_its_ranges_alone(server: SheetsServer) -> None:
    found = grounds(server, [["x"]] * 6, rule("NOT_BLANK"))
    assert [form["backgroundColor"] == RED for form in found] == [True] * 4 + [False] * 2


def test_of_several_rules_the_first_settles_each_part(server: SheetsServer) -> None:
    found = grounds(
        server,
        [["x"]],
        rule("NOT_BLANK", backgroundColor=GREEN, textFormat={"bold": True}),
        rule("NOT_BLANK", textFormat={"italic": True, "bold": False}),
    )
    assert found == [{"backgroundColor": GREEN, "textFormat": {"bold": False, "italic": True}}]


def test_a_rule_lies_over_the_cells_own_ground(server: SheetsServer) -> None:
    own = {"userEnteredFormat": {"backgroundColor": BLUE}}
    paint = {"repeatCell": {"range": AREA, "cell": own, "fields": "userEnteredFormat"}}
    found = grounds(server, [["x"], [3]], paint, rule("TEXT_EQ", "x"))
    assert [form["backgroundColor"] for form in found[:2]] == [RED, BLUE]


# properties -> grounds of six rows, the last of them below the range
BANDS = [
    ({}, [RED, GREEN, RED, GREEN, RED, WHITE]),
    ({"headerColor": BLUE}, [BLUE, RED, GREEN, RED, GREEN, WHITE]),
    ({"footerColor": BLUE}, [RED, GREEN, RED, GREEN, BLUE, WHITE]),
]


@pytest.mark.parametrize(("more", "expected"), BANDS)
def test_colours_alternate(server: SheetsServer, more: Json, expected: list[Json]) -> None:
    colours = {"firstBandColor": RED, "secondBandColor": GREEN, **more}
    banded = {"range": {**AREA, "endRowIndex": 5}, "rowProperties": colours}
    found = grounds(server, [["x"]] * 6, {"addBanding": {"bandedRange": banded}})
    assert [form["backgroundColor"] for form in found] == expected


def test_a_cells_own_ground_lies_over_alternating_colours(server: SheetsServer) -> None:
    colours = {"firstBandColor": RED, "secondBandColor": GREEN}
    banded = {"range": {**AREA, "endRowIndex": 3}, "rowProperties": colours}
    own = {"userEnteredFormat": {"backgroundColor": BLUE}}
    paint = {"range": {**AREA, "endRowIndex": 2}, "cell": own, "fields": "userEnteredFormat"}
    found = grounds(server, [["x"]] * 3, {"addBanding": {"bandedRange": banded}}, {"repeatCell": paint})
    assert [form["backgroundColor"] for form in found] == [BLUE, BLUE, RED]
