"""Field masks: what they pick of an answer and what they change of a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server.field_mask import MaskError, parse

BOOK = {
    "spreadsheetId": "1abc",
    "properties": {"title": "Services", "timeZone": "Etc/GMT"},
    "sheets": [
        {"properties": {"sheetId": 0, "title": "Caseload"}, "merges": [{"sheetId": 0}]},
        {"properties": {"sheetId": 7, "title": "Schedule"}},
    ],
}


@pytest.mark.parametrize(
    ("mask", "picked"),
    [
        ("*", BOOK),
        ("spreadsheetId", {"spreadsheetId": "1abc"}),
        ("properties.title", {"properties": {"title": "Services"}}),
        ("properties/title", {"properties": {"title": "Services"}}),
        ("properties(title)", {"properties": {"title": "Services"}}),
        ("properties(title , timeZone)", {"properties": BOOK["properties"]}),
        ("properties(*)", {"properties": BOOK["properties"]}),
        ("properties.time_zone", {"properties": {"timeZone": "Etc/GMT"}}),
        ("properties.title,properties", {"properties": BOOK["properties"]}),
        (
            "spreadsheetId,sheets(properties/title)",
            {
                "spreadsheetId": "1abc",
                "sheets": [{"properties": {"title": "Caseload"}}, {"properties": {"title": "Schedule"}}],
            },
        ),
        ("sheets.merges.sheetId", {"sheets": [{"merges": [{"sheetId": 0}]}, {}]}),
        (
            "sheets.*.sheetId",
            {
                "sheets": [
                    {"properties": {"sheetId": 0}, "merges": [{"sheetId": 0}]},
                    {"properties": {"sheetId": 7}},
                ]
            },
        ),
        ("namedRanges", {}),
    ],
)
def test_what_a_mask_picks(mask: str, picked: object) -> None:
    assert parse(mask).pick(BOOK) == picked


OLD = {"title": "Caseload", "gridProperties": {"rowCount": 100, "frozenRowCount": 1}, "hidden": True}


@pytest.mark.parametrize(
    ("mask", "new", "merged"),
    [
        ("title", {"title": "Students"}, {**OLD, "title": "Students"}),
        ("title", {"title": "Students", "hidden": False}, {**OLD, "title": "Students"}),
        ("hidden", {}, {"title": "Caseload", "gridProperties": OLD["gridProperties"]}),
        (
            "gridProperties/rowCount",
            {"gridProperties": {"rowCount": 5, "columnCount": 9}},
            {**OLD, "gridProperties": {"rowCount": 5, "frozenRowCount": 1}},
        ),
        ("gridProperties.frozenRowCount", {}, {**OLD, "gridProperties": {"rowCount": 100}}),
        (
            "gridProperties",
            {"gridProperties": {"columnCount": 9}},
            {**OLD, "gridProperties": {"columnCount": 9}},
        ),
        (
            "gridProperties.*",
            {"gridProperties": {"columnCount": 9}},
            {**OLD, "gridProperties": {"columnCount": 9}},
        ),
        ("tabColor.red", {"tabColor": {"red": 1}}, {**OLD, "tabColor": {"red": 1}}),
        ("tabColor.red", {"tabColor": {}}, {**OLD, "tabColor": {}}),
        ("tabColor.red", {}, OLD),
        ("*", {"title": "Students"}, {"title": "Students"}),
    ],
)
def test_what_an_update_with_a_mask_changes(
    mask: str, new: dict[str, object], merged: dict[str, object]
) -> None:
    before = repr(OLD)
    assert parse(mask).merge(OLD, new) == merged
    assert repr(OLD) == before


@pytest.mark.parametrize(
    "text", ["", " ", "a,", ",a", "a,,b", "a(b", "a)b", "a..b", "a(b))", "a b", "a.(b)", "a-b", "()"]
)
def test_what_is_no_mask(text: str) -> None:
    with pytest.raises(MaskError, match="Invalid field selection"):
        parse(text)


@pytest.mark.parametrize(
    ("mask", "path", "within"),
    [
        ("sheets.data.rowData", "sheets.data", True),
        ("sheets", "sheets.data", True),
        ("*", "sheets.data", True),
        ("sheets.properties", "sheets.data", False),
        ("namedRanges", "sheets.data", False),
    ],
)
def test_whether_a_mask_wants_anything_of_a_field(mask: str, path: str, within: bool) -> None:
    assert (path in parse(mask)) is within


def test_the_paths_of_a_mask() -> None:
    assert list(parse("a(b,c/d),e").paths()) == ["a.b", "a.c.d", "e"]
    assert list(parse("*").paths()) == ["*"]


@given(st.text(alphabet="ab_*(),./ ", max_size=20))
def test_any_text_is_a_mask_or_a_mask_error(text: str) -> None:
    try:
        mask = parse(text)
    except MaskError:
        return
    paths = ",".join(mask.paths())
    assert parse(paths) == mask
