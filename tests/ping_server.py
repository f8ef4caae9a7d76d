"""A dead-man's switch on loopback, and the ways in which one can be ill."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Switch:
    """What it was asked, and how it behaves: `status` of its answers, `location` of a redirect.

    `hangs`: it takes connections and never answers; `drips`: it sends a header's byte each tenth of a second.
    """

    status: int = 200
    location: str = ""
    hangs: bool = False
    drips: bool = False
    url: str = ""
    asked: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)

    @property
    def pings(self) -> list[str]:
        """What stood behind its address: ["/start", ""]."""
        return [path.removeprefix("/ping/iep") for path in self.asked]


@contextmanager
def switch(**behaviour: object) -> Iterator[Switch]:
    """Serve one on loopback."""
    made = Switch(**behaviour)  # type: ignore[arg-type]
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            made.whole.append(f"{self.requestline}\n{self.headers}")
            if made.hangs:
                over.wait(30)
                return
            if made.drips:
                while not over.is_set():
                    self.wfile.write(b"H")
                    time.sleep(0.1)
                return
            self.send_response(made.status)
            if made.location:
                self.send_header("Location", made.location)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"OK")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    made.url = f"http://127.0.0.1:{server.server_port}/ping/iep"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        over.set()
        server.shutdown()
        server.server_close()
