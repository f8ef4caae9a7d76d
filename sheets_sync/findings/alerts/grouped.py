"""grouped: what one cause did to many is one thing, and one paragraph (mail.md).

Five sessions missed by one absent provider are one; so are all that one provider has not logged, or that
nobody gives while she is away, and what one day of the Calendar took from many. A tab that cannot be read is
one note, not forty lines.
"""

from __future__ import annotations

from collections.abc import Hashable

from sheets_sync.findings.finding import Finding, Kind

BY_PROVIDER = frozenset({Kind.MISSED, Kind.NOT_LOGGED, Kind.UNCOVERED})


def cause(finding: Finding) -> Hashable:
    """Return what findings of one cause have in common."""
    if finding.kind is Kind.DATA_PROBLEM:
        return finding.kind
    if is_shared(finding):
        who = finding.provider if finding.kind in BY_PROVIDER else ""
        return finding.kind, who, finding.reason
    return finding.fingerprint


def is_shared(finding: Finding) -> bool:
    """Tell whether other findings can have the same cause: a provider, or a day of the Calendar."""
    if finding.kind is Kind.RECORD_CHANGED:
        return bool(finding.reason)
    return finding.kind in BY_PROVIDER and bool(finding.provider)
