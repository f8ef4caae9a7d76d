"""The note to the administrator on mails that were given up, one a cause and day. It names no student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sheets_sync.config import Config
from sheets_sync.findings.words import count
from sheets_sync.mail import Mail
from sheets_sync.retry_policy import KEPT, note_cause
from sheets_sync.state import Posting
from sheets_sync.views.administrator_mail import administrator_mail


def given_up_mail(
    config: Config, problem: str, postings: Sequence[Posting], at: datetime, workbook: str
) -> Mail | None:
    """Write the note; None where no administrator is named, or mail may not go there.

    Receivers are named by what they are ("2 providers"): `sheets-sync outbox` says who.
    """
    mails = count(len(postings), "mail")
    roles = Counter(posting.role for posting in postings)
    to = ", ".join(count(number, role or "receiver") for role, number in sorted(roles.items()))
    numbers = ", ".join(str(posting.number) for posting in postings)
    return administrator_mail(
        config,
        cause=note_cause(problem),
        today=at.date(),
        at=at,
        subject=f"IEP services: {mails} could not be delivered",
        lead=f"To do: look why {mails} could not be delivered, and tell who should have had it.",
        paragraphs=(
            f"Given up: {mails}, to {to}. {problem}",
            "They are not tried again by themselves. What they said stands on the Compliance tab.",
            f"`sheets-sync outbox` shows to whom they were: number {numbers}.",
            "An address that is wrong is mended on the Caseload or the Staff tab; the next mail goes there.",
            f"For {KEPT.days} days `sheets-sync outbox --again NUMBER` puts one back, to be sent after all.",
        ),
        workbook=workbook,
    )
