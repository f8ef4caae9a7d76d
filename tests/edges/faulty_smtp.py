"""A mail server on loopback that fails once, at a stage of the dialogue that is named, and then behaves."""

from __future__ import annotations

import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from tests.edges.smtp_servers import listening

STAGES = ("GREETING", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT", "DOT", "ACCEPTED", "QUIT")
"""CONTENT: amid the mail; DOT: after the whole mail, which is not taken; ACCEPTED: it is taken, and then."""

FAULTS = ("reset", "close", "hang", "421", "451", "550")


class _Hangup(Exception):
    """The connection ends here."""


@dataclass
class FaultyServer:
    """Fails with `fault` when `stage` is reached for the `nth` time. `accepted` are the mails it took."""

    stage: str = ""
    fault: str = ""
    nth: int = 1
    accepted: list[bytes] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)
    connections: list[threading.Thread] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until nobody is connected any more: what was sent before a crash has then been heard."""
        while self.connections:
            self.connections.pop().join(timeout=5)

    def copies(self) -> Counter[str]:
        """Return how often each Message-ID was accepted."""
        return Counter(self.message(content)["Message-ID"] for content in self.accepted)

    @staticmethod
    def message(content: bytes) -> Message:
        return message_from_bytes(content)

    def serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as file:
            try:
                self._say(connection, file, "GREETING", "220 school.example")
                while line := file.readline():
                    verb = line.decode(errors="replace").split()[0].upper()
                    if verb == "DATA":
                        self._say(connection, file, "DATA", "354 go on")
                        self._take(connection, file)
                    else:
                        self._say(connection, file, verb, "221 bye" if verb == "QUIT" else "250 OK")
                    if verb == "QUIT":
                        return
            except (_Hangup, OSError):
                return

    def _take(self, connection: socket.socket, file: Any) -> None:
        if self.reached["DATA"] == self.nth and self.stage == "DATA":
            return
        lines: list[bytes] = []
        while (line := file.readline()) != b".\r\n":
            if not line:
                raise _Hangup
            lines.append(line[1:] if line.startswith(b".") else line)
            if len(lines) == 3:
                self._fail(connection, file, "CONTENT")
        if self._fail(connection, file, "DOT"):
            return
        self.accepted.append(b"".join(lines))
        if not self._fail(connection, file, "ACCEPTED"):
            self._write(file, "250 OK")

    def _say(self, connection: socket.socket, file: Any, stage: str, answer: str) -> None:
        if not self._fail(connection, file, stage):
            self._write(file, answer)

    def _fail(self, connection: socket.socket, file: Any, stage: str) -> bool:
        """Fail if it is time to; tell whether an answer was given."""
        self.reached[stage] += 1
        if stage != self.stage or self.reached[stage] != self.nth:
            return False
        if self.fault == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise _Hangup
        if self.fault == "close":
            raise _Hangup
        if self.fault == "hang":
            while file.readline():
                pass
            raise _Hangup
        self._write(file, f"{self.fault} {stage}")
        if self.fault == "421":
            raise _Hangup
        return True

    @staticmethod
    def _write(file: Any, answer: str) -> None:
        file.write(answer.encode() + b"\r\n")
        file.flush()


@contextmanager
def running(server: FaultyServer) -> Iterator[int]:
    """Serve on loopback, each connection in a thread of its own; the port is where."""

    def serve(connection: socket.socket) -> None:
        thread = threading.Thread(target=server.serve, args=(connection,), daemon=True)
        thread.start()
        server.connections.append(thread)

    with listening(serve) as port:
        yield port
