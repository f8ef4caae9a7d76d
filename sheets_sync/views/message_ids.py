"""Message-IDs: the same content is the same mail, and a store takes a Message-ID once (mail.md)."""

from __future__ import annotations

import hashlib
import re

from sheets_sync.config import Config

NOBODYS_DOMAIN = "sheets-sync.invalid"


def message_id(config: Config, *content: str) -> str:
    """Return the Message-ID of what makes this mail this one, with its angle brackets."""
    number = hashlib.sha256("\x00".join(content).encode()).hexdigest()[:32]
    return f"<{number}@{_sender_domain(config)}>"


def _sender_domain(config: Config) -> str:
    """Return the domain of our Message-IDs: the sender's, or nobody's."""
    domain = config.mail.sender.rpartition("@")[2].strip(" >")
    safe = domain if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", domain) else NOBODYS_DOMAIN
    return safe.casefold()
