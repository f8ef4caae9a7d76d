"""What has ended, in a mail's subject and first line: what is settled, and what is no longer counted."""

from __future__ import annotations

from sheets_sync.findings.alerts import Digest
from sheets_sync.findings.words import count, joined


def done(digest: Digest) -> str:
    """Return " 2 things are settled and 1 is no longer counted.", "" where nothing has ended."""
    settled, closed = _numbers(digest)
    said = _each(count(settled, "thing is", "things are") + " settled" if settled else "")
    if closed:
        one_or_many = "is" if closed == 1 else "are"
        said += [f"{closed if said else count(closed, 'thing')} {one_or_many} no longer counted"]
    return f" {joined(said)}." if said else ""


def in_subject(digest: Digest) -> list[str]:
    """Return "2 settled" and "1 no longer counted"."""
    settled, closed = _numbers(digest)
    return _each(f"{settled} settled" if settled else "", f"{closed} no longer counted" if closed else "")


def _numbers(digest: Digest) -> tuple[int, int]:
    ended = [item for item in digest.items if item.finding is None]
    closed = sum(item.closing is not None for item in ended)
    return len(ended) - closed, closed


def _each(*texts: str) -> list[str]:
    return [text for text in texts if text]
