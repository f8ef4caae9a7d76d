"""addSheet, deleteSheet, duplicateSheet, updateSheetProperties."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import ME, STAFF, area, book, do, refused, shown, span, tab


def three() -> Spreadsheet:
    return book(tab(7, "Caseload", [["a"]]), tab(8, "Log", [["=Caseload!A1"]]), tab(9, "Old", []))


def titles(made: Spreadsheet) -> list[str]:
    assert [sheet.properties["index"] for sheet in made.sheets] == list(range(len(made.sheets)))
    return [sheet.title for sheet in made.sheets]


def test_a_tab_is_added_last_with_what_it_is_given() -> None:
    made = three()
    colour = {"red": 1}
    asked = {
        "sheetId": 123,
        "title": "Compliance",
        "gridProperties": {"rowCount": 5, "columnCount": 3, "frozenRowCount": 1},
        "tabColorStyle": {"rgbColor": colour},
    }
    reply = do(made, "addSheet", properties=asked)
    assert reply["addSheet"]["properties"] == {
        **asked,
        "index": 3,
        "sheetType": "GRID",
        "tabColor": colour,
    }
    assert titles(made) == ["Caseload", "Log", "Old", "Compliance"]


def test_a_tab_of_which_nothing_is_said_has_google_s_size_and_name() -> None:
    made = three()
    properties = do(made, "addSheet")["addSheet"]["properties"]
    assert properties["title"] == "Sheet4"
    assert properties["gridProperties"] == {"rowCount": 1000, "columnCount": 26}
    assert properties["sheetId"] not in (7, 8, 9)


def test_a_new_tab_can_have_one_cell_alone() -> None:
    made = three()
    do(made, "addSheet", properties={"gridProperties": {"rowCount": 1, "columnCount": 1}})
    assert (made.sheets[3].row_count, made.sheets[3].column_count) == (1, 1)


@pytest.mark.parametrize(("index", "order"), [(0, "*CLO"), (1, "C*LO"), (3, "CLO*"), (50, "CLO*")])
def test_a_tab_is_added_at_an_index(index: int, order: str) -> None:
    made = three()
    do(made, "addSheet", properties={"title": "*", "index": index})
    assert "".join(title[0] for title in titles(made)) == order


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"sheetId": 8}, "A sheet with the id 8 already exists."),
        ({"title": "log"}, 'A sheet with the name "log" already exists. Please enter another name.'),
        ({"sheetId": -1}, "Invalid sheet id: -1. Sheet ids must be non-negative."),
        (
            {"gridProperties": {"rowCount": 1, "frozenRowCount": 1}},
            "You can't freeze all visible rows on the sheet.",
        ),
        ({"gridProperties": {"rowCount": 10_000_000}}, "above the limit of 10000000 cells"),
        ({"gridProperties": {"rowCount": 0}}, "must be at least 1"),
        ({"gridProperties": {"columnCount": 0}}, "must be at least 1"),
        ({"sheetType": "OBJECT"}, "Cannot add a sheet of type: OBJECT"),
    ],
)
def test_tabs_that_cannot_be_added(asked: Json, sentence: str) -> None:
    made = three()
    assert sentence in refused(made, "addSheet", properties=asked)
    assert titles(made) == ["Caseload", "Log", "Old"]


def test_a_deleted_tab_takes_its_named_ranges_along_and_leaves_ref_errors() -> None:
    made = three()
    do(made, "addNamedRange", namedRange={"namedRangeId": "n", "name": "N", "range": area(0, 1, 0, 1)})
    do(made, "deleteSheet", sheetId=7)
    assert titles(made) == ["Log", "Old"]
    assert made.named_ranges == {}
    assert shown(made.sheets[0]) == [["=#REF!"]]


def test_the_last_tab_and_the_last_that_is_seen_cannot_be_deleted() -> None:
    made = three()
    for sheet in made.sheets[1:]:
        sheet.properties["hidden"] = True
    assert refused(made, "deleteSheet", sheetId=7) == "You can't remove all the visible sheets in a document."
    assert refused(made, "deleteSheet", sheetId=77) == "No sheet with id: 77"
    alone = book(tab(7, "Caseload", []))
    assert refused(alone, "deleteSheet", sheetId=7) == "You can't remove all the sheets in a document."


def test_a_duplicate_has_everything_with_ids_of_its_own() -> None:
    made = three()
    do(made, "addFilterView", filter={"filterViewId": 5, "title": "Mine", "range": area(0, 5, 0, 2)})
    do(made, "mergeCells", range=area(1, 2, 0, 2))
    place = {"sheetId": 7}
    metadata = {"metadataId": 1, "metadataKey": "k", "location": place, "visibility": "DOCUMENT"}
    do(made, "createDeveloperMetadata", developerMetadata=metadata)
    reply = do(
        made, "duplicateSheet", sourceSheetId=7, insertSheetIndex=1, newSheetId=70, newSheetName="Twin"
    )
    assert reply["duplicateSheet"]["properties"]["sheetId"] == 70
    assert titles(made) == ["Caseload", "Twin", "Log", "Old"]
    twin = made.sheets[1]
    assert shown(twin) == [["a"]]
    assert twin.merges == [area(1, 2, 0, 2, sheet_id=70)]
    ((key, view),) = twin.filter_views.items()
    assert key != 5
    assert (view["title"], view["range"]["sheetId"]) == ("Mine", 70)
    assert [one["location"]["sheetId"] for one in twin.developer_metadata.values()] == [70]
    assert (
        do(made, "duplicateSheet", sourceSheetId=7)["duplicateSheet"]["properties"]["title"]
        == "Copy of Caseload"
    )


def test_a_duplicate_takes_no_id_and_no_name_that_is_taken() -> None:
    made = three()
    assert "already exists" in refused(made, "duplicateSheet", sourceSheetId=7, newSheetId=8)
    assert "already exists" in refused(made, "duplicateSheet", sourceSheetId=7, newSheetName="LOG")


@pytest.mark.parametrize(
    ("fields", "properties", "changed"),
    [
        ("title", {"title": "New", "hidden": True}, {"title": "New"}),
        ("hidden", {"hidden": True}, {"hidden": True}),
        ("rightToLeft", {"rightToLeft": True}, {"rightToLeft": True}),
        (
            "tabColor",
            {"tabColor": {"red": 1}},
            {"tabColor": {"red": 1}, "tabColorStyle": {"rgbColor": {"red": 1}}},
        ),
        ("gridProperties.frozenRowCount", {"gridProperties": {"frozenRowCount": 2}}, {"frozen": (2, None)}),
        (
            "gridProperties(frozenRowCount,frozenColumnCount)",
            {"gridProperties": {"frozenColumnCount": 1}},
            {"frozen": (None, 1)},
        ),
        ("gridProperties.rowCount", {"gridProperties": {"rowCount": 20}}, {"size": (20, 6)}),
        (
            "gridProperties(rowCount,columnCount)",
            {"gridProperties": {"rowCount": 2, "columnCount": 30}},
            {"size": (2, 30)},
        ),
    ],
)
def test_the_mask_says_which_properties_are_set(
    fields: str, properties: Json, changed: dict[str, Any]
) -> None:
    made = three()
    sheet = made.sheets[0]
    before = dict(sheet.properties)
    do(made, "updateSheetProperties", properties={"sheetId": 7, **properties}, fields=fields)
    grid = sheet.properties["gridProperties"]
    frozen, size = changed.pop("frozen", None), changed.pop("size", (10, 6))
    assert (grid.get("frozenRowCount"), grid.get("frozenColumnCount")) == (frozen or (None, None))
    assert (sheet.row_count, sheet.column_count) == size
    assert {**sheet.properties, "gridProperties": 0} == {**before, **changed, "gridProperties": 0}


@pytest.mark.parametrize(
    ("at", "to", "order"),
    [(7, 2, "LCO"), (7, 3, "LOC"), (9, 0, "OCL"), (8, 1, "CLO"), (8, 2, "CLO"), (7, 99, "LOC")],
)
def test_a_tab_is_moved_to_an_index_that_counts_it_where_it_was(at: int, to: int, order: str) -> None:
    made = three()
    do(made, "updateSheetProperties", properties={"sheetId": at, "index": to}, fields="index")
    assert "".join(title[0] for title in titles(made)) == order


def test_a_mask_that_names_frozen_rows_and_gives_none_thaws_them_alone() -> None:
    made = three()
    made.sheets[0].properties["gridProperties"] |= {"frozenRowCount": 2, "frozenColumnCount": 1}
    do(made, "updateSheetProperties", properties={"sheetId": 7}, fields="gridProperties.frozenRowCount")
    grid = {"rowCount": 10, "columnCount": 6, "frozenColumnCount": 1}
    assert made.sheets[0].properties["gridProperties"] == grid


def test_a_tab_of_one_cell_is_the_smallest() -> None:
    made = three()
    properties = {"sheetId": 7, "gridProperties": {"rowCount": 1, "columnCount": 1}}
    do(made, "updateSheetProperties", properties=properties, fields="gridProperties(rowCount,columnCount)")
    assert (made.sheets[0].row_count, made.sheets[0].column_count) == (1, 1)


def test_formulas_name_a_tab_by_its_new_title() -> None:
    made = three()
    do(made, "updateSheetProperties", properties={"sheetId": 7, "title": "My Cases"}, fields="title")
    assert shown(made.sheets[1]) == [["='My Cases'!A1"]]
    do(made, "updateSheetProperties", properties={"sheetId": 7, "title": "MY CASES"}, fields="title")
    assert titles(made)[0] == "MY CASES"


@pytest.mark.parametrize(
    ("fields", "properties", "sentence"),
    [
        ("title", {"title": "LOG"}, "already exists"),
        ("title", {}, "Sheet name cannot be empty."),
        (
            "gridProperties.rowCount",
            {"gridProperties": {"rowCount": 0}},
            "You can't delete all the rows on the sheet.",
        ),
        (
            "gridProperties.frozenRowCount",
            {"gridProperties": {"frozenRowCount": 10}},
            "You can't freeze all visible rows on the sheet.",
        ),
        ("", {"title": "x"}, "At least one field must be listed in 'fields'."),
        ("title", {"sheetId": 77, "title": "x"}, "No sheet with id: 77"),
    ],
)
def test_properties_that_cannot_be_set(fields: str, properties: Json, sentence: str) -> None:
    made = three()
    asked = {"sheetId": 7, **properties}
    assert sentence in refused(made, "updateSheetProperties", properties=asked, fields=fields)
    assert titles(made) == ["Caseload", "Log", "Old"]


def test_a_tab_that_shrinks_loses_what_lay_beyond() -> None:
    made = book(tab(7, "Log", [["a", "b", "c"], ["d"], ["e"]]))
    do(made, "mergeCells", range=area(1, 4, 0, 2))
    grid = {"rowCount": 2, "columnCount": 2}
    asked = {"sheetId": 7, "gridProperties": grid}
    do(made, "updateSheetProperties", properties=asked, fields="gridProperties(rowCount,columnCount)")
    assert shown(made.sheets[0]) == [["a", "b"], ["d"]]
    assert made.sheets[0].merges == [area(1, 2, 0, 2)]
    do(made, "appendDimension", sheetId=7, dimension="ROWS", length=1)
    assert shown(made.sheets[0]) == [["a", "b"], ["d"]]
    assert refused(made, "insertDimension", range=span("ROWS", 9, 10)).startswith("range.startIndex must be")


def test_the_only_tab_that_is_seen_cannot_be_hidden() -> None:
    made = three()
    for sheet_id in (7, 8):
        do(made, "updateSheetProperties", properties={"sheetId": sheet_id, "hidden": True}, fields="hidden")
    asked = {"properties": {"sheetId": 9, "hidden": True}, "fields": "hidden"}
    assert refused(made, "updateSheetProperties", **asked) == "You can't hide all the sheets in a document."


def test_a_protected_tab_is_not_renamed_or_deleted_by_others() -> None:
    made = three()
    do(made, "addProtectedRange", STAFF, protectedRange={"range": {"sheetId": 7}, "editors": {}})
    rename = {"properties": {"sheetId": 7, "title": "x"}, "fields": "title"}
    assert "protected cell or object" in refused(made, "updateSheetProperties", ME, **rename)
    assert "protected cell or object" in refused(made, "deleteSheet", ME, sheetId=7)
    do(made, "updateSheetProperties", STAFF, **rename)
    assert titles(made)[0] == "x"
