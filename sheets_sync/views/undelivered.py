"""What of the mails could not be delivered, and what would do, in sentences that name no student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sheets_sync.findings.words import count
from sheets_sync.ports import Delivery


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
