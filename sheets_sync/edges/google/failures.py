"""What goes wrong between this machine and Google: a sentence, what would do, and an exit code (google.md).

What failed is told by the HTTP status, by `error.status` and by `error.details[].reason`; Google's messages
are for programmers, change, and can quote a cell: they are neither matched (but for "Unable to parse range",
which has no reason of its own) nor repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from sheets_sync.edges.google.answer import Answer, GoogleError, google_error
from sheets_sync.problems import CannotCount, RunFailed, SheetsSyncError, WrongUse

TROUBLE = frozenset({500, 502, 503, 504})


class Unclear(RunFailed):
    """Nobody knows whether a write that must not be repeated was carried out; reading it again tells."""


class Refused(RunFailed):
    """Google refused a write as it was asked for: nothing of it was applied."""


class Step(StrEnum):
    """Where a run stands; the words follow "while"."""

    TOKEN = "getting a token"
    READING = "reading the workbook"
    WRITING = "writing the tabs"


@dataclass(frozen=True, slots=True)
class Situation:
    """What a sentence needs to know beside the answer.

    `account` is the address to share with, "" where it is not known; it is a person's where the service
    account is `acting` for one. `tries` tells how often it was asked.
    """

    step: Step
    account: str = ""
    acting: bool = False
    tries: int = 1


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


def deadline(step: Step, seconds: float) -> RunFailed:
    """Return the failure of a run that was not done in time."""
    return RunFailed(
        f"The run was ended by its deadline of {length(seconds)} while {step}.",
        "Run again. If it stays, look whether the connection to Google is slow, or give the run more time:"
        " [daemon] deadline.",
    )


def no_quota_in_time(situation: Situation, seconds: float) -> RunFailed:
    """Return the failure of a run that would have to wait longer for the quota than it may last."""
    return RunFailed(
        f"Google's quota allows no request for {length(seconds)}, which is past the deadline,"
        f" while {situation.step}.",
        "Run again later, or give the run more time: [daemon] deadline.",
    )


def cut_answer(situation: Situation) -> RunFailed:
    """Return the failure of an answer that ended before its end."""
    return RunFailed(
        f"Google's answer was cut off while {situation.step}{_tries(situation)}.",
        "Run again. If it stays, something between this machine and Google (a proxy, a filter) cuts long"
        " answers: ask whoever looks after the network.",
    )


def unclear(situation: Situation) -> Unclear:
    """Return what a write comes to that must not be repeated and whose end nobody saw."""
    return Unclear(
        f"The connection to Google broke while {situation.step}: whether they were written is not known.",
        "Run again: the workbook is read anew, and what is missing is written.",
    )


def range_not_found(wanted: str, tabs: Sequence[str]) -> CannotCount:
    """Return the failure of a tab or range that is not there. `tabs` are the names of those that are."""
    near = get_close_matches(wanted.casefold(), {tab.casefold(): tab for tab in tabs}, n=1, cutoff=0.5)
    nearest = next((tab for tab in tabs if near and tab.casefold() == near[0]), "")
    there = ", ".join(f'"{tab}"' for tab in tabs)
    return CannotCount(
        "The workbook has no tab or range of the name that was asked for.",
        (f'Asked for was "{wanted}"; ' if wanted else "")
        + (f'the nearest is "{nearest}"; ' if nearest else "")
        + f"the tabs there are: {there or 'not known'}.",
    )


def length(seconds: float) -> str:
    """Return a length of time in words: "90 seconds", "20 minutes"."""
    if seconds < 120:
        return f"{round(seconds)} second{'' if round(seconds) == 1 else 's'}"
    if seconds < 2 * 3600:
        return f"{round(seconds / 60)} minutes"
    if seconds < 48 * 3600:
        return f"{round(seconds / 3600)} hours"
    return f"{round(seconds / 86400)} days"


def _tries(situation: Situation) -> str:
    return f" ({situation.tries} tries)" if situation.tries > 1 else ""


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
        "The project that the key or this machine's credentials name cannot be used (it is gone, has no"
        " billing, or is another's).",
        "Look in the Google Cloud console whether the project is there and active, or make a key in another.",
    )


def _quota(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        f"Google's quota for requests is used up{_tries(situation)}, while {situation.step}.",
        "Wait some minutes and run again. If it happens often, other programs work with the same project:"
        " give this one a project of its own, or ask for a higher quota in the Google Cloud console.",
    )


def _unauthenticated(error: GoogleError, situation: Situation) -> RunFailed:
    return RunFailed(
        f"Google did not accept the token while {situation.step}: the key was deleted or disabled meanwhile.",
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
        f"Google Sheets is not working at the moment{_tries(situation)}, while {situation.step}.",
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
            "The proxy between this machine and Google wants a user and a password; nothing was sent.",
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
            f"Something between this machine and Google sends to another place (HTTP {answer.status}), as"
            f" login pages of networks do, while {situation.step}.",
            f"Log in to the network, or {_ASK}.",
        )
    return RunFailed(
        f"Something between this machine and Google (a proxy, a filter) answered in its place"
        f" (HTTP {answer.status}), while {situation.step}.",
        f"{_ASK[:1].upper()}{_ASK[1:]}; look at [google] endpoint too, if it is set.",
    )
