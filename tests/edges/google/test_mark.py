"""Our mark on a tab: it names the tab's own id, so that a copy of our tab is not ours."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.edges.google.mark import MARKS, chosen_id, mark_of, mark_request
from tests.edges.google import laid
from tests.sheets_server.requests.books import do


def piece(value: str, key: str = "sheets_sync") -> dict[str, Any]:
    return {"metadataKey": key, "metadataValue": value}


@pytest.mark.parametrize(
    ("metadata", "mark"),
    [
        ([], None),
        ([piece("compliance:7")], "compliance"),
        ([piece("problems:7")], "problems"),
        ([piece("compliance:8")], None),
        ([piece("compliance:8"), piece("compliance:7")], "compliance"),
        ([piece("compliance:7", "other")], None),
        ([piece("compliance:")], None),
        ([piece("compliance:70")], None),
        ([piece("summary:7")], None),
        ([{"metadataKey": "sheets_sync"}], None),
    ],
)
def test_a_tab_is_ours_where_the_mark_names_it(metadata: list[dict[str, Any]], mark: str | None) -> None:
    assert mark_of(7, metadata) == mark


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_was_put_on_is_read_again_and_a_copy_is_not_ours(mark: str) -> None:
    book = laid.carried_out(laid.empty_workbook(), [mark_request(mark, 1)])
    do(book, "duplicateSheet", sourceSheetId=1, newSheetName="Compliance 2")
    assert {tab.title: tab.mark for tab in laid.read(book)[1].tabs} == {
        "Caseload": None,
        "Service Grid": mark,
        "Compliance 2": None,
    }


def test_the_mark_stays_when_the_tab_is_renamed_and_moved() -> None:
    book = laid.carried_out(laid.empty_workbook(), [mark_request("compliance", 1)])
    properties = {"sheetId": 1, "title": "Who is behind", "index": 0}
    do(book, "updateSheetProperties", properties=properties, fields="title,index")
    assert laid.our_tab(book).title == "Who is behind"


@given(st.sampled_from(MARKS), st.sets(st.integers(0, 2**31 - 1), max_size=5))
def test_the_id_is_always_the_same_where_it_is_free(mark: str, others: set[int]) -> None:
    first = chosen_id(mark, ())
    assert chosen_id(mark, others | {first}) not in others | {first}
    assert chosen_id(mark, others - {first}) == first
    assert 0 < chosen_id(mark, others) < 2**31
