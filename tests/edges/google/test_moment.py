"""The workbook as it stood when it was read."""

from __future__ import annotations

from sheets_sync.edges.google.moment import NO_CELL, CellAtRead, Moment, TabAtRead


def moment(*tabs: TabAtRead) -> Moment:
    return Moment("Services", "America/New_York", tabs)


def test_a_cell_that_was_not_mentioned_is_blank() -> None:
    tab = TabAtRead(5, "Compliance", 0, cells=((CellAtRead("a"),), (), (CellAtRead("b"), CellAtRead("c"))))
    assert tab.cell(0, 0).value == "a"
    assert tab.cell(2, 1).value == "c"
    assert [tab.cell(*place) for place in ((0, 1), (1, 0), (9, 9))] == [NO_CELL] * 3


def test_of_two_tabs_with_one_mark_the_first_is_ours() -> None:
    first, second = (TabAtRead(at, f"Tab {at}", at, mark="compliance") for at in (3, 4))
    assert moment(TabAtRead(0, "Caseload", 2), first, second).ours == {"compliance": first}


def test_a_tab_is_found_by_its_title_in_any_letters() -> None:
    tab = TabAtRead(5, "Straße", 0)
    assert moment(tab).named("STRASSE") is tab
    assert moment(tab).named("Strass") is None
