"""When a request is sent again, and after how long.

A loop of our own over one pure function, rather than tenacity: what decides is Retry-After, the deadline of
the run, the quota and whether a write may be repeated, none of which a library knows; and its clock and its
chance cannot be turned by a test.
"""

from __future__ import annotations

STATUSES = frozenset({408, 429, 500, 502, 503, 504})
TRIES = 6
LONGEST = 300.0
"""Seconds from the first try to the last."""

_FIRST = 2.0
_FIRST_QUOTA = 8.0
"""Seconds that the first wait is at most, doubled each time. A quota is refilled each minute: all waits for
it together are more than one."""


def pause(
    tries: int, spent: float, chance: float, *, status: int = 0, retry_after: float | None = None
) -> float | None:
    """Return the seconds to wait before the next try, None where there is none.

    `tries` were made, in `spent` seconds. The wait is drawn evenly between nothing and its longest ("full
    jitter"), or is what the answer asks for (Retry-After) and up to a second more, so that programs that
    were told the same do not come back together.
    """
    if tries >= TRIES:
        return None
    if retry_after is not None:
        wait = retry_after + chance
    else:
        wait = chance * (_FIRST_QUOTA if status == 429 else _FIRST) * 2 ** (tries - 1)
    return wait if spent + wait <= LONGEST else None
