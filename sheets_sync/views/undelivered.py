"""What of the mails could not be delivered, and what would do, in sentences that name no student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sheets_sync.findings.words import count
from sheets_sync.ports import Delivery
from sheets_sync.state import MailOutcome, Posting


def undelivered(deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Return those that failed, for now or for good."""
    return tuple(one for one in deliveries if one.outcome in ("waiting", "refused"))


def undelivered_in_words(deliveries: Sequence[Delivery]) -> list[str]:
    """Return a sentence for each reason for which mails could not be delivered, and what would do."""
    failed = undelivered(deliveries)
    reasons = Counter(one.problem for one in failed)
    said = [f"{count(mails, 'mail')} could not be delivered: {problem}" for problem, mails in reasons.items()]
    if any(one.outcome == "waiting" for one in failed):
        said.append(
            "What would do: mend that; what waits is tried again with the next run, or now with"
            " `sheets-sync outbox --retry`."
        )
    elif failed:
        said.append("What would do: mend that; `sheets-sync outbox` lists what was given up.")
    return said


def left_in_words(postings: Iterable[Posting]) -> Iterator[str]:
    """Yield a sentence on the mails that wait, and one on those that were given up."""
    outcomes = [posting.outcome for posting in postings]
    if waiting := outcomes.count(MailOutcome.WAITING):
        yield f"Not delivered yet: {count(waiting, 'mail')}; the next run tries again (sheets-sync outbox)."
    if given_up := outcomes.count(MailOutcome.GIVEN_UP):
        yield f"Given up: {count(given_up, 'mail')}; sheets-sync outbox says why."
