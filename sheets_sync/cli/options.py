"""The options that every command that reads a workbook takes, and the configuration that they come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheets_sync.problems import WrongUse

if TYPE_CHECKING:
    from sheets_sync.config import Config

DEFAULT = Path("config/sheets-sync.toml")
YEARS = range(1990, 2101)
"""What a day may be counted as of: the years that a date of a sheet may have."""
Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Options:
    """What was given on the command line; None where it was not."""

    config: Path | None = None
    workbook: str | None = None
    today: str | None = None
    state: Path | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False


def workbook_options(function: Function) -> Function:
    """Add the options that every command that reads a workbook takes; see `Options`."""
    for option in (
        click.option("--verbose", is_flag=True, help="Say more about what is done."),
        click.option("--quiet", is_flag=True, help="Print nothing but errors."),
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, and nothing else."),
        click.option(
            "--state",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Where runs are remembered. (the user's state folder)",
        ),
        click.option("--today", metavar="DATE", help="Count as of this date. (the clock's)"),
        click.option("--workbook", metavar="FILE-or-URL", help="The workbook to read."),
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=f"The configuration. ({DEFAULT}, if it is there)",
        ),
    ):
        function = option(function)
    return function


def configurations(options: Options) -> tuple[Config, ...]:
    """Return one Config for each workbook that is asked for. Raises WrongUse, ConfigProblems.

    `--workbook` picks the entry of [[workbooks]] that names the same workbook, else stands in for the one
    of the configuration; without it, all that the configuration names are asked for.
    """
    chosen = asked_for(options)
    if not chosen:
        raise _no_workbook(options)
    if options.state is None:
        return chosen
    if len(chosen) > 1:
        raise WrongUse("--state names one file, for several workbooks", "say which with --workbook")
    return (replace(chosen[0], state=options.state),)


def _no_workbook(options: Options) -> WrongUse:
    """A configuration that lies in another folder than this is the usual reason."""
    if options.config is not None or DEFAULT.exists():
        return WrongUse(
            "no workbook is named",
            "name it with --workbook FILE-or-URL, or with `workbook` in the configuration",
        )
    return WrongUse(
        f"no workbook is named, and there is no configuration {DEFAULT} in this folder ({Path.cwd()})",
        "run the program in the folder in which config lies, name its file with --config FILE, or name the"
        " workbook with --workbook FILE-or-URL",
    )


def one_configuration(options: Options) -> Config:
    """Return the Config of the one workbook that is asked for. Raises WrongUse if there are several."""
    return the_one(configurations(options))


def the_one(found: Sequence[Config]) -> Config:
    """Return the only one. Raises WrongUse if there are several."""
    if len(found) > 1:
        names = ", ".join(called(config.workbook) for config in found)
        raise WrongUse(f"the configuration names several workbooks: {names}", "say which with --workbook")
    return found[0]


def asked_for(options: Options) -> tuple[Config, ...]:
    """Return as `configurations`, but none where no workbook is named, and without --state."""
    if options.quiet and options.verbose:
        raise WrongUse("--quiet and --verbose exclude each other", "leave one of them out")
    config = _file(options)
    if options.workbook is not None:
        return (_chosen(config, options.workbook),)
    named = (replace(config, workbooks=()),) if config.workbook else ()
    return (*named, *config.workbooks)


def _file(options: Options) -> Config:
    from sheets_sync.config import Config
    from sheets_sync.config_file import load_config

    if options.config is not None:
        return load_config(options.config)
    return load_config(DEFAULT) if DEFAULT.exists() else Config()


def called(workbook: str) -> str:
    """Return what a workbook can be called before it was read: a Google workbook by its address."""
    from sheets_sync.wiring import is_google

    return workbook if is_google(workbook) else Path(workbook).name


def _chosen(config: Config, named: str) -> Config:
    from sheets_sync.wiring import one_form

    workbook = one_form(named)
    for entry in config.workbooks:
        if _same(entry.workbook, workbook):
            return entry
    state = config.state if not config.workbook or _same(config.workbook, workbook) else None
    return replace(config, workbook=workbook, workbooks=(), state=state)


def _same(one: str, other: str) -> bool:
    """Tell whether two workbooks, each in its one form, are the same."""
    from sheets_sync.wiring import is_google

    if is_google(one) or is_google(other):
        return one == other
    return Path(one).expanduser().resolve() == Path(other).expanduser().resolve()


def given_date(options: Options) -> date | None:
    """Return the date of --today, None without one. Raises WrongUse where it cannot be read."""
    if options.today is None:
        return None
    day = _as_written(options.today)
    if day.year not in YEARS:
        raise WrongUse(f"--today: The year {day.year} cannot be meant.", "write a day of this school year")
    return day


def _as_written(text: str) -> date:
    with suppress(ValueError):
        return date.fromisoformat(text.strip())
    from sheets_sync.intake.dates import read_date

    reading = read_date(text)
    if reading.value is None:
        raise WrongUse(
            f"--today: {reading.problem}", reading.remedy or "write it as year-month-day, 2025-11-21"
        )
    return reading.value
