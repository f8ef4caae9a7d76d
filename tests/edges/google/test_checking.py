"""What `check` says of a Google workbook: whether our tabs can be written."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.edges.google.checking import our_tabs_are_locked
from sheets_sync.views.columns import NAMES, STAFF_NOTES

OURS = [{"metadataKey": "sheets_sync", "metadataValue": "compliance:5"}]
NOTES = NAMES.index(STAFF_NOTES)
WHOLE: dict[str, Any] = {"range": {"sheetId": 5}}
LOCKS: list[tuple[list[dict[str, Any]], bool]] = [
    ([], False),
    ([WHOLE], True),
    ([{}], True),
    ([WHOLE | {"warningOnly": True}], False),
    ([WHOLE | {"requestingUserCanEdit": True}], False),
    ([{"range": {"sheetId": 5, "startColumnIndex": NOTES - 1}}], True),
    ([{"range": {"sheetId": 5, "startColumnIndex": NOTES}}], False),
    ([WHOLE | {"warningOnly": True}, WHOLE], True),
]


@pytest.mark.parametrize(("protected", "locked"), LOCKS)
def test_a_tab_of_ours_that_somebody_protected(protected: list[dict[str, Any]], locked: bool) -> None:
    sheet = {"properties": {"sheetId": 5}, "protectedRanges": protected}
    assert our_tabs_are_locked({"sheets": [sheet | {"developerMetadata": OURS}]}) is locked
    assert not our_tabs_are_locked({"sheets": [sheet]})
