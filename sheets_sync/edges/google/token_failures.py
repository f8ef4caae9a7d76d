"""Why there is no token: what a token endpoint answers, as a sentence with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_sync.edges.google.answer import Answer, clock_off
from sheets_sync.edges.google.failures import Situation, length
from sheets_sync.problems import RunFailed

CLOCK_OFF = 60.0
"""Seconds from which a wrong clock is what is said; Google takes some minutes."""


def of_refusal(
    error: Mapping[str, Any], answer: Answer | None, situation: Situation, wall: float
) -> RunFailed:
    """Return what an OAuth error means (RFC 6749, 5.2). `wall` is this machine's time, seconds since 1970.

    The endpoint says invalid_grant to a wrong clock, to a deleted key and to a person who is not there; its
    own Date tells the first from the others.
    """
    word = error.get("error")
    if word == "invalid_grant":
        off = clock_off(answer, wall) if answer is not None else None
        if off is not None and abs(off) >= CLOCK_OFF:
            return _clock(off)
        return _bad_key(situation)
    if word in ("unauthorized_client", "access_denied"):
        return _no_delegation(situation)
    if word == "invalid_scope":
        return RunFailed(
            "The credentials of this machine may not be used for Google Sheets.",
            "Log in again with it: gcloud auth application-default login --scopes="
            "https://www.googleapis.com/auth/spreadsheets,https://www.googleapis.com/auth/cloud-platform;"
            " or use a service account's key ([google] credentials).",
        )
    if word in ("invalid_client", "deleted_client", "disabled_client"):
        return _bad_key(situation)
    return RunFailed(
        "Google gave no token, for a reason that this program does not know.",
        "Make a new key for the service account, or tell who maintains this program.",
    )


def _clock(off: float) -> RunFailed:
    way = "ahead of" if off > 0 else "behind"
    return RunFailed(
        f"Google did not accept the key, for the clock of this machine is {length(abs(off))} {way} Google's.",
        "Set the clock right, and let it be set by itself (on Linux: timedatectl set-ntp true).",
    )


def _bad_key(situation: Situation) -> RunFailed:
    person = f" Look too whether {situation.account} is a person of your domain." if situation.acting else ""
    return RunFailed(
        "Google does not accept the key: it was deleted or disabled, or its service account was.",
        "In the Google Cloud console look at the service account and its keys, make a new key, put it in"
        f" place of the old one, and run sheets-sync check.{person}",
    )


def _no_delegation(situation: Situation) -> RunFailed:
    if not situation.acting:
        return RunFailed(
            "Google gives this account no token for Google Sheets.",
            "Look at the service account in the Google Cloud console, or make another one and a key for it.",
        )
    return RunFailed(
        f"The service account may not act for {situation.account}: delegation is missing.",
        "The district's Google administrator adds it in admin.google.com under Security > API controls >"
        " Domain-wide delegation: the account's client id, with the scope"
        " https://www.googleapis.com/auth/spreadsheets. Where no delegation is meant, leave [google] subject"
        " out and share the workbook with the service account.",
    )
