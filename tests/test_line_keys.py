"""Keys and "since" from night to night: by the state, and by the tab where there is no state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sheets_sync.config import Config
from sheets_sync.line_keys import keys_of_tonight, records_of_tonight, removed_lately
from sheets_sync.staff_columns import StaffColumns, StaffRow
from sheets_sync.state import LineRecord, State
from sheets_sync.understand import Understood, understand
from tests.small_school import TODAY, MemoryWorkbook, Rows, small_school

TOMORROW = date(2025, 10, 21)


def night(tabs: dict[str, Rows], lines: tuple[LineRecord, ...] = ()) -> Understood:
    return understand(MemoryWorkbook(tabs).read(), State(lines), Config(), TODAY)


def remembered(
    seen: Understood, day: date = TODAY, before: tuple[LineRecord, ...] = ()
) -> tuple[LineRecord, ...]:
    return records_of_tonight(seen.ledger, seen.assigned, before, day)


def test_a_line_keeps_its_key_and_the_date_since_which_it_is_so() -> None:
    first = night(small_school())
    lines = remembered(first)
    again = night(small_school(), lines)
    assert again.keys == first.keys
    assert [line.since for line in remembered(again, TOMORROW, lines)] == [TODAY]


def test_another_status_begins_today() -> None:
    lines = tuple(replace(line, status="ON TRACK") for line in remembered(night(small_school())))
    again = night(small_school(), lines)
    assert [(line.status, line.since) for line in remembered(again, TOMORROW, lines)] == [
        ("MAKE-UP OWED", TOMORROW)
    ]


def test_a_line_that_leaves_is_removed_and_gets_its_key_again_when_it_comes_back() -> None:
    first = night(small_school())
    lines = remembered(first)
    other = small_school()
    other["Service Grid"][1] = ["Ana R.", "Reading", "1 x 30 min / week", "T. Lee", date(2025, 9, 1)]
    second = night(other, lines)
    after = remembered(second, TOMORROW, lines)
    assert second.keys != first.keys
    assert [(line.key, line.status, line.since) for line in after][1:] == [
        (first.keys[0], "REMOVED", TOMORROW)
    ]
    assert night(small_school(), after).keys == first.keys


def test_whose_line_left_the_grid_is_known_for_sixty_days() -> None:
    lines = remembered(night(small_school()))
    gone = tuple(replace(line, status="REMOVED", since=TODAY) for line in lines)
    assert removed_lately(lines, TODAY) == frozenset()
    assert removed_lately(gone, TODAY + timedelta(days=60)) == {"Ana R."}
    assert removed_lately(gone, TODAY + timedelta(days=61)) == frozenset()


def twins() -> dict[str, Rows]:
    """Two lines that differ in nothing but who gives them."""
    tabs = small_school()
    grid = tabs["Service Grid"]
    grid.append([*grid[1][:3], "K. Olsen", *grid[1][4:]])
    return tabs


def test_twins_keep_their_keys_whatever_the_tab_shows_beside_them() -> None:
    first = night(twins())
    lines = remembered(first)
    rivera, olsen = first.keys
    assert rivera != olsen
    shown = {"Student": "Ana R.", "Service": "Speech therapy", "Required": "2 x 30 min / week"}
    for providers in (("K. Olsen", "J. Rivera"), ("x", "x"), (None, None)):
        rows = {
            key: StaffRow(key, notes=f"{key}'s", figures=shown | {"Provider": provider})
            for key, provider in zip(first.keys, providers, strict=True)
        }
        assert keys_of_tonight(first.ledger, lines, StaffColumns(rows)).keys == (rivera, olsen)


def test_without_a_state_the_tab_says_which_line_a_key_stood_for() -> None:
    seen = night(small_school())
    figures = {"Student": "Ana R.", "Service": "Speech therapy", "Group": None, "Provider": "J. Rivera"}
    staff = StaffColumns(rows={"bcdfghjk": StaffRow("bcdfghjk", notes="mine", figures=figures)})
    assert keys_of_tonight(seen.ledger, (), staff).keys == ("bcdfghjk",)
