"""Staying under Google's quota before Google has to say so: 60 reads and 60 writes a minute for one user,
300 and 300 for a project (https://developers.google.com/workspace/sheets/api/limits).

A request counts from its answer: Google counted it at some moment between its sending and that, so the
61st that is sent a minute after the answer to the 1st shares no minute with it, wherever Google's minutes
begin and however slow the network is. One process keeps to it by itself; several at once share a quota
without knowing of each other, and are told 429 and wait (retries.py).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from sheets_sync.edges.google.machine import Machine

Kind = Literal["read", "write"]

MINUTE = 60.0
MARGIN = 0.1
"""Seconds that this machine's clock may run ahead of Google's within a minute."""
USER_LIMIT = 60
PROJECT_LIMIT = 300
_BUSY = 0.05
_LEAST = 0.001


class Window:
    """What was asked within the last minute, against one limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._answered: deque[float] = deque(maxlen=limit)
        self._under_way = 0

    def wait(self, now: float) -> float:
        """Return the seconds until one more may be sent."""
        free = self._limit - self._under_way
        if free <= 0:
            return _BUSY
        if len(self._answered) < free:
            return 0.0
        return max(0.0, self._answered[-free] + MINUTE + MARGIN - now)

    def send(self) -> None:
        self._under_way += 1

    def answer(self, now: float) -> None:
        self._under_way -= 1
        self._answered.append(now)


class Windows:
    """The windows of this process; whoever shares a user or a project shares its window."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, ...], Window] = {}
        self.lock = threading.Lock()

    def window(self, *key: str, limit: int) -> Window:
        with self.lock:
            return self._windows.setdefault(key, Window(limit))


_SHARED = Windows()


class Pace:
    """The pace of one user of one project at one endpoint.

    `windows` are those of the process unless others are named. Where user or project are not known, all that
    are not known share one.
    """

    def __init__(
        self,
        endpoint: str,
        user: str,
        project: str,
        machine: Machine | None = None,
        windows: Windows | None = None,
    ) -> None:
        shared = windows or _SHARED
        self._machine = machine or Machine()
        self._lock = shared.lock
        self._windows: Mapping[str, tuple[Window, Window]] = {
            kind: (
                shared.window(endpoint, "user", project, user, kind, limit=USER_LIMIT),
                shared.window(endpoint, "project", project, kind, limit=PROJECT_LIMIT),
            )
            for kind in ("read", "write")
        }

    def wait(self, kind: Kind) -> float:
        """Return the seconds until a request may be sent."""
        now = self._machine.now()
        with self._lock:
            return max(window.wait(now) for window in self._windows[kind])

    @contextmanager
    def request(self, kind: Kind) -> Iterator[None]:
        """Send a request within: first wait as long as it takes, and count from when it is over."""
        self._take(kind)
        try:
            yield
        finally:
            now = self._machine.now()
            with self._lock:
                for window in self._windows[kind]:
                    window.answer(now)

    def _take(self, kind: Kind) -> None:
        while True:
            now = self._machine.now()
            with self._lock:
                wait = max(window.wait(now) for window in self._windows[kind])
                if wait <= 0:
                    for window in self._windows[kind]:
                        window.send()
                    return
            self._machine.sleep(max(wait, _LEAST))
