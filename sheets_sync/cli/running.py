"""Runs one sync with the real edges, with a line of progress on a terminal.

The workbook is opened before what is slow to load: it is being read meanwhile.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sheets_sync.cli.moment import Moment, moment
from sheets_sync.cli.options import Options
from sheets_sync.wiring import machine_clock, open_mailer, open_store, open_workbook

if TYPE_CHECKING:
    from sheets_sync.config import Config
    from sheets_sync.run import Outcome, Step


def run_and_show(config: Config, options: Options, *, dry_run: bool = False) -> int:
    """Run once and print the result; return the exit code."""
    when = moment(options, config)
    outcome, name = run_once(config, options, when, dry_run=dry_run)

    from sheets_sync.cli.showing import show

    show(config, options, when, outcome, name=name, dry_run=dry_run)
    return outcome.exit_code


def run_once(config: Config, options: Options, when: Moment, *, dry_run: bool = False) -> tuple[Outcome, str]:
    """Run once; return what came of it, and what the workbook is called. Raises SheetsSyncError."""
    with _progress(options) as step:
        step("Reading the workbook")
        workbook = open_workbook(config)

        from sheets_sync.run import Asked, World, sync

        remember = when.remember and not dry_run
        world = World(
            workbook=workbook,
            store=open_store(config),
            mailer=open_mailer(config) if remember else None,
            now=machine_clock(config),
        )
        outcome = sync(world, config, Asked(when.today, dry_run=dry_run, remember=remember), step)
        return outcome, workbook.name


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
