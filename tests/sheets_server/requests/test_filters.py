"""setBasicFilter, clearBasicFilter, and the filter views with ids that were chosen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import area, book, do, one_tab, refused, shown, span, tab

OVER = area(0, 4, 0, 2)


def log() -> Spreadsheet:
    return one_tab(["Student", "Minutes"], ["Ana", 30], ["Ben", 45], ["", 60], size=(4, 3))


def hidden(made: Spreadsheet) -> list[int]:
    return [at for at, row in sorted(made.sheets[0].rows.items()) if row.get("hiddenByFilter")]


def test_a_filter_over_all_of_a_tab_has_all_its_bounds() -> None:
    made = log()
    do(made, "setBasicFilter", filter={"range": {"sheetId": 7}})
    assert made.sheets[0].basic_filter == {"range": area(0, 4, 0, 3)}
    do(made, "setBasicFilter", filter={"range": OVER})
    assert made.sheets[0].basic_filter == {"range": OVER}
    do(made, "clearBasicFilter", sheetId=7)
    assert made.sheets[0].basic_filter is None
    do(made, "clearBasicFilter", sheetId=7)


@pytest.mark.parametrize(
    ("column", "criteria", "rows"),
    [
        (0, {"hiddenValues": ["Ana", ""]}, [1, 3]),
        (0, {"hiddenValues": ["Student"]}, []),
        (0, {"condition": {"type": "BLANK"}}, [1, 2]),
        (0, {"condition": {"type": "NOT_BLANK"}}, [3]),
        (0, {"condition": {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": "AN"}]}}, [2, 3]),
        (0, {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "ben"}]}}, [1, 3]),
        (1, {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "30"}]}}, [1]),
        (1, {"condition": {"type": "NUMBER_LESS_THAN_EQ", "values": [{"userEnteredValue": "45"}]}}, [3]),
        (
            1,
            {
                "condition": {
                    "type": "NUMBER_BETWEEN",
                    "values": [{"userEnteredValue": "40"}, {"userEnteredValue": "50"}],
                }
            },
            [1, 3],
        ),
    ],
)
def test_a_filter_hides_the_rows_that_its_criteria_leave_out(
    column: int, criteria: Json, rows: list[int]
) -> None:
    for asked in (
        {"criteria": {str(column): criteria}},
        {"filterSpecs": [{"columnIndex": column, "filterCriteria": criteria}]},
    ):
        made = log()
        do(made, "setBasicFilter", filter={"range": OVER, **asked})
        assert hidden(made) == rows
        kept = made.sheets[0].basic_filter
        assert kept is not None
        assert kept["criteria"] == {str(column): criteria}
        assert kept["filterSpecs"] == [{"columnIndex": column, "filterCriteria": criteria}]
        do(made, "clearBasicFilter", sheetId=7)
        assert hidden(made) == []


@pytest.mark.parametrize(
    ("kind", "values", "rows"),
    [
        ("NUMBER_LESS", ["45"], [2, 3]),
        ("NUMBER_LESS_THAN_EQ", ["45"], [3]),
        ("NUMBER_GREATER_THAN_EQ", ["45"], [1]),
        ("NUMBER_EQ", ["45"], [1, 3]),
        ("NUMBER_NOT_EQ", ["45"], [2]),
        ("NUMBER_BETWEEN", ["45", "30"], [3]),
        ("NUMBER_NOT_BETWEEN", ["30", "45"], [1, 2]),
        ("DATE_BEFORE", ["3/3/2026"], [2, 3]),
        ("DATE_AFTER", ["3/2/2026"], [1]),
        ("DATE_IS_VALID", [], []),
    ],
)
def test_numbers_and_dates_are_compared(kind: str, values: list[str], rows: list[int]) -> None:
    texts = ["head", *(["30", "45", "60"] if kind.startswith("NUMBER") else ["46083", "46084", "46085"])]
    made = one_tab(*([text if text == "head" else int(text)] for text in texts), size=(4, 1))
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    criteria = {"0": {"condition": condition}}
    do(made, "setBasicFilter", filter={"range": {"sheetId": 7}, "criteria": criteria})
    assert hidden(made) == rows


def test_a_new_filter_shows_what_the_old_one_hid() -> None:
    made = log()
    do(made, "setBasicFilter", filter={"range": OVER, "criteria": {"0": {"hiddenValues": ["Ana"]}}})
    do(made, "setBasicFilter", filter={"range": OVER, "criteria": {"0": {"hiddenValues": ["Ben"]}}})
    assert hidden(made) == [2]


def test_a_filter_sorts_below_its_header() -> None:
    made = log()
    specs = [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    do(made, "setBasicFilter", filter={"range": OVER, "sortSpecs": specs})
    assert [row[-1] for row in shown(made.sheets[0])] == ["Minutes", 60, 45, 30]
    assert made.sheets[0].basic_filter == {"range": OVER, "sortSpecs": specs}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"range": OVER, "criteria": {"2": {"hiddenValues": ["x"]}}}, "is outside of the filter's range"),
        (
            {"range": OVER, "criteria": {"0": {"condition": {"type": "TEXT_CONTAINS"}}}},
            "requires exactly 1 ConditionValues, but found 0",
        ),
        ({"range": area(9, 10, 0, 1)}, "GridRange.startRowIndex[9] is after last row in grid[3]"),
        ({"range": area(0, 1, 0, 1, sheet_id=8)}, "No grid with id: 8"),
    ],
)
def test_filters_that_cannot_be_set(asked: Json, sentence: str) -> None:
    made = log()
    assert sentence in refused(made, "setBasicFilter", filter=asked)
    assert made.sheets[0].basic_filter is None


def test_a_filter_view_is_added_with_the_id_that_was_chosen() -> None:
    made = log()
    asked = {
        "filterViewId": 42,
        "title": "Missed",
        "range": OVER,
        "criteria": {"0": {"hiddenValues": ["Ana"]}},
    }
    reply = do(made, "addFilterView", filter=asked)
    specs = [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["Ana"]}}]
    assert reply["addFilterView"]["filter"] == {**asked, "filterSpecs": specs}
    assert made.sheets[0].filter_views[42] == {**asked, "filterSpecs": specs}
    assert hidden(made) == []


def test_a_filter_view_of_which_little_is_said_gets_id_and_title() -> None:
    made = log()
    view = do(made, "addFilterView", filter={"range": {"sheetId": 7}})["addFilterView"]["filter"]
    assert view["title"] == "Filter 1"
    assert view["range"] == area(0, 4, 0, 3)
    assert view["filterViewId"] > 0


@pytest.mark.parametrize("home", [7, 8])
def test_an_id_of_a_filter_view_that_is_taken_anywhere_is_refused(home: int) -> None:
    made = book(tab(7, "Log", []), tab(8, "Other", []))
    do(made, "addFilterView", filter={"filterViewId": 42, "range": {"sheetId": 7}})
    said = refused(made, "addFilterView", filter={"filterViewId": 42, "range": {"sheetId": home}})
    assert said == "A filter view with the id 42 already exists."


@pytest.mark.parametrize(
    ("fields", "asked", "changed"),
    [
        ("title", {"title": "New", "range": area(0, 1, 0, 1)}, {"title": "New"}),
        ("range", {"range": area(0, 3, 0, 1)}, {"range": area(0, 3, 0, 1)}),
        (
            "criteria",
            {"criteria": {"1": {"hiddenValues": ["30"]}}},
            {
                "criteria": {"1": {"hiddenValues": ["30"]}},
                "filterSpecs": [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["30"]}}],
            },
        ),
        (
            "filterSpecs",
            {"filterSpecs": [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["30"]}}]},
            {
                "criteria": {"1": {"hiddenValues": ["30"]}},
                "filterSpecs": [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["30"]}}],
            },
        ),
        ("criteria", {}, {"criteria": None, "filterSpecs": None}),
        ("filterSpecs", {}, {"criteria": None, "filterSpecs": None}),
        (
            "*",
            {"title": "All", "range": OVER},
            {"title": "All", "range": OVER, "criteria": None, "filterSpecs": None},
        ),
    ],
)
def test_the_mask_says_what_of_a_filter_view_is_changed(
    fields: str, asked: Json, changed: dict[str, Any]
) -> None:
    made = log()
    criteria = {"0": {"hiddenValues": ["Ana"]}}
    do(
        made,
        "addFilterView",
        filter={"filterViewId": 42, "title": "Old", "range": OVER, "criteria": criteria},
    )
    before = made.sheets[0].filter_views[42]
    do(made, "updateFilterView", filter={"filterViewId": 42, **asked}, fields=fields)
    after = {name: piece for name, piece in {**before, **changed}.items() if piece is not None}
    assert made.sheets[0].filter_views == {42: after}


def test_a_filter_view_can_be_moved_to_another_tab() -> None:
    made = book(tab(7, "Log", []), tab(8, "Other", []))
    do(made, "addFilterView", filter={"filterViewId": 42, "title": "Old", "range": area(0, 3, 0, 2)})
    there = area(0, 2, 0, 2, sheet_id=8)
    do(made, "updateFilterView", filter={"filterViewId": 42, "range": there}, fields="range")
    assert made.sheets[0].filter_views == {}
    assert made.sheets[1].filter_views[42]["range"] == there


def test_criteria_outside_a_filter_view_are_refused() -> None:
    made = log()
    asked = {"range": OVER, "criteria": {"2": {"hiddenValues": ["x"]}}}
    assert "is outside of the filter's range" in refused(made, "addFilterView", filter=asked)


def test_a_filter_view_s_order_follows_its_columns() -> None:
    made = log()
    specs = [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]
    do(made, "addFilterView", filter={"filterViewId": 42, "title": "T", "range": OVER, "sortSpecs": specs})
    do(made, "insertDimension", range=span("COLUMNS", 0, 1))
    assert made.sheets[0].filter_views[42]["sortSpecs"] == [{**specs[0], "dimensionIndex": 2}]
    do(made, "deleteDimension", range=span("COLUMNS", 2, 3))
    assert "sortSpecs" not in made.sheets[0].filter_views[42]


def test_filter_views_are_duplicated_and_deleted() -> None:
    made = log()
    do(made, "addFilterView", filter={"filterViewId": 42, "title": "Missed", "range": OVER})
    twin = do(made, "duplicateFilterView", filterId=42)["duplicateFilterView"]["filter"]
    assert (twin["title"], twin["range"]) == ("Copy of Missed", OVER)
    do(made, "deleteFilterView", filterId=42)
    assert list(made.sheets[0].filter_views) == [twin["filterViewId"]]
    for name, asked in (("deleteFilterView", {"filterId": 42}), ("duplicateFilterView", {"filterId": 42})):
        assert refused(made, name, **asked) == "No filter view with id: 42"
    gone = {"filter": {"filterViewId": 42}, "fields": "title"}
    assert refused(made, "updateFilterView", **gone) == "No filter view with id: 42"
