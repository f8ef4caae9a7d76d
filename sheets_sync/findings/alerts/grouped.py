"""grouped: what one cause did to many is one thing, and one paragraph (mail.md).

Five sessions missed by one absent provider are one; so are all that one provider has not logged, or that
nobody gives while she is away. A tab that cannot be read is one note, not forty lines.
"""

from __future__ import annotations

from collections.abc import Hashable

from sheets_sync.findings.finding import Finding, Kind

BY_PROVIDER = frozenset({Kind.MISSED, Kind.NOT_LOGGED, Kind.UNCOVERED})


def cause(finding: Finding) -> Hashable:
    """Return what findings of one cause have in common."""
    if finding.kind is Kind.DATA_PROBLEM:
        return finding.kind
    if finding.kind in BY_PROVIDER and finding.provider:
        return finding.kind, finding.provider, finding.reason
    return finding.fingerprint
