"""`sheets-sync runs`: the last runs, and whether the last good one is too old."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import Options, one_configuration, workbook_options
from sheets_sync.problems import WrongUse

if TYPE_CHECKING:
    from sheets_sync.state import RunRecord

UNITS = {"m": "minutes", "h": "hours", "d": "days"}
SHOWN = 20
LOOKED_AT = 500
GOOD = (0, 4)
"""Exit codes of runs that counted and wrote."""


@click.command()
@click.option("--max-age", metavar="36h", help="End with 1 if the last good run is older (m, h or d).")
@workbook_options
def command(max_age: str | None, **given: Any) -> int:
    """List the last runs.

    When each was, how long it took, what changed, what was sent, what failed.
    """
    from sheets_sync.views.undelivered import left_in_words
    from sheets_sync.wiring import machine_clock, open_store

    options = Options(**given)
    oldest = None if max_age is None else _length(max_age)
    config = one_configuration(options)
    store = open_store(config)
    runs = store.runs(LOOKED_AT)
    if options.as_json:
        click.echo(json.dumps([_result(run) for run in runs[:SHOWN]]))
    elif not options.quiet:
        for run in runs[:SHOWN]:
            click.echo(_line(run, machine_clock(config)().tzinfo))
        if not runs:
            click.echo("No run of this workbook is remembered here.")
        for sentence in left_in_words(store.postings()):
            click.echo(sentence)
    if oldest is None:
        return 0
    return 0 if _is_fresh(runs, machine_clock(config)(), oldest) else 1


def _length(text: str) -> timedelta:
    found = re.fullmatch(r"\s*(\d{1,5})\s*([mhd])\s*", text)
    if found is None:
        raise WrongUse("--max-age is no length of time", 'write it as "36h", "90m" or "2d"')
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def _is_fresh(runs: tuple[RunRecord, ...], now: datetime, oldest: timedelta) -> bool:
    """Tell whether a good run is that young; one that a wrong clock put into the future counts not, nor one
    that told changes of the same day alone."""
    good = [
        run.finished for run in runs if run.exit_code in GOOD and run.finished <= now and not run.same_day
    ]
    return bool(good) and now - max(good) <= oldest


def _line(run: RunRecord, zone: tzinfo | None) -> str:
    from sheets_sync.findings.words import count

    when = run.started.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    what = ", ".join(
        (
            f"{count(run.cells_changed, 'cell')} changed",
            count(run.mails, "mail"),
            count(run.problems, "data problem"),
        )
    )
    told = run.error or what
    if run.exit_code in GOOD and run.error:
        told = f"{what}, {run.error}"
    how = "" if told.casefold().startswith(run.outcome) else f"{run.outcome}: "
    by_day = "same day: " if run.same_day else ""
    return f"{when}  as of {run.today}  {run.seconds:5.1f} s  {by_day}{how}{told}"


def _result(run: RunRecord) -> dict[str, Any]:
    return {
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat(),
        "today": run.today.isoformat(),
        "outcome": run.outcome,
        "exit_code": run.exit_code,
        "seconds": round(run.seconds, 3),
        "lines": run.lines,
        "problems": run.problems,
        "findings": run.findings,
        "cells_changed": run.cells_changed,
        "mails": run.mails,
        "error": run.error or None,
        "same_day": run.same_day,
    }
