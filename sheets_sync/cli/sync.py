"""`sheets-sync sync`: one run, now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.failures import report_error
from sheets_sync.cli.options import Options, called, configurations, workbook_options
from sheets_sync.problems import SheetsSyncError

if TYPE_CHECKING:
    from sheets_sync.config import Config

STOPPED = 1


@click.command()
@click.option("--dry-run", is_flag=True, help="Show the cells and mails that would change; change nothing.")
@click.option("--log", "logged", is_flag=True, help="Say the run in one line on standard error, for a log.")
@click.option("--log-json", is_flag=True, help="The same as one JSON object a line.")
@click.option(
    "--same-day",
    is_flag=True,
    help="Mail changes of today's and tomorrow's sessions alone; the rest waits for the night.",
)
@workbook_options
def command(dry_run: bool, same_day: bool, logged: bool, log_json: bool, **given: Any) -> int:
    """Read the workbook, count, write the Compliance tab, tell people.

    One run, now. Findings in the sheets are no errors: the exit code is then 0.
    """
    from sheets_sync.cli.running import run_and_show
    from sheets_sync.log import Log
    from sheets_sync.wiring import machine_clock

    options = Options(**given)
    chosen = configurations(options)

    def run(config: Config) -> int:
        log = Log(machine_clock(config), log_json) if logged or log_json else None
        return run_and_show(config, options, dry_run=dry_run, same_day=same_day, log=log)

    if len(chosen) == 1:
        return run(chosen[0])
    codes: list[int] = []
    for config in chosen:
        try:
            codes.append(run(config))
        except click.exceptions.Exit as stopped:
            codes.append(stopped.exit_code or (STOPPED if config is not chosen[-1] else 0))
            break
        except SheetsSyncError as error:
            click.echo(f"{called(config.workbook)}:", err=True)
            codes.append(report_error(error))
    return next((code for code in codes if code), 0)
