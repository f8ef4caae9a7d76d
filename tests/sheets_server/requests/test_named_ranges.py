"""addNamedRange, updateNamedRange, deleteNamedRange; updateSpreadsheetProperties."""

from __future__ import annotations

import pytest

from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import area, do, one_tab, refused

WHERE = area(0, 2, 0, 1)


def named() -> Spreadsheet:
    made = one_tab()
    do(made, "addNamedRange", namedRange={"namedRangeId": "n1", "name": "Minutes", "range": WHERE})
    return made


def test_a_named_range_is_added_with_the_id_that_was_chosen_or_one_that_is_drawn() -> None:
    made = named()
    reply = do(made, "addNamedRange", namedRange={"name": "Names", "range": {"sheetId": 7}})
    drawn = reply["addNamedRange"]["namedRange"]
    assert drawn == {"namedRangeId": drawn["namedRangeId"], "name": "Names", "range": {"sheetId": 7}}
    assert set(made.named_ranges) == {"n1", drawn["namedRangeId"]}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"namedRangeId": "n1", "name": "Other", "range": WHERE},
            "A named range with the id n1 already exists.",
        ),
        ({"name": "minutes", "range": WHERE}, "A named range with that name already exists."),
        ({"name": "two words", "range": WHERE}, "The name for a named range is invalid: two words"),
        ({"name": "A1", "range": WHERE}, "The name for a named range is invalid: A1"),
        ({"name": "", "range": WHERE}, "The name for a named range is invalid: "),
        ({"name": "Other"}, "namedRange.range must be set."),
        ({"name": "Other", "range": {"sheetId": 9}}, "No grid with id: 9"),
    ],
)
def test_names_that_are_refused(asked: Json, sentence: str) -> None:
    made = named()
    assert refused(made, "addNamedRange", namedRange=asked) == sentence
    assert list(made.named_ranges) == ["n1"]


@pytest.mark.parametrize(
    ("fields", "after"),
    [("name", ("Time", WHERE)), ("range", ("Minutes", area(3, 4, 0, 1))), ("*", ("Time", area(3, 4, 0, 1)))],
)
def test_the_mask_says_what_of_a_named_range_is_changed(fields: str, after: tuple[str, Json]) -> None:
    made = named()
    asked = {"namedRangeId": "n1", "name": "Time", "range": area(3, 4, 0, 1)}
    do(made, "updateNamedRange", namedRange=asked, fields=fields)
    assert (made.named_ranges["n1"]["name"], made.named_ranges["n1"]["range"]) == after


def test_a_named_range_is_deleted_once() -> None:
    made = named()
    do(made, "deleteNamedRange", namedRangeId="n1")
    assert made.named_ranges == {}
    assert refused(made, "deleteNamedRange", namedRangeId="n1") == "No named range with id: n1"
    gone = {"namedRange": {"namedRangeId": "n1"}, "fields": "name"}
    assert refused(made, "updateNamedRange", **gone) == "No named range with id: n1"


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ("title", {"title": "Spring"}),
        ("timeZone", {"timeZone": "Europe/Paris"}),
        ("locale,timeZone", {"locale": "fr_FR", "timeZone": "Europe/Paris"}),
    ],
)
def test_the_mask_says_which_properties_of_the_spreadsheet_are_set(fields: str, changed: Json) -> None:
    made = one_tab()
    before = dict(made.properties)
    asked = {"title": "Spring", "locale": "fr_FR", "timeZone": "Europe/Paris"}
    do(made, "updateSpreadsheetProperties", properties=asked, fields=fields)
    assert made.properties == {**before, **changed}


@pytest.mark.parametrize(
    ("fields", "properties", "sentence"),
    [
        ("title", {}, "Title cannot be empty."),
        ("timeZone", {"timeZone": "Mars/Base"}, "Invalid time zone: Mars/Base"),
        ("", {"title": "x"}, "At least one field must be listed in 'fields'."),
    ],
)
def test_properties_of_the_spreadsheet_that_are_refused(fields: str, properties: Json, sentence: str) -> None:
    assert sentence in refused(one_tab(), "updateSpreadsheetProperties", properties=properties, fields=fields)
