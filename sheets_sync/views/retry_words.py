"""Another try to deliver what waits, in one line and as facts for machines: for the log.

No student is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.failed import Failure
from sheets_sync.findings.words import count
from sheets_sync.ports import Delivery
from sheets_sync.problems import whole_sentence
from sheets_sync.state import MailOutcome, Posting
from sheets_sync.views.undelivered import undelivered, undelivered_in_words


@dataclass(frozen=True, slots=True)
class Retry:
    """What came of it: `deliveries` were tried, `left` waits or was given up; `held_back` says why something
    was not tried, "" where all was. Its own exit code is 4 where something could not be delivered."""

    deliveries: Sequence[Delivery] = ()
    left: Sequence[Posting] = ()
    held_back: str = ""
    failure: Failure | None = None

    @property
    def exit_code(self) -> int:
        if self.failure is not None:
            return self.failure.exit_code
        return 4 if undelivered(self.deliveries) else 0

    @property
    def delivered(self) -> int:
        return len(self.deliveries) - len(undelivered(self.deliveries))

    @property
    def waiting(self) -> int:
        return sum(one.outcome is MailOutcome.WAITING for one in self.left)


def retry_in_words(workbook: str, retry: Retry) -> str:
    """Return its line; `workbook` is its file name or title."""
    ended = f" (exit code {retry.exit_code})" if retry.exit_code else ""
    if retry.failure is not None:
        why = (retry.failure.what, retry.failure.remedy)
        told = " ".join(whole_sentence(words) for words in why if words)
        return f"{workbook}: mails that wait: {retry.failure.outcome}{ended}: {told}"
    figures = f"{count(retry.delivered, 'mail')} delivered, {retry.waiting} waiting"
    why_not = " ".join(words for words in (*undelivered_in_words(retry.deliveries), retry.held_back) if words)
    return f"{workbook}: {figures}{ended}" + (f". {why_not}" if why_not else "")


def retry_facts(workbook: str, retry: Retry) -> dict[str, str | int]:
    """Return the same for machines; `error` and `remedy` only where it failed."""
    facts: dict[str, str | int] = {"workbook": workbook, "exit_code": retry.exit_code}
    if retry.failure is not None:
        return facts | {"error": retry.failure.what, "remedy": retry.failure.remedy}
    undone = len(undelivered(retry.deliveries))
    return facts | {"delivered": retry.delivered, "undelivered": undone, "waiting": retry.waiting}
