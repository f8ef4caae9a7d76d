"""The hosts that may be talked to: those that the configuration or the key names, and no other."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from sheets_sync.problems import WrongUse

_PORTS = {"http": 80, "https": 443}
_LOOKUP = "/allowedLocations"
"""Where google-auth asks, on its own and in the background, in which regions an account may work."""


class Origins:
    """Scheme, host and port of what may be asked. `plain` are those that plain http may reach."""

    def __init__(self, urls: Iterable[str], plain: Iterable[str] = ()) -> None:
        self._plain = frozenset(map(origin, plain))
        self._all = frozenset(map(origin, urls)) | self._plain

    def allows(self, url: str) -> bool:
        """Tell whether a request may go to this address."""
        try:
            asked = origin(url)
        except ValueError:
            return False
        if asked not in self._all or urlsplit(url).path.endswith(_LOOKUP):
            return False
        return asked.startswith("https:") or asked in self._plain or is_loopback(url)


def origin(url: str) -> str:
    """Return an address as scheme, host and port. Raises ValueError for what is none."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.scheme not in _PORTS or not host:
        raise ValueError("no address of the web")
    return f"{parts.scheme}://{host}:{parts.port or _PORTS[parts.scheme]}"


def is_loopback(url: str) -> bool:
    """Tell whether an address is this machine's own."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked(url: str, where: str) -> str:
    """Return an address without "/" at its end. Raises WrongUse where it is neither https nor loopback."""
    try:
        good = origin(url).startswith("https:") or is_loopback(url)
        parts = urlsplit(url)
        good = good and not (parts.query or parts.fragment or parts.username or parts.password)
    except ValueError:
        good = False
    if not good:
        raise WrongUse(
            f"{where} is no address that begins with https://; nothing was sent.",
            f"Correct {where}; plain http is taken for this machine alone (http://127.0.0.1).",
        )
    return url.rstrip("/")
