"""One mail, as views write it and edges deliver and remember it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address; `text` and `html` say the same words.

    `message_id` is with its angle brackets. `role` is the gravest part that the receiver has in it: "case
    manager", "supervisor", "provider", "administrator". `reasons` say why it goes: "new", "still open",
    "resolved", "first summary".
    """

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime | None
    reasons: tuple[str, ...]
    role: str = ""
