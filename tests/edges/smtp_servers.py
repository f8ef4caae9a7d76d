"""Real mail servers on loopback for the tests: one that behaves, and one that plays a script."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SCHOOL = trustme.CA()
STRANGER = trustme.CA()


def trusting(ca: trustme.CA) -> ssl.SSLContext:
    """A context that trusts this authority alone, and checks names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ca.configure_trust(context)
    return context


def certificate(ca: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name).configure_cert(context)
    return context


@dataclass
class Inbox:
    """What a server got. `refused` are receivers it says no to, with its answer."""

    envelopes: list[Envelope] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    password: str = "right password"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        self.secured.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, way: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.users.append(data.login.decode())
        return AuthResult(success=data.password == self.password.encode())

    @property
    def receivers(self) -> list[str]:
        return [address for envelope in self.envelopes for address in envelope.rcpt_tos]


@contextmanager
def serving(
    inbox: Inbox,
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: bool = False,
) -> Iterator[int]:
    """Serve on loopback; the port is where."""
    more: dict[str, Any] = {"authenticator": inbox.authenticate, "auth_required": True} if login else {}
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        **more,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


Answer = Callable[[str], str | None]
"""What a server says to a command; None: it hangs up; "": it says nothing."""


@dataclass
class Script:
    """A server that plays a script, and what it heard. `greeting` None: it hangs up; "": it is silent.

    `after_dot` is its answer to a whole mail; `cut_content`: it hangs up after the first bytes of one.
    """

    greeting: str | None = "220 school.example"
    answers: dict[str, str | None] = field(default_factory=dict)
    after_dot: str | None = "250 OK"
    cut_content: bool = False
    heard: list[str] = field(default_factory=list)
    mails: int = 0

    def play(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as file:
            if self.greeting is None:
                return
            file.write(self.greeting.encode() + b"\r\n" if self.greeting else b"")
            file.flush()
            while line := file.readline():
                answer = self._answer(line.decode(errors="replace").strip(), file)
                if answer is None:
                    return
                file.write(answer.encode() + b"\r\n" if answer else b"")
                file.flush()

    def _answer(self, line: str, file: Any) -> str | None:
        verb = line.split(" ")[0].upper()
        self.heard.append(line)
        if verb == "DATA" and verb not in self.answers:
            file.write(b"354 go on\r\n")
            file.flush()
            if self.cut_content:
                file.read(10)
                return None
            while file.readline() not in (b".\r\n", b""):
                pass
            self.mails += 1
            return self.after_dot
        return self.answers.get(verb, "250 OK")


@contextmanager
def listening(serve: Callable[[socket.socket], object]) -> Iterator[int]:
    """Give each connection on loopback to `serve`, one after another; the port is where."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with suppress(OSError):
                serve(connection)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=6)


@contextmanager
def playing(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve the script on loopback to one connection after another, over TLS where a context is given."""

    def serve(connection: socket.socket) -> None:
        script.play(tls.wrap_socket(connection, server_side=True) if tls else connection)

    with listening(serve) as port:
        yield port
