"""Over which connections mail may leave: TLS with a checked certificate, or plain to this machine alone."""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl

from sheets_sync.edges.smtp.failure import DeliveryFailed, Stage
from sheets_sync.problems import WrongUse


def checked(context: ssl.SSLContext) -> ssl.SSLContext:
    if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
        raise WrongUse("The mail server's certificate would not be checked.", "Let the TLS context check it.")
    context.minimum_version = max(context.minimum_version, ssl.TLSVersion.TLSv1_2)
    return context


def greet(server: smtplib.SMTP) -> None:
    """Say EHLO. Never HELO after it: that way no server can talk us out of STARTTLS."""
    code, _ = server.ehlo()
    if code != 250:
        raise DeliveryFailed(
            Stage.CONNECTING, f"The mail server refused the greeting ({code}); nothing was sent."
        )


def require_loopback(host: str) -> None:
    found = {str(address[4][0]) for address in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    if not found or not all(map(is_loopback, found)):
        raise plain_refused()


def is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def peer(server: smtplib.SMTP) -> str:
    return str(server.sock.getpeername()[0]) if server.sock is not None else ""


def plain_refused() -> DeliveryFailed:
    return DeliveryFailed(
        Stage.CONNECTING,
        "Mail without TLS goes to this machine alone; nothing was sent."
        ' Set [mail] security to "starttls" or "tls".',
    )
