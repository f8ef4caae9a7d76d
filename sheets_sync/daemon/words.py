"""What the daemon says in its log. No student stands in it: a workbook is named, and what is done with it."""

from __future__ import annotations

from datetime import tzinfo

from sheets_sync.daemon.charge import Errand
from sheets_sync.daemon.due import Due

STARTING = {
    "sync now": "a box is ticked: a run is started",
    "night": "the night's run is started",
    "same day": "the schedule changed: a run is started",
    "mails": "mails that wait are tried again",
}
OUTCOMES = {
    0: "ended",
    1: "ended: failed",
    2: "ended: refused",
    3: "ended: the workbook cannot be counted or looks wrong",
    4: "ended: not every mail was delivered",
    5: "ended: another run was under way; tried again later",
}
"""What an exit code says by itself; what the run did, and why it failed, it says in its own line before."""


def starting(errand: Errand) -> str:
    return STARTING[errand.reason]


def outcome(exit_code: int) -> str:
    return OUTCOMES.get(exit_code, f"ended: failed (exit code {exit_code})")


def ending(code: int, *, overdue: bool) -> str:
    """Return why a run did not end by itself, "" where it did."""
    if overdue:
        return "did not end within its deadline and was ended"
    return f"was ended by signal {-code}" if code < 0 else ""


def plan(due: Due, zone: tzinfo) -> str:
    """Say when the next run is, and why only then."""
    at = due.next.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if due.why == "waiting":
        return f"tried again at {at}"
    if due.why == "given up":
        return f"given up for this night; the next run is at {at}"
    return f"the next run is at {at}"
