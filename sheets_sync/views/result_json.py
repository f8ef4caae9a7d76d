"""What `sync --json` prints: one object, for machines (spec: commands.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from sheets_sync.findings.finding import Finding
from sheets_sync.ledger.result import FIGURES, Ledger
from sheets_sync.problems import Problem
from sheets_sync.views.mail import Mail

Json = dict[str, Any]


def sync_result(
    ledger: Ledger,
    keys: Sequence[str],
    what_to_do: Sequence[str],
    problems: Sequence[Problem],
    findings: Sequence[Finding],
    mails: Sequence[Mail],
    *,
    workbook: str,
    calls: Mapping[str, int],
) -> Json:
    """Return the result of one run as plain dicts, lists, strings and ints.

    `keys` and `what_to_do` stand in the order of `ledger.lines`. `calls` counts what was asked of the
    workbook: {"read": 1, "write": 1}.
    """
    return {
        "today": ledger.today.isoformat(),
        "workbook": workbook,
        "lines": line_results(ledger, keys, what_to_do),
        "problems": [_problem(problem) for problem in problems],
        "findings": [_finding(finding, keys) for finding in findings],
        "mails": [_mail(mail) for mail in mails],
        "calls": dict(calls),
    }


def line_results(ledger: Ledger, keys: Sequence[str], what_to_do: Sequence[str]) -> list[Json]:
    """Return one object a line of the grid, in its order; the figures of CHECK DATA are None."""
    rows = ledger.line_records
    return [_line(row, key, text) for row, key, text in zip(rows, keys, what_to_do, strict=True)]


def _line(row: Mapping[Any, Any], key: str, what_to_do: str) -> Json:
    return {
        "line": key,
        "cell": row["cell"],
        "student": row["student"],
        "service": row["service"],
        "group": row["group"] or None,
        "status": str(row["status"]),
        "what_to_do": what_to_do,
        "frequency": _frequency(row),
        "watch": bool(row["watch"]),
        **{name: whole(row[name]) for name in FIGURES},
        "percent": None if pd.isna(row["percent"]) else round(float(row["percent"]), 1),
    }


def _frequency(row: Mapping[Any, Any]) -> Json | None:
    """Return the frequency as read, None if it could not be.

    What it does not state ("60 min / week" names no sessions) is None.
    """
    period = row["period"]
    if not period:
        return None
    if period in ("n_weeks", "cycle"):
        period = f"{period}:{int(row['n'])}"
    stated = {name: whole(row[name]) or None for name in ("sessions", "minutes", "total")}
    return {**stated, "period": period}


def whole(figure: Any) -> int | None:
    """Return a figure as an int, None where it is blank."""
    return None if pd.isna(figure) else int(figure)


def _problem(problem: Problem) -> Json:
    return {
        "severity": problem.severity.value,
        "tab": problem.tab,
        "cell": problem.cell,
        "value": problem.value,
        "problem": problem.problem,
        "remedy": problem.remedy,
    }


def _finding(finding: Finding, keys: Sequence[str]) -> Json:
    return {
        "kind": str(finding.kind),
        "student": finding.student or None,
        "service": finding.service or None,
        "line": finding.line or None,
        "date": _iso(finding.date),
        "minutes": finding.minutes,
        "text": finding.text,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None or pd.isna(day) else day.isoformat()[:10]


def _mail(mail: Mail) -> Json:
    return {"to": mail.to, "subject": mail.subject, "reasons": list(mail.reasons)}
