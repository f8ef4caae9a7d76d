"""Runs one sync with the real edges, with a line of progress on a terminal.

The workbook is opened before what is slow to load: it is being read meanwhile.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from sheets_sync.cli.failures import keep_details, say_failure
from sheets_sync.cli.moment import Moment, moment
from sheets_sync.cli.options import Options
from sheets_sync.problems import Held, SheetsSyncError, Stopped
from sheets_sync.wiring import machine_clock, open_sent_notes, open_store, open_workbook, whose
from sheets_sync.wiring_mail import open_mailer

if TYPE_CHECKING:
    from sheets_sync.cli.noticing import Noticing
    from sheets_sync.config import Config
    from sheets_sync.failed import Failure
    from sheets_sync.log import Log
    from sheets_sync.run import Outcome, Step
    from sheets_sync.state import RunRecord


READING = "Reading the workbook"


@dataclass(frozen=True)
class Ending:
    """How a run ended: with an outcome, or with the error that ended it, and what would do then.

    `name` is the workbook's; `unpinged` says why the ping of its end did not arrive, "" where it did;
    `is_stopped`: somebody wants the program to end, however this run did.
    """

    name: str
    run: RunRecord
    outcome: Outcome | None = None
    error: BaseException | None = None
    remedy: str = ""
    unpinged: str = ""
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class How:
    """What the command line asks of a run: see `run.Asked`."""

    dry_run: bool = False
    same_day: bool = False


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
    But where somebody wants the program to end nothing else is to be begun: then Exit is raised.
    """
    when = moment(options, config)
    how = How(dry_run=dry_run, same_day=same_day)
    ending = _run_to_its_end(config, options, when, how, log)
    if ending.outcome is not None:
        from sheets_sync.cli.showing import show

        show(config, options, when, ending.outcome, name=ending.name, dry_run=dry_run)
    if options.as_json and isinstance(ending.error, Held):
        held = {"today": when.today.isoformat(), "workbook": config.workbook, "held": ending.error.reasons}
        click.echo(json.dumps(held))
    if log is not None:
        _log(log, config, ending)
    else:
        _say_what_was_not_done(ending)
        if ending.error is not None:
            raise ending.error
    if ending.is_stopped:
        raise click.exceptions.Exit(ending.run.exit_code)
    return ending.run.exit_code


def run_once(config: Config, options: Options, when: Moment) -> tuple[Outcome, str]:
    """Run once, unnoticed from outside; return what came of it, and what the workbook is called.

    Raises SheetsSyncError.
    """
    return _run(config, options, when, How(), None)


def _run_to_its_end(config: Config, options: Options, when: Moment, how: How, log: Log | None) -> Ending:
    from sheets_sync.cli.noticing import Noticing

    def say(run: RunRecord, failure: Failure) -> None:
        if log is not None:
            _log(log, config, Ending(noticing.name, run, remedy=failure.remedy))
        else:
            say_failure(failure.what, failure.remedy)

    noticing = Noticing(config, when, when.remember and not how.dry_run, say, same_day=how.same_day)
    try:
        outcome, name = _run(config, options, when, how, noticing)
    except (Exception, KeyboardInterrupt) as error:
        run, failure, unpinged = noticing.failed(error)
        remedy = failure.remedy
        if log is not None and isinstance(error, Exception) and not isinstance(error, SheetsSyncError):
            remedy = f"{remedy} {keep_details(error)}"
        is_stopped = noticing.is_asked_to_stop or isinstance(error, KeyboardInterrupt)
        return Ending(
            noticing.name, run, error=error, remedy=remedy, unpinged=unpinged, is_stopped=is_stopped
        )
    run = replace(outcome.record, exit_code=outcome.exit_code, error=" ".join(_undelivered(outcome)))
    if how.dry_run:
        run = replace(run, outcome="dry run")
    unpinged = noticing.ended(outcome.exit_code)
    return Ending(name, run, outcome=outcome, unpinged=unpinged, is_stopped=noticing.is_asked_to_stop)


def _run(
    config: Config, options: Options, when: Moment, how: How, noticing: Noticing | None
) -> tuple[Outcome, str]:
    with _progress(options) as show_step, ExitStack() as stack:
        with _stopped_while_reading():
            show_step(READING)
            workbook = open_workbook(config)

            from sheets_sync.run import WHOLE, Asked, World, sync

            if noticing is not None:
                # Not before: a file is read by a copy of this process, and one with threads is not copied.
                stack.enter_context(noticing.watching(workbook, WHOLE, READING))

        def step(words: str) -> None:
            show_step(words)
            if noticing is not None:
                noticing.step(words)

        remember = when.remember and not how.dry_run
        world = World(
            workbook=workbook,
            store=open_store(config),
            mailer=open_mailer(config) if remember else None,
            now=machine_clock(config),
            began=noticing.began if noticing is not None else lambda: None,
            failed=noticing.note_failure if noticing is not None else lambda error: None,
            whose=whose(config),
            sent=open_sent_notes(),
        )
        asked = Asked(
            when.today,
            dry_run=how.dry_run,
            remember=remember,
            same_day=how.same_day,
            by_clock=when.by_clock,
        )
        outcome = sync(world, config, asked, step)
        return outcome, workbook.name


@contextmanager
def _stopped_while_reading() -> Iterator[None]:
    """Say where a run stood that is stopped before it is watched."""
    try:
        yield
    except Stopped:
        raise
    except KeyboardInterrupt:
        raise Stopped(f"Stopped while {READING[:1].lower()}{READING[1:]}.") from None


def _undelivered(outcome: Outcome) -> list[str]:
    from sheets_sync.views.undelivered import undelivered_in_words

    return undelivered_in_words(outcome.undelivered)


def _say_what_was_not_done(ending: Ending) -> None:
    for line in _undelivered(ending.outcome) if ending.outcome is not None else ():
        click.echo(line, err=True)
    if ending.unpinged:
        click.echo(ending.unpinged, err=True)


def _log(log: Log, config: Config, ending: Ending) -> None:
    from sheets_sync.views.run_words import run_facts, run_in_words

    try:
        waiting = len(open_store(config).waiting())
    except SheetsSyncError:
        waiting = 0
    words = run_in_words(ending.name, ending.run, waiting=waiting, remedy=ending.remedy)
    log.say("run", words, **run_facts(ending.name, ending.run, waiting=waiting, remedy=ending.remedy))
    if ending.unpinged:
        log.say("ping", ending.unpinged, workbook=ending.name)


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
