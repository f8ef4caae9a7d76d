"""Shows what came of a run: for eyes, for machines, or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click

from sheets_sync.cells_that_change import cells_that_change
from sheets_sync.cli.moment import Moment
from sheets_sync.cli.options import Options
from sheets_sync.config import Config
from sheets_sync.findings.words import count
from sheets_sync.run import Outcome
from sheets_sync.views.result_json import sync_result
from sheets_sync.wiring_mail import mail_folder, mails_leave

PIPE_WIDTH = 120


def show(
    config: Config, options: Options, when: Moment, outcome: Outcome, *, name: str, dry_run: bool
) -> None:
    """Print what came of a run of the workbook of this name."""
    decided = outcome.decided
    seen = decided.understood
    if options.as_json:
        result = sync_result(
            seen.ledger,
            seen.keys,
            seen.what_to_do,
            seen.problems,
            decided.findings,
            decided.mails,
            workbook=config.workbook,
            calls=outcome.calls,
        )
        click.echo(json.dumps(result))
    elif not options.quiet:
        _show_table(outcome)
        for line in _what_was_done(config, when, outcome, name=name, dry_run=dry_run):
            click.echo(line)


def _show_table(outcome: Outcome) -> None:
    from rich.console import Console

    from sheets_sync.views.terminal import result_table

    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)
    seen = outcome.decided.understood
    console.print(
        result_table(seen.ledger, seen.what_to_do, seen.problems, outcome.decided.mails, width=console.width)
    )


def _what_was_done(
    config: Config, when: Moment, outcome: Outcome, *, name: str, dry_run: bool
) -> Iterator[str]:
    yield from (f"Note: {note}" for note in outcome.notes)
    tabs = " and ".join(tab.name for tab in outcome.decided.tabs)
    if dry_run:
        yield from _what_would_change(outcome)
        yield f"Nothing was changed: this was a dry run of {name}."
        return
    yield from (f"Note: {one.text} {one.remedy}" for one in outcome.decided.findings if one.for_administrator)
    if outcome.cells_changed:
        yield f"{name}: {tabs} written, {count(outcome.cells_changed, 'cell')} changed."
    else:
        yield f"{name}: nothing had changed, so nothing was written."
    if not when.remember:
        yield f"As of {when.today}, not today: nothing is remembered, no mail was made (see --state)."
    elif outcome.deliveries and mails_leave(config):
        sent = sum(one.outcome == "accepted" for one in outcome.deliveries)
        yield f"{count(sent, 'mail')} sent."
    elif outcome.deliveries:
        written = sum(one.outcome == "written" for one in outcome.deliveries)
        yield f"{count(written, 'mail')} written to {mail_folder(config)}; none was sent."


def _what_would_change(outcome: Outcome) -> Iterator[str]:
    decided = outcome.decided
    for change in cells_that_change(decided.tabs, decided.understood.snapshot):
        yield f"{change.tab}!{change.cell}: {change.before or '(blank)'} -> {change.after or '(blank)'}"
    for mail in decided.mails:
        yield f"Mail to {mail.to}: {mail.subject} ({', '.join(mail.reasons)})"
