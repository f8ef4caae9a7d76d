"""The test server: Google Sheets on this machine, for gspread, google-auth and requests unchanged.

with SheetsServer() as server:
    book = server.create(title="Services", sheets={"Caseload": [["Student", "Grade"], ["Ana", 3]]})
    client = gspread_client.client_of(server)
    client.open_by_key(book.id).sheet1.get_all_records()
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.sheets_server import http, loading
from tests.sheets_server.accounts import ACCOUNT, STRANGER, ServiceAccount
from tests.sheets_server.auth import Tokens
from tests.sheets_server.clock import Clock
from tests.sheets_server.exchange import Answer, Exchange, Request
from tests.sheets_server.faults import Faults
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.quota import Quota
from tests.sheets_server.staff import Staff
from tests.sheets_server.wire import Wire

OWNER = "case.manager@school.example"
"""Whose spreadsheets those are that a test loads or makes; they are shared with the service account."""


class SheetsServer:
    """A server on loopback, running while the `with` block lasts.

    Attributes:
        url: where it answers: the Sheets API, POST /token, /drive/v3 and /upload/drive/v3.
        account: address of the service account that spreadsheets are shared with.
        open: True where nobody has to say who asks: every request is the account's.
        delay: seconds before each answer.
        faults: what is to go wrong (faults.py).
        staff: who edits meanwhile (staff.py).
        quota: the limits that hold; None: none.
        clock: quotas and tokens go by it; a test can turn it.
        tokens: the token endpoint: delegation, revoked keys, a wrong clock.
        api_enabled: False where the project never enabled the Sheets API.
        requests: every request that was answered, in order.
        crashes: exceptions that are bugs of the server's own; each was answered with 500.
        stopped: set when the server is to end.
    """

    def __init__(self, port: int = 0, *, open: bool = False) -> None:  # noqa: A002
        self.account = ACCOUNT
        self.open = open
        self.delay = 0.0
        self.faults = Faults()
        self.staff = Staff(self)
        self.quota: Quota | None = None
        self.clock = Clock()
        self.tokens = Tokens(self.clock)
        self.api_enabled = True
        self.requests: list[Exchange] = []
        self.crashes: list[Exception] = []
        self.stopped = threading.Event()
        self.lock = threading.RLock()
        self.books: dict[str, Spreadsheet] = {}
        self._wire = Wire(self, port)
        self.url = f"http://127.0.0.1:{self._wire.server_address[1]}"
        for email in (ACCOUNT, STRANGER):
            self.tokens.accounts[email] = ServiceAccount(email, f"{self.url}/token")
        self._thread = threading.Thread(target=self._wire.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> SheetsServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped.set()
        self._wire.shutdown()
        self._wire.server_close()
        self._thread.join()

    # What is kept

    def load(self, source: Path | str | Json, title: str | None = None) -> Spreadsheet:
        """Keep what an .xlsx or JSON file, or a Spreadsheet resource, holds; return it, shared with the
        account. Raises ValueError for a file of another kind."""
        return self._given(loading.load(source, self.new_id(), title))

    def create(
        self, title: str = "Services", sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None
    ) -> Spreadsheet:
        """Keep a new spreadsheet with these tabs; return it, shared with the account. A text that begins
        with "=" is a formula, dates are dates."""
        return self._given(loading.of_rows(sheets or {"Sheet1": []}, self.new_id(), title))

    def book(self, book_id: str) -> Spreadsheet:
        """Return a spreadsheet as it stands now; never change it. Raises KeyError."""
        return self.books[book_id]

    def find(self, book_id: str) -> Spreadsheet | None:
        """Return a spreadsheet as it stands now; None where there is none of this id."""
        return self.books.get(book_id)

    def keep(self, book: Spreadsheet) -> None:
        """Keep a spreadsheet that was changed, in place of what it was."""
        with self.lock:
            self.books[book.id] = replace(book, modified=self.clock.written())

    def keep_new(self, book: Spreadsheet, user: str) -> None:
        """Keep a spreadsheet that `user` made and therefore owns ("": the service account)."""
        now = self.clock.written()
        with self.lock:
            self.books[book.id] = replace(
                book, sharing={user or self.account: "owner", **book.sharing}, created=now, modified=now
            )

    def remove(self, book_id: str) -> None:
        """Forget a spreadsheet."""
        with self.lock:
            self.books.pop(book_id, None)

    def share(self, book_id: str, user: str, role: str | None) -> None:
        """Make `user` a "reader" or "writer" of a spreadsheet; None takes every role from them."""
        with self.lock:
            book = self.book(book_id)
            sharing = {who: has for who, has in book.sharing.items() if who != user}
            self.books[book_id] = replace(book, sharing=sharing | ({user: role} if role else {}))

    def new_id(self) -> str:
        """Return an id as Google's: 44 characters."""
        return "1" + secrets.token_urlsafe(33)[:43]

    def key_file(self, folder: Path, account: str = ACCOUNT) -> Path:
        """Write an account's key file (0600) and return where it is. Its token_uri leads to this server."""
        return self.tokens.accounts[account].write(Path(folder) / f"{account.partition('@')[0]}.json")

    def _given(self, book: Spreadsheet) -> Spreadsheet:
        self.keep_new(replace(book, sharing={self.account: "writer"}), OWNER)
        return self.book(book.id)

    # What the wire asks

    def count(self, kind: str, user: str) -> None:
        """Count a request, "read" or "write", where there are quotas. Raises ApiError (429)."""
        with self.lock:
            if self.quota is not None:
                self.quota.take(kind, user, self.clock.now())

    def wait(self, seconds: float) -> bool:
        """Wait; return True at once where the server is to end."""
        return self.stopped.wait(seconds) if seconds > 0 else self.stopped.is_set()

    def kind(self, request: Request) -> str:
        """Return what a request counts as: "read", "write", "token", "drive" or "other"."""
        return http.kind(request)

    def answer(self, request: Request, kind: str) -> tuple[Answer, str]:
        """Return the answer to a request, and who asked ("" where nobody knows)."""
        return http.answer(self, request, kind)

    def note(self, request: Request, kind: str, answer: Answer | None, user: str, length: int) -> None:
        """Enter a request into `requests`; `length` is the number of bytes of the answer's body."""
        status, body = (answer.status, answer.body) if answer else (0, b"")
        self.requests.append(Exchange(request, kind, status, request.length, length, user, body))
