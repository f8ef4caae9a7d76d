"""Reads a workbook while the rest of the program is being loaded: on two cores a fifth of a run.

The read is work of Python and of calamine, which hold one lock: a thread would gain nothing. So a copy of
the process reads, and hands over what it read. Where processes cannot be copied (Windows, or other threads
are running) the read happens when it is asked for, as it does when the copy comes to nothing.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from sheets_sync.ports import Peek, Snapshot, Workbook
    from sheets_sync.views.tab import Tab

PR_SET_PDEATHSIG = 1
"""Of linux/prctl.h."""


class ReadAhead:
    """A Workbook whose first read has begun already; what goes wrong there is told by the read itself.

    A read that is older than somebody's save does no harm: `write` notices it, as it always does.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._copy: tuple[int, BinaryIO] | None = None
        self._reads = 0
        if hasattr(os, "fork") and threading.active_count() == 1:
            self._copy = _begin(workbook)

    @property
    def name(self) -> str:
        return self._workbook.name

    @property
    def calls(self) -> Mapping[str, int]:
        return {**self._workbook.calls, "read": self._reads}

    @property
    def notes(self) -> tuple[str, ...]:
        return self._workbook.notes

    def read(self) -> Snapshot:
        """Return the first read when it is done; read anew from then on."""
        self._reads += 1
        copy, self._copy = self._copy, None
        read = _finish(*copy) if copy is not None else None
        return self._workbook.read() if read is None else read

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        return self._workbook.peek(tabs)

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        return self._workbook.write(tabs, snapshot)


def _begin(workbook: Workbook) -> tuple[int, BinaryIO] | None:
    """Let a copy of this process read; return its number and the pipe on which it answers."""
    try:
        parent = os.getpid()
        answer, telling = os.pipe()
        child = os.fork()
    except OSError:
        return None
    if child:
        os.close(telling)
        return child, os.fdopen(answer, "rb")
    try:
        _die_with(parent)
        os.close(answer)
        with os.fdopen(telling, "wb") as pipe:
            pickle.dump(workbook.read(), pipe, protocol=pickle.HIGHEST_PROTOCOL)
        os._exit(0)
    except BaseException:
        os._exit(1)


def _die_with(parent: int) -> None:
    """Let this copy end when the run does, were it killed: a copy that hangs would hold its files for ever.

    Elsewhere than on Linux it ends when it has read.
    """
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _finish(child: int, answer: BinaryIO) -> Snapshot | None:
    """Return what the copy read; None if it came to nothing."""
    try:
        with answer:
            told = answer.read()
    except BaseException:  # the run is to stop
        os.kill(child, signal.SIGKILL)
        raise
    _, status = os.waitpid(child, 0)
    if status:
        return None
    snapshot: Snapshot = pickle.loads(told)
    return snapshot
