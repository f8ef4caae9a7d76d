"""createDeveloperMetadata, updateDeveloperMetadata, deleteDeveloperMetadata."""

from __future__ import annotations

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import area, book, do, one_tab, refused, span, tab

HERE = {"sheetId": 7}
BOOK = {"spreadsheet": True}
ROW = {"dimensionRange": span("ROWS", 2, 3)}


def piece(key: int, location: Json = HERE, name: str = "mark", **more: str) -> Json:
    return {"metadataId": key, "metadataKey": name, "location": location, "visibility": "DOCUMENT", **more}


def marked(*pieces: Json) -> Spreadsheet:
    made = book(tab(7, "Log", []), tab(8, "Other", []))
    for one in pieces:
        do(made, "createDeveloperMetadata", developerMetadata=one)
    return made


def ids(made: Spreadsheet) -> list[int]:
    homes = [made.developer_metadata, *(sheet.developer_metadata for sheet in made.sheets)]
    return sorted(key for home in homes for key in home)


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        (BOOK, {"locationType": "SPREADSHEET", "spreadsheet": True}),
        (HERE, {"locationType": "SHEET", "sheetId": 7}),
        (ROW, {"locationType": "ROW", "dimensionRange": span("ROWS", 2, 3)}),
        (
            {"dimensionRange": span("COLUMNS", 0, 1)},
            {"locationType": "COLUMN", "dimensionRange": span("COLUMNS", 0, 1)},
        ),
    ],
)
def test_metadata_is_kept_where_it_is_put_with_the_id_that_was_chosen(location: Json, kept: Json) -> None:
    made = one_tab()
    asked = piece(42, location, metadataValue="v1")
    reply = do(made, "createDeveloperMetadata", developerMetadata=asked)
    assert reply["createDeveloperMetadata"]["developerMetadata"] == {**asked, "location": kept}
    assert ids(made) == [42]


def test_an_id_is_drawn_where_none_is_chosen() -> None:
    made = one_tab()
    asked = {name: value for name, value in piece(0).items() if name != "metadataId"}
    reply = do(made, "createDeveloperMetadata", developerMetadata=asked)
    assert ids(made) == [reply["createDeveloperMetadata"]["developerMetadata"]["metadataId"]]


@pytest.mark.parametrize("location", [BOOK, HERE, {"sheetId": 8}, ROW])
def test_an_id_that_is_taken_anywhere_is_refused(location: Json) -> None:
    for taken in (BOOK, HERE, ROW):
        made = marked(piece(42, taken))
        said = refused(made, "createDeveloperMetadata", developerMetadata=piece(42, location))
        assert said == "Developer metadata with the id 42 already exists."


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({**piece(1), "metadataKey": ""}, "developerMetadata.metadataKey must be set."),
        ({**piece(1), "visibility": "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"}, "visibility must be set."),
        (piece(1, {}), "developerMetadata.location must be set."),
        (piece(1, {"sheetId": 9}), "No sheet with id: 9"),
        (piece(1, {"dimensionRange": span("ROWS", 2, 4)}), "must represent a single row or column."),
        (piece(1, {"dimensionRange": span("ROWS", 10, 11)}), "is after the end of the grid."),
    ],
)
def test_metadata_that_cannot_be_kept(asked: Json, sentence: str) -> None:
    made = one_tab()
    assert sentence in refused(made, "createDeveloperMetadata", developerMetadata=asked)
    assert ids(made) == []


@pytest.mark.parametrize(
    ("data_filter", "gone"),
    [
        ({"developerMetadataLookup": {"metadataId": 2}}, [2]),
        ({"developerMetadataLookup": {"metadataKey": "mark"}}, [1, 2, 3]),
        ({"developerMetadataLookup": {"metadataKey": "mark", "metadataValue": "v2"}}, [2]),
        ({"developerMetadataLookup": {"locationType": "ROW"}}, [3, 4]),
        ({"developerMetadataLookup": {"metadataKey": "mark", "locationType": "ROW"}}, [3]),
        (
            {
                "developerMetadataLookup": {
                    "metadataLocation": HERE,
                    "locationMatchingStrategy": "EXACT_LOCATION",
                }
            },
            [2],
        ),
        ({"developerMetadataLookup": {"metadataLocation": {"sheetId": 8}}}, [1, 5]),
        ({"developerMetadataLookup": {"visibility": "PROJECT"}}, []),
        ({"gridRange": area(2, 3, 0, 1)}, [3]),
        ({"a1Range": "Log!A3:B4"}, [3, 4]),
    ],
)
def test_a_filter_finds_by_key_value_id_and_place(data_filter: Json, gone: list[int]) -> None:
    made = marked(
        piece(1, BOOK),
        piece(2, HERE, metadataValue="v2"),
        piece(3, ROW),
        piece(4, {"dimensionRange": span("ROWS", 3, 4)}, name="other"),
        piece(5, {"sheetId": 8}, name="other"),
    )
    reply = do(made, "deleteDeveloperMetadata", dataFilter=data_filter)["deleteDeveloperMetadata"]
    assert sorted(one["metadataId"] for one in reply.get("deletedDeveloperMetadata", [])) == gone
    assert ids(made) == [key for key in range(1, 6) if key not in gone]


def test_the_mask_says_what_of_metadata_is_changed() -> None:
    made = marked(piece(1, HERE, metadataValue="v1"), piece(2, HERE, name="other"))
    lookup = [{"developerMetadataLookup": {"metadataKey": "mark"}}]
    asked = {"metadataValue": "v2", "location": {"sheetId": 8}, "visibility": "PROJECT"}
    reply = do(
        made, "updateDeveloperMetadata", dataFilters=lookup, developerMetadata=asked, fields="metadataValue"
    )
    changed = piece(1, {"locationType": "SHEET", "sheetId": 7}, metadataValue="v2")
    assert reply["updateDeveloperMetadata"]["developerMetadata"] == [changed]
    do(made, "updateDeveloperMetadata", dataFilters=lookup, developerMetadata=asked, fields="location")
    assert (list(made.sheets[0].developer_metadata), list(made.sheets[1].developer_metadata)) == ([2], [1])
    nothing = [{"developerMetadataLookup": {"metadataKey": "none"}}]
    reply = do(
        made, "updateDeveloperMetadata", dataFilters=nothing, developerMetadata=asked, fields="visibility"
    )
    assert reply == {"updateDeveloperMetadata": {}}


def test_metadata_goes_with_its_tab() -> None:
    made = marked(piece(1, HERE), piece(2, BOOK))
    do(made, "deleteSheet", sheetId=7)
    assert ids(made) == [2]
