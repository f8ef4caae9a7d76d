"""Reads a workbook of the network while the rest of the program is being loaded: the waits cost nothing.

Unlike the reading of a file (read_ahead.py) this is mostly waiting, so a thread will do.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheets_sync.ports import Peek, Snapshot, Workbook
    from sheets_sync.views.tab import Tab


class ReadInBackground:
    """A Workbook whose first read has begun already; what goes wrong there is raised by `read`.

    A read that is older than somebody's edit does no harm: `write` notices it, as it always does. Nothing
    waits for a read that nobody asks for.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._first: _FirstRead | None = _FirstRead(workbook)
        self._first.start()

    @property
    def name(self) -> str:
        return self._workbook.name

    @property
    def calls(self) -> Mapping[str, int]:
        return self._workbook.calls

    @property
    def notes(self) -> tuple[str, ...]:
        return self._workbook.notes

    def read(self) -> Snapshot:
        """Return the first read when it is done; read anew from then on."""
        first, self._first = self._first, None
        return self._workbook.read() if first is None else first.result()

    def peek(self, tabs: Sequence[str] = ()) -> Peek:
        return self._workbook.peek(tabs)

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        return self._workbook.write(tabs, snapshot)


class _FirstRead(threading.Thread):
    def __init__(self, workbook: Workbook) -> None:
        super().__init__(daemon=True)
        self._workbook = workbook
        self._snapshot: Snapshot | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._snapshot = self._workbook.read()
        except BaseException as error:
            self._error = error

    def result(self) -> Snapshot:
        self.join()
        if self._error is not None:
            raise self._error
        assert self._snapshot is not None
        return self._snapshot
