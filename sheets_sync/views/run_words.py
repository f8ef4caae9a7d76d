"""One run in one line, and as facts for machines: for the log. No student is named."""

from __future__ import annotations

from sheets_sync.findings.words import count
from sheets_sync.problems import whole_sentence
from sheets_sync.state import RunRecord


def run_in_words(workbook: str, run: RunRecord, *, waiting: int, remedy: str = "") -> str:
    """Return the line of one run; `workbook` is its file name or title, `waiting` the mails that wait.

    A run that did not end well says with which exit code, what was wrong and what would do.
    """
    ended = f" (exit code {run.exit_code})" if run.exit_code else ""
    begun = f"{workbook}: {run.outcome} in {run.seconds:.1f} s{ended}: "
    if run.outcome not in COUNTED:
        return begun + " ".join(whole_sentence(words) for words in (run.error, remedy) if words)
    figures = (
        count(run.lines, "line"),
        count(run.findings, "finding"),
        f"{count(run.cells_changed, 'cell')} changed",
        count(run.mails, "mail"),
        f"{waiting} waiting",
    )
    return begun + ", ".join(figures) + (f". {run.error}" if run.error else "")


COUNTED = ("done", "dry run")
"""Outcomes of runs that have figures; of the others, the error is told."""


def run_facts(
    workbook: str, run: RunRecord, *, waiting: int, remedy: str = ""
) -> dict[str, str | int | float]:
    """Return the same for machines; `error` and `remedy` only where there is one."""
    facts: dict[str, str | int | float] = {
        "workbook": workbook,
        "outcome": run.outcome,
        "exit_code": run.exit_code,
        "seconds": round(run.seconds, 3),
        "today": run.today.isoformat(),
        "lines": run.lines,
        "problems": run.problems,
        "findings": run.findings,
        "cells_changed": run.cells_changed,
        "mails": run.mails,
        "waiting": waiting,
    }
    told = {"error": run.error, "remedy": remedy}
    return facts | {name: words for name, words in told.items() if words}
