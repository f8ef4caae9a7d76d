"""Conditional formats, alternating colours and borders: rules are added, replaced, moved and deleted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import area, book, do, one_tab, refused, tab

RED = {"red": 1}
FORMAT = {"backgroundColor": RED, "backgroundColorStyle": {"rgbColor": RED}}
BANDS = {"firstBandColor": {"red": 1}, "secondBandColor": {"blue": 1}}


def rule(text: str, where: Json | None = None) -> Json:
    """Return a rule that colours the cells in which a text stands."""
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]}
    boolean = {"condition": condition, "format": {"backgroundColor": RED}}
    return {"ranges": [where or area(0, 5, 0, 2)], "booleanRule": boolean}


def ruled(*texts: str) -> Spreadsheet:
    made = one_tab()
    for at, text in enumerate(texts):
        do(made, "addConditionalFormatRule", rule=rule(text), index=at)
    return made


def texts(made: Spreadsheet) -> str:
    rules = made.sheets[0].conditional_formats
    return "".join(one["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for one in rules)


@pytest.mark.parametrize(("index", "after"), [(0, "xab"), (1, "axb"), (2, "abx")])
def test_a_rule_is_added_before_the_one_at_its_index(index: int, after: str) -> None:
    made = ruled("a", "b")
    do(made, "addConditionalFormatRule", rule=rule("x"), index=index)
    assert texts(made) == after
    assert made.sheets[0].conditional_formats[index]["booleanRule"]["format"] == FORMAT


def test_a_rule_is_replaced_and_both_are_answered() -> None:
    made = ruled("a", "b")
    reply = do(made, "updateConditionalFormatRule", rule=rule("x"), index=1)["updateConditionalFormatRule"]
    assert texts(made) == "ax"
    assert reply["newIndex"] == 1
    assert reply["oldRule"]["booleanRule"]["condition"]["values"] == [{"userEnteredValue": "b"}]
    assert reply["newRule"]["booleanRule"]["condition"]["values"] == [{"userEnteredValue": "x"}]


@pytest.mark.parametrize(("index", "new", "after"), [(0, 2, "bca"), (2, 0, "cab"), (1, 1, "abc")])
def test_a_rule_is_moved(index: int, new: int, after: str) -> None:
    made = ruled("a", "b", "c")
    do(made, "updateConditionalFormatRule", sheetId=7, index=index, newIndex=new)
    assert texts(made) == after


def test_a_rule_is_deleted_and_answered() -> None:
    made = ruled("a", "b")
    reply = do(made, "deleteConditionalFormatRule", sheetId=7, index=0)["deleteConditionalFormatRule"]
    assert reply["rule"]["booleanRule"]["condition"]["values"] == [{"userEnteredValue": "a"}]
    assert texts(made) == "b"


def test_a_scale_of_colours_is_kept() -> None:
    made = one_tab()
    points = {"minpoint": {"type": "MIN", "color": RED}, "maxpoint": {"type": "MAX", "color": {"green": 1}}}
    do(made, "addConditionalFormatRule", rule={"ranges": [area(0, 5, 0, 1)], "gradientRule": points})
    kept = made.sheets[0].conditional_formats[0]["gradientRule"]
    assert kept["minpoint"] == {"type": "MIN", "color": RED, "colorStyle": {"rgbColor": RED}}


@pytest.mark.parametrize(
    ("name", "asked", "sentence"),
    [
        ("addConditionalFormatRule", {"rule": rule("x"), "index": 3}, "at index: 3"),
        ("addConditionalFormatRule", {"rule": {**rule("x"), "ranges": []}}, "rule.ranges must be set."),
        (
            "addConditionalFormatRule",
            {"rule": {**rule("x"), "ranges": [area(0, 1, 0, 1), area(0, 1, 0, 1, sheet_id=8)]}},
            "All ranges of a conditional format must be on the same sheet.",
        ),
        (
            "addConditionalFormatRule",
            {"rule": {"ranges": [area(0, 1, 0, 1)]}},
            "Must specify one of booleanRule or gradientRule.",
        ),
        (
            "addConditionalFormatRule",
            {
                "rule": {
                    "ranges": [area(0, 1, 0, 1)],
                    "booleanRule": {"condition": {"type": "NUMBER_BETWEEN"}},
                }
            },
            "requires exactly 2 ConditionValues, but found 0.",
        ),
        ("updateConditionalFormatRule", {"rule": rule("x"), "index": 5}, "No conditional format on sheet: 7"),
        ("updateConditionalFormatRule", {"sheetId": 7, "index": 0}, "Must specify one of rule or newIndex."),
        ("deleteConditionalFormatRule", {"sheetId": 7, "index": 1}, "No conditional format on sheet: 7"),
    ],
)
def test_rules_that_are_refused(name: str, asked: dict[str, Any], sentence: str) -> None:
    made = book(tab(7, "Log", []), tab(8, "Other", []))
    do(made, "addConditionalFormatRule", rule=rule("a"))
    assert sentence in refused(made, name, **asked)
    assert texts(made) == "a"


def test_alternating_colours_are_added_changed_and_taken_away() -> None:
    made = one_tab()
    asked = {"bandedRangeId": 42, "range": area(0, 4, 0, 2), "rowProperties": BANDS}
    reply = do(made, "addBanding", bandedRange=asked)["addBanding"]["bandedRange"]
    assert reply["bandedRangeId"] == 42
    assert reply["rowProperties"]["firstBandColorStyle"] == {"rgbColor": {"red": 1}}
    new = {"bandedRangeId": 42, "range": area(0, 2, 0, 2)}
    do(made, "updateBanding", bandedRange=new, fields="range")
    assert made.sheets[0].banded_ranges[42]["range"] == area(0, 2, 0, 2)
    do(made, "deleteBanding", bandedRangeId=42)
    assert made.sheets[0].banded_ranges == {}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"bandedRangeId": 42, "range": area(5, 6, 0, 1), "rowProperties": BANDS},
            "with the id 42 already exists",
        ),
        ({"range": area(3, 6, 0, 1), "rowProperties": BANDS}, "already has alternating background colors"),
        ({"range": area(5, 6, 0, 1)}, "At least one of rowProperties or columnProperties must be specified."),
        ({"range": area(5, 6, 0, 1), "rowProperties": {}}, "firstBandColor must be set."),
    ],
)
def test_alternating_colours_that_are_refused(asked: Json, sentence: str) -> None:
    made = one_tab()
    first = {"bandedRangeId": 42, "range": area(0, 4, 0, 2), "rowProperties": BANDS}
    do(made, "addBanding", bandedRange=first)
    assert sentence in refused(made, "addBanding", bandedRange=asked)
    assert refused(made, "deleteBanding", bandedRangeId=1) == "No banding with id: 1"


def test_borders_are_drawn_around_and_within() -> None:
    made = one_tab(size=(4, 4))
    solid, dashed = {"style": "SOLID"}, {"style": "DASHED"}
    do(made, "updateBorders", range=area(0, 2, 0, 2), top=solid, innerVertical=dashed)
    borders = {place: cell["userEnteredFormat"]["borders"] for place, cell in made.sheets[0].cells.items()}
    assert {
        place: {side: one["style"] for side, one in sides.items()} for place, sides in borders.items()
    } == {
        (0, 0): {"top": "SOLID", "right": "DASHED"},
        (0, 1): {"top": "SOLID", "left": "DASHED"},
        (1, 0): {"right": "DASHED"},
        (1, 1): {"left": "DASHED"},
    }
    none = {"style": "NONE"}
    do(made, "updateBorders", range=area(0, 2, 0, 2), top=none, innerVertical=none)
    assert made.sheets[0].cells == {}
