"""Mail over SMTP: only over TLS with a checked certificate, only to the allowed domains (mail.md).

STARTTLS or implicit TLS; plain only to a loopback address. Whatever is not as it must be (STARTTLS is not
offered, EHLO is refused, the certificate does not fit) ends the connection before a word of a mail has left.
The stage is tracked, as a connection that breaks before the final dot and one that breaks after it raise
the same exception: after it, the mail may have arrived. What the server says on QUIT no longer matters.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheets_sync.config import MailConfig
from sheets_sync.edges.smtp.failure import (
    BEFORE_ANY_MAIL,
    DONE,
    GO_ON,
    DeliveryFailed,
    Stage,
    in_words,
    is_silence,
    is_tls,
    require,
)
from sheets_sync.edges.smtp.logging_in import log_in
from sheets_sync.edges.smtp.secure import checked, greet, is_loopback, peer, plain_refused, require_loopback
from sheets_sync.findings.addresses import is_allowed
from sheets_sync.mail import Mail
from sheets_sync.ports import Delivery
from sheets_sync.problems import RunFailed, WrongUse
from sheets_sync.views.mime import message_bytes, sender_address

TIMEOUT = 30.0
AFTER_DOT_TIMEOUT = 600.0
MOST_BREAKS = 3
"""So many connections may break one after another before the rest of the mails is left for later."""


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
        self._context = checked(context or ssl.create_default_context())
        self._timeout = timeout
        self._after_dot_timeout = after_dot_timeout

    def __repr__(self) -> str:
        return f"SmtpMailer({self._config.host}:{self._config.port}, {self._config.security})"

    def deliver(self, mails: Sequence[Mail]) -> Iterator[Delivery]:
        """Deliver each mail over one connection; what fails stops none of the others.

        What the server refuses for good (5xx) is "refused", everything else that fails is "waiting": also
        where it refuses us (log-in, sender), as that is mended in the configuration. Where the connection
        does not stand, breaks three times in a row or is silent after a final dot, nothing more is tried.
        """
        server: smtplib.SMTP | None = None
        gone: Delivery | None = None
        breaks = 0
        try:
            for mail in mails:
                if not self._may_go(mail.to):
                    yield _outside(mail)
                    continue
                if gone is not None:
                    yield replace(gone, message_id=mail.message_id)
                    continue
                failure: DeliveryFailed | None = None
                try:
                    server = server or self._connect()
                    self._send(server, mail)
                except DeliveryFailed as error:
                    failure = error
                if failure is None or not failure.broken:
                    breaks = 0
                else:
                    breaks += 1
                    gone = _gone(failure, breaks)
                    if server is not None:
                        server.close()
                        server = None
                yield _delivery(mail, failure)
        finally:
            if server is not None:
                _take_leave(server)

    def log_in(self) -> None:
        """Connect as for mails, and take leave without one. Raises RunFailed where none could go."""
        try:
            _take_leave(self._connect())
        except DeliveryFailed as failure:
            raise RunFailed(
                failure.problem,
                "Look whether the mail server runs, and at host, port, security, user, password in [mail].",
            ) from None

    def _may_go(self, address: str) -> bool:
        return bool(self._allowed_domains) and is_allowed(address, self._allowed_domains)

    def _connect(self) -> smtplib.SMTP:
        """Return a connection that may carry mail: secured, and logged in where a user is named."""
        stage = Stage.CONNECTING
        server: smtplib.SMTP | None = None
        try:
            if self._config.security == "none":
                require_loopback(self._config.host)
            server = self._opened()
            greet(server)
            if self._config.security == "starttls":
                stage = Stage.SECURING
                self._start_tls(server)
            if self._config.user:
                stage = Stage.LOGGING_IN
                log_in(server, self._config.user, self._password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if server is not None:
                server.close()
            raise self._failure(Stage.SECURING if is_tls(error) else stage, error) from None
        except DeliveryFailed:
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
        if config.security == "none" and not is_loopback(peer(server)):
            server.close()
            raise plain_refused()
        return server

    def _start_tls(self, server: smtplib.SMTP) -> None:
        if not server.has_extn("starttls"):
            raise DeliveryFailed(
                Stage.SECURING,
                "The mail server does not offer STARTTLS; nothing was sent."
                ' Use a port that does, or security = "tls".',
            )
        code, _ = server.starttls(context=self._context)
        if code != 220:
            raise DeliveryFailed(
                Stage.SECURING, f"The mail server refused STARTTLS ({code}); nothing was sent."
            )
        greet(server)

    def _send(self, server: smtplib.SMTP, mail: Mail) -> None:
        stage = Stage.SENDER
        content = self._content(mail)
        try:
            require(server.mail(self._sender), DONE, stage)
            stage = Stage.RECEIVER
            require(server.rcpt(mail.to), DONE, stage)
            stage = Stage.CONTENT
            require(server.docmd("DATA"), GO_ON, stage)
            server.send(content)
            stage = Stage.AFTER_DOT
            _set_timeout(server, self._after_dot_timeout)
            server.send(b".\r\n")
            require(server.getreply(), DONE, stage)
            _set_timeout(server, self._timeout)
        except DeliveryFailed as failure:
            _set_timeout(server, self._timeout)
            failure.broken = failure.broken or not _is_reset(server)
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise self._failure(stage, error) from None

    def _content(self, mail: Mail) -> bytes:
        try:
            return _with_dots(message_bytes(mail, self._config.sender))
        except WrongUse as error:
            raise DeliveryFailed(Stage.CONTENT, error.what, permanent=True, broken=False) from None

    def _failure(self, stage: Stage, error: Exception) -> DeliveryFailed:
        words = in_words(stage, error, f"{self._config.host}:{self._config.port}")
        return DeliveryFailed(stage, words, silent=is_silence(error))


def _delivery(mail: Mail, failure: DeliveryFailed | None) -> Delivery:
    if failure is None:
        return Delivery(mail.message_id, "accepted")
    return Delivery(mail.message_id, "refused" if failure.permanent else "waiting", problem=failure.problem)


def _gone(failure: DeliveryFailed, breaks: int) -> Delivery | None:
    """Return what becomes of all further mails, None where the next one is tried.

    A connection that does not come about is nobody's fault: all were tried. Else their turn did not come.
    """
    everyone = failure.stage in BEFORE_ANY_MAIL
    doubtful = failure.stage is Stage.AFTER_DOT and failure.silent
    if everyone or doubtful or breaks >= MOST_BREAKS:
        return Delivery("", "waiting", problem=failure.problem, tried=everyone)
    return None


def _is_reset(server: smtplib.SMTP) -> bool:
    """Ask the server to forget the mail that it refused; tell whether it can be given the next one."""
    try:
        return server.rset()[0] in DONE
    except (OSError, smtplib.SMTPException):
        return False


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


def _outside(mail: Mail) -> Delivery:
    problem = "The address is outside allowed_domains: the mail was not sent."
    return Delivery(mail.message_id, "refused", problem=problem)
