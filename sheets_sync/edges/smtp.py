"""Mail over SMTP: only over TLS with a checked certificate, only to the allowed domains (mail.md).

STARTTLS or implicit TLS; plain only to a loopback address. Whatever is not as it must be (STARTTLS is not
offered, EHLO is refused, the certificate does not fit) ends the connection before a word of a mail has left.
The stage is tracked, as a connection that breaks before the final dot and one that breaks after it raise
the same exception: after it, the mail may have arrived. What the server says on QUIT no longer matters.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Sequence
from enum import StrEnum

from sheets_sync.config import MailConfig
from sheets_sync.findings.addresses import is_allowed
from sheets_sync.mail import Mail
from sheets_sync.ports import Delivery
from sheets_sync.problems import WrongUse
from sheets_sync.views.mime import message_bytes, sender_address

TIMEOUT = 30.0
AFTER_DOT_TIMEOUT = 600.0
ENHANCED_CODE = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")


class Stage(StrEnum):
    """How far a delivery has come; the words follow "while"."""

    CONNECTING = "connecting"
    SECURING = "securing the connection"
    LOGGING_IN = "logging in"
    SENDER = "naming the sender"
    RECEIVER = "naming the receiver"
    CONTENT = "sending the mail"
    AFTER_DOT = "waiting for its word that the mail arrived"


BEFORE_ANY_MAIL = frozenset({Stage.CONNECTING, Stage.SECURING, Stage.LOGGING_IN})


class _FailureError(Exception):
    """A delivery that failed. `permanent`: trying again would not help; `broken`: the connection is gone."""

    def __init__(self, stage: Stage, problem: str, *, permanent: bool = False, broken: bool = True) -> None:
        super().__init__(problem)
        self.stage = stage
        self.problem = problem
        self.permanent = permanent
        self.broken = broken


class SmtpMailer:
    """Delivers mails to a server.

    `context` is for servers whose certificate a school signs itself; it must check names and certificates.
    Raises WrongUse where the configuration cannot work.
    """

    def __init__(
        self,
        config: MailConfig,
        allowed_domains: Sequence[str],
        password: str = "",
        *,
        context: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT,
        after_dot_timeout: float = AFTER_DOT_TIMEOUT,
    ) -> None:
        self._config = config
        self._allowed_domains = tuple(allowed_domains)
        self._password = password
        self._sender = sender_address(config.sender)
        self._context = _checked(context or ssl.create_default_context())
        self._timeout = timeout
        self._after_dot_timeout = after_dot_timeout

    def __repr__(self) -> str:
        return f"SmtpMailer({self._config.host}:{self._config.port}, {self._config.security})"

    def deliver(self, mails: Sequence[Mail]) -> tuple[Delivery, ...]:
        """Deliver each mail over one connection; what fails stops none of the others.

        What the server refuses for good (5xx) is "refused", everything else that fails is "waiting". Where
        not even the connection stands, nothing more is tried.
        """
        deliveries: list[Delivery] = []
        server: smtplib.SMTP | None = None
        gone: _FailureError | None = None
        for mail in mails:
            if not self._may_go(mail.to):
                deliveries.append(_outside(mail))
                continue
            try:
                if gone is not None:
                    raise gone
                server = server or self._connect()
                self._send(server, mail)
                deliveries.append(Delivery(mail.message_id, "accepted"))
            except _FailureError as failure:
                outcome = "refused" if failure.permanent else "waiting"
                deliveries.append(Delivery(mail.message_id, outcome, problem=failure.problem))
                gone = failure if failure.stage in BEFORE_ANY_MAIL else None
                if failure.broken and server is not None:
                    server.close()
                    server = None
        if server is not None:
            _take_leave(server)
        return tuple(deliveries)

    def _may_go(self, address: str) -> bool:
        return bool(self._allowed_domains) and is_allowed(address, self._allowed_domains)

    def _connect(self) -> smtplib.SMTP:
        """Return a connection that may carry mail: secured, and logged in where a user is named."""
        stage = Stage.CONNECTING
        server: smtplib.SMTP | None = None
        try:
            if self._config.security == "none":
                _require_loopback(self._config.host)
            server = self._opened()
            _greet(server)
            if self._config.security == "starttls":
                stage = Stage.SECURING
                self._start_tls(server)
            if self._config.user:
                stage = Stage.LOGGING_IN
                server.login(self._config.user, self._password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if server is not None:
                server.close()
            raise self._failure(Stage.SECURING if _is_tls(error) else stage, error) from None
        except _FailureError:
            if server is not None:
                server.close()
            raise
        return server

    def _opened(self) -> smtplib.SMTP:
        config = self._config
        name = self._sender.rpartition("@")[2]
        if config.security == "tls":
            return smtplib.SMTP_SSL(
                config.host, config.port, name, timeout=self._timeout, context=self._context
            )
        server = smtplib.SMTP(config.host, config.port, name, timeout=self._timeout)
        if config.security == "none" and not _is_loopback(_peer(server)):
            server.close()
            raise _plain_refused()
        return server

    def _start_tls(self, server: smtplib.SMTP) -> None:
        if not server.has_extn("starttls"):
            raise _FailureError(
                Stage.SECURING,
                "The mail server does not offer STARTTLS; nothing was sent."
                ' Use a port that does, or security = "tls".',
            )
        code, _ = server.starttls(context=self._context)
        if code != 220:
            raise _FailureError(
                Stage.SECURING, f"The mail server refused STARTTLS ({code}); nothing was sent."
            )
        _greet(server)

    def _send(self, server: smtplib.SMTP, mail: Mail) -> None:
        stage = Stage.SENDER
        content = _with_dots(message_bytes(mail, self._config.sender))
        try:
            _require(server.mail(self._sender), (250,), stage)
            stage = Stage.RECEIVER
            _require(server.rcpt(mail.to), (250, 251), stage)
            stage = Stage.CONTENT
            _require(server.docmd("DATA"), (354,), stage)
            server.send(content)
            stage = Stage.AFTER_DOT
            _set_timeout(server, self._after_dot_timeout)
            server.send(b".\r\n")
            _require(server.getreply(), (250,), stage)
            _set_timeout(server, self._timeout)
        except _FailureError as failure:
            if not failure.broken:
                _reset(server)
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise self._failure(stage, error) from None

    def _failure(self, stage: Stage, error: Exception) -> _FailureError:
        return _FailureError(stage, _in_words(stage, error, f"{self._config.host}:{self._config.port}"))


def _checked(context: ssl.SSLContext) -> ssl.SSLContext:
    if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
        raise WrongUse("The mail server's certificate would not be checked.", "Let the TLS context check it.")
    context.minimum_version = max(context.minimum_version, ssl.TLSVersion.TLSv1_2)
    return context


def _greet(server: smtplib.SMTP) -> None:
    """Say EHLO. Never HELO after it: that way no server can talk us out of STARTTLS."""
    code, _ = server.ehlo()
    if code != 250:
        raise _FailureError(
            Stage.CONNECTING, f"The mail server refused the greeting ({code}); nothing was sent."
        )


def _require(reply: tuple[int, bytes], wanted: Sequence[int], stage: Stage) -> None:
    code, words = reply
    if code in wanted:
        return
    detail = ENHANCED_CODE.match(words)
    number = f"{code} {detail[1].decode()}" if detail else str(code)
    raise _FailureError(
        stage,
        f"The mail server said no ({number}) while {stage}.",
        permanent=500 <= code < 600,
        broken=code in (421, -1),
    )


def _reset(server: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.rset()


def _take_leave(server: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _set_timeout(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _with_dots(content: bytes) -> bytes:
    """Return the content with every line that begins with a dot given a second one (RFC 5321, 4.5.2)."""
    whole = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _require_loopback(host: str) -> None:
    found = {str(address[4][0]) for address in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    if not found or not all(map(_is_loopback, found)):
        raise _plain_refused()


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _peer(server: smtplib.SMTP) -> str:
    return str(server.sock.getpeername()[0]) if server.sock is not None else ""


def _plain_refused() -> _FailureError:
    return _FailureError(
        Stage.CONNECTING,
        "Mail without TLS goes to this machine alone; nothing was sent."
        ' Set [mail] security to "starttls" or "tls".',
    )


def _is_tls(error: Exception) -> bool:
    return isinstance(error, ssl.SSLError)


def _in_words(stage: Stage, error: Exception, where: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {where} is not good ({error.verify_message}); nothing was sent."
    if isinstance(error, ssl.SSLError):
        return f"No secure connection to {where} came about; nothing was sent."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{where} did not accept user and password ({error.smtp_code}); nothing was sent."
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"{where} did not answer while {stage}."
    return f"The connection to {where} failed while {stage}."


def _outside(mail: Mail) -> Delivery:
    problem = "The address is outside allowed_domains: the mail was not sent."
    return Delivery(mail.message_id, "refused", problem=problem)
