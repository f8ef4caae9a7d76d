"""Checkboxes: rules set and taken away with each write, and open to staff whatever the protection."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_sync.views.banner import with_banner
from sheets_sync.views.tab import Protection
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN
from tests.sheets_server.errors import ApiError
from tests.sheets_server.model import Json, Place, Spreadsheet
from tests.sheets_server.requests.books import area, do

NIGHT = laid.lines(ANA, BEN)
TEACHER = "teacher@school.example"
SYNC_NOW, THIS_IS_MEANT = (0, 6), (1, 6)


def rules(workbook: Spreadsheet) -> set[Place]:
    """Return the cells of our tab that are checkboxes."""
    cells = laid.on_server(workbook).cells
    return {place for place, cell in cells.items() if "dataValidation" in cell}


def ticked(workbook: Spreadsheet, place: Place) -> list[Json]:
    """Return what Google does where somebody clicks on a checkbox."""
    start = {"sheetId": laid.on_server(workbook).id, "rowIndex": place[0], "columnIndex": place[1]}
    rows = [{"values": [{"userEnteredValue": {"boolValue": True}}]}]
    return [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}]


@pytest.mark.parametrize("protection", ["warn", "strict", "off"])
def test_staff_can_tick_whatever_the_protection(protection: Protection) -> None:
    tab = replace(with_banner(laid.compliance(NIGHT), "Look here."), protection=protection)
    workbook = laid.written(laid.empty_workbook(), tab)
    workbook.sharing[TEACHER] = "writer"
    for place in (SYNC_NOW, THIS_IS_MEANT):
        laid.carried_out(workbook, ticked(workbook, place), TEACHER)
    if protection == "strict":
        with pytest.raises(ApiError):
            laid.carried_out(workbook, ticked(workbook, (0, 5)), TEACHER)


def test_a_banner_and_its_box_come_and_go() -> None:
    plain = laid.compliance(NIGHT)
    workbook = laid.written(laid.empty_workbook(), plain)
    assert rules(workbook) == {SYNC_NOW}
    workbook = laid.written(workbook, with_banner(plain, "Look here."))
    assert rules(workbook) == {SYNC_NOW, THIS_IS_MEANT}
    workbook = laid.written(workbook, plain)
    assert rules(workbook) == {SYNC_NOW}
    assert laid.requests_for(workbook, plain) == []


def test_a_box_that_goes_along_with_an_inserted_row_is_taken_away() -> None:
    workbook = laid.after_the_first_night(NIGHT)
    laid.insert(workbook, "ROWS", 1)
    assert rules(workbook) == {SYNC_NOW, THIS_IS_MEANT}
    assert rules(laid.night(workbook, NIGHT)) == {SYNC_NOW}


def test_a_box_that_was_deleted_comes_back() -> None:
    workbook = laid.after_the_first_night(NIGHT)
    del laid.on_server(workbook).cells[SYNC_NOW]
    assert rules(laid.night(workbook, NIGHT)) == {SYNC_NOW}


def test_checkboxes_of_staffs_own_stay_in_their_columns() -> None:
    workbook = laid.after_the_first_night(NIGHT)
    rule = {"condition": {"type": "BOOLEAN"}}
    where = area(4, 5, laid.NOTES, laid.NOTES + 1, laid.on_server(workbook).id)
    do(workbook, "setDataValidation", range=where, rule=rule)
    laid.type_in(workbook, {SYNC_NOW: True})
    workbook = laid.night(workbook, NIGHT)
    assert rules(workbook) == {SYNC_NOW, (4, laid.NOTES)}
