"""Reads a workbook while the rest of the program is being loaded: on two cores a sixth of a run."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheets_sync.ports import Snapshot, Workbook
    from sheets_sync.views.tab import Tab


class ReadAhead:
    """A Workbook whose first read has begun already; what it raises is raised by `read`.

    A read that is older than somebody's save does no harm: `write` notices it, as it always does.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._first: Future[Snapshot] | None = Future()
        Thread(target=self._begin, args=(self._first,), daemon=True).start()

    @property
    def name(self) -> str:
        return self._workbook.name

    def read(self) -> Snapshot:
        """Return the first read when it is done; read anew from then on."""
        first, self._first = self._first, None
        return first.result() if first is not None else self._workbook.read()

    def write(self, tabs: Sequence[Tab], snapshot: Snapshot) -> int:
        return self._workbook.write(tabs, snapshot)

    def _begin(self, first: Future[Snapshot]) -> None:
        try:
            first.set_result(self._workbook.read())
        except BaseException as error:
            first.set_exception(error)
