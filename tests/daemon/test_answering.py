"""A tick in the box "Sync now": a run at once, but never a storm of runs that change nothing."""

from __future__ import annotations

from itertools import pairwise

from sheets_sync.daemon.answering import Answering


def runs_for(minutes: int, ticked: list[bool] | None = None) -> list[int]:
    """Look every three minutes; return the minutes at which a run was started, each of which takes none."""
    answering, started = Answering(), []
    for number, minute in enumerate(range(0, minutes, 3)):
        box = ticked[number] if ticked else True
        answering = answering.looked(box)
        if answering.wants_a_run(box, minute * 60.0):
            started.append(minute)
            answering = answering.answered(minute * 60.0)
    return started


def test_a_tick_is_answered_at_once() -> None:
    assert runs_for(6, [True, False]) == [0]


def test_without_a_tick_nothing_is_run() -> None:
    assert runs_for(9, [False, False, False]) == []


def test_who_ticks_again_is_answered_again_at_the_next_look() -> None:
    assert runs_for(12, [True, True, False, True]) == [0, 3, 9]


def test_a_box_that_nothing_unticks_is_answered_ever_more_rarely() -> None:
    """A tab that cannot be written: nine runs in five hours, then one every two hours and forty minutes."""
    started = runs_for(24 * 60)
    assert started[:9] == [0, 3, 6, 12, 24, 45, 87, 168, 330]
    assert {later - earlier for earlier, later in pairwise(started[8:])} == {162}
