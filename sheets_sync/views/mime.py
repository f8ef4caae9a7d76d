"""A mail as the bytes that leave: both texts, plain headers, the same bytes for the same mail.

No text from a sheet goes into a header: an encoded word can hide a line break there (promises.md).
"""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from sheets_sync.findings.addresses import is_address
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.mail import Mail
from sheets_sync.problems import WrongUse

NOBODY = "sheets-sync@sheets-sync.invalid"
HEADER_TEXT = lazy_regex(r"[ -~]*")


def sender_address(sender: str) -> str:
    """Return the plain address of "Name <address>". Raises WrongUse where it is none."""
    address = parseaddr(sender)[1]
    if not is_address(address):
        raise WrongUse(
            "[mail] from is not an address.", 'Write it like "IEP services <sped@school.example>".'
        )
    return address


def message_bytes(mail: Mail, sender: str) -> bytes:
    """Return the whole mail with CRLF line ends, in 7 bits. `sender` is "Name <address>", or blank.

    Raises WrongUse where the sender or the receiver is not an address.
    """
    address = sender_address(sender) if sender else NOBODY
    name = parseaddr(sender)[0] or "IEP services"
    if not is_address(mail.to):
        raise WrongUse("A mail has no address.", "Look at the addresses on the Caseload and the Staff tab.")
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((name if HEADER_TEXT.fullmatch(name) else "IEP services", address))
    message["To"] = mail.to
    message["Subject"] = _header(mail.subject)
    if mail.date is not None:
        message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = _header(mail.message_id)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    message.set_boundary("=_" + hashlib.sha256(mail.message_id.encode()).hexdigest()[:32])
    return message.as_bytes()


def _header(text: str) -> str:
    if not HEADER_TEXT.fullmatch(text) or "=?" in text:
        raise WrongUse("A mail's subject holds what no subject may hold.", "Please report this as a fault.")
    return text
