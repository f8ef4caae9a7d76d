"""Why a request came to no answer: what the exceptions of requests and urllib3 mean to people."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from enum import Enum

import requests
import urllib3.exceptions as urllib3

from sheets_sync.edges.google.failures import Situation, tried
from sheets_sync.problems import RunFailed, SheetsSyncError, WrongUse

_NOT_YET_VALID, _EXPIRED = 9, 10
"""Verification codes of OpenSSL that a wrong clock brings about as well."""

_ASK = "ask whoever looks after the network to let this machine reach {hosts}"
_GOOGLES = "sheets.googleapis.com and oauth2.googleapis.com"


class NotNamedError(requests.RequestException):
    """A host that neither the configuration nor the key names; nothing was sent to it."""


class Broken(Enum):
    """What broke; some of it can be over in a moment, and is tried again (`passing`)."""

    NAME = "name"
    CONNECTING = "connecting"
    PROXY = "proxy"
    SILENCE = "silence"
    DROPPED = "dropped"
    TLS = "tls"
    CERTIFICATE = "certificate"
    CERTIFICATE_TIME = "certificate time"
    AUTHORITIES = "authorities"
    PROXY_LOGIN = "proxy login"
    PROXY_ADDRESS = "proxy address"
    NOT_NAMED = "not named"

    @property
    def passing(self) -> bool:
        return self in _PASSING


_PASSING = frozenset({Broken.NAME, Broken.CONNECTING, Broken.PROXY, Broken.SILENCE, Broken.DROPPED})


def what_broke(error: BaseException) -> Broken:
    """Tell why there was no answer."""
    chain = tuple(_chain(error))
    if _any(chain, NotNamedError):
        return Broken.NOT_NAMED
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            late = one.verify_code in (_NOT_YET_VALID, _EXPIRED)
            return Broken.CERTIFICATE_TIME if late else Broken.CERTIFICATE
    told = [text for one in chain for text in one.args if isinstance(text, str)]
    for words, broken in _WORDS:
        if any(words in text for text in told):
            return broken
    if _any(chain, ssl.SSLEOFError, ssl.SSLZeroReturnError):
        return Broken.DROPPED
    for kinds, broken in _KINDS:
        if _any(chain, *kinds):
            return broken
    return Broken.DROPPED


_WORDS = (
    ("Tunnel connection failed: 407", Broken.PROXY_LOGIN),
    ("Could not find a suitable TLS CA certificate bundle", Broken.AUTHORITIES),
)
"""What http.client and requests say where they have no exception of its own for it."""

_KINDS: tuple[tuple[tuple[type[BaseException], ...], Broken], ...] = (
    (
        (requests.exceptions.InvalidProxyURL, requests.exceptions.InvalidSchema, urllib3.ProxySchemeUnknown),
        Broken.PROXY_ADDRESS,
    ),
    ((requests.exceptions.ProxyError, urllib3.ProxyError), Broken.PROXY),
    ((urllib3.NameResolutionError,), Broken.NAME),
    ((requests.exceptions.ConnectTimeout, urllib3.NewConnectionError), Broken.CONNECTING),
    ((requests.exceptions.ReadTimeout, urllib3.ReadTimeoutError, TimeoutError), Broken.SILENCE),
    ((requests.exceptions.SSLError,), Broken.TLS),
)
"""In this order: a timeout can stand behind a proxy's failure."""


def of_broken(broken: Broken, situation: Situation, host: str) -> SheetsSyncError:
    """Return what it means that `host` gave no answer."""
    what, remedy = _SENTENCES[broken]
    while_tried = f"while {situation.step}{tried(situation)}"
    kind = WrongUse if broken is Broken.NOT_NAMED else RunFailed
    hosts = _GOOGLES if host.endswith(".googleapis.com") else host
    return kind(what.format(host=host, while_tried=while_tried), remedy.format(hosts=hosts))


_SENTENCES: dict[Broken, tuple[str, str]] = {
    Broken.NAME: (
        "The network does not know the name {host}, {while_tried}.",
        f"Look whether this machine is online and whether its DNS works; behind a filter, {_ASK}.",
    ),
    Broken.CONNECTING: (
        "No connection to {host} came about {while_tried}.",
        f"Look whether this machine is online and whether HTTPS_PROXY, if set, is right; or {_ASK}.",
    ),
    Broken.PROXY: (
        "The proxy on the way to {host} could not be reached, or refused, {while_tried}.",
        f"Look at the environment variable HTTPS_PROXY, or {_ASK}.",
    ),
    Broken.PROXY_LOGIN: (
        "The proxy on the way to {host} asked for a user and a password {while_tried}; nothing was sent.",
        f"Put them into the address of the proxy, in the environment variable HTTPS_PROXY, or {_ASK}.",
    ),
    Broken.PROXY_ADDRESS: (
        "The proxy on the way to {host} has an address that cannot be used, {while_tried}; nothing was sent.",
        "Look at the environment variable HTTPS_PROXY: it is written as http://proxy.school.example:3128.",
    ),
    Broken.SILENCE: (
        "{host} did not answer {while_tried}.",
        f"Run again later; if it stays, {_ASK}.",
    ),
    Broken.DROPPED: (
        "The connection to {host} broke {while_tried}.",
        f"Run again; if it stays, something on the way (a proxy, a filter) may end it: {_ASK}.",
    ),
    Broken.TLS: (
        "No secure connection to {host} came about {while_tried}; nothing was sent.",
        f"Something on the way may break TLS: {_ASK}, unopened.",
    ),
    Broken.AUTHORITIES: (
        "REQUESTS_CA_BUNDLE names a file that is not there, {while_tried}; nothing was sent.",
        "Name the school's certificate file in that environment variable, or take the variable away.",
    ),
    Broken.CERTIFICATE: (
        "This machine does not trust the certificate that {host} showed {while_tried}; nothing was sent.",
        f"If the school opens TLS, name its certificate file in REQUESTS_CA_BUNDLE, or {_ASK}, unopened.",
    ),
    Broken.CERTIFICATE_TIME: (
        "The certificate that {host} showed {while_tried} is not valid today; nothing was sent.",
        f"Look whether the clock of this machine is right; if it is, {_ASK}, unopened.",
    ),
    Broken.NOT_NAMED: (
        "{host} was to be asked {while_tried}; neither configuration nor key names it, so nothing was sent.",
        "Look at [google] endpoint and at the credentials.",
    ),
}


def _any(chain: tuple[BaseException, ...], *kinds: type[BaseException]) -> bool:
    return any(isinstance(one, kinds) for one in chain)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all that it stands for: reasons, arguments, causes."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [getattr(one, "reason", None), *one.args, one.__cause__, one.__context__]
