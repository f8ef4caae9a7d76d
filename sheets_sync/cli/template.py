"""`sheets-sync template`: a new workbook to start with, or its tabs in a Google workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import (
    Options,
    asked_for,
    given_date,
    one_configuration,
    the_one,
    workbook_options,
)
from sheets_sync.problems import RunFailed, WrongUse

if TYPE_CHECKING:
    from sheets_sync.config import Config
    from sheets_sync.template_plan import TabLeft, TemplatePlan

FILE = Path("sheets-sync-template.xlsx")


@click.command()
@click.argument("where", metavar="[FILE-or-URL]", required=False)
@workbook_options
def command(where: str | None, **given: Any) -> int:
    """Make every tab that staff keep, with headers and dropdowns.

    FILE: a new workbook, with one example row in each tab; write over it or delete it. It is
    sheets-sync-template.xlsx unless named; a file that is there is never overwritten.

    URL: a Google workbook that you share with the program. The tabs that it lacks are added; a tab in which
    anything stands is left as it is. The example comes along where none of them is in use yet. Make the
    workbook yourself (sheets.new): none is ever created for you. If the configuration names a Google
    workbook, it need not be named here.
    """
    options = Options(**given)
    if where is not None and options.workbook is not None:
        raise WrongUse("the workbook is named twice", "leave --workbook out")
    options = replace(options, workbook=options.workbook if where is None else where)
    config = _google(options)
    result = _write_file(options) if config is None else _add_tabs(config, options)
    if options.as_json:
        click.echo(json.dumps(result))
    return 0


def _google(options: Options) -> Config | None:
    """Return the Config of the Google workbook that is meant, None for a file."""
    from sheets_sync.wiring import is_google

    if options.workbook is not None:
        return one_configuration(options) if is_google(options.workbook) else None
    found = [config for config in asked_for(options) if is_google(config.workbook)]
    return the_one(found) if found else None


def _write_file(options: Options) -> dict[str, Any]:
    file = Path(options.workbook or FILE)
    if file.suffix.lower() != ".xlsx":
        raise WrongUse(
            f"{file.name} does not end in .xlsx", "give the new workbook a name that ends in .xlsx"
        )
    if file.exists():
        raise WrongUse(f"{file} is there already; it was left alone", "choose another name")
    from sheets_sync.sample.staff_tabs import STAFF_TABS
    from sheets_sync.template import write_template

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_template(file, given_date(options))
    except OSError as error:
        raise RunFailed(f"{file} cannot be written ({error.strerror})", "choose another folder") from None
    if not options.quiet and not options.as_json:
        click.echo(f"Written: {file}")
        click.echo(f"Next: fill it in, then  sheets-sync sync --workbook {file}")
    return {"workbook": str(file), "added": [tab.name for tab in STAFF_TABS], "filled": [], "left": []}


def _add_tabs(config: Config, options: Options) -> dict[str, Any]:
    from sheets_sync.wiring import add_template

    title, plan = add_template(config, given_date(options))
    if not options.quiet and not options.as_json:
        for line in _what_was_done(title, plan):
            click.echo(line)
        click.echo(f"Next: fill it in, then  sheets-sync check{_same_options(options, config)}")
    return {
        "workbook": config.workbook,
        "added": [made.title for made in plan.make if not made.is_there],
        "filled": [made.title for made in plan.make if made.is_there],
        "left": [
            {"tab": one.tab, "title": one.title, "problem": one.problem or None, "remedy": one.remedy or None}
            for one in plan.left
        ],
    }


def _what_was_done(title: str, plan: TemplatePlan) -> Iterator[str]:
    added = [made.title for made in plan.make if not made.is_there]
    filled = [made.title for made in plan.make if made.is_there]
    if added:
        yield f"{title}: added {', '.join(added)}."
    if filled:
        yield f"{title}: filled {', '.join(filled)}, in which nothing stood."
    if any(made.rows for made in plan.make):
        yield "One example row stands in each tab: write over it or delete it."
    if not plan.make:
        yield f"{title}: every tab is there already; nothing was changed."
    if plan.left:
        yield f"Left as they were: {', '.join(map(_called, plan.left))}."
    for one in plan.left:
        if one.problem:
            yield f"Note: {one.problem}.\n      What would do: {one.remedy}"


def _same_options(options: Options, config: Config) -> str:
    """Return the options by which another command finds the same workbook."""
    configured = f" --config {options.config}" if options.config else ""
    return configured + (f" --workbook {config.workbook}" if options.workbook else "")


def _called(one: TabLeft) -> str:
    return one.title if one.title == one.tab else f"{one.title} (the {one.tab})"
