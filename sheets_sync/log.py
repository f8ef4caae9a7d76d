"""What happens, one line for each thing, on standard error: in words, or as JSON objects (--log-json).

Lines name a workbook by its file name or title, and nobody: no student, no address (promises.md, 20). Only
what is said here is in the log: whatever a library has to say can quote an address or a cell (`hush`).
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Fact = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Log:
    """Writes lines to standard error. `now` returns aware times.

    In words: `2026-11-28 05:00 Services.xlsx: done in 1.2 s: 160 lines`. As JSON: one object a line with
    `time` (ISO, with its offset), `event`, `message` (the words) and the facts.
    """

    now: Callable[[], datetime]
    as_json: bool = False

    def say(self, event: str, words: str, **facts: Fact) -> None:
        """Write one line. A reader who went away is no reason to fail."""
        time, message = self.now(), one_line(words)
        if self.as_json:
            told = {"time": time.isoformat(timespec="seconds"), "event": event, "message": message, **facts}
            line = json.dumps(told)
        else:
            line = f"{time:%Y-%m-%d %H:%M} {message}"
        try:
            print(line, file=sys.stderr, flush=True)
        except (OSError, ValueError):
            return


def one_line(words: str) -> str:
    """Return the words in one line, in which nothing is invisible: a title is somebody's text."""
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(shown.split())


def hush() -> None:
    """Let no library write to standard error: neither its log, nor warnings, nor what breaks in a thread.

    urllib3 logs addresses with their query, openpyxl warns about what stands in a cell, and a thread that
    breaks writes its stack trace.
    """
    logging.disable(logging.CRITICAL)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    threading.excepthook = _say_nothing
    sys.unraisablehook = _say_nothing


def _say_nothing(_: object) -> None:
    pass
