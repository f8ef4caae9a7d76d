"""Mails, ready to be sent or written: one a person a night (mail.md, "A mail")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sheets_sync.config import Config
from sheets_sync.findings.alerts import Decision, Digest
from sheets_sync.findings.people import people
from sheets_sync.ledger.result import Ledger
from sheets_sync.mail import Mail
from sheets_sync.views.digest import Setting, letter
from sheets_sync.views.digest_words import subject
from sheets_sync.views.first_summary import summary
from sheets_sync.views.letter import Place
from sheets_sync.views.letter_html import as_html
from sheets_sync.views.letter_text import as_text
from sheets_sync.views.message_ids import message_id
from sheets_sync.views.plain import plain
from sheets_sync.views.student_names import student_names

__all__ = ["Mail", "digests"]


def digests(
    decision: Decision,
    ledger: Ledger,
    config: Config,
    *,
    checked_at: datetime,
    workbook_name: str,
    what_to_do: Sequence[str],
    rows: Sequence[int] = (),
    row_link: str = "",
    tab: str = "Compliance",
) -> tuple[Mail, ...]:
    """Write the mails of a decision.

    `what_to_do` are the tab's sentences and `rows` the rows of the Compliance tab, both in the order of
    `ledger.lines`; without rows the cells of the grid are named. `row_link` is as in ports.Snapshot; `tab` is
    what our tab is called in this workbook. `checked_at` is in the school's time zone.
    """
    called = plain(tab, 60)
    here = Setting(
        names=student_names(ledger.tables.students, config.mail.students),
        people=people(ledger, config.allowed_domains),
        what_to_do=what_to_do,
        places=[Place(f"{called} row {row}", f"{row_link}{row}" if row_link else "") for row in rows],
        workbook=workbook_name,
        checked_at=checked_at,
    )
    return tuple(_mail(digest, ledger, config, here) for digest in decision.digests)


def _mail(digest: Digest, ledger: Ledger, config: Config, here: Setting) -> Mail:
    content = summary(digest, ledger, here) if digest.summary else letter(digest, here)
    findings = [item.finding for item in digest.items if item.finding is not None]
    title = subject(digest, findings)
    text = as_text(content)
    return Mail(
        to=digest.to,
        subject=title,
        text=text,
        html=as_html(content, title),
        message_id=_message_id(digest, ledger, config, title, text),
        date=here.checked_at,
        reasons=digest.reasons,
        role=digest.role.words,
    )


def _message_id(digest: Digest, ledger: Ledger, config: Config, title: str, text: str) -> str:
    """Derive the Message-ID from the content and the date, not from the minute at which it was read.

    A session that is moved, moved back and moved again on one date is the same content: how often this
    address was told of each thing before makes it another mail, and a run that is repeated the same one.
    """
    lasting = text.rpartition("The sheet was read")[0]
    before = [
        str(telling.times)
        for item in digest.items
        for telling in item.alert.tellings
        if telling.to == digest.to
    ]
    return message_id(config, digest.to, ledger.today.isoformat(), title, lasting, *before)
