"""What `check` says of the tabs that are no lists."""

from __future__ import annotations

from sheets_sync.checks import layouts_in_words
from sheets_sync.tables import SheetRead

BOOK = "a plan book: 1 week"


def test_a_plan_book_is_named_once_though_it_is_two_tabs_and_a_list_not_at_all() -> None:
    week, listed = SheetRead("Week 9-8", layout=BOOK), SheetRead("Log")
    assert layouts_in_words([week, listed, week]) == '; "Week 9-8" is read as a plan book: 1 week'


def test_tabs_that_may_be_called_by_a_child_are_counted() -> None:
    tabs = [SheetRead(f"Zed {n}", layout=BOOK, outside="the tab of somebody (Schedule)") for n in range(3)]
    said = "; the tab of somebody (Schedule) is read as a plan book: 1 week (3 such tabs)"
    assert layouts_in_words(tabs) == said
