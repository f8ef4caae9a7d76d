"""`sheets-sync check`: is everything there that a run needs?"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import Options, called, configurations, workbook_options
from sheets_sync.cli.previewing import EVERY_TAB, preview_all

if TYPE_CHECKING:
    from sheets_sync.checks import Check


@click.command()
@click.option(
    "--preview",
    is_flag=False,
    flag_value=EVERY_TAB,
    metavar="[TAB]",
    help="Show how the cells of a tab were read instead; of every tab where none is named.",
)
@click.option("--rows", type=click.IntRange(1), default=20, help="So many rows of each tab. (20)")
@workbook_options
def command(preview: str | None, rows: int, **given: Any) -> int:
    """Try everything that a run needs, one by one.

    Configuration, state, credentials and sharing of a Google workbook, tabs, headers, mail: each with what
    would do. Nothing is written, and the exit code is that of a run.

    With --preview: a table of each cell, what stands there, and how it was read.
    """
    options = Options(**given)
    if preview is not None:
        return preview_all(configurations(options), options, preview, rows)
    return _check(options)


def _check(options: Options) -> int:
    from sheets_sync.checks import Check, all_checks, exit_code
    from sheets_sync.cli.moment import moment
    from sheets_sync.wiring import needs_of

    found: list[tuple[str, Check]] = []
    chosen = configurations(options)
    for config in chosen:
        if len(chosen) > 1:
            _say(f"{called(config.workbook)}:", options)
        when = moment(options, config)
        configured = Check("configuration", f"it can be read; as of {when.today}")
        checks = all_checks(needs_of(config), config, when.today, by_clock=when.by_clock)
        for check in chain([configured], checks):
            found.append((config.workbook, check))
            _say(_in_words(check), options)
    code = exit_code([check for _, check in found])
    _say("A run would go through." if code == 0 else f"A run would end with exit code {code}.", options)
    if options.as_json:
        results = [{"workbook": workbook, **_result(check)} for workbook, check in found]
        click.echo(json.dumps({"checks": results, "exit_code": code}))
    return code


def _say(text: str, options: Options) -> None:
    if not options.as_json and not options.quiet:
        click.echo(text)


def _in_words(check: Check) -> str:
    remedy = f"\n       What would do: {check.remedy}" if check.remedy else ""
    return f"{'ok  ' if check.fine else 'NOT '} {check.name}: {check.said}{remedy}"


def _result(check: Check) -> dict[str, Any]:
    return {"name": check.name, "fine": check.fine, "said": check.said, "remedy": check.remedy or None}
