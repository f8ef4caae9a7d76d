"""What stands between a school and Google: a proxy that tunnels or refuses, and something that opens TLS."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

import trustme

Serve = Callable[[socket.socket], None]


@contextmanager
def listening(serve: Serve) -> Iterator[int]:
    """Serve each connection in a thread of its own; yield the port. All are ended with the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    opened: list[socket.socket] = []

    def one(connection: socket.socket) -> None:
        with suppress(OSError, ValueError):
            serve(connection)
        with suppress(OSError):
            connection.close()

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                opened.append(connection)
                threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        for connection in [listener, *opened]:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


def proxy_that_answers(answer: bytes) -> Serve:
    """Return a proxy that gives everybody this answer to CONNECT and then hangs up."""

    def serve(connection: socket.socket) -> None:
        head(connection)
        connection.sendall(answer)

    return serve


def proxy_that_says_nothing(connection: socket.socket) -> None:
    head(connection)
    connection.recv(1)


def proxy_to(port: int) -> Serve:
    """Return a proxy whose every tunnel leads to this port of this machine."""

    def serve(connection: socket.socket) -> None:
        head(connection)
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port)) as there:
            _pump_both(connection, there)

    return serve


def opening_tls(context: ssl.SSLContext, port: int) -> Serve:
    """Return what shows a certificate of its own and passes on what it reads, in plain, to a port here."""

    def serve(connection: socket.socket) -> None:
        with (
            context.wrap_socket(connection, server_side=True) as opened,
            socket.create_connection(("127.0.0.1", port)) as there,
        ):
            _pump_both(opened, there)

    return serve


def head(connection: socket.socket) -> bytes:
    """Read a request up to its empty line."""
    read = b""
    while b"\r\n\r\n" not in read:
        piece = connection.recv(4096)
        if not piece:
            raise ValueError("hung up")
        read += piece
    return read


def _pump_both(one: socket.socket, other: socket.socket) -> None:
    back = threading.Thread(target=_pump, args=(other, one), daemon=True)
    back.start()
    _pump(one, other)
    back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError, ValueError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def certificate(authority: trustme.CA, name: str, begins: datetime | None = None) -> ssl.SSLContext:
    """Return what a server shows that has a certificate for this name, good for a year."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    until = begins + timedelta(days=365) if begins else None
    authority.issue_cert(name, not_before=begins, not_after=until).configure_cert(context)
    return context
