"""Staff who edit while a program runs: now, or just before one of its requests is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from tests.sheets_server.model import Spreadsheet

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

Edit = Callable[[Spreadsheet], object]
"""Changes the spreadsheet that it is given in place; the pieces of JSON in it are replaced, never changed.
requests.registry.REQUESTS has what people do by hand: sort, insert, delete, rename."""

When = Literal["read", "write"]


class Staff:
    """People with the spreadsheets open in their browsers."""

    def __init__(self, server: SheetsServer) -> None:
        self._server = server
        self._waiting: list[tuple[When, str | None, Edit]] = []

    def do(self, book_id: str, edit: Edit) -> Spreadsheet:
        """Edit a spreadsheet now; return it as it stands then. An edit that fails changes nothing."""
        with self._server.lock:
            copy = self._server.book(book_id).copy()
            edit(copy)
            self._server.keep(copy)
            return copy

    def next(self, edit: Edit, before: When = "write", book_id: str | None = None) -> None:
        """Edit just before the next request that reads or writes a spreadsheet (None: any of them).

        Several edits that wait for the same requests happen one after the other, one before each.
        """
        with self._server.lock:
            self._waiting.append((before, book_id, edit))

    def forget(self) -> None:
        """Drop the edits that still wait."""
        with self._server.lock:
            self._waiting.clear()

    def edit_before(self, kind: When, book_id: str) -> None:
        """Make the edit that waits for a request of this kind, if there is one."""
        with self._server.lock:
            for waiting in self._waiting:
                before, wanted, edit = waiting
                if before == kind and wanted in (None, book_id) and self._server.find(book_id) is not None:
                    self._waiting.remove(waiting)
                    self.do(book_id, edit)
                    return
