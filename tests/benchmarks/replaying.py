"""Answers that the test server gave once, given again in the same order, each after the same time.

The test server works out answers for which Google has many machines; that work is none of the program's. So
what it answered is kept, and what is timed talks to this.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from tests.sheets_server.exchange import Exchange


@dataclass
class Counted:
    """Requests of reading and writing, and the bytes of all bodies as they went over the wire."""

    requests: int = 0
    sent: int = 0
    answered: int = 0


class Replay:
    """A server on loopback that answers the n-th request with the n-th answer, after `delay` seconds.

    A request for something else than was asked for then is answered with 500.
    """

    def __init__(self, exchanges: Sequence[Exchange], delay: float) -> None:
        self.delay = delay
        self.counted = Counted()
        self._answers = [
            (one.method, one.path, one.kind, one.status, gzip.compress(one.answer, 6)) for one in exchanges
        ]
        self._next = 0
        self._wire = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._wire.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._wire.server_address[1]}"

    def rewind(self) -> None:
        """Begin again with the first answer."""
        self._next = 0
        self.counted = Counted()

    def answer(self, method: str, path: str, sent: int) -> tuple[int, bytes]:
        """Return status and body (gzip) of the next answer."""
        wanted, of_path, kind, status, body = self._answers[self._next]
        if (method, path) != (wanted, of_path):
            return 500, gzip.compress(b"{}")
        self._next += 1
        if kind in ("read", "write"):
            self.counted.requests += 1
        self.counted.sent += sent
        self.counted.answered += len(body)
        return status, body

    def __enter__(self) -> Replay:
        threading.Thread(target=self._wire.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wire.shutdown()
        self._wire.server_close()


def _handler(replay: Replay) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            status, body = replay.answer(self.command, self.path.partition("?")[0], length)
            time.sleep(replay.delay)
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        do_GET = do_POST = do_PUT = _answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing is logged."""

    return Handler
