"""Ends a run that lasts too long or is to stop, whatever it hangs in (promises.md, 14 and 15).

A thread looks at the clock, as a main thread that hangs in a library or in the disk looks at nothing any
more: then it says in which step the run stood, and ends the process. What SQLite had not committed it takes
back by itself, and a lock that was held is free.
"""

from __future__ import annotations

import faulthandler
import os
import select
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

from sheets_sync.problems import RunFailed, SheetsSyncError, Stopped

GRACE = 10.0
"""Seconds after the deadline in which what knows the deadline itself, as the requests to Google do, can say
so, and the administrator be told."""

STOP_WITHIN = 20.0
"""Seconds in which a run that is to stop has to end by itself."""

LAST_WORDS = 8.0
"""Seconds in which a run that is given up is remembered and told, before the process ends."""

GIVEN_UP = 1
"""The exit code."""

GiveUp = Callable[[SheetsSyncError | Stopped], None]


class Watch:
    """Knows what a run is doing, and ends it in time; for the main thread, one run at a time.

    `step` takes what is being done, in words ("Reading the workbook"); each call is a safe place to stop.
    What is named in `whole` is not interrupted by SIGTERM or Ctrl-C: such a run stops at the next step, or,
    where none comes within STOP_WITHIN, is given up. `deadline` is in seconds from now. `give_up` is told
    why, in another thread, and has LAST_WORDS.
    """

    def __init__(
        self,
        deadline: float,
        whole: frozenset[str],
        give_up: GiveUp,
        *,
        end: Callable[[int], Any] = os._exit,
    ) -> None:
        self._deadline = deadline
        self._until = monotonic() + deadline + GRACE
        self._whole = whole
        self._give_up = give_up
        self._end = end
        self._doing = "starting"
        self._is_whole = False
        self._is_asked = self._has_stopped = False
        self._over = threading.Lock()
        self._ended = threading.Event()

    def step(self, words: str) -> None:
        """Note what is done from now on. Raises Stopped where the run is to stop.

        Nothing is begun any more by a run that was given up: this then waits for the end of the process.
        """
        self._is_whole = True
        if self._over.locked():
            self._ended.wait()
        self._stop_if_asked()
        self._doing = words[:1].lower() + words[1:].partition(":")[0]
        self._is_whole = words in self._whole
        self._stop_if_asked()

    @property
    def is_asked_to_stop(self) -> bool:
        """Whether SIGTERM or Ctrl-C came, however the run then ended."""
        return self._is_asked

    def _stop_if_asked(self) -> None:
        if self._is_asked and not self._has_stopped:
            self._has_stopped = True
            raise self._stopped()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch what is done within. Raises Stopped, there, on SIGTERM and Ctrl-C."""
        ours, theirs = socket.socketpair()
        thread = threading.Thread(target=self._look, args=(ours,), daemon=True)
        with ours, theirs, self._signals_of(theirs), self._last_resort():
            thread.start()
            try:
                yield
            finally:
                self._is_whole = True
                if not self._over.acquire(blocking=False):
                    thread.join()
                theirs.sendall(b"\0")
                thread.join()

    @contextmanager
    def _last_resort(self) -> Iterator[None]:
        """End the process without a word where the thread gets no turn: a library holds Python itself."""
        with open(os.devnull, "w") as nowhere:
            seconds = self._until - monotonic() + LAST_WORDS + GRACE
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            try:
                yield
            finally:
                faulthandler.cancel_dump_traceback_later()

    @contextmanager
    def _signals_of(self, wake: socket.socket) -> Iterator[None]:
        """Have SIGTERM and SIGINT handled here; `wake` hears of them even while the main thread hangs."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wake.setblocking(False)
        numbers = (signal.SIGTERM, signal.SIGINT)
        before = [signal.signal(number, self._asked_to_stop) for number in numbers]
        woken = signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(woken)
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _asked_to_stop(self, number: int, frame: object) -> None:
        self._is_asked = True
        if not self._is_whole:
            self._stop_if_asked()

    def _stopped(self) -> Stopped:
        return Stopped(f"Stopped while {self._doing}.")

    def _look(self, wake: socket.socket) -> None:
        """Wait for the end, for a signal, for the time to be over; only the last of them does something."""
        stopping = False
        while True:
            ready, _, _ = select.select([wake], [], [], max(0.0, self._until - monotonic()))
            if not ready:
                break
            said = wake.recv(64)
            if b"\0" in said or not said:
                return
            if not stopping and {signal.SIGTERM, signal.SIGINT} & set(said):
                stopping = True
                self._until = min(self._until, monotonic() + STOP_WITHIN)
        if self._over.acquire(blocking=False):
            self._say_last_words(self._stopped() if stopping else self._too_long())
            self._end(GIVEN_UP)
            self._ended.set()

    def _too_long(self) -> RunFailed:
        return RunFailed(
            f"The run was given up after {_length(self._deadline)}, while {self._doing}.",
            "Run again. If it stays, look what holds it up there, or give it more time: [daemon] deadline.",
        )

    def _say_last_words(self, why: SheetsSyncError | Stopped) -> None:
        def speak() -> None:
            with suppress(Exception):
                self._give_up(why)

        speaking = threading.Thread(target=speak, daemon=True)
        speaking.start()
        speaking.join(LAST_WORDS)


def _length(seconds: float) -> str:
    """Return "20 minutes", "1 minute", "90 seconds"."""
    number, unit = (seconds / 60, "minute") if seconds % 60 == 0 else (seconds, "second")
    return f"{number:g} {unit}{'' if number == 1 else 's'}"
