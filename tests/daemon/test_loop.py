"""Whole days of the daemon, without processes: what it starts, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

import pytest

from sheets_sync.config import Config, DaemonConfig
from sheets_sync.daemon.looking import AT_ONCE
from sheets_sync.daemon.ticker import EVERY
from sheets_sync.daemon.world import Place
from sheets_sync.problems import RunFailed, WrongUse
from tests.daemon.house import House, Run, house

SAME_DAY = Config(daemon=DaemonConfig(same_day=True))


def times(here: House, name: str = "Maple.xlsx") -> list[str]:
    return [when for when, book, _ in here.started if book == name]


def test_a_week_of_nights() -> None:
    here = house("2025-11-20 00:00")  # a Thursday
    here.live(here.daemon(), days=4)
    assert times(here) == ["Thu 05:00", "Fri 05:00", "Sat 05:00", "Sun 05:00"]
    assert {words for _, _, words in here.started} == {"sync"}


def test_a_daemon_that_was_off_for_three_nights_makes_them_up_once() -> None:
    here = house("2025-11-20 00:00")
    here.live(here.daemon(), hours=6)
    here.sleep(days=3, hours=5)
    here.live(here.daemon(), hours=20)
    assert times(here) == ["Thu 05:00", "Sun 11:00", "Mon 05:00"]


def test_one_that_is_restarted_knows_what_was_done() -> None:
    here = house("2025-11-20 04:00")
    for _ in range(10):
        here.live(here.daemon(), hours=1)
    assert times(here) == ["Thu 05:00"]


def test_and_how_often_it_failed() -> None:
    here = house("2025-11-20 05:00")
    here.books["Maple.xlsx"].codes = [1] * 20
    for _ in range(18):
        here.live(here.daemon(), minutes=20)
    assert len(here.started) == 7


@pytest.mark.parametrize("code", [1, 2, 9])
def test_a_run_that_fails_is_tried_seven_times(code: int) -> None:
    """Whether it is remembered (1) or not: a configuration that the run refuses (2), a crash."""
    here = house("2025-11-20 04:59")
    here.books["Maple.xlsx"].codes = [code] * 20
    here.live(here.daemon(), hours=19)
    assert len(here.started) == 7
    assert "Maple.xlsx: given up for this night; the next run is at 2025-11-21 05:00" in here.said


def test_several_workbooks_run_one_after_another_each_at_its_hour() -> None:
    here = house("2025-11-20 04:00", "Maple.xlsx", "Oak.xlsx")
    here.add("Elm.xlsx", Config(daemon=DaemonConfig(run_at=time(6, 30))))
    here.books["Maple.xlsx"].codes = [1]
    here.live(here.daemon(), hours=4)
    assert [(when, name) for when, name, _ in here.started] == [
        ("Thu 05:00", "Maple.xlsx"),
        ("Thu 05:00", "Oak.xlsx"),
        ("Thu 05:05", "Maple.xlsx"),
        ("Thu 06:30", "Elm.xlsx"),
    ]


# Sync now


def test_a_tick_is_answered_within_five_minutes() -> None:
    here = house("2025-11-20 09:00")
    daemon = here.daemon()
    here.live(daemon, minutes=10)
    for second in range(0, 300, 35):
        here.live(daemon, minutes=7, seconds=second)
        before, ticked = len(here.started), here.clock
        here.books["Maple.xlsx"].ticked = True
        while len(here.started) == before:
            here.live(daemon, seconds=5)
        assert here.clock - ticked < timedelta(minutes=4)
        assert not here.books["Maple.xlsx"].ticked


def test_a_workbook_that_looks_wrong_waits_for_a_tick() -> None:
    here = house("2025-11-20 04:59")
    book = here.books["Maple.xlsx"]
    book.codes = [3]
    daemon = here.daemon()
    here.live(daemon, hours=4)
    assert times(here) == ["Thu 05:00"]
    book.ticked = True
    here.live(daemon, hours=1)
    assert len(here.started) == 2


def test_a_tick_that_nothing_answers_makes_no_storm() -> None:
    here = house("2025-11-20 06:00")
    book = here.books["Maple.xlsx"]
    book.ticked, book.codes = True, [1] * 100
    here.live(here.daemon(), hours=17)
    assert 10 < len(here.started) < 20


def test_a_network_that_is_gone_is_logged_once_and_looked_for_ever_more_rarely() -> None:
    here = house("2025-11-20 06:00")
    book, daemon = here.books["Maple.xlsx"], here.daemon()
    here.live(daemon, minutes=30)
    book.broken, book.looks = RunFailed("Google cannot be reached."), 0
    here.live(daemon, hours=10)
    assert book.looks <= 23
    book.broken, book.ticked = None, True
    here.live(daemon, minutes=31)
    told = [line for line in here.said if "looked at" in line]
    assert told == [
        "Maple.xlsx: cannot be looked at: Google cannot be reached.",
        "Maple.xlsx: can be looked at again",
    ]
    assert len(here.started) == 2


@pytest.mark.parametrize("number", [1, 10, 60, 120])
def test_the_looks_stay_under_googles_quota_whatever_the_number_of_workbooks(number: int) -> None:
    """60 reads a minute are allowed; the looks take at most 24, the rest is for runs."""
    here = house("2025-11-20 03:00", *(f"{name}.xlsx" for name in range(number)))
    daemon, worst = here.daemon(), 0
    for _ in range(30):
        before = sum(book.looks for book in here.books.values())
        here.live(daemon, minutes=1)
        worst = max(worst, sum(book.looks for book in here.books.values()) - before)
    assert worst <= 60 // EVERY * AT_ONCE <= 30
    assert min(book.looks for book in here.books.values()) >= 30 / max(3, number / 24) - 2


def test_one_look_that_fails_in_an_unknown_way_stops_no_other() -> None:
    here = house("2025-11-20 09:00", "Maple.xlsx", "Oak.xlsx")
    here.books["Maple.xlsx"].look = lambda: 1 / 0  # type: ignore[method-assign, return-value, assignment]
    here.books["Oak.xlsx"].ticked = True
    here.live(here.daemon(), minutes=5)
    assert times(here, "Oak.xlsx") != []
    assert "Maple.xlsx: cannot be looked at: the look itself failed (ZeroDivisionError)" in here.said


# A change by day


def test_a_change_of_the_schedule_is_told_the_same_day() -> None:
    here = house("2025-11-20 08:00", config=SAME_DAY)
    daemon = here.daemon()
    here.live(daemon, minutes=30)
    here.started.clear()
    here.books["Maple.xlsx"].digest = "moved"
    here.live(daemon, hours=4)
    assert [words for _, _, words in here.started] == ["sync --same-day"]
    assert "Thu 08:35" <= times(here)[0] < "Thu 09:30"


def test_a_nights_run_leaves_nothing_to_tell() -> None:
    here = house("2025-11-20 03:00", config=SAME_DAY)
    daemon = here.daemon()
    here.live(daemon, minutes=30)
    here.books["Maple.xlsx"].digest = "moved"
    here.live(daemon, hours=8)
    assert times(here) == ["Thu 05:00"]


def minute_of(when: str) -> int:
    hours, minutes = when.split()[1].split(":")
    return int(hours) * 60 + int(minutes)


@pytest.mark.parametrize("of_the_change", [0, 1, 2, 3, 4, 5])
def test_a_change_told_by_day_is_no_nights_run(of_the_change: int) -> None:
    """The file was open in Excel all morning. Its sessions of today are told; the night's mails are not, and
    each try of the night comes when it would have come without the change, however the other ended."""
    here = house("2025-11-20 06:55", config=Config(daemon=DaemonConfig(same_day=True, run_at=time(7, 10))))
    book, daemon = here.books["Maple.xlsx"], here.daemon()
    book.codes = [1, 1, 1, of_the_change, 0]
    here.live(daemon, minutes=31)
    book.digest = "moved"
    here.live(daemon, hours=6)
    found = [minute_of(when) for when, _, words in here.started if words == "sync"][:4]
    planned = [minute_of(when) for when in ("Thu 07:10", "Thu 07:15", "Thu 07:25", "Thu 07:45")]
    assert all(0 <= when - plan <= 1 for when, plan in zip(found, planned, strict=True))
    assert here.started[3][2] == "sync --same-day"


# Mails that wait


def test_mails_that_wait_are_tried_again_when_their_time_has_come() -> None:
    here = house("2025-11-20 08:00")
    book, daemon = here.books["Maple.xlsx"], here.daemon()
    here.live(daemon, minutes=10)
    here.started.clear()
    book.next_mail = here.clock + timedelta(minutes=20)
    here.live(daemon, hours=1)
    assert [(when, words) for when, _, words in here.started] == [("Thu 08:30", "outbox --retry")]


def test_and_not_for_ever_at_once_where_that_comes_to_nothing() -> None:
    here = house("2025-11-20 08:00")
    book, daemon = here.books["Maple.xlsx"], here.daemon()
    here.live(daemon, minutes=10)
    here.started.clear()
    book.next_mail, book.codes = here.clock, [1] * 100
    here.live(daemon, hours=6)
    assert 5 <= len(here.started) <= 8


# A configuration that is changed


def test_a_wrong_configuration_stops_all_runs_until_it_is_mended() -> None:
    here = house("2025-11-20 04:00")
    daemon = here.daemon()
    here.wrong, here.settings = WrongUse("c.toml: run_at is wrong\nc.toml: [mial] is no section"), 1
    here.live(daemon, hours=4)
    assert here.started == []
    assert here.said.count("c.toml: run_at is wrong") == 1
    here.wrong, here.settings = None, 2
    here.live(daemon, minutes=5)
    assert times(here) == ["Thu 08:00"]


def test_an_hour_that_is_changed_holds_from_then_on() -> None:
    here = house("2025-11-20 04:00")
    daemon = here.daemon()
    here.live(daemon, minutes=5)
    book = here.books["Maple.xlsx"]
    book.config = replace(book.config, daemon=DaemonConfig(run_at=time(7)))
    here.settings = 1
    here.live(daemon, hours=4)
    assert times(here) == ["Thu 07:00"]


def test_reread_reads_it_though_its_file_is_the_same() -> None:
    here = house("2025-11-20 04:00")
    daemon = here.daemon()
    daemon.reread()
    here.live(daemon, minutes=1)
    assert "the configuration was read again" in here.said


# What goes wrong in the daemon itself


def test_a_state_that_cannot_be_read_is_said_once_and_what_was_known_of_it_stands() -> None:
    here = house("2025-11-20 04:00")
    book, daemon = here.books["Maple.xlsx"], here.daemon()
    here.live(daemon, hours=2)
    book.unreadable = RunFailed("The state file is damaged.")
    here.live(daemon, hours=2)
    assert times(here) == ["Thu 05:00"]
    assert here.said.count("Maple.xlsx: The state file is damaged.") == 1


def test_a_fault_of_its_own_is_no_end_and_no_storm() -> None:
    here = house("2025-11-20 04:59")
    here.start = lambda *_: [][0]  # type: ignore[method-assign]
    here.live(here.daemon(), hours=1)
    faults = [line for line in here.said if "itself failed (IndexError)" in line]
    assert len(faults) == 12


def test_a_machine_that_starts_no_process_is_said_and_tried_again() -> None:
    here = house("2025-11-20 05:00")
    real, refused = here.start, list[str]()

    def refuses_twice(place: Place, words: Sequence[str], now: float) -> Run:
        if len(refused) < 2:
            refused.append(place.name)
            raise OSError(12, "Cannot allocate memory")
        return real(place, words, now)

    here.start = refuses_twice  # type: ignore[method-assign]
    here.live(here.daemon(), minutes=20)
    told = "Maple.xlsx: no run can be started (Cannot allocate memory); tried again in five minutes"
    assert here.said.count(told) == 2
    assert times(here) == ["Thu 05:10"]


def test_asked_to_stop_it_asks_the_run_under_way() -> None:
    here = house("2025-11-20 04:59")
    here.lasts = None
    daemon = here.daemon()
    here.live(daemon, minutes=5)
    assert not daemon.stopped()
    daemon.ask_to_stop()
    assert daemon.stopped()


def test_a_run_that_was_killed_is_remembered_for_it() -> None:
    here = house("2025-11-20 04:59")
    book = here.books["Maple.xlsx"]
    book.codes = [-9]
    real = here.start

    def unrecorded(*given):  # type: ignore[no-untyped-def]
        run = real(*given)
        if run.code == -9:
            book.remembered.pop()
        return run

    here.start = unrecorded  # type: ignore[method-assign]
    here.live(here.daemon(), minutes=10)
    assert [(run.outcome, run.exit_code, run.error) for run in book.remembered] == [
        ("failed", 1, "was ended by signal 9"),
        ("", 0, ""),
    ]
