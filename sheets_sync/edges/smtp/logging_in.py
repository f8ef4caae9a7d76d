"""Logging in to a mail server, also with a password that is not of plain English letters."""

from __future__ import annotations

import base64
import smtplib

from sheets_sync.edges.smtp.failure import DeliveryFailed, Stage


def log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """Log in over a secured connection. Raises DeliveryFailed, smtplib's exceptions, OSError."""
    ways = server.esmtp_features.get("auth", "").upper().split()
    if not ways:
        raise _refused("offers no log-in on this connection: look at port and security, or leave out user")
    if user.isascii() and password.isascii():
        server.login(user, password)
        return
    if "PLAIN" not in ways:
        raise _refused("takes no password with other letters than English ones: set another password")
    _log_in_plain(server, user, password)


def _log_in_plain(server: smtplib.SMTP, user: str, password: str) -> None:
    """smtplib logs in with ASCII alone; AUTH PLAIN is UTF-8 (RFC 4616, 2)."""
    secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    code, words = server.docmd("AUTH", f"PLAIN {secret}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, words)


def _refused(why: str) -> DeliveryFailed:
    return DeliveryFailed(Stage.LOGGING_IN, f"The mail server {why} in [mail]; nothing was sent.")
