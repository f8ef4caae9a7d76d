"""Which tabs the daemon watches for changes by day."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.boxes import Boxes
from sheets_sync.config import Config, DaemonConfig, Names
from sheets_sync.daemon.watched_tabs import LookAtThose, watched_tabs
from sheets_sync.ports import Peek


class Workbook:
    """A workbook with these tabs; a look at one that is missing shows no digest at all."""

    def __init__(self, *tabs: str) -> None:
        self.tabs = dict.fromkeys(tabs, "as it was")
        self.looks = 0

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        self.looks += 1
        there = all(tab in self.tabs for tab in tabs)
        return Peek(Boxes(), " ".join(self.tabs[tab] for tab in tabs) if there else "")


def test_none_unless_changes_by_day_are_told() -> None:
    assert watched_tabs(Config()) == ()


def test_by_the_names_that_they_have_in_this_workbook() -> None:
    config = Config(daemon=DaemonConfig(same_day=True), names=Names(tabs={"Schedule": "Plan 25-26"}))
    assert watched_tabs(config) == ("Plan 25-26", "Calendar", "Staff")


def test_without_a_calendar_the_others_are_watched_with_one_look_a_time() -> None:
    book = Workbook("Schedule", "Staff")
    look = LookAtThose(book, ("Schedule", "Calendar", "Staff"))
    before, book.looks = look().digest, 0
    book.tabs["Staff"] = "somebody is away"
    assert look().digest not in ("", before)
    assert book.looks == 1


def test_a_tab_that_is_deleted_is_given_up_and_the_others_go_on() -> None:
    book = Workbook("Schedule", "Staff")
    look = LookAtThose(book, ("Schedule", "Calendar", "Staff"))
    look()
    del book.tabs["Staff"]
    assert [bool(look().digest) for _ in range(3)] == [False, True, True]
