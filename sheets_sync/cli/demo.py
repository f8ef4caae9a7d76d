"""`sheets-sync demo`: a sample school, one sync of it, and everything that it leaves to look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.cli.options import Options, workbook_options
from sheets_sync.problems import RunFailed, WrongUse

if TYPE_CHECKING:
    from sheets_sync.config import Config

FOLDER = Path("sheets-sync-demo")
WORKBOOK = "Maple Hill services.xlsx"
SATURDAY = 5


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=FOLDER,
    metavar="FOLDER",
    help=f"Where it is put. ({FOLDER})",
)
@workbook_options
def command(folder: Path, **given: Any) -> int:
    """Make a sample workbook and sync it: nothing to set up.

    It leaves the workbook with its Compliance tab, the mails as .eml, and one page to look at in a browser.
    Nothing is sent. Run it again: nothing changes but the time of the check.
    """
    from sheets_sync.cli.moment import moment
    from sheets_sync.cli.running import run_once

    options = Options(**given)
    config = _config(folder, options)
    workbook = Path(config.workbook)
    asked = moment(options, config)
    made = _workbook(workbook, asked.today if options.today else _before_school(asked.today))
    when = replace(asked, today=asked.today if options.today else made, remember=True)
    outcome, name = run_once(config, options, when)

    from sheets_sync.cli.showing import show

    page = _write_page(folder, outcome.decided.tabs)
    show(config, options, when, outcome, name=name, dry_run=False)
    if not options.quiet and not options.as_json:
        click.echo(f"\nLook at it:\n  the workbook   {workbook}\n  as a page      {page}")
        click.echo(f"  the mails      {config.mail.folder}")
        click.echo(f'Ask why:   sheets-sync explain --workbook "{workbook}" --today {when.today}')
    return outcome.exit_code


def _before_school(day: date) -> date:
    """Return the day, or the Monday after a weekend: mail leaves only before a school day."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def _config(folder: Path, options: Options) -> Config:
    """The demo has everything in its own folder, and never a mail server."""
    from sheets_sync.config import Config, MailConfig
    from sheets_sync.wiring import is_google

    config = Config()
    if options.config is not None:
        from sheets_sync.config_file import load_config

        config = load_config(options.config)
    if options.workbook is not None and is_google(options.workbook):
        raise WrongUse("the demo makes a file, not a Google workbook", "name a file with --workbook")
    workbook = Path(options.workbook) if options.workbook else folder / WORKBOOK
    return replace(
        config,
        workbook=str(workbook),
        state=options.state or folder / "state.sqlite",
        mail=MailConfig(students=config.mail.students, folder=folder / "mails"),
        workbooks=(),
    )


def _workbook(path: Path, today: date) -> date:
    """Make the sample workbook unless it is there; return the day as of which its dates stand."""
    from sheets_sync.sample.made_on import made_on

    if path.exists():
        made = made_on(path)
        if made is None:
            raise WrongUse(f"{path} is there already and no sample of ours", "choose another --folder")
        return made
    from sheets_sync.sample.school import write_sample_school

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_sample_school(path, today)
    except OSError as error:
        raise RunFailed(f"{path} cannot be written ({error.strerror})", "choose another --folder") from None
    return today


def _write_page(folder: Path, tabs: Any) -> Path:
    from sheets_sync.views.page import page
    from sheets_sync.wiring import write_private

    file = folder / "page.html"
    write_private(file, page(tabs, title="Maple Hill services"))
    return file
