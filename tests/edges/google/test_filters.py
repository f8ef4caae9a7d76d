"""The filter over the table stays as people set it; our filter views are known by their ids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.edges.google.filters import filter_requests, first_view_id, table_range, view_requests
from sheets_sync.edges.google.layout import layout_of
from sheets_sync.views.columns import NAMES
from sheets_sync.views.tab import FilterView, OutCell, Style, Tab
from tests.edges.google import laid
from tests.edges.google.laid import ANA, BEN, CAL, DAN, FIRST_LINE, KEY
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.books import do

EVENING = laid.lines(ANA, BEN, CAL)
STATUS, TO_DO, PROVIDER = (NAMES.index(name) for name in ("Status", "What to do", "Provider"))


def workbook() -> Spreadsheet:
    return laid.after_the_first_night(EVENING)


def sent(book: Spreadsheet, tab: Tab) -> list[Json]:
    """Return what would be sent of filter and views."""
    read = laid.our_tab(book, tab.mark)
    layout = layout_of(tab, read)
    moved = bool(layout.requests())
    return [
        *filter_requests(tab, read.id, read.basic_filter, layout.columns, moved=moved),
        *view_requests(tab, read.id, read.filter_views, moved=moved),
    ]


def people_set(book: Spreadsheet, filtered: dict[int, Json], **more: Any) -> None:
    """People filter our tab by some columns."""
    read = laid.our_tab(book)
    assert read.basic_filter is not None
    specs = [{"columnIndex": at, "filterCriteria": criteria} for at, criteria in filtered.items()]
    do(book, "setBasicFilter", filter={**read.basic_filter, "filterSpecs": specs} | more)


def criteria(book: Spreadsheet) -> dict[str, Json]:
    """Return the criteria of the filter by the header of the column."""
    read = laid.our_tab(book)
    assert read.basic_filter is not None
    header = laid.values(book)[FIRST_LINE - 1]
    return {str(header[int(at)]): one for at, one in read.basic_filter.get("criteria", {}).items()}


HIDE_GREEN = {"hiddenValues": ["ON TRACK"]}


def test_the_filter_covers_the_table_and_is_not_sent_again() -> None:
    book = workbook()
    found = laid.our_tab(book).basic_filter
    assert found is not None
    assert (
        found["range"]
        == table_range(laid.compliance(EVENING), laid.on_server(book).id)
        == {
            "sheetId": laid.on_server(book).id,
            "startRowIndex": 2,
            "endRowIndex": 6,
            "startColumnIndex": 0,
            "endColumnIndex": KEY + 1,
        }
    )
    assert sent(book, laid.tonight(book, EVENING)) == []


def test_what_people_filter_stays_and_is_not_sent_again() -> None:
    book = workbook()
    people_set(book, {STATUS: HIDE_GREEN}, sortSpecs=[{"dimensionIndex": 0, "sortOrder": "DESCENDING"}])
    assert sent(book, laid.compliance(laid.lines(CAL, BEN, ANA))) == []


def test_a_filter_that_people_made_wider_is_theirs() -> None:
    book = workbook()
    do(book, "appendDimension", sheetId=laid.on_server(book).id, dimension="COLUMNS", length=2)
    wide = {"sheetId": laid.on_server(book).id, "startRowIndex": 2}
    people_set(book, {KEY + 2: {"hiddenValues": ["x"]}}, range=wide)
    assert sent(book, laid.tonight(book, EVENING)) == []


def test_a_filter_that_people_took_away_is_laid_again() -> None:
    book = workbook()
    do(book, "clearBasicFilter", sheetId=laid.on_server(book).id)
    after = laid.night(book, EVENING)
    assert laid.our_tab(after).basic_filter == laid.our_tab(workbook()).basic_filter


MOVED = [
    ("a line is added", lambda book: None, laid.lines(ANA, DAN, BEN, CAL)),
    ("a column inserted", lambda book: laid.insert(book, "COLUMNS", 1), EVENING),
    ("a column moved", lambda book: (laid.unmerge(book), laid.move(book, "COLUMNS", STATUS, 9)), EVENING),
    ("a row above", lambda book: laid.insert(book, "ROWS", 0), EVENING),
    ("the header deleted", lambda book: laid.delete(book, "ROWS", FIRST_LINE - 1), EVENING),
    ("rows below the table", lambda book: laid.insert(book, "ROWS", FIRST_LINE + 1, 3), EVENING),
]


@pytest.mark.parametrize(("edit", "these"), [case[1:] for case in MOVED], ids=[case[0] for case in MOVED])
def test_what_people_filter_goes_with_its_column(edit: Any, these: laid.Lines) -> None:
    book = workbook()
    people_set(book, {STATUS: HIDE_GREEN, PROVIDER: {"hiddenValues": ["T. Lee"]}})
    edit(book)
    was_there = laid.our_tab(book).basic_filter is not None
    after = laid.night(book, these)
    wanted = {"Status": HIDE_GREEN, "Provider": {"hiddenValues": ["T. Lee"]}}
    assert criteria(after) == (wanted if was_there else {})
    tab = laid.tonight(after, these)
    found = laid.our_tab(after).basic_filter
    assert found is not None
    assert found["range"] == table_range(tab, laid.on_server(after).id)
    assert laid.requests_for(after, tab) == []


def test_what_people_filter_by_a_column_of_their_own_beside_the_table_stays() -> None:
    book = workbook()
    do(book, "appendDimension", sheetId=laid.on_server(book).id, dimension="COLUMNS", length=2)
    wide = {"sheetId": laid.on_server(book).id, "startRowIndex": 2}
    people_set(book, {KEY + 2: HIDE_GREEN, STATUS: HIDE_GREEN}, range=wide)
    these = laid.lines(ANA, DAN, BEN, CAL)
    after = laid.night(book, these)
    found = laid.our_tab(after).basic_filter
    assert found is not None
    assert sorted(found["criteria"], key=int) == [str(STATUS), str(KEY + 2)]
    assert laid.requests_for(after, laid.tonight(after, these)) == []


def test_what_people_filter_by_a_column_that_is_gone_goes_with_it() -> None:
    book = workbook()
    people_set(book, {STATUS: HIDE_GREEN, PROVIDER: HIDE_GREEN})
    laid.delete(book, "COLUMNS", STATUS)
    assert criteria(laid.night(book, EVENING)) == {"Provider": HIDE_GREEN}


def test_a_tab_without_a_table_has_no_filter() -> None:
    book = laid.written(laid.empty_workbook(), laid.problems("C2"))
    assert laid.our_tab(book, "problems").basic_filter is not None
    after = laid.written(book, laid.problems())
    assert laid.our_tab(after, "problems").basic_filter is None
    assert sent(after, laid.problems()) == []


def views(book: Spreadsheet) -> dict[str, int]:
    """Return the ids of our tab's filter views by their titles."""
    return {one["title"]: one["filterViewId"] for one in laid.our_tab(book).filter_views}


def providers(*names: str) -> laid.Lines:
    rows = zip(laid.lines(ANA, BEN, CAL, DAN).items(), names, strict=False)
    return {key: row | {"provider": name} for (key, row), name in rows}


def test_there_is_a_view_of_what_is_to_do_and_one_a_provider() -> None:
    book = laid.after_the_first_night(providers("J. Rivera", "T. Lee", "J. Rivera"))
    first = first_view_id(laid.on_server(book).id)
    assert views(book) == {"To do": first, "J. Rivera": first + 1, "T. Lee": first + 2}


def test_a_view_keeps_its_id_whoever_comes_and_goes() -> None:
    book = laid.after_the_first_night(providers("J. Rivera", "T. Lee", "W. Park"))
    before = views(book)
    fewer = laid.night(book, providers("A. Adams", "W. Park"))
    assert views(fewer)["W. Park"] == before["W. Park"]
    assert set(views(fewer)) == {"To do", "A. Adams", "W. Park"}
    again = laid.night(fewer, providers("J. Rivera", "T. Lee", "W. Park"))
    assert set(views(again)) == set(before)
    assert len(set(views(again).values())) == len(before)


def test_views_that_people_made_or_changed() -> None:
    book = workbook()
    sheet_id = laid.on_server(book).id
    first = first_view_id(sheet_id)
    where = {"sheetId": sheet_id, "startRowIndex": 2}
    theirs = {"filterViewId": 5, "title": "To do", "range": where}
    do(book, "addFilterView", filter=theirs)
    for change in ({"title": "Mine"}, {"range": {"sheetId": sheet_id, "endRowIndex": 4}}):
        do(book, "updateFilterView", filter={"filterViewId": first} | change, fields=next(iter(change)))
    do(book, "deleteFilterView", filterId=first + 1)
    after = laid.night(book, EVENING)
    kept = {one["filterViewId"]: one for one in laid.our_tab(after).filter_views}
    assert kept[5]["title"] == "To do"
    ours = {one["title"]: one for at, one in kept.items() if at != 5}
    assert set(ours) == {"To do", "J. Rivera"}
    assert ours["To do"]["range"]["endRowIndex"] == 6
    assert sent(after, laid.tonight(after, EVENING)) == []


def shown_rows(tab: Tab, view: FilterView) -> list[int]:
    """Return the rows of the table that a view of the tab would show on Google."""
    tab = replace(tab, filter_views=(view,))
    book = laid.written(laid.empty_workbook(), tab)
    read = laid.our_tab(book)
    (found,) = read.filter_views
    do(book, "setBasicFilter", filter={name: found[name] for name in ("range", "filterSpecs")})
    hidden = {row for row, one in laid.on_server(book).rows.items() if one.get("hiddenByFilter")}
    return [row for row in range(FIRST_LINE, len(tab.rows)) if row not in hidden]


def with_providers(*names: str | None) -> Tab:
    tab = laid.compliance(EVENING)
    rows = [
        (*cells[:PROVIDER], OutCell(name, Style.WRAP), *cells[PROVIDER + 1 :])
        for cells, name in zip(tab.rows[FIRST_LINE:], names, strict=True)
    ]
    return replace(tab, rows=(*tab.rows[:FIRST_LINE], *rows))


NAMES_OF_PROVIDERS = ["J. Rivera", "=1+1", "+49", "-", "@x", "'x", "0012", "TRUE", "Lee, T.", "*", "J?", "~"]


@pytest.mark.parametrize("name", NAMES_OF_PROVIDERS)
def test_a_view_shows_the_lines_of_a_provider_and_no_others(name: str) -> None:
    tab = with_providers(name, "somebody else", name)
    assert shown_rows(tab, FilterView("v", PROVIDER, name)) == [FIRST_LINE, FIRST_LINE + 2]


@settings(max_examples=40, deadline=None)
@given(st.text("=+-@ '\u00a0\tab1", min_size=1, max_size=6))
def test_nothing_in_a_view_is_a_formula(name: str) -> None:
    """Google takes a value of a condition for a formula where it begins like one."""
    tab = replace(with_providers(name, "a", "b"), filter_views=(FilterView("v", PROVIDER, name),))
    (request,) = view_requests(tab, 5, (), moved=False)
    criteria = request["addFilterView"]["filter"]["filterSpecs"][0]["filterCriteria"]
    values = criteria.get("condition", {}).get("values", [])
    assert not [one for one in values if one["userEnteredValue"].strip().startswith(("=", "+"))]
    assert values or criteria["hiddenValues"] == sorted({"a", "b"} - {name})


def test_a_view_of_cells_that_are_not_blank() -> None:
    tab = with_providers("a", None, "=b")
    assert shown_rows(tab, FilterView("v", PROVIDER)) == [FIRST_LINE, FIRST_LINE + 2]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8).filter(str.strip), max_size=6))
def test_views_of_any_names_are_not_sent_again(names: list[str]) -> None:
    tab = replace(laid.compliance(EVENING), filter_views=tuple(FilterView(n, PROVIDER, n) for n in names))
    book = workbook()
    read = laid.our_tab(book)
    after = laid.carried_out(book, list(view_requests(tab, read.id, read.filter_views, moved=False)))
    assert list(view_requests(tab, read.id, laid.our_tab(after).filter_views, moved=False)) == []
