"""A note to the administrator: what the program itself could not do. It names no student (mail.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sheets_sync.config import Config
from sheets_sync.findings.addresses import is_allowed, normal_address
from sheets_sync.findings.roles import Role
from sheets_sync.mail import Mail
from sheets_sync.views.letter import Letter
from sheets_sync.views.letter_html import as_html
from sheets_sync.views.letter_text import as_text
from sheets_sync.views.message_ids import message_id


def administrator_mail(
    config: Config,
    *,
    cause: str,
    today: date,
    at: datetime,
    subject: str,
    lead: str,
    paragraphs: Sequence[str],
    workbook: str,
) -> Mail | None:
    """Write the note; None where no administrator is named, or mail may not go there.

    One cause and day are one mail: both make its Message-ID, and a store takes a Message-ID once. `subject`,
    `lead` and `paragraphs` are our own words: nothing of a sheet goes into a header, no student into any.
    """
    to = normal_address(config.administrator)
    if not is_allowed(to, config.allowed_domains):
        return None
    closing = f"Why you get this: you look after “{workbook}”. Mails to you name no student."
    letter = Letter(lead, tuple(paragraphs), (), (closing,))
    return Mail(
        to=to,
        subject=subject,
        text=as_text(letter),
        html=as_html(letter, subject),
        message_id=message_id(config, "administrator", to, today.isoformat(), cause, config.workbook),
        date=at,
        reasons=(cause,),
        role=Role.ADMINISTRATOR.words,
    )
