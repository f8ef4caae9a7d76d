"""Bytes on the wire: requests read, answers written, and the faults that happen in between."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.sheets_server.exchange import Answer, Request
from tests.sheets_server.faults import Fault

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer


class Wire(ThreadingHTTPServer):
    """The listening socket. Threads that hang do not keep the process alive."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, server: SheetsServer, port: int) -> None:
        self.sheets = server
        self._connections: set[Any] = set()
        super().__init__(("127.0.0.1", port), Handler)

    def get_request(self) -> tuple[Any, Any]:
        """Remember each connection, to end those that are kept alive."""
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Listen no longer, and hang up on whoever is still connected."""
        super().server_close()
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error of the server's."""


class Handler(BaseHTTPRequestHandler):
    """One connection, kept alive between requests."""

    protocol_version = "HTTP/1.1"
    server: Wire
    disable_nagle_algorithm = True
    wbufsize = -1

    def _handle(self) -> None:
        sheets = self.server.sheets
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, path, query, headers, body, length)
        sheets.wait(sheets.delay)
        kind = sheets.kind(request)
        fault = sheets.faults.take(kind) or Fault()
        answer, user = sheets.answer(request, kind) if fault.carried_out else (None, "")
        if fault.replaces:
            answer = fault.answer()
        self._finish(request, kind, answer, user, fault)

    def _finish(self, request: Request, kind: str, answer: Answer | None, user: str, fault: Fault) -> None:
        sheets = self.server.sheets
        sheets.wait(fault.delay)
        if fault.hang or fault.reset or answer is None:
            sheets.note(request, kind, None, user, 0)
            if fault.hang:
                sheets.stopped.wait()
            self._reset()
            return
        body = answer.body
        encoding: tuple[tuple[str, str], ...] = ()
        if body and "gzip" in request.headers.get("accept-encoding", "") and not fault.replaces:
            body, encoding = gzip.compress(body, 6, mtime=0), (("Content-Encoding", "gzip"),)
        head = self._head(answer, encoding, len(body))
        if fault.cut is not None:
            body = body[: fault.cut]
            self.close_connection = True
        sheets.note(request, kind, answer, user, len(body))
        self._send(head, fault, slowly=fault.drip == "headers")
        self._send(body, fault, slowly=fault.drip == "body")
        self.wfile.flush()

    def _head(self, answer: Answer, more: tuple[tuple[str, str], ...], length: int) -> bytes:
        there = time.time() + self.server.sheets.tokens.skew
        headers = [("Date", self.date_time_string(there)), *answer.headers, *more]
        if not any(name.lower() == "content-length" for name, _ in answer.headers):
            headers.append(("Content-Length", str(length)))
        reason = self.responses.get(answer.status, ("",))[0]
        lines = [f"HTTP/1.1 {answer.status} {reason}", *(f"{name}: {value}" for name, value in headers)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def _send(self, data: bytes, fault: Fault, *, slowly: bool) -> None:
        if not slowly:
            self.wfile.write(data)
            return
        for at in range(len(data)):
            self.wfile.write(data[at : at + 1])
            self.wfile.flush()
            if self.server.sheets.wait(fault.drip_seconds):
                break

    def _reset(self) -> None:
        """Close so that the client gets a reset, not an orderly end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def finish(self) -> None:
        """A connection that was reset has nothing to flush."""
        try:
            super().finish()
        except (OSError, ValueError):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = _handle  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is logged; `SheetsServer.requests` has it all."""
