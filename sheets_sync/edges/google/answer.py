"""An answer over HTTP, and the error of Google's that may be in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

CONSOLE = "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
LONGEST_LINK = 300
_NO_RANGE = "Unable to parse range"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; `headers` by their names in lower case. The body names children: it is in no repr."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class GoogleError:
    """What of Google's error tells which it is. `no_range`: a range that was named is not there."""

    code: int
    status: str = ""
    reasons: tuple[str, ...] = ()
    activation_link: str = CONSOLE
    no_range: bool = False


def google_error(answer: Answer) -> GoogleError | None:
    """Return the error in Google's form (google.rpc.Status as JSON), None where the body has none.

    https://cloud.google.com/apis/design/errors
    """
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return None
    message = error.get("message")
    infos = [one for one in _listed(error.get("details")) if isinstance(one.get("reason"), str)]
    links = [link for info in infos if (link := safe_link(_metadata(info).get("activationUrl")))]
    return GoogleError(
        code=answer.status,
        status=_text(error.get("status")),
        reasons=tuple(info["reason"] for info in infos),
        activation_link=next(iter(links), CONSOLE),
        no_range=isinstance(message, str) and _NO_RANGE in message,
    )


def is_page(answer: Answer) -> bool:
    """Tell a page for people, HTML, from JSON that is only a part of itself."""
    return answer.body.lstrip().startswith(b"<")


def safe_link(link: object) -> str:
    """Return the link if it is one that a person may be sent to, an https page of Google's; "" if not."""
    if not isinstance(link, str) or len(link) > LONGEST_LINK or not link.isascii() or not link.isprintable():
        return ""
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    google = host == "google.com" or host.endswith(".google.com")
    plain = parts.scheme == "https" and parts.netloc == host and port is None
    return link if google and plain and not set(link) & set(" \"'<>\\^`{|}") else ""


def retry_after(answer: Answer, now: float) -> float | None:
    """Return the seconds that an answer asks to wait, None where it does not. `now` is in seconds since 1970.

    A date counts from the answer's own Date, so that a clock that is wrong here does no harm.
    """
    given = answer.headers.get("retry-after", "").strip()
    if given.isascii() and given.isdigit() and len(given) < 10:
        return float(given)
    until = _instant(given)
    if until is None:
        return None
    return max(0.0, until - (_instant(answer.headers.get("date", "")) or now))


def clock_off(answer: Answer, now: float) -> float | None:
    """Return the seconds by which this machine's clock is ahead of the answer's Date, None without a Date."""
    there = _instant(answer.headers.get("date", ""))
    return None if there is None else now - there


def _instant(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _listed(details: Any) -> Iterator[dict[str, Any]]:
    if isinstance(details, list):
        yield from (one for one in details if isinstance(one, dict))


def _metadata(info: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = info.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
