"""`sheets-sync outbox`: the mails that wait and those that were given up; send, put back or drop them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.failures import keep_details
from sheets_sync.cli.options import Options, called, one_configuration, workbook_options
from sheets_sync.problems import SheetsSyncError, WrongUse

if TYPE_CHECKING:
    from sheets_sync.config import Config
    from sheets_sync.log import Log
    from sheets_sync.state import Posting
    from sheets_sync.views.retry_words import Retry


@click.command()
@click.option("--retry", is_flag=True, help="Try now to deliver everything that waits.")
@click.option("--again", metavar="NUMBER", help="Let this mail, which was given up, wait again: as --drop.")
@click.option("--drop", metavar="NUMBER", help="Never send this mail: its number in the list, or Message-ID.")
@click.option("--yes", is_flag=True, help="Drop it without asking.")
@click.option("--log", "logged", is_flag=True, help="With --retry: say it in one line on standard error.")
@click.option("--log-json", is_flag=True, help="The same as one JSON object.")
@workbook_options
def command(
    retry: bool,
    again: str | None,
    drop: str | None,
    yes: bool,
    logged: bool,
    log_json: bool,
    **given: Any,
) -> int:
    """List the mails that wait and those that were given up.

    What waits is tried again by itself: after 5 minutes, 15 minutes, 1 hour, 4 hours, then once a day, and
    with every run. After five days it is given up; what the mail server refuses for good, at once. --again
    puts back what was given up within the last four weeks, as if it had never been tried. While a workbook
    is held because it looks wrong, nothing about students is sent.
    """
    options = Options(**given)
    config = one_configuration(options)
    if retry + (again is not None) + (drop is not None) > 1:
        raise WrongUse("--retry, --again and --drop exclude each other", "name one of them")
    if (logged or log_json) and not retry:
        raise WrongUse("--log and --log-json go with --retry", "leave them away")
    if again is not None:
        return _again(config, options, again)
    if drop is not None:
        return _drop(config, options, drop, yes)
    if retry:
        return _retry(config, options, _log(config, log_json) if logged or log_json else None)
    return _list(config, options)


def _log(config: Config, as_json: bool) -> Log:
    from sheets_sync.log import Log
    from sheets_sync.wiring import machine_clock

    return Log(machine_clock(config), as_json)


def _list(config: Config, options: Options) -> int:
    from sheets_sync.views.outbox_list import outbox_lines, outbox_result
    from sheets_sync.wiring import machine_clock, open_store

    postings = open_store(config).postings()
    if options.as_json:
        click.echo(json.dumps(outbox_result(postings)))
    elif not options.quiet:
        for line in outbox_lines(postings, machine_clock(config)().tzinfo):
            click.echo(line)
    return 0


def _retry(config: Config, options: Options, log: Log | None) -> int:
    """Deliver what waits; end with 4 where something could not be delivered.

    With a log all that is said of it is one line there, a failure too.
    """
    from sheets_sync.findings.words import count
    from sheets_sync.views.outbox_list import outbox_result
    from sheets_sync.views.undelivered import undelivered_in_words

    retry = _tried(config) if log is None else _logged(config, log)
    if options.as_json:
        click.echo(json.dumps(outbox_result(retry.left)))
    elif not options.quiet:
        if retry.deliveries or not retry.held_back:
            click.echo(
                f"{count(retry.delivered, 'mail')} delivered." if retry.deliveries else "No mail waits."
            )
        if retry.held_back:
            click.echo(retry.held_back)
    for line in undelivered_in_words(retry.deliveries) if log is None else ():
        click.echo(line, err=True)
    return retry.exit_code


def _tried(config: Config) -> Retry:
    """Deliver what waits, under the lock of a run. Raises SheetsSyncError.

    While the workbook is held, of what waits the administrator's notes alone are sent (promises.md, 5).
    """
    from sheets_sync.delivering import deliver_waiting
    from sheets_sync.views.outbox_list import held_back_in_words
    from sheets_sync.views.retry_words import Retry
    from sheets_sync.wiring import machine_clock, open_store
    from sheets_sync.wiring_mail import open_mailer

    store = open_store(config)
    with store.lock():
        mailer, clock = open_mailer(config), machine_clock(config)
        held = bool(store.load().guarded.asked)
        name = called(config.workbook)
        deliveries = deliver_waiting(store, mailer, config, clock, name, administrator_alone=held)
        left = store.postings()
    return Retry(deliveries, left, held_back_in_words(left) if held else "")


def _logged(config: Config, log: Log) -> Retry:
    from sheets_sync.failed import failure_of
    from sheets_sync.views.retry_words import Retry, retry_facts, retry_in_words

    try:
        retry = _tried(config)
    except (Exception, KeyboardInterrupt) as error:
        failure = failure_of(error)
        if isinstance(error, Exception) and not isinstance(error, SheetsSyncError):
            failure = replace(failure, remedy=f"{failure.remedy} {keep_details(error)}")
        retry = Retry(failure=failure)
    name = called(config.workbook)
    log.say("mails", retry_in_words(name, retry), **retry_facts(name, retry))
    return retry


def _again(config: Config, options: Options, named: str) -> int:
    """Let a mail wait again that was given up. Raises WrongUse where its words are forgotten."""
    from sheets_sync.retry_policy import put_back
    from sheets_sync.state import MailOutcome
    from sheets_sync.wiring import machine_clock, open_store

    store = open_store(config)
    with store.lock():
        posting = _named(store.postings(), named)
        if posting.outcome is not MailOutcome.GIVEN_UP:
            raise WrongUse("this mail waits already", "`sheets-sync outbox --retry` tries it now")
        if posting.message_id not in {mail.message_id for mail in store.given_up()}:
            raise WrongUse("its words are kept no longer", "what it said stands on the Compliance tab")
        store.mark([put_back(posting, machine_clock(config)())])
    if not options.quiet and not options.as_json:
        click.echo(f"Mail {posting.number} waits again: the next run sends it, or --retry now.")
    return 0


def _drop(config: Config, options: Options, named: str, sure: bool) -> int:
    """Forget the words of a mail and never send it; that it was decided stays known."""
    from sheets_sync.state import MailOutcome
    from sheets_sync.views.outbox_list import posting_lines
    from sheets_sync.wiring import machine_clock, open_store

    store = open_store(config)
    with store.lock():
        posting = _named(store.postings(), named)
        if not sure:
            for line in posting_lines(posting, machine_clock(config)().tzinfo):
                click.echo(line, err=True)
            click.confirm("Never send this mail?", abort=True, err=True)
        store.mark([replace(posting, outcome=MailOutcome.DROPPED, next_try=None)])
    if not options.quiet and not options.as_json:
        click.echo(f"Mail {posting.number} is dropped.")
    return 0


def _named(postings: tuple[Posting, ...], named: str) -> Posting:
    wanted = named.strip().strip("<>")
    for posting in postings:
        if wanted in (str(posting.number), posting.message_id.strip("<>")):
            return posting
    raise WrongUse("no such mail waits or was given up", "`sheets-sync outbox` lists them with their numbers")
