"""`sheets-sync sync`: one run, now."""

from __future__ import annotations

from typing import Any

import click

from sheets_sync.cli.failures import report_error
from sheets_sync.cli.options import Options, called, configurations, workbook_options
from sheets_sync.problems import SheetsSyncError


@click.command()
@click.option("--dry-run", is_flag=True, help="Show the cells and mails that would change; change nothing.")
@workbook_options
def command(dry_run: bool, **given: Any) -> int:
    """Read the workbook, count, write the Compliance tab, tell people.

    One run, now. Findings in the sheets are no errors: the exit code is then 0.
    """
    from sheets_sync.cli.running import run_and_show

    options = Options(**given)
    chosen = configurations(options)
    if len(chosen) == 1:
        return run_and_show(chosen[0], options, dry_run=dry_run)
    codes = []
    for config in chosen:
        try:
            codes.append(run_and_show(config, options, dry_run=dry_run))
        except SheetsSyncError as error:
            click.echo(f"{called(config.workbook)}:", err=True)
            codes.append(report_error(error))
    return next((code for code in codes if code), 0)
