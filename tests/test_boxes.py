"""The boxes that staff can tick on our tab."""

from __future__ import annotations

import pytest

from sheets_sync.boxes import Boxes, read_boxes
from sheets_sync.ports import CellValue


@pytest.mark.parametrize(
    ("value", "ticked"),
    [(True, True), ("☑", True), (" x ", True), ("Yes", True), (False, False), ("☐", False), (None, False)],
)
def test_a_box_is_ticked(value: CellValue, ticked: bool) -> None:
    assert read_boxes([["Compliance", None, "3 to make up", "Sync now", value]]) == Boxes(sync_now=ticked)


def test_a_box_is_found_by_its_words_above_the_table_alone() -> None:
    rows: list[list[CellValue]] = [["Compliance"], [None, "This is meant", True], [], ["Sync now", True]]
    assert read_boxes(rows) == Boxes(this_is_meant=True)


def test_words_without_a_box_are_none() -> None:
    assert read_boxes([["Sync now"]]) == Boxes()
