"""`sheets-sync check`: is everything there that a run needs?"""

from __future__ import annotations

import json
from typing import Any

import click

from sheets_sync.cli.options import Options, configurations, workbook_options


@click.command()
@workbook_options
def command(**given: Any) -> int:
    """Try everything that a run needs, one by one.

    Configuration, state, credentials and sharing of a Google workbook, tabs, headers, mail: each with what
    would do. Nothing is written, and the exit code is that of a run.
    """
    from sheets_sync.checks import Check, all_checks, exit_code
    from sheets_sync.cli.moment import moment
    from sheets_sync.wiring import needs_of

    options = Options(**given)
    found: list[Check] = []
    for config in configurations(options):
        today = moment(options, config).today
        checks = [Check("configuration", f"it can be read; as of {today}")]
        _show(checks[0], options)
        for check in all_checks(needs_of(config), config, today):
            checks.append(check)
            _show(check, options)
        found += checks
    code = exit_code(found)
    if options.as_json:
        click.echo(json.dumps({"checks": [_result(check) for check in found], "exit_code": code}))
    elif not options.quiet:
        click.echo("A run would go through." if code == 0 else f"A run would end with exit code {code}.")
    return code


def _show(check: Any, options: Options) -> None:
    if options.as_json or options.quiet:
        return
    click.echo(f"{'ok  ' if check.fine else 'NOT '} {check.name}: {check.said}")
    if check.remedy:
        click.echo(f"       What would do: {check.remedy}")


def _result(check: Any) -> dict[str, Any]:
    return {"name": check.name, "fine": check.fine, "said": check.said, "remedy": check.remedy or None}
