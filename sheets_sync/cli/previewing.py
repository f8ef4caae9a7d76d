"""`check --preview`: each cell of a tab, what stands there and how it was read."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import Options, called
from sheets_sync.problems import SheetsSyncError, WrongUse

if TYPE_CHECKING:
    from sheets_sync.config import Config
    from sheets_sync.looked_at import LookedAt
    from sheets_sync.ports import Sheet, Snapshot

PIPE_WIDTH = 120
EVERY_TAB = ""


def preview_all(configs: tuple[Config, ...], options: Options, wanted: str, rows: int) -> int:
    """Show how the first rows of a tab were read, of every tab where `wanted` is EVERY_TAB.

    Returns 0; raises CannotCount after that where a run could not count the workbook, and WrongUse where
    there is no such tab.
    """
    results: list[dict[str, Any]] = []
    stop = None
    for config in configs:
        if len(configs) > 1 and not options.as_json and not options.quiet:
            click.echo(f"{called(config.workbook)}:")
        looked = look_with(config, options, rows)
        results.append({"workbook": config.workbook, "tabs": _show(looked, options, wanted)})
        stop = stop or looked.opened.stop
    if options.as_json:
        click.echo(json.dumps({"previews": results, "exit_code": stop.exit_code if stop else 0}))
    if stop is not None:
        raise stop
    return 0


def look_with(config: Config, options: Options, rows: int) -> LookedAt:
    """Read the workbook of this configuration, as of the day that the options name."""
    from sheets_sync.cli.moment import moment
    from sheets_sync.wiring import open_workbook

    snapshot = open_workbook(config).read()

    from sheets_sync.looked_at import look_at

    return look_at(snapshot, config, moment(options, config).today, rows, _kept(config, snapshot))


def _kept(config: Config, snapshot: Snapshot) -> tuple[Sheet, ...]:
    """Return the sheets of other workbooks that a run would read as they stood; none without a state."""
    from sheets_sync.whose import refuse_another
    from sheets_sync.wiring import open_store, whose

    try:
        state = open_store(config).load()
        refuse_another(whose(config), state, snapshot)
    except SheetsSyncError:
        return ()
    return state.guarded.sheets


def _show(looked: LookedAt, options: Options, wanted: str) -> list[dict[str, Any]]:
    from sheets_sync.intake.names import name_key
    from sheets_sync.views.preview_table import preview_json, preview_tables

    keys = {name_key(wanted)} if wanted != EVERY_TAB else set()
    seen = [one for one in looked.seen if not keys or keys & {name_key(one.name), name_key(one.tab)}]
    left = [one for one in looked.left if not keys or name_key(one[0]) in keys]
    if not seen and not left:
        raise WrongUse("there is no tab of this name", "leave the name out, to see every tab")
    if not options.as_json and not options.quiet:
        from rich.console import Console

        width = None if sys.stdout.isatty() else PIPE_WIDTH
        Console(width=width, highlight=False).print(preview_tables(seen, left))
    return preview_json(seen, left)
