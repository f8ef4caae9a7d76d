"""Merged cells: the summary's are merged, staff's columns never."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sheets_sync.edges.google.merges import merges_at_read, wanted_merges
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, FIRST_LINE, NOTES
from tests.sheets_server.model import Spreadsheet
from tests.sheets_server.requests.books import do

EVENING = laid.lines(ANA, BEN, CAL)
SUMMARY = {(0, 1, 2, 5), (1, 2, 0, 2), (1, 2, 2, 9)}


def morning() -> Spreadsheet:
    return laid.after_the_first_night(EVENING)


def merged(workbook: Spreadsheet) -> set[tuple[int, int, int, int]]:
    return set(merges_at_read(laid.our_tab(workbook)))


def test_the_cells_of_the_summary_are_merged_and_no_others() -> None:
    assert set(wanted_merges(laid.compliance(EVENING))) == SUMMARY
    assert merged(morning()) == SUMMARY


def across_what_is_frozen(workbook: Spreadsheet) -> None:
    laid.unmerge(workbook)
    for columns, merge in ((0, True), (2, False)):
        properties = {
            "sheetId": laid.on_server(workbook).id,
            "gridProperties": {"frozenColumnCount": columns},
        }
        do(
            workbook,
            "updateSheetProperties",
            properties=properties,
            fields="gridProperties.frozenColumnCount",
        )
        if merge:
            laid.merge(workbook, 0, 1, 0, 3)


@pytest.mark.parametrize(
    "edit",
    [
        laid.unmerge,
        across_what_is_frozen,
        lambda book: laid.merge(book, FIRST_LINE, FIRST_LINE + 2, NOTES, NOTES + 2),
        lambda book: laid.merge(book, 1, 2, 9, 14),
        lambda book: laid.insert(book, "COLUMNS", 4),
        lambda book: laid.delete(book, "ROWS", 0),
    ],
    ids=["taken apart", "across what is frozen", "of theirs", "of ours", "wider", "title deleted"],
)
def test_whatever_staff_merged_or_took_apart_the_next_run_merges_the_summary_alone(
    edit: Callable[[Spreadsheet], object],
) -> None:
    workbook = morning()
    edit(workbook)
    assert merged(laid.night(workbook, EVENING)) == SUMMARY
