"""Runs one sync and shows what came of it: for eyes, for machines, or not at all."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sheets_sync.cells_that_change import cells_that_change
from sheets_sync.cli.moment import Moment, moment
from sheets_sync.cli.options import Options
from sheets_sync.config import Config
from sheets_sync.findings.words import count
from sheets_sync.run import Asked, Outcome, Step, World, sync
from sheets_sync.views.result_json import sync_result
from sheets_sync.wiring import machine_clock, mail_folder, mails_leave, open_mailer, open_store, open_workbook

PIPE_WIDTH = 120


def run_and_show(config: Config, options: Options, *, dry_run: bool = False) -> int:
    """Run once and print the result; return the exit code."""
    when = moment(options, config)
    outcome = run_once(config, options, when, dry_run=dry_run)
    show(config, options, when, outcome, dry_run=dry_run)
    return outcome.exit_code


def run_once(config: Config, options: Options, when: Moment, *, dry_run: bool = False) -> Outcome:
    """Run once with the real edges, with a line of progress on a terminal."""
    remember = when.remember and not dry_run
    world = World(
        workbook=open_workbook(config),
        store=open_store(config),
        mailer=open_mailer(config) if remember else None,
        now=machine_clock(config),
    )
    with _progress(options) as step:
        return sync(world, config, Asked(when.today, dry_run=dry_run, remember=remember), step)


def show(config: Config, options: Options, when: Moment, outcome: Outcome, *, dry_run: bool) -> None:
    """Print what came of a run."""
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
        for line in _what_was_done(config, when, outcome, dry_run=dry_run):
            click.echo(line)
    for problem, mails in Counter(one.problem for one in outcome.undelivered).items():
        click.echo(f"{count(mails, 'mail')} could not be delivered: {problem}", err=True)
    if outcome.undelivered:
        click.echo("What would do: mend that; what waits is tried again with the next run.", err=True)


def _show_table(outcome: Outcome) -> None:
    from rich.console import Console

    from sheets_sync.views.terminal import result_table

    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)
    seen = outcome.decided.understood
    console.print(
        result_table(seen.ledger, seen.what_to_do, seen.problems, outcome.decided.mails, width=console.width)
    )


def _what_was_done(config: Config, when: Moment, outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    seen = outcome.decided.understood
    name = Path(config.workbook).name
    yield from (f"Note: {note}" for note in seen.snapshot.notes)
    tabs = " and ".join(tab.name for tab in outcome.decided.tabs)
    if dry_run:
        yield from _what_would_change(outcome)
        yield f"Nothing was changed: this was a dry run of {name}."
        return
    changed = (
        f"{count(outcome.cells_changed, 'cell')} changed"
        if outcome.cells_changed
        else "nothing in it had changed"
    )
    yield f"{name}: {tabs} written, {changed}."
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


@contextmanager
def _progress(options: Options) -> Iterator[Step]:
    if options.quiet or options.as_json or not sys.stderr.isatty():
        yield _say if options.verbose and not options.quiet else _be_silent
        return
    from rich.console import Console

    from sheets_sync.views.terminal import progress

    with progress(Console(stderr=True)) as step:
        yield step


def _say(text: str) -> None:
    click.echo(f"{text} ...", err=True)


def _be_silent(text: str) -> None:
    pass
