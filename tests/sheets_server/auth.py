"""Who asks: tokens for signed assertions of service accounts, and the tokens that requests bring.

https://developers.google.com/identity/protocols/oauth2/service-account
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from tests.sheets_server.accounts import ServiceAccount, private_key
from tests.sheets_server.clock import Clock
from tests.sheets_server.errors import ApiError

GOOGLES_TOKEN_URI = "https://oauth2.googleapis.com/token"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SCOPES = "https://www.googleapis.com/auth/"
FEEDS = "https://spreadsheets.google.com/feeds"
"""The scope of the Sheets API before the present one: programs still ask for it; it opens nothing here."""
LIFE = 3600
_TOLERATED = 300
"""Seconds by which the clocks of Google and of who asks may differ."""

_CREDENTIAL = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
_TIMEFRAME = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
_UNAUTHORIZED = (
    "Client is unauthorized to retrieve access tokens using this method, "
    "or client not authorized for any of the scopes requested."
)


class TokenRefused(Exception):
    """What the token endpoint answers instead of a token."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


@dataclass(frozen=True)
class Caller:
    """Who a token speaks for, and what for."""

    user: str
    scopes: frozenset[str]


@dataclass
class Tokens:
    """The token endpoint and the tokens that it gave out.

    `accounts` are known by address. `delegated`: users for whom any account may ask (domain-wide delegation).
    `revoked`: the accounts' keys are no longer good, and their tokens neither. `skew`: seconds by which
    Google's clock is ahead of this machine's.
    """

    clock: Clock
    accounts: dict[str, ServiceAccount] = field(default_factory=dict)
    delegated: set[str] = field(default_factory=set)
    revoked: bool = False
    skew: float = 0
    _given: dict[str, tuple[Caller, float]] = field(default_factory=dict)

    def exchange(self, form: str) -> dict[str, Any]:
        """Return an access token for the form that was posted. Raises TokenRefused."""
        fields = {name: values[0] for name, values in parse_qs(form).items()}
        if fields.get("grant_type") != JWT_BEARER:
            kind = fields.get("grant_type", "")
            raise TokenRefused(400, "unsupported_grant_type", f"Invalid grant_type: {kind}")
        claims = self._verified(fields.get("assertion", ""))
        self._check_time(claims)
        account = self.accounts[claims["iss"]]
        if claims.get("aud") not in (account.token_uri, GOOGLES_TOKEN_URI):
            said = f"Invalid JWT: Failed audience check. The right audience is {account.token_uri}"
            raise TokenRefused(400, "invalid_grant", said)
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes or not all(scope.startswith((SCOPES, FEEDS)) for scope in scopes):
            raise TokenRefused(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        user = claims.get("sub") or account.email
        if user != account.email and user not in self.delegated:
            raise TokenRefused(401, "unauthorized_client", _UNAUTHORIZED)
        token = self.give(user, scopes)
        return {"access_token": token, "expires_in": LIFE - 1, "token_type": "Bearer"}

    def give(self, user: str, scopes: Iterable[str], life: float = LIFE) -> str:
        """Return a new access token for a user."""
        token = "ya29.c." + secrets.token_urlsafe(48)
        self._given[token] = Caller(user, frozenset(scopes)), self.clock.now() + life
        return token

    def caller(self, authorization: str | None, method: str, scopes: Iterable[str]) -> Caller:
        """Return who sent a request. Raises ApiError: 401 or 403.

        `method` is Google's name of it ("google.apps.sheets.v4.SpreadsheetsService.GetSpreadsheet"), `scopes`
        are those of which one is needed.
        """
        word, _, token = (authorization or "").partition(" ")
        if word.lower() != "bearer" or not token:
            said = f"Request is missing required authentication credential. {_CREDENTIAL}"
            raise _unauthenticated(said, "CREDENTIALS_MISSING", method)
        caller = self._self_signed(token) if token.count(".") == 2 and token[:2] == "ey" else None
        if caller is None:
            caller, until = self._given.get(token, (None, 0.0))
            if caller is None or self.revoked or until <= self.clock.now():
                said = f"Request had invalid authentication credentials. {_CREDENTIAL}"
                reason = (
                    "ACCESS_TOKEN_EXPIRED" if caller and not self.revoked else "ACCESS_TOKEN_TYPE_UNSUPPORTED"
                )
                raise _unauthenticated(said, reason, method)
        if not caller.scopes & frozenset(scopes):
            raise _out_of_scope(method)
        return caller

    def _self_signed(self, token: str) -> Caller | None:
        """Return the caller of a token that the account signed itself (always_use_jwt_access)."""
        try:
            claims = self._verified(token)
            self._check_time(claims)
        except TokenRefused:
            return None
        scopes = str(claims.get("scope", "")).split()
        if not scopes and str(claims.get("aud", "")).rstrip("/").endswith("googleapis.com"):
            scopes = [SCOPES + "spreadsheets", SCOPES + "drive"]
        return Caller(claims["iss"], frozenset(scopes))

    def _verified(self, assertion: str) -> dict[str, Any]:
        """Return the claims of a JWT that a known account signed with a key that is still good."""
        try:
            head, payload, signature = assertion.split(".")
            header, claims = json.loads(_decoded(head)), json.loads(_decoded(payload))
            signed = _decoded(signature)
        except (ValueError, binascii.Error):
            raise TokenRefused(400, "invalid_grant", "Bad Request") from None
        account = self.accounts.get(claims.get("iss", ""))
        if account is None:
            raise TokenRefused(400, "invalid_grant", "Invalid grant: account not found")
        bad = TokenRefused(400, "invalid_grant", "Invalid JWT Signature.")
        if self.revoked or header.get("alg") != "RS256" or header.get("kid") != account.key_id:
            raise bad
        public = private_key(account.email).public_key()
        try:
            public.verify(signed, f"{head}.{payload}".encode(), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            raise bad from None
        return dict(claims)

    def _check_time(self, claims: Mapping[str, Any]) -> None:
        now = time.time() + self.skew
        issued, expires = claims.get("iat"), claims.get("exp")
        good = (
            isinstance(issued, int | float)
            and isinstance(expires, int | float)
            and 0 < expires - issued <= LIFE
            and abs(now - issued) <= _TOLERATED
        )
        if not good:
            raise TokenRefused(400, "invalid_grant", _TIMEFRAME)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _error_info(reason: str, method: str) -> dict[str, Any]:
    service = "drive.googleapis.com" if "drive" in method else "sheets.googleapis.com"
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": service, "method": method},
    }


def _unauthenticated(message: str, reason: str, method: str) -> ApiError:
    return ApiError(401, "UNAUTHENTICATED", message, [_error_info(reason, method)])


def _out_of_scope(method: str) -> ApiError:
    message = "Request had insufficient authentication scopes."
    detail = _error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", method)
    return ApiError(403, "PERMISSION_DENIED", message, [detail])
