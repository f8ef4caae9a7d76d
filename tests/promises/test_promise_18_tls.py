"""Promise 18: student data leaves over verified TLS alone.

One table of what can be wrong with a mail server or with who stands before it. In none of these does it hear
anything of a mail: neither sender, receiver nor content, nor the password, in the clear or secured.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from sheets_sync.config import MailConfig
from sheets_sync.edges.smtp import SmtpMailer
from sheets_sync.mail import Mail
from tests.edges.smtp_servers import SCHOOL, STRANGER, certificate, listening, trusting

CANARY = "Zebedee Quillfeather"
MAIL = Mail(
    "lee@school.example",
    "IEP services: 1 to make up",
    f"{CANARY}: 30 min",
    f"<p>{CANARY}</p>",
    "<1@x>",
    None,
    (),
)
OFFER = "250-school.example\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS"
NO_OFFER = "250-school.example\r\n250 AUTH PLAIN LOGIN"


@dataclass
class Server:
    """A server that plays one part, and what it heard, in the clear or secured.

    `context` secures the connection after STARTTLS, or from the start; None: it only says that it would.
    """

    ehlo: str = OFFER
    starttls: str | None = "220 go on"
    context: ssl.SSLContext | None = None
    from_the_start: bool = False
    heard: list[bytes] = field(default_factory=list)

    def play(self, connection: socket.socket) -> None:
        if self.from_the_start and self.context is not None:
            connection = self.context.wrap_socket(connection, server_side=True)
        connection.sendall(b"220 school.example\r\n")
        while line := self._line(connection):
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"STARTTLS":
                if self.starttls is None:
                    return
                connection.sendall(self.starttls.encode() + b"\r\n")
                if self.starttls.startswith("220") and self.context is not None:
                    connection = self.context.wrap_socket(connection, server_side=True)
            elif verb == b"DATA":
                connection.sendall(b"354 go on\r\n")
                while self._line(connection) not in (b".\r\n", b""):
                    pass
                connection.sendall(b"250 OK\r\n")
            elif verb == b"AUTH":
                connection.sendall(b"235 welcome\r\n")
            else:
                answer = self.ehlo.encode() if verb == b"EHLO" else b"250 OK"
                connection.sendall(answer + b"\r\n")

    def _line(self, connection: socket.socket) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            letter = connection.recv(1)
            if not letter:
                break
            line += letter
        self.heard.append(line)
        return line

    @property
    def told(self) -> list[bytes]:
        """Return what it heard of a mail or of who sends it."""
        words = (b"MAIL", b"RCPT", b"DATA", b"AUTH", b"HELO")
        secrets = (CANARY.encode(), b"lee@", b"hunter2")
        return [
            line for line in self.heard if line.upper().startswith(words) or any(s in line for s in secrets)
        ]


@contextmanager
def playing(server: Server) -> Iterator[int]:
    def serve(connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            server.play(connection)

    with listening(serve) as port:
        yield port


def expired() -> ssl.SSLContext:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    SCHOOL.issue_cert(
        "localhost", not_before=yesterday - timedelta(days=90), not_after=yesterday
    ).configure_cert(context)
    return context


def not_yet() -> ssl.SSLContext:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    SCHOOL.issue_cert(
        "localhost", not_before=tomorrow, not_after=tomorrow + timedelta(days=90)
    ).configure_cert(context)
    return context


def at_best(version: ssl.TLSVersion) -> ssl.SSLContext:
    context = certificate(SCHOOL, "localhost")
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = version
    return context


def nameless() -> ssl.SSLContext:
    return certificate(SCHOOL, "*.example")


CERTIFICATES: dict[str, Callable[[], ssl.SSLContext]] = {
    "another name": lambda: certificate(SCHOOL, "mail.elsewhere.example"),
    "the name of all": nameless,
    "an unknown authority": lambda: certificate(STRANGER, "localhost"),
    "expired": expired,
    "not valid yet": not_yet,
    "TLS 1.0": lambda: at_best(ssl.TLSVersion.TLSv1),
    "TLS 1.1": lambda: at_best(ssl.TLSVersion.TLSv1_1),
}

Wrong = tuple[str, Callable[[], Server]]
"""[mail] security, and the server."""

WRONG: dict[str, Wrong] = {
    "STARTTLS stripped": ("starttls", lambda: Server(ehlo=NO_OFFER)),
    "STARTTLS spelt otherwise": ("starttls", lambda: Server(ehlo="250-school.example\r\n250 XXXXXXXX")),
    "EHLO refused": ("starttls", lambda: Server(ehlo="502 unknown")),
    "EHLO not now": ("starttls", lambda: Server(ehlo="421 busy")),
    "STARTTLS 454": ("starttls", lambda: Server(starttls="454 not now")),
    "STARTTLS 501": ("starttls", lambda: Server(starttls="501 what?")),
    "STARTTLS 250": ("starttls", lambda: Server(starttls="250 certainly")),
    "STARTTLS and silence": ("starttls", lambda: Server()),
    "STARTTLS and gone": ("starttls", lambda: Server(starttls=None)),
    "plain where TLS is asked for": ("tls", lambda: Server(ehlo=NO_OFFER)),
    **{
        f"{name}, STARTTLS": ("starttls", lambda make=make: Server(context=make()))  # type: ignore[misc]
        for name, make in CERTIFICATES.items()
    },
    **{
        f"{name}, TLS": ("tls", lambda make=make: Server(context=make(), from_the_start=True))  # type: ignore[misc]
        for name, make in CERTIFICATES.items()
    },
}


def lenient() -> ssl.SSLContext:
    """What our mailer is given: it would speak the old versions, if the mailer let it."""
    context = trusting(SCHOOL)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return context


def sent(server: Server, security: str, mailer: type[SmtpMailer] = SmtpMailer) -> str:
    """Return what became of one mail."""
    with playing(server) as port:
        config = MailConfig(
            host="localhost",
            port=port,
            security=security,
            user="sped",
            sender="sped@school.example",  # type: ignore[arg-type]
        )
        ours = mailer(config, ["school.example"], "hunter2", context=lenient(), timeout=1)
        (delivery,) = ours.deliver([MAIL])
    return delivery.outcome


@pytest.mark.parametrize("name", WRONG)
def test_not_a_byte_of_a_mail(name: str) -> None:
    security, make = WRONG[name]
    server = make()
    assert sent(server, security) == "waiting"
    assert server.told == []


@pytest.mark.parametrize("from_the_start", [False, True])
def test_a_good_server_gets_it_all(from_the_start: bool) -> None:
    server = Server(context=certificate(SCHOOL, "localhost"), from_the_start=from_the_start)
    assert sent(server, "tls" if from_the_start else "starttls") == "accepted"
    assert any(CANARY.encode() in line for line in server.heard)


def test_what_is_slipped_in_before_the_handshake_is_not_taken_for_the_servers_word() -> None:
    server = Server(
        starttls="220 go on\r\n250-evil.example\r\n250 AUTH PLAIN", context=certificate(SCHOOL, "localhost")
    )
    assert sent(server, "starttls") in ("accepted", "waiting")
    first = next(at for at, line in enumerate(server.heard) if line.startswith(b"STARTTLS"))
    assert server.heard[first + 1].upper().startswith(b"EHLO"), "asked anew, over TLS"


class Opportunistic(SmtpMailer):
    """Takes TLS where it is to be had, and anybody's: what many a script does."""

    def _connect(self) -> smtplib.SMTP:
        if self._config.security == "tls":
            return super()._connect()
        anybody = lenient()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        server = smtplib.SMTP(self._config.host, self._config.port, "school.example", timeout=self._timeout)
        server.ehlo_or_helo_if_needed()
        if server.has_extn("starttls"):
            with suppress(smtplib.SMTPResponseException):
                server.starttls(context=anybody)
                server.ehlo()
        return server


TAKEN_IN = [
    name
    for name in WRONG
    if WRONG[name][0] == "starttls"
    and name not in ("EHLO not now", "STARTTLS 250", "STARTTLS and silence", "STARTTLS and gone")
]
"""Where the opportunistic one loses a child's data; in the others no connection is left to lose it over."""


@pytest.mark.parametrize("name", TAKEN_IN)
def test_opportunistic_tls_fails_this_table(name: str) -> None:
    security, make = WRONG[name]
    server = make()
    sent(server, security, Opportunistic)
    assert any(CANARY.encode() in line for line in server.told)
