"""A run in a process of its own: what it loads is gone with it, and it can be ended whatever it does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sheets_sync


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: after the deadline a run may still say in which step it stands; asked to end, it may undo
    what is half done; asked by somebody who stops the daemon, it has less (promises.md, 15: 30 s in all)."""

    after_deadline: float = 60.0
    after_term: float = 30.0
    when_stopped: float = 25.0


class Child:
    """One command under way. Times are seconds of a clock that is never set.

    It leads a process group, so that Ctrl-C reaches it through the daemon alone, and a copy of itself that
    it made ends with it.
    """

    def __init__(self, command: Sequence[str], now: float, deadline: float, patience: Patience) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, process_group=0
        )
        self.started = now
        self.overdue = False
        self._patience = patience
        self._term_at = now + deadline + patience.after_deadline
        self._kill_at: float | None = None

    def ended(self, now: float) -> int | None:
        """Return the exit code once it is over (below 0: the signal that ended it), None before.

        What is long overdue is ended here.
        """
        code = self._process.poll()
        if code is not None:
            return code
        if self._kill_at is None and now >= self._term_at:
            self.overdue = True
            self.ask_to_end(now, self._patience.after_term)
        elif self._kill_at is not None and now >= self._kill_at:
            self._signal_all(signal.SIGKILL)
        return None

    def ask_to_end(self, now: float, patience: float | None = None) -> None:
        """Send SIGTERM; what is still there after `patience` seconds is killed by `ended`. Once is enough."""
        if self._kill_at is not None:
            self._kill_at = min(self._kill_at, now + self._stopping(patience))
            return
        self._kill_at = now + self._stopping(patience)
        with suppress(ProcessLookupError):
            self._process.terminate()

    def _stopping(self, patience: float | None) -> float:
        return self._patience.when_stopped if patience is None else patience

    def _signal_all(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def our_command(arguments: Sequence[str]) -> list[str]:
    """Return what runs a command of ours in another process.

    What lies in the folder in which the daemon was started is not imported, unless we lie there ourselves.
    """
    from_here = Path(sheets_sync.__file__).resolve().parent.parent == Path.cwd().resolve()
    isolated = [] if from_here else ["-P"]
    return [sys.executable, *isolated, "-m", "sheets_sync", *arguments]
