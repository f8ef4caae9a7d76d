"""What Google refuses, and in which words that is told: a sentence, what would do, an exit code (google.md).

What failed is told by the HTTP status, by `error.status` and by `error.details[].reason`; Google's messages
are for programmers, change, and can quote a cell: they are neither matched (but for "Unable to parse range",
which has no reason of its own) nor repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_sync.edges.google.answer import Answer, GoogleError, google_error
from sheets_sync.edges.google.failures import Refused, Situation, Step, length, range_not_found, tried
from sheets_sync.problems import RunFailed, SheetsSyncError, WrongUse

TROUBLE = frozenset({500, 502, 503, 504})


def of_answer(answer: Answer, situation: Situation) -> SheetsSyncError:
    """Return what an answer that is no success means."""
    error = google_error(answer)
    if error is None:
        return _not_from_google(answer, situation)
    for reason in error.reasons:
        if reason in _BY_REASON:
            return _BY_REASON[reason](error, situation)
    status = error.status or _WORDS.get(answer.status, "")
    return _BY_STATUS.get(status, _unknown)(error, situation)


def _shared_with(situation: Situation) -> str:
    return situation.account or "the account that the program runs as"


_FORBIDDEN = "If the district forbids sharing outside, see delegation in the README ([google] subject)."


def _denied(error: GoogleError, situation: Situation) -> RunFailed:
    """403 says the same to who may not read and to who may not write; a run reads before it writes."""
    share = f"In Google Sheets choose Share, type {_shared_with(situation)}, as Editor, and save."
    if situation.step is Step.WRITING:
        return RunFailed(
            "The workbook may be looked at but not changed: it is shared as viewer only.",
            f"{share} If it is an Editor already, the owner or the district may have locked the workbook.",
        )
    return RunFailed(
        f"The workbook is not shared with {_shared_with(situation)}.",
        share if situation.acting else f"{share} {_FORBIDDEN}",
    )


def _disabled(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        "The Google Sheets API is not enabled in the project that the key belongs to.",
        f"Open {error.activation_link}, choose Enable, wait five minutes, and run again.",
    )


def _no_scope(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        "The credentials are not allowed to work with Google Sheets (their scope does not include it).",
        "Use a service account's key ([google] credentials), or give the credentials of this machine the"
        " scope https://www.googleapis.com/auth/spreadsheets.",
    )


def _policy(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        f"A security policy of the organisation forbids it (VPC service controls) while {situation.step}.",
        "Ask the district's Google administrator to let the service account reach Google Sheets from here.",
    )


def _no_project(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        "The project of the key, or of this machine's credentials, cannot be used: it is gone, or not paid.",
        "Look in the Google Cloud console whether the project is there and active, or make a key in another.",
    )


def _quota(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        f"Google's quota for requests is used up{tried(situation)}, while {situation.step}.",
        f"Wait {length(situation.wait) if situation.wait else 'some minutes'} and run again. If it happens"
        " often, other programs work with the same project: give this one a project of its own, or ask for a"
        " higher quota in the Google Cloud console.",
    )


def _unauthenticated(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        f"Google did not accept the token while {situation.step}: the key was deleted or disabled.",
        "Make a new key for the service account in the Google Cloud console, put it in place of the old one,"
        " and run sheets-sync check.",
    )


def _no_spreadsheet(error: GoogleError, situation: Situation) -> WrongUse:
    return WrongUse(
        "There is no Google workbook at this address: it was deleted, or the address is not whole.",
        "Open the workbook in Google Sheets and copy the address from the address bar.",
    )


def _excel_in_drive(error: GoogleError, situation: Situation) -> WrongUse:
    return WrongUse(
        "This is an Excel file (.xlsx) that lies in Google Drive, not a Google workbook.",
        "Open it, choose File > Save as Google Sheets, and use the address of the new workbook;"
        " or download the file and name it (--workbook FILE).",
    )


def _invalid(error: GoogleError, situation: Situation) -> SheetsSyncError:
    if error.no_range:
        return range_not_found("", ())
    if situation.step is Step.WRITING:
        return Refused(
            "Google refused what was to be written; the tabs stand as they were.",
            "Look whether a tab of ours is protected by someone else, or the workbook is full (10,000,000"
            " cells). If neither is so, tell who maintains the program.",
        )
    return RunFailed(
        f"Google did not understand what was asked while {situation.step}.",
        "Install the newest version of this program; if it stays, tell who maintains it.",
    )


def _trouble(error: GoogleError | None, situation: Situation) -> RunFailed:
    return RunFailed(
        f"Google Sheets is not working at the moment{tried(situation)}, while {situation.step}.",
        "Run again later; https://www.google.com/appsstatus tells whether Google knows of it.",
    )


def _unknown(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        f"Google refused, in a way that this program does not know (HTTP {error.code}), while"
        f" {situation.step}.",
        "Run again; if it stays, tell who maintains the program.",
    )


Sentence = Callable[[GoogleError, Situation], SheetsSyncError]

_BY_REASON: Mapping[str, Sentence] = {
    "SERVICE_DISABLED": _disabled,
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": _no_scope,
    "SECURITY_POLICY_VIOLATED": _policy,
    "USER_PROJECT_DENIED": _no_project,
    "CONSUMER_INVALID": _no_project,
    "CONSUMER_SUSPENDED": _no_project,
    "BILLING_DISABLED": _no_project,
    "RATE_LIMIT_EXCEEDED": _quota,
    "RESOURCE_QUOTA_EXCEEDED": _quota,
}
"""https://cloud.google.com/apis/design/errors, google.api.ErrorReason"""

_BY_STATUS: Mapping[str, Sentence] = {
    "PERMISSION_DENIED": _denied,
    "UNAUTHENTICATED": _unauthenticated,
    "NOT_FOUND": _no_spreadsheet,
    "FAILED_PRECONDITION": _excel_in_drive,
    "RESOURCE_EXHAUSTED": _quota,
    "INVALID_ARGUMENT": _invalid,
    "OUT_OF_RANGE": _invalid,
    "UNAVAILABLE": _trouble,
    "INTERNAL": _trouble,
    "DEADLINE_EXCEEDED": _trouble,
    "UNKNOWN": _trouble,
    "DATA_LOSS": _trouble,
    "ABORTED": _trouble,
    "CANCELLED": _trouble,
}

_WORDS: Mapping[int, str] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    408: "DEADLINE_EXCEEDED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
"""Google's word for an HTTP status, where the error itself has none."""


_ASK = (
    "ask whoever looks after the network to let this machine reach sheets.googleapis.com and"
    " oauth2.googleapis.com"
)


def _not_from_google(answer: Answer, situation: Situation) -> RunFailed:
    """An answer without an error of Google's: a front end's page, or something between here and Google."""
    if answer.status == 407:
        return RunFailed(
            f"A proxy on the way asked for a user and a password while {situation.step}; nothing was sent.",
            f"Put them into the address of the proxy, in the environment variable HTTPS_PROXY, or {_ASK}.",
        )
    if answer.status == 429:
        return _quota(GoogleError(429), situation)
    if answer.status in TROUBLE or answer.status == 408:
        return _trouble(None, situation)
    if answer.status == 413:
        return RunFailed(
            f"What was to be sent is too much for one request, while {situation.step}.",
            "Tell who maintains the program; until then, split the workbook.",
        )
    if 300 <= answer.status < 400:
        return RunFailed(
            f"Something on the way leads to another place (HTTP {answer.status}), as login pages do, while"
            f" {situation.step}.",
            f"Log in to the network, or {_ASK}.",
        )
    return RunFailed(
        f"A proxy or filter on the way answered in Google's place (HTTP {answer.status}) while"
        f" {situation.step}.",
        f"{_ASK[:1].upper()}{_ASK[1:]}; look at [google] endpoint too, if it is set.",
    )
