"""The watch over a run: it is ended in time with its step named, and stops when asked, whatever hangs."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from sheets_sync import watch as watch_module
from sheets_sync.problems import SheetsSyncError, Stopped
from sheets_sync.watch import Watch

WHOLE = frozenset({"Delivering the mails"})


class Told:
    """Takes what a watch says, and notes that it ended the process."""

    def __init__(self) -> None:
        self.why: list[str] = []
        self.codes: list[int] = []
        self.over = threading.Event()

    def give_up(self, error: SheetsSyncError | Stopped) -> None:
        self.why.append(error.what)

    def end(self, code: int) -> None:
        self.codes.append(code)
        self.over.set()

    def watch(self, deadline: float = 60) -> Watch:
        return Watch(deadline, WHOLE, self.give_up, end=self.end)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("GRACE", 0.1), ("STOP_WITHIN", 0.3), ("LAST_WORDS", 0.5)):
        monkeypatch.setattr(watch_module, name, seconds)


def test_a_run_that_ends_in_time_hears_nothing() -> None:
    told = Told()
    before = signal.getsignal(signal.SIGTERM)
    watch = told.watch()
    with watch.watching():
        watch.step("Reading the workbook")
    assert (told.why, told.codes) == ([], [])
    assert signal.getsignal(signal.SIGTERM) == before
    assert threading.active_count() == 1 or not any(
        "_look" in str(thread) for thread in threading.enumerate()
    )


def test_a_run_that_hangs_is_given_up_and_its_step_is_named() -> None:
    told = Told()
    watch = told.watch(deadline=0.2)
    with watch.watching():
        watch.step("Reading the workbook again: somebody edited it")
        assert told.over.wait(5)
    assert told.why == ["The run was given up after 0.2 seconds, while reading the workbook again."]
    assert told.codes == [1]


def test_a_run_that_was_given_up_begins_no_further_step() -> None:
    told = Told()
    watch = Watch(0.1, WHOLE, lambda _: time.sleep(0.3), end=told.end)
    with watch.watching():
        time.sleep(0.3)
        watch.step("Writing the tabs")
        assert told.codes == [1]


@pytest.mark.parametrize(
    ("seconds", "words"), [(1200, "20 minutes"), (60, "1 minute"), (90, "90 seconds"), (1, "1 second")]
)
def test_a_deadline_in_words(seconds: float, words: str) -> None:
    assert watch_module._length(seconds) == words


def test_who_hangs_while_it_is_told_is_ended_all_the_same() -> None:
    told = Told()
    watch = Watch(0.1, WHOLE, lambda _: time.sleep(30), end=told.end)
    with watch.watching():
        assert told.over.wait(5)
    assert told.codes == [1]


def asked_to_stop(number: signal.Signals, do: Callable[[], None]) -> Told:
    """Send a signal to this process a moment after `do` began, under a watch."""
    told = Told()
    watch = told.watch()
    threading.Timer(0.1, os.kill, (os.getpid(), number)).start()
    with watch.watching():
        watch.step("Counting")
        do()
    return told


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_what_can_be_left_at_once(number: signal.Signals) -> None:
    begun = time.monotonic()
    with pytest.raises(Stopped, match="Stopped while counting"):
        asked_to_stop(number, lambda: time.sleep(20))
    assert time.monotonic() - begun < 5


def test_what_is_whole_is_finished_and_the_run_stops_at_the_next_step() -> None:
    told = Told()
    watch = told.watch()
    done = []

    def deliver() -> None:
        for mail in range(5):
            watch.step("Delivering the mails")
            time.sleep(0.15)
            done.append(mail)

    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
    with pytest.raises(Stopped, match="Stopped while delivering the mails"), watch.watching():
        deliver()
    assert done == [0]
    assert told.codes == []


def test_what_is_whole_and_does_not_end_is_given_up() -> None:
    told = Told()
    watch = told.watch()
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
    with watch.watching():
        watch.step("Delivering the mails")
        assert told.over.wait(5)
    assert told.why == ["Stopped while delivering the mails."]
    assert told.codes == [1]


def test_a_second_signal_does_not_disturb_what_is_remembered_of_the_first() -> None:
    told = Told()
    watch = told.watch()
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
    remembered = False
    with watch.watching():
        watch.step("Counting")
        try:
            time.sleep(20)
        except Stopped:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.05)
            remembered = True
    assert remembered
