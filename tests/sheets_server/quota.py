"""Google's quotas: requests a minute for one user and for the project, refilled each minute.

https://developers.google.com/workspace/sheets/api/limits
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.sheets_server.errors import ApiError

PROJECT_NUMBER = "123456789012"
_WINDOW = 60.0


@dataclass
class Quota:
    """Limits a minute. `retry_after`: the header that a 429 carries, in seconds; None: none, as Google.

    A minute begins with the clock's: 60 requests at the end of one and 60 at the beginning of the next pass.
    A request that is refused does not count.
    """

    user_reads: int = 60
    user_writes: int = 60
    project_reads: int = 300
    project_writes: int = 300
    retry_after: int | None = None
    _window: int = field(default=-1, repr=False)
    _counted: Counter[tuple[str, str]] = field(default_factory=Counter, repr=False)

    def take(self, kind: str, user: str, now: float) -> None:
        """Count a request, "read" or "write". Raises ApiError (429) where its limit is used up."""
        window = int(now // _WINDOW)
        if window != self._window:
            self._window = window
            self._counted.clear()
        limits = {
            "read": (self.user_reads, self.project_reads),
            "write": (self.user_writes, self.project_writes),
        }
        of_user, of_project = limits[kind]
        if self._counted[kind, user] >= of_user:
            raise exceeded(kind, of_user, per_user=True)
        if self._counted[kind, ""] >= of_project:
            raise exceeded(kind, of_project, per_user=False)
        self._counted[kind, user] += 1
        self._counted[kind, ""] += 1


def exceeded(kind: str, limit: int, *, per_user: bool) -> ApiError:
    """Return Google's 429."""
    word, person = kind.capitalize(), " per user" if per_user else ""
    message = (
        f"Quota exceeded for quota metric '{word} requests' and limit '{word} requests per minute{person}' "
        f"of service 'sheets.googleapis.com' for consumer 'project_number:{PROJECT_NUMBER}'."
    )
    metadata = {
        "consumer": f"projects/{PROJECT_NUMBER}",
        "quota_limit": f"{word}RequestsPerMinutePer{'User' if per_user else 'Project'}",
        "quota_limit_value": str(limit),
        "quota_location": "global",
        "quota_metric": f"sheets.googleapis.com/{kind}_requests",
        "quota_unit": "1/min/{project}/{user}" if per_user else "1/min/{project}",
        "service": "sheets.googleapis.com",
    }
    link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
    }
    details = [
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "RATE_LIMIT_EXCEEDED",
            "domain": "googleapis.com",
            "metadata": metadata,
        },
        {"@type": "type.googleapis.com/google.rpc.Help", "links": [link]},
    ]
    return ApiError(429, "RESOURCE_EXHAUSTED", message, details)
