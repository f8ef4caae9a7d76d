"""How a run fails between this machine and Google, and what is said when it was not Google that refused.

Google's own refusals are in refusals.py, those of the token endpoint in token_failures.py, broken connections
in connection.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from sheets_sync.problems import CannotCount, RunFailed


class Unclear(RunFailed):
    """Nobody knows whether a write that must not be repeated was carried out; reading it again tells."""


class Refused(RunFailed):
    """Google refused a write as it was asked for: nothing of it was applied."""


class NoSuchRange(CannotCount):
    """A tab or a range that was asked for is not in the workbook."""


class Step(StrEnum):
    """Where a run stands; the words follow "while"."""

    TOKEN = "getting a token"
    READING = "reading the workbook"
    WRITING = "writing the tabs"


@dataclass(frozen=True, slots=True)
class Situation:
    """What a sentence needs to know beside the answer.

    `account` is the address to share with, "" where it is not known; it is a person's where the service
    account is `acting` for one. `tries` tells how often it was asked, `wait` how long Google asks to wait, in
    seconds.
    """

    step: Step
    account: str = ""
    acting: bool = False
    tries: int = 1
    wait: float | None = None


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
        f"Google's answer was cut off while {situation.step}{tried(situation)}.",
        "Run again. If it stays, something between this machine and Google (a proxy, a filter) cuts long"
        " answers: ask whoever looks after the network.",
    )


def unclear(situation: Situation) -> Unclear:
    """Return what a write comes to that must not be repeated and whose end nobody saw."""
    return Unclear(
        f"No good answer of Google's came while {situation.step}: whether they were written is not known.",
        "Run again: the workbook is read anew, and what is missing is written.",
    )


def range_not_found(wanted: str, tabs: Sequence[str]) -> NoSuchRange:
    """Return the failure of a tab or range that is not there. `tabs` are the names of those that are."""
    named = wanted.rpartition("!")[0].strip("'") or wanted
    by_name = {tab.casefold(): tab for tab in tabs}
    near = get_close_matches(named.casefold(), by_name, n=1, cutoff=0.5)
    there = ", ".join(f'"{tab}"' for tab in tabs)
    return NoSuchRange(
        "The workbook has no tab or range of the name that was asked for.",
        (f'Asked for was "{wanted}"; ' if wanted else "")
        + (f'the nearest tab is "{by_name[near[0]]}"; ' if near else "")
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


def tried(situation: Situation) -> str:
    """Return how often something was tried, for the end of a clause; "" for once."""
    return f" ({situation.tries} tries)" if situation.tries > 1 else ""
