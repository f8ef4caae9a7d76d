"""The server's clock: real time, and as much more as a test turned it."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """Quotas and the expiry of tokens follow it. `turn` moves it ahead; it never stands still."""

    def __init__(self) -> None:
        self._turned = 0.0

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time() + self._turned

    def turn(self, seconds: float) -> None:
        """Move the clock ahead."""
        self._turned += seconds

    def written(self) -> str:
        """Return the time as Google writes it, RFC 3339 with milliseconds."""
        return (
            datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        )
