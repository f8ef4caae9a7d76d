"""Runs one sync with the real edges, with a line of progress on a terminal.

The workbook is opened before what is slow to load: it is being read meanwhile.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import click

from sheets_sync.cli.moment import Moment, moment
from sheets_sync.cli.options import Options, called
from sheets_sync.problems import SheetsSyncError
from sheets_sync.wiring import machine_clock, open_mailer, open_store, open_workbook

if TYPE_CHECKING:
    from sheets_sync.config import Config
    from sheets_sync.log import Log
    from sheets_sync.run import Outcome, Step
    from sheets_sync.state import RunRecord


@dataclass(frozen=True)
class Ending:
    """How a run ended: with an outcome, or with the error that ended it. `name` is the workbook's."""

    name: str
    run: RunRecord
    outcome: Outcome | None = None
    error: BaseException | None = None


def run_and_show(
    config: Config,
    options: Options,
    *,
    dry_run: bool = False,
    same_day: bool = False,
    log: Log | None = None,
) -> int:
    """Run once and print the result; return the exit code. Raises what ended the run.

    With a log the run is one line of it besides, and one that fails is that line alone: nothing is raised.
    """
    when = moment(options, config)
    ending = _run_to_its_end(config, options, when, dry_run=dry_run, same_day=same_day)
    if ending.outcome is not None:
        from sheets_sync.cli.showing import show

        show(config, options, when, ending.outcome, name=ending.name, dry_run=dry_run)
        for line in _undelivered(ending.outcome) if log is None else ():
            click.echo(line, err=True)
    if log is not None:
        _log(log, config, ending)
    elif ending.error is not None:
        raise ending.error
    return ending.run.exit_code


def _run_to_its_end(
    config: Config, options: Options, when: Moment, *, dry_run: bool, same_day: bool
) -> Ending:
    now, clock = machine_clock(config), perf_counter()
    started = now()
    try:
        outcome, name = run_once(config, options, when, dry_run=dry_run, same_day=same_day)
        run = replace(outcome.record, exit_code=outcome.exit_code, error=" ".join(_undelivered(outcome)))
        return Ending(name, replace(run, outcome="dry run") if dry_run else run, outcome=outcome)
    except (Exception, KeyboardInterrupt) as error:
        from sheets_sync.failed import failed_record, failure_of

        seconds = perf_counter() - clock
        run = failed_record(
            failure_of(error), today=when.today, started=started, finished=now(), seconds=seconds
        )
        return Ending(called(config.workbook), run, error=error)


def _undelivered(outcome: Outcome) -> list[str]:
    from sheets_sync.views.undelivered import undelivered_in_words

    return undelivered_in_words(outcome.undelivered)


def _log(log: Log, config: Config, ending: Ending) -> None:
    from sheets_sync.failed import failure_of
    from sheets_sync.views.run_words import run_facts, run_in_words

    remedy = failure_of(ending.error).remedy if ending.error is not None else ""
    try:
        waiting = len(open_store(config).waiting())
    except SheetsSyncError:
        waiting = 0
    words = run_in_words(ending.name, ending.run, waiting=waiting, remedy=remedy)
    log.say("run", words, **run_facts(ending.name, ending.run, waiting=waiting, remedy=remedy))


def run_once(
    config: Config, options: Options, when: Moment, *, dry_run: bool = False, same_day: bool = False
) -> tuple[Outcome, str]:
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
        asked = Asked(when.today, dry_run=dry_run, remember=remember, same_day=same_day)
        outcome = sync(world, config, asked, step)
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
